// SPDX-License-Identifier: Apache-2.0
/**
 * Membership, in every order: lifecycle.c explores what a few tasks can do, with the kernel
 * half's own programs. docs/architecture.md has the table that they follow.
 */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { requireTools } from "../../tool/run.ts";

const HERE = import.meta.dirname;
const BPF = join(HERE, "../../bpf");
const folder = mkdtempSync(join(tmpdir(), "lockc-lifecycle-"));
const explorer = join(folder, "lifecycle");

function compile(
  output: string,
  include: readonly string[],
  flags: readonly string[],
  source = "lifecycle.c",
): void {
  execFileSync("gcc", [
    ...["-O1", "-Wno-unknown-pragmas", "-Wno-incompatible-pointer-types"],
    ...flags,
    ...[join(HERE, "host"), ...include, BPF].map((path) => `-I${path}`),
    ...["-o", output, join(HERE, source)],
  ]);
}

before(() => {
  requireTools("gcc");
  compile(explorer, [], []);
});
after(() => rmSync(folder, { recursive: true }));

/** The moves that scenarios made. */
const made = new Set<string>();

/** What a scenario printed; a fault, with the moves that led there, is status 1. */
async function explore(program: string, scenario: string, tasks: number, moves: number) {
  return promisify(execFile)(program, [scenario, String(tasks), String(moves)]).then(
    ({ stdout }) => {
      for (const [, name] of stdout.matchAll(/^(.+): \d+$/gm)) made.add(name!);
      return { fault: undefined, states: Number(/states (\d+)/.exec(stdout)![1]) };
    },
    ({ stdout }: { readonly stdout: string }) => ({ fault: stdout, states: 0 }),
  );
}

/** Title, scenario (its letters: lifecycle.c), tasks at a time, free moves, least states. */
const SCENARIOS = [
  ["create, start, exit and kill", "x", 3, 3, 200],
  ["the same without pivot_root(2)", "n", 3, 3, 200],
  ["… into a namespace of the root, by no hook", "z", 3, 3, 200],
  ["hooks of each stage, their own namespaces and pivots", "hs", 4, 4, 20_000],
  ["… of a root file system of its own", "hso", 4, 4, 20_000],
  ["… without pivot_root(2)", "hsn", 4, 4, 5_000],
  ["… into a namespace of the root, by no hook", "hsoz", 4, 4, 20_000],
  ["startContainer hooks, without a hook on the way", "sz", 4, 4, 1_000],
  ["… while the host enters", "esgz", 4, 3, 20_000],
  ["user code unshares and forks while the host enters", "euf", 4, 4, 40_000],
  ["… by a namespace it got hold of, late or after an exec", "eugk", 3, 5, 40_000],
  ["… of a root file system of its own", "eugko", 3, 5, 40_000],
  ["user code shows the host's root to who enters", "eur", 3, 5, 20_000],
  ["the host enters while startContainer hooks run", "esg", 4, 3, 20_000],
  ["the host looks, and makes containers of its own", "ed", 3, 5, 20_000],
  ["two containers, and who looks at both", "eu2", 3, 4, 20_000],
  ["two containers with hooks", "hs2", 3, 1, 10_000],
  ["two containers, and hooks that look at the other's user code", "hlu2", 3, 1, 50_000],
  ["… of one root directory", "hluw2", 3, 1, 50_000],
  [
    "two containers with one root file system, which the host enters by its path",
    "2ow",
    3,
    2,
    20_000,
  ],
  ["the host's execs fail, at home and inside, and it goes back", "euia", 3, 4, 10_000],
  ["… and it makes containers of its own", "edia", 3, 4, 30_000],
  ["threads with a root and mounts of their own look, and enter", "euti", 3, 5, 30_000],
  ["… and make containers of their own", "etd", 3, 4, 10_000],
  ["every task has storage of another program's", "eugkv", 3, 4, 3_000],
  ["the storage of who forks or executes is not given once", "eub", 3, 3, 5_000],
  ["… to hooks", "hsb", 4, 1, 1_500],
] as const;

describe("no order of events lets user code run without its policy", () => {
  for (const [title, scenario, tasks, moves, least] of SCENARIOS) {
    test(title, async (t) => {
      const { fault, states } = await explore(explorer, scenario, tasks, moves);
      assert.equal(fault ?? "", "");
      assert.ok(states >= least, `only ${states} states: the scenario lost something`);
      t.diagnostic(`${states} states`);
    });
  }
});

test("orders that it does not come to end well, too", () => {
  const steps = join(folder, "steps");
  compile(steps, [], [], "steps.c");
  const said = execFileSync(steps, { encoding: "utf8" });
  assert.doesNotMatch(said, /FAULT/);
  assert.ok(said.match(/^ok: /gm)!.length > 10, said);
});

test("there is no move that no scenario made", () => {
  const source = readFileSync(join(HERE, "lifecycle.c"), "utf8");
  const names = [...source.matchAll(/MOVE\("([^"]+)"\)/g)].map(([, name]) => name!);
  assert.ok(names.length > 20);
  assert.deepEqual(
    names.filter((name) => !made.has(name)),
    [],
  );
});

test("the explorer checks what it touches", async () => {
  const checked = join(folder, "checked");
  compile(checked, [], ["-g", "-fsanitize=address,undefined"]);
  assert.equal((await explore(checked, "hs", 4, 1)).fault, undefined);
  assert.equal((await explore(checked, "eugk", 3, 2)).fault, undefined);
});

/** Each takes one line of the kernel half away; the explorer must miss it. */
const MUTATIONS = [
  [
    "who came by no hook has not arrived",
    "	failed = lifecycle_arrive(m, task);\n	if (failed)\n		return failed;\n	if ((file->",
    "	if ((file->",
    "z",
    3,
    3,
  ],
  [
    "who is in a place arrives again",
    "	    member_of_place(mntns) || !kernel_mount_is_near",
    "	    !kernel_mount_is_near",
    "sz",
    4,
    4,
  ],
  [
    "who looked is not remembered",
    "	before = __sync_val_compare_and_swap(&way->looked, 0, key);\n",
    "	before = 0;\n",
    "eu",
    3,
    4,
  ],
  [
    "who pivoted is not waited for",
    "		__sync_fetch_and_add(&m->container->pivoters, 1);\n",
    "",
    "hs",
    4,
    3,
  ],
  [
    "who comes after the end is the host's",
    "	if (lifecycle_become(m, to))\n		return lifecycle_refuse(m, file);",
    "	if (lifecycle_become(m, to)) {\n		m->key = 0;\n		return 0;\n	}",
    "eg",
    3,
    3,
  ],
  [
    "a runtime without a record is the host's everywhere",
    "	    !m->container && !(home && lifecycle_has_home_root(way, task)))\n		return -EPERM;",
    "	    !m->container)\n		return 0;",
    "x",
    3,
    3,
  ],
  [
    "the end of who pivoted is the container's",
    "(container->creator_gone && !container->pivoters && !container->confined",
    "(!container->pivoters && !container->confined",
    "h",
    4,
    3,
  ],
  [
    "a namespace is forgotten with its container",
    "mntns = __sync_lock_test_and_set(&all->buried[grave], mntns);",
    "",
    "egk",
    3,
    4,
  ],
  [
    "the root file system tells nothing",
    "owner = member_of_root(task);\n\t}",
    "owner = NULL;\n\t}",
    "eugko",
    3,
    4,
  ],
  [
    "who mounts for itself stays suspect",
    "lifecycle_is_copy(way, task, m))\n\t\tway->made = kernel_mntns(task);",
    "lifecycle_is_copy(way, task, m))\n\t\tway->made = 0;",
    "ed",
    3,
    5,
  ],
  [
    "a child of who looked did not",
    "if (parent.phase == LOCKC_PHASE_NONE && !(way && way->looked))",
    "if (parent.phase == LOCKC_PHASE_NONE)",
    "eu",
    3,
    5,
  ],
  [
    "the host's root is the host's wherever it is",
    "	if (kernel_mntns(task) == way->seen || !lifecycle_has_home_root(way, task) ||",
    "	if (lifecycle_has_home_root(way, task))\n		return 1;\n	if (",
    "eur",
    3,
    5,
  ],
  [
    "an exec that may fail makes a look forgotten",
    "	home = lifecycle_is_home(way, task);\n",
    "	home = lifecycle_is_home(way, task);\n	if (home)\n		((struct lockc_way *)way)->looked = 0;\n",
    "eua",
    3,
    4,
  ],
  [
    "a place decides about an exec where other storage is there",
    "	__builtin_memset(m, 0, sizeof(*m));\n",
    "	*m = member_current(hook);\n	return 0;\n",
    "eugkv",
    3,
    4,
  ],
  [
    "… and where the storage is not given",
    "	__builtin_memset(m, 0, sizeof(*m));\n",
    "	*m = member_current(hook);\n	return 0;\n",
    "hsb",
    4,
    1,
  ],
  [
    "a process that is not given has not looked",
    "	if (member_own(task->group_leader, &storage))\n		return -ENOMEM;\n",
    "	member_own(task->group_leader, &storage);\n",
    "eub",
    3,
    3,
  ],
  [
    "a look at a thread without storage is none",
    " &&\n	    !child->group_leader->bpf_storage)",
    ")",
    "eti",
    4,
    6,
  ],
  [
    "a thread's storage is asked whether its process looked",
    "	struct lockc_way *way = m->key ? NULL : lifecycle_way(task);\n",
    "	struct lockc_way *way = m->key || !m->storage ? NULL : &m->storage->way;\n",
    "euti",
    3,
    5,
  ],
  [
    "a runtime's look at who enters another container is none",
    "	if (m->key && of.key == m->key && of.phase",
    "	if (m->key && of.phase",
    "hlui2e",
    4,
    4,
  ],
  [
    "a root of several is nobody's when one of them ends",
    " &&\n					!lifecycle_root_is_others(key, root)",
    "",
    "2ow",
    3,
    2,
  ],
  [
    "of several that have a root the third takes it",
    "	if (owner && (*owner == several || ",
    "	if (owner && (",
    "2ow",
    3,
    2,
  ],
  [
    "a root comes before a look",
    "		if (lifecycle_is_led(way, task, m)) {",
    "		if (!rooted && lifecycle_is_led(way, task, m)) {",
    "hluw2",
    4,
    2,
  ],
  [
    "who failed to execute inside joins at home",
    "	if (joins && (home || way->looked)) {\n		lifecycle_unjoin(m);",
    "	if (0) {\n		lifecycle_unjoin(m);",
    "edia",
    3,
    4,
  ],
  [
    "home is where the thread is that looked first",
    "task->group_leader->nsproxy ? task->group_leader :\n									 task",
    "task",
    "etd",
    3,
    5,
  ],
] as const;

describe("the explorer finds what is missing", () => {
  for (const [title, line, instead, scenario, tasks, moves] of MUTATIONS) {
    test(title, async () => {
      const name = title.replaceAll(" ", "-");
      const include = mkdtempSync(join(folder, "bpf-"));
      let found = 0;
      // Quoted includes look beside the including file first: so all are copied.
      const files = readdirSync(BPF, { encoding: "utf8", recursive: true });
      for (const file of files.filter((name) => /\.[ch]$/.test(name))) {
        const source = readFileSync(join(BPF, file), "utf8");
        found += source.split(line).length - 1;
        mkdirSync(dirname(join(include, file)), { recursive: true });
        writeFileSync(
          join(include, file),
          source.replace(line, () => instead),
        );
      }
      assert.equal(found, 1, `"${line}" stands once in bpf/`);
      compile(join(folder, name), [include], []);
      const { fault } = await explore(join(folder, name), scenario, tasks, moves);
      assert.match(String(fault), /^FAULT: /, "nothing was found");
    });
  }
});
