// SPDX-License-Identifier: Apache-2.0
/**
 * Membership, in every order: lifecycle.c explores what a few tasks can do, with the kernel
 * half's own programs. docs/architecture.md has the table that they follow.
 */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { requireTools } from "../../tool/run.ts";

const HERE = import.meta.dirname;
const BPF = join(HERE, "../../bpf");
const folder = mkdtempSync(join(tmpdir(), "lockc-lifecycle-"));
const explorer = join(folder, "lifecycle");

function compile(output: string, include: readonly string[], flags: readonly string[]): void {
  execFileSync("gcc", [
    ...["-O1", "-Wno-unknown-pragmas", "-Wno-incompatible-pointer-types"],
    ...flags,
    ...[join(HERE, "host"), ...include, BPF].map((path) => `-I${path}`),
    ...["-o", output, join(HERE, "lifecycle.c")],
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
  ["hooks of each stage, their own namespaces and pivots", "hs", 4, 4, 20_000],
  ["… of a root file system of its own", "hso", 4, 4, 20_000],
  ["… without pivot_root(2)", "hsn", 4, 4, 5_000],
  ["user code unshares and forks while the host enters", "euf", 4, 4, 40_000],
  ["… by a namespace it got hold of, late or after an exec", "eugk", 3, 5, 40_000],
  ["… of a root file system of its own", "eugko", 3, 5, 40_000],
  ["user code shows the host's root to who enters", "eur", 3, 5, 20_000],
  ["the host enters while startContainer hooks run", "esg", 4, 3, 20_000],
  ["the host looks, and makes containers of its own", "ed", 3, 5, 20_000],
  ["two containers, and who looks at both", "eu2", 3, 4, 20_000],
  ["two containers with hooks", "hs2", 3, 1, 10_000],
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
    "who looked is not remembered",
    "	way->looked = way->looked && way->looked != key ? LOCKC_LOOKED_SEVERAL : key;\n",
    "",
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
    "	if (!m->container)\n		return lifecycle_refuse(m, file);\n	m->rules",
    "	if (!m->container) {\n		m->key = 0;\n		return 0;\n	}\n	m->rules",
    "eg",
    3,
    3,
  ],
  [
    "a runtime without a record is the host's everywhere",
    "	    !m->container && !(lifecycle_is_home(way, task) && lifecycle_has_home_root(way, task)))\n		return -EPERM;",
    "	    !m->container)\n		return 0;",
    "x",
    3,
    3,
  ],
  [
    "the end of who pivoted is the container's",
    "(container->creator_gone && !container->pivoters",
    "(!container->pivoters",
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
    "owner = member_of_root(task);",
    "owner = NULL;",
    "eugko",
    3,
    4,
  ],
  [
    "who mounts for itself stays suspect",
    "way->made = kernel_mntns(task);",
    "way->made = 0;",
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
    "return kernel_mntns(task) != way->seen && lifecycle_has_home_root(way, task) &&",
    "return lifecycle_has_home_root(way, task); return",
    "eur",
    3,
    5,
  ],
] as const;

describe("the explorer finds what is missing", () => {
  for (const [title, line, instead, scenario, tasks, moves] of MUTATIONS) {
    test(title, async () => {
      const name = title.replaceAll(" ", "-");
      const include = mkdtempSync(join(folder, "bpf-"));
      const header = readFileSync(join(BPF, "lifecycle.bpf.h"), "utf8");
      assert.equal(header.split(line).length, 2, `"${line}" stands once in lifecycle.bpf.h`);
      writeFileSync(
        join(include, "lifecycle.bpf.h"),
        header.replace(line, () => instead),
      );
      // Quoted includes look beside the including file first: so that one is copied, too.
      for (const file of [
        "lockc.bpf.c",
        "mount.bpf.h",
        "file.bpf.h",
        "cred.bpf.h",
        "process.bpf.h",
      ]) {
        writeFileSync(join(include, file), readFileSync(join(BPF, file)));
      }
      compile(join(folder, name), [include], []);
      const { fault } = await explore(join(folder, name), scenario, tasks, moves);
      assert.match(String(fault), /^FAULT: /, "nothing was found");
    });
  }
});
