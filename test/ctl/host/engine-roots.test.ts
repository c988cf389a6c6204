// SPDX-License-Identifier: Apache-2.0
/** Engines' roots as their files and command lines tell them, below a directory that stands for the host's. */
import assert from "node:assert/strict";
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { findEngineRoots, withRealNames } from "../../../ctl/host/engine-roots.ts";

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "lockc-roots-")));
});
afterEach(() => rmSync(base, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

/** A process of the host. */
function run(pid: number, words: readonly string[], { uid = 0, namespace = "mnt:[1]" } = {}): void {
  write(`proc/${pid}/cmdline`, words.map((word) => `${word}\0`).join(""));
  mkdirSync(join(base, `proc/${pid}/ns`), { recursive: true });
  symlinkSync(namespace, join(base, `proc/${pid}/ns/mnt`));
  chownSync(join(base, `proc/${pid}`), uid, uid);
}

const found = () => findEngineRoots(base).roots.map(({ path, from }) => `${path} (${from})`);
const paths = () => findEngineRoots(base).roots.map(({ path }) => path);
const faults = () => findEngineRoots(base).faults;

test("a host without engines has none", () => {
  assert.deepEqual(findEngineRoots(base), { roots: [], faults: [] });
});

describe("Docker's", () => {
  test("are in daemon.json", () => {
    write(
      "etc/docker/daemon.json",
      '{"data-root": "/mnt/docker-data/", "exec-root": "/run/d", "runtimes": {}}',
    );
    assert.deepEqual(found(), [
      "/mnt/docker-data (data-root in /etc/docker/daemon.json)",
      "/run/d (exec-root in /etc/docker/daemon.json)",
    ]);
  });

  test("are on the command line of the one that runs, in each of its spellings", () => {
    run(1, ["/sbin/init"]);
    for (const [index, words] of [
      ["--data-root=/mnt/a"],
      ["--data-root", "/mnt/a"],
      ["-data-root", "/mnt/a"],
      ["-g", "/mnt/a"],
      ["--graph=/mnt/a", "-H", "fd://"],
    ].entries()) {
      rmSync(join(base, "proc/70"), { recursive: true, force: true });
      run(70, ["/usr/sbin/dockerd", ...words]);
      assert.deepEqual(paths(), ["/mnt/a"], `${index}`);
    }
    run(71, ["dockerd", "--exec-root", "/run/b", "--config-file=/srv/d.json"]);
    write("srv/d.json", '{"data-root": "/mnt/c"}');
    assert.deepEqual(paths().sort(), ["/mnt/a", "/mnt/c", "/run/b"]);
  });

  test("are not those of somebody's, of a container's, or of what is only called so", () => {
    run(1, ["/sbin/init"]);
    run(70, ["dockerd", "--data-root", "/home/me"], { uid: 1000 });
    run(71, ["dockerd", "--data-root", "/home/me"], { namespace: "mnt:[2]" });
    run(72, ["sleep", "dockerd", "--data-root", "/home/me"]);
    run(73, []);
    assert.deepEqual(findEngineRoots(base), { roots: [], faults: [] });
  });

  test("are in its unit, its drop-ins and what they read, before it runs", () => {
    write(
      "usr/lib/systemd/system/docker.service",
      "[Service]\nEnvironmentFile=-/etc/default/docker\nExecStart=/usr/sbin/dockerd -H fd:// \\\n  $DOCKER_OPTS\n",
    );
    assert.deepEqual(found(), []);
    write(
      "etc/default/docker",
      '#DOCKER_OPTS="--data-root /no"\nDOCKER_OPTS="--data-root /mnt/a"\n',
    );
    write(
      "etc/systemd/system/docker.service.d/root.conf",
      "[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd --exec-root=/run/b\n",
    );
    write(
      "etc/systemd/system/docker.service.d/env.conf",
      "[Service]\nEnvironment=DOCKER_OPTS=--data-root=/mnt/c\n",
    );
    assert.deepEqual(found().sort(), [
      "/mnt/a (--data-root in /etc/default/docker)",
      "/mnt/c (--data-root in /etc/systemd/system/docker.service.d/env.conf)",
      "/run/b (--exec-root in /etc/systemd/system/docker.service.d/root.conf)",
    ]);
  });
});

test("containerd's are in its file, in what that imports, and on its command line", () => {
  write(
    "etc/containerd/config.toml",
    `version = 2
root = "/mnt/containerd"
# imports = ["/no.toml"]
imports = ["/etc/containerd/conf.d/*.toml",
  'more.toml']
[plugins.x]
  root = "/none"
`,
  );
  write(
    "etc/containerd/conf.d/a.toml",
    'state = "/run/x"\nimports = ["/etc/containerd/config.toml"]\n',
  );
  write("etc/containerd/more.toml", "root = '/mnt/more'\n");
  assert.deepEqual(found(), [
    "/mnt/containerd (root in /etc/containerd/config.toml)",
    "/mnt/more (root in /etc/containerd/more.toml)",
    "/run/x (state in /etc/containerd/conf.d/a.toml)",
  ]);
  run(1, ["init"]);
  run(80, [
    "/var/lib/rancher/x/bin/containerd",
    "-c",
    "/k/c.toml",
    "--state",
    "/run/k3s/containerd",
  ]);
  write("k/c.toml", 'root = "/k/containerd"\n');
  const more = ["/k/containerd", "/run/k3s/containerd"];
  assert.deepEqual(
    paths()
      .filter((path) => /k/.test(path))
      .sort(),
    more,
  );
});

test("Podman's and CRI-O's are those of the storage, nerdctl's its own", () => {
  write(
    "etc/containers/storage.conf",
    '[storage]\ndriver = "overlay"\ngraphroot = "/mnt/g"\nrunroot = "/run/g"\n[storage.options]\nrunroot = "/no"\n',
  );
  write("etc/containers/containers.conf.d/a.conf", '[engine]\nstatic_dir = "/mnt/s/libpod"\n');
  write("etc/crio/crio.conf.d/a.conf", '[crio]\nroot = "/mnt/c"\nrunroot = "/run/c"\n');
  write("etc/nerdctl/nerdctl.toml", 'data_root = "/mnt/n"\n');
  assert.deepEqual(paths(), ["/mnt/c", "/mnt/g", "/mnt/n", "/mnt/s", "/run/c", "/run/g"]);
});

test("CRI-O's drop-ins count whatever they are called, and those of another directory", () => {
  write("etc/crio/crio.conf.d/sub/more", '[crio]\nroot = "/mnt/c"\n');
  run(1, ["init"]);
  run(92, ["/usr/bin/crio", "--config", "/srv/crio.conf", "--config-dir=/srv/crio.d"]);
  write("srv/crio.conf", '[crio]\nroot = "/mnt/d"\n');
  write("srv/crio.d/x", '[crio]\nrunroot = "/run/d"\n');
  assert.deepEqual(paths(), ["/mnt/c", "/mnt/d", "/run/d"]);
});

describe("Kubernetes' distributions have theirs where they have them by default", () => {
  const HERE: readonly [name: string, home: string, roots: readonly string[]][] = [
    [
      "k3s",
      "/var/lib/rancher/k3s",
      ["/run/k3s/containerd", "/var/lib/rancher/k3s/agent/containerd"],
    ],
    [
      "RKE2",
      "/var/lib/rancher/rke2",
      ["/run/k3s/containerd", "/var/lib/rancher/rke2/agent/containerd"],
    ],
    [
      "k0s",
      "/var/lib/k0s",
      ["/run/k0s/containerd", "/var/lib/k0s/containerd", "/var/lib/k0s/kubelet"],
    ],
    [
      "MicroK8s",
      "/var/snap/microk8s/common",
      ["run/containerd", "var/lib/containerd", "var/lib/kubelet"].map(
        (path) => `/var/snap/microk8s/common/${path}`,
      ),
    ],
  ];
  for (const [name, home, roots] of HERE) {
    test(`${name}, before it runs`, () => {
      mkdirSync(join(base, home), { recursive: true });
      assert.deepEqual(
        found(),
        roots.map((path) => `${path} (${name}, which has ${home})`),
      );
    });
  }

  test("and what their containerd's own file says besides", () => {
    write("etc/k0s/containerd.toml", 'version = 2\nroot = "/mnt/k0s"\n');
    assert.deepEqual(found(), ["/mnt/k0s (root in /etc/k0s/containerd.toml)"]);
  });
});

test("the kubelet's is what its flags say, those in its environment too", () => {
  write(
    "etc/systemd/system/kubelet.service.d/10-kubeadm.conf",
    "[Service]\nEnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env\n",
  );
  write("var/lib/kubelet/kubeadm-flags.env", 'KUBELET_KUBEADM_ARGS="--root-dir=/mnt/k --v=2"\n');
  assert.deepEqual(paths(), ["/mnt/k"]);
  run(1, ["init"]);
  run(90, ["kubelet", "--root-dir", "/mnt/l"]);
  run(91, ["/usr/local/bin/k3s", "server", "--kubelet-arg=root-dir=/mnt/m"]);
  assert.deepEqual(paths().sort(), ["/mnt/k", "/mnt/l", "/mnt/m"]);
});

test("what lies in another one, or in a usual one, is none by itself", () => {
  write("etc/docker/daemon.json", '{"data-root": "/mnt/docker", "exec-root": "/run/docker"}');
  write(
    "run/docker/containerd/containerd.toml",
    'root = "/mnt/docker/containerd/daemon"\nstate = "/run/docker/containerd/daemon"\n',
  );
  assert.deepEqual(paths(), ["/mnt/docker", "/run/docker"]);
});

test("what tells of no directory is said, and hides nothing else", () => {
  write("etc/docker/daemon.json", "{");
  mkdirSync(join(base, "etc/containerd/config.toml"), { recursive: true });
  write("etc/containers/storage.conf", '[storage]\ngraphroot = "mnt"\nrunroot = "/"\n');
  write("etc/crio/crio.conf", '[crio]\nroot = "/mnt/../srv/c"\n');
  assert.deepEqual(paths(), ["/srv/c"]);
  assert.deepEqual(faults(), [
    "/etc/docker/daemon.json is not JSON",
    "/etc/containerd/config.toml: it is a directory, no regular file",
    '"mnt" (graphroot in /etc/containers/storage.conf) is no directory that an engine could have for itself',
    '"/" (runroot in /etc/containers/storage.conf) is no directory that an engine could have for itself',
  ]);
});

test("a directory is known by its name and by where it leads, as far as it is there", () => {
  mkdirSync(join(base, "mnt/disk"), { recursive: true });
  symlinkSync(join(base, "mnt/disk"), join(base, "var"));
  assert.deepEqual(withRealNames(["/var/lib/docker", "/mnt/disk", "/none"], base), [
    "/var/lib/docker",
    "/mnt/disk/lib/docker",
    "/mnt/disk",
    "/none",
  ]);
});
