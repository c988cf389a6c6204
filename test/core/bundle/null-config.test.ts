// SPDX-License-Identifier: Apache-2.0
/**
 * A null in place of each value that real engines write: Go programs write one for a nil
 * slice, map or pointer. It is absence, for lockc as for both runtimes, which are asked so
 * that nothing is ever created: runc complains of an empty ID, crun of one that is taken,
 * once they have read the file.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Bundle } from "../../../core/bundle/bundle.ts";
import { factsOf } from "../../../core/bundle/facts.ts";
import { parseConfig } from "../../../core/bundle/parse.ts";
import { LockcError } from "../../../core/errors.ts";
import { index, readFixture } from "../../fixtures/configs/index.ts";
import { withAt } from "../../schemas/sample.ts";

const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "lockc-null-"));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "root/taken"), { recursive: true });

interface Case {
  readonly config: unknown;
  readonly path: readonly string[];
}

const pathsIn = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value !== "object" || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([name, it]) => pathsIn(it, [...path, name]))];

/** Every place in the captured files, once. */
const CAPTURED: readonly Case[] = [
  ...new Map(
    index
      .map((entry) => JSON.parse(readFixture(entry).text) as unknown)
      .flatMap((config) => pathsIn(config).map((path): Case => ({ config, path })))
      .filter(({ path }) => path.length > 0)
      .map((it) => [it.path.map((name) => (/^\d+$/.test(name) ? "0" : name)).join("/"), it]),
  ).values(),
];

function facts(config: unknown): Bundle | undefined {
  try {
    return factsOf("/b", parseConfig("/b/config.json", Buffer.from(JSON.stringify(config))));
  } catch (error) {
    assert.ok(error instanceof LockcError && error.code === "LOCKC_E_CONFIG", String(error));
    return undefined;
  }
}

/** What runs of a config.json without ever coming to a container. */
function said(runtime: "runc" | "crun", config: unknown): string {
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const id = runtime === "runc" ? "" : "taken";
  const words = ["--root", join(folder, "root"), "create", "--bundle", folder, id];
  const { stderr, status, error } = spawnSync(runtime, words, { encoding: "utf8", cwd: folder });
  assert.deepEqual([error, status], [undefined, 1], runtime);
  return stderr;
}

/** Whether it is an entry of a map, where null is an empty text. */
const isEntry = (path: readonly string[]) =>
  ["annotations", "sysctl", "unified"].includes(path.at(-2) ?? "");
const untimed = (line: string) => line.replace(/time="[^"]*"/, "");
const isListed = (path: readonly string[]) => /^\d+$/.test(path.at(-1)!);

describe("a null", () => {
  const members = CAPTURED.filter(({ path }) => !isListed(path));

  test("says of a property what its absence says, and is refused where that is", () => {
    const counts = { admitted: 0, refused: 0 };
    for (const { config, path } of members) {
      const absent = facts(withAt(config, path, undefined));
      const none = facts(withAt(config, path, null));
      if (isEntry(path)) assert.ok(none !== undefined, path.join("/"));
      else assert.deepEqual(none, absent, path.join("/"));
      counts[none === undefined ? "refused" : "admitted"]++;
    }
    assert.ok(counts.admitted > 80 && counts.refused > 5, JSON.stringify(counts));
  });

  test("that is admitted both runtimes read, as they read its absence", () => {
    let asked = 0;
    for (const { config, path } of members) {
      const spoilt = withAt(config, path, null);
      if (facts(spoilt) === undefined) continue;
      const absent = withAt(config, path, undefined);
      const where = path.join("/");
      assert.equal(untimed(said("runc", spoilt)), untimed(said("runc", absent)), where);
      assert.doesNotMatch(said("runc", spoilt), /json: /, where);
      if (isEntry(path)) continue; // in a map crun takes texts only
      assert.equal(said("crun", spoilt), said("crun", absent), where);
      asked++;
    }
    assert.ok(asked > 60, String(asked));
  });

  test("in a list is what Go makes of it: a zero, an empty text, an object without anything", () => {
    const make = (process: object) => facts({ root: { path: "r" }, process });
    assert.deepEqual(make({ user: { additionalGids: [7, null] } })?.additionalGids, [7, 0]);
    assert.deepEqual(make({ capabilities: { bounding: [null] } })?.bounding, [""]);
    assert.equal(facts({ root: { path: "r" }, mounts: [null] }), undefined);
    assert.equal(facts({ root: { path: "r" }, linux: { namespaces: [null] } }), undefined);
    for (const { config, path } of CAPTURED.filter(({ path }) => isListed(path))) {
      const spoilt = withAt(config, path, null);
      const empty = withAt(config, path, {});
      const zero = ["", 0].map((it) => facts(withAt(config, path, it)));
      assert.deepEqual(facts(spoilt), zero.find(Boolean) ?? facts(empty), path.join("/"));
    }
  });
});
