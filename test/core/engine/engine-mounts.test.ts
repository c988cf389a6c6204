// SPDX-License-Identifier: Apache-2.0
/**
 * What engines mount of their own accord, as they really wrote it, is admitted under baseline;
 * and the same mount that shows something else, or asks for another's, is not.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, test } from "node:test";
import { factsOf } from "../../../core/bundle/facts.ts";
import { parseConfig } from "../../../core/bundle/parse.ts";
import { findVouched } from "../../../core/engine/engine.ts";
import { identifyOrigin } from "../../../core/engine/origin.ts";
import { insideOf, otherNames, parseMountinfo } from "../../../core/host/mountinfo.ts";
import { check } from "../../../core/judge/admission.ts";
import { isWithin } from "../../../core/path.ts";
import { findReserved } from "../../../core/rule/reserved.ts";
import type { Place, PlaceContext, Subject } from "../../../core/rule/subject.ts";
import { index } from "../../fixtures/configs/index.ts";
import { type Capture, type NamedCapture, readCaptures } from "../../fixtures/engines/index.ts";
import {
  brokenRules,
  subjectOf as containerOf,
  contextOf,
  type Draft,
  draftOf,
  fixture,
  HOST,
  POLICIES,
  sentence,
  withValues,
} from "../../support/containers.ts";

const BASELINE = POLICIES.get("baseline")!;
const CAPTURES = readCaptures();

function named(name: string): NamedCapture {
  const found = CAPTURES.find((capture) => capture.name === name);
  if (found === undefined) throw new Error(`no capture ${name}`);
  return found;
}

/** The capture's host: where each of its names led. Links are told in `links`. */
function hostOf({ mountinfo }: Capture, links: Readonly<Record<string, string>> = {}) {
  const mounts = parseMountinfo(mountinfo.join("\n"));
  return (name: string): Place => {
    const link = Object.keys(links).find((candidate) => isWithin(name, candidate));
    const path = link === undefined ? name : `${links[link]}${name.slice(link.length)}`;
    // The last of those that are nearest hides the others.
    const mount = mounts
      .filter(({ mountpoint }) => isWithin(path, mountpoint))
      .reduce((a, b) => (b.mountpoint.length >= a.mountpoint.length ? b : a));
    return {
      path,
      mountpoint: mount.mountpoint,
      otherNames: otherNames(mounts, mount, path),
      filesystem: mount.type,
      options: mount.options,
      device: mount.device,
      inside: insideOf(mount, path),
      mountedFrom: mount.source,
      image: undefined,
    };
  };
}

function subjectOf(capture: Capture, links?: Readonly<Record<string, string>>): Subject {
  const { bundle: directory, id, records } = capture;
  const text = Buffer.from(JSON.stringify(capture.config));
  const bundle = factsOf(directory, parseConfig(`${directory}/config.json`, text));
  const look = hostOf(capture, links);
  const root = look(bundle.root);
  const context: PlaceContext = contextOf(
    id,
    identifyOrigin(directory, bundle.annotations)!,
    undefined,
    {
      bundle: directory,
      rootNames: [root.path, ...root.otherNames],
      records: {
        dockerOwner: (_root, _driver, layer) => records.docker[layer],
        storageOwner: (_root, _driver, layer) => records.storage[layer] ?? { kind: "image" },
        shownAt: (directory) =>
          parseMountinfo(capture.mountinfo.join("\n"))
            .filter(({ options }) => options.includes(`upperdir=${directory},`))
            .map(({ mountpoint }) => mountpoint),
      },
      superblockOf: (path) => look(path).device,
      look,
    },
  );
  return {
    bundle,
    context: { ...context, reserved: () => findReserved(context.engineRoots, look) },
    root,
    mounts: bundle.mounts.map((request) => ({
      request,
      place: request.bind ? look(request.source) : undefined,
    })),
    host: HOST,
    unsafeAnnotations: [],
  };
}

const OF_MOUNTS = ["hostPaths", "mountTypes", "sharedMounts", "engineSockets"];

/** What baseline refuses of its mounts. */
function refused(capture: Capture, links?: Readonly<Record<string, string>>, policy = BASELINE) {
  return check(policy, subjectOf(capture, links))
    .filter(({ rule }) => OF_MOUNTS.includes(rule))
    .flatMap(({ findings }) => findings.map(({ what }) => what));
}

/** The capture with all that is written in it changed. */
function rewritten(capture: NamedCapture, change: (text: string) => string): NamedCapture {
  return JSON.parse(change(JSON.stringify(capture)));
}

describe("what an engine mounts of its own accord is admitted", () => {
  for (const capture of CAPTURES) {
    test(capture.name, () => {
      assert.deepEqual(refused(capture), []);
    });
  }
});

describe("a passage shows what it shows", () => {
  /** Every mount of a capture that is bound through a passage, by its place in the mount table. */
  const passages = CAPTURES.flatMap((capture) => {
    const { mounts, context } = subjectOf(capture);
    return mounts.flatMap(({ request, place }) => {
      const vouched = place && findVouched(place.path, request.destination, context);
      const inner = vouched?.passage && place!.mountpoint !== vouched.directory;
      return inner && isWithin(place!.mountpoint, vouched.directory) ? [{ capture, place }] : [];
    });
  });

  test("there are such", () => assert.ok(passages.length > 30, `${passages.length}`));

  for (const { capture, place } of passages) {
    const { mountpoint } = place!;
    test(`${capture.name}, ${mountpoint}: the host's /etc is refused there`, () => {
      const root = capture.mountinfo.find((line) => line.includes(" / / "))!;
      const [, , device] = root.split(" ");
      const mountinfo = capture.mountinfo.map((line) =>
        line.split(" ")[4] === mountpoint
          ? `999 1 ${device} /etc ${mountpoint} rw${root.slice(root.indexOf(" - "))}`
          : line,
      );
      const [what] = refused({ ...capture, mountinfo });
      assert.match(what ?? "", /it shows "\/etc": it is outside the policy's host directories/);
    });

    test(`${capture.name}, ${mountpoint}: a disk that nobody mounted elsewhere is refused there`, () => {
      const mountinfo = capture.mountinfo.map((line) =>
        line.split(" ")[4] === mountpoint
          ? `999 1 8:17 / ${mountpoint} rw - ext4 /dev/sdb1 rw`
          : line,
      );
      const [what] = refused({ ...capture, mountinfo });
      assert.match(what ?? "", /device 8:17\) that the host has at no other place/);
    });
  }
});

describe("a build gets nothing of another container's", () => {
  const HEX = "0123456789abcdef".repeat(4);

  for (const [name, theirs] of [
    ["docker-26.1/build-bind-3", `overlay2/${HEX}/merged`],
    ["docker-26.1/build-cache-1", `overlay2/${HEX}/diff`],
    ["docker-28.5-vfs/build-bind-3", `vfs/dir/${HEX}`],
  ] as const) {
    test(`${name}: a layer that dockerd keeps for ${theirs}`, () => {
      const capture = rewritten(named(name), (text) =>
        text.replaceAll(/(overlay2\/[0-9a-z]{25}\/(merged|diff)|vfs\/dir\/[0-9a-z]{25})/g, theirs),
      );
      const recorded = { ...capture, records: { docker: { [HEX]: HEX }, storage: {} } };
      assert.match(refused(recorded).join(), /outside the policy's host directories/);
    });
  }

  test("an image that dockerd mounted for a build is known by its records alone", () => {
    const capture = named("docker-26.1/build-image-bind-1");
    const { docker } = capture.records;
    const with_ = (owner: string) => ({
      ...capture,
      records: {
        docker: Object.fromEntries(Object.keys(docker).map((layer) => [layer, owner])),
        storage: {},
      },
    });
    assert.deepEqual(refused(with_("0123456789abcdefghijklmno")), []);
    assert.notDeepEqual(refused(with_(HEX)), []);
    assert.notDeepEqual(refused({ ...capture, records: { docker: {}, storage: {} } }), []);
  });

  test("an image that dockerd mounted for one container is not another's", () => {
    for (const name of ["docker-28.5/mount-image", "docker-28.5-snapshotter/mount-image"]) {
      const capture = named(name);
      const other = rewritten(capture, (text) => text.replaceAll(`${capture.id}-`, `${HEX}-`));
      assert.notDeepEqual(refused(other), [], name);
    }
  });

  test("a snapshot of containerd's that a running container writes to", () => {
    const capture = named("docker-26.1-snapshotter/build-cache-1");
    const snapshot = /"source": ?"([^"]*snapshots\/\d+\/fs)"/.exec(JSON.stringify(capture))![1];
    const mounted = (at: string) => ({
      ...capture,
      mountinfo: [
        ...capture.mountinfo,
        `998 1 0:99 / ${at} rw - overlay overlay rw,lowerdir=/x,upperdir=${snapshot},workdir=/y`,
      ],
    });
    assert.notDeepEqual(
      refused(mounted(`/run/containerd/io.containerd.runtime.v2.task/moby/${HEX}/rootfs`)),
      [],
    );
    assert.deepEqual(
      refused(mounted("/var/lib/docker/buildkit/containerd-overlayfs/cachemounts/buildkit1")),
      [],
    );
  });

  test("a container's layer in containers/storage, which podman build -v names", () => {
    for (const name of ["podman-4.3/build-bind-3", "podman-5.4/build-bind-3"]) {
      const capture = named(name);
      const owned = Object.entries(capture.records.storage).map(([layer, owner]) => [
        layer,
        // The step's own stays a build's.
        JSON.stringify(subjectOf(capture).context.rootNames).includes(layer)
          ? owner
          : { ...owner, kind: "container" },
      ]);
      const theirs = { ...capture, records: { docker: {}, storage: Object.fromEntries(owned) } };
      assert.match(refused(theirs).join(), /it shows "\/var\/lib\/containers\/storage\/overlay/);
    }
  });

  test("another working container's secrets", () => {
    const capture = named("podman-5.4/build-secret-1");
    const theirs = rewritten(capture, (text) =>
      text.replaceAll(
        /overlay-containers\/[0-9a-f]{64}\/userdata\/secrets/g,
        `overlay-containers/${HEX}/userdata/secrets`,
      ),
    );
    assert.match(refused(theirs).join(), /userdata\/secrets\/[^"]*": it is outside/);
  });

  test("another step's bundle", () => {
    const capture = named("podman-5.4/build");
    const other = { ...capture, bundle: "/var/tmp/buildah1" };
    assert.match(refused(other).join(), /hostname" on "\/etc\/hostname": it is outside/);
  });

  test("what only other engines' containers may have", () => {
    const bundle = `/run/containerd/io.containerd.runtime.v2.task/moby/${HEX}`;
    for (const name of [
      "docker-26.1/build-cache-1",
      "docker-26.1/build-secret-1",
      "docker-26.1/build-ssh",
      "docker-26.1/build-bind-3",
      "docker-26.1/build-bind-4",
      "docker-26.1-snapshotter/build-bind-2",
      "docker-26.1-snapshotter/build-bind-5",
      "docker-28.5/build-emulator",
      "docker-28.5/plugin",
      "podman-5.4/build",
      "podman-5.4/build-bind-3",
      "podman-5.4/volume-subpath",
      "podman-5.4/mount-image",
    ]) {
      assert.notDeepEqual(refused({ ...named(name), bundle, id: HEX }), [], name);
    }
    const capture = named("docker-26.1/volume-subpath");
    const other = "/run/containerd/io.containerd.runtime.v2.task/default/c";
    assert.match(refused({ ...capture, bundle: other }).join(), /safe-mount/);
  });
});

describe("the host's files of its network", () => {
  const PLUGIN = named("docker-28.5/plugin");

  test("are a plugin's by their names, read-only", () => {
    const changes: Readonly<Record<string, (text: string) => string>> = {
      "for writing": (text) => text.replaceAll('["rbind","ro"]', '["rbind","rw"]'),
      "at another place": (text) => text.replaceAll('"destination":"/etc/', '"destination":"/srv/'),
      "others beside them": (text) => text.replaceAll("/etc/hosts", "/etc/shadow"),
    };
    for (const [title, change] of Object.entries(changes)) {
      assert.match(refused(rewritten(PLUGIN, change)).join(), /outside the policy's/, title);
    }
  });

  test("are no container's", () => {
    const { id } = PLUGIN;
    const container = rewritten(PLUGIN, (text) =>
      text.replace(`/plugins.moby/${id}`, `/moby/${id}`),
    );
    assert.match(refused(container).join(), /"\/etc\/hosts"/);
  });
});

describe("shared mounts are the engine's own alone", () => {
  test("a plugin's own, and no other of it", () => {
    const shared = rewritten(named("docker-28.5/plugin"), (text) =>
      text.replace(/("source":"\/srv\/d","options":\["rbind")/, '$1,"rshared"'),
    );
    assert.match(refused(shared).join(), /"\/srv\/d" on "\/mnt\/state" as shared/);
  });
});

describe("a volume of a provisioner of local directories", () => {
  test("is a directory of the host, and the refusal names what to add", () => {
    const of = fixture("trixie/containerd-cri-default-container.json");
    const config = draftOf(of);
    const volume =
      "/var/lib/rancher/k3s/storage/pvc-0a5c1f0e-7d1f-4b39-9f60-6f2d4c2f4c11_shop_data";
    config.mounts.push({ destination: "/data", type: "bind", source: volume, options: ["rbind"] });
    const said = (policy = BASELINE) => sentence(policy, containerOf(config, { from: of }));
    assert.match(said()!, /add "\/var\/lib\/rancher\/k3s\/storage\/\*" to hostPaths/);
    const path = "/var/lib/rancher/k3s/storage/*";
    const policy = withValues(BASELINE, { hostPaths: [{ path, access: "read-write" }] });
    assert.equal(said(policy), undefined);
  });
});

describe("what a build may ask of its builder beside mounts", () => {
  const broken = (capture: Capture) => brokenRules(BASELINE, subjectOf(capture));

  test("no step of buildah breaks another rule: it gives a seccomp filter, and no AppArmor profile", () => {
    const steps = CAPTURES.filter(({ name }) => /^podman-.*\/build/.test(name));
    assert.ok(steps.length > 20);
    for (const step of steps) assert.deepEqual(broken(step), [], step.name);
  });

  test("the host's network is refused", () => {
    for (const name of ["docker-26.1/build-host", "docker-28.5/build-host"]) {
      assert.ok(broken(named(name)).includes("hostNamespaces"), name);
    }
    assert.ok(!broken(named("docker-26.1/build-bind-2")).includes("hostNamespaces"));
  });

  test("and so is --security=insecure (buildkit, executor/oci and util/entitlements/security)", () => {
    const capture = named("docker-28.5/build-ssh");
    const config = structuredClone(capture.config) as Draft;
    assert.ok(!broken(capture).includes("privileged"));
    const { capabilities } = config.process;
    const privileged = draftOf(fixture("sid/docker-privileged.json")).process.capabilities
      .bounding!;
    for (const set of ["bounding", "effective", "permitted"] as const)
      capabilities[set] = privileged;
    config.linux.maskedPaths = [];
    config.linux.readonlyPaths = [];
    config.linux.resources = { devices: [{ allow: true, type: "c", access: "rwm" }] };
    for (const rule of ["privileged", "capabilities", "maskedPaths", "devices"]) {
      assert.ok(broken({ ...capture, config }).includes(rule), rule);
    }
  });
});

describe("vulnerabilities of builders lead nowhere", () => {
  test("CVE-2024-1753: the source of a bind in a stage is a link to the host's root", () => {
    for (const name of ["podman-4.3/build-bind-4", "podman-5.4/build-bind-4"]) {
      const capture = named(name);
      const root = capture.mountinfo.find((line) => line.includes(" / / "))!;
      const mountinfo = capture.mountinfo.map((line) =>
        /\/buildah-bind-target-\d+$/.test(line.split(" ")[4]!)
          ? root.replace(" / / ", ` / ${line.split(" ")[4]} `)
          : line,
      );
      assert.match(refused({ ...capture, mountinfo }).join(), /it shows "\/"/);
    }
  });

  test("CVE-2024-9675: a cache whose id climbs out of the caches", () => {
    const capture = named("podman-4.3/build-cache-1");
    for (const shown of ["/etc", "/var/tmp", "/var/tmp/buildah-cache", "/var/tmp/buildah9/run"]) {
      const other = rewritten(capture, (text) =>
        text.replaceAll(" /var/tmp/buildah-cache/c ", ` ${shown} `),
      );
      assert.match(refused(other).join(), new RegExp(`it shows "${shown}`), shown);
    }
  });

  test("CVE-2024-23651: the part of a cache was made a link meanwhile", () => {
    const capture = named("docker-28.5-vfs/build-cache-2");
    const other = rewritten(capture, (text) =>
      text.replaceAll(/ \/var\/lib\/docker\/vfs\/dir\/[0-9a-z]{25}\/cache /g, " /root "),
    );
    assert.match(refused(other).join(), /it shows "\/root"/);
  });
});

describe("an overlay is its layers", () => {
  const OVERLAY = named("podman-5.4/overlay");
  const withLower = (lower: string, capture = OVERLAY) =>
    rewritten(capture, (text) => text.replaceAll("lowerdir=/srv/d", `lowerdir=${lower}`));

  test("of a directory that the policy allows, whose name no container can change", () => {
    assert.deepEqual(refused(OVERLAY), []);
    assert.match(refused(withLower("/etc")).join(), /its layer "\/etc": it is outside/);
    assert.match(refused(withLower("/srv/d:/etc")).join(), /its layer "\/etc"/);
    assert.match(
      refused(withLower("/srv/d/e")).join(),
      /where its name can come to lead elsewhere/,
    );
    const readOnly = withValues(BASELINE, { hostPaths: [{ path: "/srv", access: "read-only" }] });
    assert.deepEqual(refused(withLower("/srv/d/e"), {}, readOnly), []);
  });

  test("also where Podman mounts it, and the runtime binds it", () => {
    const bound = (capture: NamedCapture) => {
      const merge = /"(\/[^"]*\/userdata\/overlay\/\d+\/merge)"/.exec(JSON.stringify(capture))![1]!;
      const config = structuredClone(capture.config) as Draft;
      const mount = config.mounts.find(({ type }) => type === "overlay")!;
      const options = mount.options!.filter((option) => option.includes("dir="));
      Object.assign(mount, { type: "bind", source: merge, options: ["rbind"] });
      const line = `998 1 0:98 / ${merge} rw - overlay overlay rw,${options.join(",")}`;
      return { ...capture, config, mountinfo: [...capture.mountinfo, line] };
    };
    assert.deepEqual(refused(bound(OVERLAY)), []);
    assert.match(refused(bound(withLower("/etc"))).join(), /its layer "\/etc": it is outside/);
    const fuse = rewritten({ ...bound(OVERLAY), name: "" }, (text) =>
      text.replaceAll(
        " - overlay overlay rw,lowerdir=/srv/d",
        " - fuse.fuse-overlayfs fuse-overlayfs rw,lowerdir=/srv/d",
      ),
    );
    assert.match(refused(fuse).join(), /that the host has at no other place/);
  });

  test("of a whole volume, not of a part", () => {
    const VOLUME = named("podman-5.4/volume-overlay");
    assert.deepEqual(refused(VOLUME), []);
    const part = rewritten(VOLUME, (text) =>
      text.replaceAll(
        "lowerdir=/var/lib/containers/storage/volumes/store/_data",
        "lowerdir=/var/lib/containers/storage/volumes/store/_data/a",
      ),
    );
    assert.match(refused(part).join(), /where its name can come to lead elsewhere/);
  });

  test("wherever their names lead", () => {
    assert.match(
      refused(OVERLAY, { "/srv/d": "/etc" }).join(),
      /its layer "\/srv\/d": it leads to "\/etc"/,
    );
  });

  test("of an image's layer for reading alone, and of no container's", () => {
    const IMAGE = named("podman-5.4/mount-image");
    const layer = /lowerdir=\/var\/lib\/containers\/storage\/overlay\/([0-9a-f]{64})/.exec(
      JSON.stringify(IMAGE.config),
    )![1]!;
    for (const kind of ["container", "build"] as const) {
      const storage = { ...IMAGE.records.storage, [layer]: { kind, id: "c" } };
      const theirs = { ...IMAGE, records: { docker: {}, storage } };
      assert.notDeepEqual(refused(theirs), [], kind);
    }
    const unknown = { ...IMAGE, records: { docker: {}, storage: {} } };
    assert.notDeepEqual(refused(unknown), [], "records in which the container is not found");
    const writing = rewritten(IMAGE, (text) =>
      text.replaceAll(/lowerdir=([^:" ,]*):/g, (_, image) => `upperdir=${image},lowerdir=`),
    );
    assert.notDeepEqual(refused(writing), []);
  });

  test("and refused by its type where it does not tell all of them", () => {
    for (const options of [
      '"lowerdir=relative"',
      '"lowerdir=/srv/a\\\\\\\\:b"',
      '"upperdir=/srv/a"',
      '"lowerdir=/srv/a","override=/etc"',
    ]) {
      const capture = rewritten(OVERLAY, (text) =>
        text.replace(/"lowerdir=\/srv\/d"[^\]]*/, options),
      );
      assert.match(refused(capture).join(), /a file system of type "overlay"/, options);
    }
  });
});

describe("docs/engines.md", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/engines.md"), "utf8");
  const files = [
    ...CAPTURES.map(({ name }) => `engines/${name}`),
    ...index.map(({ file }) => `configs/${file.replace(/\.json$/, "")}`),
  ];
  const rows = text
    .split("\n")
    .filter((line) => /^\| (?!engine |what |-)/.test(line) && !line.startsWith("|-"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const patterns = rows.flatMap((row) => row.at(-1)!.split(", "));

  test("says of each row what holds it", () => {
    assert.ok(rows.length > 25, `${rows.length} rows`);
    for (const pattern of patterns) {
      assert.ok(
        files.some((file) => matchesGlob(file, pattern)),
        `nothing is called ${pattern}`,
      );
    }
  });

  test("has a row for each capture", () => {
    const unheld = files
      .filter((file) => file.startsWith("engines/"))
      .filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)));
    assert.deepEqual(unheld, []);
  });
});
