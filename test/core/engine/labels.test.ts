// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { readDockerFacts } from "../../../core/engine/docker.ts";
import { LockcError } from "../../../core/errors.ts";

const KEY = "org.lockc.policy";
const DOCKER = { engine: "docker", sandbox: false } as const;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lockc-labels-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What Docker keeps of a container, at `path` below the root. */
function write(path: string, content: unknown): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}
const labelled = (value: unknown) => ({ Config: { Labels: { [KEY]: value } } });
const read = (id: string, roots = [root]) => readDockerFacts(id, DOCKER, roots)?.labels[KEY];

test("a label is read from where Docker keeps the container", () => {
  write("containers/c/config.v2.json", labelled("restricted"));
  assert.equal(read("c"), "restricted");
  assert.equal(read("c", ["/nowhere", root]), "restricted");
  assert.equal(read("other"), undefined);
});

test("with remapped users it is read below UID.GID, whatever the two are", () => {
  write("100000.200000/containers/c/config.v2.json", labelled("restricted"));
  assert.equal(read("c"), "restricted");
  write("100000/containers/d/config.v2.json", labelled("restricted"));
  assert.equal(read("d"), undefined);
});

test("a file that somebody made beside what the container mounts has no say", () => {
  write("home/me/config.v2.json", labelled("privileged"));
  write("home/me/hostname", "h");
  write("volumes/v/_data/containers/c/config.v2.json", labelled("privileged"));
  write("containers/c/config.v2.json", labelled("restricted"));
  assert.equal(read("c"), "restricted");
  assert.equal(read("d"), undefined);
});

test("without the label there is none", () => {
  for (const content of [
    { Config: {} },
    { Config: { Labels: null } },
    { Config: { Labels: { other: "x" } } },
  ]) {
    write("containers/c/config.v2.json", content);
    assert.deepEqual(readDockerFacts("c", DOCKER, [root])?.labels[KEY], undefined);
  }
});

test("a container of which Docker keeps nothing here is told from one without labels", () => {
  assert.equal(readDockerFacts("c", DOCKER, [root]), undefined);
  write("containers/c/config.v2.json", { Config: {} });
  assert.deepEqual(readDockerFacts("c", DOCKER, [root]), { labels: {} });
});

test("what Docker calls the container is told without the slash", () => {
  write("containers/c/config.v2.json", { ...labelled("restricted"), Name: "/web" });
  const labels = { [KEY]: "restricted" };
  assert.deepEqual(readDockerFacts("c", DOCKER, [root]), { labels, name: "web" });
  write("containers/c/config.v2.json", { ...labelled("restricted"), Name: 7 });
  assert.deepEqual(readDockerFacts("c", DOCKER, [root]), { labels });
});

test("only Docker's containers are looked for", () => {
  write("containers/c/config.v2.json", labelled("restricted"));
  for (const engine of ["podman", "buildkit", "containerd", "kubernetes", "other"] as const) {
    assert.equal(readDockerFacts("c", { engine, sandbox: false }, [root]), undefined);
  }
});

test("a file that is there but cannot be read is refused, for the label could ask for more", () => {
  for (const [title, spoil] of [
    ["no JSON", () => write("containers/c/config.v2.json", "{")],
    ...[{}, null, [], 7, { Config: [] }, { Config: { Labels: ["x"] } }, labelled(7)].map(
      (content) =>
        [JSON.stringify(content), () => write("containers/c/config.v2.json", content)] as const,
    ),
    [
      "a link without an end",
      () => symlinkSync("config.v2.json", join(root, "containers/c/config.v2.json")),
    ],
    [
      "a directory",
      () => mkdirSync(join(root, "containers/c/config.v2.json"), { recursive: true }),
    ],
  ] as const) {
    rmSync(join(root, "containers"), { recursive: true, force: true });
    mkdirSync(join(root, "containers/c"), { recursive: true });
    spoil();
    assert.throws(
      () => read("c"),
      (error) =>
        error instanceof LockcError &&
        error.code === "LOCKC_E_POLICY" &&
        /cannot read the labels of the container in ".*config\.v2\.json": /.test(error.message),
      title,
    );
  }
});

test("a root that is no directory, or that nobody may list, is no obstacle", () => {
  write("file", "x");
  assert.equal(read("c", [join(root, "file"), root]), undefined);
  mkdirSync(join(root, "closed"), { mode: 0o000 });
  assert.equal(read("c", [join(root, "closed")]), undefined);
  chmodSync(join(root, "closed"), 0o700);
});
