// SPDX-License-Identifier: Apache-2.0
/**
 * What each control refuses, row by row: a container that every policy admits
 * (docker run --user 1000 --cap-drop ALL --security-opt no-new-privileges), changed
 * to break the control; its twin, which differs from that in one fact and passes; who
 * refuses, and the sentence. B and R number the controls of the Pod Security
 * Standards, baseline and restricted; + is beyond them.
 */
import type { RuleName } from "../../core/rule/values.ts";
import { type Draft, HOST, type Level, type Setting } from "./containers.ts";

export interface Row {
  readonly control: string;
  readonly rule: RuleName;
  /** Completes "… refuses". */
  readonly title: string;
  readonly refused: (config: Draft) => void;
  readonly admitted: (config: Draft) => void;
  readonly by: readonly Level[];
  readonly says: RegExp;
  /** The host of both. */
  readonly setting?: Partial<Setting>;
  /** Where the one fact is the host's. */
  readonly twinSetting?: Partial<Setting>;
  /** Who refuses the twin, since another level asks for more. */
  readonly twinBy?: readonly Level[];
}

const ALL = ["baseline", "restricted", "offline"] as const;
const same = (change: (config: Draft) => void) => ({ refused: change, admitted: change });
const nothing = () => {};

/** The sentence as a whole: act, what, control, remedy, code. */
function sentence(what: string, control: string, remedy: string, code = "LOCKC_E_ADMISSION") {
  return new RegExp(
    `^lockc: policy "[a-z]+" refuses ${what} \\((rule [a-zA-Z]+\\.[a-z]+; Pod Security Standards: )?${control}(\\.[a-z]+)?\\); .*${remedy}.* \\[${code}\\]$`,
  );
}

const without = (type: string) => (config: Draft) => {
  config.linux.namespaces = config.linux.namespaces.filter((it) => it.type !== type);
};
const joins = (type: string, path: string) => (config: Draft) => {
  without(type)(config);
  config.linux.namespaces.push({ type: type as "pid", path });
};

const joinsToo = (type: string, path: string) => (config: Draft) => {
  config.linux.namespaces.push({ type: type as "pid", path });
};

const KINDS: readonly [type: string, remedy: string][] = [
  ["pid", "without --pid=host \\(hostPID\\)"],
  ["network", "without --network=host \\(hostNetwork\\)"],
  ["ipc", "without --ipc=host \\(hostIPC\\)"],
  ["uts", "without --uts=host"],
];

const namespaces: readonly Row[] = [
  ...KINDS.flatMap(([type, remedy]): Row[] => {
    const says = sentence(
      `the host's ${type} namespace`,
      "Host Namespaces",
      remedy,
      "LOCKC_E_NAMESPACE",
    );
    const row = { control: "B2", rule: "hostNamespaces", by: ALL, says } as const;
    return [
      {
        ...row,
        title: `the host's ${type} namespace, when config.json names none`,
        refused: without(type),
        admitted: nothing,
      },
      {
        ...row,
        title: `the host's ${type} namespace, when it is joined under any path`,
        refused: joins(type, "/proc/1/ns/x"),
        admitted: joins(type, "/proc/77/ns/x"),
      },
      {
        ...row,
        title: `the host's ${type} namespace, when a second entry joins it`,
        refused: joinsToo(type, "/proc/1/ns/x"),
        admitted: joinsToo(type, "/proc/77/ns/x"),
      },
    ];
  }),
  ...(
    [
      ["left out", without("mount")],
      ["the host's, by path", joins("mount", "/proc/1/ns/mnt")],
      ["another container's, by path", joins("mount", "/proc/77/ns/mnt")],
      ["a new one and joined as well", joinsToo("mount", "/proc/77/ns/mnt")],
    ] as const
  ).map(
    ([title, refused]): Row => ({
      control: "B2",
      rule: "hostNamespaces",
      title: `a mount namespace that is ${title}`,
      refused,
      admitted: joins("mount", ""), // no path: a new one
      by: ALL,
      says: sentence(
        "a container without a mount namespace of its own, in which no file could be told from the host's",
        "Host Namespaces",
        "without a path",
        "LOCKC_E_NAMESPACE",
      ),
    }),
  ),
];

const writableSys = (config: Draft) => {
  for (const mount of config.mounts) {
    if (mount.destination !== "/sys") continue;
    mount.options = mount.options!.filter((option) => option !== "ro");
  }
};

const privileged: readonly Row[] = [
  {
    control: "B1",
    rule: "privileged",
    title: "a container for Windows",
    refused: (config) => {
      config.windows = {};
    },
    admitted: (config) => {
      config.solaris = {};
    },
    by: ALL,
    says: sentence("a container of Windows, .*", "Privileged Containers", 'leave "windows" out'),
  },
  {
    control: "B1",
    rule: "privileged",
    title: "a host process of Windows, told by its annotation",
    refused: (config) => {
      config.annotations["microsoft.com/hostprocess-container"] = "true";
    },
    admitted: (config) => {
      config.annotations["microsoft.com/hostprocess-container"] = "false";
    },
    by: ALL,
    says: sentence("a container of Windows, .*", "Privileged Containers", "leave"),
  },
  ...[
    ["io.podman.annotations.privileged", "TRUE", "FALSE"],
    ["io.kubernetes.cri-o.PrivilegedRuntime", "true", "false"],
  ].map(
    ([name, yes, no]): Row => ({
      control: "B3",
      rule: "privileged",
      title: `what ${name} calls privileged and another mark confirms`,
      refused: (config) => {
        writableSys(config);
        config.annotations[name!] = yes!;
      },
      admitted: (config) => {
        writableSys(config);
        config.annotations[name!] = no!;
      },
      by: ALL,
      says: sentence(
        "a privileged container: /sys writable, the engine says so",
        "Privileged Containers",
        "without --privileged \\(securityContext.privileged\\)",
      ),
    }),
  ),
];

const capability = (set: "bounding", name: string) => (config: Draft) => {
  config.process.capabilities[set] = [name];
};

const capabilities: readonly Row[] = [
  ...["bounding", "effective", "permitted", "inheritable", "ambient"].map(
    (set): Row => ({
      control: "B4",
      rule: "capabilities",
      title: `SYS_ADMIN in the ${set} set`,
      refused: capability(set as "bounding", "CAP_SYS_ADMIN"),
      admitted: capability(set as "bounding", "CAP_CHOWN"),
      twinBy: ["restricted"],
      by: ALL,
      says: sentence("the capabilities SYS_ADMIN", "Capabilities", "without --cap-add of "),
    }),
  ),
  ...["cap_sys_admin", "SYS_ADMIN", "21", "CAP_ALL", ""].map(
    (name): Row => ({
      control: "B4",
      rule: "capabilities",
      title: `a capability written as "${name}"`,
      refused: capability("bounding", name),
      admitted: capability("bounding", "cap_chown"),
      twinBy: ["restricted"],
      by: ALL,
      says: sentence("the capabilities .*", "Capabilities", "without --cap-add of "),
    }),
  ),
  {
    control: "R6",
    rule: "capabilities",
    title: "any capability but NET_BIND_SERVICE",
    refused: capability("bounding", "CAP_CHOWN"),
    admitted: capability("bounding", "CAP_NET_BIND_SERVICE"),
    by: ["restricted"],
    says: sentence(
      "the capabilities CHOWN",
      "Capabilities",
      "start it with --cap-drop ALL \\(capabilities.drop: \\[ALL\\]\\), or ",
    ),
  },
];

const SYS_NICE = 'let the administrator write "capabilities: { add: \\[SYS_NICE\\] }" in a policy';

/** As the runtime's own: soft limit, hard limit. */
const limit = (type: string, soft: number, hard: number) => (config: Draft) => {
  config.process.rlimits = [
    { type: "RLIMIT_NOFILE", soft: 1024, hard: 524288 },
    { type, soft, hard },
  ];
};
const schedules = (scheduler: Draft["process"]["scheduler"]) => (config: Draft) => {
  config.process.scheduler = scheduler!;
};
/** What people write as -1; of 64 bits, as JavaScript has them. */
const UNLIMITED = 2 ** 63;

/** What the runtime does to the scheduler on behalf of the container. */
const priorities: readonly Row[] = (
  [
    [
      "real-time priorities",
      limit("RLIMIT_RTPRIO", 99, 99),
      limit("RLIMIT_RTPRIO", 0, 0),
      "the limit RLIMIT_RTPRIO of 99",
      "without --ulimit rtprio, or with at most 0",
    ],
    [
      "real-time priorities that a process may raise itself to",
      limit("RLIMIT_RTPRIO", 0, 1),
      limit("RLIMIT_RTPRIO", 0, 0),
      "the limit RLIMIT_RTPRIO of 1",
      "without --ulimit rtprio, or with at most 0",
    ],
    [
      "nice values below 0",
      limit("RLIMIT_NICE", 20, 21),
      limit("RLIMIT_NICE", 20, 20),
      "the limit RLIMIT_NICE of 21",
      "without --ulimit nice, or with at most 20",
    ],
    [
      "any nice value",
      limit("RLIMIT_NICE", UNLIMITED, UNLIMITED),
      limit("RLIMIT_MEMLOCK", UNLIMITED, UNLIMITED),
      "the limit RLIMIT_NICE, unlimited",
      "without --ulimit nice, or with at most 20",
    ],
    ...["SCHED_FIFO", "SCHED_RR", "SCHED_DEADLINE", "SCHED_ISO"].map(
      (policy) =>
        [
          `the scheduling policy ${policy}`,
          schedules({ policy, priority: 1 }),
          schedules({ policy: "SCHED_BATCH" }),
          `the scheduling policy ${policy}`,
          "take one of SCHED_OTHER, SCHED_BATCH, SCHED_IDLE in process.scheduler",
        ] as const,
    ),
    [
      "a nice value below 0",
      schedules({ policy: "SCHED_OTHER", nice: -1 }),
      schedules({ policy: "SCHED_OTHER", nice: 0 }),
      "a nice value of -1",
      "one of 0 or more in process.scheduler",
    ],
    [
      "the I/O class of real time",
      (config) => {
        config.process.ioPriority = { class: "IOPRIO_CLASS_RT", priority: 7 };
      },
      (config) => {
        config.process.ioPriority = { class: "IOPRIO_CLASS_BE", priority: 0 };
      },
      "the I/O class IOPRIO_CLASS_RT",
      "take IOPRIO_CLASS_BE or IOPRIO_CLASS_IDLE in process.ioPriority",
    ],
  ] as readonly (readonly [string, Row["refused"], Row["admitted"], string, string])[]
).map(
  ([title, refused, admitted, what, remedy]): Row => ({
    control: "+",
    rule: "capabilities",
    title,
    refused,
    admitted,
    by: ALL,
    says: sentence(
      `${what}, which takes the capability SYS_NICE`,
      "Capabilities",
      `${remedy}, or ${SYS_NICE}`,
    ),
  }),
);

const bind =
  (source: string, destination = "/x", ...options: string[]) =>
  (config: Draft) => {
    config.mounts.push({ destination, type: "bind", source, options: ["rbind", ...options] });
  };
const VOLUME = "/var/lib/docker/volumes/v/_data";
const OUTSIDE = "it is outside the policy's host directories";

function mount(source: string, destination: string, reason: string): RegExp {
  return sentence(
    `the mount of "${source}" on "${destination}": ${reason}`,
    "HostPath Volumes",
    '(use a volume|mount it read-only).*; else (let the administrator write "hostPaths: { add: .*" in a policy in /etc/lockc/policy|take a policy that has "hostPaths: { allow: any }")',
    "LOCKC_E_MOUNT",
  );
}

const hostPaths: readonly Row[] = [
  ...[
    ["the host's root", "/"],
    ["/etc", "/etc"],
    ["a file of the host", "/etc/shadow"],
    ["all homes at once", "/home"],
    ["a neighbour of an allowed name", "/homes/x"],
    ["the engine's whole tree", "/var/lib/docker/volumes"],
    ["another container's files", "/var/lib/docker/containers/other/mounts/secrets"],
    ["the kubelet's pods", "/var/lib/kubelet/pods"],
    ["/proc", "/proc"],
  ].map(
    ([title, source]): Row => ({
      control: "B5",
      rule: "hostPaths",
      title: title!,
      refused: bind(source!),
      admitted: bind(VOLUME),
      by: ALL,
      says: mount(source!, "/x", OUTSIDE),
      setting: { host: { engineSockets: () => [] } },
    }),
  ),
  {
    control: "R1",
    rule: "hostPaths",
    title: "somebody's data",
    refused: bind("/home/me/data"),
    admitted: bind(VOLUME),
    by: ["restricted"],
    says: mount("/home/me/data", "/x", OUTSIDE),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "a bind that calls itself something else",
    refused: (config) => {
      config.mounts.push({
        destination: "/x",
        type: "tmpfs",
        source: "/etc/ssl",
        options: ["bind"],
      });
    },
    admitted: (config) => {
      config.mounts.push({ destination: "/x", type: "tmpfs", source: "/etc/ssl", options: [] });
    },
    by: ALL,
    says: mount("/etc/ssl", "/x", OUTSIDE),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "a bind without its option",
    refused: (config) => {
      config.mounts.push({ destination: "/x", type: "bind", source: "/etc/ssl" });
    },
    admitted: (config) => {
      config.mounts.push({ destination: "/x", type: "bind", source: VOLUME });
    },
    by: ALL,
    says: mount("/etc/ssl", "/x", OUTSIDE),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "a source below the bundle",
    refused: bind("config.json"),
    admitted: bind(VOLUME),
    by: ALL,
    says: mount(".*/config.json", "/x", OUTSIDE),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "a link that leads out",
    ...same(bind("/home/me/link")),
    setting: { places: { "/home/me/link": { path: "/etc/ssl" } } },
    twinSetting: { places: { "/home/me/link": { path: "/home/me/data" } } },
    by: ALL,
    twinBy: ["restricted"],
    says: mount(
      "/home/me/link",
      "/x",
      'it (leads to "/etc/ssl", which )?is outside the policy\'s host directories',
    ),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "a volume that shows another directory",
    ...same(bind(VOLUME)),
    setting: { places: { [VOLUME]: { mountpoint: VOLUME, otherNames: ["/etc/ssl"] } } },
    twinSetting: { places: { [VOLUME]: { mountpoint: VOLUME, otherNames: ["/srv/data"] } } },
    by: ALL,
    twinBy: ["restricted"],
    says: mount(
      VOLUME,
      "/x",
      'it shows "/etc/ssl", which is outside the policy\'s host directories',
    ),
  },
  ...[
    ...["overlay", "proc", "sysfs", "cgroup2", "debugfs", "devtmpfs", "mqueue", "nfsd"],
    ...["rpc_pipefs", "hugetlbfs", "minix", "erofs", "autofs", "anything-new"],
  ].map(
    (filesystem): Row => ({
      control: "B5",
      rule: "hostPaths",
      title: `a volume of type ${filesystem}`,
      ...same(bind(VOLUME)),
      setting: { places: { [VOLUME]: { mountpoint: VOLUME, filesystem } } },
      twinSetting: { places: { [VOLUME]: { mountpoint: VOLUME, filesystem: "nfs4" } } },
      by: ALL,
      says: sentence(
        `the mount of "${VOLUME}" on "/x": it is a mount of type ${filesystem}, which can show what is the host's own`,
        "HostPath Volumes",
        "use a plain volume \\(docker volume create without options\\), tmpfs, or a network file system",
        "LOCKC_E_MOUNT",
      ),
    }),
  ),
  {
    control: "B5",
    rule: "hostPaths",
    title: "a place for reading, mounted for writing",
    refused: bind("/usr/bin/docker-init", "/sbin/docker-init", "rw"),
    admitted: bind("/usr/bin/docker-init", "/sbin/docker-init", "ro"),
    by: ALL,
    says: mount("/usr/bin/docker-init", "/sbin/docker-init", "it may only be mounted read-only"),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "a place for reading, of which a later option says otherwise",
    refused: bind("/usr/bin/docker-init", "/sbin/docker-init", "ro", "rw"),
    admitted: bind("/usr/bin/docker-init", "/sbin/docker-init", "rw", "ro"),
    by: ALL,
    says: mount("/usr/bin/docker-init", "/sbin/docker-init", "it may only be mounted read-only"),
  },
  {
    control: "B5",
    rule: "hostPaths",
    title: "rro that rrw takes back",
    refused: bind("/usr/bin/docker-init", "/sbin/docker-init", "rro", "rrw"),
    admitted: bind("/usr/bin/docker-init", "/sbin/docker-init", "rrw", "rro"),
    by: ALL,
    says: mount("/usr/bin/docker-init", "/sbin/docker-init", "it may only be mounted read-only"),
  },
  ...[
    "/",
    "/home",
    "/etc/x",
    "/usr/lib/y",
    "/var/lib",
    "/var/lib/docker",
    "/var/lib/docker/overlay2",
    "/var/lib/docker/containers/c",
    "/var/lib/other/x",
    "/var/spool/cron",
    "/lib32/x",
    "/root/x",
    "/run/systemd/system",
    "/proc/1/root",
  ].map(
    (path): Row => ({
      control: "B5",
      rule: "hostPaths",
      title: `${path} as root file system`,
      refused: (config) => {
        config.root.path = path;
      },
      admitted: (config) => {
        config.root.path = `/var/lib/docker/overlay2/x${path}`;
      },
      by: ALL,
      says: sentence(
        `"${path}" as root file system: it belongs to the host`,
        "HostPath Volumes",
        "unpack the image into a directory of its own",
        "LOCKC_E_MOUNT",
      ),
    }),
  ),
  {
    control: "B5",
    rule: "hostPaths",
    title: "a root file system that is the host's under another name",
    ...same((config) => {
      config.root.path = "rootfs";
    }),
    setting: {
      from: { bundle: "/tmp/b", id: "c" },
      places: { "/tmp/b/rootfs": { otherNames: ["/"] } },
    },
    twinSetting: { from: { bundle: "/tmp/b", id: "c" }, places: {} },
    by: ALL,
    says: sentence(
      '"/tmp/b/rootfs" as root file system: "/", the same place, belongs to the host',
      "HostPath Volumes",
      "unpack the image",
      "LOCKC_E_MOUNT",
    ),
  },
];

const mounts: readonly Row[] = [
  ...[
    ["by a link", { path: "/run/docker.sock" }],
    ["by another name", { otherNames: ["/run/docker.sock"] }],
    ["in a directory", { otherNames: ["/run"] }],
  ].map(
    ([title, facts]): Row => ({
      control: "+",
      rule: "engineSockets",
      title: `the socket of an engine, ${title as string}`,
      ...same(bind("/home/me/s")),
      setting: { places: { "/home/me/s": facts as object } },
      twinSetting: { places: {} },
      by: ALL,
      twinBy: ["restricted"],
      says: sentence(
        'the mount of "/home/me/s" on "/x": i.* the socket of an engine \\(/run/docker.sock\\), through which one is root on the host',
        "rule engineSockets",
        "what must talk to the engine belongs under policy privileged",
        "LOCKC_E_MOUNT",
      ),
    }),
  ),
  ...["overlay", "ext4", "none", "", "bpf", "nfs"].map(
    (type): Row => ({
      control: "+",
      rule: "mountTypes",
      title: `a file system of type "${type}"`,
      refused: (config) => {
        config.mounts.push({ destination: "/x", type, source: "/dev/sda1" });
      },
      admitted: (config) => {
        config.mounts.push({ destination: "/x", type: "tmpfs", source: "/dev/sda1" });
      },
      by: ALL,
      says: sentence(
        `a file system of type "${type}" on "/x"`,
        "rule mountTypes",
        "take one of proc, sysfs, tmpfs",
        "LOCKC_E_MOUNT",
      ),
    }),
  ),
  ...["shared", "rshared"].flatMap((word): Row[] => [
    {
      control: "+",
      rule: "sharedMounts",
      title: `a mount that is ${word}`,
      refused: bind(VOLUME, "/x", word),
      admitted: bind(VOLUME, "/x", word.replace("shared", "slave")),
      by: ALL,
      says: sentence(
        `the mount of "${VOLUME}" on "/x" as shared, by which mounts made inside appear on the host`,
        "rule sharedMounts",
        "use rslave or rprivate",
        "LOCKC_E_MOUNT",
      ),
    },
    {
      control: "+",
      rule: "sharedMounts",
      title: `a root file system that is ${word}`,
      refused: (config) => {
        config.linux.rootfsPropagation = word;
      },
      admitted: (config) => {
        config.linux.rootfsPropagation = word.replace("shared", "slave");
      },
      by: ALL,
      says: sentence(
        `a root file system mounted ${word}`,
        "rule sharedMounts",
        "use rslave or rprivate",
      ),
    },
  ]),
];

const rule =
  (...rules: object[]) =>
  (config: Draft) => {
    config.linux.resources.devices.push(...(rules as Record<string, unknown>[]));
  };
const node =
  (...nodes: object[]) =>
  (config: Draft) => {
    config.linux.devices = nodes as NonNullable<Draft["linux"]["devices"]>;
  };
const DEVICE =
  'let the administrator write "devices: { add: .{ type: ., major: [0-9]+, minor: ([0-9]+|any), access: [rwm]+ }';
const device = (what: string, remedy = DEVICE) => sentence(what, "rule devices", remedy);

const devices: readonly Row[] = [
  {
    control: "+",
    rule: "devices",
    title: "the node of a character device",
    refused: node({ path: "/dev/kmsg", type: "c", major: 1, minor: 11 }),
    admitted: node({ path: "/dev/kmsg", type: "c", major: 1, minor: 3 }),
    by: ALL,
    says: device("the device /dev/kmsg \\(c 1:11\\)"),
  },
  {
    control: "+",
    rule: "devices",
    title: "the node of a character device by its older name",
    refused: node({ path: "/dev/mem", type: "u", major: 1, minor: 1 }),
    admitted: node({ path: "/dev/mem", type: "u", major: 1, minor: 8 }),
    by: ALL,
    says: device("the device /dev/mem \\(u 1:1\\)"),
  },
  {
    control: "+",
    rule: "devices",
    title: "a block device",
    refused: node({ path: "/dev/x", type: "b", major: 1, minor: 3 }),
    admitted: node({ path: "/dev/x", type: "c", major: 1, minor: 3 }),
    by: ALL,
    says: device("the block device /dev/x \\(b 1:3\\)"),
  },
  {
    control: "+",
    rule: "devices",
    title: "a device whose numbers become others when 32 bits are cut off",
    refused: node({ path: "/dev/x", type: "c", major: 1, minor: 2 ** 32 + 3 }),
    admitted: node({ path: "/dev/x", type: "c", major: 1, minor: 3 }),
    by: ALL,
    says: device("the device /dev/x \\(c 1:4294967299\\)"),
  },
  {
    control: "+",
    rule: "devices",
    title: "what is no fifo",
    refused: node({ path: "/dev/x", type: "b", major: 8, minor: 0 }),
    admitted: node({ path: "/dev/x", type: "p", major: 8, minor: 0 }),
    by: ALL,
    says: device("the block device /dev/x \\(b 8:0\\)"),
  },
  ...(
    [
      [{ type: "b", major: 8, minor: 0, access: "r" }, "devices b 8:0 \\(r\\)"],
      [{ type: "b", access: "rwm" }, "devices b \\*:\\* \\(rwm\\)"],
      [{ type: "c", major: 1, access: "w" }, "devices c 1:\\* \\(w\\)"],
      [{ type: "c", major: 1, minor: -1, access: "r" }, "devices c 1:\\* \\(r\\)"],
      [{ access: "rwm" }, "every device \\(rwm\\)"],
      [{ type: "a", access: "r" }, "every device \\(r\\)"],
      [{}, "every device \\(rwm\\)"],
      [{ type: "c", major: 10, minor: 229, access: "" }, "devices c 10:229 \\(rwm\\)"],
      [{ type: "c", major: 10, minor: 229, access: "mr" }, "devices c 10:229 \\(mr\\)"],
    ] as const
  ).map(
    ([wide, what]): Row => ({
      control: "+",
      rule: "devices",
      title: `access to ${what.replaceAll("\\", "")}`,
      refused: rule({ allow: true, ...wide }),
      admitted: rule({ allow: true, ...wide, access: "m" }),
      by: ALL,
      says: device(
        `access to ${what}`,
        "major" in wide ? DEVICE : 'take a policy that has "devices: { allow: any }"',
      ),
    }),
  ),
  {
    control: "+",
    rule: "devices",
    title: "a device that a later rule takes away again, for orders differ between runtimes",
    refused: rule(
      { allow: true, type: "b", major: 8, minor: 0, access: "r" },
      { allow: false, type: "b", major: 8, minor: 0, access: "r" },
    ),
    admitted: rule(
      { allow: false, type: "b", major: 8, minor: 0, access: "r" },
      { allow: false, type: "b", major: 8, minor: 0, access: "r" },
    ),
    by: ALL,
    says: device("access to devices b 8:0 \\(r\\)"),
  },
  ...(
    [
      ["no rules for devices at all", []],
      ["rules for devices of which none denies the rest", [{ allow: false, type: "b" }]],
      ["rules for devices that deny reading alone", [{ allow: false, access: "r" }]],
    ] as const
  ).map(
    ([title, rules]): Row => ({
      control: "+",
      rule: "devices",
      title,
      refused: (config) => {
        config.linux.resources.devices = [...rules];
      },
      admitted: (config) => {
        config.linux.resources.devices = [...rules, { allow: false, access: "rwm" }];
      },
      by: ALL,
      says: device(
        "access to every device, since no rule denies those that are not listed",
        '\\{"allow":false,"access":"rwm"\\}',
      ),
    }),
  ),
  {
    control: "+",
    rule: "devices",
    title: "a node of other numbers than the host's, which a user namespace would bind",
    ...same((config) => {
      config.linux.namespaces.push({ type: "user" });
      config.linux.uidMappings = [{ containerID: 0, hostID: 100000, size: 65536 }];
      node({ path: "/dev/sda", type: "c", major: 1, minor: 3 })(config);
    }),
    setting: { host: { deviceAt: () => ({ type: "b", major: 8, minor: 0 }) } },
    twinSetting: { host: { deviceAt: () => ({ type: "c", major: 1, minor: 3 }) } },
    by: ALL,
    says: device("the device /dev/sda, which on the host is not c 1:3", "tell the device"),
  },
];

const sysctl = (name: string) => (config: Draft) => {
  config.linux.sysctl[name] = "1";
};

const sysctls: readonly Row[] = [
  "kernel.core_pattern",
  "kernel/core_pattern",
  "net.ipv4.ip_forward",
  "net.ipv4.tcp_syncookies.x",
  "net.ipv4.tcp_syncookies/../../../kernel/core_pattern",
  "NET.IPV4.TCP_SYNCOOKIES",
].map(
  (name): Row => ({
    control: "B12",
    rule: "sysctls",
    title: `the kernel parameter ${name}`,
    refused: sysctl(name),
    admitted: sysctl(name.includes("/") ? "net/ipv4/tcp_syncookies" : "net.ipv4.tcp_syncookies"),
    by: ALL,
    says: sentence(
      `the kernel parameter ${name.replaceAll("/", ".")}`,
      "Sysctls",
      /[A-Z]/.test(name)
        ? 'without --sysctl of it, or take a policy that has "sysctls: { allow: any }"'
        : `without --sysctl of it, .*"sysctls: \\{ add: \\[${name.replaceAll("/", ".")}\\] \\}"`,
    ),
  }),
);

const profile = (name: string | undefined) => (config: Draft) => {
  if (name === undefined) delete config.process.apparmorProfile;
  else config.process.apparmorProfile = name;
};
const label = (text: string) => (config: Draft) => {
  config.process.selinuxLabel = text;
};
const SELINUX = { host: { selinux: () => true } };
const selinux = (text: string) =>
  sentence(
    `the SELinux label "${text}"`,
    "SELinux",
    "without --security-opt label \\(seLinuxOptions\\)",
  );

const modules: readonly Row[] = [
  ...[
    undefined,
    "",
    "unconfined",
    "unconfined ",
    " unconfined\n",
    "unconfined//&docker-default",
    ":x:unconfined",
  ].map(
    (name): Row => ({
      control: "B8",
      rule: "apparmor",
      title: `an AppArmor profile that is ${JSON.stringify(name) ?? "missing"}`,
      refused: profile(name),
      admitted: profile("not-unconfined"),
      by: ALL,
      says: sentence(
        "a container without an AppArmor profile",
        "AppArmor",
        "without --security-opt apparmor=unconfined \\(appArmorProfile",
      ),
    }),
  ),
  {
    control: "B8",
    rule: "apparmor",
    title: "no AppArmor profile, where the host has AppArmor",
    ...same(profile(undefined)),
    setting: { host: { apparmor: () => true } },
    twinSetting: { host: { apparmor: () => false } },
    by: ALL,
    says: sentence("a container without an AppArmor profile", "AppArmor", "start it"),
  },
  ...[
    "system_u:system_r:spc_t:s0",
    "unconfined_u:system_r:container_t:s0",
    "system_u:unconfined_r:container_t:s0",
    "system_u:system_r:container_file_t:s0",
    "container_t",
    "::container_t:",
  ].map(
    (text): Row => ({
      control: "B9",
      rule: "selinuxTypes",
      title: `the SELinux label ${text}`,
      refused: label(text),
      admitted: label("system_u:system_r:container_t:s0:c1,c2"),
      setting: SELINUX,
      twinSetting: SELINUX,
      by: ALL,
      says: selinux(text),
    }),
  ),
  {
    control: "B9",
    rule: "selinuxTypes",
    title: "mounts of another type than a container's files",
    refused: (config) => {
      config.linux.mountLabel = "system_u:object_r:shadow_t:s0";
    },
    admitted: (config) => {
      config.linux.mountLabel = "system_u:object_r:container_file_t:s0";
    },
    setting: SELINUX,
    twinSetting: SELINUX,
    by: ALL,
    says: selinux("system_u:object_r:shadow_t:s0"),
  },
  {
    control: "B9",
    rule: "selinuxTypes",
    title: "a wrong label, where the host has SELinux",
    ...same(label("system_u:system_r:spc_t:s0")),
    setting: SELINUX,
    twinSetting: { host: { selinux: () => false } },
    by: ALL,
    says: selinux("system_u:system_r:spc_t:s0"),
  },
];

/** The paths, as Kubernetes masks them and as baseline wants them. */
const MASKED =
  "/proc/acpi /proc/kcore /proc/keys /proc/latency_stats /proc/sched_debug /proc/scsi /proc/timer_list /proc/timer_stats /sys/firmware".split(
    " ",
  );
const READONLY = "/proc/asound /proc/bus /proc/fs /proc/irq /proc/sys /proc/sysrq-trigger".split(
  " ",
);
const minus = (paths: readonly string[], path: string) => paths.filter((other) => other !== path);
const hidden = (paths: string) =>
  sentence(
    `a container in which nothing hides ${paths}`,
    "/proc Mount Type",
    "systempaths=unconfined \\(procMount: Unmasked\\), or list them in linux.maskedPaths",
  );
const userNamespace = (config: Draft) => {
  config.linux.namespaces.push({ type: "user" });
  config.linux.uidMappings = [{ containerID: 0, hostID: 100000, size: 65536 }];
};

const respelled = (config: Draft) => {
  for (const mount of config.mounts) {
    if (mount.destination === "/proc") mount.destination = "//proc/";
  }
};

const paths: readonly Row[] = [
  ...MASKED.flatMap((path): Row[] => [
    {
      control: "B10",
      rule: "maskedPaths",
      title: `${path}, when nothing hides it`,
      refused: (config) => {
        config.linux.maskedPaths = minus(config.linux.maskedPaths, path);
      },
      admitted: nothing,
      by: ALL,
      says: hidden(path),
    },
    {
      control: "B10",
      rule: "maskedPaths",
      title: `${path}, when nothing hides it and the host has it`,
      ...same((config) => {
        config.linux.maskedPaths = minus(config.linux.maskedPaths, path);
      }),
      setting: { host: { exists: () => true } },
      twinSetting: { host: { exists: (asked) => asked !== path } },
      by: ALL,
      says: hidden(path),
    },
  ]),
  {
    control: "B10",
    rule: "maskedPaths",
    title: "a mask on the root, which hides nothing",
    refused: (config) => {
      config.linux.maskedPaths = ["/", "/proc/asound"];
    },
    admitted: (config) => {
      config.linux.maskedPaths = ["/proc", "/sys/firmware"];
    },
    by: ALL,
    says: hidden("/proc/acpi, /proc/kcore, .* and 3 more"),
  },
  {
    control: "B10",
    rule: "maskedPaths",
    title: "what is not hidden in a /proc that is spelled otherwise",
    refused: (config) => {
      respelled(config);
      config.linux.maskedPaths = minus(config.linux.maskedPaths, "/proc/kcore");
    },
    admitted: (config) => {
      respelled(config);
    },
    by: ALL,
    says: hidden("/proc/kcore"),
  },
  {
    control: "B10",
    rule: "maskedPaths",
    title: "what is not hidden, where /proc is mounted",
    refused: (config) => {
      config.linux.maskedPaths = ["/sys/firmware", "/proc/asound"];
    },
    admitted: (config) => {
      config.linux.maskedPaths = ["/sys/firmware", "/proc/asound"];
      config.mounts = config.mounts.filter(({ destination }) => destination !== "/proc");
    },
    by: ALL,
    says: hidden("/proc/acpi, .* and 2 more"),
  },
  ...READONLY.map(
    (path): Row => ({
      control: "B10",
      rule: "readonlyPaths",
      title: `${path}, when it can be written`,
      refused: (config) => {
        config.linux.readonlyPaths = minus(config.linux.readonlyPaths, path);
        config.linux.maskedPaths = minus(config.linux.maskedPaths, path);
      },
      admitted: (config) => {
        config.linux.readonlyPaths = minus(config.linux.readonlyPaths, path);
        config.linux.maskedPaths = [...config.linux.maskedPaths, path];
      },
      by: ALL,
      says: sentence(
        `a container in which nothing makes read-only ${path}`,
        "/proc Mount Type",
        "list them in linux.readonlyPaths",
      ),
    }),
  ),
  {
    control: "B10",
    rule: "maskedPaths",
    title: "what is not hidden from whoever is the host's root",
    refused: (config) => {
      userNamespace(config);
      config.linux.uidMappings!.push({ containerID: 70000, hostID: 0, size: 1 });
      config.linux.maskedPaths = minus(config.linux.maskedPaths, "/proc/keys");
    },
    admitted: (config) => {
      userNamespace(config);
      config.linux.maskedPaths = minus(config.linux.maskedPaths, "/proc/keys");
    },
    by: ALL,
    twinBy: ["restricted"],
    says: hidden("/proc/keys"),
  },
  {
    control: "R7",
    rule: "maskedPaths",
    title: "what is not hidden, though a user namespace makes root an ordinary user",
    refused: (config) => {
      userNamespace(config);
      config.linux.maskedPaths = minus(config.linux.maskedPaths, "/proc/keys");
    },
    admitted: userNamespace,
    by: ["restricted"],
    says: hidden("/proc/keys"),
  },
  {
    control: "R7",
    rule: "readonlyPaths",
    title: "what can be written, though a user namespace makes root an ordinary user",
    refused: (config) => {
      userNamespace(config);
      config.linux.readonlyPaths = minus(config.linux.readonlyPaths, "/proc/sys");
    },
    admitted: userNamespace,
    by: ["restricted"],
    says: /nothing makes read-only \/proc\/sys \(rule readonlyPaths\.require; Pod Security Standards: \/proc Mount Type\)/,
  },
];

const filter = (seccomp: object | undefined) => (config: Draft) => {
  if (seccomp === undefined) delete config.linux.seccomp;
  else config.linux.seccomp = seccomp as NonNullable<Draft["linux"]["seccomp"]>;
};
const DENY = { names: ["bpf"], action: "SCMP_ACT_ERRNO" };
const unfiltered = sentence(
  "a container without a seccomp filter",
  "Seccomp",
  "without --security-opt seccomp=unconfined",
);

const seccomp: readonly Row[] = (
  [
    ["no filter", undefined],
    ["a filter that allows everything", { defaultAction: "SCMP_ACT_ALLOW" }],
    ["a filter that only logs", { defaultAction: "SCMP_ACT_LOG" }],
    ["a filter that only asks", { defaultAction: "SCMP_ACT_NOTIFY" }],
    [
      "a filter whose rules allow",
      { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ ...DENY, action: "SCMP_ACT_TRACE" }] },
    ],
    [
      "a filter whose denial is of no system call",
      { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ ...DENY, names: [] }] },
    ],
  ] as const
).map(
  ([title, without]): Row => ({
    control: "B11",
    rule: "seccomp",
    title,
    refused: filter(without),
    admitted: filter({ defaultAction: "SCMP_ACT_ALLOW", syscalls: [DENY] }),
    by: ALL,
    says: unfiltered,
  }),
);

const CONTAINERD = {
  bundle: "/run/containerd/io.containerd.runtime.v2.task/default/c",
  id: "c",
} as const;

const process: readonly Row[] = [
  {
    control: "R2",
    rule: "noNewPrivileges",
    title: "a process that may gain privileges",
    refused: (config) => {
      delete config.process.noNewPrivileges;
    },
    admitted: nothing,
    by: ["restricted"],
    says: sentence(
      "a container whose setuid programs may give more than their caller has",
      "Privilege Escalation",
      "no-new-privileges \\(allowPrivilegeEscalation: false\\)",
    ),
  },
  ...[{ uid: 0, gid: 0 }, {}].map(
    (user): Row => ({
      control: "R3",
      rule: "nonRoot",
      title: `user 0, ${"uid" in user ? "told" : "left out"}`,
      refused: (config) => {
        config.process.user = user;
      },
      admitted: (config) => {
        config.process.user = { ...user, uid: 1 };
      },
      by: ["restricted"],
      says: sentence(
        "a first process that is user 0",
        "Running as Non-root",
        "--user 1000, runAsUser",
      ),
    }),
  ),
  {
    control: "R4",
    rule: "nonRoot",
    title: "user 0, when the user namespace makes it the host's",
    refused: (config) => {
      config.process.user = { uid: 0, gid: 0 };
      config.linux.namespaces.push({ type: "user" });
      config.linux.uidMappings = [{ containerID: 0, hostID: 0, size: 65536 }];
    },
    admitted: (config) => {
      config.process.user = { uid: 0, gid: 0 };
      userNamespace(config);
    },
    by: ["restricted"],
    says: /a first process that is user 0/,
  },
  {
    control: "R4",
    rule: "nonRoot",
    title: "user 1000, when a mapping makes that the host's root",
    refused: (config) => {
      config.linux.namespaces.push({ type: "user" });
      config.linux.uidMappings = [
        { containerID: 0, hostID: 1000, size: 1 },
        { containerID: 1000, hostID: 0, size: 1 },
      ];
    },
    admitted: (config) => {
      config.linux.namespaces.push({ type: "user" });
      config.linux.uidMappings = [
        { containerID: 0, hostID: 1000, size: 1 },
        { containerID: 1000, hostID: 2000, size: 1 },
      ];
    },
    by: ["restricted"],
    says: /a first process that is user 0/,
  },
  {
    control: "R4",
    rule: "nonRoot",
    title: "user 0, when a user namespace is joined whose mapping nobody tells",
    refused: (config) => {
      config.process.user = { uid: 0, gid: 0 };
      config.linux.namespaces.push({ type: "user", path: "/proc/77/ns/user" });
    },
    admitted: (config) => {
      config.process.user = { uid: 1, gid: 0 };
      config.linux.namespaces.push({ type: "user", path: "/proc/77/ns/user" });
    },
    by: ["restricted"],
    says: /a first process that is user 0/,
  },
  {
    control: "R5",
    rule: "seccomp",
    title: "no filter, also of engines that give none",
    refused: filter(undefined),
    admitted: nothing,
    setting: { from: CONTAINERD },
    twinSetting: { from: CONTAINERD },
    by: ["restricted"],
    says: sentence(
      "a container without a seccomp filter",
      "Seccomp",
      "seccompProfile.type: RuntimeDefault, ctr run --seccomp",
    ),
  },
  {
    control: "+",
    rule: "groups",
    title: "the group of an engine's socket",
    refused: (config) => {
      config.process.user = { uid: 1000, gid: 1000, additionalGids: [999] };
    },
    admitted: (config) => {
      config.process.user = { uid: 1000, gid: 1000, additionalGids: [998] };
    },
    by: ALL,
    says: sentence(
      "a process in group 999, to which an engine's socket belongs \\(/run/docker.sock\\)",
      "rule groups",
      "without --group-add of it \\(supplementalGroups\\)",
    ),
  },
  {
    control: "+",
    rule: "groups",
    title: "the group of an engine's socket as the first one",
    refused: (config) => {
      config.process.user = { uid: 1000, gid: 999 };
    },
    admitted: (config) => {
      config.process.user = { uid: 999, gid: 1000 };
    },
    by: ALL,
    says: /a process in group 999/,
  },
  ...[-1, -1000].map(
    (least): Row => ({
      control: "+",
      rule: "oomScoreAdj",
      title: `an oom_score_adj of ${least}`,
      refused: (config) => {
        config.process.oomScoreAdj = least;
      },
      admitted: (config) => {
        config.process.oomScoreAdj = 0;
      },
      by: ALL,
      says: sentence(
        `an oom_score_adj of ${least}, which leaves others to the out-of-memory killer`,
        "rule oomScoreAdj",
        "--oom-score-adj 0 or more",
      ),
    }),
  ),
];

const DISTRUST = { host: { distrust: () => "others may write /x" } };
const hook = (stage: string) => (config: Draft) => {
  config.hooks = { [stage]: [{ path: "/x/hook" }] };
};

/** A createContainer hook, and that variable in the container's environment. */
const steering =
  (variable: string, stage = "createContainer", more: Readonly<Record<string, unknown>> = {}) =>
  (config: Draft) => {
    config.hooks = { [stage]: [{ path: "/x/hook", ...more }] };
    config.process.env = ["PATH=/usr/bin:/bin", "HOME=/root", variable];
  };
const LEADING = {
  host: {
    distrustPlace: (path: string) =>
      path === "/srv/lib" ? "others may write /srv/lib" : undefined,
  },
};

const others: readonly Row[] = [
  ...["LD_PRELOAD=/lib/a.so", "BASH_ENV=a", "PYTHONSTARTUP=/a", "LD_AUDIT=x", "ENV=production"].map(
    (variable): Row => ({
      control: "+",
      rule: "hookEnvironment",
      title: `${variable} beside a createContainer hook`,
      refused: steering(variable),
      admitted: steering(variable.replace(/=.*/, "=")),
      by: ALL,
      says: sentence(
        `the variable ${variable.replace(/=.*/, "")} of the container's environment, with which the createContainer hook "/x/hook" runs on the host: loaders and interpreters find code by it, which may be the container's`,
        "rule hookEnvironment",
        `leave it empty \\(--env ${variable.replace(/=.*/, "")}=\\), give the hook an environment of its own`,
      ),
    }),
  ),
  ...["prestart", "createRuntime", "startContainer", "poststart", "poststop"].map(
    (stage): Row => ({
      control: "+",
      rule: "hookEnvironment",
      title: `LD_PRELOAD, where a ${stage} hook does not get it`,
      refused: steering("LD_PRELOAD=./evil.so"),
      admitted: steering("LD_PRELOAD=./evil.so", stage),
      by: ALL,
      says: /the variable LD_PRELOAD of/,
    }),
  ),
  {
    control: "+",
    rule: "hookEnvironment",
    title: "LD_PRELOAD, where the hook has an environment of its own",
    refused: steering("LD_PRELOAD=./evil.so", "createContainer", { env: [] }),
    admitted: steering("LD_PRELOAD=./evil.so", "createContainer", { env: ["A=b"] }),
    by: ALL,
    says: /the variable LD_PRELOAD of/,
  },
  ...["lib", ".", "/usr/lib:", ":/usr/lib", "/usr/lib;lib"].map(
    (value): Row => ({
      control: "+",
      rule: "hookEnvironment",
      title: `LD_LIBRARY_PATH=${value}, which leads into the root file system`,
      refused: steering(`LD_LIBRARY_PATH=${value}`),
      admitted: steering("LD_LIBRARY_PATH=/usr/local/nvidia/lib:/usr/local/nvidia/lib64"),
      by: ALL,
      says: /the variable LD_LIBRARY_PATH of .*: it leads to "[a-z.]*" in the container's own files/,
    }),
  ),
  ...["HOME", "PATH", "PYTHONPATH", "XDG_CONFIG_HOME", "TMPDIR"].map(
    (name): Row => ({
      control: "+",
      rule: "hookEnvironment",
      title: `${name} that leads where others may write`,
      ...same(steering(`${name}=/srv/lib`)),
      setting: LEADING,
      twinSetting: { host: HOST },
      by: ALL,
      says: new RegExp(
        `the variable ${name} of .*: it leads to "/srv/lib", and others may write /srv/lib`,
      ),
    }),
  ),
  {
    control: "+",
    rule: "hookEnvironment",
    title: "an empty PATH, which is the working directory",
    refused: steering("PATH="),
    admitted: steering("HOME="),
    by: ALL,
    says: /the variable PATH of .*: it leads to "\."/,
  },
  {
    control: "+",
    rule: "hookEnvironment",
    title: "variables of Python, but for what images set",
    refused: steering("PYTHONINSPECT=1"),
    admitted: steering("PYTHONUNBUFFERED=1"),
    by: ALL,
    says: /the variable PYTHONINSPECT of/,
  },
  ...["prestart", "createRuntime", "createContainer", "poststart", "poststop"].flatMap(
    (stage): Row[] => [
      {
        control: "+",
        rule: "hooks",
        title: `a ${stage} hook that others than root can change`,
        ...same(hook(stage)),
        setting: DISTRUST,
        twinSetting: { host: HOST },
        by: ALL,
        says: sentence(
          `the ${stage} hook "/x/hook", which runs on the host: others may write /x`,
          "rule hooks",
          "let root alone own and write it, outside of the container's files",
        ),
      },
      {
        control: "+",
        rule: "hooks",
        title: `a ${stage} hook, where one that runs inside is the container's own affair`,
        refused: hook(stage),
        admitted: hook("startContainer"),
        setting: DISTRUST,
        twinSetting: DISTRUST,
        by: ALL,
        says: /which runs on the host/,
      },
    ],
  ),
  {
    control: "+",
    rule: "hooks",
    title: "a seccomp listener that others than root can change",
    ...same((config) => {
      const filter = config.linux.seccomp ?? { defaultAction: "SCMP_ACT_ALLOW" };
      config.linux.seccomp = { ...filter, listenerPath: "/run/agent.sock" };
    }),
    setting: {
      host: {
        distrust: (path) => (path === "/run/agent.sock" ? "others may write /x" : undefined),
      },
    },
    twinSetting: { host: HOST },
    by: ALL,
    says: sentence(
      'the seccomp listener "/run/agent.sock", by which a program of the host decides system calls: others may write /x',
      "rule hooks",
      "let root alone own and write it",
    ),
  },
  {
    control: "+",
    rule: "hostNamespaces",
    title: "a network device of the host",
    refused: (config) => {
      config.linux.netDevices = { eth0: { name: "lan" }, eth1: {} };
    },
    admitted: (config) => {
      config.linux.netDevices = {};
    },
    by: ALL,
    says: sentence(
      "the network devices eth0, eth1 of the host, which would leave its network namespace",
      "Host Namespaces",
      "leave linux.netDevices out",
      "LOCKC_E_NAMESPACE",
    ),
  },
  ...[
    "run.oci.hooks.stdout",
    "run.oci.seccomp.receiver",
    "run.oci.",
    "bundle",
    "org.systemd.property.ExecStartPre",
    "org.criu.config",
    "run.oci.handler",
    "module.wasm.image/variant",
    "com.example.runtime",
    "com.example.prefix.x",
  ].map(
    (name): Row => ({
      control: "+",
      rule: "unsafeAnnotations",
      title: `the annotation ${name}`,
      refused: (config) => {
        config.annotations[name] = "x";
      },
      admitted: (config) => {
        config.annotations[`x.${name}`] = "x";
      },
      setting: { unsafeAnnotations: ["com.example.runtime", "com.example.prefix."] },
      twinSetting: { unsafeAnnotations: ["com.example.runtime", "com.example.prefix."] },
      by: ALL,
      says: sentence(
        `the annotation "${name}", which changes what the runtime does on the host`,
        "rule unsafeAnnotations",
        "leave it out \\(images can carry annotations too\\)",
      ),
    }),
  ),
  {
    control: "+",
    rule: "unsafeAnnotations",
    title: "systemd properties but for those that Podman gives by itself",
    refused: (config) => {
      config.annotations["org.systemd.property.TimeoutStopUSec2"] = "x";
    },
    admitted: (config) => {
      config.annotations["org.systemd.property.TimeoutStopUSec"] = "x";
    },
    by: ALL,
    says: /the annotation "org.systemd.property.TimeoutStopUSec2"/,
  },
];

export const ROWS: readonly Row[] = [
  ...privileged,
  ...namespaces,
  ...capabilities,
  ...priorities,
  ...hostPaths,
  ...mounts,
  ...devices,
  ...sysctls,
  ...modules,
  ...paths,
  ...seccomp,
  ...process,
  ...others,
];
