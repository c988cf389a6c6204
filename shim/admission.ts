// SPDX-License-Identifier: Apache-2.0
/**
 * config.json + policy → verdicts. Pure: everything about the host comes in as
 * facts. A refusal says what, why and what to do.
 */
import { type EngineContext, findEngineManaged, isEngineStaging } from "./engine.ts";
import { LockcError } from "./errors.ts";
import { isWithin } from "./mountinfo.ts";
import { findHostPath, type Policy, splitPattern } from "./policy.ts";

/** Where a name led on the host (mounts.ts, Located). */
export interface Place {
  readonly path: string;
  readonly mountpoint: string;
  readonly otherNames: readonly string[];
  readonly filesystem: string;
}

export interface MountRequest {
  readonly destination: string;
  /** File system type; for binds it says nothing. */
  readonly type: string;
  /** As config.json has it. */
  readonly source: string;
  readonly bind: boolean;
  /** Whether the bind carries along what is mounted below its source. */
  readonly recursive: boolean;
  readonly readOnly: boolean;
}

export interface NamespaceRequest {
  readonly type: string;
  readonly path?: string;
}

/** Parts of the host that are nobody's root file system. */
const SYSTEM = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/proc",
  "/sbin",
  "/sys",
  "/usr",
];

/** Kernel file systems: under a recursive bind they would show the host's. */
const PSEUDO = new Set(
  "proc sysfs cgroup cgroup2 debugfs tracefs securityfs bpf configfs efivarfs devtmpfs pstore binfmt_misc fusectl".split(
    " ",
  ),
);

/**
 * The container needs a mount namespace of its own: without one its mounts are
 * the host's and nothing tells them apart.
 * @throws LOCKC_E_NAMESPACE
 */
export function admitNamespaces(policy: Policy, namespaces: readonly NamespaceRequest[]): void {
  if (policy.mountNamespace === "any") return;
  const own = namespaces.some(({ type, path }) => type === "mount" && !path);
  if (own) return;
  throw new LockcError(
    "LOCKC_E_NAMESPACE",
    `policy "${policy.name}" refuses a container without a mount namespace of its own`,
    'add {"type":"mount"} without a path to linux.namespaces',
  );
}

/**
 * The root file system may be any directory but the host's own system.
 * @throws LOCKC_E_MOUNT
 */
export function admitRoot(policy: Policy, root: Place, context: EngineContext): void {
  if (policy.hostPaths === "any") return;
  for (const path of [root.path, ...root.otherNames]) {
    const host =
      path.lastIndexOf("/") === 0 ||
      SYSTEM.some((system) => isWithin(path, system)) ||
      context.engineRoots.some((engine) => isWithin(engine, path));
    if (!host) continue;
    throw new LockcError(
      "LOCKC_E_MOUNT",
      `policy "${policy.name}" refuses "${root.path}" as root file system: ${path === root.path ? "it" : `"${path}", the same place,`} belongs to the host`,
      "unpack the image into a directory of its own",
    );
  }
}

/**
 * One mount of config.json; `place` is where a bind's source led.
 * @throws LOCKC_E_MOUNT
 */
export function admitMount(
  policy: Policy,
  mount: MountRequest,
  place: Place | undefined,
  context: EngineContext,
): void {
  if (!mount.bind) {
    admitType(policy, mount);
    return;
  }
  if (policy.hostPaths === "any" || place === undefined) return;
  const refusal = judgePlace(policy, mount, place, context);
  if (refusal === undefined) return;
  throw new LockcError(
    "LOCKC_E_MOUNT",
    `policy "${policy.name}" refuses the mount of "${mount.source}" on "${mount.destination}": ${refusal}`,
    remedy(policy),
  );
}

/** Whether a mount found below a recursive bind's source is the container's as well. */
export function admitsBelow(
  policy: Policy,
  mount: MountRequest,
  below: Place,
  context: EngineContext,
): boolean {
  if (policy.hostPaths === "any") return true;
  return !PSEUDO.has(below.filesystem) && judgePlace(policy, mount, below, context) === undefined;
}

function admitType(policy: Policy, mount: MountRequest): void {
  if (policy.mountTypes === "any" || policy.mountTypes.includes(mount.type)) return;
  throw new LockcError(
    "LOCKC_E_MOUNT",
    `policy "${policy.name}" refuses a file system of type "${mount.type}" on "${mount.destination}"`,
    `it allows ${policy.mountTypes.join(", ")}; take one of these, or add the type to mountTypes of a policy in /etc/lockc/policy`,
  );
}

/** Why the place is refused; undefined when it is allowed. */
function judgePlace(
  policy: Policy,
  mount: MountRequest,
  place: Place,
  context: EngineContext,
): string | undefined {
  const led = place.path === mount.source ? "it" : `it leads to "${place.path}", which`;
  const vouched = findVouched(policy, mount, place.path, led, context);
  if (typeof vouched !== "string") return vouched.refusal;
  // A mount made inside the directory that is vouched for may show anything.
  if (place.mountpoint === vouched || !isWithin(place.mountpoint, vouched)) return undefined;
  for (const name of place.otherNames) {
    if (isEngineStaging(name, context)) continue;
    const other = findVouched(policy, mount, name, `it shows "${name}", which`, context);
    if (typeof other !== "string") return other.refusal;
  }
  return undefined;
}

/** The directory by whose permission `path` is allowed; `subject` begins the refusal's sentence. */
function findVouched(
  policy: Policy,
  mount: MountRequest,
  path: string,
  subject: string,
  context: EngineContext,
): string | { readonly refusal: string } {
  const engine = findEngineManaged(path, mount.destination, context);
  if (engine !== undefined) return engine;
  if (policy.hostPaths === "any") return "/";
  const entry = findHostPath(policy.hostPaths, path);
  if (entry === undefined)
    return { refusal: `${subject} is outside the policy's host directories` };
  if (entry.access === "read-only" && !mount.readOnly) {
    return { refusal: `${subject} may only be mounted read-only` };
  }
  return splitPattern(entry.path)[0];
}

function remedy(policy: Policy): string {
  const writable =
    policy.hostPaths === "any"
      ? []
      : policy.hostPaths.filter(({ access }) => access === "read-write");
  const places = writable.map(({ path }) => splitPattern(path)[0]);
  const allowed =
    places.length > 0 ? `use a volume, or a directory below ${places.join(", ")}` : "use a volume";
  return `${allowed}; else let the administrator add it to hostPaths of a policy in /etc/lockc/policy`;
}
