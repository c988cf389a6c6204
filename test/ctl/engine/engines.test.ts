// SPDX-License-Identifier: Apache-2.0
/** Engines as their files tell of them, below a directory that stands for the host's root. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { readEngines } from "../../../ctl/engine/engines.ts";

let base: string;
let ours: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "lockc-engines-"));
  ours = join(base, "lockc-runc");
  copyFileSync(join(import.meta.dirname, "../../../shim/launcher.sh"), ours);
});
afterEach(() => rmSync(base, { recursive: true }));

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text, { mode });
}

const program = (path: string, says = "") => write(path, `#!/bin/sh\necho '${says}'\n`, 0o755);

test("a host without engines has none", () => assert.deepEqual(readEngines(base), []));

describe("Docker", () => {
  beforeEach(() => program("usr/sbin/dockerd", "Docker version 28.5.1, build x"));
  const read = () => readEngines(base)[0]!;
  const config = (value: object) => write("etc/docker/daemon.json", JSON.stringify(value));

  test("without a file: nothing is registered, runc is the default", () => {
    const builds = { major: 28, written: false, running: undefined };
    assert.deepEqual(readEngines(base), [
      { name: "Docker", registered: [], usual: "runc", builds, version: "28.5.1" },
    ]);
  });

  test("runtimes are ours by what their file is, not by their name", () => {
    const runtimes = {
      a: { path: ours },
      lockc: { path: "/bin/true" },
      b: { path: `${ours}x` },
      c: {},
    };
    config({ runtimes, "default-runtime": "a" });
    assert.deepEqual([read().registered, read().usual], [["a"], "a"]);
  });

  test("a runtime's name or arguments select a policy, however it is registered", () => {
    const link = join(base, "lockc-runc-privileged");
    symlinkSync(ours, link);
    config({
      runtimes: {
        lockc: { path: ours },
        "lockc-privileged": { path: link },
        one: { path: ours, runtimeArgs: ["--debug", "--lockc-policy", "strict"] },
        two: { path: link, runtimeArgs: ["--lockc-policy=offline"] },
        shim: { runtimeType: "io.containerd.runc.v2", options: { BinaryName: link } },
        other: null,
      },
    });
    assert.deepEqual(read().registered, ["lockc", "lockc-privileged", "one", "two", "shim"]);
    assert.deepEqual(read().selects, {
      "lockc-privileged": "privileged",
      one: "strict",
      two: "offline",
      shim: "privileged",
    });
  });

  test("a file that is no JSON is told", () => {
    mkdirSync(join(base, "etc/docker"), { recursive: true });
    execFileSync("mkfifo", [join(base, "etc/docker/daemon.json")]);
    assert.equal(read().unreadable, join(base, "etc/docker/daemon.json"), "nobody waits for it");
    rmSync(join(base, "etc/docker/daemon.json"));
    write("etc/docker/daemon.json", "{");
    assert.equal(read().unreadable, join(base, "etc/docker/daemon.json"));
  });

  test("docker build: what drop-ins say, and what the dockerd that runs was told", () => {
    write(
      "etc/systemd/system/docker.service.d/a.conf",
      `[Service]\nEnvironment=DOCKER_BUILDKIT_RUNC_COMMAND=${ours}\n`,
    );
    write("run/docker.pid", "77\n");
    write("proc/77/environ", "A=b\0DOCKER_BUILDKIT_RUNC_COMMAND=/usr/bin/runc\0");
    assert.deepEqual(read().builds, { major: 28, written: true, running: false });
    write("proc/77/environ", `A=b\0DOCKER_BUILDKIT_RUNC_COMMAND=${ours}\0C=d\0`);
    assert.equal(read().builds?.running, true);
    write("run/docker.pid", "../77");
    assert.equal(read().builds?.running, undefined);
  });
});

test("containerd: both versions of its file", () => {
  program("usr/bin/containerd");
  for (const plugin of ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.runtime"]) {
    write(
      "etc/containerd/config.toml",
      `version = 2
# [plugins."x".containerd.runtimes.commented.options]
[plugins."${plugin}".containerd]
  default_runtime_name = "runc" # of all
  [plugins."${plugin}".containerd.runtimes.runc.options]
    BinaryName = "/usr/bin/runc"
  [plugins.'${plugin}'.containerd.runtimes.held.options]
    # BinaryName = "/x"
    BinaryName = '${ours}'
`,
    );
    assert.deepEqual(readEngines(base), [
      { name: "containerd", registered: ["held"], usual: "runc", dropsRequests: ["held"] },
    ]);
  }
});

test("containerd: a pod's annotation reaches lockc-runc only where its file says so", () => {
  program("usr/bin/containerd");
  const drops = (line: string) => {
    write(
      "etc/containerd/config.toml",
      `[plugins.x.containerd.runtimes.held]\n${line}\n[plugins.x.containerd.runtimes.held.options]\nBinaryName = "${ours}"\n`,
    );
    return readEngines(base)[0]?.dropsRequests !== undefined;
  };
  const containers = "container_annotations = ['*']";
  assert.equal(drops(""), true);
  assert.equal(drops(`# pod_annotations = ["org.lockc.policy"]\n${containers}`), true);
  assert.equal(drops(`pod_annotations = ["com.example.*"]\n${containers}`), true);
  assert.equal(drops('pod_annotations = ["org.lockc.policy"]'), true);
  const several = 'pod_annotations = ["com.example.*",\n  "org.lockc.policy"]';
  assert.equal(drops(`${several}\n${containers}`), false);
  assert.equal(drops(`pod_annotations = ['*']\n${containers}`), false);
});

test("containerd: what it makes of its file counts, not what stands there", () => {
  const cri = 'plugins."io.containerd.grpc.v1.cri".containerd';
  const dump = (...lines: string[]) =>
    write(
      "usr/bin/containerd",
      `#!/bin/sh\n[ "$3 $4" = "config dump" ] || exit 9\ncat <<'END'\n${lines.join("\n")}\nEND\n`,
      0o755,
    );
  const ignored = `[${cri}.runtimes.lockc.options]\nBinaryName = "${ours}"\n`;
  write("etc/containerd/config.toml", ignored);
  dump(`[${cri}]`, 'default_runtime_name = "runc"', `[${cri}.runtimes.runc]`, 'runtime_type = "x"');
  assert.deepEqual(readEngines(base), [{ name: "containerd", registered: [], usual: "runc" }]);
  dump(
    `[${cri}]`,
    'default_runtime_name = "runc"',
    `[${cri}.runtimes.lockc]`,
    'runtime_type = "x"',
    'pod_annotations = ["org.lockc.policy"]',
    'container_annotations = ["org.lockc.policy"]',
    ignored,
  );
  assert.deepEqual(readEngines(base), [
    { name: "containerd", registered: ["lockc"], usual: "runc", lacksUsual: true },
  ]);
  write("usr/bin/containerd", "#!/bin/sh\nexit 1\n", 0o755);
  assert.equal(readEngines(base)[0]?.unreadable, join(base, "etc/containerd/config.toml"));
});

test("Podman: later files win, a list's first word is the runtime, and a path is one by itself", () => {
  program("usr/bin/podman");
  write("usr/share/containers/containers.conf", '[engine]\nruntime = "crun"\n');
  write(
    "etc/containers/containers.conf",
    `[engine.runtimes]\nlockc-runc = ["${ours}", "/x"]\ncrun = ["/bin/true"]\n`,
  );
  assert.deepEqual(readEngines(base), [
    { name: "Podman", registered: ["lockc-runc"], usual: "crun" },
  ]);
  write("etc/containers/containers.conf.d/z.conf", `[engine]\nruntime = "${ours}"\n`);
  assert.deepEqual(readEngines(base), [
    { name: "Podman", registered: ["lockc-runc", ours], usual: ours },
  ]);
  mkdirSync(join(base, "etc/containers/containers.conf.d/a.conf"));
  assert.equal(
    readEngines(base)[0]?.unreadable,
    join(base, "etc/containers/containers.conf.d/a.conf"),
  );
});

test("CRI-O and the kubelet", () => {
  program("usr/bin/crio");
  program("usr/bin/kubelet");
  write(
    "etc/crio/crio.conf.d/10.conf",
    `[crio.runtime]\ndefault_runtime = "lockc"\n[crio.runtime.runtimes.lockc]\nruntime_path = "${ours}"\n`,
  );
  assert.deepEqual(readEngines(base), [
    { name: "CRI-O", registered: ["lockc"], usual: "lockc" },
    { name: "kubelet", registered: [], usual: undefined },
  ]);
});

test("CRI-O's drop-ins are all that is in their directory, whatever it is called", () => {
  program("usr/bin/crio");
  const usual = (name: string) => `[crio.runtime]\ndefault_runtime = "${name}"\n`;
  write("etc/crio/crio.conf.d/10.conf", usual("lockc"));
  for (const [path, name] of [
    ["20-more", "crun"],
    ["30.d/a/x.toml", "runc"],
    ["30.d/b", "youki"],
    ["40.conf.orig", "lockc"],
  ] as const) {
    write(`etc/crio/crio.conf.d/${path}`, usual(name));
    assert.equal(readEngines(base)[0]?.usual, name, path);
  }
});

test("a registration is read however TOML lets it be written", () => {
  program("usr/bin/containerd");
  program("usr/bin/podman");
  const cri = 'plugins."io.containerd.grpc.v1.cri".containerd';
  const annotations = 'pod_annotations = ["*"]\ncontainer_annotations = ["org.*"]';
  const inline = 'pod_annotations = ["*"], container_annotations = ["org.*"]';
  for (const text of [
    `[${cri}.runtimes.held]\n${annotations}\noptions.BinaryName = "${ours}"`,
    `[${cri}.runtimes]\nheld = { ${inline}, options = { BinaryName = "${ours}" } }`,
    `${cri}.runtimes.held = { ${inline}, options.BinaryName = '${ours}' }`,
    `[${cri}]\nruntimes.held.options.BinaryName = """${ours}"""\nruntimes.held.${annotations.replace("\n", "\nruntimes.held.")}`,
  ]) {
    write("etc/containerd/config.toml", `version = 2\n${text}\n`);
    assert.deepEqual(readEngines(base)[0]?.registered, ["held"], text);
    assert.equal(readEngines(base)[0]?.dropsRequests, undefined, text);
  }
  for (const text of [
    `[engine.runtimes]\nheld = [\n  "${ours}", # ours\n  "/x",\n]`,
    `[engine]\nruntimes = { held = ["${ours}"] }`,
    `engine.runtimes.held = ["${ours}"]`,
    `[engine]\nruntimes."held" = ['${ours}']`,
  ]) {
    write("etc/containers/containers.conf", `${text}\n`);
    assert.deepEqual(readEngines(base)[1]?.registered, ["held"], text);
  }
});
