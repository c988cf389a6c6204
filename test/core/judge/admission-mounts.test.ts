// SPDX-License-Identifier: Apache-2.0
/** What of the host a container is given: the engines' own files, volumes, and what lies below. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LayerOwner } from "../../../core/engine/origin.ts";
import type { Mount } from "../../../core/generated/config.ts";
import type { HostPath } from "../../../core/generated/policy.ts";
import { check } from "../../../core/judge/admission.ts";
import { admitsBelow } from "../../../core/rule/host-paths.ts";
import type { Policy } from "../../../core/rule/policy.ts";
import { findReserved } from "../../../core/rule/reserved.ts";
import type { FileKind, Place } from "../../../core/rule/subject.ts";
import type { RuleValues } from "../../../core/rule/values.ts";
import { DEFAULT_SETTINGS } from "../../../ctl/policy/settings.ts";
import {
  brokenRules,
  draftOf,
  findings,
  fixture,
  POLICIES,
  place,
  type Setting,
  sentence,
  subjectOf,
  withValues,
} from "../../support/containers.ts";

const BASELINE = POLICIES.get("baseline")!;
const baselineWith = (values: Partial<RuleValues>) => withValues(BASELINE, values);

const DOCKER = fixture("bookworm/docker-default.json");
const POD = fixture("trixie/containerd-cri-default-container.json");
const CRIO = fixture("cri-o/noinfra-default-container.json");
const PODMAN = fixture("trixie/podman-default.json");
const BUILD = fixture("trixie/docker-build.json");

const annotation = (of: { text: string }, name: string): string =>
  JSON.parse(of.text).annotations[name];
const UID = annotation(POD, "io.kubernetes.cri.sandbox-uid");
const SANDBOX = annotation(POD, "io.kubernetes.cri.sandbox-id");
const CRIO_UID = annotation(CRIO, "io.kubernetes.pod.uid");
const CRIO_SANDBOX = annotation(CRIO, "io.kubernetes.cri-o.SandboxID");
const CRIO_STORAGE = "/run/containers/storage/overlay-containers";
const IMAGES = "/run/containerd/io.containerd.grpc.v1.cri/image-volumes";
const DIGEST = "0123456789abcdef".repeat(4);
const LOCAL = `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~local-volume/pv`;

interface Bind {
  readonly of: { readonly bundle: string; readonly id: string; readonly text: string };
  readonly source: string;
  readonly destination?: string;
  readonly options?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly place?: Partial<Place>;
  /** Besides the default ones. */
  readonly engineRoots?: readonly string[];
}

/** The subject of `of` with one more mount. */
function withBind({ of, source, destination = "/x", ...more }: Bind) {
  const config = draftOf(of as typeof DOCKER);
  // Not twice at one place: what the engine put there gives way.
  config.mounts = config.mounts.filter((mount) => mount.destination !== destination);
  const options = ["rbind", ...(more.options ?? [])];
  config.mounts.push({ destination, type: "bind", source, options });
  Object.assign(config.annotations, more.annotations);
  const setting: Setting = {
    from: of,
    ...(more.place && { places: { [source]: more.place } }),
    engineRoots: [...DEFAULT_SETTINGS.engineRoots, ...(more.engineRoots ?? [])],
  };
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
    "the mark of another pod's sandbox, which a pod of CRI-O names as hostPath",
    {
      of: CRIO,
      source: `${CRIO_STORAGE}/0ther/userdata/.containerenv`,
      destination: "/run/.containerenv",
    },
    {
      of: CRIO,
      source: `${CRIO_STORAGE}/${CRIO_SANDBOX}/userdata/.containerenv`,
      destination: "/run/.containerenv",
    },
  ],
  [
    "the mark of the own sandbox at a place of the pod's choice",
    { of: CRIO, source: `${CRIO_STORAGE}/${CRIO_SANDBOX}/userdata/.containerenv` },
    {
      of: CRIO,
      source: `/var/lib/containers/storage/overlay-containers/${CRIO_SANDBOX}/userdata/.containerenv`,
      destination: "/run/.containerenv",
    },
  ],
  [
    "what else CRI-O keeps with the own sandbox",
    {
      of: CRIO,
      source: `${CRIO_STORAGE}/${CRIO_SANDBOX}/userdata/config.json`,
      destination: "/run/.containerenv",
    },
    {
      of: CRIO,
      source: `${CRIO_STORAGE}/${CRIO_SANDBOX}/userdata/.containerenv`,
      destination: "/run/.containerenv",
    },
  ],
  [
    "what would be CRI-O's, in a pod of containerd's",
    {
      of: POD,
      source: `${CRIO_STORAGE}/${SANDBOX}/userdata/.containerenv`,
      destination: "/run/.containerenv",
    },
    {
      of: CRIO,
      source: `${CRIO_STORAGE}/${CRIO_SANDBOX}/userdata/.containerenv`,
      destination: "/run/.containerenv",
    },
  ],
  [
    "the image volume of another pod",
    { of: POD, source: `${IMAGES}/0ther/${DIGEST}`, options: ["ro"] },
    { of: POD, source: `${IMAGES}/${SANDBOX}/${DIGEST}`, options: ["ro"] },
  ],
  [
    "an image volume to be written to",
    { of: POD, source: `${IMAGES}/${SANDBOX}/${DIGEST}` },
    { of: POD, source: `${IMAGES}/${SANDBOX}/${DIGEST}/part`, options: ["ro"] },
  ],
  [
    "all image volumes of the pod at once",
    { of: POD, source: `${IMAGES}/${SANDBOX}`, options: ["ro"] },
    {
      of: POD,
      source: `${IMAGES}/${SANDBOX}/${DIGEST}`,
      options: ["ro"],
      place: {
        mountpoint: `${IMAGES}/${SANDBOX}/${DIGEST}`,
        filesystem: "overlay",
        options: "rw,lowerdir=/x,upperdir=/y,workdir=/z",
      },
    },
  ],
  [
    "a mount that was made inside an image volume",
    {
      of: POD,
      source: `${IMAGES}/${SANDBOX}/${DIGEST}/proc`,
      options: ["ro"],
      place: { mountpoint: `${IMAGES}/${SANDBOX}/${DIGEST}/proc`, filesystem: "proc" },
    },
    {
      of: POD,
      source: `${IMAGES}/${SANDBOX}/${DIGEST}/proc`,
      options: ["ro"],
      place: { mountpoint: `${IMAGES}/${SANDBOX}/${DIGEST}`, filesystem: "overlay" },
    },
  ],
  [
    "the directory of a local persistent volume by its own name, as hostPath",
    { of: POD, source: "/opt/disk1" },
    { of: POD, source: LOCAL, place: { mountpoint: LOCAL, otherNames: ["/opt/disk1"] } },
  ],
  [
    "a local persistent volume of one of the host's own directories",
    { of: POD, source: LOCAL, place: { mountpoint: LOCAL, otherNames: ["/var/lib/x"] } },
    { of: POD, source: LOCAL, place: { mountpoint: LOCAL, otherNames: ["/var/x"] } },
  ],
  [
    "a local persistent volume in which one of the host's own directories lies",
    { of: POD, source: LOCAL, place: { mountpoint: LOCAL, otherNames: ["/var"] } },
    {
      of: POD,
      source: LOCAL,
      place: {
        mountpoint: LOCAL,
        otherNames: [
          "/opt/disk1",
          "/var/lib/kubelet/pods/0ther/volumes/kubernetes.io~local-volume/pv",
        ],
      },
    },
  ],
  [
    "another pod's local persistent volume",
    {
      of: POD,
      source: LOCAL.replace(UID, "0ther"),
      place: { mountpoint: LOCAL.replace(UID, "0ther"), otherNames: ["/opt/disk1"] },
    },
    { of: POD, source: LOCAL, place: { mountpoint: LOCAL, otherNames: ["/opt/disk1"] } },
  ],
  [
    "a directory of the host's that any other driver shows to a pod",
    {
      of: POD,
      source: LOCAL.replace("local-volume", "csi"),
      place: { mountpoint: LOCAL.replace("local-volume", "csi"), otherNames: ["/opt/disk1"] },
    },
    { of: POD, source: LOCAL, place: { mountpoint: LOCAL, otherNames: ["/opt/disk1"] } },
  ],
  [
    "what is mounted inside a local persistent volume",
    {
      of: POD,
      source: `${LOCAL}/m`,
      place: { mountpoint: `${LOCAL}/m`, otherNames: ["/opt/disk1"] },
    },
    {
      of: POD,
      source: `${LOCAL}/m`,
      place: { mountpoint: LOCAL, otherNames: ["/opt/disk1/m"] },
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

const VOLUME = "/var/lib/docker/volumes/v/_data";

/** A Docker volume that is a mount. */
const volume = (facts: Partial<Place>): Bind => ({
  of: DOCKER,
  source: VOLUME,
  place: { mountpoint: VOLUME, ...facts },
});

/** What a volume may be a mount of. */
const VOLUMES: typeof TWINS = [
  [
    "a volume of a device that the host has nowhere",
    volume({ filesystem: "ext4", device: "8:17" }),
    volume({ filesystem: "ext4", device: "8:17", otherNames: ["/mnt/disk"] }),
  ],
  [
    "a volume of a device that only another volume shows",
    volume({ device: "8:17", otherNames: ["/var/lib/docker/volumes/w/_data"] }),
    volume({ otherNames: ["/var/lib/docker/volumes/w/_data"] }),
  ],
  [
    "a volume of a device that the host has at its own places",
    volume({ filesystem: "xfs", device: "8:17", otherNames: ["/mnt/disk", "/boot"] }),
    volume({ filesystem: "xfs", device: "8:17", otherNames: ["/mnt/disk", "/srv/disk"] }),
  ],
  [
    "a volume of a subvolume of the engine's own disk that the host has nowhere",
    volume({ filesystem: "btrfs", device: "8:1", inside: "/@secret" }),
    volume({ filesystem: "btrfs", device: "8:1", inside: "/@srv/x", otherNames: ["/srv/x"] }),
  ],
  [
    "a volume of an image that lies outside the policy's directories",
    volume({ filesystem: "ext4", device: "7:0", image: "/root/disk.img" }),
    volume({ filesystem: "ext4", device: "7:0", image: "/home/me/disk.img" }),
  ],
  [
    "a directory of an image that lies outside the policy's directories",
    {
      of: DOCKER,
      source: "/mnt/i",
      place: { mountpoint: "/mnt/i", device: "7:0", image: "/etc/x.img" },
    },
    {
      of: DOCKER,
      source: "/mnt/i",
      place: { mountpoint: "/mnt/i", device: "7:0", image: "/srv/x.img" },
    },
  ],
  [
    "an image with a file system that takes further files, wherever it lies",
    volume({ filesystem: "erofs", image: "/home/me/disk.img", device: "7:0" }),
    volume({ filesystem: "squashfs", image: "/home/me/disk.img", device: "7:0" }),
  ],
  [
    "a file system that names a second device",
    volume({ filesystem: "tmpfs", options: "rw,device=/root/f" }),
    volume({ filesystem: "tmpfs", options: "rw,size=1m" }),
  ],
  [
    "a directory with a file system that names a second device",
    {
      of: DOCKER,
      source: "/mnt/i",
      place: { mountpoint: "/mnt/i", filesystem: "f2fs", options: "ro,device=/dev/sdb" },
    },
    {
      of: DOCKER,
      source: "/mnt/i",
      place: { mountpoint: "/mnt/i", filesystem: "f2fs", options: "ro,errors=continue" },
    },
  ],
  [
    "what the hypervisor shares, as a volume",
    volume({ filesystem: "9p", options: "rw,access=client,trans=virtio" }),
    volume({ filesystem: "9p", options: "rw,access=client,trans=tcp,port=564" }),
  ],
  [
    "a 9p that tells of two transports",
    volume({ filesystem: "9p", options: "rw,trans=tcp,trans=fd" }),
    volume({ filesystem: "9p", options: "rw,trans=rdma" }),
  ],
  [
    "a directory of the hypervisor's, as a volume",
    volume({ filesystem: "virtiofs" }),
    volume({ filesystem: "nfs4" }),
  ],
  [
    "a program's files, as a volume",
    volume({ filesystem: "fuse.bindfs", options: "rw,user_id=0,group_id=0" }),
    volume({ filesystem: "fuse.sshfs", options: "rw,user_id=0,group_id=0" }),
  ],
  [
    "layers, also of allowed directories",
    volume({ filesystem: "overlay", otherNames: ["/srv/x"] }),
    volume({ filesystem: "ramfs" }),
  ],
  [
    "an image with an unknown file system below an allowed directory",
    { of: DOCKER, source: "/mnt/i", place: { mountpoint: "/mnt/i", filesystem: "erofs" } },
    { of: DOCKER, source: "/mnt/i", place: { mountpoint: "/mnt/i", filesystem: "iso9660" } },
  ],
];

test("tmpfs, and what servers give, may be a volume that the host has nowhere", () => {
  for (const filesystem of ["tmpfs", "ramfs", "nfs", "nfs4", "cifs", "smb3", "ceph"]) {
    assert.ok(!isRefused(BASELINE, volume({ filesystem })), filesystem);
    assert.ok(isRefused(BASELINE, volume({ filesystem, otherNames: ["/root/m"] })), filesystem);
  }
});

test("what the host's root mounted below an allowed directory may be any disk, and FUSE", () => {
  for (const filesystem of ["ext4", "xfs", "btrfs", "vfat", "ntfs3", "virtiofs", "fuse.mergerfs"]) {
    const source = "/mnt/disk";
    assert.ok(
      !isRefused(BASELINE, { of: DOCKER, source, place: { mountpoint: source, filesystem } }),
      filesystem,
    );
  }
});

test("a volume may be a disk that the host has nowhere once an entry of hostPaths is the device", () => {
  const allowed = BASELINE.rules.hostPaths.value as readonly HostPath[];
  const naming = (path: string, access: HostPath["access"] = "read-write") =>
    baselineWith({ hostPaths: [...allowed, { path, access }] });
  const disk = volume({ filesystem: "ext4", device: "8:17", mountedFrom: "/dev/sdb1" });
  const btrfs = volume({ filesystem: "btrfs", device: "0:40", mountedFrom: "/dev/sdb1" });
  for (const one of [disk, btrfs]) {
    assert.ok(isRefused(BASELINE, one));
    assert.ok(!isRefused(naming("/dev/sdb1"), one));
    assert.ok(!isRefused(naming("/dev/disk/by-label/data"), one));
    assert.ok(isRefused(naming("/dev/sda1"), one), "another device");
    assert.ok(isRefused(naming("/dev"), one), "where devices are");
    assert.ok(isRefused(naming("/dev/sdb1", "read-only"), one), "for reading");
    assert.ok(!isRefused(naming("/dev/sdb1", "read-only"), { ...one, options: ["ro"] }));
    assert.ok(
      isRefused(naming("/dev/sdb1"), { ...one, place: { ...one.place, otherNames: ["/root/m"] } }),
    );
  }
  // What a program or whoever mounted it calls a device is none.
  for (const filesystem of ["fuse.bindfs", "virtiofs", "overlay"]) {
    const place = { filesystem, device: "0:40", mountedFrom: "/dev/sdb1" };
    assert.ok(isRefused(naming("/dev/sdb1"), volume(place)), filesystem);
  }
  const [finding] = findings(check(BASELINE, withBind(disk)));
  assert.deepEqual(finding?.allowedBy, { add: [{ path: "/dev/sdb1", access: "read-write" }] });
});

test("a pod's volume may be any disk, and huge pages, as its driver mounts it", () => {
  const source = `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~csi/pv/mount`;
  for (const filesystem of ["ext4", "xfs", "tmpfs", "hugetlbfs", "nfs4", "fuse", "lustre"]) {
    const place = { mountpoint: source, filesystem };
    assert.ok(!isRefused(BASELINE, { of: POD, source, place }), filesystem);
  }
  for (const filesystem of ["overlay", "proc", "mqueue"]) {
    const place = { mountpoint: source, filesystem };
    assert.ok(isRefused(BASELINE, { of: POD, source, place }), filesystem);
  }
});

test("an entry that names a mount itself vouches for whatever is mounted there", () => {
  const source = "/mnt/i";
  const bind = { of: DOCKER, source, place: { mountpoint: source, filesystem: "erofs" } };
  assert.ok(isRefused(BASELINE, bind));
  const named = baselineWith({ hostPaths: [{ path: source, access: "read-write" }] });
  assert.ok(!isRefused(named, bind));
});

test("the sentence says what is wrong with a volume, and what to use", () => {
  const says = (facts: Partial<Place>) => sentence(BASELINE, withBind(volume(facts)))!;
  assert.match(
    says({ filesystem: "ext4", device: "8:17" }),
    /_data" on "\/x": it is a mount of type ext4 \(device 8:17\) that the host has at no other place, so nobody allowed what is in it \(.*\); use a plain volume \(docker volume create without options\), or let the administrator mount it below a directory that hostPaths of the policy names, or name the device there; more: lockctl why \w+ \[LOCKC_E_MOUNT\]$/,
  );
  assert.match(
    says({ filesystem: "tmpfs", options: "rw,device=/root/f" }),
    /: it is a mount of type tmpfs with the option "device=\/root\/f", which names what else it shows \(.*\); use a plain volume .*, or mount it without that option; more: lockctl why \w+ \[/,
  );
  assert.match(
    says({ filesystem: "ext4", device: "7:0", image: "/root/d.img" }),
    /: it shows "\/root\/d\.img", which is outside the policy's host directories \(/,
  );
});

const AT_SRV = { of: DOCKER, engineRoots: ["/srv/docker"] };

/** What no directory of hostPaths brings along. */
const RESERVED: typeof TWINS = [
  [
    "an engine's root below an allowed directory",
    { ...AT_SRV, source: "/srv/docker" },
    { ...AT_SRV, source: "/srv/dockerx" },
  ],
  [
    "another container's settings there",
    { ...AT_SRV, source: "/srv/docker/containers/0ther/hostconfig.json" },
    { ...AT_SRV, source: "/srv/docker/volumes/v/_data" },
  ],
  [
    "an engine's root for reading",
    { ...AT_SRV, source: "/srv/docker/containers", options: ["ro"] },
    { ...AT_SRV, source: "/srv/data", options: ["ro"] },
  ],
  [
    "a directory in which an engine's root lies",
    { of: DOCKER, engineRoots: ["/srv/a/docker"], source: "/srv/a" },
    { of: DOCKER, engineRoots: ["/srv/a/docker"], source: "/srv/a/data" },
  ],
  [
    "an engine's root under another name of its file system",
    {
      ...AT_SRV,
      source: "/mnt/disk/d",
      place: { mountpoint: "/mnt/disk", inside: "/srv/docker", otherNames: ["/srv/docker"] },
    },
    {
      ...AT_SRV,
      source: "/mnt/disk/d",
      place: { mountpoint: "/mnt/disk", inside: "/srv/data", otherNames: ["/srv/data"] },
    },
  ],
  [
    "a part of an engine's root that a directory shows, told by its identity alone",
    {
      ...AT_SRV,
      source: "/home/me/x",
      place: { device: "8:1", inside: "/srv/docker/containers/0ther" },
    },
    { ...AT_SRV, source: "/home/me/x", place: { device: "8:2", inside: "/srv/docker/containers" } },
  ],
  [
    "a volume that shows a directory in which an engine's root lies",
    {
      of: DOCKER,
      engineRoots: ["/srv/a/docker"],
      source: "/srv/a/docker/volumes/v/_data",
      place: { mountpoint: "/srv/a/docker/volumes/v/_data", otherNames: ["/srv/a"] },
    },
    {
      of: DOCKER,
      engineRoots: ["/srv/a/docker"],
      source: "/srv/a/docker/volumes/v/_data",
      place: { mountpoint: "/srv/a/docker/volumes/v/_data", otherNames: ["/srv/a/data"] },
    },
  ],
  [
    "a link to an engine's root",
    { ...AT_SRV, source: "/home/me/l", place: { path: "/srv/docker/containers" } },
    { ...AT_SRV, source: "/home/me/l", place: { path: "/srv/containers" } },
  ],
];

for (const [title, refused, admitted] of [...VOLUMES, ...RESERVED, ...TWINS]) {
  test(`baseline refuses ${title}, and admits its twin`, () => {
    assert.ok(isRefused(BASELINE, refused));
    assert.match(sentence(BASELINE, withBind(refused))!, /HostPath Volumes.*\[LOCKC_E_MOUNT\]$/);
    assert.deepEqual(brokenRules(BASELINE, withBind(admitted)), []);
  });

  test(`privileged admits ${title}`, () => {
    assert.deepEqual(brokenRules(POLICIES.get("privileged")!, withBind(refused)), []);
  });
}

describe("an image volume of CRI-O's", () => {
  const of = fixture("cri-o/imagevolume-container.json");
  const STORAGE = "/var/lib/containers/storage/overlay";
  const image = /lowerdir=[^:"]*\/([0-9a-f]{64})\/merged:/.exec(of.text)![1]!;
  const places = { "/var/run/crio/image-volumes": { path: "/run/crio/image-volumes" } };
  const own = { kind: "container", id: of.id } as const;

  /** What baseline says to it, its text changed. */
  function said(change: (text: string) => string = (text) => text, image_: LayerOwner = IMAGE) {
    const config = JSON.parse(change(of.text));
    const records = {
      storageOwner: (_root: string, _driver: string, layer: string) =>
        layer === image ? image_ : own,
    };
    return sentence(BASELINE, subjectOf(config, { from: of, places, records }));
  }
  const IMAGE: LayerOwner = { kind: "image" };

  test("is admitted", () => assert.equal(said(), undefined));

  test("is no layer that a container writes to, be it the own", () => {
    for (const owner of [{ kind: "container", id: "0ther" }, own] as const) {
      assert.match(said(undefined, owner)!, /its layer "[^"]*\/merged": it is outside/);
    }
  });

  test("has the empty directory beside it, and nothing else of CRI-O's", () => {
    for (const other of ["exits", "image-volumes/x"]) {
      const text = said((text) =>
        text.replace("/var/run/crio/image-volumes", `/run/crio/${other}`),
      );
      assert.match(text!, /its layer "\/run\/crio\/[^"]*": it is outside/, other);
    }
  });

  test("is no layer to write to", () => {
    const upper = ["upperdir=/run/crio/image-volumes", "workdir=/run/crio/image-volumes"];
    assert.match(
      said((text) => text.replace('"lowerdir=', `"${upper.join('","')}","lowerdir=`))!,
      /its layer "\/run\/crio\/image-volumes": it is outside/,
    );
  });

  test("is nothing that a pod has by its name as hostPath", () => {
    for (const source of [`${STORAGE}/${image}/merged`, "/run/crio/image-volumes"]) {
      const config = draftOf(of);
      config.mounts.push({ destination: "/x", type: "bind", source, options: ["rbind", "ro"] });
      const records = {
        storageOwner: (_root: string, _driver: string, layer: string) =>
          layer === image ? IMAGE : own,
      };
      const subject = subjectOf(config, { from: of, places, records });
      assert.match(sentence(BASELINE, subject)!, /on "\/x": it is outside/);
    }
  });

  test("is no container's of containerd", () => {
    const config = draftOf(POD);
    config.mounts.push(JSON.parse(of.text).mounts.find(({ type }: Mount) => type === "overlay"));
    const subject = subjectOf(config, {
      from: POD,
      places,
      records: { storageOwner: () => IMAGE },
    });
    assert.match(sentence(BASELINE, subject)!, /its layer "[^"]*\/merged": it is outside/);
  });
});

describe("a local persistent volume", () => {
  const disk = { device: "8:17", inside: "/pv" };
  const at = (mountpoint: string, facts: Partial<Place> = {}) => ({
    mountpoint,
    otherNames: [LOCAL, "/opt/disk1"].filter((name) => name !== mountpoint),
    ...disk,
    ...facts,
  });
  const SUBPATH = `/var/lib/kubelet/pods/${UID}/volume-subpaths/pv/main/0`;

  /** Whether a mount of `source` is refused, LOCAL being the volume. */
  function refused(source: string, facts: Partial<Place>, volume: Partial<Place> = at(LOCAL)) {
    const config = draftOf(POD);
    config.mounts.push({ destination: "/x", type: "bind", source, options: ["rbind"] });
    const places = { [LOCAL]: volume, [source]: facts };
    return ["baseline", "restricted"].map((level) => {
      const subject = subjectOf(config, { from: POD, places });
      return brokenRules(POLICIES.get(level)!, subject).includes("hostPaths");
    });
  }

  test("is admitted by baseline and restricted, wherever the administrator has it", () => {
    assert.deepEqual(refused(LOCAL, at(LOCAL)), [false, false]);
  });

  test("is admitted by a subPath of it, which is the same place of the same file system", () => {
    const sub = { otherNames: [`${LOCAL}/sub`, "/opt/disk1/sub"], inside: "/pv/sub" };
    const config = draftOf(POD);
    config.mounts.push({ destination: "/x", type: "bind", source: SUBPATH, options: ["rbind"] });
    const places = {
      [`${LOCAL}/sub`]: at(LOCAL, sub),
      [SUBPATH]: at(SUBPATH, sub),
    };
    assert.deepEqual(brokenRules(BASELINE, subjectOf(config, { from: POD, places })), []);
  });

  test("does not bring along what else holds it", () => {
    // The file system's root, a part of which the local volume shows.
    assert.deepEqual(refused(SUBPATH, at(SUBPATH, { inside: "/" })), [true, true]);
    assert.deepEqual(refused(SUBPATH, at(SUBPATH), at(LOCAL, { device: "8:33" })), [true, true]);
  });

  test("is none where its own image is another file of the host's", () => {
    const image = { device: "7:0", image: "/opt/disk.img" };
    assert.deepEqual(refused(LOCAL, at(LOCAL, image), at(LOCAL, image)), [true, true]);
  });

  test("is none of an engine's or of lockc's own directories", () => {
    const docker = { otherNames: ["/opt/docker"], inside: "/opt/docker" };
    const config = draftOf(POD);
    config.mounts.push({ destination: "/x", type: "bind", source: LOCAL, options: ["rbind"] });
    const engineRoots = [...DEFAULT_SETTINGS.engineRoots, "/opt/docker"];
    const places = { [LOCAL]: at(LOCAL, { ...docker, device: "8:1" }) };
    const subject = subjectOf(config, { from: POD, places, engineRoots });
    assert.match(sentence(BASELINE, subject)!, /"\/opt\/docker", which is an engine's own/);
  });
});

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
      /it may only be mounted read-only .*; mount it read-only \(-v SOURCE:TARGET:ro, readOnly: true\);/,
    );
  });

  test("an empty list leaves volumes", () => {
    const policy = paths();
    assert.match(
      sentence(policy, withBind({ of: DOCKER, source: "/srv/x" }))!,
      /\); use a volume; else let the administrator write "hostPaths: \{ add: \[\{ path: \/srv\/x, access: read-write \}\] \}" in a policy in \/etc\/lockc\/policy/,
    );
    assert.ok(!isRefused(policy, { of: DOCKER, source: "/var/lib/docker/volumes/v/_data" }));
  });
});

describe("what is reserved", () => {
  const with_ = (...paths: readonly string[]) =>
    baselineWith({ hostPaths: paths.map((path) => ({ path, access: "read-write" })) });

  test("is an engine's root, lockc's own places, engines' settings and the host's services", () => {
    const policy = with_("/etc/*", "/usr/*", "/run/*", "/var/*");
    for (const source of [
      "/var/lib/docker/containers",
      "/run/containerd/io.containerd.runtime.v2.task",
      "/etc/lockc/policy",
      "/usr/lib/lockc/shim.js",
      "/usr/bin/lockc-runc",
      "/run/lockc",
      "/etc/docker/daemon.json",
      "/etc/containers",
      "/etc/systemd/system/docker.service.d",
    ]) {
      const said = sentence(policy, withBind({ of: DOCKER, source }))!;
      assert.match(said, /: it lies in "[^"]+", which is [^"]+ \(.*\[LOCKC_E_MOUNT\]$/, source);
    }
    for (const source of ["/usr/lib", "/usr/bin", "/etc/systemd", "/var/lib"]) {
      const said = sentence(policy, withBind({ of: DOCKER, source, options: ["ro"] }))!;
      assert.match(said, /: it holds "[^"]+", which is [^"]+ \(/, source);
    }
    for (const source of ["/etc/ssl", "/usr/lib/modules", "/var/log", "/etc/lockcx"]) {
      assert.ok(!isRefused(policy, { of: DOCKER, source }), source);
    }
  });

  test("is told with what it is, and with what to do", () => {
    const bind = { ...AT_SRV, source: "/srv/docker/containers" };
    assert.match(
      sentence(BASELINE, withBind(bind))!,
      /refuses the mount of "\/srv\/docker\/containers" on "\/x": it lies in "\/srv\/docker", which is an engine's own \(rule hostPaths\.allow; Pod Security Standards: HostPath Volumes\); use a volume, or another directory; what manages engines or lockc belongs under policy privileged; more: lockctl why \w+ \[LOCKC_E_MOUNT\]$/,
    );
    const link = { ...AT_SRV, source: "/home/me/l", place: { path: "/srv/docker" } };
    assert.match(
      sentence(BASELINE, withBind(link))!,
      /: it leads to "\/srv\/docker", which lies in "\/srv\/docker"/,
    );
  });

  test("is allowed by an entry that is written for it, and by no other", () => {
    const logs = { ...AT_SRV, source: "/srv/docker/containers" };
    for (const path of ["/srv/docker", "/srv/docker/*", "/srv/docker/containers"]) {
      assert.ok(!isRefused(with_(path), logs), path);
      assert.ok(!isRefused(with_("/srv/*", path), logs), path);
    }
    for (const path of ["/srv", "/srv/*", "/srv/docker/containers/*", "/srv/docker/volumes"]) {
      assert.ok(isRefused(with_(path), logs), path);
    }
    const readOnly = baselineWith({
      hostPaths: [
        { path: "/srv", access: "read-write" },
        { path: "/srv/docker/containers", access: "read-only" },
      ],
    });
    assert.ok(isRefused(readOnly, logs));
    assert.ok(!isRefused(readOnly, { ...logs, options: ["ro"] }));
  });

  test("above it is allowed together with all of it", () => {
    const whole = { ...AT_SRV, source: "/srv" };
    assert.ok(isRefused(with_("/srv"), whole));
    assert.ok(isRefused(with_("/srv", "/srv/docker/*"), whole));
    assert.ok(!isRefused(with_("/srv", "/srv/docker"), whole));
  });

  test("is nothing where any path may be mounted", () => {
    const any = baselineWith({ hostPaths: "any" });
    assert.ok(!isRefused(any, { ...AT_SRV, source: "/srv/docker" }));
  });

  test("is not brought along below a recursive bind", () => {
    const subject = withBind({ of: DOCKER, engineRoots: ["/srv/d/docker"], source: "/srv/d" });
    const { request } = subject.mounts.at(-1)!;
    const admits = (path: string) =>
      admitsBelow(
        BASELINE,
        request,
        place(path, { mountpoint: path, device: "8:9", inside: "/" }),
        subject.context,
      );
    assert.ok(!admits("/srv/d/docker"));
    assert.ok(!admits("/srv/d/docker/containers"));
    assert.ok(admits("/srv/d/data"));
  });

  test("counts by its name before anything is there", () => {
    const subject = withBind({ of: DOCKER, engineRoots: ["/srv/a/docker"], source: "/srv/a" });
    const context = {
      ...subject.context,
      reserved: () => findReserved(["/srv/a/docker"], () => undefined),
    };
    assert.deepEqual(brokenRules(BASELINE, { ...subject, context }), ["hostPaths"]);
  });

  test("is also where a link in the settings leads", () => {
    const subject = withBind({ of: DOCKER, engineRoots: ["/var/x"], source: "/srv/docker/x" });
    const look = (path: string) => place(path === "/var/x" ? "/srv/docker" : path);
    const context = { ...subject.context, reserved: () => findReserved(["/var/x"], look) };
    assert.deepEqual(brokenRules(BASELINE, { ...subject, context }), ["hostPaths"]);
  });
});

describe("a directory that is given only to look at, with all that lies there", () => {
  const policy = baselineWith({ hostPaths: [{ path: "/", access: "read-all" }] });
  const ro = ["rbind", "ro"];

  test("may be mounted read-only, the host's root and what is reserved among it", () => {
    const sources = ["/", "/run", "/var/lib/docker", "/var/lib/docker/containers", "/etc/lockc"];
    for (const source of sources) {
      assert.deepEqual(brokenRules(policy, withBind({ of: DOCKER, source, options: ro })), []);
      assert.ok(isRefused(policy, { of: DOCKER, source, options: ["rbind"] }), source);
      assert.ok(
        isRefused(baselineWith({ hostPaths: [{ path: "/", access: "read-only" }] }), {
          of: DOCKER,
          source,
          options: ro,
        }),
        source,
      );
    }
  });

  test("brings an engine's socket along, but is none", () => {
    const socket = { of: DOCKER, source: "/run/docker.sock", options: ["ro"] };
    assert.deepEqual(brokenRules(policy, withBind(socket)), ["engineSockets"]);
    const otherwise = { path: "/mnt/s", otherNames: ["/run/docker.sock"] };
    const leads = { of: DOCKER, source: "/mnt/s", options: ["ro"], place: otherwise };
    assert.deepEqual(brokenRules(policy, withBind(leads)), ["engineSockets"]);
  });

  test("brings along disks that are mounted below, not what is in memory and not the kernel's", () => {
    const subject = withBind({ of: DOCKER, source: "/", options: ro });
    const request = { ...subject.mounts.at(-1)!.request, readOnlyBelow: true };
    const admits = (path: string, filesystem: string, asked = policy) => {
      const facts = { mountpoint: path, device: "8:9", inside: "/", filesystem };
      return admitsBelow(asked, request, place(path, facts), subject.context);
    };
    assert.ok(admits("/boot", "ext4"));
    assert.ok(admits("/nfs", "nfs4"));
    for (const type of ["tmpfs", "ramfs", "proc", "sysfs", "devtmpfs", "overlay"]) {
      assert.ok(!admits("/run", type), type);
    }
    const named = baselineWith({
      hostPaths: [
        { path: "/", access: "read-all" },
        { path: "/run", access: "read-all" },
      ],
    });
    assert.ok(admits("/run", "tmpfs", named));
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
    /refuses the mount of "\/run" on "\/x": in it is the socket of an engine \(\/run\/docker.sock\), through which one is root on the host \(rule engineSockets\.allow\); mount only what is needed of it, without \/run\/docker\.sock; what must talk to the engine belongs under policy privileged; more: lockctl why \w+ \[LOCKC_E_MOUNT\]$/,
  );
  assert.deepEqual(brokenRules(policy, withBind({ of: DOCKER, source: "/run/other" })), []);
  const both = baselineWith({ hostPaths: "any", engineSockets: true });
  assert.deepEqual(brokenRules(both, withBind(bind)), []);
});

describe("what a refusal of an engine's socket says", () => {
  const SOCKET: Bind = { of: DOCKER, source: "/run/docker.sock" };

  test("is what it leads to first, whatever else is refused", () => {
    assert.match(
      sentence(BASELINE, withBind(SOCKET))!,
      /"\/run\/docker\.sock" on "\/x": it is the socket of an engine .* \(rule engineSockets\.allow\); leave it out; .*; the rule hostPaths refuses it too; more: lockctl why \w+ \[LOCKC_E_MOUNT\]$/,
    );
    const { bundle, ...subject } = withBind(SOCKET);
    const shared = { ...subject, bundle: { ...bundle, netDevices: ["eth0"] } };
    assert.match(sentence(BASELINE, shared)!, /the rules hostNamespaces, hostPaths refuse it too/);
  });

  test("is no directory where it might lie instead, also where a policy allows the socket as such", () => {
    const policy = baselineWith({ engineSockets: true });
    for (const source of ["/run/docker.sock", "/run"]) {
      const said = sentence(policy, withBind({ of: DOCKER, source }))!;
      assert.match(
        said,
        /HostPath Volumes\); (leave it out|mount only what is needed of it, without \/run\/docker\.sock); what must talk to the engine belongs/,
      );
      assert.doesNotMatch(said, /\/home|use a volume/);
    }
    assert.match(
      sentence(policy, withBind(SOCKET))!,
      /else let the administrator write "hostPaths: \{ add: \[\{ path: \/run\/docker\.sock, access: read-write \}\] \}"/,
    );
    assert.match(sentence(policy, withBind({ of: DOCKER, source: "/etc/x" }))!, /below \/home/);
  });
});

describe("what else to do is said of", () => {
  const said = (kind: FileKind, policy = BASELINE) => {
    const subject = withBind({ of: DOCKER, source: "/opt/x" });
    return sentence(policy, { ...subject, host: { ...subject.host, kindAt: () => kind } })!;
  };
  const tight = baselineWith({ hostPaths: [] });
  const KINDS: Record<FileKind, [wide: RegExp, tight: RegExp]> = {
    directory: [/; use a volume, or a directory below \/home, /, /; use a volume; else let/],
    file: [
      /; copy the file into a volume or the image, or to a place below \/home, /,
      /; copy the file into a volume or the image; else let/,
    ],
    socket: [
      /; let its service listen in a directory of its own below \/home, .*, and mount that directory; else let/,
      /; let its service listen on a network that both have; else let/,
    ],
    device: [
      /; give it the device by --device, which the rule devices judges; else let/,
      /; give it the device by --device/,
    ],
  };
  for (const [kind, [wide, narrow]] of Object.entries(KINDS)) {
    test(`a ${kind}`, () => {
      assert.match(said(kind as FileKind), wide);
      assert.match(said(kind as FileKind, tight), narrow);
    });
  }
});

test("baseline lets a container know what time it is here, but not set it", () => {
  const zone = { "/etc/localtime": { path: "/usr/share/zoneinfo/Europe/Oslo" } };
  for (const source of ["/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo"]) {
    const bind = { of: DOCKER, source, destination: source } as const;
    for (const place of [undefined, zone[source as keyof typeof zone]]) {
      const read: Bind = { ...bind, options: ["ro"], ...(place && { place }) };
      assert.deepEqual(brokenRules(BASELINE, withBind(read)), [], source);
      assert.ok(isRefused(BASELINE, { ...read, options: [] }), source);
      assert.ok(isRefused(POLICIES.get("restricted")!, read), source);
    }
  }
  assert.ok(isRefused(BASELINE, { of: DOCKER, source: "/etc/localtime.d", options: ["ro"] }));
  assert.ok(isRefused(BASELINE, { of: DOCKER, source: "/usr/share", options: ["ro"] }));
});
