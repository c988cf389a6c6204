// SPDX-License-Identifier: Apache-2.0
/** A small OCI bundle in the guest: busybox and the probe, a config.json of the test's making. */
import { type Session, SHARED } from "./session.ts";

export interface BundleOptions {
  readonly args?: readonly string[];
  readonly terminal?: boolean;
  readonly cwd?: string;
  readonly env?: readonly string[];
  readonly mounts?: readonly object[];
  readonly namespaces?: readonly object[];
  readonly hooks?: object;
  /** Options of the mount on /dev; false: there is none. */
  readonly dev?: readonly string[] | false;
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const CAPABILITIES = [
  "CAP_SYSLOG",
  "CAP_SYS_ADMIN",
  "CAP_KILL",
  "CAP_DAC_OVERRIDE",
  "CAP_SYS_CHROOT",
];

/** The config.json of a container with more capabilities than it should have. */
export function configJson(options: BundleOptions = {}): object {
  return {
    ociVersion: "1.0.2",
    process: {
      terminal: options.terminal ?? false,
      user: { uid: 0, gid: 0 },
      args: options.args ?? ["/x/probe", "syslog"],
      env: options.env ?? ["PATH=/bin"],
      cwd: options.cwd ?? "/",
      capabilities: { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES },
    },
    root: { path: "rootfs" },
    hostname: "bundle",
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      ...devices(options.dev ?? ["nosuid", "mode=755"]),
      { destination: "/x", type: "bind", source: SHARED, options: ["rbind"] },
      ...(options.mounts ?? []),
    ],
    ...(options.hooks ? { hooks: options.hooks } : {}),
    ...(options.annotations ? { annotations: options.annotations } : {}),
    linux: {
      ...(options.sysctl ? { sysctl: options.sysctl } : {}),
      namespaces: options.namespaces ?? ["pid", "ipc", "uts", "mount"].map((type) => ({ type })),
    },
  };
}

function devices(options: readonly string[] | false): object[] {
  if (options === false) return [];
  return [
    { destination: "/dev", type: "tmpfs", source: "tmpfs", options },
    {
      destination: "/dev/pts",
      type: "devpts",
      source: "devpts",
      options: ["newinstance", "ptmxmode=0666"],
    },
  ];
}

/** Rules of a policy that admits what bundles ask for, so that the kernel half alone stands in the way. */
export const ADMITTING = `privileged: { allow: true }
hostNamespaces: { allow: [pid, network, ipc, uts, user, cgroup, time] }
devices: { allow: any }
capabilities: { allow: any }
seccomp: { require: never }
apparmor: { require: never }
maskedPaths: { require: [] }
readonlyPaths: { require: [] }
`;

/** Makes the bundle at `directory`, which may exist already. */
export async function makeBundle(
  session: Session,
  directory: string,
  options: BundleOptions = {},
): Promise<void> {
  await session.ok(
    `mkdir -p ${directory}/rootfs/bin ${directory}/rootfs/mnt && cd ${directory}/rootfs/bin && cp -n /bin/busybox . && for a in sh cat echo sleep true ls id unshare mount; do ln -sf busybox $a; done`,
  );
  await session.ok(`cat >${directory}/config.json`, JSON.stringify(configJson(options)));
}
