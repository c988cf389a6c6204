// SPDX-License-Identifier: Apache-2.0
/** What the guard says of each exec, compiled for this host. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { Binary, Guard, Phase } from "../../core/generated/layout.ts";
import { hashPath } from "../../ctl/policy/entry.ts";
import { compileOnHost } from "./on-host.ts";

const decider = compileOnHost("runtimes");

const EPERM = -1;
const DIRECTORY = 50;
/** /usr/bin with runc (inode 60) and lockc-runc (inode 70), each known in both ways. */
const KNOWN = (
  [
    [Binary.RUNTIME, 60, "runc"],
    [Binary.ENTRANCE, 70, "lockc-runc"],
  ] as const
).flatMap(([kind, ino, name]) => [
  `know ${kind} ${ino} 3 0`,
  `know ${kind} ${DIRECTORY} 1 ${hashPath(`/${name}`)}`,
]);

interface Exec {
  readonly mode?: Guard;
  readonly phase?: Phase;
  readonly ino?: number;
  readonly generation?: number;
  readonly directory?: number;
  readonly name?: string;
}

/** One after the other; runc as it was installed, where nothing else is said. */
function exec(...execs: Exec[]) {
  const lines = execs.map(
    ({ mode, phase = Phase.NONE, ino = 60, generation = 3, directory = DIRECTORY, name }) =>
      `exec ${mode ?? Guard.ENFORCE} ${phase} ${ino} ${generation} ${directory} ${name ?? "runc"}`,
  );
  const input = `${[...KNOWN, ...lines].join("\n")}\n`;
  const said = execFileSync(decider, { input, encoding: "utf8" }).trimEnd().split("\n");
  return said.map((line) => {
    const [verdict, phase, denials, audits] = line.split(" ").map(Number);
    return { verdict, phase, denials, audits };
  });
}

const denied = { verdict: EPERM, phase: Phase.NONE, denials: 1, audits: 0 };
const untouched = { verdict: 0, phase: Phase.NONE, denials: 0, audits: 0 };
const entrance = { ino: 70, name: "lockc-runc" };

describe("a runtime", () => {
  test("is refused and counted, only counted, or neither, as the guard's mode says", () => {
    assert.deepEqual(exec({ mode: Guard.ENFORCE }), [denied]);
    assert.deepEqual(exec({ mode: Guard.AUDIT }), [{ ...untouched, audits: 1 }]);
    assert.deepEqual(exec({ mode: Guard.OFF }), [untouched]);
    const [, , last] = exec({}, { mode: Guard.AUDIT }, {});
    assert.deepEqual([last?.denials, last?.audits], [2, 1]);
  });

  test("is known by its inode under another name, in another directory", () => {
    assert.deepEqual(exec({ name: "x" }, { directory: 51 }).at(-1), { ...denied, denials: 2 });
    assert.deepEqual(exec({ directory: 51, name: "x" }), [denied]);
  });

  test("is known by its place when another inode was renamed over it", () => {
    assert.deepEqual(exec({ ino: 61 }), [denied]);
    assert.deepEqual(exec({ ino: 60, generation: 4 }), [denied]);
  });

  test("is neither its inode's number used again, nor its name elsewhere, nor the like", () => {
    assert.deepEqual(exec({ generation: 4, name: "x" }), [untouched]);
    assert.deepEqual(exec({ ino: 61, directory: 51 }), [untouched]);
    for (const name of ["run", "runc2", "RUNC", "r", "x".repeat(255)]) {
      assert.deepEqual(exec({ ino: 61, name }), [untouched], name);
    }
  });
});

describe("lockc-runc", () => {
  test("may be executed by anybody, who then has entered", () => {
    for (const mode of [Guard.AUDIT, Guard.ENFORCE]) {
      assert.deepEqual(exec({ ...entrance, mode }), [{ ...untouched, phase: Phase.ENTERED }]);
      assert.deepEqual(exec({ ...entrance, mode, ino: 71 })[0]?.phase, Phase.ENTERED, "upgraded");
      assert.deepEqual(exec({ ...entrance, mode, name: "x" })[0]?.phase, Phase.ENTERED, "by inode");
    }
  });

  test("marks nobody while the guard is off", () => {
    assert.deepEqual(exec({ ...entrance, mode: Guard.OFF }), [untouched]);
  });
});

test("who came through lockc-runc executes a runtime, in whatever phase, and keeps it", () => {
  const { NONE, ...others } = Phase;
  assert.equal(Object.keys(others).length, 5);
  for (const phase of Object.values(others)) {
    assert.deepEqual(exec({ phase }, { phase, ...entrance }).at(-1), { ...untouched, phase });
  }
});
