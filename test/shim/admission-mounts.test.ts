// SPDX-License-Identifier: Apache-2.0
/** What of the host a container is given: the engines' own files, volumes, and what lies below. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { admitsBelow, type Place } from "../../shim/admission.ts";
import type { Policy } from "../../shim/policy.ts";
import type { RuleValues } from "../../shim/rules.ts";
import {
  brokenRules,
  draftOf,
  fixture,
  POLICIES,
  place,
  type Setting,
  sentence,
  subjectOf,
  withValues,
} from "./containers.ts";

const BASELINE = POLICIES.get("baseline")!;
const baselineWith = (values: Partial<RuleValues>) => withValues(BASELINE, values);

const DOCKER = fixture("bookworm/docker-default.json");
const POD = fixture("trixie/containerd-cri-default-container.json");
const CRIO = fixture("cri-o/container-default.handmade.json");
const PODMAN = fixture("trixie/podman-default.json");
const BUILD = fixture("trixie/docker-build.json");

const annotation = (of: { text: string }, name: string): string =>
  JSON.parse(of.text).annotations[name];
const UID = annotation(POD, "io.kubernetes.cri.sandbox-uid");
const SANDBOX = annotation(POD, "io.kubernetes.cri.sandbox-id");
const CRIO_UID = annotation(CRIO, "io.kubernetes.pod.uid");
const CRIO_SANDBOX = annotation(CRIO, "io.kubernetes.cri-o.SandboxID");

interface Bind {
  readonly of: { readonly bundle: string; readonly id: string; readonly text: string };
  readonly source: string;
  readonly destination?: string;
  readonly options?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly place?: Partial<Place>;
}

/** The subject of `of` with one more mount. */
function withBind({ of, source, destination = "/x", ...more }: Bind) {
  const config = draftOf(of as typeof DOCKER);
  // Not twice at one place: what the engine put there gives way.
  config.mounts = config.mounts.filter((mount) => mount.destination !== destination);
  const options = ["rbind", ...(more.options ?? [])];
  config.mounts.push({ destination, type: "bind", source, options });
  Object.assign(config.annotations, more.annotations);
  const setting: Setting = { from: of, ...(more.place && { places: { [source]: more.place } }) };
  return subjectOf(config, setting);
}

const isRefused = (policy: Policy, bind: Bind) =>
  brokenRules(policy, withBind(bind)).includes("hostPaths");

/** Refused, and the permitted twin with one fact changed. */
const TWINS: readonly [title: string, refused: Bind, admitted: Bind][] = [
  [
    "a container's own hosts file at a place of the user's choice",
    { of: DOCKER, source: `/var/lib/docker/containers/${DOCKER.id}/hosts` },
    {
      of: DOCKER,
      source: `/var/lib/docker/containers/${DOCKER.id}/hosts`,
      destination: "/etc/hosts",
    },
  ],
  [
    "another container's secrets",
    {
      of: DOCKER,
      source: "/var/lib/docker/containers/0ther/mounts/secrets",
      destination: "/run/secrets",
    },
    {
      of: DOCKER,
      source: `/var/lib/docker/containers/${DOCKER.id}/mounts/secrets`,
      destination: "/run/secrets",
    },
  ],
  [
    "a container's own settings",
    { of: DOCKER, source: `/var/lib/docker/containers/${DOCKER.id}/hostconfig.json` },
    { of: DOCKER, source: `/var/lib/docker/containers/${DOCKER.id}/mounts/secrets/s` },
  ],
  [
    "all volumes at once, where users are remapped",
    { of: DOCKER, source: "/var/lib/docker/165536.165536/volumes" },
    { of: DOCKER, source: "/var/lib/docker/165536.165536/volumes/v/_data" },
  ],
  [
    "a volume's own settings",
    { of: DOCKER, source: "/var/lib/docker/volumes/v" },
    { of: DOCKER, source: "/var/lib/docker/volumes/v/_data/sub" },
  ],
  [
    "what a build mounts, in a container",
    { of: DOCKER, source: "/var/lib/docker/tmp/buildkit-mount1/x" },
    { of: BUILD, source: "/var/lib/docker/tmp/buildkit-mount1/x" },
  ],
  [
    "what an engine keeps for itself beside a build's mounts",
    { of: BUILD, source: "/var/lib/docker/tmp/other" },
    { of: BUILD, source: "/var/lib/docker/tmp/buildkit-mount1" },
  ],
  [
    "the memory of a pod's sandbox anywhere but at /dev/shm",
    {
      of: POD,
      source: `/run/containerd/io.containerd.grpc.v1.cri/sandboxes/${SANDBOX}/shm`,
    },
    {
      of: POD,
      source: `/run/containerd/io.containerd.grpc.v1.cri/sandboxes/${SANDBOX}/shm`,
      destination: "/dev/shm",
    },
  ],
  [
    "another pod's sandbox",
    {
      of: POD,
      source: "/run/containerd/io.containerd.grpc.v1.cri/sandboxes/0ther/shm",
      destination: "/dev/shm",
    },
    {
      of: POD,
      source: `/run/containerd/io.containerd.grpc.v1.cri/sandboxes/${SANDBOX}/shm`,
      destination: "/dev/shm",
    },
  ],
  [
    "the volume of another container's image",
    {
      of: POD,
      source: "/var/lib/containerd/io.containerd.grpc.v1.cri/containers/0ther/volumes/v",
    },
    {
      of: POD,
      source: `/var/lib/containerd/io.containerd.grpc.v1.cri/containers/${POD.id}/volumes/v`,
    },
  ],
  [
    "another pod's volume",
    { of: POD, source: "/var/lib/kubelet/pods/0ther/volumes/kubernetes.io~secret/s" },
    { of: POD, source: `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~secret/s` },
  ],
  [
    "a directory of the own pod that holds no volumes",
    { of: POD, source: `/var/lib/kubelet/pods/${UID}/plugins/x` },
    { of: POD, source: `/var/lib/kubelet/pods/${UID}/volume-subpaths/v/c/0` },
  ],
  [
    "a Docker user's container that calls itself a pod's",
    {
      of: DOCKER,
      source: `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~secret/s`,
      annotations: {
        "io.kubernetes.cri.container-type": "container",
        "io.kubernetes.cri.sandbox-uid": UID,
        "io.kubernetes.cri.sandbox-id": SANDBOX,
      },
    },
    { of: POD, source: `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~secret/s` },
  ],
  [
    "a Podman user's container that calls itself a pod's of CRI-O",
    {
      of: PODMAN,
      source: `/var/lib/kubelet/pods/${CRIO_UID}/volumes/kubernetes.io~secret/s`,
      annotations: {
        "io.container.manager": "cri-o",
        "io.kubernetes.cri-o.ContainerType": "container",
        "io.kubernetes.pod.uid": CRIO_UID,
      },
    },
    { of: CRIO, source: `/var/lib/kubelet/pods/${CRIO_UID}/volumes/kubernetes.io~secret/s` },
  ],
  [
    "the files of another container than the sandbox, in a pod of CRI-O",
    {
      of: CRIO,
      source: "/run/containers/storage/overlay-containers/0ther/userdata/hostname",
      destination: "/etc/hostname",
    },
    {
      of: CRIO,
      source: `/run/containers/storage/overlay-containers/${CRIO_SANDBOX}/userdata/hostname`,
      destination: "/etc/hostname",
    },
  ],
  [
    "another container's user data",
    { of: PODMAN, source: "/run/containers/storage/overlay-containers/0ther/userdata/secrets" },
    {
      of: PODMAN,
      source: `/run/containers/storage/overlay-containers/${PODMAN.id}/userdata/secrets`,
    },
  ],
  [
    "CSI's staging directory as a source",
    { of: POD, source: "/var/lib/kubelet/plugins/kubernetes.io/csi/d/h/globalmount" },
    {
      of: POD,
      source: `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~csi/pv/mount`,
      place: {
        mountpoint: `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~csi/pv/mount`,
        otherNames: ["/var/lib/kubelet/plugins/kubernetes.io/csi/d/h/globalmount"],
      },
    },
  ],
  [
    "a pod's volume that shows a host directory",
    {
      of: POD,
      source: `/var/lib/kubelet/pods/${UID}/volume-subpaths/v/c/0`,
      place: {
        mountpoint: `/var/lib/kubelet/pods/${UID}/volume-subpaths/v/c/0`,
        otherNames: ["/etc/kubernetes"],
      },
    },
    {
      of: POD,
      source: `/var/lib/kubelet/pods/${UID}/volume-subpaths/v/c/0`,
      place: {
        mountpoint: `/var/lib/kubelet/pods/${UID}/volume-subpaths/v/c/0`,
        otherNames: ["/var/lib/kubelet/pods/0ther/volumes/kubernetes.io~nfs/v/sub"],
      },
    },
  ],
  [
    "a directory of somebody's that shows another pod's volume",
    {
      of: POD,
      source: "/home/me/m",
      place: {
        mountpoint: "/home/me/m",
        otherNames: ["/var/lib/kubelet/pods/0ther/volumes/kubernetes.io~secret/s"],
      },
    },
    {
      of: POD,
      source: "/home/me/m",
      place: { mountpoint: "/home/me/m", otherNames: ["/srv/m"] },
    },
  ],
  [
    "a file system of the kernel's, mounted below an allowed directory",
    {
      of: DOCKER,
      source: "/srv/p",
      place: { mountpoint: "/srv/p", filesystem: "proc" },
    },
    {
      of: DOCKER,
      source: "/srv/p",
      place: { mountpoint: "/srv/p", filesystem: "xfs" },
    },
  ],
];

for (const [title, refused, admitted] of TWINS) {
  test(`baseline refuses ${title}, and admits its twin`, () => {
    assert.ok(isRefused(BASELINE, refused));
    assert.match(sentence(BASELINE, withBind(refused))!, /HostPath Volumes.*\[LOCKC_E_MOUNT\]$/);
    assert.deepEqual(brokenRules(BASELINE, withBind(admitted)), []);
  });

  test(`privileged admits ${title}`, () => {
    assert.deepEqual(brokenRules(POLICIES.get("privileged")!, withBind(refused)), []);
  });
}

describe("of hostPaths", () => {
  const paths = (...hostPaths: readonly (readonly [string, "read-only" | "read-write"])[]) =>
    baselineWith({ hostPaths: hostPaths.map(([path, access]) => ({ path, access })) });

  test("/srv is itself and all below, /srv/* only what is below", () => {
    const whole = paths(["/srv", "read-write"]);
    const below = paths(["/srv/*", "read-write"]);
    assert.ok(!isRefused(whole, { of: DOCKER, source: "/srv" }));
    assert.ok(isRefused(below, { of: DOCKER, source: "/srv" }));
    for (const policy of [whole, below]) {
      assert.ok(!isRefused(policy, { of: DOCKER, source: "/srv/a/b" }));
      assert.ok(isRefused(policy, { of: DOCKER, source: "/srvx" }));
    }
  });

  test("the longest that fits vouches for a mount, wherever it stands in the list", () => {
    const bind = {
      of: DOCKER,
      source: "/mnt/data",
      place: { mountpoint: "/mnt/data", otherNames: ["/big/data"] },
    };
    assert.ok(isRefused(paths(["/mnt/*", "read-write"]), bind));
    assert.ok(!isRefused(paths(["/mnt/*", "read-write"], ["/mnt/data", "read-write"]), bind));
    assert.ok(!isRefused(paths(["/mnt/data", "read-write"], ["/mnt/*", "read-write"]), bind));
    const readOnly = paths(["/mnt/*", "read-write"], ["/mnt/data", "read-only"]);
    assert.ok(isRefused(readOnly, bind));
    assert.ok(!isRefused(readOnly, { ...bind, options: ["ro"] }));
  });

  test("the more generous of two that fit holds", () => {
    const policy = paths(["/srv", "read-only"], ["/srv/w", "read-write"]);
    assert.ok(!isRefused(policy, { of: DOCKER, source: "/srv/w/x" }));
    assert.ok(isRefused(policy, { of: DOCKER, source: "/srv/x" }));
    assert.match(
      sentence(policy, withBind({ of: DOCKER, source: "/srv/x" }))!,
      /it may only be mounted read-only .*use a volume, or a directory below \/srv\/w;/,
    );
  });

  test("an empty list leaves volumes", () => {
    const policy = paths();
    assert.match(
      sentence(policy, withBind({ of: DOCKER, source: "/srv/x" }))!,
      /\); use a volume; else let the administrator add it to hostPaths/,
    );
    assert.ok(!isRefused(policy, { of: DOCKER, source: "/var/lib/docker/volumes/v/_data" }));
  });
});

describe("below a recursive bind", () => {
  const admits = (facts: Partial<Place>, options: readonly string[] = [], policy = BASELINE) => {
    const subject = withBind({ of: DOCKER, source: "/srv/d", options });
    const { request } = subject.mounts.at(-1)!;
    return admitsBelow(
      policy,
      request,
      place("/srv/d/m", { mountpoint: "/srv/d/m", ...facts }),
      subject.context,
    );
  };

  test("an ordinary file system is the container's, one of the kernel's is not", () => {
    assert.ok(admits({ filesystem: "xfs" }));
    for (const filesystem of ["proc", "sysfs", "cgroup2", "debugfs", "bpf", "overlay"]) {
      assert.ok(!admits({ filesystem }), filesystem);
    }
  });

  test("what is another directory of the host is the container's when that one is", () => {
    assert.ok(admits({ otherNames: ["/home/me/x"] }));
    assert.ok(!admits({ otherNames: ["/etc"] }));
    assert.ok(!admits({ otherNames: ["/home/me/x", "/etc"] }));
  });

  test("what may only be read stays out unless the option makes all of it read-only", () => {
    const policy = baselineWith({ hostPaths: [{ path: "/srv", access: "read-only" }] });
    assert.ok(!admits({}, ["ro"], policy));
    assert.ok(admits({}, ["rro"], policy));
    assert.ok(!admits({}, ["rro", "rrw"], policy));
  });

  test("a policy that refuses no path, or only reports, lets all of it in", () => {
    assert.ok(admits({ filesystem: "proc" }, [], baselineWith({ hostPaths: "any" })));
    const rules = { ...BASELINE.rules };
    const observed = { ...BASELINE, rules: { ...rules, hostPaths: { ...rules.hostPaths } } };
    observed.rules.hostPaths = { ...rules.hostPaths, mode: "audit" };
    assert.ok(admits({ otherNames: ["/etc"] }, [], observed));
  });
});

describe("a root file system", () => {
  const isRefusedRoot = (path: string, otherNames: string[] = [], policy = BASELINE) => {
    const config = draftOf(fixture("bookworm/runc-spec.json"));
    config.root.path = path;
    const from = { bundle: "/run/c/b", id: "b" };
    const places = { [path]: { otherNames } };
    return brokenRules(policy, subjectOf(config, { from, places })).includes("hostPaths");
  };

  test("may lie in the bundle, in an engine's storage, and where nothing of the system is", () => {
    for (const path of [
      "/run/c/b/rootfs",
      "/var/lib/docker/overlay2/l/merged",
      "/var/lib/docker/165536.165536/overlay2/l/merged",
      "/var/lib/docker/rootfs/overlayfs/c",
      "/var/lib/containers/storage/overlay/l/merged",
      "/var/lib/containers/storage/overlay-containers/c/rootfs/merge",
      "/var/tmp/intermediate-mountpoint-0.0",
      "/home/me/rootfs",
      "/tmp/b/rootfs",
    ]) {
      assert.ok(!isRefusedRoot(path), path);
    }
  });

  test("is nothing else of the host", () => {
    for (const path of [
      "/run/c/b",
      "/run/c/bundle/rootfs",
      "/run/containers/x",
      "/var/lib/docker/overlay2",
      "/var/lib/docker/volumes/v/_data",
      "/var/lib/kubelet/pods/u/volumes/v",
      "/rootfs",
      "/opt",
      "/var/log/x",
    ]) {
      assert.ok(isRefusedRoot(path), path);
      assert.ok(!isRefusedRoot(path, [], POLICIES.get("privileged")), path);
    }
    assert.ok(isRefusedRoot("/run/c/b/rootfs", ["/etc"]));
  });
});

test("an engine's socket is refused by its own rule, also where any path may be mounted", () => {
  const policy = baselineWith({ hostPaths: "any" });
  const bind: Bind = { of: DOCKER, source: "/run" };
  assert.deepEqual(brokenRules(policy, withBind(bind)), ["engineSockets"]);
  assert.match(
    sentence(policy, withBind(bind))!,
    /refuses the mount of "\/run" on "\/x": in it is the socket of an engine \(\/run\/docker.sock\), through which one is root on the host \(rule engineSockets\); leave it out; what must talk to the engine belongs under policy privileged \[LOCKC_E_MOUNT\]$/,
  );
  assert.deepEqual(brokenRules(policy, withBind({ of: DOCKER, source: "/run/other" })), []);
  const both = baselineWith({ hostPaths: "any", engineSockets: true });
  assert.deepEqual(brokenRules(both, withBind(bind)), []);
});
