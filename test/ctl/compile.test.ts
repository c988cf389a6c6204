// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compilePolicy,
  compileRules,
  compileSettings,
  DEFAULT_SETTINGS,
  namesOfRules,
  readLoadedSettings,
} from "../../ctl/compile.ts";
import settingsSchema from "../../schemas/settings.schema.json" with { type: "json" };
import {
  LOCKC_ABI,
  LOCKC_DOCUMENT_SIZE,
  POLICY,
  Rule,
  SETTINGS,
} from "../../shim/generated/layout.ts";
import type { Policy } from "../../shim/generated/policy.ts";
import { decode, encode } from "../../shim/record.ts";

const POLICY_SOURCE: Policy = {
  name: "web",
  description: "For web servers: é.",
  confine: { files: true, mounts: false, kernelLog: true, bpf: false },
  hostPaths: [{ path: "/srv/*", access: "read-only" }],
  mountTypes: "any",
  mountNamespace: "own",
};

test("each key of confine is one rule of the kernel, and every rule has a key", () => {
  const off = { files: false, mounts: false, kernelLog: false, bpf: false };
  assert.equal(compileRules(off), 0);
  const bits = Object.keys(off).map((key) => compileRules({ ...off, [key]: true }));
  assert.deepEqual(new Set(bits), new Set(Object.values(Rule)));
  for (const key of Object.keys(off)) {
    assert.deepEqual(namesOfRules(compileRules({ ...off, [key]: true })), [key]);
  }
});

test("a compiled policy says what its source says", () => {
  const { key, value } = compilePolicy(POLICY_SOURCE);
  const { rules, size, document } = decode(POLICY, value);
  assert.equal(Buffer.from(key).toString().replaceAll("\0", ""), "web");
  assert.equal(rules, Rule.FILES | Rule.SYSLOG);
  assert.equal(size, Buffer.byteLength(document));
  const { confine: _confine, ...rest } = POLICY_SOURCE;
  assert.deepEqual(JSON.parse(document), { ...rest, rules });
});

test("a policy that does not fit is refused, never cut; one that just fits is kept whole", () => {
  const size = (policy: Policy) => decode(POLICY, compilePolicy(policy).value).size;
  const room = LOCKC_DOCUMENT_SIZE - 1 - size({ ...POLICY_SOURCE, description: "" });
  const largest = { ...POLICY_SOURCE, description: "x".repeat(room) };
  assert.equal(size(largest), LOCKC_DOCUMENT_SIZE - 1);
  const larger = { ...POLICY_SOURCE, description: "x".repeat(room + 1) };
  assert.throws(() => compilePolicy(larger), { code: "LOCKC_E_SETTINGS" });
});

test("settings that are left out get their defaults, those that are set stay", () => {
  const object = "ab".repeat(32);
  const loaded = readLoadedSettings(compileSettings({ annotations: "ignore" }, object));
  assert.deepEqual(loaded, { ...DEFAULT_SETTINGS, annotations: "ignore", object });
});

test("the schema documents the defaults that are used", () => {
  const documented = Object.entries(settingsSchema.properties).flatMap(([key, property]) =>
    "default" in property ? [[key, property.default]] : [],
  );
  assert.deepEqual(Object.fromEntries(documented), DEFAULT_SETTINGS);
});

test("settings of another ABI are not read", () => {
  const value = encode(SETTINGS, { abi: LOCKC_ABI + 1, size: 2, document: "{}" });
  assert.equal(readLoadedSettings(value), undefined);
});
