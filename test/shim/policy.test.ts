// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { LockcError } from "../../shim/errors.ts";
import { containerKey, planContainer } from "../../shim/plan.ts";
import {
  findHostPath,
  isAtLeastAsStrict,
  type Policy,
  type Settings,
  selectPolicy,
} from "../../shim/policy.ts";

const STRICT: Policy = {
  name: "baseline",
  rules: 15,
  hostPaths: [{ path: "/home/*", access: "read-write" }],
  mountTypes: ["proc"],
  mountNamespace: "own",
};
const LOOSE: Policy = {
  name: "privileged",
  rules: 0,
  hostPaths: "any",
  mountTypes: "any",
  mountNamespace: "any",
};
const SETTINGS: Settings = { defaultPolicy: "baseline", annotations: "tighten", engineRoots: [] };

const find = (name: string) => [STRICT, LOOSE].find((policy) => policy.name === name);

function select(flag?: string, annotation?: string, settings: Partial<Settings> = {}): string {
  return selectPolicy({ flag, annotation, settings: { ...SETTINGS, ...settings }, find }).name;
}

test("the flag decides before the default, and an annotation may tighten", () => {
  assert.equal(select(), "baseline");
  assert.equal(select("privileged"), "privileged");
  assert.equal(select("privileged", "baseline"), "baseline");
  assert.equal(select(undefined, undefined, { defaultPolicy: "privileged" }), "privileged");
});

test("an annotation loosens only where the administrator lets it", () => {
  assert.throws(() => select(undefined, "privileged"), { code: "LOCKC_E_POLICY" });
  assert.equal(select(undefined, "privileged", { annotations: "any" }), "privileged");
  assert.equal(select(undefined, "privileged", { annotations: "ignore" }), "baseline");
});

test("an unknown name is refused wherever it comes from", () => {
  const refused = (run: () => unknown) =>
    assert.throws(run, (error) => error instanceof LockcError && /"nope" \(/.test(error.message));
  refused(() => select("nope"));
  refused(() => select(undefined, "nope"));
  refused(() => select(undefined, undefined, { defaultPolicy: "nope" }));
  assert.throws(() => select(""), { code: "LOCKC_E_POLICY" });
});

test("each single loosening makes a policy less strict", () => {
  assert.ok(isAtLeastAsStrict(STRICT, STRICT));
  assert.ok(isAtLeastAsStrict(STRICT, LOOSE));
  const looser: readonly Partial<Policy>[] = [
    { rules: 7 },
    { hostPaths: "any" },
    { hostPaths: [{ path: "/home", access: "read-write" }] },
    { hostPaths: [{ path: "/etc", access: "read-only" }] },
    { mountTypes: ["proc", "bpf"] },
    { mountNamespace: "any" },
  ];
  for (const change of looser)
    assert.ok(!isAtLeastAsStrict({ ...STRICT, ...change }, STRICT), JSON.stringify(change));
  const tighter: readonly Partial<Policy>[] = [
    { rules: 31 },
    { hostPaths: [] },
    { hostPaths: [{ path: "/home/x", access: "read-only" }] },
    { mountTypes: [] },
  ];
  for (const change of tighter)
    assert.ok(isAtLeastAsStrict({ ...STRICT, ...change }, STRICT), JSON.stringify(change));
});

test("a host path means itself and below, or strictly below", () => {
  const paths = [
    { path: "/srv", access: "read-only" },
    { path: "/srv/*", access: "read-write" },
  ] as const;
  assert.equal(findHostPath(paths, "/srv")?.access, "read-only");
  assert.equal(findHostPath(paths, "/srv/a")?.access, "read-write");
  assert.equal(findHostPath(paths, "/srvx"), undefined);
});

test("two processes of one microsecond, and one process of two, get different keys", () => {
  const keys = new Set([
    containerKey(1_000_000n, 7),
    containerKey(1_000_000n, 8),
    containerKey(1_001_000n, 7),
  ]);
  assert.equal(keys.size, 3);
});

test("a record carries the policy, the ID and the runtime's root", () => {
  const { record } = planContainer({ id: "a", root: "/run/runc", pid: 5, nowNs: 9n }, STRICT);
  assert.deepEqual(
    { ...record },
    {
      created_ns: 9n,
      rules: 15,
      tasks: 1,
      pid: 5,
      policy: "baseline",
      id: "a",
      root: "/run/runc",
    },
  );
});
