// SPDX-License-Identifier: Apache-2.0
/**
 * What a file asks for, on top of what an engine gives every container → config.json as far
 * as rules look at it. What Docker and containerd give is in test/fixtures/configs. Pure.
 */
import type { Origin } from "../../core/engine/origin.ts";
import type { Config } from "../../core/generated/config.ts";
import type { Notes } from "./section.ts";

/** What is to be judged. */
export type ExplainSubject =
  /** A container that exists, as people call it. */
  | { readonly kind: "container"; readonly word: string }
  | { readonly kind: "bundle"; readonly directory: string; readonly id: string | undefined }
  | { readonly kind: "compose"; readonly file: string; readonly service: string | undefined }
  | { readonly kind: "pod"; readonly file: string };

type Linux = NonNullable<Config["linux"]>;
type Mount = NonNullable<Config["mounts"]>[number];
type Rlimit = NonNullable<NonNullable<Config["process"]>["rlimits"]>[number];
type DeviceRule = NonNullable<NonNullable<Linux["resources"]>["devices"]>[number];

export interface Wanted {
  capabilities: Set<string>;
  privileged: boolean;
  /** Kinds of namespaces that are the host's. */
  readonly shared: Set<string>;
  userNamespace: boolean;
  readonly mounts: Mount[];
  readonly devices: { path: string; type: string; major: number; minor: number; access: string }[];
  readonly deviceRules: DeviceRule[];
  sysctls: Readonly<Record<string, string>>;
  /** Whether there is a filter of system calls. */
  filtered: boolean;
  apparmor: string;
  selinux: string | undefined;
  /** Whether the engine's own list of hidden and of read-only paths holds. */
  masked: boolean;
  noNewPrivileges: boolean;
  uid: number;
  gid: number;
  groups: number[];
  oomScoreAdj: number | undefined;
  readonly rlimits: Rlimit[];
}

/** One container of a file, to be judged. */
export interface Foreseen {
  readonly name: string;
  readonly origin: Origin;
  readonly wanted: Wanted;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** What lockc-runc is called by, and its --lockc-policy. */
  readonly calledAs: string;
  readonly flag: string | undefined;
  /** Whether the file says as which user it runs; else its image does. */
  readonly userKnown: boolean;
  readonly notes: Notes;
}

/** Given by Docker and containerd without being asked. */
const GIVEN =
  "CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE".split(
    " ",
  );

const FURTHER =
  "DAC_READ_SEARCH LINUX_IMMUTABLE NET_BROADCAST NET_ADMIN IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG LEASE AUDIT_CONTROL MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE".split(
    " ",
  );

/** A container of which nothing is asked. */
export function plainContainer(defaults: Pick<Wanted, "filtered" | "apparmor">): Wanted {
  return {
    capabilities: new Set(GIVEN),
    privileged: false,
    shared: new Set(),
    userNamespace: false,
    mounts: [],
    devices: [],
    deviceRules: [],
    sysctls: {},
    selinux: undefined,
    masked: true,
    noNewPrivileges: false,
    uid: 0,
    gid: 0,
    groups: [],
    oomScoreAdj: undefined,
    rlimits: [],
    ...defaults,
  };
}

/** ALL in either list stands for every one, and what is added by name outweighs it. */
export function changeCapabilities(
  wanted: Wanted,
  added: readonly string[],
  dropped: readonly string[],
): void {
  const plain = (names: readonly string[]) =>
    names.map((name) => name.toUpperCase().replace(/^CAP_/, ""));
  const [add, drop] = [plain(added), plain(dropped)];
  const all = [...GIVEN, ...FURTHER];
  const first = add.includes("ALL") ? all : drop.includes("ALL") ? [] : [...wanted.capabilities];
  const kept = first.filter((name) => !drop.includes(name));
  wanted.capabilities = new Set([...kept, ...add.filter((name) => name !== "ALL")]);
}

const NAMESPACES = ["mount", "network", "uts", "pid", "ipc", "cgroup"] as const;

const MASKED =
  "/proc/asound /proc/acpi /proc/interrupts /proc/kcore /proc/keys /proc/latency_stats /proc/timer_list /proc/timer_stats /proc/sched_debug /proc/scsi /sys/firmware /sys/devices/virtual/powercap".split(
    " ",
  );
const READ_ONLY = "/proc/bus /proc/fs /proc/irq /proc/sys /proc/sysrq-trigger".split(" ");

/** Every device of the common ones, as engines open them. */
const COMMON: readonly DeviceRule[] = [
  { allow: false, access: "rwm" },
  ...[3, 5, 8, 9].map((minor) => ({ allow: true, type: "c", major: 1, minor, access: "rwm" })),
  ...[0, 1].map((minor) => ({ allow: true, type: "c", major: 5, minor, access: "rwm" })),
] as DeviceRule[];

/** As the engine would write it, where a rule looks. */
export function configOf(wanted: Wanted): Config {
  const { privileged, uid, gid, groups, apparmor, selinux, oomScoreAdj, rlimits } = wanted;
  const names = privileged ? [...GIVEN, ...FURTHER] : [...wanted.capabilities];
  const capabilities = names.map((name) => `CAP_${name}`);
  const sets = uid === 0 ? ["bounding", "effective", "permitted"] : ["bounding"];
  const masked = wanted.masked && !privileged;
  const kinds: string[] = NAMESPACES.filter((type) => !wanted.shared.has(type));
  const mode = privileged ? "rw" : "ro";
  return {
    ociVersion: "1.2.0",
    root: { path: "rootfs" },
    process: {
      cwd: "/",
      user: { uid, gid, additionalGids: groups },
      capabilities: Object.fromEntries(sets.map((set) => [set, capabilities])),
      noNewPrivileges: wanted.noNewPrivileges,
      apparmorProfile: privileged ? "" : apparmor,
      ...(selinux !== undefined && { selinuxLabel: selinux }),
      ...(oomScoreAdj !== undefined && { oomScoreAdj }),
      rlimits,
    },
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      { destination: "/dev", type: "tmpfs", source: "tmpfs" },
      { destination: "/dev/pts", type: "devpts", source: "devpts" },
      { destination: "/sys", type: "sysfs", source: "sysfs", options: [mode] },
      { destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup", options: [mode] },
      { destination: "/dev/mqueue", type: "mqueue", source: "mqueue" },
      { destination: "/dev/shm", type: "tmpfs", source: "shm" },
      ...wanted.mounts,
    ],
    linux: {
      namespaces: [
        ...kinds.map((type) => ({ type })),
        ...(wanted.userNamespace ? [{ type: "user" }] : []),
      ] as Linux["namespaces"],
      ...(wanted.userNamespace && {
        uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
        gidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
      }),
      devices: wanted.devices.map(({ access: _, ...node }) => node) as Linux["devices"],
      resources: {
        devices: privileged
          ? [{ allow: true, access: "rwm" }]
          : [
              ...COMMON,
              ...wanted.devices.map(
                ({ path: _, ...rule }) => ({ allow: true, ...rule }) as DeviceRule,
              ),
              ...wanted.deviceRules,
            ],
      },
      sysctl: wanted.sysctls as Linux["sysctl"],
      ...(wanted.filtered && !privileged && { seccomp: { defaultAction: "SCMP_ACT_ERRNO" } }),
      maskedPaths: masked ? MASKED : [],
      readonlyPaths: masked ? READ_ONLY : [],
      ...(wanted.mounts.some(({ options = [] }) =>
        (options ?? []).some((o) => /^r?shared$/.test(o)),
      ) && {
        rootfsPropagation: "shared",
      }),
    } as Linux,
  } as Config;
}
