// SPDX-License-Identifier: Apache-2.0
/**
 * shim/argv against the runtimes themselves: would this command line start a
 * container, and which one, from which bundle? No container is ever started: every
 * ID is taken already, and a runtime that gets as far as to look says so.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type Grammar, type Invocation, parseInvocation } from "../../../shim/argv/argv.ts";
import { LINES, NAMES } from "../../support/argv-lines.ts";

const RUNS = Number(process.env.LOCKC_FUZZ_RUNS ?? 120);

const CONFIG = JSON.stringify({
  ociVersion: "1.0.2",
  process: { args: ["/none"], cwd: "/", user: { uid: 0, gid: 0 } },
  root: { path: "rootfs" },
  mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
  linux: { namespaces: [{ type: "mount" }, { type: "pid" }] },
});

/** What there is when the runtime is asked: containers under each root, and bundles. */
interface World {
  readonly roots: readonly string[];
  readonly ids: readonly string[];
  readonly bundles: readonly string[];
  /** Other files than the bundles' own. */
  readonly configs: readonly string[];
  /** Whether bundles have none of their own. */
  readonly bare: boolean;
}

interface Answer {
  /** The verb by which it would have started a container that there is. */
  readonly starts: string | undefined;
  readonly status: number | null;
}

function ask(runtime: string, dir: string, words: readonly string[], world: World): Answer {
  try {
    const make = (path: string) => {
      assert.ok(path.startsWith(`${dir}/`), path);
      mkdirSync(path, { recursive: true });
    };
    make(join(dir, "work"));
    for (const bundle of world.bundles) {
      const path = join(dir, "work", bundle);
      make(join(path, "rootfs"));
      if (!world.bare) writeFileSync(join(path, "config.json"), CONFIG);
    }
    for (const config of world.configs) writeFileSync(join(dir, "work", config), CONFIG);
    // crun goes into the bundle before it looks for a root that is not absolute.
    const places = ["", ...world.bundles].map((bundle) => join(dir, "work", bundle));
    for (const place of places) {
      for (const root of world.roots) {
        for (const id of world.ids) make(resolve(place, root, id));
      }
    }
    const { stdout, stderr, status, error } = spawnSync(runtime, words, {
      cwd: join(dir, "work"),
      encoding: "utf8",
      timeout: 20_000,
      input: "",
    });
    if (error) throw new Error(`${runtime} ${JSON.stringify(words)}`, { cause: error });
    return { starts: judge(stdout + stderr + readLogs(join(dir, "work"))), status };
  } finally {
    for (const part of ["work", "R1", "R2"]) {
      rmSync(join(dir, part), { recursive: true, force: true });
    }
  }
}

/** crun writes to its log only, whatever file that is. */
function readLogs(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(config\.json|C[12])$/.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/**
 * runc says "runc create failed: container with given ID already exists", without the
 * first words for restore; crun says "container `ID` already exists".
 */
function judge(text: string): string | undefined {
  if (/container `.*` already exists/.test(text)) return "some";
  if (!/container with given ID already exists/.test(text)) return undefined;
  return /runc (create|run) failed/.exec(text)?.[1] ?? "restore";
}

const isName = (word: string) => /^[\w.+-]+$/.test(word) && !/^\.\.?$/.test(word);

/** Whatever could be an ID is taken, whatever could be a bundle is one. */
function wholeWorld(words: readonly string[], dir: string, root: string): World {
  const parts = words.flatMap((word) => [word, word.replace(/^[^=]*=/, "")]).filter(isName);
  const bundles = parts.filter((name) => !/^([LP]1|C[12]|config\.json)$/.test(name)); // those are files
  const roots = [...new Set([...NAMES.roots.map((name) => join(dir, name)), root])];
  const ids = [...new Set(parts)];
  return {
    roots,
    ids,
    bundles: [".", ...NAMES.bundles, ...bundles],
    configs: ["C1", "C2"],
    bare: false,
  };
}

/** How a line came out; `wrong` must not be. */
type Outcome =
  | "same container"
  | "both start nothing"
  | "we would start one, the runtime refuses"
  | "we refuse, the runtime would start one"
  | `wrong: ${string}`;

function compare(runtime: string, grammar: Grammar, dir: string, line: readonly string[]): Outcome {
  const place = (word: string) =>
    word.replace(/(^|=)(R[12])$/, (_, eq, name) => eq + join(dir, name));
  const words = ["--root", join(dir, "R1"), ...line.map(place)];
  const invocation = parseInvocation(words, grammar);
  requireBoth(words, invocation);
  const given = "argv" in invocation && invocation.kind !== "help" ? invocation.argv : words;
  const root = invocation.root ?? "";
  const world = wholeWorld(given, dir, root);
  if (invocation.kind === "container") {
    const { bundle = ".", id, config } = invocation;
    const bare = config !== undefined && config !== "config.json";
    const configs = bare && isName(config) && config !== bundle ? [config] : [];
    const roots = [root, ...(grammar === "crun" ? rootless(given) : [])];
    const claimed = ask(runtime, dir, given, {
      roots,
      ids: [id],
      bundles: [bundle],
      configs,
      bare,
    });
    if (claimed.starts === "some" || claimed.starts === invocation.verb) return "same container";
    if (claimed.starts !== undefined) return `wrong: ${invocation.verb} is ${claimed.starts}`;
    const another = ask(runtime, dir, given, world);
    if (another.starts !== undefined) return `wrong: another container than ${id} of ${bundle}`;
    if (another.status === 0) return "wrong: it is no container's command";
    return "we would start one, the runtime refuses";
  }
  const { starts } = ask(runtime, dir, given, world);
  if (starts === undefined) return "both start nothing";
  return invocation.kind === "invalid"
    ? "we refuse, the runtime would start one"
    : `wrong: ${invocation.kind}, but it starts one`;
}

/** crun (1.8) takes the value of --rootless for the root; to lockc a root is but a name to show. */
function rootless(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const [, attached] = /^--?rootless(?:=(.*))?$/.exec(word) ?? [];
    return /^--?rootless(=|$)/.test(word) ? [attached ?? words[at + 1] ?? ""] : [];
  });
}

/** A runtime that we do not know by name is read by both grammars, and they must agree. */
function requireBoth(words: readonly string[], invocation: Invocation): void {
  const unknown = parseInvocation(words, "unknown");
  if (unknown.kind === "container" && invocation.kind !== "invalid") {
    assert.deepEqual(identity(invocation), identity(unknown), JSON.stringify(words));
  }
  if (invocation.kind === "pass" || unknown.kind === "pass") {
    assert.deepEqual(unknown, invocation, "what starts nothing is told without the runtime");
  }
}

const identity = (invocation: Invocation) => {
  if (invocation.kind !== "container") return invocation;
  const { id, bundle, config, verb, root } = invocation;
  return { id, bundle, config, verb, root };
};

/** Why we may refuse what the runtime would accept; crun takes any name without a slash for an ID. */
const CAUTION: Readonly<Record<"runc" | "crun", RegExp>> = {
  runc: /versions of the runtime|is not known|number of descriptors|two forms of/,
  crun: /is not known|number of descriptors|cannot be a container ID/,
};

for (const [grammar, path] of [
  ["runc", process.env.LOCKC_FUZZ_RUNC ?? "/usr/sbin/runc"],
  ["crun", process.env.LOCKC_FUZZ_CRUN ?? "/usr/bin/crun"],
] as const) {
  const skip = existsSync(path) ? false : `${path} is not installed`;
  test(`${grammar} starts the container that we say, and none where we say none`, { skip }, (t) => {
    const memory = "/dev/shm"; // some thousand small files
    const dir = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "lockc-argv-"));
    const counts = new Map<string, number>();
    try {
      fc.assert(
        fc.property(LINES, (line) => {
          const outcome = compare(path, grammar, dir, line);
          counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
          assert.doesNotMatch(outcome, /^wrong/, `${outcome}: ${JSON.stringify(line)}`);
          if (outcome === "we refuse, the runtime would start one") {
            const words = ["--root", "x", ...line];
            const { reason } = parseInvocation(words, grammar) as { reason: string };
            assert.match(reason, CAUTION[grammar], JSON.stringify(line));
            const key = `  ${reason.replace(/"[^"]*"/g, '"…"')}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        }),
        { numRuns: RUNS },
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    for (const [outcome, count] of counts) t.diagnostic(`${count} × ${outcome}`);
    const same = counts.get("same container") ?? 0;
    assert.ok(same > 0, "no line started a container");
  });
}
