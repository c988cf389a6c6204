// SPDX-License-Identifier: Apache-2.0
/** Every finding that doctor has, each by what differs from a host where all is well. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CHECK_NAMES, type CheckName, examine } from "../../../ctl/doctor/checks.ts";
import type { DoctorFacts, Level } from "../../../ctl/doctor/finding.ts";
import { FLAWS, flawsOf, type RuntimeName } from "../../../ctl/doctor/flaws.ts";
import { formatFindings } from "../../../ctl/doctor/lines.ts";
import { PLAIN, painter } from "../../../ctl/screen/terminal.ts";

type Change = { [K in keyof DoctorFacts]?: Partial<DoctorFacts[K]> | undefined };

const DOCKER = {
  name: "Docker",
  registered: ["lockc"],
  usual: "lockc",
  builds: { major: 28, written: true, running: true },
} as const;
const CONTAINERD = { name: "containerd", registered: [], usual: undefined } as const;
const KUBELET = { name: "kubelet", registered: [], usual: undefined } as const;

const HEALTHY: DoctorFacts = {
  isRoot: true,
  kernel: {
    release: "6.1.0-41-amd64",
    btf: true,
    lsm: ["lockdown", "capability", "landlock", "yama", "apparmor", "bpf"],
    built: true,
    configured: undefined,
    preemption: {
      version: "#1 SMP PREEMPT_DYNAMIC Debian",
      mode: "voluntary",
      parameter: undefined,
      built: "voluntary",
    },
    lto: false,
  },
  attach: "auto",
  bpffs: { path: "/sys/fs/bpf", uid: 0, mode: 0o700 },
  loaded: "yes",
  programs: {
    expected: ["lockc_bpf", "lockc_syslog"],
    attached: new Map([
      ["lockc_bpf", "lsm"],
      ["lockc_syslog", "lsm"],
    ]),
    skips: 0n,
    current: true,
  },
  strays: [],
  freed: [],
  loosened: [],
  pins: [
    { path: "", uid: 0, mode: 0o700 },
    { path: "links", uid: 0, mode: 0o700 },
    { path: "links/lockc_bpf", uid: 0, mode: 0o600 },
    { path: "maps", uid: 0, mode: 0o700 },
  ],
  pinNames: ["links/lockc_bpf", "links/lockc_syslog", "maps/tasks"],
  files: [
    { path: "/", uid: 0, mode: 0o755 },
    { path: "/tmp", uid: 0, mode: 0o1777 },
    { path: "/usr/bin/lockc-runc", uid: 0, mode: 0o755 },
  ],
  runtime: {
    path: "/usr/bin/runc",
    why: undefined,
    remedy: undefined,
    version: { name: "runc", version: "1.3.7" },
    package: undefined,
    told: true,
  },
  engines: [DOCKER, CONTAINERD],
  selection: {
    policies: new Map([
      ["baseline", "holds"],
      ["privileged", "nothing"],
      ["looking", "audits"],
    ]),
    defaults: { Docker: "baseline", Podman: "baseline", containerd: "baseline" },
  },
  wrong: undefined,
  broken: [],
  stale: [],
  roots: { known: ["/var/lib/docker"], found: [], faults: [], missing: [] },
  sockets: { found: ["/run/docker.sock"], uncovered: [] },
  guard: { mode: "enforce", denials: 0n, audits: 0n, comm: "" },
  events: { made: 7n, dropped: 0n, isRead: true, newestAgeMs: 5000 },
};

function change(changes: Change): DoctorFacts {
  const changed = Object.entries(changes).map(([name, value]) => {
    const before = HEALTHY[name as keyof DoctorFacts];
    const whole = value !== null && typeof value === "object" && !Array.isArray(value);
    return [name, whole ? { ...(before as object), ...value } : value];
  });
  return { ...HEALTHY, ...Object.fromEntries(changed) };
}

/** What becomes of one check, as "level: sentence → remedy". */
function say(check: CheckName, changes: Change): string[] {
  return examine(change(changes))
    .filter((finding) => finding.check === check)
    .map(({ level, sentence, remedy }) => `${level}: ${sentence}${remedy ? ` → ${remedy}` : ""}`);
}

const STRAY = {
  pid: 4711,
  command: "sh",
  container: "c0ffee",
  name: "web",
  key: "0000000000000007",
  shares: "mounts",
} as const;
const fmodRet = (skips = 0n) => ({
  ...HEALTHY.programs,
  attached: new Map(HEALTHY.programs.expected!.map((name) => [name, "fmod_ret"] as const)),
  skips,
});
const noBpf = { ...HEALTHY.kernel, lsm: ["landlock", "yama"] };
const full = { ...HEALTHY.kernel.preemption, mode: "full" };
const docker = (other: object) => ({ engines: [{ ...DOCKER, ...other }] });
const builds = (other: object) => docker({ builds: { ...DOCKER.builds, ...other } });
const engine = (name: string, registered: string[] = [], usual?: string) => ({
  engines: [{ name, registered, usual }] as unknown as DoctorFacts["engines"],
});

const ROWS: readonly [CheckName, Change, RegExp][] = [
  [
    "kernel",
    { kernel: { release: "5.15.0-1" } },
    /^fault: kernel 5\.15\.0-1 is older than 6\.1 → boot/,
  ],
  ["kernel", { kernel: { release: "6.0.19" } }, /^fault: .* is older/],
  ["kernel", { kernel: { release: "6.10.1" } }, /^ok: kernel 6\.10\.1, built with CONFIG_BPF_LSM$/],
  ["kernel", { kernel: { release: "7.2.0+" } }, /^ok/],
  ["kernel", { kernel: { built: undefined } }, /^ok: kernel 6\.1\.0-41-amd64$/],
  ["kernel", { kernel: { built: false } }, /^fault: .* without CONFIG_BPF_LSM → boot/],
  ["lsm", { kernel: { lsm: undefined } }, /^warning: .* cannot be read → mount -t securityfs/],
  [
    "lsm",
    { kernel: noBpf },
    /^warning: bpf is not among .*\(landlock,yama\).*fmod_ret.* → boot with lsm=landlock,yama,bpf$/,
  ],
  [
    "lsm",
    { kernel: { ...noBpf, preemption: full } },
    /^fault: .*preempted \(full\) → boot with lsm=/,
  ],
  [
    "lsm",
    { kernel: { preemption: full } },
    /^fault: in kernel .* before 6\.2 .*preempted \(full\) → boot with preempt=voluntary/,
  ],
  ["lsm", { attach: "fmod_ret" as never }, /^warning: .*although bpf runs → set attach: auto$/],
  ["btf", { kernel: { btf: false } }, /^fault: .* no BTF → boot/],
  [
    "bpffs",
    { bpffs: undefined, loaded: "no" as never },
    /^warning: .* not mounted .* → run lockctl load$/,
  ],
  ["bpffs", { bpffs: { uid: 5 } }, /^fault: .* belongs to user 5 → chown root/],
  [
    "bpffs",
    { bpffs: { mode: 0o1777 } },
    /^warning: .* make entries .*\(mode 1777\) → chmod 0700 \/sys\/fs\/bpf, and/,
  ],
  ["bpffs", { bpffs: { mode: 0o777 } }, /^fault: .* can change what is in .*\(mode 0777\)/],
  [
    "privilege",
    { isRoot: false as never, loaded: undefined },
    /^warning: .*only for root to see → run it with sudo$/,
  ],
  ["programs", { loaded: "no" as never }, /^fault: lockc is not loaded, .* → run lockctl load$/],
  ["programs", { loaded: "other" as never }, /^fault: another version of lockc is loaded/],
  [
    "programs",
    { programs: { expected: undefined } },
    /^fault: .*object file cannot be read → install/,
  ],
  ["programs", { loaded: undefined, programs: { expected: undefined } }, /^fault: .*object file/],
  [
    "programs",
    { programs: { attached: new Map([["lockc_bpf", "lsm"]]) } },
    /^fault: 1 of 2 programs are not attached: lockc_syslog → run lockctl load$/,
  ],
  ["programs", { programs: { current: false } }, /^warning: .*another build's → run lockctl load$/],
  ["programs", { programs: fmodRet() }, /^ok: all 2 programs are attached by fmod_ret$/],
  ["preemption", { programs: fmodRet() }, /^ok: tasks are not preempted/],
  [
    "preemption",
    { programs: fmodRet(3n) },
    /^fault: .* passed programs over 3 times → echo voluntary/,
  ],
  [
    "preemption",
    { programs: fmodRet(), kernel: { preemption: full } },
    /^fault: .*preempted \(full\) → echo/,
  ],
  ["strays", {}, /^ok: every process in a container is held by its policy$/],
  [
    "strays",
    { strays: [STRAY] },
    /^fault: 1 process is in a container, .*: "sh" \(4711\) in container "web" → stop "web"; report it$/,
  ],
  [
    "strays",
    {
      strays: [
        STRAY,
        { ...STRAY, pid: 5, name: null },
        { ...STRAY, pid: 6, name: null, container: null },
      ],
    },
    /^fault: 3 processes are .* "sh" \(6\) in container "0{15}7" → stop "web", "c0ffee", "0{15}7"; report it$/,
  ],
  [
    "pins",
    { pins: [{ path: "", uid: 0, mode: 0o755 }] },
    /^fault: .*: their directory \(mode 0755\) → find out/,
  ],
  [
    "pins",
    { pins: [{ path: "maps/tasks", uid: 7, mode: 0o600 }] },
    /^fault: .*: maps\/tasks \(user 7, mode 0600\)/,
  ],
  [
    "pins",
    { pins: [{ path: "maps-1", uid: 0, mode: 0o700 }] },
    /^warning: .* did not put there: maps-1 → lockctl load/,
  ],
  ["pins", { pins: [{ path: "maps/old", uid: 0, mode: 0o600 }], loaded: "other" as never }, /^ok/],
  [
    "files",
    { files: [{ path: "/usr", uid: 0, mode: 0o775 }] },
    /^fault: .*: \/usr \(mode 0775\) → chown root/,
  ],
  [
    "files",
    { files: [{ path: "/x", uid: 9, mode: 0o755 }] },
    /^fault: .*: \/x \(user 9, mode 0755\)/,
  ],
  [
    "files",
    { files: Array.from({ length: 8 }, (_, at) => ({ path: `/${at}`, uid: 1, mode: 0 })) },
    / and 2 more →/,
  ],
  [
    "runtime",
    { runtime: { path: undefined, why: "none", remedy: "install one" } },
    /^fault: none → install one$/,
  ],
  [
    "runtime",
    { runtime: { told: false } },
    /^fault: lockc-runc was told of no runtime.* → run lockctl load$/,
  ],
  [
    "runtime",
    { runtime: { version: undefined } },
    /^warning: \/usr\/bin\/runc does not say .* → run/,
  ],
  [
    "flaws",
    { runtime: { version: { name: "runc", version: "1.3.6" } } },
    /^warning: runc 1\.3\.6 has known flaws: CVE-2026-119101 \(.*\); unless its distribution .* → update it: runc 1\.3\.7, 1\.4\.4, 1\.5\.3 have the fixes$/,
  ],
  [
    "flaws",
    { runtime: { version: { name: "crun", version: "1.30" } } },
    /^warning: crun 1\.30 .* → update it: crun 1\.31 has the fixes$/,
  ],
  [
    "flaws",
    {
      runtime: {
        version: { name: "runc", version: "1.3.6" },
        package: { name: "runc 1.3.6-2", mended: ["CVE-2026-119101"] },
      },
    },
    /^ok: runc \(package runc 1\.3\.6-2\) has no flaw/,
  ],
  [
    "flaws",
    {
      runtime: {
        version: { name: "runc", version: "1.3.6" },
        package: { name: "runc 1.3.6-1", mended: [] },
      },
    },
    /^warning: runc \(package runc 1\.3\.6-1\) .*; its changelog does not name them/,
  ],
  [
    "flaws",
    {
      runtime: {
        version: { name: "runc", version: "1.3.6" },
        package: { name: "containerd.io 1", mended: undefined },
      },
    },
    /^warning: .*; unless its distribution/,
  ],
  [
    "docker",
    docker({ unreadable: "/etc/docker/daemon.json" }),
    /^warning: \/etc\/docker\/daemon\.json .* → correct it$/,
  ],
  [
    "docker",
    docker({ registered: [] }),
    /^warning: Docker does not know lockc-runc.* → run lockctl engine register docker, and reload/,
  ],
  [
    "docker",
    docker({ usual: "runc" }),
    /^warning: Docker knows lockc, but its default runtime is runc.* → set "default-runtime": "lockc"/,
  ],
  [
    "docker",
    docker({
      registered: ["lockc-privileged", "lockc-strict", "lockc"],
      selects: { "lockc-privileged": "privileged", "lockc-strict": "baseline" },
      usual: "runc",
    }),
    /→ set "default-runtime": "lockc" in/,
  ],
  [
    "docker",
    docker({
      registered: ["lockc-privileged", "lockc-strict"],
      selects: { "lockc-privileged": "privileged", "lockc-strict": "baseline" },
      usual: "runc",
    }),
    /→ set "default-runtime": "lockc-strict" in/,
  ],
  [
    "docker",
    docker({
      registered: ["lockc-privileged"],
      selects: { "lockc-privileged": "privileged" },
      usual: "runc",
    }),
    /→ add a runtime "lockc" whose program is .*, and set "default-runtime": "lockc" in/,
  ],
  [
    "docker",
    docker({
      registered: ["lockc-privileged", "lockc"],
      selects: { "lockc-privileged": "privileged" },
      usual: "lockc-privileged",
    }),
    /^warning: Docker's default runtime lockc-privileged selects policy "privileged", which holds nothing → set "default-runtime": "lockc" in/,
  ],
  [
    "docker",
    { selection: { defaults: { Docker: "privileged" } } },
    /^warning: Docker's default runtime lockc selects policy "privileged", which holds nothing → add/,
  ],
  [
    "docker",
    { selection: { defaults: { Docker: "looking" } } },
    /^warning: .* selects policy "looking", which refuses nothing, since all its rules are only audited → take/,
  ],
  [
    "docker",
    { selection: { defaults: { Docker: "gone" } } },
    /^warning: .* selects policy "gone", which does not exist or is not valid → see lockctl policy list/,
  ],
  [
    "dockerd",
    docker({ version: "28.5.2" }),
    /^warning: dockerd 28\.5\.2 .* CVE-2026-41567 .* CVE-2026-41568 .* → update Docker to 29\.5\.1; until then/,
  ],
  [
    "buildkit",
    builds({ major: 20, running: undefined }),
    /^ok: BuildKit in dockerd 20 .* guard refuses/,
  ],
  [
    "buildkit",
    { ...builds({ major: 20, running: false }), guard: { mode: "off" } },
    /^warning: BuildKit in dockerd 20 .* → update Docker/,
  ],
  ["buildkit", builds({ running: undefined }), /^ok: dockerd is to be told/],
  [
    "buildkit",
    builds({ running: false }),
    /^warning: .*not told .* yet → systemctl restart docker$/,
  ],
  [
    "buildkit",
    builds({ running: false, written: false }),
    /^warning: the steps of docker build are not contained → put Environment=/,
  ],
  [
    "buildkit",
    builds({ running: undefined, written: false, major: undefined }),
    /^warning: the steps/,
  ],
  [
    "containerd",
    engine("containerd"),
    /^warning: containerd does not know lockc-runc.* → run lockctl engine register containerd, and restart/,
  ],
  ["containerd", { engines: [DOCKER, CONTAINERD, KUBELET] }, /^warning: containerd does not know/],
  [
    "containerd",
    {
      engines: [
        { name: "containerd", registered: [], usual: "runc", unreadable: "/etc/containerd/x" },
      ],
    },
    /^warning: containerd cannot read \/etc\/containerd\/x → see containerd config dump$/,
  ],
  [
    "containerd",
    engine("containerd", ["lockc"], "lockc"),
    /^ok: containerd's default runtime is lockc, with policy "baseline"$/,
  ],
  [
    "containerd",
    engine("containerd", ["lockc"], "runc"),
    /^warning: containerd knows lockc, but its default runtime is runc, .* → set default_runtime_name = "lockc"/,
  ],
  [
    "podman",
    engine("Podman"),
    /^warning: Podman does not know .* → run lockctl engine register podman/,
  ],
  [
    "podman",
    engine("Podman", ["lockc-runc"]),
    /^warning: Podman knows lockc-runc, but its default runtime is another, .* → set runtime = "lockc-runc" under/,
  ],
  [
    "podman",
    { engines: [{ name: "Podman", registered: [], usual: undefined, unreadable: "/etc/c" }] },
    /^warning: \/etc\/c cannot be read/,
  ],
  [
    "crio",
    engine("CRI-O"),
    /^warning: CRI-O does not know .* → run lockctl engine register crio, and restart/,
  ],
  ["crio", engine("CRI-O", ["lockc"], "lockc"), /^ok/],
  [
    "kubelet",
    { engines: [KUBELET, CONTAINERD] },
    /^warning: the kubelet's engine does not know .* → register/,
  ],
  [
    "kubelet",
    { engines: [KUBELET, { ...CONTAINERD, registered: ["lockc"], usual: "lockc" }] },
    /^ok: the kubelet's engine knows lockc-runc, and takes it for pods without runtimeClassName$/,
  ],
  [
    "kubelet",
    { engines: [KUBELET, { ...CONTAINERD, registered: ["lockc"], usual: "runc" }] },
    /^warning: a pod without runtimeClassName is not contained: .* knows lockc, but takes runc by default → make it/,
  ],
  [
    "freed",
    { freed: [{ id: "c0ffee", name: "web", policy: "baseline", processes: [] }] },
    /^fault: container "web" runs without any policy since lockctl unload --force.* → stop "web" and start it anew$/,
  ],
  [
    "loosened",
    { loosened: [{ id: "c0ffee", name: null, policy: "baseline", rules: ["bpf", "devices"] }] },
    /^fault: container "c0ffee" is only audited at bpf, devices, .* → unless lockctl learn runs: lockctl container policy c0ffee baseline$/,
  ],
  [
    "policies",
    { wrong: { sentence: "a.yaml:1:1: wrong", remedy: "mend it" } },
    /^fault: a\.yaml:1:1: wrong → mend it$/,
  ],
  [
    "policies",
    { broken: [{ name: "web", sentence: "a.yaml:1:1: wrong", remedy: "mend it", inForce: false }] },
    /^fault: policy "web" is left out, so every container that would get it is refused: a\.yaml:1:1: wrong → mend it: lockctl policy reload$/,
  ],
  [
    "policies",
    { broken: [{ name: "web", sentence: "a.yaml:1:1: wrong", remedy: "mend it", inForce: true }] },
    /^fault: policy "web" is in force as it was loaded, and will be left out at the next boot: a\.yaml/,
  ],
  [
    "policies",
    { stale: ["policy web", "settings"] },
    /^warning: not in force as written: policy web, settings → run lockctl policy reload$/,
  ],
  ["policies", { loaded: "no" as never, stale: ["x"] }, /^ok: policies and settings are valid$/],
  [
    "kubelet",
    { engines: [{ ...CONTAINERD, registered: ["lockc"] }, KUBELET] as never },
    /^warning: .* takes another by default/,
  ],
  ["roots", {}, /^ok: engines keep their containers in \/var\/lib\/docker$/],
  [
    "roots",
    { roots: { known: ["/a", "/b"], found: [{ path: "/b", from: "root in /c.toml" }] } },
    /^ok: engines keep their containers in \/b \(root in \/c\.toml\), \/a$/,
  ],
  [
    "roots",
    { roots: { missing: [{ path: "/mnt/docker", from: "data-root in /etc/docker/daemon.json" }] } },
    /^warning: .* not told of: \/mnt\/docker \(data-root in .*daemon\.json\) → run lockctl policy reload$/,
  ],
  [
    "sockets",
    { sockets: { uncovered: ["/x/docker.sock"] } },
    /^warning: .*: \/x\/docker\.sock → add them to engineSockets/,
  ],
  ["guard", { guard: { mode: "off" } }, /^ok: the guard is off/],
  [
    "guard",
    { guard: { mode: "audit", audits: 2n, comm: "a\x1b" } },
    /^warning: .* 2 times, the last by "a\\u001b" → register/,
  ],
  ["guard", { guard: { mode: "audit" } }, /^ok: the guard is on \(audit\), and has refused 0$/],
  [
    "guard",
    { guard: { denials: 2n, comm: "x" } },
    /^ok: the guard is on \(enforce\), and has refused 2, the last by "x"$/,
  ],
  [
    "events",
    { events: { isRead: false } },
    /^warning: nobody reads the events \(7 so far, the newest refusal 5 s old\) → systemctl enable/,
  ],
  [
    "events",
    { events: { dropped: 2n } },
    /^warning: 2 of 7 events were lost.* → see in the journal/,
  ],
  ["events", { events: { dropped: 2n, isRead: false } }, /^warning: 2 of 7 .* → systemctl enable/],
  ["events", { events: { newestAgeMs: undefined } }, /^ok: 7 events so far, none lost$/],
  ["events", { events: { newestAgeMs: -60_000 } }, /^fault: .* 60 s ahead of the clock → report/],
  ["events", { events: { newestAgeMs: 3_600_000 } }, /60 min old$/],
  ["events", { events: { newestAgeMs: 10 * 3_600_000 } }, /10 h old$/],
  ["events", { events: { newestAgeMs: 300 * 3_600_000 } }, /13 days old$/],
];

describe("doctor", () => {
  test("a healthy host: nothing but ok, and each line says what was looked at", () => {
    const findings = examine(HEALTHY);
    assert.deepEqual(
      findings.filter(({ level, remedy }) => level !== "ok" || remedy !== null),
      [],
    );
    assert.equal(formatFindings(findings, PLAIN).split("\n").at(-2), "0 faults, 0 warnings");
    assert.deepEqual(
      findings.map(({ check }) => check),
      [
        "kernel",
        "lsm",
        "btf",
        "bpffs",
        "programs",
        "strays",
        "pins",
        "files",
        "runtime",
        "flaws",
        "docker",
      ].concat("buildkit", "containerd", "policies", "roots", "sockets", "guard", "events"),
    );
  });

  for (const [check, changes, expected] of ROWS) {
    test(`${check}: ${expected.source}`, () => {
      const said = say(check, changes);
      assert.equal(said.length, 1, said.join("\n"));
      assert.match(said[0]!, expected);
    });
  }

  test("a containerd that keeps pods' annotations to itself is warned of", () => {
    const containerd = { ...CONTAINERD, registered: ["lockc"], usual: "lockc" };
    const engines = [{ ...containerd, dropsRequests: ["lockc"] }];
    const [other, warning] = say("containerd", { engines });
    assert.match(
      warning!,
      /^warning: a pod's annotation .* asks for nothing under lockc, .* → add pod_annotations = /,
    );
    assert.match(other!, /^ok/);
    assert.equal(say("containerd", { engines: [containerd] }).length, 1);
  });

  test("a containerd without its default runtime starts no pod, and that alone is said", () => {
    const containerd = { ...CONTAINERD, registered: ["lockc"], usual: "runc" };
    const said = say("containerd", { engines: [{ ...containerd, lacksUsual: true }] });
    assert.equal(said.length, 1);
    assert.match(
      said[0]!,
      /^warning: containerd has no runtime "runc", its default.* → add \[plug/,
    );
  });

  test("of each check something is asked here", () => {
    assert.deepEqual(
      CHECK_NAMES.filter((name) => !ROWS.some(([check]) => check === name)),
      [],
    );
  });

  test("what cannot be seen is neither well nor wrong: the checks for it are silent", () => {
    const facts = change({
      isRoot: false as never,
      loaded: undefined,
      bpffs: undefined,
      programs: { attached: new Map() },
      pins: [],
      guard: undefined,
      events: undefined,
      sockets: { found: [] },
      engines: [],
    });
    const checks = examine({ ...facts, bpffs: undefined, guard: undefined, events: undefined });
    const silent = [
      "bpffs",
      "programs",
      "pins",
      "preemption",
      "guard",
      "events",
      "sockets",
      "docker",
    ];
    assert.deepEqual(
      checks.filter(({ check }) => silent.includes(check)),
      [],
    );
  });

  test("an unfit kernel is a fault once", () => {
    for (const kernel of [{ built: false }, { btf: false }, { ...noBpf, preemption: full }]) {
      const faults = examine(change({ kernel })).filter(({ level }) => level === "fault");
      assert.equal(faults.length, 1, JSON.stringify(faults));
    }
  });

  test("the versions that it names mend every flaw", () => {
    for (const name of Object.keys(FLAWS) as RuntimeName[]) {
      for (const version of FLAWS[name].at(-1)!.fixed) assert.deepEqual(flawsOf(name, version), []);
    }
  });
});

test("a line for each finding: its level in colour, its sentence, its remedy below", () => {
  const said = (level: Level, remedy: string | null) =>
    ({ check: "kernel", level, sentence: "it \x1b is", remedy }) as const;
  const findings = [said("ok", null), said("warning", "do\x07"), said("fault", "act")];
  assert.equal(
    formatFindings(findings, PLAIN),
    String.raw`ok       it \x1b is
warning  it \x1b is
         → do\x07
fault    it \x1b is
         → act
1 fault, 1 warning
`,
  );
  const coloured = formatFindings(findings, { ...PLAIN, paint: painter(true) });
  const starts = [
    "\x1b[32mok\x1b[39m       it",
    "\x1b[33mwarning\x1b[39m",
    "\x1b[31mfault\x1b[39m    it",
  ];
  for (const start of starts) assert.ok(coloured.includes(start), JSON.stringify(coloured));
});

test("findings are wrapped at words to the terminal, and whole in a pipe", () => {
  const sentence = "a sentence of some length that is too long for the terminal in any case";
  const finding = { check: "kernel", level: "fault", sentence, remedy: sentence } as const;
  for (const width of [60, 80, 120]) {
    const lines = formatFindings([finding], { ...PLAIN, width }).split("\n");
    for (const line of lines) assert.ok(line.length <= width, line);
  }
  assert.ok(
    formatFindings([finding], PLAIN).includes(`fault    ${sentence}\n         → ${sentence}`),
  );
});
