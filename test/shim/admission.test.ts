// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  admitMount,
  admitNamespaces,
  admitRoot,
  admitsBelow,
  type MountRequest,
  type Place,
} from "../../shim/admission.ts";
import { LockcError } from "../../shim/errors.ts";
import type { Policy } from "../../shim/policy.ts";

const ID = "c0ffee";

const BASELINE: Policy = {
  name: "baseline",
  rules: 15,
  hostPaths: [
    { path: "/home/*", access: "read-write" },
    { path: "/srv", access: "read-write" },
    { path: "/usr/share/zoneinfo", access: "read-only" },
  ],
  mountTypes: ["proc", "tmpfs"],
  mountNamespace: "own",
};
const PRIVILEGED: Policy = {
  name: "privileged",
  rules: 0,
  hostPaths: "any",
  mountTypes: "any",
  mountNamespace: "any",
};
const CONTEXT = {
  id: ID,
  engineRoots: ["/var/lib/docker", "/run/containerd", "/var/lib/kubelet"],
  annotations: {},
};

function bind(
  source: string,
  destination = "/x",
  options: Partial<MountRequest> = {},
): MountRequest {
  return {
    source,
    destination,
    type: "bind",
    bind: true,
    recursive: true,
    readOnly: false,
    ...options,
  };
}

function place(path: string, facts: Partial<Place> = {}): Place {
  return { path, mountpoint: "/", otherNames: [], filesystem: "ext4", ...facts };
}

function refusal(act: () => void): LockcError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof LockcError, String(error));
    return error;
  }
  assert.fail("it was admitted");
}

const judge = (mount: MountRequest, where: Place, context = CONTEXT) =>
  admitMount(BASELINE, mount, where, context);

/** Each refused mount beside the permitted one that differs in one fact. */
const TWINS: readonly [
  title: string,
  refused: [MountRequest, Place],
  admitted: [MountRequest, Place],
][] = [
  ["the host's root", [bind("/"), place("/")], [bind("/srv"), place("/srv")]],
  ["all homes at once", [bind("/home"), place("/home")], [bind("/home/x"), place("/home/x")]],
  [
    "a neighbour of an allowed name",
    [bind("/srvx"), place("/srvx")],
    [bind("/srv/x"), place("/srv/x")],
  ],
  [
    "a link that leads out",
    [bind("/home/x/link"), place("/")],
    [bind("/home/x/link"), place("/home/x/real")],
  ],
  [
    "an engine's socket",
    [bind("/var/run/docker.sock"), place("/run/docker.sock")],
    [bind("/srv/a.sock"), place("/srv/a.sock")],
  ],
  [
    "a read-only directory mounted read-write",
    [bind("/usr/share/zoneinfo"), place("/usr/share/zoneinfo")],
    [bind("/usr/share/zoneinfo", "/x", { readOnly: true }), place("/usr/share/zoneinfo")],
  ],
  [
    "a volume that shows a host directory",
    [
      bind("/var/lib/docker/volumes/v/_data"),
      place("/var/lib/docker/volumes/v/_data", {
        mountpoint: "/var/lib/docker/volumes/v/_data",
        otherNames: ["/etc"],
      }),
    ],
    [
      bind("/var/lib/docker/volumes/v/_data"),
      place("/var/lib/docker/volumes/v/_data", {
        mountpoint: "/var/lib/docker/volumes/v/_data",
        otherNames: ["/srv/data"],
      }),
    ],
  ],
  [
    "the engine's whole tree",
    [bind("/var/lib/docker/volumes"), place("/var/lib/docker/volumes")],
    [bind("/var/lib/docker/volumes/v/_data"), place("/var/lib/docker/volumes/v/_data")],
  ],
  [
    "another container's secrets",
    [
      bind("/var/lib/docker/containers/other/mounts/secrets", "/run/secrets"),
      place("/var/lib/docker/containers/other/mounts/secrets"),
    ],
    [
      bind(`/var/lib/docker/containers/${ID}/mounts/secrets`, "/run/secrets"),
      place(`/var/lib/docker/containers/${ID}/mounts/secrets`),
    ],
  ],
  [
    "hosts at a place of the user's choice",
    [
      bind(`/var/lib/docker/containers/${ID}/hosts`, "/x"),
      place(`/var/lib/docker/containers/${ID}/hosts`),
    ],
    [
      bind(`/var/lib/docker/containers/${ID}/hosts`, "/etc/hosts"),
      place(`/var/lib/docker/containers/${ID}/hosts`),
    ],
  ],
];

for (const [title, refused, admitted] of TWINS) {
  test(`baseline refuses ${title}, and admits its twin`, () => {
    const error = refusal(() => judge(...refused));
    assert.equal(error.code, "LOCKC_E_MOUNT");
    assert.ok(
      error.message.includes(refused[0].source) && error.message.includes('policy "baseline"'),
      error.message,
    );
    assert.match(error.hint, /hostPaths/);
    judge(...admitted);
  });

  test(`privileged admits ${title}`, () => {
    admitMount(PRIVILEGED, ...refused, CONTEXT);
  });
}

test("a pod's volume is admitted for that pod only", () => {
  const path = "/var/lib/kubelet/pods/uid-1/volumes/kubernetes.io~configmap/c";
  const mine = { ...CONTEXT, annotations: { "io.kubernetes.cri.sandbox-uid": "uid-1" } };
  const other = { ...CONTEXT, annotations: { "io.kubernetes.cri.sandbox-uid": "uid-2" } };
  judge(bind(path), place(path), mine);
  refusal(() => judge(bind(path), place(path), other));
  refusal(() => judge(bind(path), place(path)));
});

test("a CSI volume's staging directory is no reason to refuse it, but no mount source either", () => {
  const path = "/var/lib/kubelet/pods/uid-1/volumes/kubernetes.io~csi/pv/mount";
  const staging = "/var/lib/kubelet/plugins/kubernetes.io/csi/pv/globalmount";
  const mine = { ...CONTEXT, annotations: { "io.kubernetes.cri.sandbox-uid": "uid-1" } };
  judge(bind(path), place(path, { mountpoint: path, otherNames: [staging] }), mine);
  refusal(() => judge(bind(staging), place(staging), mine));
});

test("a file system type outside the policy's list is refused", () => {
  const mount = { ...bind("/dev/sda1"), type: "ext4", bind: false };
  const error = refusal(() => admitMount(BASELINE, mount, undefined, CONTEXT));
  assert.match(error.sentence, /"ext4" on "\/x".*proc, tmpfs/);
  admitMount(BASELINE, { ...mount, type: "tmpfs" }, undefined, CONTEXT);
  admitMount(PRIVILEGED, mount, undefined, CONTEXT);
});

test("below a recursive bind, kernel file systems and other host directories are not the container's", () => {
  const mount = bind("/srv");
  const below = (facts: Partial<Place>) =>
    admitsBelow(BASELINE, mount, place("/srv/m", { mountpoint: "/srv/m", ...facts }), CONTEXT);
  assert.equal(below({ filesystem: "ext4" }), true);
  assert.equal(below({ filesystem: "proc" }), false);
  assert.equal(below({ otherNames: ["/etc"] }), false);
  assert.equal(below({ otherNames: ["/home/x"] }), true);
});

test("the host's system is nobody's root file system", () => {
  for (const path of [
    "/",
    "/home",
    "/etc/x",
    "/usr/lib/y",
    "/var/lib/docker",
    "/var/lib",
    "/proc/1/root",
  ]) {
    refusal(() => admitRoot(BASELINE, place(path), CONTEXT));
    admitRoot(PRIVILEGED, place(path), CONTEXT);
  }
  for (const path of ["/home/x/rootfs", "/var/lib/docker/overlay2/l/merged", "/tmp/b/rootfs"]) {
    admitRoot(BASELINE, place(path), CONTEXT);
  }
  refusal(() => admitRoot(BASELINE, place("/tmp/b/rootfs", { otherNames: ["/"] }), CONTEXT));
});

test("a container needs a mount namespace of its own", () => {
  assert.equal(
    refusal(() => admitNamespaces(BASELINE, [{ type: "pid" }])).code,
    "LOCKC_E_NAMESPACE",
  );
  refusal(() => admitNamespaces(BASELINE, [{ type: "mount", path: "/proc/1/ns/mnt" }]));
  admitNamespaces(BASELINE, [{ type: "mount" }]);
  admitNamespaces(BASELINE, [{ type: "mount", path: "" }]);
  admitNamespaces(PRIVILEGED, []);
});

test("no refusal uses words that dockerd turns into another exit code", () => {
  const words =
    /permission denied|is a directory|not a directory|no such file or directory|executable file not found/i;
  for (const [, refused] of TWINS)
    assert.doesNotMatch(refusal(() => judge(...refused)).sentence, words);
});
