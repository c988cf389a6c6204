// SPDX-License-Identifier: Apache-2.0
/** lockctl policy explain of compose files and Kubernetes manifests, before anything runs. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Places } from "../../ctl/host/places.ts";
import {
  type Explanation,
  explain,
  formatExplanations,
  isUnsure,
} from "../../ctl/verb/policy/explain.ts";
import { index } from "../fixtures/configs/index.ts";
import { brokenRules, POLICIES, subjectOf } from "../support/containers.ts";

const SCRATCH = mkdtempSync(join(tmpdir(), "lockc-files-"));
const ETC = join(SCRATCH, "etc");
const PLACES: Places = {
  object: "/none",
  policies: [join(import.meta.dirname, "../../policy"), join(ETC, "policy")],
  settings: join(ETC, "lockc.yaml"),
  runtime: "/none",
  lock: "/none",
  entrances: ["/usr/bin/lockc-runc"],
  docker: join(ETC, "daemon.json"),
  bpffs: "/none",
  pins: "/none",
};
mkdirSync(join(ETC, "policy"), { recursive: true });
writeFileSync(PLACES.settings, "runtime: /bin/true\n");
writeFileSync(
  PLACES.docker,
  JSON.stringify({
    "default-runtime": "lockc",
    runtimes: {
      lockc: { path: "/usr/bin/lockc-runc" },
      "lockc-offline": { path: "/usr/bin/lockc-runc-offline" },
      loose: { path: "/usr/bin/lockc-runc", runtimeArgs: ["--lockc-policy", "privileged"] },
    },
  }),
);
after(() => rmSync(SCRATCH, { recursive: true }));

const FILE = join(SCRATCH, "file.yaml");

function ask(kind: "compose" | "pod", text: string, policy?: string, service?: string) {
  writeFileSync(FILE, text);
  const subject =
    kind === "compose" ? ({ kind, file: FILE, service } as const) : ({ kind, file: FILE } as const);
  return explain(PLACES, { subject, policy });
}

/** A compose file of one service, whose lines these are. */
const service = (lines: string, rest = "") =>
  `services:\n  web:\n    image: nginx\n${lines.replace(/^(?=.)/gm, "    ")}\n${rest}`;

const refusedBy = ({ checks, error }: Explanation) =>
  error?.code ??
  checks
    .filter(({ result }) => result === "deny")
    .map(({ rule }) => rule)
    .join(" ");

/** Lines of a service → the rules of baseline that refuse it, or of the policy before the colon. */
const SERVICES: Record<string, string> = {
  "": "",
  "privileged: true": "privileged capabilities devices seccomp apparmor? maskedPaths readonlyPaths",
  "cap_add: [SYS_ADMIN]": "capabilities",
  "cap_add: [CAP_NET_ADMIN]\ncap_drop: [ALL]": "capabilities",
  "cap_drop: [ALL]\ncap_add: [CHOWN]": "",
  "cap_add: [ALL]": "capabilities",
  "pid: host": "hostNamespaces",
  "pid: service:db": "",
  "ipc: host": "hostNamespaces",
  "uts: host": "hostNamespaces",
  "network_mode: host": "hostNamespaces",
  "network_mode: none": "",
  "cgroup: host": "",
  "security_opt: [seccomp=unconfined]": "seccomp",
  "security_opt: ['seccomp:unconfined']": "seccomp",
  "security_opt: [systempaths=unconfined]": "maskedPaths readonlyPaths",
  "security_opt: [no-new-privileges]": "",
  "sysctls: { kernel.msgmax: 1 }": "sysctls",
  "sysctls: [net.ipv4.ip_unprivileged_port_start=0]": "",
  "devices: [/dev/zero:/dev/x]": "",
  "devices: [/dev/kmsg]": "devices",
  "device_cgroup_rules: ['c 10:229 rmw']": "devices",
  "device_cgroup_rules: ['c 1:3 rmw']": "",
  "volumes: ['/etc:/x']": "hostPaths",
  "volumes: ['/usr/share/zoneinfo:/z:ro']": "",
  "volumes: ['/home/somebody/data:/x']": "",
  "volumes: ['data:/x']": "",
  "volumes: ['shown:/x']": "hostPaths",
  "volumes: [{ type: bind, source: /etc, target: /x, read_only: true }]": "hostPaths",
  "volumes: [{ type: bind, source: /home/x, target: /x, bind: { propagation: rshared } }]":
    "sharedMounts",
  "volumes: ['/home/x:/x:rshared']": "sharedMounts",
  "volumes: [{ type: tmpfs, target: /x }]": "",
  "secrets: [host]": "hostPaths",
  "ulimits: { rtprio: 99 }": "capabilities",
  "ulimits: { nofile: { soft: 1, hard: 2 } }": "",
  "oom_score_adj: -500": "oomScoreAdj",
  "labels: { org.lockc.policy: offline }": "",
  "labels: [org.lockc.policy=privileged]": "LOCKC_E_POLICY",
  "labels: [org.lockc.polcy=offline]": "LOCKC_E_POLICY",
  "runtime: loose\nprivileged: true": "",
};
const REST = `volumes:
  data:
  shown: { driver_opts: { type: none, o: bind, device: /etc } }
secrets:
  host: { file: /etc/hostname }
`;

describe("a service", () => {
  for (const [lines, expected] of Object.entries(SERVICES)) {
    test(`with ${lines || "nothing"} is refused by ${expected || "nothing"}`, () => {
      const [explained] = ask("compose", service(lines, REST));
      const rules = refusedBy(explained!).replace(/apparmor (?=mask)/, "");
      assert.equal(rules, expected.replace("apparmor? ", ""));
      assert.deepEqual(explained!.unread, []);
      assert.equal(explained!.verdict, expected === "" ? "admitted" : "refused");
    });
  }

  const UNREAD: Record<string, RegExp> = {
    "extends: other": /^services\.web\.extends: .*docker compose config$/,
    "volumes: ['${DATA}:/x']": /^services\.web\.volumes\[0\]: .* has a variable/,
    "volumes: ['/home/x:/x:sideways']": /^services\.web\.volumes\[0\]: /,
    "volumes: ['unknown:/x']": /the file has no volume "unknown"/,
    "volumes: ['~/x:/x']": /no path that everybody reads alike/,
    "volumes: [{ type: npipe, source: a, target: b }]": /type "npipe"/,
    "priviledged: true": /^services\.web\.priviledged: this key is not known$/,
    "privileged: maybe": /neither true nor false/,
    "privileged: '${P}'": /has a variable/,
    "security_opt: [writable=yes]": /"writable=yes" is not known/,
    "pid: hots": /"hots" is not known/,
    "devices: [vendor.com/gpu=all]": /is not the path of a device/,
    "devices: [/dev/nosuch]": /this host has no device \/dev\/nosuch/,
    "gpus: all": /^services\.web\.gpus: /,
    "deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }":
      /reservations\.devices/,
    "volumes_from: [db]": /volumes_from/,
    "ulimits: 3": /ulimits: it is not a mapping/,
    "cap_add: SYS_ADMIN": /cap_add: it is not a list/,
    "group_add: [1000]\nsysctls: 7": /sysctls: it is neither/,
    "device_cgroup_rules: ['x 1:2 r']": /"x 1:2 r" is not known/,
    "secrets: [nobody]": /the file has no "nobody"/,
  };
  for (const [lines, said] of Object.entries(UNREAD)) {
    test(`with ${lines} is judged without it, and that is said`, () => {
      const [explained] = ask("compose", service(lines, REST));
      assert.equal(explained!.unread.length, 1, String(explained!.unread));
      assert.match(explained!.unread[0]!, said);
      assert.ok(isUnsure(explained!), explained!.verdict);
      assert.match(
        formatExplanations([explained!]),
        /^not understood: .*\nadmitted, as far as the file is understood; the kernel will hold /ms,
      );
    });
  }

  test("is judged by what its runtime's name, arguments and Docker's settings choose", () => {
    const policyOf = (lines: string) => ask("compose", service(lines))[0]!.policy;
    assert.equal(policyOf(""), "baseline");
    assert.equal(policyOf("runtime: lockc-offline"), "offline");
    assert.equal(policyOf("runtime: loose"), "privileged");
    const [other] = ask("compose", service("runtime: runc"));
    assert.match(
      other!.elsewhere.join("\n"),
      /whether lockc-runc starts it at all: its runtime, runc,/,
    );
  });

  test("whose image names the user is not judged by that, and one that names it is", () => {
    const restricted = "cap_drop: [ALL]\nsecurity_opt: [no-new-privileges]\n";
    const [image] = ask("compose", service(restricted), "restricted");
    assert.equal(image!.verdict, "admitted");
    assert.equal(image!.checks.find(({ rule }) => rule === "nonRoot")?.result, "not judged");
    assert.match(image!.elsewhere.join("\n"), /^the user, whom the image names$/m);
    const [root] = ask("compose", service(`${restricted}user: "0"`), "restricted");
    assert.equal(refusedBy(root!), "nonRoot");
    const [user] = ask("compose", service(`${restricted}user: 1000:1000`), "restricted");
    assert.equal(user!.verdict, "admitted");
  });

  test("that mounts what is not there yet is judged by its name, through links", () => {
    const [explained] = ask("compose", service("volumes: ['./data:/x', /etc/nosuch:/y]"));
    assert.equal(refusedBy(explained!), "hostPaths");
    assert.match(
      explained!.elsewhere.join("\n"),
      /what "\/etc\/nosuch" is when the container is created/,
    );
  });

  test("that mounts an engine's socket is refused for that first", async () => {
    const socket = join(SCRATCH, "engine.sock");
    writeFileSync(PLACES.settings, `runtime: /bin/true\nengineSockets: [${socket}]\n`);
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      const [explained] = ask("compose", service(`volumes: ["${socket}:/s"]`));
      assert.equal(refusedBy(explained!), "hostPaths engineSockets");
      await new Promise((resolve) => server.close(resolve));
      const [gone] = ask("compose", service(`volumes: ["${socket}:/s"]`));
      assert.equal(refusedBy(gone!), "hostPaths engineSockets", "by its name alone");
    } finally {
      server.close();
      writeFileSync(PLACES.settings, "runtime: /bin/true\n");
    }
  });
});

describe("a compose file", () => {
  const TWO = "services:\n  web: { image: a }\n  db: { image: b, privileged: true }\n";

  test("has each of its services judged, or the one that is named", () => {
    assert.deepEqual(
      ask("compose", TWO).map(({ id, verdict }) => [id, verdict]),
      [
        ["web", "admitted"],
        ["db", "refused"],
      ],
    );
    assert.deepEqual(
      ask("compose", TWO, undefined, "db").map(({ id }) => id),
      ["db"],
    );
  });

  test("that shares parts has them merged", () => {
    const text =
      "x-all: &all { privileged: true }\nservices:\n  web:\n    <<: *all\n    image: a\n";
    assert.match(refusedBy(ask("compose", text)[0]!), /^privileged/);
  });

  test("that is none, or has no such service, is an error and no answer", () => {
    const said = (text: string, service?: string) => {
      try {
        ask("compose", text, undefined, service);
      } catch (error) {
        return `${(error as Error).message.replace(FILE, "F")}; ${(error as { hint: string }).hint}`;
      }
      return "nothing";
    };
    assert.match(said(TWO, "webb"), /^"F": it has no service "webb"; did you mean "web"\?$/);
    const nowhere = { kind: "compose", file: "/nosuch.yaml", service: undefined } as const;
    assert.throws(() => explain(PLACES, { subject: nowhere, policy: undefined }), {
      message: '"/nosuch.yaml": it does not exist',
    });
    assert.match(said(""), /has no services|not a mapping/);
    assert.match(said("services: ["), /^"F": .*; correct the file$/);
    assert.match(said("a: 1\n---\nb: 2\n"), /several documents/);
    assert.match(said(`${TWO}include: [other.yaml]\n`), /^nothing$/);
    assert.match(ask("compose", `${TWO}include: [other.yaml]\n`)[0]!.unread[0]!, /^include: /);
  });
});

/** A pod with one container, of which these are lines of the spec and of the container. */
const pod = (spec: string, container = "", metadata = "") => `apiVersion: v1
kind: Pod
metadata: { name: shop, namespace: team${metadata} }
spec:
${spec.replace(/^(?=.)/gm, "  ")}
  containers:
    - name: web
      image: nginx
${container.replace(/^(?=.)/gm, "      ")}
`;

const context = (text: string) => `securityContext: { ${text} }`;
const PODS: Record<string, [spec: string, container: string, refused: string]> = {
  "asks for nothing": ["", "", ""],
  "shares the host's PIDs": ["hostPID: true", "", "hostNamespaces"],
  "shares the host's network": ["hostNetwork: true", "", "hostNamespaces"],
  "shares the host's IPC": ["hostIPC: true", "", "hostNamespaces"],
  "has users of its own": ["hostUsers: false", "", ""],
  "is privileged": [
    "",
    context("privileged: true"),
    "privileged capabilities devices maskedPaths readonlyPaths",
  ],
  "adds a capability": ["", context("capabilities: { add: [SYS_ADMIN] }"), "capabilities"],
  "drops all": ["", context("capabilities: { drop: [ALL] }"), ""],
  "mounts /etc": [
    "volumes: [{ name: v, hostPath: { path: /etc, type: Directory } }]",
    "volumeMounts: [{ name: v, mountPath: /x, readOnly: true }]",
    "hostPaths",
  ],
  "mounts a part of /": [
    "volumes: [{ name: v, hostPath: { path: / } }]",
    "volumeMounts: [{ name: v, mountPath: /x, subPath: home/somebody }]",
    "",
  ],
  "shares its mounts": [
    "volumes: [{ name: v, hostPath: { path: /home/x } }]",
    "volumeMounts: [{ name: v, mountPath: /x, mountPropagation: Bidirectional }]",
    "sharedMounts",
  ],
  "has what the kubelet makes": [
    "volumes: [{ name: v, emptyDir: {} }, { name: c, configMap: { name: c } }]",
    "volumeMounts: [{ name: v, mountPath: /v }, { name: c, mountPath: /c }]",
    "",
  ],
  "sets a parameter": [context("sysctls: [{ name: kernel.msgmax, value: '1' }]"), "", "sysctls"],
  "unmasks /proc": ["", context("procMount: Unmasked"), "maskedPaths readonlyPaths"],
  "asks for what is looser": ["", "", "LOCKC_E_POLICY"],
};

describe("a pod that", () => {
  for (const [title, [spec, container, expected]] of Object.entries(PODS)) {
    test(`${title} is refused by ${expected || "nothing"}`, () => {
      const looser = title.startsWith("asks for what");
      const metadata = looser ? ", annotations: { org.lockc.policy: privileged }" : "";
      const [explained, ...others] = ask("pod", pod(spec, container, metadata));
      assert.deepEqual(others, []);
      assert.equal(refusedBy(explained!).replace(/apparmor /, ""), expected);
      assert.deepEqual(explained!.unread, []);
      assert.equal(explained!.id, "shop/web");
    });
  }

  test("is made for restricted passes it, its own user or the kubelet's word for it", () => {
    const strict =
      "allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, seccompProfile: { type: RuntimeDefault }";
    const verdict = (spec: string, more = "") =>
      ask("pod", pod(spec, context(`${strict}${more}`)), "restricted").map(refusedBy)[0];
    assert.equal(verdict(context("runAsNonRoot: true")), "");
    assert.equal(verdict("", ", runAsUser: 1000"), "");
    assert.equal(verdict(context("runAsUser: 1000"), ", runAsUser: 0"), "nonRoot");
    const [image] = ask("pod", pod("", context(strict)), "restricted");
    assert.equal(image!.verdict, "admitted");
    assert.match(image!.elsewhere.join("\n"), /^the user, whom the image names$/m);
  });

  test("belongs to a namespace gets that one's default", () => {
    writeFileSync(
      PLACES.settings,
      "runtime: /bin/true\nnamespaces: { team: { defaultPolicy: privileged } }\n",
    );
    const [explained] = ask("pod", pod("", context("privileged: true")));
    writeFileSync(PLACES.settings, "runtime: /bin/true\n");
    assert.deepEqual(
      [explained!.engine, explained!.namespace, explained!.policy, explained!.verdict],
      ["kubernetes", "team", "privileged", "admitted"],
    );
  });

  const UNREAD: Record<string, [spec: string, container: string, said: RegExp]> = {
    "an unknown key": ["hostPid: true", "", /^spec\.hostPid: this key is not known$/],
    "one of its security": [context("privleged: true"), "", /^spec\.securityContext\.privleged: /],
    "one of the container's": [
      "",
      context("privleged: true"),
      /containers\[0\]\.securityContext\.privleged: /,
    ],
    "a mount of no volume": ["", "volumeMounts: [{ name: v, mountPath: /x }]", /no volume "v"/],
    "a variable in a mount": [
      "volumes: [{ name: v, hostPath: { path: /home/x } }]",
      "volumeMounts: [{ name: v, mountPath: /x, subPathExpr: $(A) }]",
      /subPathExpr: variables/,
    ],
    "an unknown volume": [
      "volumes: [{ name: v, flocker: {} }]",
      "volumeMounts: [{ name: v, mountPath: /x }]",
      /volumes\[0\]\.flocker: this key is not known/,
    ],
    "a raw disk": ["", "volumeDevices: [{ name: d, devicePath: /dev/x }]", /volumeDevices: /],
    windows: [context("windowsOptions: {}"), "", /windowsOptions: /],
  };
  for (const [title, [spec, container, said]] of Object.entries(UNREAD)) {
    test(`has ${title} is judged without it, and that is said`, () => {
      const [explained] = ask("pod", pod(spec, container));
      assert.equal(explained!.unread.length, 1, String(explained!.unread));
      assert.match(explained!.unread[0]!, said);
      assert.ok(isUnsure(explained!));
    });
  }

  test("comes of a Deployment, a CronJob or a List is found, and what is no pod passed over", () => {
    const spec = "containers: [{ name: web }]\n      initContainers: [{ name: first }]";
    const text = `kind: Service
metadata: { name: s }
---
kind: Deployment
metadata: { name: dep }
spec:
  replicas: 2
  template:
    spec:
      ${spec}
---
kind: List
items:
  - kind: CronJob
    metadata: { name: cron }
    spec: { schedule: "* * * * *", jobTemplate: { spec: { template: { spec: { containers: [{ name: job }] } } } } }
`;
    assert.deepEqual(
      ask("pod", text).map(({ id }) => id),
      ["dep/first", "dep/web", "cron/job"],
    );
    const [first] = ask("pod", `${text}---\nkind: Rollout\n`);
    assert.match(first!.unread[0]!, /"Rollout" is not known; whether pods come of it/);
    assert.throws(() => ask("pod", "kind: Service\n"), { code: "LOCKC_E_USAGE" });
  });
});

describe("what is said of a file is what lockc-runc says to the config.json that an engine makes of it", () => {
  const COMPOSE: Record<string, string> = {
    "": "",
    "--privileged": "privileged: true",
    "--net=host": "network_mode: host",
    "--user 1000 --cap-drop ALL --security-opt no-new-privileges":
      "user: '1000'\ncap_drop: [ALL]\nsecurity_opt: [no-new-privileges]",
    "--init": "init: true",
  };
  const MANIFESTS: Record<string, [spec: string, container: string]> = {
    default: ["", ""],
    privileged: ["", context("privileged: true")],
  };
  const real = index.filter(({ release, engine, file }) => {
    return /^(trixie|sid)$/.test(release) && (engine === "docker" || /cri-.*-container/.test(file));
  });
  let compared = 0;
  for (const entry of real.filter(({ file }) => !/remap|annotation/.test(file))) {
    const flags = entry.flags.join(" ");
    const text =
      entry.engine === "docker"
        ? COMPOSE[flags] === undefined
          ? undefined
          : service(COMPOSE[flags])
        : MANIFESTS[flags] && pod(...MANIFESTS[flags]);
    if (text === undefined) continue;
    compared += 1;
    test(`${entry.file}`, () => {
      const config = JSON.parse(
        readFileSync(join(import.meta.dirname, "../fixtures/configs", entry.file), "utf8"),
      );
      for (const policy of ["baseline", "restricted", "offline", "privileged"]) {
        const subject = subjectOf(config, { from: { bundle: entry.bundle, id: entry.id } });
        const said = brokenRules(POLICIES.get(policy)!, subject);
        const kind = entry.engine === "docker" ? "compose" : "pod";
        const [explained] = ask(kind, text, policy);
        // Which user it is the image says; which AppArmor there is, the host.
        const decided = (rules: readonly string[]) =>
          rules.filter((rule) => !["nonRoot", "groups", "apparmor"].includes(rule)).join(" ");
        assert.equal(decided(refusedBy(explained!).split(" ")), decided(said), policy);
      }
    });
  }
  test("of which there are some", () => assert.ok(compared >= 10, String(compared)));
});
