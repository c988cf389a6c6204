// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readPolicies } from "../../ctl/sources.ts";

const FOLDER = `${import.meta.dirname}/../../policy`;
const POLICIES = new Map(readPolicies([FOLDER]).map((policy) => [policy.name, policy]));

test("every built-in policy begins with its schema and its intent", () => {
  for (const file of readdirSync(FOLDER)) {
    const text = readFileSync(`${FOLDER}/${file}`, "utf8");
    const name = file.replace(/\.yaml$/, "");
    assert.match(
      text,
      new RegExp(
        `^# yaml-language-server: \\$schema=\\.\\./schemas/policy\\.schema\\.json\n#\n# ${name}: `,
      ),
      file,
    );
    assert.ok(POLICIES.has(name), name);
  }
});

test("privileged refuses nothing", () => {
  const policy = POLICIES.get("privileged")!;
  assert.deepEqual(Object.values(policy.confine), [false, false, false, false]);
  assert.equal(policy.hostPaths, "any");
  assert.equal(policy.mountTypes, "any");
  assert.equal(policy.mountNamespace, "any");
});

test("baseline confines in every way and needs a mount namespace of its own", () => {
  const policy = POLICIES.get("baseline")!;
  assert.deepEqual(Object.values(policy.confine), [true, true, true, true]);
  assert.equal(policy.mountNamespace, "own");
});

test("baseline admits data below data directories, and no file system with a device", () => {
  const { hostPaths, mountTypes } = POLICIES.get("baseline")!;
  assert.ok(hostPaths !== "any" && mountTypes !== "any");
  const writable = hostPaths.filter(({ access }) => access === "read-write");
  assert.deepEqual(
    writable.map(({ path }) => path),
    ["/home/*", "/srv/*", "/mnt/*", "/media/*", "/data/*", "/var/data/*"],
  );
  for (const { path } of hostPaths.filter(({ access }) => access === "read-only")) {
    assert.match(path, /^\/usr\/[^*]+$/, "the rest are single programs of the host");
  }
  for (const type of ["ext4", "overlay", "nfs", "fuse"]) assert.ok(!mountTypes.includes(type));
  for (const type of ["proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup"]) {
    assert.ok(mountTypes.includes(type), type);
  }
});
