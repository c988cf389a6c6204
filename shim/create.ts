// SPDX-License-Identifier: Apache-2.0
/** The story of one container, from its command line to the moment before it becomes runc. */
import { closeSync } from "node:fs";
import {
  admitMount,
  admitNamespaces,
  admitRoot,
  admitsBelow,
  type MountRequest,
} from "./admission.ts";
import type { ContainerInvocation } from "./argv.ts";
import { type Bundle, readBundle } from "./bundle.ts";
import type { EngineContext } from "./engine.ts";
import { enroll } from "./enroll.ts";
import { LockcError } from "./errors.ts";
import { type Located, MountTable } from "./mounts.ts";
import { findPolicy, openPins, readSettings } from "./pins.ts";
import { planContainer } from "./plan.ts";
import { POLICY_ANNOTATION, type Policy, selectPolicy } from "./policy.ts";
import { grammarOf, resolveRuntime } from "./runtime.ts";

/**
 * Judges and registers the container that `invocation` asks for. Afterwards this
 * process only has to execute the runtime.
 * @returns the low-level runtime's absolute path.
 * @throws LockcError; nothing is registered then, and nothing may be started.
 */
export function createContainer(invocation: ContainerInvocation): { readonly runtime: string } {
  const pins = openPins();
  const settings = readSettings(pins);
  const runtime = resolveRuntime(settings.runtime);
  const bundle = readBundle(invocation.bundle ?? ".");
  const policy = selectPolicy({
    flag: invocation.policy,
    annotation: bundle.annotations[POLICY_ANNOTATION],
    settings,
    find: (name) => findPolicy(pins, name),
  });
  refuseRestore(invocation, policy);
  admitNamespaces(policy, bundle.namespaces);
  const given = admitPlaces(policy, bundle, {
    id: invocation.id,
    engineRoots: settings.engineRoots,
    annotations: bundle.annotations,
  });
  const plan = planContainer(
    {
      id: invocation.id,
      root: invocation.root ?? (grammarOf(runtime) === "crun" ? "/run/crun" : "/run/runc"),
      pid: process.pid,
      nowNs: process.hrtime.bigint(),
    },
    policy,
  );
  enroll(
    pins,
    plan,
    given.map(({ fd }) => fd),
  );
  for (const { fd } of given) closeSync(fd);
  return { runtime };
}

/**
 * Every place of the host that the container is given, held open, the root file
 * system first.
 * @throws LOCKC_E_MOUNT for the first that the policy refuses.
 */
function admitPlaces(policy: Policy, bundle: Bundle, context: EngineContext): Located[] {
  const table = new MountTable();
  const root = table.locate(bundle.root);
  admitRoot(policy, root, context);
  const given = [root, ...bundle.deviceBinds.flatMap((path) => table.locateIfPresent(path))];
  for (const mount of bundle.mounts) {
    const place = mount.bind ? table.locate(mount.source) : undefined;
    admitMount(policy, mount, place, context);
    if (place === undefined) continue;
    given.push(place);
    if (mount.recursive) given.push(...admitPlacesBelow(table, policy, mount, place, context));
  }
  return given;
}

function admitPlacesBelow(
  table: MountTable,
  policy: Policy,
  mount: MountRequest,
  place: Located,
  context: EngineContext,
): Located[] {
  return table.locateBelow(place.path).filter((below) => {
    const admitted = admitsBelow(policy, mount, below, context);
    if (!admitted) closeSync(below.fd);
    return admitted;
  });
}

/**
 * restore brings back processes that go on where they were: they never pass the
 * exec at which a policy begins to hold.
 */
function refuseRestore(invocation: ContainerInvocation, policy: Policy): void {
  if (invocation.verb !== "restore" || policy.rules === 0) return;
  throw new LockcError(
    "LOCKC_E_RESTORE",
    `cannot restore container "${invocation.id}" under policy "${policy.name}": restored processes run no exec, so the policy would not hold`,
    "start it anew, or restore it with --lockc-policy privileged",
  );
}
