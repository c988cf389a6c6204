// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { NativeFigures } from "../../bench/measure/native.ts";
import { exactly } from "../../bench/measure/statistics.ts";
import { judgeTarget, nativeFigures } from "../../bench/report/figures.ts";
import { nativeTables } from "../../bench/report/report.ts";
import { painter } from "../../ctl/screen/terminal.ts";
import { KEPT, pairs } from "./native-figures.ts";

const print = (figures: NativeFigures) => nativeTables(figures, painter(false));
const lineOf = (figures: NativeFigures, start: string) =>
  print(figures)
    .split("\n")
    .find((line) => line.startsWith(start)) ?? "";

describe("the native half's tables", () => {
  test("say kept wherever something is promised, and missed nowhere", () => {
    assert.doesNotMatch(print(KEPT), /missed|kept\?/);
    for (const name of ["docker run --rm", "docker exec", "start", "the shim alone"]) {
      assert.match(lineOf(KEPT, name), / kept /, name);
    }
    assert.match(lineOf(KEPT, "lockctl load "), / 400 +kept$/);
    assert.match(lineOf(KEPT, "512 creates"), / 1\.15 +kept /);
  });

  test("hold docker run to a ratio and a command that is handed on to a millisecond", () => {
    assert.match(
      lineOf(KEPT, "docker run --rm"),
      /^docker run --rm +1\.100 +±0\.000 +\+15\.00 .* 1\.15 +kept/,
    );
    assert.match(lineOf(KEPT, "state"), /^state +1\.180 +±0\.000 +\+0\.90 .* \+1\.00 ms +kept/);
    assert.doesNotMatch(lineOf(KEPT, "create"), /kept/, "nothing is promised of create alone");
  });

  test("say missed, each by itself, where it is", () => {
    const missed = (figures: Partial<NativeFigures>) =>
      print({ ...KEPT, ...figures })
        .split("\n")
        .filter((line) => line.includes("missed"))
        .map((line) => line.split("  ")[0]);
    assert.deepEqual(missed({ docker: [pairs("docker run --rm", 100, 16)] }), ["docker run --rm"]);
    assert.deepEqual(missed({ commands: [pairs("kill", 5, 1.1)] }), ["kill"]);
    const shim = { ...KEPT.shim, create: pairs("lockc-runc create", 20, 7.2) };
    assert.deepEqual(missed({ shim }), ["the shim alone"]);
    const load = { ...KEPT.load, firstMs: exactly(401) };
    assert.deepEqual(missed({ load }), ["lockctl load"]);
    const scale = { ...KEPT.scale, createRatio: exactly(1.16) };
    assert.deepEqual(missed({ scale }), ["512 creates, 8 at a time"]);
    const lives = { ...KEPT.lives, ratio: exactly(1.16) };
    assert.deepEqual(missed({ lives }), ["512 docker run --rm, 8 at a time"]);
  });

  test("are unsure of what the noise could turn", () => {
    const commands = [pairs("kill", 5, 0.9, 0.2), pairs("state", 5, 1.1, 0.2)];
    assert.match(lineOf({ ...KEPT, commands }, "kill"), / kept\? /);
    assert.match(lineOf({ ...KEPT, commands }, "state"), / missed\? /);
  });
});

describe("the list of figures", () => {
  test("names each only once", () => {
    const names = nativeFigures(KEPT).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });

  test("has every promise of the native half", () => {
    const promised = nativeFigures(KEPT).filter(({ target }) => target !== undefined);
    assert.deepEqual(
      promised.map(({ name, target }) => [name, target]),
      [
        ["docker run --rm: ratio", 1.15],
        ["docker run --rm --network none: ratio", 1.15],
        ["docker exec: ratio", 1.02],
        ["runc start: more", 1],
        ["runc state: more", 1],
        ["runc ps: more", 1],
        ["runc events: more", 1],
        ["runc update: more", 1],
        ["runc pause: more", 1],
        ["runc kill: more", 1],
        ["runc delete: more", 1],
        ["shim alone, lockc-runc create: ratio", 1.35],
        ["many docker run at once: ratio", 1.15],
        ["many creates at once: ratio", 1.15],
        ["lockctl load", 400],
      ],
    );
  });

  test("lets V8's code differ by what it always does, and no other file by a byte", () => {
    const range = (name: string) => {
      const { low, high } = nativeFigures(KEPT).find((figure) => figure.name === name)!;
      return high - low;
    };
    assert.equal(range("/usr/lib/lockc/node"), 0);
    assert.equal(range("/usr/lib/lockc/shim.cache"), 256);
    assert.equal(range("installed"), 256);
  });
});

test("a promise is kept at the target itself, and surely when all of the interval is", () => {
  const estimate = { value: 1.1, low: 1, high: 1.2 };
  assert.deepEqual(judgeTarget(estimate, 1.1), { verdict: "kept", sure: false });
  assert.deepEqual(judgeTarget(estimate, 1.2), { verdict: "kept", sure: true });
  assert.deepEqual(judgeTarget(estimate, 1.05), { verdict: "missed", sure: false });
  assert.deepEqual(judgeTarget(estimate, 0.99), { verdict: "missed", sure: true });
});
