// SPDX-License-Identifier: Apache-2.0
/**
 * config.json + policy → findings, one judge for each rule. Pure: what the host
 * is asked comes in as `Host`. The controls are those of the Kubernetes Pod
 * Security Standards, judged by what arrives in config.json.
 */
import type { Bundle } from "./bundle.ts";
import {
  type Engine,
  type EngineContext,
  findEngineManaged,
  findVouched,
  isEngineStaging,
  isPods,
  isRootStorage,
} from "./engine.ts";
import type { ErrorCode } from "./errors.ts";
import { furtherDevice, isMemory, isPseudo, showsOf, showsOthers } from "./filesystems.ts";
import type { Device, HostPath } from "./generated/policy.ts";
import { layersOf, type OverlayLayer } from "./layers.ts";
import { isWithin } from "./mountinfo.ts";
import type { Policy } from "./policy.ts";
import { type Reserved, touches } from "./reserved.ts";
import {
  type AnyOf,
  findHostPath,
  type Kind,
  listed,
  matchesName,
  type RequiredPaths,
  RULE_NAMES,
  RULES,
  type RuleName,
  type RuleValues,
  seesAll,
  splitPattern,
  type Written,
  withoutAll,
} from "./rules.ts";
import { raisedPriorities } from "./scheduling.ts";
import { steers } from "./steering.ts";

/** Where a name led on the host (mounts.ts, Located). */
export interface Place {
  readonly path: string;
  readonly mountpoint: string;
  readonly otherNames: readonly string[];
  readonly filesystem: string;
  readonly options: string;
  readonly device: string;
  readonly inside: string;
  readonly mountedFrom: string;
  readonly image: string | undefined;
}

/** What places are judged in; the functions ask the host, where an answer matters. */
export interface PlaceContext extends EngineContext {
  /** What directories of hostPaths do not bring along. */
  readonly reserved: () => readonly Reserved[];
  /** The superblock that a path of the host lies on, as "major:minor"; undefined: nothing is there. */
  readonly superblockOf: (path: string) => string | undefined;
  /** Where a path of the host leads; undefined: nothing is there. */
  readonly look: (path: string) => Place | undefined;
  readonly deviceAt: Host["deviceAt"];
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
  /** Whether what it carries along is read-only too. */
  readonly readOnlyBelow: boolean;
  /** Whether mounts made there travel to the host. */
  readonly shared: boolean;
  /** Of an overlay that tells of all that it shows: the directories that it is made of. */
  readonly layers?: readonly OverlayLayer[] | undefined;
}

export interface NamespaceRequest {
  readonly type: string;
  readonly path?: string | null;
}

export interface DeviceRequest {
  readonly path: string;
  /** c, u, b or p. */
  readonly type: string;
  readonly major: number;
  readonly minor: number;
}

/** A rule of the device cgroup; what is left out stands for all. */
export interface DeviceRule {
  readonly allow: boolean;
  readonly type?: string | null;
  readonly major?: number | null;
  readonly minor?: number | null;
  readonly access?: string | null;
}

export interface HookRequest {
  readonly stage: string;
  readonly path: string;
  /** Whether it runs on the host with the container's environment, and in its root file system. */
  readonly inherits: boolean;
}

/** What lies at a path, as far as it matters for what one can do instead. */
export type FileKind = "directory" | "socket" | "device" | "file";

export interface DeviceNumbers {
  readonly type: "b" | "c";
  readonly major: number;
  readonly minor: number;
}

/** What the judges ask of the host. Each is asked only where config.json makes it matter. */
export interface Host {
  readonly exists: (path: string) => boolean;
  readonly deviceAt: (path: string) => DeviceNumbers | undefined;
  /** Of what is not there any more: a directory. */
  readonly kindAt: (path: string) => FileKind;
  /** Whether the namespace at `path` is the host's or the runtime's own. */
  readonly isHostNamespace: (type: string, path: string) => boolean;
  /** Why a hook is not to be trusted: somebody but root can change it. undefined: it is. */
  readonly distrust: (program: string, rootfs: string) => string | undefined;
  /** Why what lies at a path may be a container's or another user's; undefined: it is root's, or nothing is there. */
  readonly distrustPlace: (path: string, rootfs: string) => string | undefined;
  /** The engines' sockets that exist, without symbolic links. */
  readonly engineSockets: () => readonly { readonly path: string; readonly gid: number }[];
  /** Whether engines can give containers an AppArmor profile here. */
  readonly apparmor: () => boolean;
  readonly selinux: () => boolean;
}

/** A mount with where it leads. */
export interface PlacedMount {
  readonly request: MountRequest;
  /** Of binds. */
  readonly place: Place | undefined;
}

/** Everything that is judged. */
export interface Subject {
  readonly bundle: Bundle;
  readonly context: PlaceContext;
  readonly root: Place;
  readonly mounts: readonly PlacedMount[];
  readonly host: Host;
  /** What the runtime itself calls potentially unsafe: names, or prefixes with a dot. */
  readonly unsafeAnnotations: readonly string[];
}

export type RefusalCode = Extract<
  ErrorCode,
  "LOCKC_E_MOUNT" | "LOCKC_E_NAMESPACE" | "LOCKC_E_ADMISSION"
>;

/** What a policy does not let through. */
export interface Finding {
  readonly rule: RuleName;
  readonly verdict: "deny" | "audit";
  readonly code: RefusalCode;
  /** What was asked for: "the host's pid namespace". */
  readonly what: string;
  readonly remedy: string;
  /**
   * The least that the rule would have to say, in a policy that extends this one, to let
   * it through; undefined: nothing lets just this through.
   */
  readonly allowedBy?: Written | undefined;
}

/** The control of the Pod Security Standards that a rule answers. */
export const CONTROLS: Readonly<Partial<Record<RuleName, string>>> = {
  privileged: "Privileged Containers",
  hostNamespaces: "Host Namespaces",
  capabilities: "Capabilities",
  hostPaths: "HostPath Volumes",
  apparmor: "AppArmor",
  selinuxTypes: "SELinux",
  maskedPaths: "/proc Mount Type",
  readonlyPaths: "/proc Mount Type",
  seccomp: "Seccomp",
  sysctls: "Sysctls",
  nonRoot: "Running as Non-root",
  noNewPrivileges: "Privilege Escalation",
};

interface Violation {
  readonly what: string;
  readonly remedy: string;
  readonly code?: RefusalCode;
  readonly allowedBy?: Written | undefined;
}

type Judge<R extends RuleName> = (
  value: RuleValues[R],
  subject: Subject,
  policy: Policy,
) => readonly Violation[];

/**
 * Rules that a Kubernetes sandbox is not judged by: it runs the pause program
 * with the runtime's defaults, whatever its pod asks for.
 */
const NOT_FOR_SANDBOXES: ReadonlySet<RuleName> = new Set<RuleName>([
  "privileged",
  "capabilities",
  "seccomp",
  "apparmor",
  "selinuxTypes",
  "maskedPaths",
  "readonlyPaths",
  "nonRoot",
  "groups",
  "noNewPrivileges",
  "oomScoreAdj",
]);

/**
 * What leads to the host by itself comes first among refusals; all others are in the order
 * of the rules.
 */
export const GRAVEST: readonly RuleName[] = [
  "privileged",
  "engineSockets",
  "hooks",
  "unsafeAnnotations",
];

/** What became of one rule. */
export interface Check {
  readonly rule: RuleName;
  readonly result: "pass" | "deny" | "audit" | "not judged";
  readonly findings: readonly Finding[];
}

/** Every rule that is decided at creation, in order, with what it found. */
export function check(policy: Policy, subject: Subject): Check[] {
  return RULE_NAMES.flatMap((rule): Check[] => {
    const judge = JUDGES[rule] as Judge<RuleName> | undefined;
    if (judge === undefined) return [];
    if (subject.context.origin.sandbox && NOT_FOR_SANDBOXES.has(rule)) {
      return [{ rule, result: "not judged", findings: [] }];
    }
    const { mode, value } = policy.rules[rule];
    const verdict = mode === "audit" ? "audit" : "deny";
    const findings = [
      ...(rule === "hostNamespaces" ? requireMountNamespace(policy, subject) : []),
      ...(rule === "unsafeAnnotations" ? requireExecution(policy, subject) : []),
      ...judge(value, subject, policy).map((violation) => findingOf(rule, verdict, violation)),
    ];
    const denied = findings.some((finding) => finding.verdict === "deny");
    const result = denied ? "deny" : findings.length > 0 ? "audit" : "pass";
    return [{ rule, result, findings }];
  });
}

function findingOf(
  rule: RuleName,
  verdict: Finding["verdict"],
  { what, remedy, allowedBy, code = "LOCKC_E_ADMISSION" }: Violation,
): Finding {
  return { rule, verdict, code, what, remedy, ...(allowedBy && { allowedBy }) };
}

/** So many items can be typed. */
const TYPED = 4;

/** What would allow it: to be written, as "sysctls: { add: [kernel.msgmax] }", or to be taken. */
function allowing(rule: RuleName, allowedBy: Written | undefined): string {
  const items = allowedBy?.add as readonly unknown[] | undefined;
  if (items === undefined) return `take a policy that has "${rule}: { allow: any }"`;
  return items.length > TYPED
    ? `let the administrator add them to ${rule} of a policy in /etc/lockc/policy`
    : `let the administrator write "${rule}: ${inYaml(allowedBy)}" in a policy in /etc/lockc/policy`;
}

/** On one line. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value !== "object" || value === null) {
    const text = String(value);
    return /^[\w./@+-]+$/.test(text) ? text : JSON.stringify(text);
  }
  const members = Object.entries(value).map(([name, member]) => `${name}: ${inYaml(member)}`);
  return `{ ${members.join(", ")} }`;
}

/** "policy "baseline" refuses the host's pid namespace (rule hostNamespaces.allow; Pod Security …)". */
export function describe(policy: Policy, { rule, verdict, what }: Finding): string {
  const control = CONTROLS[rule];
  const act = verdict === "audit" ? "would refuse" : "refuses";
  const source = `rule ${rule}.${keyOf(rule)}`;
  const answers = control === undefined ? "" : `; Pod Security Standards: ${control}`;
  return `policy "${policy.name}" ${act} ${what} (${source}${answers})`;
}

/** What a policy's file has below the rule: allow, require, … */
function keyOf(rule: RuleName): string {
  const { write, widest } = RULES[rule] as Kind<unknown>;
  return Object.keys(write(widest))[0]!;
}

/** "rwm": everything with it. */
const ALL_ACCESS = "rwm";

const JUDGES: { readonly [R in RuleName]?: Judge<R> } = {
  privileged: judgePrivileged,
  hostNamespaces: judgeNamespaces,
  capabilities: judgeCapabilities,
  hostPaths: judgeHostPaths,
  engineSockets: judgeEngineSockets,
  mountTypes: judgeMountTypes,
  sharedMounts: judgeSharedMounts,
  devices: judgeDevices,
  sysctls: judgeSysctls,
  seccomp: judgeSeccomp,
  apparmor: judgeAppArmor,
  selinuxTypes: judgeSELinux,
  maskedPaths: (value, subject) =>
    judgePaths(value, subject, "hides", "masked", subject.bundle.maskedPaths),
  readonlyPaths: (value, subject) =>
    judgePaths(value, subject, "makes read-only", "readonly", [
      ...subject.bundle.readonlyPaths,
      ...subject.bundle.maskedPaths,
    ]),
  nonRoot: judgeNonRoot,
  groups: judgeGroups,
  noNewPrivileges: judgeNoNewPrivileges,
  oomScoreAdj: judgeOomScoreAdj,
  hooks: judgeHooks,
  hookEnvironment: judgeHookEnvironment,
  unsafeAnnotations: judgeAnnotations,
};

/** Fewer than all, so that an engine that does not know the newest ones is recognised too. */
const ALL_CAPABILITIES = 37;

/** Marks that --privileged leaves in config.json (moby, daemon/oci_linux.go; CRI alike). */
function marksOfPrivilege({ bundle, mounts }: Subject): string[] {
  const { annotations } = bundle;
  const wide = bundle.deviceRules.some(
    (rule) => rule.allow && coversAll(rule) && (rule.access || ALL_ACCESS).includes("w"),
  );
  const writable = mounts.some(
    ({ request }) => /^(sysfs|cgroup2?)$/.test(request.type) && !request.readOnly,
  );
  const told =
    annotations["io.kubernetes.cri-o.PrivilegedRuntime"] === "true" ||
    annotations["io.podman.annotations.privileged"]?.toUpperCase() === "TRUE";
  return [
    ...(bundle.bounding.length >= ALL_CAPABILITIES ? ["all capabilities"] : []),
    ...(bundle.maskedPaths.length + bundle.readonlyPaths.length === 0
      ? ["nothing of /proc hidden"]
      : []),
    ...(wide ? ["every device"] : []),
    ...(writable ? ["/sys writable"] : []),
    ...(!bundle.filtersCalls && !isProfile(bundle.apparmorProfile)
      ? ["neither seccomp nor AppArmor"]
      : []),
    ...(told ? ["the engine says so"] : []),
  ];
}

function judgePrivileged(allowed: boolean, subject: Subject): Violation[] {
  if (allowed) return [];
  const { bundle } = subject;
  if (bundle.windows || bundle.annotations["microsoft.com/hostprocess-container"] === "true") {
    return [
      {
        what: "a container of Windows, whose host processes no rule could hold",
        remedy: 'leave "windows" out of config.json',
      },
    ];
  }
  const marks = marksOfPrivilege(subject);
  if (marks.length < 2) return [];
  return [
    {
      what: `a privileged container: ${marks.join(", ")}`,
      remedy:
        "start it without --privileged (securityContext.privileged), with the few capabilities and devices that it needs",
      allowedBy: { allow: true },
    },
  ];
}

/** Kind → what people say to share the host's. */
const SHARING: Readonly<Record<string, string>> = {
  pid: "--pid=host (hostPID)",
  network: "--network=host (hostNetwork)",
  ipc: "--ipc=host (hostIPC)",
  uts: "--uts=host",
  cgroup: "--cgroupns=host",
  user: "--userns=host",
};

function judgeNamespaces(allowed: AnyOf<string>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const shared = Object.keys(NAMESPACES).flatMap((type): Violation[] => {
    if (allowed.includes(type) || type === "mount" || isMade(type, bundle)) return [];
    const requests = bundle.namespaces.filter((namespace) => namespace.type === type);
    const isShared =
      requests.length === 0 ||
      requests.some(({ path }) => path && host.isHostNamespace(type, path));
    if (!isShared) return [];
    const how = SHARING[type];
    return [
      {
        code: "LOCKC_E_NAMESPACE",
        what: `the host's ${type} namespace`,
        remedy: how ? `start it without ${how}` : `give it a ${type} namespace of its own`,
        allowedBy: { add: [type] },
      },
    ];
  });
  return [...shared, ...judgeNetDevices(allowed, bundle)];
}

/** Whoever may have all of the host's network may have a device of it, which is gone there then. */
function judgeNetDevices(allowed: readonly string[], { netDevices }: Bundle): Violation[] {
  if (allowed.includes("network") || netDevices.length === 0) return [];
  return [
    {
      code: "LOCKC_E_NAMESPACE",
      what: `the network devices ${listed(netDevices)} of the host, which would leave its network namespace`,
      remedy: "leave linux.netDevices out, and connect it through a network of its engine",
      allowedBy: { add: ["network"] },
    },
  ];
}

/** Whether the container gets a new one of its own. */
function isMade(type: string, { namespaces }: Bundle): boolean {
  const requests = namespaces.filter((namespace) => namespace.type === type);
  return requests.length > 0 && requests.every(({ path }) => !path);
}

/**
 * The kernel knows user code by the mount namespace that its runtime pivoted in, so
 * nothing that a policy has it hold would hold in another one: neither a list with mount
 * in it nor a rule that is only audited makes up for that. Of a mount namespace that is
 * joined nobody knows whose files are in it.
 */
function requireMountNamespace({ rules, kernel }: Policy, { bundle }: Subject): Finding[] {
  if (isMade("mount", bundle)) return [];
  const { mode, value } = rules.hostNamespaces;
  const allowed = value === "any" || value.includes("mount");
  if (allowed && kernel.rules === 0) return [];
  const enforced = holdsAnything(kernel) || (!allowed && mode === "enforce");
  return [findingOf("hostNamespaces", enforced ? "deny" : "audit", NO_MOUNT_NAMESPACE)];
}

/** Whether the kernel refuses anything by it; what is only audited it does not. */
function holdsAnything({ rules, audit }: Policy["kernel"]): boolean {
  return (rules & ~audit) !== 0;
}

/** By these crun has a library run what is in the container (crun(1), run.oci.handler). */
const HANDLERS = ["run.oci.handler", "module.wasm.image/*"];

const isHandler = (name: string) => HANDLERS.some((pattern) => matchesName(pattern, name));

/**
 * User code is what was executed after the runtime's pivot. A handler executes nothing, so
 * nothing that a policy has the kernel hold would hold, whatever the policy's list says.
 */
function requireExecution({ rules, kernel }: Policy, { bundle }: Subject): Finding[] {
  if (kernel.rules === 0) return [];
  const { mode, value } = rules.unsafeAnnotations;
  const enforced = holdsAnything(kernel);
  const isListed = (name: string) =>
    value === "any" || value.some((pattern) => matchesName(pattern, name));
  return Object.keys(bundle.annotations)
    .filter((name) => isHandler(name) && (isListed(name) || (enforced && mode === "audit")))
    .map((name) =>
      findingOf("unsafeAnnotations", enforced ? "deny" : "audit", {
        what: `the annotation "${name}", by which crun runs a module that no policy would hold`,
        remedy:
          "leave it out (images can carry annotations too), or use a policy that has the kernel hold nothing (privileged)",
      }),
    );
}

/** Kinds of namespaces: name in config.json → file in /proc/PID/ns. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  mount: "mnt",
  pid: "pid",
  network: "net",
  ipc: "ipc",
  uts: "uts",
  cgroup: "cgroup",
  user: "user",
  time: "time",
};

const NO_MOUNT_NAMESPACE: Violation = {
  code: "LOCKC_E_NAMESPACE",
  what: "a container without a mount namespace of its own, in which no file could be told from the host's",
  remedy:
    'add {"type":"mount"} without a path to linux.namespaces, or use a policy that has the kernel hold nothing (privileged)',
};

function judgeCapabilities(allowed: AnyOf<string>, { bundle }: Subject): Violation[] {
  if (allowed === "any") return [];
  const names = bundle.capabilities.map((name) => name.toUpperCase().replace(/^CAP_/, ""));
  const extra = names.filter((name) => !allowed.includes(name));
  return [...judgeNames(allowed, extra, names), ...judgePriorities(allowed, bundle)];
}

/** What the runtime does with its own privilege, and the capability would let a process do. */
function judgePriorities(allowed: readonly string[], bundle: Bundle): Violation[] {
  if (allowed.includes("SYS_NICE")) return [];
  return raisedPriorities(bundle).map(({ what, remedy }) => ({
    what: `${what}, which takes the capability SYS_NICE`,
    remedy: `${remedy}, or ${allowing("capabilities", { add: ["SYS_NICE"] })}`,
    allowedBy: { add: ["SYS_NICE"] },
  }));
}

function judgeNames(
  allowed: readonly string[],
  extra: readonly string[],
  has: readonly string[],
): Violation[] {
  if (extra.length === 0) return [];
  const allowedBy = { add: [...new Set(extra)] };
  const remedy = `${withoutCapabilities(allowed, extra, has)}, or ${allowing("capabilities", allowedBy)}`;
  return [{ what: `the capabilities ${listed(extra)}`, remedy, allowedBy }];
}

/** Those that Docker and containerd give without being asked; Podman gives fewer of them. */
const GIVEN = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);

/** What its engine gave by itself nobody added, so it has to be dropped. */
function withoutCapabilities(
  allowed: readonly string[],
  extra: readonly string[],
  has: readonly string[],
): string {
  if (!extra.some((name) => GIVEN.has(name))) {
    return `start it without --cap-add of ${listed(extra, TYPED)} (capabilities.add)`;
  }
  const kept = [...new Set(has)].filter((name) => allowed.includes(name));
  const add = kept.map((name) => ` --cap-add ${name}`).join("");
  const lists = kept.length > 0 ? `, capabilities.add: [${kept.join(", ")}]` : "";
  return `start it with --cap-drop ALL${add} (capabilities.drop: [ALL]${lists})`;
}

/** Parts of the host that are nobody's root file system, but for what engines keep there. */
const SYSTEM =
  "/bin /boot /dev /etc /lib /lib64 /proc /root /run /sbin /sys /usr /var/cache /var/lib /var/log /var/mail /var/spool".split(
    " ",
  );

function judgeHostPaths(allowed: RuleValues["hostPaths"], subject: Subject): Violation[] {
  if (allowed === "any") return [];
  const refusedMounts = subject.mounts.flatMap(({ request, place }) => {
    const refused =
      place === undefined
        ? request.layers && judgeLayers(allowed, request, request.layers, subject.context)
        : judgePlace(allowed, request, place, subject.context);
    if (refused === undefined) return [];
    const allowedBy = place && allowPlace(allowed, request, place, subject.context);
    return [
      {
        code: "LOCKC_E_MOUNT" as const,
        what: `the mount of "${request.source}" on "${request.destination}": ${refused.reason}`,
        remedy:
          refused.remedy ??
          remedyForPlace(allowed, place, subject.host, allowedBy, refused.instead),
        allowedBy,
      },
    ];
  });
  return [...judgeRoot(subject), ...refusedMounts];
}

/** The root file system may be any directory but the host's own system. */
function judgeRoot({ root, bundle, context }: Subject): Violation[] {
  const ofEngine = (path: string) =>
    (path !== bundle.directory && isWithin(path, bundle.directory)) || isRootStorage(path, context);
  const host = [root.path, ...root.otherNames].find(
    (path) =>
      path.lastIndexOf("/") === 0 ||
      (SYSTEM.some((system) => isWithin(path, system)) && !ofEngine(path)) ||
      context.engineRoots.some((engine) => isWithin(engine, path)),
  );
  if (host === undefined) return [];
  return [
    {
      code: "LOCKC_E_MOUNT",
      what: `"${root.path}" as root file system: ${host === root.path ? "it" : `"${host}", the same place,`} belongs to the host`,
      remedy: "unpack the image into a directory of its own",
    },
  ];
}

/** Whether a mount found below a recursive bind's source is the container's as well. */
export function admitsBelow(
  policy: Policy,
  mount: MountRequest,
  below: Place,
  context: PlaceContext,
): boolean {
  const { mode, value } = policy.rules.hostPaths;
  if (value === "any" || mode === "audit") return true;
  const inherited = { ...mount, readOnly: mount.readOnlyBelow };
  return !isPseudo(below) && judgePlace(value, inherited, below, context) === undefined;
}

/**
 * Of what is reserved, and no entry of hostPaths is written for, that which the place holds: all
 * else of it may be mounted.
 * @param allowed where `place` is named.
 * @returns undefined when the place itself lies in something reserved.
 */
export function reservedIn(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Reserved[] | undefined {
  const held: Reserved[] = [];
  for (const reserved of allowed === "any" ? [] : context.reserved()) {
    const touch = touches(place, reserved);
    if (touch?.names.some((name) => isWrittenFor(allowed, mount, name, reserved)) ?? true) continue;
    if (touch?.how === "lies in") return undefined;
    held.push(reserved);
  }
  return held;
}

/**
 * Whether the place is the engine's own (its files for the container, a volume) and not
 * a directory of the host, which a volume may show as well.
 */
export function isEnginesOwn(place: Place, destination: string, context: EngineContext): boolean {
  const vouched = findVouched(place.path, destination, context);
  if (vouched === undefined) return false;
  if (!isInner(place, vouched.directory)) return true;
  if (vouched.passage) {
    return namesBehind(place, destination, context).every(
      (name) => findEngineManaged(name, destination, context) !== undefined,
    );
  }
  return (
    !showsOthers(place) &&
    place.image === undefined &&
    place.otherNames.every(
      (name) =>
        isEngineStaging(name, context) ||
        findEngineManaged(name, destination, context) !== undefined,
    )
  );
}

/** Whether it lies on a mount that was made inside the directory. */
function isInner({ mountpoint }: Place, directory: string): boolean {
  return mountpoint !== directory && isWithin(mountpoint, directory);
}

/** What a passage's mount shows: the place's other names, but for those in passages. */
function namesBehind(place: Place, destination: string, context: EngineContext): string[] {
  return place.otherNames.filter((name) => !findVouched(name, destination, context)?.passage);
}

interface Refusal {
  /** "it lies outside …" */
  readonly reason: string;
  /** Where it is not what is said of any other place. */
  readonly remedy?: string;
  /** The same, but the administrator may still allow it as it is. */
  readonly instead?: string;
}

/** Whose word it is that a path may be mounted, and up to which directory. */
interface Voucher {
  readonly by: "engine" | "policy";
  readonly directory: string;
  /** Of an engine (engine.ts, Vouched). */
  readonly passage?: boolean;
  /** Of the policy's list. */
  readonly access?: HostPath["access"];
}

type Allowed = RuleValues["hostPaths"];

/** Why the place is refused; undefined when it is allowed, if only to be looked at. */
function judgePlace(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Refusal | undefined {
  const plain = withoutAll(allowed);
  if (plain !== allowed && judgePlaceBy(plain, mount, place, context) === undefined) {
    return undefined;
  }
  return judgePlaceBy(allowed, mount, place, context);
}

/** Whether a place that the policy allows is allowed by access: read-all alone. */
export function isOnlySeen(
  { rules }: Policy,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): boolean {
  const { value } = rules.hostPaths;
  const plain = withoutAll(value);
  return (
    plain !== value &&
    seesAll(value, place.path, mount.readOnly) &&
    judgePlaceBy(plain, mount, place, context) !== undefined
  );
}

function judgePlaceBy(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Refusal | undefined {
  const led = place.path === mount.source ? "it" : `it leads to "${place.path}", which`;
  const voucher = findVoucher(allowed, mount, place.path, led, context);
  if ("reason" in voucher) return voucher;
  // A mount made inside the directory that is vouched for may show anything.
  const inner = isInner(place, voucher.directory);
  if (inner && voucher.passage) return judgePassage(allowed, mount, place, context);
  const refusal = inner ? judgeInner(allowed, mount, place, voucher, context) : undefined;
  if (refusal !== undefined || allowed === "any") return refusal;
  // What the engine mounts by itself is its own; of a mount inside it that is the question.
  if (voucher.by === "engine" && !inner) return undefined;
  return judgeReserved(allowed, mount, place, led, context);
}

/** The directory by whose permission `path` is allowed; `subject` begins the refusal's sentence. */
function findVoucher(
  allowed: Allowed,
  mount: MountRequest,
  path: string,
  subject: string,
  context: PlaceContext,
): Voucher | Refusal {
  const engine = findVouched(path, mount.destination, context, mount.readOnly);
  if (engine !== undefined) return { by: "engine", ...engine };
  if (allowed === "any") return { by: "policy", directory: "/" };
  const entry = findHostPath(allowed, path, mount.readOnly);
  if (entry === undefined) return { reason: `${subject} is outside the policy's host directories` };
  if (entry.access !== "read-write" && !mount.readOnly) {
    return {
      reason: `${subject} may only be mounted read-only`,
      instead: "mount it read-only (-v SOURCE:TARGET:ro, readOnly: true)",
    };
  }
  return { by: "policy", directory: splitPattern(entry.path)[0], access: entry.access };
}

const PLAIN = "use a plain volume (docker volume create without options)";

/**
 * A mount that was made inside an allowed directory: it may be what shows nothing of the
 * host, whoever mounts it; or what the host has under an allowed name as well. A file system
 * of a device shows what the device holds: for a volume, which any user of an engine makes,
 * the host must have mounted it at an allowed place too, or an entry must be the device;
 * elsewhere only the host's root mounts.
 */
function judgeInner(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  voucher: Voucher,
  context: PlaceContext,
): Refusal | undefined {
  const { filesystem } = place;
  if (voucher.access === "read-all" && isMemory(place)) {
    return {
      reason: `it is a mount of type ${filesystem}, in which services keep sockets, pipes and secrets, and access: read-all of a directory above does not bring it along`,
      remedy: "leave it out, or let the administrator write an entry in hostPaths for it",
    };
  }
  // The kubelet mounts a pod's volumes, with drivers that the administrator chose.
  const pods = isPods(place.path, context);
  const unknown = pods ? showsOthers(place) : showsOf(place) === "unknown";
  if (unknown) {
    return {
      reason: `it is a mount of type ${filesystem}, which can show what is the host's own`,
      remedy: `${PLAIN}, tmpfs, or a network file system`,
    };
  }
  const further = furtherDevice(place);
  if (further !== undefined) {
    return {
      reason: `it is a mount of type ${filesystem} with the option "${further}", which names what else it shows`,
      remedy: `${PLAIN}, or mount it without that option`,
    };
  }
  const own =
    place.otherNames.length > 0 && place.device === context.superblockOf(voucher.directory);
  const engines = findEngineManaged(place.path, mount.destination, context) !== undefined;
  let known = pods || own || voucher.by === "policy" || showsOf(place) === "anybodys";
  // Of what lies in a file, the file is one more name.
  const image = own || place.image === undefined ? [] : [place.image];
  for (const name of [...place.otherNames, ...image]) {
    if (engines && isEngineStaging(name, context)) continue;
    const other = findVoucher(allowed, mount, name, `it shows "${name}", which`, context);
    if ("reason" in other) return other;
    known ||= other.by === "policy";
  }
  if (known || namesDisk(allowed, mount, place, context)) return undefined;
  return {
    reason: `it is a mount of type ${filesystem} (device ${place.device}) that the host has at no other place, so nobody allowed what is in it`,
    remedy: `${PLAIN}, or let the administrator mount it below a directory that hostPaths of the policy names, or name the device there`,
  };
}

/**
 * What an engine shows at a name of its own making, and its user had a say in: allowed is
 * what would be under each name that the host has for it. A file system that has no other
 * name must show nothing of the host, or be an overlay of layers that are allowed.
 */
function judgePassage(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Refusal | undefined {
  const names = namesBehind(place, mount.destination, context);
  for (const name of names) {
    const led = context.look(name);
    const same = led?.device === place.device && led.inside === place.inside;
    const request = { ...mount, source: name };
    const refused = same
      ? judgePlace(allowed, request, led, context)
      : judgeName(allowed, request, context); // hidden under another mount
    if (refused !== undefined)
      return { ...refused, reason: `it shows "${name}": ${refused.reason}` };
  }
  if (names.length > 0 || showsOf(place) === "anybodys") return undefined;
  const layers = place.filesystem === "overlay" ? layersOf([place.options]) : undefined;
  if (layers !== undefined) return judgeLayers(allowed, mount, layers, context);
  return {
    reason: `it is a mount of type ${place.filesystem} (device ${place.device}) that the host has at no other place, so nobody allowed what is in it`,
  };
}

function judgeName(allowed: Allowed, mount: MountRequest, context: PlaceContext) {
  const voucher = findVoucher(allowed, mount, mount.source, "it", context);
  return "reason" in voucher ? voucher : undefined;
}

/**
 * An overlay shows its layers. The kernel looks their names up when it mounts, and nobody
 * compares then what was found: so no name may lead through a directory that a container
 * could have been given, in which it could put a link.
 */
function judgeLayers(
  allowed: Allowed,
  mount: MountRequest,
  layers: readonly OverlayLayer[],
  context: PlaceContext,
): Refusal | undefined {
  if (allowed === "any") return undefined;
  for (const { path, readOnly } of layers) {
    const place = context.look(path);
    if (place === undefined) return { reason: `its layer "${path}" does not exist` };
    const request = { ...mount, source: path, readOnly };
    const refused = judgePlace(allowed, request, place, context);
    if (refused !== undefined)
      return { ...refused, reason: `its layer "${path}": ${refused.reason}` };
    if (!isSteady(allowed, place.path, mount.destination, context)) {
      return {
        reason: `its layer "${path}" lies in a directory that containers may be given, where its name can come to lead elsewhere`,
        remedy:
          "mount the directory itself (without :O), or take a volume or a directory further up as layer",
      };
    }
  }
  return undefined;
}

/** Whether a container of this policy is given no directory that the path leads through. */
function isSteady(
  allowed: AnyOf<HostPath>,
  path: string,
  destination: string,
  context: PlaceContext,
): boolean {
  if (findEngineManaged(path, destination, context) !== undefined) {
    return !/\/volumes\/[^/]+\/_data\/./.test(path);
  }
  const names = path.split("/");
  const above = names.slice(1).map((_name, at) => names.slice(0, at + 1).join("/") || "/");
  return (
    allowed !== "any" &&
    above.every((directory) => findHostPath(allowed, directory, false)?.access !== "read-write")
  );
}

/**
 * The block device that a place's file system lies on. What has a number of its own instead
 * (btrfs) tells by which device it goes.
 */
function diskOf({ device, filesystem, mountedFrom }: Place, context: PlaceContext) {
  if (!device.startsWith("0:")) return device;
  if (filesystem !== "btrfs" || !mountedFrom.startsWith("/")) return undefined;
  return blockDevice(context.deviceAt(mountedFrom));
}

function blockDevice(found: DeviceNumbers | undefined): string | undefined {
  return found?.type === "b" ? `${found.major}:${found.minor}` : undefined;
}

/** Whether an entry is the device that the file system lies on, by whatever name. */
function namesDisk(
  allowed: Allowed,
  { readOnly }: MountRequest,
  place: Place,
  context: PlaceContext,
): boolean {
  if (allowed === "any") return true;
  const named = allowed.filter(
    ({ path, access }) => isWithin(path, "/dev") && (readOnly || access === "read-write"),
  );
  const disk = named.length > 0 ? diskOf(place, context) : undefined;
  return (
    disk !== undefined && named.some(({ path }) => blockDevice(context.deviceAt(path)) === disk)
  );
}

/** Entries vouch for what is reserved only where they are written for it, or for all that is there. */
function judgeReserved(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  subject: string,
  context: PlaceContext,
): Refusal | undefined {
  const isEngines = (name: string) =>
    isEngineStaging(name, context) ||
    findEngineManaged(name, mount.destination, context) !== undefined;
  if (seesAll(allowed, place.path, mount.readOnly)) return undefined;
  for (const reserved of context.reserved()) {
    const touch = touches(place, reserved);
    if (touch === undefined) continue;
    const { how, names } = touch;
    if (how === "lies in" && names.some(isEngines)) continue;
    if (names.some((name) => isWrittenFor(allowed, mount, name, reserved))) continue;
    return {
      reason: `${subject} ${how} "${reserved.path}", which is ${reserved.what}`,
      remedy:
        "use a volume, or another directory; what manages engines or lockc belongs under policy privileged",
    };
  }
  return undefined;
}

/** Whether an entry that is itself, or lies in, something reserved allows `name` there. */
function isWrittenFor(
  allowed: AnyOf<HostPath>,
  { readOnly }: MountRequest,
  name: string,
  { path, place }: Reserved,
): boolean {
  if (allowed === "any") return true;
  return allowed.some((entry) => {
    const [base, strict] = splitPattern(entry.path);
    const written = isWithin(base, path) || (place !== undefined && isWithin(base, place.path));
    const covers = isWithin(name, base) && !(strict && name === base);
    return written && covers && (readOnly || entry.access === "read-write");
  });
}

/** The names that the place has and the list lacks, where they are all that it lacks. */
function allowPlace(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Written | undefined {
  const access = mount.readOnly ? "read-only" : "read-write";
  const listed = allowed === "any" ? [] : allowed;
  const lacking = [place.path, ...place.otherNames].filter(
    (path) => "reason" in findVoucher(listed, mount, path, "", context),
  );
  const missing = lacking.length > 0 ? lacking : [place.mountedFrom];
  const add = missing.map((path): HostPath => ({ path, access }));
  // A list can only hold names that are no patterns.
  const fits = add.every(({ path }) => !/\*|^\/$/.test(path));
  const enough = fits && judgePlace([...listed, ...add], mount, place, context) === undefined;
  return enough ? { add } : undefined;
}

/** As provisioners of local volumes name them (k3s, local-path-provisioner): pvc-UID_NAMESPACE_CLAIM. */
const LOCAL_VOLUME = /^(\/.+)\/pvc-[0-9a-f]{8}-[0-9a-f-]{27}(_[^/]*)?(\/|$)/;

function remedyForPlace(
  allowed: RuleValues["hostPaths"],
  place: Place | undefined,
  host: Host,
  allowedBy: Written | undefined,
  instead: string | undefined,
): string {
  const administrator = allowing("hostPaths", allowedBy);
  const socket = place && findSocket(place, host);
  if (socket !== undefined) return `${withoutSocket(socket, place!)}; else ${administrator}`;
  const provisioned = LOCAL_VOLUME.exec(place?.path ?? "")?.[1];
  if (provisioned !== undefined) {
    return `it looks like a volume of a local provisioner, which keeps them on the host itself: let the administrator add "${provisioned}/*" to hostPaths of a policy in /etc/lockc/policy`;
  }
  const act = instead ?? insteadOf(host.kindAt(place?.path ?? "/"), allowed);
  return `${act}; else ${administrator}`;
}

/** How what a mount is for can be had within the policy. */
function insteadOf(kind: FileKind, allowed: RuleValues["hostPaths"]): string {
  const writable = allowed === "any" ? [] : allowed.filter(({ access }) => access === "read-write");
  const places = writable.map(({ path }) => splitPattern(path)[0]).join(", ");
  switch (kind) {
    case "device":
      return "give it the device by --device, which the rule devices judges";
    case "socket":
      return places === ""
        ? "let its service listen on a network that both have"
        : `let its service listen in a directory of its own below ${places}, and mount that directory`;
    case "file":
      return places === ""
        ? "copy the file into a volume or the image"
        : `copy the file into a volume or the image, or to a place below ${places}`;
    case "directory":
      return places === "" ? "use a volume" : `use a volume, or a directory below ${places}`;
  }
}

function withoutSocket(socket: string, { path, otherNames }: Place): string {
  const itself = [path, ...otherNames].includes(socket);
  const act = itself ? "leave it out" : `mount only what is needed of it, without ${socket}`;
  return `${act}; what must talk to the engine belongs under policy privileged`;
}

/** The engine's socket that the place is, or that lies in it. */
function findSocket({ path, otherNames }: Place, host: Host): string | undefined {
  const names = [path, ...otherNames];
  return host.engineSockets().find((socket) => names.some((name) => isWithin(socket.path, name)))
    ?.path;
}

/** A socket that lies in what is only to be looked at, the kernel keeps from being connected to. */
function judgeEngineSockets(
  allowed: boolean,
  { mounts, host }: Subject,
  { rules }: Policy,
): Violation[] {
  if (allowed) return [];
  return mounts.flatMap(({ request, place }) => {
    const socket = place && findSocket(place, host);
    if (place === undefined || socket === undefined) return [];
    const seen = seesAll(rules.hostPaths.value, place.path, request.readOnly);
    if (seen && socket !== place.path && !place.otherNames.includes(socket)) return [];
    return [
      {
        code: "LOCKC_E_MOUNT" as const,
        what: `the mount of "${request.source}" on "${request.destination}": ${socket === place.path ? "it is" : "in it is"} the socket of an engine (${socket}), through which one is root on the host`,
        remedy: withoutSocket(socket, place),
        allowedBy: { allow: true },
      },
    ];
  });
}

function judgeMountTypes(allowed: AnyOf<string>, { mounts }: Subject): Violation[] {
  if (allowed === "any") return [];
  return (
    mounts
      // What an overlay shows is judged by its layers (hostPaths).
      .filter(({ request: { bind, type, layers } }) => !bind && !layers && !allowed.includes(type))
      .map(({ request: { type, destination } }) => {
        const allowedBy = /^[a-z0-9._-]+$/.test(type) ? { add: [type] } : undefined;
        return {
          code: "LOCKC_E_MOUNT" as const,
          what: `a file system of type "${type}" on "${destination}"`,
          remedy: `take one of ${allowed.join(", ")}, or ${allowing("mountTypes", allowedBy)}`,
          allowedBy,
        };
      })
  );
}

function judgeSharedMounts(allowed: boolean, { bundle, mounts, context }: Subject): Violation[] {
  if (allowed) return [];
  const own = mounts.filter((mount) => mount.request.shared && sharesByItself(mount, context));
  const remedy = "use rslave or rprivate (mountPropagation: HostToContainer or None)";
  const allowedBy = { allow: true };
  const root =
    /^r?shared$/.test(bundle.rootPropagation) && own.length === 0
      ? [{ what: `a root file system mounted ${bundle.rootPropagation}`, remedy, allowedBy }]
      : [];
  const shared = mounts
    .filter((mount) => mount.request.shared && !own.includes(mount))
    .map(({ request }) => ({
      code: "LOCKC_E_MOUNT" as const,
      what: `the mount of "${request.source}" on "${request.destination}" as shared, by which mounts made inside appear on the host`,
      remedy,
      allowedBy,
    }));
  // An engine makes the root shared for the sake of such a mount: tell of the mount.
  return shared.length > 0 ? shared : root;
}

/**
 * Whether the engine itself has the mount shared: a plugin of Docker's gives others what it
 * mounts; buildah does so with its caches, in a mount namespace from which nothing travels.
 */
function sharesByItself({ request, place }: PlacedMount, context: PlaceContext): boolean {
  const { engine } = context.origin;
  return (
    (engine === "plugin" || engine === "buildah") &&
    place !== undefined &&
    findEngineManaged(place.path, request.destination, context) !== undefined
  );
}

/** Devices of every container (config-linux.md, Default Devices), and terminals. */
const COMMON: readonly Device[] = [
  ...[3, 5, 7, 8, 9].map((minor) => device("c", 1, minor)),
  ...[0, 1, 2].map((minor) => device("c", 5, minor)),
  device("c", 136, "any"),
];

/** A device that runc's and containerd's own rules open, though no node of it is made. */
const TUN = device("c", 10, 200);

function device(type: "b" | "c", major: number, minor: number | "any"): Device {
  return { type, major, minor, access: ALL_ACCESS };
}

function judgeDevices(allowed: AnyOf<Device>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const told = (what: string, allowedBy: Written | undefined) => ({
    what,
    remedy: `start it without --device (and device requests) of it, or ${allowing("devices", allowedBy)}`,
    allowedBy,
  });
  const extra = [...COMMON, ...allowed];
  const refused = bundle.devices
    .filter(({ type }) => type !== "p")
    .filter((node) => !extra.some((entry) => isDevice(entry, node, host)));
  const nodes = refused.map((node) => {
    const { path, type, major, minor } = node;
    // The engine's rule for the node is not told of, so it must be let through as well.
    const opened = bundle.deviceRules.filter((rule) => rule.allow && isRuleOf(rule, node));
    return told(
      `the ${type === "b" ? "block " : ""}device ${path} (${type} ${major}:${minor})`,
      allowDevices({ type, major, minor }, opened),
    );
  });
  const rules = bundle.deviceRules
    .filter(({ allow, access }) => allow && access !== "m") // a node alone opens nothing
    .filter((rule) => ![...extra, TUN].some((entry) => opens(entry, rule, host)))
    .filter((rule) => coversAll(rule) || !refused.some((node) => isRuleOf(rule, node)))
    .map((rule) => told(describeDeviceRule(rule), allowDevices(rule, [rule])));
  return [...nodes, ...judgeBound(bundle, host), ...judgeUnruled(bundle), ...rules];
}

/** The one device, with the access that the rules open; undefined for what is not one kind of device. */
function allowDevices(use: DeviceUse, rules: readonly DeviceRule[]): Written | undefined {
  const { major, minor } = use;
  const type = kindOf(use.type);
  if ((type !== "b" && type !== "c") || (major ?? -1) < 0) return undefined;
  const opened = rules.map((rule) => rule.access || ALL_ACCESS).join("") || ALL_ACCESS;
  const access = [...ALL_ACCESS].filter((letter) => opened.includes(letter)).join("");
  const entry = { type, major, minor: (minor ?? -1) < 0 ? "any" : minor, access };
  return access === "" ? undefined : { add: [entry] };
}

/** In a user namespace runtimes bind the host's node of that path, whatever numbers are told. */
function judgeBound({ userNamespace, devices }: Bundle, host: Host): Violation[] {
  if (!userNamespace) return [];
  return devices
    .filter(({ path, type, major, minor }) => {
      if (type === "p" || !host.exists(path)) return false;
      const found = host.deviceAt(path);
      return (
        !found || found.type !== kindOf(type) || found.major !== major || found.minor !== minor
      );
    })
    .map(({ path, type, major, minor }) => ({
      what: `the device ${path}, which on the host is not ${type} ${major}:${minor}`,
      remedy: "tell the device that is there",
    }));
}

/**
 * crun leaves open what no rule denies, and without any rule every device. Nobody
 * makes nodes in a user namespace (mknod(2), EPERM).
 */
function judgeUnruled({ userNamespace, deviceRules }: Bundle): Violation[] {
  const told = deviceRules.some((rule) => rule.allow && coversAll(rule) && rule.access !== "m");
  if (userNamespace || told || deviceRules.some(closesAll)) return [];
  return [
    {
      what: "access to every device, since no rule denies those that are not listed",
      remedy: 'begin linux.resources.devices with {"allow":false,"access":"rwm"}',
    },
  ];
}

function closesAll({ allow, type, access }: DeviceRule): boolean {
  return !allow && (type || "a") === "a" && [...(access || ALL_ACCESS)].sort().join("") === "mrw";
}

type DeviceUse = Pick<DeviceRule, "type" | "major" | "minor">;

function isDevice(entry: Device, use: DeviceUse, host: Host): boolean {
  const numbers = "path" in entry ? host.deviceAt(entry.path) : entry;
  return (
    numbers !== undefined &&
    kindOf(use.type) === numbers.type &&
    use.major === numbers.major &&
    (numbers.minor === "any" || use.minor === numbers.minor)
  );
}

function opens(entry: Device, rule: DeviceRule, host: Host): boolean {
  const letters = [...(rule.access || ALL_ACCESS)];
  return isDevice(entry, rule, host) && letters.every((letter) => entry.access.includes(letter));
}

/** u is an older name of c (mknod(1)). */
function kindOf(type: string | null | undefined): string | null | undefined {
  return type === "u" ? "c" : type;
}

/** Engines give each node its rule; one refusal of the two is enough. */
function isRuleOf({ type, major, minor }: DeviceRule, node: DeviceRequest): boolean {
  return kindOf(node.type) === type && node.major === major && node.minor === minor;
}

/** In OCI a number left out, and -1 in what engines write, stand for all. */
function coversAll({ type, major, minor }: DeviceRule): boolean {
  return (type ?? "a") === "a" || ((major ?? -1) < 0 && (minor ?? -1) < 0);
}

function describeDeviceRule(rule: DeviceRule): string {
  const number = (value: number | null | undefined) => ((value ?? -1) < 0 ? "*" : value);
  const { type, major, minor, access } = rule;
  const which =
    (type ?? "a") === "a" ? "every device" : `devices ${type} ${number(major)}:${number(minor)}`;
  return `access to ${which} (${access || ALL_ACCESS})`;
}

function judgeSysctls(allowed: AnyOf<string>, { bundle }: Subject): Violation[] {
  if (allowed === "any") return [];
  return bundle.sysctls
    .map((name) => name.replaceAll("/", "."))
    .filter((name) => !allowed.some((pattern) => matchesName(pattern, name)))
    .map((name) => {
      const allowedBy = /^[a-z0-9_.-]+$/.test(name) ? { add: [name] } : undefined;
      return {
        what: `the kernel parameter ${name}`,
        remedy: `start it without --sysctl of it, or ${allowing("sysctls", allowedBy)}`,
        allowedBy,
      };
    });
}

/** Engines that give a profile on their own: one that is missing was switched off. */
const GIVES_SECCOMP: ReadonlySet<Engine> = new Set<Engine>([
  "docker",
  "buildkit",
  "podman",
  "buildah",
]);
const GIVES_APPARMOR: ReadonlySet<Engine> = new Set<Engine>([
  "docker",
  "buildkit",
  "podman",
  "kubernetes",
]);

function judgeSeccomp(required: RuleValues["seccomp"], { bundle, context }: Subject): Violation[] {
  const { engine } = context.origin;
  const needed = required === "always" || (required === "kept" && GIVES_SECCOMP.has(engine));
  if (!needed || bundle.filtersCalls) return [];
  return [
    {
      what: "a container without a seccomp filter",
      remedy:
        engine === "docker" || engine === "podman"
          ? "start it without --security-opt seccomp=unconfined"
          : "give it one (seccompProfile.type: RuntimeDefault, ctr run --seccomp)",
      allowedBy: { require: GIVES_SECCOMP.has(engine) ? "never" : "kept" },
    },
  ];
}

/** The kernel reads the name without the spaces around it, and parts joined by //&. */
function isProfile(name: string): boolean {
  if (name.trim() === "") return false;
  return !(name.includes("unconfined") && /(^|[\s/:&])unconfined\s*($|\/\/)/.test(name));
}

function judgeAppArmor(required: RuleValues["apparmor"], subject: Subject): Violation[] {
  const { bundle, context, host } = subject;
  const { engine } = context.origin;
  const needed = required === "always" || (required === "kept" && GIVES_APPARMOR.has(engine));
  if (!needed || isProfile(bundle.apparmorProfile) || !host.apparmor()) return [];
  return [
    {
      what: "a container without an AppArmor profile",
      remedy:
        "start it without --security-opt apparmor=unconfined (appArmorProfile.type: RuntimeDefault)",
      allowedBy: { require: GIVES_APPARMOR.has(engine) ? "never" : "kept" },
    },
  ];
}

function judgeSELinux(allowed: AnyOf<string>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any" || bundle.selinuxLabels.length === 0 || !host.selinux()) return [];
  return bundle.selinuxLabels.flatMap((label) => {
    const [user, role, type = ""] = label.split(":");
    // Mounts carry file types and object_r; only what the engine itself gives.
    const file = role === "object_r" && type === "container_file_t";
    const own = user === "system_u" && (role === "system_r" || role === "object_r");
    if (own && (file || allowed.includes(type))) return [];
    return [
      {
        what: `the SELinux label "${label}"`,
        remedy: `start it without --security-opt label (seLinuxOptions); allowed are the types ${allowed.join(", ")} of system_u:system_r`,
        allowedBy: own && /^[A-Za-z0-9_]+$/.test(type) ? { add: [type] } : undefined,
      },
    ];
  });
}

function judgePaths(
  { paths, unlessUserNamespace }: RequiredPaths,
  { bundle, host, mounts }: Subject,
  does: string,
  kind: string,
  have: readonly string[],
): Violation[] {
  if (unlessUserNamespace && !bundle.hasHostRoot) return [];
  const hidden = have.filter((other) => other !== "/"); // a mount on the root hides nothing
  const missing = paths.filter(
    (path) =>
      !hidden.some((other) => isWithin(path, other)) &&
      mounts.some(
        ({ request: { destination } }) =>
          isWithin(path, destination) || isWithin(destination, path),
      ) &&
      host.exists(path),
  );
  if (missing.length === 0) return [];
  return [
    {
      what: `a container in which nothing ${does} ${listed(missing)}`,
      remedy: `start it without --security-opt systempaths=unconfined (procMount: Unmasked), or list them in linux.${kind}Paths`,
      allowedBy: { require: paths.filter((path) => !missing.includes(path)) },
    },
  ];
}

function judgeNonRoot(required: boolean, { bundle }: Subject): Violation[] {
  if (!required || bundle.runsAs !== 0) return [];
  return [
    {
      what: "a first process that is user 0",
      remedy: "start it as another user (--user 1000, runAsUser, USER in the image)",
      allowedBy: { require: false },
    },
  ];
}

function judgeGroups(allowed: AnyOf<string>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const gids = [bundle.gid, ...bundle.additionalGids];
  const remedy = "start it without --group-add of it (supplementalGroups), or with another --user";
  const root =
    !allowed.includes("root") && bundle.uid !== 0 && gids.includes(0)
      ? [
          {
            what: "a process in group 0, to which much of a host belongs",
            remedy,
            allowedBy: { add: ["root"] },
          },
        ]
      : [];
  if (allowed.includes("engine") || gids.every((gid) => gid === 0)) return root;
  const engines = host
    .engineSockets()
    .filter(({ gid }) => gid !== 0 && gids.includes(gid))
    .map(({ path, gid }) => ({
      what: `a process in group ${gid}, to which an engine's socket belongs (${path})`,
      remedy,
      allowedBy: { add: ["engine"] },
    }));
  return [...root, ...engines];
}

function judgeNoNewPrivileges(required: boolean, { bundle }: Subject): Violation[] {
  if (!required || bundle.noNewPrivileges) return [];
  return [
    {
      what: "a container whose setuid programs may give more than their caller has",
      remedy: "start it with --security-opt no-new-privileges (allowPrivilegeEscalation: false)",
      allowedBy: { require: false },
    },
  ];
}

function judgeOomScoreAdj(least: number, { bundle, context }: Subject): Violation[] {
  const { oomScoreAdj } = bundle;
  // What lies below what the kernel takes is the runtime's to complain of.
  const given = Math.max(oomScoreAdj ?? 0, RULES.oomScoreAdj.widest);
  if (context.origin.engine === "kubernetes" || oomScoreAdj === undefined || given >= least) {
    return [];
  }
  return [
    {
      what: `an oom_score_adj of ${oomScoreAdj}, which leaves others to the out-of-memory killer`,
      remedy: `start it with --oom-score-adj ${least} or more`,
      allowedBy: { min: given },
    },
  ];
}

/** Programs of the host that act for the container. */
function judgeHooks(allowed: RuleValues["hooks"], { bundle, root, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const programs = bundle.hooks
    .filter(({ stage }) => stage !== "startContainer") // runs inside
    .map(({ stage, path }) => ({
      path,
      what: `the ${stage} hook "${path}", which runs on the host`,
    }));
  // The runtime connects to it as the host's root.
  const listeners = [bundle.seccompListener].filter(Boolean).map((path) => ({
    path,
    what: `the seccomp listener "${path}", by which a program of the host decides system calls`,
  }));
  return [...programs, ...listeners].flatMap(({ path, what }) => {
    const known = allowed === "trusted" || allowed.includes(path);
    const distrusted = host.distrust(path, root.path);
    const reason = known ? distrusted : "the policy does not list it";
    if (reason === undefined) return [];
    return [
      {
        what: `${what}: ${reason}`,
        remedy: "let root alone own and write it, outside of the container's files",
        allowedBy:
          distrusted === undefined && allowed !== "trusted"
            ? { allow: [...allowed, path] }
            : undefined,
      },
    ];
  });
}

/** As people write them, and as the schema takes them. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

function judgeHookEnvironment(allowed: AnyOf<string>, subject: Subject): Violation[] {
  const { bundle, root, host } = subject;
  const hook = bundle.hooks.find(({ inherits }) => inherits);
  if (allowed === "any" || hook === undefined) return [];
  const steering = bundle.environment
    .flatMap((variable) => steers(variable) ?? [])
    .filter(({ name }) => !allowed.some((pattern) => matchesName(pattern, name)));
  const violation = (names: readonly string[], why: string, act: string): Violation => ({
    what: `${names.length === 1 ? "the variable" : "the variables"} ${listed(names)} of the container's environment, with which the ${hook.stage} hook "${hook.path}" runs on the host: ${why}`,
    remedy: `${act}, give the hook an environment of its own ("env" where the engine's hook or CDI file names it), or let the administrator add the name to hookEnvironment of a policy in /etc/lockc/policy`,
    allowedBy: names.every((name) => VARIABLE.test(name)) ? { add: names } : undefined,
  });
  const named = steering.flatMap(({ name, places }) => (places === undefined ? [name] : []));
  const leading = steering.flatMap(({ name, places = [] }) => {
    const why = places.map((place) => judgeLead(place, root, host)).find((reason) => reason);
    return why === undefined ? [] : [violation([name], why, LEAD_ELSEWHERE)];
  });
  if (named.length === 0) return leading;
  const names = [...new Set(named)];
  const steered = "loaders and interpreters find code by it, which may be the container's";
  const each = names.length === 1 ? "it" : "each of them";
  return [violation(names, steered, `leave ${each} empty (--env ${names[0]}=)`), ...leading];
}

const LEAD_ELSEWHERE =
  "let it name absolute directories only that are not there on the host or root's own (/usr/bin)";

function judgeLead(place: string, root: Place, host: Host): string | undefined {
  if (!place.startsWith("/")) return `it leads to "${place || "."}" in the container's own files`;
  const reason = host.distrustPlace(place, root.path);
  return reason && `it leads to "${place}", and ${reason}`;
}

/** crun(1): these make it open files, run programs, change namespaces. */
const UNSAFE = ["run.oci.*", "bundle", "org.systemd.property.*", "org.criu.config", ...HANDLERS];

function judgeAnnotations(allowed: AnyOf<string>, subject: Subject): Violation[] {
  if (allowed === "any") return [];
  const told = subject.unsafeAnnotations.map((name) => (name.endsWith(".") ? `${name}*` : name));
  const { engine } = subject.context.origin;
  return (
    Object.keys(subject.bundle.annotations)
      .filter((name) => [...UNSAFE, ...told].some((pattern) => matchesName(pattern, name)))
      // crun calls unsafe what containerd itself writes into every bundle of Kubernetes.
      .filter((name) => engine !== "kubernetes" || !name.startsWith("io.kubernetes.cri"))
      .filter((name) => !allowed.some((pattern) => matchesName(pattern, name)))
      .map((name) => ({
        what: `the annotation "${name}", which changes what the runtime does on the host`,
        remedy: "leave it out (images can carry annotations too)",
        allowedBy: name.includes("*") || isHandler(name) ? undefined : { add: [name] },
      }))
  );
}
