// SPDX-License-Identifier: Apache-2.0
/** What comes of a create, before anything does: by policies and settings in real maps. */
import assert from "node:assert/strict";
import { closeSync, mkdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { keysOf } from "../../core/ffi/bpf.ts";
import { Rule } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { placesOf } from "../../core/host/mounts.ts";
import type { ContainerInvocation } from "../../shim/argv/argv.ts";
import { type Admitted, decide, type Refused } from "../../shim/decide.ts";
import { type Draft, draftOf, fixture } from "../support/containers.ts";
import {
  containers,
  load,
  map,
  OWN,
  PLACES,
  RUNTIME,
  SCRATCH,
  writePolicy,
} from "../support/loaded.ts";

const BUNDLE = join(SCRATCH, "bundle");
const LAUNCHER = { pid: process.pid, calledAs: "lockc-runc", words: [] };
const INVOCATION: ContainerInvocation = {
  kind: "container",
  verb: "create",
  id: "box",
  bundle: BUNDLE,
  config: undefined,
  argv: [],
  root: undefined,
  log: undefined,
  logFormat: "text",
  policy: undefined,
};

const open: number[] = [];

function decided(invocation: Partial<ContainerInvocation> = {}): Admitted | Refused {
  const pins = {
    tasks: map(MAPS.tasks),
    containers: map(MAPS.containers),
    policies: map(MAPS.policies),
    settings: map(MAPS.settings),
  };
  const decision = decide(pins, { ...INVOCATION, ...invocation }, LAUNCHER, RUNTIME);
  open.push(...Object.values(pins).map(({ fd }) => fd));
  const given = decision.judgement ? placesOf(decision.judgement.given) : [];
  open.push(...given.map(({ fd }) => fd));
  return decision;
}

function admitted(invocation: Partial<ContainerInvocation> = {}): Admitted {
  const decision = decided(invocation);
  if (decision.kind === "admitted") return decision;
  throw decision.error;
}

function refused(invocation: Partial<ContainerInvocation> = {}): Refused {
  const decision = decided(invocation);
  assert.equal(decision.kind, "refused");
  return decision as Refused;
}

function writeBundle(change: (config: Draft) => void = () => {}, bundle = BUNDLE): void {
  mkdirSync(join(bundle, "rootfs"), { recursive: true });
  const config = draftOf(fixture("bookworm/runc-spec.json"));
  config.root.path = "rootfs";
  change(config);
  writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
}

const bind = (source: string) => (config: Draft) =>
  void config.mounts.push({ destination: "/x", type: "bind", source, options: ["rbind", "ro"] });

beforeEach(() => writeBundle());
afterEach(() => {
  for (const fd of open.splice(0)) closeSync(fd);
});

describe("a container that its policy admits", () => {
  test("has a plan of what is registered and granted, and nothing is registered yet", () => {
    load(PLACES);
    const source = join(SCRATCH, "data");
    mkdirSync(source, { recursive: true });
    writeBundle(bind(source));
    const { plan, runtime, held, mounting } = admitted();
    assert.deepEqual([runtime, held, mounting], [RUNTIME, false, undefined]);
    const paths = plan.granted.map((fd) => readlinkSync(`/proc/self/fd/${fd}`));
    assert.deepEqual(paths, [join(BUNDLE, "rootfs"), source]);
    const { own_grants, token_grants, writable_grants, talking_grants, policy, root } = plan.record;
    assert.deepEqual([own_grants, token_grants, writable_grants, talking_grants], [1, 1, 1, 2]);
    assert.deepEqual([policy, root], ["baseline", "/run/runc"]);
    assert.deepEqual(keysOf(containers()), []);
  });

  test("has audits counted where its rule is only audited", () => {
    writePolicy(OWN, "strict", "hostPaths: { mode: audit, allow: [] }");
    load(PLACES);
    writeBundle(bind(SCRATCH));
    assert.equal(admitted({ policy: "strict" }).plan.record.admitted, 1n);
    assert.equal(admitted().plan.record.admitted, 0n);
  });
});

describe("a pod that may not run as user 0", () => {
  const SANDBOX = "5a0d";

  /** What comes of `id`, whose config.json says that it is a sandbox, as user 0. */
  function asSandbox(id: string): Admitted | Refused {
    const bundle = join(SCRATCH, "io.containerd.runtime.v2.task/k8s.io", id);
    writeBundle(({ annotations, process }) => {
      Object.assign(annotations, {
        "io.kubernetes.cri.container-type": "sandbox",
        "io.kubernetes.cri.sandbox-id": SANDBOX,
        "io.kubernetes.cri.sandbox-namespace": "shop",
        "io.kubernetes.cri.sandbox-name": "web",
      });
      Object.assign(process.user, { uid: 0, gid: 0 });
    }, bundle);
    return decided({ id, bundle, policy: "strict" });
  }

  test("has a sandbox whose pause program may be user 0, held by all other rules", () => {
    writePolicy(OWN, "strict", "nonRoot: { require: true }");
    load(PLACES);
    const decision = asSandbox(SANDBOX);
    assert.equal(decision.kind, "admitted", String((decision as Refused).error));
    const { plan, judgement } = decision as Admitted;
    const { rules } = judgement.policy.kernel;
    assert.ok(rules & Rule.ROOT);
    assert.equal(plan.record.rules, rules & ~Rule.ROOT & ~Rule.TOKEN);
    assert.equal(plan.record.name, "shop/web");
  });

  test("has no other container that is taken for one, whatever its annotations say", () => {
    writePolicy(OWN, "strict", "nonRoot: { require: true }");
    load(PLACES);
    const { error } = asSandbox("c0ffee") as Refused;
    assert.match(String(error), /rules? [^;]*nonRoot|user 0/);
  });
});

describe("a container that is refused", () => {
  test("by its policy comes with the judgement that says why", () => {
    writePolicy(OWN, "strict", "hostPaths: { allow: [] }");
    load(PLACES);
    writeBundle(bind(SCRATCH));
    const { judgement, error } = refused({ policy: "strict" });
    assert.equal(judgement?.policy.name, "strict");
    assert.equal((error as { code?: string }).code, "LOCKC_E_MOUNT");
    assert.equal(decided().kind, "admitted", "by another policy it is not");
  });

  test("before it was judged comes without one", () => {
    load(PLACES);
    const { judgement, error } = refused({ bundle: join(SCRATCH, "none") });
    assert.equal(judgement, undefined);
    assert.equal((error as { code?: string }).code, "LOCKC_E_CONFIG");
    assert.equal(refused({ policy: "none" }).judgement, undefined);
  });

  test("may be one that is restored, where the policy would hold at an exec", () => {
    writePolicy(OWN, "open", "bpf: { allow: true }");
    load(PLACES);
    const { judgement, error } = refused({ verb: "restore" });
    assert.equal(judgement?.policy.name, "baseline");
    assert.equal((error as { code?: string }).code, "LOCKC_E_RESTORE");
    assert.equal(decided({ verb: "restore", policy: "open" }).kind, "admitted");
  });
});
