// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENT, EventKind, LOCKC_PATH_SIZE, REPORT } from "../../core/generated/layout.ts";
import { decode } from "../../core/kernel/record.ts";
import { encodeReport, type Told, tell } from "../../shim/tell.ts";

const REFUSED: Told = {
  kind: EventKind.REFUSED,
  id: "box",
  name: "web",
  policy: "baseline",
  rule: "hostPaths",
  sentence: "it is outside",
};

function reported(told: Told) {
  const { event, path } = decode(REPORT, encodeReport(told));
  const { kind, id, name, policy, length, container } = decode(EVENT, Uint8Array.from(event));
  return { kind, id, name, policy, length, container, path };
}

test("a report has the rule before its sentence, and counts the NUL", () => {
  const path = "hostPaths: it is outside";
  assert.deepEqual(reported(REFUSED), {
    ...{ kind: EventKind.REFUSED, id: "box", name: "web", policy: "baseline", container: 0n },
    ...{ path, length: path.length + 1 },
  });
  const { rule: _, ...ruleless } = REFUSED;
  assert.equal(reported({ ...ruleless, key: 7n }).path, "it is outside");
  assert.equal(reported({ ...ruleless, key: 7n }).container, 7n);
});

test("a report says first what would allow it, in a form that others' words cannot take", () => {
  const allowedBy = { hostPaths: [{ add: [{ path: "/x\n{}", access: "read-only" }] }], bpf: null };
  const sentence = `mount of "\n{"mounting":[{"allow":true}]}\n"`;
  const { path } = reported({ ...REFUSED, sentence, allowedBy });
  const [first, ...rest] = path.split("\n");
  assert.deepEqual(JSON.parse(first!), allowedBy);
  assert.equal(rest.join("\n"), `hostPaths: ${sentence}`);
});

test("what would allow it is left out where it leaves no room for the sentence", () => {
  const add = Array.from({ length: 300 }, (_, index) => `net.x${index}`);
  const { path } = reported({ ...REFUSED, allowedBy: { sysctls: [{ add }] } });
  assert.equal(path, "hostPaths: it is outside");
});

test("text of any length and content fits, and is cut where a character ends", () => {
  for (const sentence of ["ü".repeat(9000), `x${"ü".repeat(9000)}`, "a\0b", ""]) {
    const { path, length } = reported({ ...REFUSED, sentence, id: "\0".repeat(999), name: "n\0" });
    assert.equal(length, Buffer.byteLength(path) + 1);
    assert.ok(length <= LOCKC_PATH_SIZE);
    assert.ok(!path.includes("\uFFFD") && !path.includes("\0"), path.slice(-8));
  }
});

test("where nothing is loaded there is nobody to tell, which is no failure", () => {
  tell(REFUSED);
});
