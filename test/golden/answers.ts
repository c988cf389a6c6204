// SPDX-License-Identifier: Apache-2.0
/** What each verb's --json prints, of the host of subjects.ts: programs read it, so its keys stay. */
import { join } from "node:path";
import type { ContainerSummary } from "../../ctl/container/containers.ts";
import type { ProcessSummary } from "../../ctl/container/processes.ts";
import { ENGINES } from "../../ctl/engine/change.ts";
import type { EngineFacts } from "../../ctl/engine/engines.ts";
import { reportOf } from "../../ctl/engine/report.ts";
import type { Places } from "../../ctl/host/places.ts";
import { comparePolicies } from "../../ctl/policy/compare.ts";
import { findPolicy } from "../../ctl/policy/sources.ts";
import type { PolicyChange } from "../../ctl/verb/container/policy.ts";
import type { ContainerDetails } from "../../ctl/verb/container/show.ts";
import { summarizeEngines } from "../../ctl/verb/engine/list.ts";
import { listPolicies } from "../../ctl/verb/policy/list.ts";
import { writePolicy } from "../../ctl/verb/policy/show.ts";
import { CONTAINERS, EXPLANATIONS, FINDINGS, REASONS, STATUS } from "./subjects.ts";

const POLICIES = join(import.meta.dirname, "policy");
const PLACES = { policies: [POLICIES] } as unknown as Places;

const SUMMARIES: readonly ContainerSummary[] = CONTAINERS.map(({ whyNot: _, ...one }) => one);
const WEB: ContainerSummary = {
  ...SUMMARIES[0]!,
  audits: 1,
  rules: { denials: { mounting: 12 }, audits: { kernelLog: 1 } },
};

const PROCESSES: readonly ProcessSummary[] = [
  {
    pid: 4711,
    nsPid: 1,
    uid: 1000,
    threads: 6,
    command: "node",
    exe: "/usr/bin/node",
    container: WEB.id,
    name: WEB.name,
    policy: WEB.policy,
    key: WEB.key,
    phase: "confined",
  },
  {
    pid: 4712,
    nsPid: 12,
    uid: 0,
    threads: 1,
    command: "runc:[2:INIT]",
    exe: null,
    container: null,
    name: null,
    policy: null,
    key: "00000000000000ff",
    phase: "runtime",
  },
];

const DETAILS: ContainerDetails = {
  ...WEB,
  enforced: ["mounting", "otherProcesses"],
  audited: ["kernelLog"],
  capabilities: ["CHOWN", "NET_BIND_SERVICE"],
  confined: 6,
  init: 4711,
  cgroup: { id: "4242", path: "/system.slice/docker-0123.scope" },
  grants: [
    {
      kind: "mount",
      device: "8:1",
      inode: "131073",
      host: true,
      path: "/data",
      source: "/srv/data",
    },
    {
      kind: "file system",
      device: "0:52",
      inode: null,
      host: false,
      path: "/",
      source: null,
    },
  ],
  processes: PROCESSES.slice(0, 1),
};

const CHANGE: PolicyChange = {
  key: WEB.key,
  id: WEB.id,
  name: WEB.name,
  from: "restricted",
  to: "baseline",
  looser: ["capabilities", "nonRoot"],
  changed: true,
  started: false,
  warnings: ["processes of it run as the host's user 0"],
};

const ENGINE_FACTS: readonly EngineFacts[] = [
  {
    name: "Docker",
    version: "29.1.2",
    registered: ["lockc", "lockc-shop"],
    selects: { "lockc-shop": "shop" },
    usual: "runc",
  },
  { name: "containerd", registered: [], usual: undefined },
  { name: "Podman", registered: ["lockc"], usual: "lockc" },
  { name: "CRI-O", registered: [], usual: undefined, unreadable: "/etc/crio/crio.conf" },
  { name: "kubelet", registered: [], usual: undefined },
];

const BEFORE = '{\n  "debug": true\n}\n';
const AFTER = `{
  "debug": true,
  "runtimes": {
    "lockc-shop": { "path": "/usr/bin/lockc-runc-shop" }
  }
}
`;
const ADDED = {
  engine: ENGINES.docker,
  file: "/etc/docker/daemon.json",
  before: BEFORE,
  after: AFTER,
  runtimes: ["lockc-shop"],
  notes: ["Docker is not installed here"],
  links: ["/usr/bin/lockc-runc-shop"],
  isDefault: false,
};

/** Where this checkout is says nothing to anybody. */
const listed = listPolicies(PLACES).policies.map((one) => ({
  ...one,
  file: one.file.replace(POLICIES, "/etc/lockc/policy"),
}));
const [shop, front] = ["shop", "front"].map((name) => findPolicy(PLACES, name));

/** The words of a verb → what its --json prints; events and watch print a line for each. */
export const ANSWERS: Readonly<Record<string, unknown>> = {
  status: STATUS,
  doctor: FINDINGS,
  why: REASONS,
  "policy list": listed,
  "policy show": writePolicy(front!),
  "policy diff": comparePolicies(shop!, front!),
  "policy explain": EXPLANATIONS,
  "container list": SUMMARIES,
  "container show": DETAILS,
  "container policy": CHANGE,
  "process list": PROCESSES,
  "engine list": summarizeEngines(ENGINE_FACTS),
  "engine register": reportOf(ADDED, "registered", false),
  "engine unregister": reportOf({ ...ADDED, before: AFTER, after: BEFORE }, "would take out", true),
};
