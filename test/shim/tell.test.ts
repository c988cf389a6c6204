// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENT, EventKind, LOCKC_PATH_SIZE, REPORT } from "../../shim/generated/layout.ts";
import { decode } from "../../shim/record.ts";
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
