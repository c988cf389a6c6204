// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  findDataRoot,
  findEngineManaged,
  isEngineStaging,
  isRootStorage,
} from "../../../core/engine/engine.ts";
import {
  containerName,
  type Engine,
  identifyOrigin,
  isSandboxName,
} from "../../../core/engine/origin.ts";
import { index, readFixture } from "../../fixtures/configs/index.ts";
import { draftOf, NO_RECORDS } from "../../support/containers.ts";

const ENGINES: Readonly<Record<string, Engine>> = {
  docker: "docker",
  podman: "podman",
  "containerd cri": "kubernetes",
  "containerd ctr": "containerd",
  "cri-o cri": "kubernetes",
  runc: "other",
  crun: "other",
};

describe("the engine is told by the bundle", () => {
  for (const entry of index) {
    const engine = /docker-build\.json$/.test(entry.file) ? "buildkit" : ENGINES[entry.engine]!;
    test(`${entry.file} is of ${engine}`, () => {
      const { annotations } = draftOf(readFixture(entry));
      const origin = identifyOrigin(entry.bundle, annotations)!;
      assert.equal(origin.engine, engine);
      assert.equal(origin.sandbox, /cri.*sandbox/.test(entry.file), "sandbox");
      const pod =
        entry.engine === "cri-o cri" ? `${origin.namespace}/${entry.flags[0]}` : "shop/web";
      assert.equal(
        containerName(annotations, origin),
        engine !== "kubernetes" ? undefined : origin.sandbox ? pod : `${pod}/main`,
      );
      if (engine === "kubernetes") {
        assert.match(origin.namespace!, /^[a-z][a-z0-9-]*$/);
        assert.match(origin.podUid!, /^[0-9a-f-]{36}$/);
        assert.match(origin.sandboxId!, /^[0-9a-f]{64}$/);
        if (origin.sandbox) assert.equal(origin.sandboxId, entry.id);
        else assert.notEqual(origin.sandboxId, entry.id);
      } else {
        assert.deepEqual(origin, { engine, sandbox: false });
      }
    });
  }

  const BUNDLES: readonly [bundle: string, engine: Engine][] = [
    ["/run/containerd/io.containerd.runtime.v2.task/moby/c", "docker"],
    ["/run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby/c", "docker"],
    ["/run/containerd/io.containerd.runtime.v2.task/moby-100000.200000/c", "docker"],
    ["/run/containerd/io.containerd.runtime.v2.task/moby-evil/c", "containerd"],
    ["/run/containerd/io.containerd.runtime.v2.task/moby2/c", "containerd"],
    ["/run/containerd/io.containerd.runtime.v2.task/plugins.moby/c", "plugin"],
    ["/run/containerd/io.containerd.runtime.v2.task/buildkit/c", "buildkit"],
    ["/var/tmp/buildah123", "buildah"],
    ["/run/user/0/buildah123", "buildah"],
    ["/var/tmp/buildah-cache", "other"],
    ["/var/tmp/buildah123/mnt", "other"],
    ["/run/containerd/io.containerd.runtime.v2.task/k8s.io/c", "containerd"],
    ["/run/containerd/io.containerd.runtime.v2.task/default/c", "containerd"],
    ["/run/k3s/containerd/io.containerd.runtime.v2.task/default/c", "containerd"],
    ["/run/containerd/io.containerd.runtime.v1.linux/moby/c", "docker"],
    ["/run/containerd/io.containerd.runtime.v3.task/moby/c", "docker"],
    ["/run/containerd/io.containerd.runtime.v2.task/moby/c/rootfs", "other"],
    ["/var/lib/docker/buildkit/executor/x", "buildkit"],
    ["/var/lib/buildkit/runc-overlayfs/executor/x", "buildkit"],
    ["/var/lib/docker/100000.100000/buildkit/executor/x", "buildkit"],
    ["/var/lib/docker/buildkit/executor", "other"],
    ["/var/lib/containers/storage/overlay-containers/c/userdata", "podman"],
    ["/var/lib/containers/storage/vfs-containers/c/userdata", "podman"],
    ["/home/me/.local/share/containers/storage/overlay-containers/c/userdata", "podman"],
    ["/run/containers/storage/overlay-containers/c/userdata", "podman"],
    ["/var/lib/containers/storage/overlay-containers/c", "other"],
    ["/root/bundle", "other"],
    ["/", "other"],
  ];
  for (const [bundle, engine] of BUNDLES) {
    test(`${bundle} is of ${engine}`, () => {
      assert.deepEqual(identifyOrigin(bundle, {}), { engine, sandbox: false });
    });
  }
});

describe("an engine's root is told by where the container lies", () => {
  const by = (engine: Engine) => ({ engine, sandbox: false });

  for (const [root, dataRoot] of [
    ["/srv/docker/overlay2/0f/merged", "/srv/docker"],
    ["/srv/docker/165536.165536/overlay2/0f/merged", "/srv/docker"],
    ["/srv/docker/rootfs/overlayfs/0f", "/srv/docker"],
    ["/srv/vfs/docker/vfs/dir/0f", "/srv/vfs/docker"],
    ["/overlay2/0f/merged", undefined],
    ["/1.1/overlay2/0f/merged", undefined],
    ["/srv/docker/overlay2", undefined],
    ["/srv/rootfs", undefined],
    ["/srv/x/merged", undefined],
  ] as const) {
    test(`by Docker's ${root}: ${dataRoot}`, () => {
      const container = { directory: "/run/b", root };
      assert.equal(findDataRoot(container, by("docker")), dataRoot);
      assert.equal(findDataRoot(container, by("containerd")), undefined);
    });
  }

  test("by Podman's bundle, since its user may choose the root file system", () => {
    const of = (directory: string) =>
      findDataRoot({ directory, root: "/home/me/overlay/x/merged" }, by("podman"));
    assert.equal(of("/srv/storage/overlay-containers/0f/userdata"), "/srv/storage");
    assert.equal(of("/overlay-containers/0f/userdata"), undefined);
  });

  test("by BuildKit's bundle", () => {
    const of = (directory: string) => findDataRoot({ directory, root: "/x" }, by("buildkit"));
    assert.equal(of("/srv/docker/buildkit/executor/x"), "/srv/docker");
    assert.equal(of("/srv/docker/1.1/buildkit/executor/x"), "/srv/docker");
    assert.equal(of("/srv/buildkit/runc-overlayfs/executor/x"), "/srv/buildkit");
    assert.equal(of("/run/containerd/io.containerd.runtime.v2.task/buildkit/x"), undefined);
    assert.equal(of("/buildkit/executor/x"), undefined);
  });

  test("in every fixture", () => {
    const docker = "/var/lib/docker";
    const roots = { docker, buildkit: docker, podman: "/var/lib/containers/storage" };
    for (const entry of index) {
      const draft = draftOf(readFixture(entry));
      const origin = identifyOrigin(entry.bundle, draft.annotations)!;
      const told = findDataRoot({ directory: entry.bundle, root: draft.root.path }, origin);
      assert.equal(told, roots[origin.engine as keyof typeof roots], entry.file);
    }
  });
});

describe("annotations", () => {
  const POD = {
    "io.kubernetes.cri.container-type": "sandbox",
    "io.kubernetes.cri.sandbox-namespace": "kube-system",
    "io.kubernetes.cri.sandbox-uid": "u",
    "io.kubernetes.cri.sandbox-id": "s",
    "io.container.manager": "cri-o",
    "io.kubernetes.cri-o.ContainerType": "sandbox",
    "io.kubernetes.cri-o.SandboxID": "s",
    "io.kubernetes.pod.namespace": "kube-system",
    "io.kubernetes.pod.uid": "u",
  };

  test("make no pod of what Docker, Podman, ctr or somebody by hand started", () => {
    for (const [bundle, engine] of [
      ["/run/containerd/io.containerd.runtime.v2.task/moby/c", "docker"],
      ["/run/containerd/io.containerd.runtime.v2.task/default/c", "containerd"],
      ["/var/lib/containers/storage/overlay-containers/c/userdata", "podman"],
      ["/var/lib/docker/buildkit/executor/x", "buildkit"],
      ["/root/bundle", "other"],
    ] as const) {
      assert.deepEqual(identifyOrigin(bundle, POD), { engine, sandbox: false });
    }
  });

  test("say of which pod a container is, where containerd's CRI plug-in or CRI-O wrote them", () => {
    const origin = {
      engine: "kubernetes",
      sandbox: true,
      namespace: "kube-system",
      podUid: "u",
      sandboxId: "s",
    };
    const bundles = (id: string) => [
      `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}`,
      `/run/containers/storage/overlay-containers/${id}/userdata`,
    ];
    for (const bundle of bundles("s")) assert.deepEqual(identifyOrigin(bundle, POD), origin);
    // What has another ID than the pod's sandbox is none, whatever its annotations say.
    for (const bundle of bundles("c")) {
      assert.deepEqual(identifyOrigin(bundle, POD), { ...origin, sandbox: false });
    }
  });

  test("name a sandbox in two parts, and nothing else, also where a container's is not told", () => {
    const bundle = (id: string) => `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}`;
    const named = { ...POD, "io.kubernetes.cri.sandbox-name": "web" };
    const name = (id: string) => containerName(named, identifyOrigin(bundle(id), named)!);
    assert.equal(name("s"), "kube-system/web");
    assert.equal(name("c"), "kube-system/web/?");
    assert.ok(isSandboxName(name("s")!, 64));
    for (const other of [name("c")!, "kube-system/web/main", "web", "", "/web", "web/"]) {
      assert.ok(!isSandboxName(other, 64), other);
    }
    // One that was cut may have had a third part.
    assert.ok(isSandboxName(`shop/${"p".repeat(57)}`, 64));
    assert.ok(!isSandboxName(`shop/${"p".repeat(58)}`, 64));
  });

  test("of CRI-O must agree on the namespace, which a pod's label could take the place of", () => {
    const bundle = "/run/containers/storage/overlay-containers/c/userdata";
    const written = (namespace: string) =>
      identifyOrigin(bundle, { ...POD, "io.kubernetes.cri-o.Namespace": namespace });
    assert.equal(written("kube-system")?.namespace, "kube-system");
    assert.equal(written("other"), undefined);
    const { "io.kubernetes.pod.namespace": _label, ...unlabelled } = POD;
    const alone = { ...unlabelled, "io.kubernetes.cri-o.Namespace": "kube-system" };
    assert.equal(identifyOrigin(bundle, alone), undefined);
  });
});

describe("what an engine manages", () => {
  const context = {
    id: "c0ffee",
    engineRoots: ["/var/lib/docker", "/var/lib/kubelet"],
    origin: { engine: "docker", sandbox: false },
    bundle: "/run/bundle",
    rootNames: [],
    records: NO_RECORDS,
  } as const;
  const find = (path: string, destination = "/x") => findEngineManaged(path, destination, context);

  test("is vouched for up to the directory that is the engine's own", () => {
    assert.equal(find("/var/lib/docker/volumes/v/_data/a/b"), "/var/lib/docker/volumes");
    const own = "/var/lib/docker/containers/c0ffee/hosts";
    assert.equal(find(own, "/etc/hosts"), own);
  });

  test("lies below UID.GID where users are remapped, and nowhere else below", () => {
    const root = "/var/lib/docker/100000.200000";
    assert.equal(find(`${root}/volumes/v/_data`), `${root}/volumes`);
    assert.equal(find(`${root}/containers/c0ffee/hosts`, "/etc/hosts") !== undefined, true);
    for (const other of ["100000", "100000.x", "x.1", "1.1/1.1"]) {
      assert.equal(find(`/var/lib/docker/${other}/volumes/v/_data`), undefined, other);
    }
  });

  test("is not the tree itself, nor what is called alike", () => {
    for (const path of [
      "/var/lib/docker",
      "/var/lib/docker/",
      "/var/lib/dockerx/volumes/v/_data",
      "/var/lib/docker/volumes/_data",
      "/var/lib/docker/volumes/v/_datax",
      "/var/lib/docker/containers/c0ffee",
      "/var/lib/docker/containers/constructor/constructor",
    ]) {
      assert.equal(find(path), undefined, path);
    }
  });

  test("holds root file systems below a storage driver's directory, never that itself", () => {
    for (const path of ["overlay2/x/merged", "1.1/overlay2/x", "plugins/p/rootfs", "vfs/dir/x"]) {
      assert.ok(isRootStorage(`/var/lib/docker/${path}`, context), path);
    }
    for (const path of [
      "",
      "/overlay2",
      "/overlay2/",
      "/volumes/v/_data",
      "/containers/c",
      "x/vfs/y",
    ]) {
      assert.ok(!isRootStorage(`/var/lib/docker${path}`, context), path);
    }
  });

  test("is staged by the kubelet where it is not to be mounted from", () => {
    for (const path of ["plugins/kubernetes.io/csi/d/h/globalmount", "pods/u/volumes/x/y"]) {
      assert.ok(isEngineStaging(`/var/lib/kubelet/${path}`, context), path);
    }
    for (const path of ["plugins/d", "pods/u/containers/c", "pods/u/volumes", "pods/volumes/x"]) {
      assert.ok(!isEngineStaging(`/var/lib/kubelet/${path}`, context), path);
    }
  });
});
