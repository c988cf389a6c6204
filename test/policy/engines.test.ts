// SPDX-License-Identifier: Apache-2.0
/** The built-in policies against config.json files of real engines: what they say to each flag. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RuleName } from "../../core/rule/values.ts";
import { type Fixture, index, readFixture } from "../fixtures/configs/index.ts";
import {
  audited,
  brokenRules,
  draftOf,
  POLICIES,
  sentence,
  subjectOf,
} from "../support/containers.ts";

const MARKS = ["privileged", "capabilities", "devices", "maskedPaths", "readonlyPaths"] as const;
const SHARED_IPC = ["hostNamespaces", "hostPaths"] as const; // and the host's /dev/shm

/** Engine and flags → the rules of baseline that they break; anything else passes. */
const BROKEN: Readonly<Record<string, readonly RuleName[]>> = {
  "docker --privileged": [...MARKS, "seccomp", "apparmor"],
  "docker --cap-add ALL": ["capabilities"],
  "docker --cap-add NET_ADMIN": ["capabilities"],
  "docker --device /dev/vda": ["devices"],
  "docker --device-cgroup-rule b 8:* rwm": ["devices"],
  "docker --ipc=host": SHARED_IPC,
  "docker --net=host": ["hostNamespaces"],
  "docker --pid=host": ["hostNamespaces"],
  "docker --uts=host": ["hostNamespaces"],
  "docker --oom-score-adj -500": ["oomScoreAdj"],
  "docker --security-opt apparmor=unconfined": ["apparmor"],
  "docker --security-opt seccomp=unconfined": ["seccomp"],
  "docker --security-opt systempaths=unconfined": ["maskedPaths", "readonlyPaths"],
  "docker --sysctl net.core.somaxconn=128": ["sysctls"],
  "docker -v /:/host": ["hostPaths", "engineSockets"],
  "docker -v /proc:/host/proc": ["hostPaths"],
  "docker -v /srv/shared:/x:rshared": ["sharedMounts"],
  "docker -v /var/run/docker.sock:/var/run/docker.sock": ["hostPaths", "engineSockets"],
  "podman --privileged": [...MARKS, "seccomp", "apparmor"],
  "podman --ipc=host": SHARED_IPC,
  "podman --net=host": ["hostNamespaces"],
  "podman --pid=host": ["hostNamespaces"],
  "podman --uts=host": ["hostNamespaces"],
  "podman -v /:/host": ["hostPaths", "engineSockets"],
  "containerd ctr ctr run --privileged": MARKS,
  "containerd ctr ctr run --net-host": ["hostNamespaces", "hostPaths"],
  "containerd ctr ctr run --rootfs": ["hostPaths"], // a directory below /run
  "containerd cri hostall": SHARED_IPC,
  "containerd cri hostall (sandbox)": SHARED_IPC,
  "containerd cri hostnetwork": ["hostNamespaces"],
  "containerd cri hostnetwork (sandbox)": ["hostNamespaces"],
  "containerd cri hostpath": ["hostPaths", "engineSockets"],
  "containerd cri privileged": [...MARKS, "apparmor"],
  "cri-o cri hostipc (sandbox)": SHARED_IPC,
  "cri-o cri hostnetwork (sandbox)": ["hostNamespaces"],
  "cri-o cri hostpid (sandbox)": ["hostNamespaces"],
  "cri-o cri kubesystem": [...MARKS, "apparmor", "hostNamespaces", "hostPaths", "engineSockets"],
  "cri-o cri privileged": [...MARKS, "apparmor"],
  "cri-o cri spooftype": [...MARKS, "apparmor", "hostPaths", "engineSockets"],
  "runc runc spec --rootless": ["hostNamespaces", "hostPaths"],
};

/** The namespaces that are the host's, whatever path leads there. */
const OF_HOST: Readonly<Record<string, readonly string[]>> = {
  "docker --net=host": ["network"],
  "containerd cri hostall": ["pid", "network", "ipc", "uts"],
  "containerd cri hostnetwork": ["network", "uts"],
  "cri-o cri hostipc": ["ipc"],
  "cri-o cri hostnetwork": ["network"],
};

const hasAppArmor = ({ release }: { readonly release: string }) => release !== "bookworm-cgroup1";
const LINKS = {
  "/var/run/docker.sock": { path: "/run/docker.sock" },
  "/var/run/crio/image-volumes": { path: "/run/crio/image-volumes" },
};
/** The layer of an image, as containers/storage has it: of none of its containers. */
const IMAGE = "181a7e9eebf86d263819d3aab4115d0137a5060e72ca3e9302440c21e0809d9d";

function subject(fixture: Fixture) {
  const asked = `${fixture.engine} ${fixture.flags.join(" ")}`.trim();
  const result = subjectOf(draftOf(fixture), {
    from: fixture,
    places: LINKS,
    records: {
      storageOwner: (_root, _driver, layer) =>
        layer === IMAGE ? { kind: "image" } : { kind: "container", id: fixture.id },
    },
    host: {
      isHostNamespace: (type) => OF_HOST[asked]?.includes(type) ?? false,
      apparmor: () => hasAppArmor(fixture),
    },
  });
  const { sandbox } = result.context.origin;
  return { subject: result, key: sandbox ? `${asked} (sandbox)` : asked };
}

const FIXTURES = index.map((entry) => ({ entry, ...subject(readFixture(entry)) }));
const judged = (level: string, it: (typeof FIXTURES)[number]) =>
  brokenRules(POLICIES.get(level)!, it.subject);

describe("baseline", () => {
  for (const it of FIXTURES) {
    const broken = (BROKEN[it.key] ?? []).filter(
      (rule) => rule !== "apparmor" || hasAppArmor(it.entry),
    );
    const says = broken.length === 0 ? "admits" : `refuses, at ${broken.join(", ")},`;
    test(`${says} ${it.entry.file}: ${it.key}`, () => {
      const found = judged("baseline", it);
      assert.deepEqual([...found].sort(), [...broken].sort());
      const said = sentence(POLICIES.get("baseline")!, it.subject);
      assert.equal(said === undefined, broken.length === 0, said ?? "admitted");
    });
  }

  test("refuses something for every row of the table", () => {
    const seen = new Set(FIXTURES.map(({ key }) => key));
    assert.deepEqual(
      Object.keys(BROKEN).filter((key) => !seen.has(key)),
      [],
    );
  });

  test("says of a privileged container first that it is one, then at what else it is refused", () => {
    const it = FIXTURES.find(({ entry }) => entry.file === "trixie/docker-privileged.json")!;
    assert.match(
      sentence(POLICIES.get("baseline")!, it.subject)!,
      /^lockc: policy "baseline" refuses a privileged container: all capabilities, nothing of \/proc hidden, every device, \/sys writable, neither seccomp nor AppArmor \(rule privileged\.allow; Pod Security Standards: Privileged Containers\); .*; the rules capabilities, devices, seccomp, apparmor, maskedPaths, readonlyPaths refuse it too; more: lockctl why [0-9a-f]{12} \[LOCKC_E_ADMISSION\]$/,
    );
  });

  test("in audit mode admits whatever engines write", () => {
    for (const it of FIXTURES) {
      assert.equal(sentence(audited(POLICIES.get("baseline")!), it.subject), undefined);
    }
  });
});

test("privileged admits whatever engines write", () => {
  for (const it of FIXTURES) assert.deepEqual(judged("privileged", it), [], it.entry.file);
});

describe("restricted", () => {
  const made = FIXTURES.filter(({ entry }) =>
    /^(restricted|--user 1000 --cap-drop ALL --security-opt no-new-privileges)$/.test(
      entry.flags.join(" "),
    ),
  );

  test("admits what was started for it, by every engine", () => {
    assert.deepEqual([...new Set(made.map(({ entry }) => entry.engine))].sort(), [
      "containerd cri",
      "cri-o cri",
      "docker",
      "podman",
    ]);
    for (const it of made) assert.deepEqual(judged("restricted", it), [], it.entry.file);
  });

  test("refuses what was started without a thought, at what Kubernetes would name", () => {
    const plain = FIXTURES.filter(({ key }) =>
      /^(docker|podman|containerd cri default)$/.test(key),
    );
    assert.ok(plain.length >= 9, String(plain.length));
    for (const it of plain) {
      const broken = judged("restricted", it);
      for (const rule of ["capabilities", "noNewPrivileges"]) {
        assert.ok(broken.includes(rule), `${it.entry.file}: ${broken}`);
      }
      // Not user 0 of the host, where users are remapped.
      const { runsAs } = it.subject.bundle;
      assert.equal(broken.includes("nonRoot"), runsAs === 0, it.entry.file);
    }
  });
});

test("offline admits what baseline admits: its network is the kernel's affair", () => {
  for (const it of FIXTURES) assert.deepEqual(judged("offline", it), judged("baseline", it));
});
