// SPDX-License-Identifier: Apache-2.0
/** What no container should be given, whatever it is for, and why. Pure. */
import type { Device, HostPath } from "../../core/generated/policy.ts";
import { isWithin } from "../../core/path.ts";
import { isSystems } from "../../core/rule/host-path-entries.ts";
import type { PseudoPlace } from "../../core/rule/pseudo-files.ts";
import type { PseudoRule } from "../../core/rule/values.ts";

/** Capabilities that no other rule makes harmless, or that another rule refuses all the same. */
const CAPABILITIES: Readonly<Record<string, string>> = {
  SYS_MODULE:
    "it loads code into the kernel, which can do anything; the rule kernelModules refuses that too",
  SYS_RAWIO: "it reaches memory and ports of the machine; the rule kernelLockdown refuses that too",
  MAC_ADMIN: "it changes the host's AppArmor, SELinux or Smack policy",
  MAC_OVERRIDE: "it passes over the host's mandatory access control",
  BPF: "it is for bpf(2), which the rule bpf refuses whatever capabilities there are",
};

export function dangerousCapability(name: string): string | undefined {
  return CAPABILITIES[name];
}

/** The host's own directories that tell secrets, or hold sockets, even when they are read. */
const SECRET = "/boot /dev /proc /root /run /sys /var/lib /var/log /var/run /var/spool".split(" ");

export function dangerousPath({ path, access }: HostPath): string | undefined {
  if (!isSystems(path)) return undefined;
  if (access === "read-write") {
    return `${path} belongs to the host's own system: whoever writes there is root on the host`;
  }
  const secret = SECRET.some((it) => isWithin(path, it) || isWithin(it, path));
  if (secret || path === "/etc" || /^\/etc\/(g?shadow|ssh|ssl\/private)/.test(path)) {
    return `${path} tells the host's secrets, or has sockets of its services`;
  }
  return undefined;
}

/** mem(4) and its like are dangerous, but for what every container has. */
export function dangerousDevice(device: Device): string | undefined {
  if ("path" in device) return undefined;
  const { type, major, minor } = device;
  if (type === "b")
    return "a disk, or part of one: its file systems are read and written past every permission";
  if (minor === "any") return "it is every device of that kind";
  if (major === 1 && [1, 2, 4].includes(minor))
    return "it is the memory or the ports of the machine";
  if (major === 1 && minor === 11)
    return "it is the kernel log, which tells of all that the host does";
  if (major === 4 || (major === 5 && minor === 1)) return "it is a terminal of the host's";
  return undefined;
}

/** Kernel file systems that show the host, whoever mounts them. */
const SHOWING = new Set(
  "overlay aufs ecryptfs debugfs tracefs securityfs bpf configfs efivarfs devtmpfs pstore binfmt_misc fusectl".split(
    " ",
  ),
);

export function dangerousType(type: string): string | undefined {
  return SHOWING.has(type) ? `a mount of type ${type} shows the host` : undefined;
}

interface Danger {
  readonly filesystem: PseudoRule["filesystem"];
  readonly path: string;
  /** Reading is one as well. */
  readonly read: boolean;
  readonly why: string;
}

const RUNS = "what is written there, the kernel runs as the host's root";

const DANGERS: readonly Danger[] = [
  { filesystem: "proc", path: "/kcore", read: true, why: "it is the kernel's memory" },
  { filesystem: "proc", path: "/kpagecgroup", read: true, why: "it tells of all memory" },
  { filesystem: "proc", path: "/kpagecount", read: true, why: "it tells of all memory" },
  { filesystem: "proc", path: "/kpageflags", read: true, why: "it tells of all memory" },
  { filesystem: "proc", path: "/keys", read: true, why: "it lists other containers' keys" },
  { filesystem: "proc", path: "/sys/fs/binfmt_misc", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/core_pattern", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/hotplug", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/modprobe", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/poweroff_cmd", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/usermodehelper", read: false, why: RUNS },
  { filesystem: "proc", path: "/sysrq-trigger", read: true, why: "it halts or spoils the host" },
  { filesystem: "proc", path: "/", read: false, why: "it changes the whole host's kernel" },
  { filesystem: "sysfs", path: "/kernel/uevent_helper", read: false, why: RUNS },
  { filesystem: "sysfs", path: "/kernel/notes", read: true, why: "it tells where the kernel lies" },
  {
    filesystem: "sysfs",
    path: "/kernel/vmcoreinfo",
    read: true,
    why: "it tells where the kernel lies",
  },
  { filesystem: "sysfs", path: "/", read: false, why: "it changes the host's kernel and devices" },
  { filesystem: "binfmt_misc", path: "/", read: false, why: RUNS },
  { filesystem: "cgroup", path: "/", read: false, why: `its release_agent: ${RUNS}` },
  {
    filesystem: "cgroup2",
    path: "/",
    read: false,
    why: "it changes limits: those the container was given, and those of others",
  },
  { filesystem: "configfs", path: "/", read: false, why: "it makes the host's kernel objects" },
  { filesystem: "debugfs", path: "/", read: true, why: "it opens the inside of the kernel" },
  {
    filesystem: "devtmpfs",
    path: "/",
    read: false,
    why: "it makes and removes the host's devices",
  },
  { filesystem: "efivarfs", path: "/", read: false, why: "it can keep the machine from starting" },
  { filesystem: "pstore", path: "/", read: true, why: "it has what kernels said as they crashed" },
  {
    filesystem: "securityfs",
    path: "/",
    read: false,
    why: "it changes the host's security modules",
  },
  { filesystem: "tracefs", path: "/", read: true, why: "it watches everything that the host does" },
];

/**
 * Parts of what DANGERS names that are nobody's but the container's: its own processes, and
 * parameters that the kernel keeps for each namespace.
 */
const HARMLESS: readonly PseudoPlace[] = [
  { filesystem: "proc", path: "/self" },
  { filesystem: "proc", path: "/sys/kernel/domainname" },
  { filesystem: "proc", path: "/sys/kernel/hostname" },
  { filesystem: "proc", path: "/sys/kernel/msgmax" },
  { filesystem: "proc", path: "/sys/kernel/msgmnb" },
  { filesystem: "proc", path: "/sys/kernel/msgmni" },
  { filesystem: "proc", path: "/sys/kernel/sem" },
  { filesystem: "proc", path: "/sys/kernel/shm_rmid_forced" },
  { filesystem: "proc", path: "/sys/kernel/shmall" },
  { filesystem: "proc", path: "/sys/kernel/shmmax" },
  { filesystem: "proc", path: "/sys/kernel/shmmni" },
  { filesystem: "proc", path: "/sys/fs/mqueue" },
  { filesystem: "proc", path: "/sys/net" },
  { filesystem: "proc", path: "/sys/user" },
];

export function dangerousFile({ filesystem, path, access }: PseudoRule): string | undefined {
  const lies = (place: PseudoPlace) =>
    place.filesystem === filesystem && isWithin(path, place.path);
  if (HARMLESS.some(lies)) return undefined;
  return DANGERS.find((danger) => lies(danger) && (danger.read || access === "read-write"))?.why;
}
