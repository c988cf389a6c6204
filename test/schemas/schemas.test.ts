// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Schema } from "../../ctl/policy/document.ts";
import { validateConfig } from "./both.ts";

const FOLDER = `${import.meta.dirname}/../../schemas`;

/** Every schema that stands as a property or a definition, with where it stands. */
function* parts(schema: Schema, where: string): Generator<[string, Schema]> {
  for (const group of ["properties", "definitions"]) {
    const members = (schema[group] ?? {}) as Record<string, Schema>;
    for (const [name, member] of Object.entries(members)) {
      yield [`${where}/${name}`, member];
      yield* parts(member, `${where}/${name}`);
    }
  }
  if (typeof schema.items === "object") yield* parts(schema.items as Schema, `${where}/items`);
}

for (const file of readdirSync(FOLDER)) {
  const schema = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as Schema;

  test(`${file} describes every property in a sentence`, () => {
    const all = [...parts(schema, "")];
    assert.ok(all.length > 3);
    for (const [where, part] of all) {
      if ("$ref" in part) continue; // described where it is defined
      assert.match(part.description ?? "", /^[A-Za-z"].{10,}\.$/s, `${file} ${where}`);
    }
  });
}

/** What dockerd writes, shortened. */
const CONFIG = {
  ociVersion: "1.2.0",
  process: {
    terminal: false,
    user: { uid: 0, gid: 0, additionalGids: [0, 10] },
    args: ["sh"],
    env: ["PATH=/bin"],
    cwd: "/",
    capabilities: { bounding: ["CAP_CHOWN"] },
    apparmorProfile: "docker-default",
    oomScoreAdj: 0,
    rlimits: [{ type: "RLIMIT_CORE", hard: 0, soft: 0 }],
  },
  root: { path: "/var/lib/docker/overlay2/x/merged" },
  hostname: "box",
  mounts: [
    { destination: "/proc", type: "proc", source: "proc", options: ["nosuid"] },
    { destination: "/etc/hosts", type: "bind", source: "/x/hosts", options: ["rbind"] },
  ],
  hooks: { prestart: [{ path: "/proc/1/exe", args: ["libnetwork-setkey"] }] },
  linux: {
    namespaces: [{ type: "mount" }, { type: "network", path: "/proc/7/ns/net" }],
    seccomp: { defaultAction: "SCMP_ACT_ERRNO" },
    resources: { hugepageLimits: [{ pageSize: "64KB", limit: 0 }] },
  },
  "com.example.unknown": { anything: [1, null] },
};

test("what an engine writes is a valid config.json, with properties that we do not know", () => {
  assert.ok(validateConfig(CONFIG), JSON.stringify(validateConfig.errors));
});

test("each property of a wrong type makes config.json invalid", () => {
  const wrong: [path: string, value: unknown][] = [
    ["root", undefined],
    ["root", "/rootfs"],
    ["root.path", undefined],
    ["root.path", 7],
    ["root.path", ""],
    ["root.path", "/a\0b"],
    ["root.readonly", "yes"],
    ["process", []],
    ["process.args", "sh"],
    ["process.args.0", 7],
    ["process.user.uid", -1],
    ["process.user.uid", 2 ** 32],
    ["process.user.uid", "0"],
    ["process.noNewPrivileges", "true"],
    ["process.capabilities.bounding", "CAP_CHOWN"],
    ["mounts", {}],
    ["mounts", null],
    ["mounts.0", "proc"],
    ["mounts.0.destination", undefined],
    ["mounts.0.destination", "/a\0"],
    ["mounts.0.type", 7],
    ["mounts.1.source", null],
    ["mounts.1.source", "/a\0"],
    ["mounts.1.options", "rbind"],
    ["mounts.1.options.0", 7],
    ["linux", []],
    ["linux.namespaces", { type: "mount" }],
    ["linux.namespaces.0.type", undefined],
    ["linux.namespaces.0.type", "Mount"],
    ["linux.namespaces.1.path", 7],
    ["linux.resources.hugepageLimits.0.pageSize", "64kB"],
    ["linux.resources.hugepageLimits.0.pageSize", "0MB"],
    ["linux.resources.hugepageLimits.0.pageSize", "2MB\n"],
    ["annotations", ["a"]],
    ["annotations", { a: 7 }],
    ["hooks.prestart", { path: "/x" }],
  ];
  for (const [path, value] of wrong) {
    const config = structuredClone(CONFIG) as object;
    const keys = path.split(".");
    const last = keys.pop()!;
    const parent = keys.reduce<Record<string, unknown>>(
      (at, key) => at[key] as Record<string, unknown>,
      config as Record<string, unknown>,
    );
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    assert.ok(!validateConfig(config), `${path} = ${JSON.stringify(value)} was accepted`);
  }
});

test("no JSON value makes the validator fail other than by its verdict", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(typeof validateConfig(value), "boolean");
    }),
  );
});
