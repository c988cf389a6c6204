// SPDX-License-Identifier: Apache-2.0
/** A host with a little of everything, as the screens of texts.ts show it. */
import type { Event } from "../../core/generated/event.ts";
import type { Reason } from "../../ctl/advice/explain.ts";
import { placeByText, roadTo } from "../../ctl/advice/road.ts";
import { compare } from "../../ctl/container/rates.ts";
import type { Finding } from "../../ctl/doctor/checks.ts";
import { lostEvents } from "../../ctl/event/decode.ts";
import type { ContainerStatus, Status } from "../../ctl/status/read.ts";
import type { Explanation } from "../../ctl/verb/policy/explain.ts";

const CREATED = "2026-03-01T12:00:00Z";

const container = (
  key: number,
  id: string,
  name: string | null,
  more: Partial<ContainerStatus> = {},
): ContainerStatus => ({
  key: key.toString(16).padStart(16, "0"),
  id,
  name,
  root: "/run/docker/runtime-runc/moby",
  policy: "baseline",
  mode: "enforce",
  phase: "running",
  tasks: 7,
  denials: 0,
  audits: 0,
  rules: { denials: {}, audits: {} },
  started: true,
  created: CREATED,
  whyNot: null,
  ...more,
});

export const CONTAINERS: readonly ContainerStatus[] = [
  container(1, "0123456789abcdef".repeat(4), "web", { denials: 12 }),
  container(2, "fedcba9876543210".repeat(4), "shop/front-7d9f8b6c5d-x2x4z/nginx", {
    policy: "restricted",
    tasks: 120,
    denials: 1234567,
  }),
  container(3, "0f".repeat(32), "job", {
    policy: "tried-out",
    mode: "audit",
    audits: 34,
    whyNot: "its policy only audits mounting, kernelLog, otherProcesses, pseudoFiles",
  }),
  container(4, "by-hand", null, {
    root: "/run/runc",
    policy: "privileged",
    mode: "none",
    phase: "created",
    tasks: 1,
    started: false,
    whyNot: 'policy "privileged" has the kernel hold nothing',
  }),
];

export const STATUS: Status = {
  version: "0.0.0",
  kernel: {
    release: "6.1.0-41-amd64",
    btf: true,
    bpfLsm: "active",
    lsm: ["landlock", "lockdown", "yama", "apparmor", "bpf"],
    preemption: "voluntary",
    attach: "lsm",
    why: null,
    remedy: null,
  },
  loaded: true,
  programs: {
    attached: 72,
    expected: 72,
    missing: [],
    attach: "lsm",
    unsound: null,
    lacking: ["lockc_inode_set_acl", "lockc_inode_remove_acl", "lockc_inode_file_setattr"],
  },
  defaultPolicy: "baseline",
  policies: (
    [
      ["baseline", "enforce", 1, 19],
      ["offline", "enforce", 0, 20],
      ["privileged", "none", 1, 0],
      ["restricted", "enforce", 1, 23],
      ["tried-out", "audit", 1, 4],
    ] as const
  ).map(([name, mode, containers, rules]) => ({
    name,
    description: `${name}.`,
    confines: Array.from({ length: rules }, (_, index) => `rule${index}`),
    mode,
    containers,
  })),
  broken: [
    {
      name: "shop",
      file: "/etc/lockc/policy/shop.yaml",
      why: '/etc/lockc/policy/shop.yaml:3:8: bpf.allow: "no" is not true or false',
      inForce: false,
    },
  ],
  containers: CONTAINERS,
  runtime: "/usr/bin/runc",
  engineRoots: [
    ...["/var/lib/docker", "/run/docker", "/var/lib/containerd", "/run/containerd"],
    ...["/var/lib/buildkit", "/var/lib/containers/storage", "/run/containers/storage"],
    "/var/lib/kubelet",
  ],
  guard: { mode: "audit", denials: 0, audits: 3, last: { comm: "containerd-shim", pid: 4711 } },
  strays: [
    {
      pid: 815,
      command: "sleep",
      container: "0123456789abcdef".repeat(4),
      name: "web",
      key: "0000000000000001",
      shares: "mounts",
    },
  ],
  freed: [{ id: "0e".repeat(32), name: null, policy: "baseline", processes: [] }],
  loosened: [
    {
      id: "0f".repeat(32),
      name: "job",
      policy: "tried-out",
      rules: ["mounting", "kernelLog", "otherProcesses"],
    },
  ],
  notes: ["the active security modules cannot be read: securityfs is not mounted"],
};

/** The same, with all in order. */
export const WELL: Status = {
  ...STATUS,
  version: "0.1.0",
  programs: { ...STATUS.programs, lacking: [] },
  policies: STATUS.policies.slice(0, 4).map((policy) => ({
    ...policy,
    containers: ["baseline", "privileged"].includes(policy.name) ? 1 : 0,
  })),
  broken: [],
  containers: [
    CONTAINERS[0]!,
    { ...CONTAINERS[3]!, id: "0f".repeat(32), name: "job", phase: "running", started: true },
  ],
  guard: { mode: "off", denials: 0, audits: 0, last: null },
  strays: [],
  freed: [],
  loosened: [],
  notes: [],
};

export const FINDINGS: readonly Finding[] = [
  {
    check: "kernel",
    level: "ok",
    sentence: "kernel 6.1.0-41-amd64, built with CONFIG_BPF_LSM",
    remedy: null,
  },
  {
    check: "docker",
    level: "warning",
    sentence:
      "Docker knows lockc, but its default runtime is runc, so containers that name no runtime are not contained",
    remedy: 'set "default-runtime": "lockc" in /etc/docker/daemon.json, and restart docker',
  },
  {
    check: "programs",
    level: "fault",
    sentence: "1 of 72 programs are not attached: lockc_syslog",
    remedy: "run lockctl load",
  },
];

const EVENT: Event = {
  ...lostEvents(1, Date.UTC(2026, 2, 1, 12)),
  sequence: 41,
  event: "denied",
  rule: "pseudoFiles",
  hook: "file_open",
  policy: "baseline",
  container: { key: "0000000000000001", id: "0123456789abcdef".repeat(4), name: "web" },
  msg: '"node" (4711) in container "web" was refused opening "/proc/interrupts": rule pseudoFiles of policy "baseline"',
};

export const EVENTS: readonly Event[] = [
  {
    ...EVENT,
    sequence: 7,
    event: "refused",
    msg: 'lockc-runc did not create container "brave_euler": policy "baseline" refuses the mount of "/etc" on "/host": it is outside the policy\'s host directories; use a volume, or a directory below /home, /srv, /mnt',
  },
  EVENT,
  {
    ...EVENT,
    level: "info",
    sequence: 1234567,
    event: "audited",
    msg: '"sh" (12) in container "0f0f0f0f0f0f" was let through, though refused otherwise, 3 times',
  },
  lostEvents(3, Date.UTC(2026, 2, 1, 13)),
];

const SAID = {
  written: null,
  change: null,
  gives: null,
  never: null,
  instead: null,
  note: null,
  road: null,
};

const CHANGE = `name: baseline-own
description: baseline, and what was missing.
extends: baseline

pseudoFiles:
  add:
    # as the event says
    - { filesystem: proc, path: /interrupts, access: read-only }
`;

const PLACES = {
  policies: ["/usr/share/lockc/policy", "/etc/lockc/policy"],
  settings: "/etc/lockc/lockc.yaml",
  entrances: ["/usr/bin/lockc-runc"],
};

export const ROAD = roadTo(
  {
    name: "baseline-own",
    place: placeByText("baseline-own", CHANGE.replace(/^ *#.*\n/gm, ""), PLACES),
    running: "web",
  },
  { places: PLACES, settingsText: "" },
);

export const REASONS: readonly Reason[] = [
  {
    ...SAID,
    event: EVENT,
    total: 12,
    written: "/usr/share/lockc/policy/baseline.yaml:177:7",
    change: CHANGE,
    road: ROAD,
    gives: "it opens this file, and what is below it",
  },
  {
    ...SAID,
    event: {
      ...EVENT,
      sequence: 43,
      rule: "bpf",
      hook: "bpf",
      msg: '"node" (4711) in container "web" was refused using bpf(2): rule bpf of policy "baseline"',
    },
    total: 1,
    written: "/usr/share/lockc/policy/baseline.yaml:146:8",
    never: "by bpf(2) a program gets into the kernel, and lockc itself can be taken off",
    instead: "run what needs it on the host",
  },
];

/** Two looks, a second apart. */
export const WATCHED = compare(
  { timeNs: 0n, containers: CONTAINERS.slice(0, 2), newest: new Map(), dropped: 0 },
  {
    timeNs: 1_000_000_000n,
    containers: CONTAINERS.map((one, at) => ({ ...one, denials: one.denials + 4 - at })),
    newest: new Map([
      [EVENT.container!.key, { ...EVENT, object: { type: "file", path: "/proc/interrupts" } }],
    ]),
    dropped: 3,
  },
  Date.UTC(2026, 2, 1, 12, 0, 7),
);

const JUDGED: Explanation = {
  id: "0123456789abcdef".repeat(4),
  bundle: "/run/containerd/io.containerd.runtime.v2.task/moby/0123",
  engine: "docker",
  namespace: null,
  policy: "baseline",
  reasons: ["the container runs under it", "/etc/lockc/lockc.yaml sets the floor baseline"],
  verdict: "refused",
  checks: [
    { rule: "hostNamespaces", control: "Host Namespaces", result: "pass", findings: [] },
    {
      rule: "hostPaths",
      control: "HostPath Volumes",
      result: "deny",
      findings: [
        {
          message:
            'policy "baseline" refuses the mount of "/etc" on "/host": it is outside the policy\'s host directories (rule hostPaths.allow; Pod Security Standards: HostPath Volumes)',
          remedy:
            'use a volume, or a directory below /home, /srv, /mnt, or let the administrator write "hostPaths: { add: [{ path: /etc, access: read-only }] }" in a policy',
        },
      ],
    },
  ],
  held: ["mounting", "kernelLog", "otherProcesses", "pseudoFiles"],
  error: null,
  unread: [],
  elsewhere: [],
};

export const EXPLANATIONS: readonly Explanation[] = [
  JUDGED,
  {
    ...JUDGED,
    id: "db",
    bundle: null,
    reasons: ["the label org.lockc.policy asks for it"],
    verdict: "admitted",
    checks: JUDGED.checks.slice(0, 1),
    unread: ["services.db.deploy, which is for a swarm"],
    elsewhere: ["the user that the image names"],
  },
  {
    ...JUDGED,
    id: "cache",
    bundle: null,
    policy: null,
    reasons: [],
    checks: [],
    held: [],
    error: {
      code: "LOCKC_E_POLICY",
      message: 'policy "basline" (label org.lockc.policy) does not exist or is not valid',
      hint: 'did you mean "baseline"?',
    },
  },
];
