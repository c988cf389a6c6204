// SPDX-License-Identifier: Apache-2.0
/** Podman's labels and names, out of databases as libpod writes them (4.3: BoltDB; 5.4, 5.8: SQLite). */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, beforeEach, describe, test } from "node:test";
import { readPodmanFacts, readPodmanFactsIn } from "../../../core/engine/podman.ts";

const ROOT = mkdtempSync(join(tmpdir(), "lockc-podman-"));
after(() => rmSync(ROOT, { recursive: true }));
const ID = "cd99b93ef58e2e94fdf5af1766d6b9a698b57d9a949b8ae015bb505258ed1a7d";
const OTHER = ID.replace("cd", "dc");
const BUNDLE = join(ROOT, "overlay-containers", ID, "userdata");
const LIBPOD = join(ROOT, "libpod");

beforeEach(() => {
  rmSync(LIBPOD, { recursive: true, force: true });
  rmSync(join(ROOT, "db.sql"), { force: true });
  mkdirSync(LIBPOD);
});

const read = () => readPodmanFacts(BUNDLE)?.labels;
const readName = () => readPodmanFacts(BUNDLE)?.name;

/** As libpod orders it: the spec, the ID, and behind other things the labels. */
const config = (id: string, labels: object | undefined, env = "a", name: unknown = "web") =>
  JSON.stringify({
    spec: { process: { env: [env] }, annotations: { b: '{"spec":{}, "id":"x"}' } },
    id,
    name,
    CreateCommand: ["podman", "}{"],
    ...(labels && { labels }),
    stopSignal: 15,
  });

/** libpod writes a blob into the column of texts. */
function sqlite(
  file: string,
  rows: Record<string, string>,
  as: (json: string) => string | Uint8Array = (json) => Buffer.from(json),
): void {
  const database = new DatabaseSync(file);
  database.exec(
    "CREATE TABLE ContainerConfig (ID TEXT PRIMARY KEY NOT NULL, Name TEXT UNIQUE NOT NULL, PodID TEXT, JSON TEXT NOT NULL)",
  );
  const insert = database.prepare("INSERT INTO ContainerConfig VALUES (?, ?, NULL, ?)");
  for (const [id, json] of Object.entries(rows)) insert.run(id, id, as(json));
  database.close();
}

describe("SQLite", () => {
  for (const place of ["libpod/db.sql", "db.sql"]) {
    test(`${place}: the container's own labels, none where it has none`, () => {
      const asked = { "org.lockc.policy": "restricted" };
      const long = "x".repeat(20_000); // several pages
      sqlite(join(ROOT, place), {
        [OTHER]: config(OTHER, { no: "" }),
        [ID]: config(ID, asked, long),
      });
      assert.deepEqual(read(), asked);
      rmSync(join(ROOT, place));
      sqlite(join(ROOT, place), { [ID]: config(ID, undefined) });
      assert.deepEqual(read(), {});
      rmSync(join(ROOT, place));
      sqlite(join(ROOT, place), { [ID]: config(ID, { a: "b" }) }, (text) => text);
      assert.deepEqual(read(), { a: "b" });
    });
  }

  test("a database that does not know the container, or is none, tells nothing", () => {
    sqlite(join(LIBPOD, "db.sql"), { [OTHER]: config(OTHER, {}) });
    assert.equal(read(), undefined);
    writeFileSync(join(LIBPOD, "db.sql"), "nonsense");
    assert.equal(read(), undefined);
  });

  test("of a database before the change to SQLite the container is found all the same", () => {
    sqlite(join(LIBPOD, "db.sql"), {});
    writeFileSync(join(LIBPOD, "bolt_state.db"), config(ID, { a: "b" }));
    assert.deepEqual(read(), { a: "b" });
  });
});

describe("BoltDB", () => {
  const bolt = (...parts: string[]) =>
    writeFileSync(join(LIBPOD, "bolt_state.db"), parts.join("\0\u0001config"));

  test("the container's own labels, between those of others and older copies", () => {
    const labels = { "org.lockc.policy": "restricted", odd: `"id":"${ID}"}\\{"spec":` };
    const cut = config(ID, { other: "copy" }).slice(0, -30);
    bolt(config(OTHER, { no: "" }), config(ID, labels), cut, config(ID, labels, "older"));
    assert.deepEqual(read(), labels);
    bolt(config(ID, undefined));
    assert.deepEqual(read(), {});
  });

  test("copies that differ, and no copy, tell nothing", () => {
    bolt(config(ID, {}), config(ID, { a: "b" }));
    assert.equal(read(), undefined);
    bolt(config(OTHER, { odd: `{"spec":{},"id":"${ID}","labels":{}}` }));
    assert.equal(read(), undefined);
  });
});

describe("the name", () => {
  const bolt = (...parts: string[]) => writeFileSync(join(LIBPOD, "bolt_state.db"), parts.join());

  test("is what Podman calls the container, in either database", () => {
    bolt(config(OTHER, {}, "a", "db"), config(ID, {}, "a", "web"));
    assert.equal(readName(), "web");
    sqlite(join(LIBPOD, "db.sql"), { [ID]: config(ID, {}, "a", "shop") });
    assert.equal(readName(), "shop");
    assert.equal(readPodmanFactsIn(ROOT, ID)?.name, "shop");
  });

  test("of which BoltDB has an older copy cannot be told, and no text is none; labels can", () => {
    bolt(config(ID, { a: "b" }, "a", "web"), config(ID, { a: "b" }, "a", "shop"));
    assert.deepEqual([readName(), read()], [undefined, { a: "b" }]);
    for (const name of [7, "", null]) {
      bolt(config(ID, { a: "b" }, "a", name));
      assert.deepEqual([readName(), read()], [undefined, { a: "b" }]);
    }
  });
});

test("no database, labels that are none, and an ID that is none of Podman's tell nothing", () => {
  assert.equal(read(), undefined);
  sqlite(join(LIBPOD, "db.sql"), { [ID]: config(ID, { a: 1 }) });
  assert.equal(read(), undefined);
  assert.equal(readPodmanFacts(BUNDLE.replace(ID, "x' OR 1=1")), undefined);
});
