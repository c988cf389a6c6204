// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { readBundle } from "../../shim/bundle.ts";
import { LockcError } from "../../shim/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "lockc-bundle-"));
after(() => rmSync(folder, { recursive: true }));

function bundle(config: unknown) {
  writeFileSync(
    join(folder, "config.json"),
    typeof config === "string" ? config : JSON.stringify(config),
  );
  return readBundle(folder);
}

function refused(config: unknown, words: RegExp): void {
  assert.throws(
    () => bundle(config),
    (error) =>
      error instanceof LockcError && error.code === "LOCKC_E_CONFIG" && words.test(error.message),
  );
}

const ROOT = { root: { path: "rootfs" } };

test("paths are made absolute from the bundle, and binds are told by their options", () => {
  const { root, mounts } = bundle({
    ...ROOT,
    mounts: [
      { destination: "/a", source: "data", options: ["rbind", "ro"] },
      { destination: "/b", type: "none", source: "/b", options: ["bind", "ro", "rw"] },
      { destination: "/c", type: "bind", source: "/c" },
      { destination: "/d", type: "tmpfs", source: "tmpfs" },
    ],
  });
  assert.equal(root, join(folder, "rootfs"));
  assert.deepEqual(
    mounts.map(({ source, bind, recursive, readOnly }) => [source, bind, recursive, readOnly]),
    [
      [join(folder, "data"), true, true, true],
      ["/b", true, false, false],
      ["/c", true, true, false],
      ["tmpfs", false, false, false],
    ],
  );
});

test("a user namespace makes the runtime bind devices, so they are listed", () => {
  assert.deepEqual(bundle(ROOT).deviceBinds, []);
  const linux = { namespaces: [{ type: "user" }], devices: [{ path: "/dev/fuse", type: "c" }] };
  const { deviceBinds } = bundle({ ...ROOT, linux });
  assert.ok(deviceBinds.includes("/dev/null") && deviceBinds.includes("/dev/fuse"));
});

test("other spellings, which runc would take for the real ones, are refused", () => {
  refused({ ...ROOT, Mounts: [] }, /spells "mounts" as "Mounts"/);
  refused({ ...ROOT, "mount\u017f": [] }, /spells "mounts"/);
  refused({ ...ROOT, LINUX: {} }, /spells "linux" as "LINUX"/);
  refused({ root: { path: "rootfs", PATH: "/" } }, /spells "path"/);
  refused({ ...ROOT, linux: { nameSpaces: [] } }, /spells "namespaces"/);
  refused({ ...ROOT, linux: { namespaces: [{ type: "pid", Type: "mount" }] } }, /spells "type"/);
  refused({ ...ROOT, mounts: [{ destination: "/a", Source: "/" }] }, /spells "source"/);
  bundle({ ...ROOT, Extension: {}, linux: { Other: 1 } });
});

test("a property that stands twice, which Go would merge, is refused", () => {
  refused('{"root":{"path":"r"},"root":{}}', /twice/);
  refused(
    '{"root":{"path":"r"},"linux":{"namespaces":[{"type":"mount","path":"/proc/1/ns/mnt"}],"namespaces":[{"type":"mount"}]}}',
    /twice/,
  );
  bundle(
    '{"root":{"path":"r"},"hostname":"a\\": \\"b","x":[{"y" : "z\\\\"},{"y":"\\"y\\":"}],"__proto__":{"root":1}}',
  );
});

test("depth and length are no trouble", () => {
  bundle(`{"root":{"path":"r"},"x":${"[".repeat(50_000)}${"]".repeat(50_000)}}`);
  bundle(`{"root":{"path":"r"},"x":"${'a\\"'.repeat(2_000_000)}"}`);
});

test("any JSON without repetition is told from one with it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (extra) => {
      const text = JSON.stringify({ ...ROOT, extra });
      bundle(text);
      refused(text.replace(/}$/, ',"extra":1}'), /twice/);
    }),
  );
});

test("whatever stands in config.json, the answer is facts or LOCKC_E_CONFIG", () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"root":{"path":"r"},"linux":${json},"mounts":${json}}`),
  );
  fc.assert(
    fc.property(text, (config) => {
      try {
        bundle(config);
      } catch (error) {
        assert.ok(error instanceof LockcError && error.code === "LOCKC_E_CONFIG", String(error));
      }
    }),
    { numRuns: 500 },
  );
});
