// SPDX-License-Identifier: Apache-2.0
/** Rules with values that no built-in policy has, engines that give less, and sandboxes. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Policy } from "../../../core/rule/policy.ts";
import type { Host } from "../../../core/rule/subject.ts";
import type { RuleName, RuleValues } from "../../../core/rule/values.ts";
import {
  brokenRules,
  type Draft,
  draftOf,
  fixture,
  HOST,
  POLICIES,
  sentence,
  subjectOf,
  withValues,
} from "../../support/containers.ts";

const BASELINE = POLICIES.get("baseline")!;
const baselineWith = (values: Partial<RuleValues>) => withValues(BASELINE, values);
const DOCKER = fixture("bookworm/docker-default.json");
const POD = fixture("trixie/containerd-cri-default-container.json");
const SANDBOX = fixture("trixie/containerd-cri-default-sandbox.json");

/** What the policy says to `of` with a change. */
function judged(
  policy: Policy,
  change: (config: Draft) => void,
  { of = DOCKER, host = {} as Partial<Host> } = {},
) {
  const config = draftOf(of);
  change(config);
  const subject = subjectOf(config, { from: of, host });
  return { broken: brokenRules(policy, subject), said: sentence(policy, subject) ?? "" };
}

describe("a device of a policy", () => {
  const FUSE: Partial<Host> = {
    deviceAt: (path) => (path === "/dev/fuse" ? { type: "c", major: 10, minor: 229 } : undefined),
  };
  const add =
    (access: string, minor = 229) =>
    (config: Draft) => {
      config.linux.devices = [{ path: "/dev/fuse", type: "c", major: 10, minor }];
      config.linux.resources.devices.push({ allow: true, type: "c", major: 10, minor, access });
    };
  const byPath = baselineWith({ devices: [{ path: "/dev/fuse", access: "rw" }] });

  test("is let in by the numbers that the host has at its path", () => {
    assert.deepEqual(judged(byPath, add("rw"), { host: FUSE }).broken, []);
    assert.deepEqual(judged(byPath, add("rw"), { host: HOST }).broken, ["devices"]);
    assert.deepEqual(judged(byPath, add("rw", 230), { host: FUSE }).broken, ["devices"]);
  });

  test("is let in as Docker asks for it by the example for builds", () => {
    const builder = POLICIES.get("ci-builder")!;
    assert.deepEqual(judged(builder, add("rwm"), { host: FUSE }).broken, []);
    assert.deepEqual(judged(builder, add("rwm", 230), { host: FUSE }).broken, ["devices"]);
  });

  test("is let in for what the policy says and not for more", () => {
    const { broken, said } = judged(byPath, add("rwm"), { host: FUSE });
    assert.deepEqual(broken, ["devices"]);
    assert.match(said, /access to devices c 10:229 \(rwm\)/);
    const reading = baselineWith({ devices: [{ path: "/dev/fuse", access: "r" }] });
    assert.deepEqual(judged(reading, add("r"), { host: FUSE }).broken, []);
    assert.deepEqual(judged(reading, add("rw"), { host: FUSE }).broken, ["devices"]);
    assert.deepEqual(judged(reading, add(""), { host: FUSE }).broken, ["devices"]);
  });

  test("may be any of one driver's", () => {
    const driver = baselineWith({
      devices: [{ type: "c", major: 10, minor: "any", access: "rwm" }],
    });
    assert.deepEqual(judged(driver, add("rwm", 7)).broken, []);
    const whole = (config: Draft) =>
      void config.linux.resources.devices.push({ allow: true, type: "c", major: 10, access: "rw" });
    assert.deepEqual(judged(driver, whole).broken, []);
    assert.deepEqual(judged(byPath, whole, { host: FUSE }).broken, ["devices"]);
  });

  test("that is refused is told of once, by its name", () => {
    const { said } = judged(BASELINE, add("rwm"));
    assert.match(said, /refuses the device \/dev\/fuse \(c 10:229\) \(rule devices\.allow\)/);
    assert.doesNotMatch(said, /access to/);
  });
});

describe("capabilities that are refused", () => {
  const DOCKERS =
    "CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE";
  const bounding = (names: string) => (config: Draft) => {
    config.process.capabilities = { bounding: names.split(" ").map((name) => `CAP_${name}`) };
  };

  test("and were added are to be left out", () => {
    const { said } = judged(BASELINE, bounding(`${DOCKERS} SYS_ADMIN SYS_TIME`));
    assert.match(
      said,
      /; start it without --cap-add of SYS_ADMIN, SYS_TIME \(capabilities\.add\), or let /,
    );
  });

  test("and are none that lockc knows are not offered to be listed, since no list takes them", () => {
    const { said } = judged(BASELINE, bounding("SYS_TIME 41 NEWER"));
    assert.match(
      said,
      /without --cap-add of SYS_TIME, 41, NEWER \(capabilities\.add\), as lockc knows no 41, NEWER, which no policy can list, or take a policy that has "capabilities: \{ allow: any \}"/,
    );
    assert.doesNotMatch(said, /add: \[/);
  });

  test("and are the engine's own are to be dropped, all but those that the policy allows", () => {
    const policy = baselineWith({ capabilities: ["CHOWN", "KILL", "SYS_TIME"] });
    assert.match(
      judged(policy, bounding(DOCKERS)).said,
      /; start it with --cap-drop ALL --cap-add CHOWN --cap-add KILL \(capabilities\.drop: \[ALL\], capabilities\.add: \[CHOWN, KILL\]\), or let /,
    );
    assert.match(
      judged(baselineWith({ capabilities: [] }), bounding(DOCKERS)).said,
      /; start it with --cap-drop ALL \(capabilities\.drop: \[ALL\]\), or let /,
    );
  });
});

describe("hooks", () => {
  const hook = (path: string) => (config: Draft) => {
    config.hooks = { poststop: [{ path }] };
  };
  const listed = baselineWith({ hooks: ["/usr/bin/a"] });

  test("of a list must be in it, and trusted besides", () => {
    assert.deepEqual(judged(listed, hook("/usr/bin/a")).broken, []);
    const other = judged(listed, hook("/usr/bin/b"));
    assert.deepEqual(other.broken, ["hooks"]);
    assert.match(other.said, /the poststop hook "\/usr\/bin\/b", .*: the policy does not list it/);
    const host = { distrust: () => "others may write it" };
    assert.deepEqual(judged(listed, hook("/usr/bin/a"), { host }).broken, ["hooks"]);
  });

  test("are judged against the root file system that the container gets", () => {
    const asked = new Set<string>();
    const host = {
      distrust: (program: string, rootfs: string) => {
        asked.add(`${program} outside ${rootfs}`);
        return undefined;
      },
    };
    judged(BASELINE, hook("/usr/bin/a"), { host });
    assert.deepEqual([...asked], [`/usr/bin/a outside ${draftOf(DOCKER).root.path}`]);
  });

  test("of any kind run where any may", () => {
    const host = { distrust: () => "others may write it" };
    assert.deepEqual(judged(baselineWith({ hooks: "any" }), hook("/x"), { host }).broken, []);
  });
});

describe("variables that steer a hook", () => {
  const preload = (config: Draft) => {
    config.hooks = { createContainer: [{ path: "/x/hook" }] };
    config.process.env = ["LD_PRELOAD=./a.so", "LD_AUDIT=b", "BASH_FUNC_x%%=() { id; }"];
  };

  test("are told of in one sentence", () => {
    const { broken, said } = judged(BASELINE, preload);
    assert.deepEqual(broken, ["hookEnvironment"]);
    assert.match(said, /the variables LD_PRELOAD, LD_AUDIT, BASH_FUNC_x%% of the container's/);
  });

  test("pass by name, by how they begin, and where any may", () => {
    const by = (...names: string[]) =>
      judged(baselineWith({ hookEnvironment: names }), preload).broken;
    assert.deepEqual(by("LD_PRELOAD", "LD_AUDIT"), ["hookEnvironment"]);
    assert.deepEqual(by("LD_PRELOAD", "LD_AUDIT", "BASH_FUNC_*"), []);
    assert.deepEqual(judged(baselineWith({ hookEnvironment: "any" }), preload).broken, []);
  });

  test("count beside a sandbox's hooks as well", () => {
    assert.deepEqual(judged(BASELINE, preload, { of: SANDBOX }).broken, ["hookEnvironment"]);
  });
});

describe("groups", () => {
  const user = (uid: number, gid: number) => (config: Draft) => {
    config.process.user = { uid, gid };
  };

  test("of root are refused to others than root where the policy says so", () => {
    const none = baselineWith({ groups: [] });
    assert.deepEqual(judged(none, user(1000, 0)).broken, ["groups"]);
    assert.match(judged(none, user(1000, 0)).said, /a process in group 0, to which much of a host/);
    assert.deepEqual(judged(none, user(0, 0)).broken, []);
    assert.deepEqual(judged(BASELINE, user(1000, 0)).broken, []);
  });

  test("of engines are let in where the policy says so", () => {
    assert.deepEqual(judged(BASELINE, user(1000, 999)).broken, ["groups"]);
    assert.deepEqual(judged(baselineWith({ groups: ["engine"] }), user(1000, 999)).broken, []);
    assert.deepEqual(judged(baselineWith({ groups: "any" }), user(1000, 999)).broken, []);
  });

  test("of root's sockets are no engine's", () => {
    const host = { engineSockets: () => [{ path: "/run/docker.sock", gid: 0 }] };
    assert.deepEqual(judged(BASELINE, user(1000, 0), { host }).broken, []);
  });
});

test("namespaces, system calls and parameters are let in by name, patterns by their beginning", () => {
  const without = (config: Draft) => {
    config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type === "mount");
  };
  const all = ["pid", "network", "ipc", "uts", "cgroup", "user", "time"];
  assert.deepEqual(judged(baselineWith({ hostNamespaces: all }), without).broken, []);
  assert.deepEqual(judged(baselineWith({ hostNamespaces: all.slice(1) }), without).broken, [
    "hostNamespaces",
  ]);
  const cgroup = judged(baselineWith({ hostNamespaces: ["user", "time"] }), (config) => {
    config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type !== "cgroup");
  });
  assert.match(cgroup.said, /the host's cgroup namespace .*without --cgroupns=host/);
  const time = judged(baselineWith({ hostNamespaces: ["user", "cgroup"] }), () => {});
  assert.match(time.said, /the host's time namespace .*; give it a time namespace of its own/);

  const sysctl = (config: Draft) => {
    config.linux.sysctl["net.core.somaxconn"] = "1";
  };
  assert.deepEqual(judged(baselineWith({ sysctls: ["net.*"] }), sysctl).broken, []);
  assert.deepEqual(judged(baselineWith({ sysctls: ["net.ipv4.*"] }), sysctl).broken, ["sysctls"]);
});

test("a namespace that cannot be opened is asked for only where it matters", () => {
  const host = {
    isHostNamespace: () => {
      throw new Error("asked");
    },
  };
  const join = (config: Draft) => {
    config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type !== "network");
    config.linux.namespaces.push({ type: "network", path: "/proc/77/ns/net" });
  };
  assert.throws(() => judged(BASELINE, join, { host }), /asked/);
  assert.deepEqual(judged(POLICIES.get("privileged")!, join, { host }).broken, []);
});

describe("a profile that is kept", () => {
  const bare = (config: Draft) => {
    delete config.linux.seccomp;
    delete config.process.apparmorProfile;
    // Two marks of a privileged container would be told of otherwise.
    delete config.hooks;
  };

  test("must be there where the engine gives one by itself", () => {
    for (const [file, broken] of [
      ["bookworm/docker-default.json", ["seccomp", "apparmor"]],
      ["trixie/docker-build.json", ["seccomp", "apparmor"]],
      ["trixie/podman-default.json", ["seccomp", "apparmor"]],
      ["trixie/containerd-cri-default-container.json", ["apparmor"]],
      ["bookworm/containerd-ctr-default.json", []],
      ["bookworm/runc-spec.json", []],
    ] as const) {
      assert.deepEqual(judged(BASELINE, bare, { of: fixture(file) }).broken, broken, file);
    }
  });

  test("must always be there where the policy says always, and never where it says never", () => {
    const always = baselineWith({ seccomp: "always", apparmor: "always" });
    const never = baselineWith({ seccomp: "never", apparmor: "never" });
    const of = fixture("bookworm/runc-spec.json");
    assert.deepEqual(judged(always, bare, { of }).broken, ["seccomp", "apparmor"]);
    assert.deepEqual(judged(never, bare).broken, []);
    const host = { apparmor: () => false };
    assert.deepEqual(judged(always, bare, { of, host }).broken, ["seccomp"]);
  });
});

test("Kubernetes protects pods of a class from the out-of-memory killer, others may not", () => {
  const protect = (config: Draft) => {
    config.process.oomScoreAdj = -997;
  };
  assert.deepEqual(judged(BASELINE, protect, { of: POD }).broken, []);
  assert.deepEqual(judged(BASELINE, protect).broken, ["oomScoreAdj"]);
  assert.deepEqual(judged(baselineWith({ oomScoreAdj: -997 }), protect).broken, []);
});

test("privileged refuses no oom_score_adj, not even one that the kernel does not take", () => {
  const beyond = (config: Draft) => {
    config.process.oomScoreAdj = -1001;
  };
  assert.deepEqual(judged(POLICIES.get("privileged")!, beyond).broken, []);
  assert.deepEqual(judged(BASELINE, beyond).broken, ["oomScoreAdj"]);
});

describe("the sandbox of a pod", () => {
  const ALL = ["CAP_SYS_ADMIN", "CAP_NET_ADMIN"];
  /** What the runtime's own defaults decide, whatever the pod asks for. */
  const EXEMPT: readonly [rule: RuleName, change: (config: Draft) => void][] = [
    ["capabilities", (config) => Object.assign(config.process.capabilities, { bounding: ALL })],
    ["apparmor", (config) => void delete config.process.apparmorProfile],
    ["maskedPaths", (config) => Object.assign(config.linux, { maskedPaths: [] })],
    ["readonlyPaths", (config) => Object.assign(config.linux, { readonlyPaths: [] })],
    ["groups", (config) => Object.assign(config.process, { user: { uid: 1, gid: 999 } })],
    ["privileged", (config) => Object.assign(config, { windows: {} })],
  ];
  for (const [rule, change] of EXEMPT) {
    test(`is not judged by ${rule}, and a container of the pod is`, () => {
      assert.deepEqual(judged(BASELINE, change, { of: SANDBOX }).broken, []);
      assert.ok(judged(BASELINE, change, { of: POD }).broken.includes(rule));
    });
  }

  test("is not judged by what restricted asks of processes, and a container of the pod is", () => {
    const restricted = POLICIES.get("restricted")!;
    const bare = (config: Draft) => {
      config.process.user = { uid: 0, gid: 0 };
      delete config.process.noNewPrivileges;
      delete config.linux.seccomp;
    };
    assert.deepEqual(judged(restricted, bare, { of: SANDBOX }).broken, []);
    const { broken } = judged(restricted, bare, { of: POD });
    for (const rule of ["seccomp", "nonRoot", "noNewPrivileges"]) assert.ok(broken.includes(rule));
  });

  const JUDGED: readonly [rule: RuleName, change: (config: Draft) => void][] = [
    [
      "hostNamespaces",
      (config) => Object.assign(config.linux, { namespaces: [{ type: "mount" }] }),
    ],
    [
      "hostPaths",
      (config) => config.mounts.push({ destination: "/x", source: "/etc", options: ["bind"] }),
    ],
    ["mountTypes", (config) => config.mounts.push({ destination: "/x", type: "ext4" })],
    ["sharedMounts", (config) => Object.assign(config.linux, { rootfsPropagation: "shared" })],
    ["sysctls", (config) => Object.assign(config.linux, { sysctl: { "kernel.panic": "1" } })],
    ["devices", (config) => config.linux.resources.devices.push({ allow: true })],
    ["unsafeAnnotations", (config) => Object.assign(config.annotations, { "run.oci.x": "y" })],
    [
      "engineSockets",
      (config) => config.mounts.push({ destination: "/x", source: "/run", options: ["bind"] }),
    ],
  ];
  for (const [rule, change] of JUDGED) {
    test(`is judged by ${rule}, which is the pod's own wish`, () => {
      assert.ok(judged(BASELINE, change, { of: SANDBOX }).broken.includes(rule));
    });
  }

  test("is judged by hooks", () => {
    const host = { distrust: () => "others may write it" };
    const hook = (config: Draft) => {
      config.hooks = { prestart: [{ path: "/x" }] };
    };
    assert.deepEqual(judged(BASELINE, hook, { of: SANDBOX, host }).broken, ["hooks"]);
  });

  test("is no name that a Docker user can give a container", () => {
    const pretend = (config: Draft) => {
      config.annotations["io.kubernetes.cri.container-type"] = "sandbox";
      config.annotations["io.kubernetes.cri-o.ContainerType"] = "sandbox";
      config.process.capabilities.bounding = ALL;
    };
    assert.deepEqual(judged(BASELINE, pretend).broken, ["capabilities"]);
  });
});

test("one of the marks of a privileged container is none, two are", () => {
  const marks: readonly ((config: Draft) => void)[] = [
    (config) => {
      config.process.capabilities.bounding = Array.from({ length: 37 }, (_, at) => `CAP_${at}`);
    },
    (config) => {
      config.linux.maskedPaths = [];
      config.linux.readonlyPaths = [];
    },
    (config) => void config.linux.resources.devices.push({ allow: true, access: "rwm" }),
    (config) => {
      const sys = config.mounts.find(({ destination }) => destination === "/sys")!;
      sys.options = ["rw"];
    },
    (config) => {
      delete config.linux.seccomp;
      delete config.process.apparmorProfile;
    },
    (config) => {
      config.annotations["io.podman.annotations.privileged"] = "TRUE";
    },
  ];
  const isPrivileged = (...changes: readonly ((config: Draft) => void)[]) =>
    judged(BASELINE, (config) => {
      for (const change of changes) change(config);
    }).broken.includes("privileged");
  for (const [index, mark] of marks.entries()) {
    assert.ok(!isPrivileged(mark), String(index));
    for (const other of marks.slice(index + 1)) assert.ok(isPrivileged(mark, other));
  }
});
