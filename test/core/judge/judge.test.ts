// SPDX-License-Identifier: Apache-2.0
/** The whole decision, with real directories, links and mounts. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { after, afterEach, describe, test } from "node:test";
import { readBundle } from "../../../core/bundle/read.ts";
import { LockcError } from "../../../core/errors.ts";
import { placesOf } from "../../../core/host/mounts.ts";
import {
  findingsOf,
  type Judgement,
  judge,
  type Question,
  refusalOf,
} from "../../../core/judge/judge.ts";
import type { Settings } from "../../../core/policy/policy.ts";
import type { Policy } from "../../../core/rule/policy.ts";
import { DEFAULT_SETTINGS } from "../../../ctl/policy/settings.ts";
import { type Draft, draftOf, fixture, POLICIES, withValues } from "../../support/containers.ts";
import { enterPrivateMounts, unmount } from "../../support/private-mounts.ts";

const folder = enterPrivateMounts();
const mounted: string[] = [];
after(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  for (const target of mounted.splice(0).reverse()) unmount(target);
});

const BASE = fixture("bookworm/runc-spec.json");
/** Baseline, with the test's own directories for the host's. */
const POLICY: Policy = {
  ...withValues(POLICIES.get("baseline")!, {
    hostPaths: [
      { path: join(folder, "data/*"), access: "read-write" },
      { path: join(folder, "readable"), access: "read-only" },
    ],
    apparmor: "never",
    seccomp: "never",
  }),
  name: "own",
};
const ALL = new Map([...POLICIES, ["own", POLICY]]);

const make = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const write = (name: string, content: unknown) => {
  make(dirname(name));
  writeFileSync(join(folder, name), JSON.stringify(content));
};

function mount(target: string, ...args: readonly string[]): string {
  const path = make(target);
  execFileSync("mount", [...args, path]);
  mounted.push(path);
  return path;
}
const bindMount = (source: string, target: string) => mount(target, "--bind", source);

/** A bundle at `at`, with the root file system in it. */
function bundleOf(change: (config: Draft) => void, at = "bundle") {
  const directory = make(at);
  make(`${at}/rootfs`);
  const config = draftOf(BASE);
  config.root.path = "rootfs";
  delete config.hooks;
  change(config);
  writeFileSync(join(directory, "config.json"), JSON.stringify(config));
  return readBundle(directory);
}

interface Asked extends Partial<Omit<Question, "settings">> {
  readonly settings?: Partial<Settings>;
}

function judged(change: (config: Draft) => void, asked: Asked = {}, at?: string): Judgement {
  const judgement = judge({
    id: "c",
    flag: "own",
    calledAs: "lockc-runc",
    find: (name) => ALL.get(name),
    bundle: bundleOf(change, at),
    ...asked,
    settings: { ...DEFAULT_SETTINGS, engineSockets: [], ...asked.settings },
  });
  for (const { fd } of placesOf(judgement.given)) closing.push(fd);
  return judgement;
}
const closing: number[] = [];
afterEach(() => {
  for (const fd of closing.splice(0)) closeSync(fd);
});

const bind =
  (source: string, options: readonly string[] = ["rbind"]) =>
  (config: Draft) => {
    config.mounts.push({ destination: "/x", type: "bind", source, options: [...options] });
  };

const said = (judgement: Judgement) => refusalOf(judgement, "c")?.sentence;
const paths = ({ given }: Judgement) =>
  placesOf(given).map(({ path }) => path.slice(folder.length + 1));

describe("what a container is given", () => {
  test("is its root and each source, held open by identity", () => {
    const source = make("data/a");
    const judgement = judged(bind(source));
    assert.equal(said(judgement), undefined);
    assert.deepEqual(paths(judgement), ["bundle/rootfs", "data/a"]);
    for (const { fd, path } of placesOf(judgement.given)) {
      assert.equal(fstatSync(fd).ino, statSync(path).ino);
    }
  });

  test("begins with what is the engine's own, then come directories of the host", () => {
    const engine = make("engine/volumes/v/_data");
    const shown = bindMount(make("data/shown"), "engine/volumes/shown/_data");
    const settings = { engineRoots: [join(folder, "engine")] };
    const config = (change: Draft) => {
      for (const [index, source] of [make("data/a"), shown, engine].entries()) {
        const destination = `/x${index}`;
        change.mounts.push({ destination, type: "bind", source, options: ["rbind"] });
      }
    };
    const judgement = judged(config, { settings });
    assert.equal(said(judgement), undefined);
    assert.deepEqual(paths(judgement), [
      ...["bundle/rootfs", "engine/volumes/v/_data", "data/a"],
      "engine/volumes/shown/_data", // a volume that is a directory of the host
    ]);
    assert.equal(judgement.given.engines.length, 2);
  });

  test("is where a link leads, not the link", () => {
    const source = make("data/a");
    symlinkSync(source, join(folder, "data/good"));
    symlinkSync("/etc", join(folder, "data/bad"));
    const good = judged(bind(join(folder, "data/good")));
    assert.deepEqual(paths(good), ["bundle/rootfs", "data/a"]);
    assert.equal(said(good), undefined);
    assert.match(
      said(judged(bind(join(folder, "data/bad"))))!,
      /it leads to "\/etc", which is outside the policy's host directories/,
    );
  });

  test("is what the kernel finds behind a/.., where a is a link", () => {
    symlinkSync("/etc/ssl", join(folder, "data/out"));
    assert.match(
      said(judged(bind(`${folder}/data/out/../passwd`)))!,
      /it leads to "\/etc\/passwd"/,
    );
  });

  test("is nothing when a source does not exist", () => {
    assert.throws(
      () => judged(bind(join(folder, "data/none"))),
      (error) =>
        error instanceof LockcError &&
        error.code === "LOCKC_E_MOUNT" &&
        /cannot open the mount source ".*none": it does not exist/.test(error.message),
    );
  });

  test("is what is mounted below a recursive bind, as far as the policy has it", () => {
    const source = make("data/tree");
    mount("data/tree/memory", "-t", "tmpfs", "none");
    mount("data/tree/proc", "-t", "proc", "none");
    bindMount("/etc", "data/tree/system");
    bindMount(make("data/other"), "data/tree/other");
    const all = judged(bind(source));
    assert.equal(said(all), undefined);
    assert.deepEqual(paths(all).slice(1).sort(), [
      "data/tree",
      "data/tree/memory",
      "data/tree/other",
    ]);
    assert.deepEqual(paths(judged(bind(source, ["bind"]))).slice(1), ["data/tree"]);
    const free = judged(bind(source), { flag: "privileged" });
    assert.equal(paths(free).length, 6);
  });

  test("below what may only be read is what the options make read-only as well", () => {
    const source = make("readable");
    mount("readable/memory", "-t", "tmpfs", "none");
    assert.deepEqual(paths(judged(bind(source, ["rbind", "ro"]))).slice(1), ["readable"]);
    assert.deepEqual(paths(judged(bind(source, ["rbind", "rro"]))).slice(1), [
      "readable",
      "readable/memory",
    ]);
    assert.match(said(judged(bind(source)))!, /may only be mounted read-only/);
  });

  test("leaves nothing open of what it is not", () => {
    const source = make("data/tree");
    mount("data/tree/proc", "-t", "proc", "none");
    const before = readdirSync("/proc/self/fd").length;
    const { given } = judged(bind(source));
    assert.equal(readdirSync("/proc/self/fd").length, before + placesOf(given).length);
  });
});

describe("a directory that is a mount", () => {
  test("shows what it binds, whatever it is called", () => {
    bindMount("/etc", "data/harmless");
    bindMount(make("data/real"), "data/twin");
    assert.match(
      said(judged(bind(join(folder, "data/harmless"))))!,
      /it shows "\/etc", which is outside the policy's host directories/,
    );
    assert.equal(said(judged(bind(join(folder, "data/twin")))), undefined);
  });

  test("of a volume is refused when it is an overlay or a proc of its own", () => {
    const settings = { engineRoots: [join(folder, "engine")] };
    const volume = "engine/volumes/v/_data";
    mount("layers", "-t", "tmpfs", "none"); // which any host lets overlay write to
    const [upper, work] = [make("layers/upper"), make("layers/work")];
    const layers = `lowerdir=/etc,upperdir=${upper},workdir=${work}`;
    for (const [type, ...options] of [["proc"], ["overlay", "-o", layers]] as const) {
      mount(volume, "-t", type, "none", ...options);
      assert.match(
        said(judged(bind(join(folder, volume)), { settings }))!,
        new RegExp(`it is a mount of type ${type}, which can show what is the host's own`),
      );
      unmount(mounted.pop()!);
    }
    mount(volume, "-t", "tmpfs", "none");
    assert.equal(said(judged(bind(join(folder, volume)), { settings })), undefined);
  });
});

describe("an engine's root below an allowed directory", () => {
  const settings = { engineRoots: [join(folder, "data/top/engine")] };
  const refuses = /"\S+data\/top\/engine", which is an engine's own/;

  test("is no container's, under whatever name and however much of it", () => {
    const other = make("data/top/engine/containers/0ther");
    const mirror = bindMount(other, "data/mirror");
    symlinkSync(other, join(folder, "data/link"));
    for (const source of [
      join(folder, "data/top/engine"),
      other,
      mirror,
      join(folder, "data/link"),
      join(folder, "data/top"),
    ]) {
      assert.match(said(judged(bind(source, ["bind"]), { settings }))!, refuses, source);
      assert.equal(
        said(judged(bind(source, ["bind"]), { flag: "privileged", settings })),
        undefined,
      );
    }
    const volume = make("data/top/engine/volumes/v/_data");
    for (const source of [volume, bindMount(volume, "data/volume"), make("data/a")]) {
      assert.equal(said(judged(bind(source), { settings })), undefined, source);
    }
  });

  test("is known where the settings name a link to it", () => {
    make("data/real/containers");
    symlinkSync(join(folder, "data/real"), join(folder, "root"));
    const linked = { engineRoots: [join(folder, "root")] };
    const source = join(folder, "data/real/containers");
    assert.match(said(judged(bind(source), { settings: linked }))!, /which is an engine's own/);
    assert.equal(said(judged(bind(source))), undefined);
  });

  test("is known where Docker or Podman has this container, though no setting names it", () => {
    const root = make("data/docker/overlay2/0f/merged");
    const container = (source: string) => (config: Draft) => {
      config.root.path = root;
      bind(source)(config);
    };
    const other = make("data/docker/containers/0ther");
    const moby = { id: "c0ffee", settings: {} };
    write("data/docker/containers/c0ffee/config.v2.json", { Config: {} });
    const at = "run/io.containerd.runtime.v2.task/moby/c0ffee";
    assert.match(
      said(judged(container(other), moby, at))!,
      /data\/docker", which is an engine's own/,
    );
    const volume = make("data/docker/volumes/v/_data");
    assert.equal(said(judged(container(volume), moby, at)), undefined);
    assert.equal(said(judged(container(other), { id: "c", settings: {} }, "by-hand")), undefined);
    const podmans = "data/podman/overlay-containers/c0ffee/userdata";
    const kept = make("data/podman/overlay-containers/0ther/userdata");
    assert.match(
      said(judged(bind(kept), moby, podmans))!,
      /data\/podman", which is an engine's own/,
    );
    const shared = make("data/podman/volumes/v/_data");
    assert.equal(said(judged(bind(shared), moby, podmans)), undefined);
  });

  test("is left out where it is mounted below what is bound", () => {
    const below = { engineRoots: [make("data/e")] };
    bindMount(join(folder, "data/e"), "data/tree/engine");
    bindMount(make("data/f"), "data/tree/other");
    const judgement = judged(bind(join(folder, "data/tree")), { settings: below });
    assert.equal(said(judgement), undefined);
    assert.deepEqual(paths(judgement).slice(1), ["data/tree", "data/tree/other"]);
  });
});

test("a volume is no mount of what shows the host's, and none of an image of somebody's", () => {
  const settings = { engineRoots: [join(folder, "engine")] };
  const volume = join(folder, "engine/volumes/v/_data");
  mount("engine/volumes/v/_data", "-t", "mqueue", "none");
  assert.match(
    said(judged(bind(volume), { settings }))!,
    /it is a mount of type mqueue, which can/,
  );
  unmount(mounted.pop()!);
  mount("engine/volumes/v/_data", "-t", "ramfs", "none");
  assert.equal(said(judged(bind(volume), { settings })), undefined);
});

test("a root file system that is a link to the host's is the host's", () => {
  const root = (path: string) =>
    judged((config) => {
      config.root.path = path;
    });
  rmSync(join(folder, "bundle"), { recursive: true, force: true });
  make("bundle");
  symlinkSync("/", join(folder, "bundle/link"));
  assert.match(said(root("link"))!, /"\/" as root file system: it belongs to the host/);
  assert.equal(said(root("rootfs")), undefined);
});

describe("the policy", () => {
  const MOBY = "run/io.containerd.runtime.v2.task/moby/c0ffee";
  const settings = { engineRoots: [join(folder, "docker")] };
  const chosen = (change: (config: Draft) => void, asked: Asked = {}, at = MOBY) =>
    judged(change, { id: "c0ffee", flag: undefined, settings, ...asked }, at).policy.name;

  test("can be asked for by a label that Docker keeps, and not by a file beside a mount", () => {
    const labels = (policy: string) => ({ Config: { Labels: { "org.lockc.policy": policy } } });
    write("data/me/hostname", "h");
    write("data/me/config.v2.json", labels("restricted"));
    const mountsHostname = (config: Draft) => {
      config.mounts.push({
        destination: "/etc/hostname",
        source: join(folder, "data/me/hostname"),
        options: ["bind"],
      });
    };
    assert.throws(() => chosen(mountsHostname), {
      code: "LOCKC_E_POLICY",
      message: /Docker's config\.v2\.json of it is in none of the directories/,
      hint: /engineRoots/,
    });
    write("docker/containers/c0ffee/config.v2.json", { Config: {} });
    assert.equal(chosen(mountsHostname), "baseline");
    write("docker/containers/c0ffee/config.v2.json", labels("restricted"));
    assert.equal(chosen(mountsHostname), "restricted");
    write("docker/containers/c0ffee/config.v2.json", labels("privileged"));
    assert.throws(() => chosen(mountsHostname), { code: "LOCKC_E_POLICY" });
    assert.equal(chosen(mountsHostname, {}, "by-hand"), "baseline");
  });

  test("can be asked for by an annotation, which goes before the label", () => {
    write("docker/containers/c0ffee/config.v2.json", {
      Config: { Labels: { "org.lockc.policy": "privileged" } },
    });
    const annotated = (config: Draft) => {
      config.annotations["org.lockc.policy"] = "restricted";
    };
    assert.equal(chosen(annotated), "restricted");
    assert.equal(
      chosen(annotated, { calledAs: "lockc-runc-offline", flag: "restricted" }),
      "restricted",
    );
  });

  test("can be asked for by a label that Podman keeps, beside a name; what cannot be read is no request", () => {
    const id = "c0".repeat(32);
    const at = `podman/overlay-containers/${id}/userdata`;
    const byLibpod = (config: Draft) => {
      config.annotations["io.container.manager"] = "libpod";
    };
    assert.equal(
      chosen(() => {}, { id }, at),
      "baseline",
      "somebody else's",
    );
    assert.throws(() => chosen(byLibpod, { id }, at), {
      code: "LOCKC_E_POLICY",
      message: /no database of libpod's that can be read .* is in Podman's graph root/,
      hint: /requests: ignore/,
    });
    const ignoring = { ...settings, engines: { podman: { requests: "ignore" as const } } };
    assert.equal(chosen(byLibpod, { id, settings: ignoring }, at), "baseline");
    write("podman/libpod/bolt_state.db", { spec: {}, id });
    assert.equal(chosen(byLibpod, { id }, at), "baseline");
    const labels = (policy: string) => ({ spec: {}, id, labels: { "org.lockc.policy": policy } });
    write("podman/libpod/bolt_state.db", labels("restricted"));
    assert.equal(chosen(byLibpod, { id }, at), "restricted");
    assert.equal(judged(byLibpod, { id, flag: undefined, settings }, at).name, undefined);
    write("podman/libpod/bolt_state.db", { ...labels("restricted"), name: "web" });
    assert.equal(judged(byLibpod, { id, flag: undefined, settings }, at).name, "web");
    write("podman/libpod/bolt_state.db", labels("privileged"));
    assert.throws(() => chosen(byLibpod, { id }, at), { code: "LOCKC_E_POLICY", message: /label/ });
  });

  test("is none where a pod's labels contradict what CRI-O wrote", () => {
    // Bundles of CRI-O lie below /run.
    const at = `/run/lockc-test-${process.pid}/overlay-containers/c/userdata`;
    mkdirSync(at, { recursive: true });
    try {
      const config = draftOf(BASE);
      Object.assign(config.annotations, {
        "io.container.manager": "cri-o",
        "io.kubernetes.cri-o.Namespace": "shop",
        "io.kubernetes.pod.namespace": "kube-system",
      });
      writeFileSync(join(at, "config.json"), JSON.stringify(config));
      const question = { flag: undefined, bundle: readBundle(at) };
      assert.throws(
        () => judged(() => {}, question),
        (error) =>
          error instanceof LockcError &&
          error.code === "LOCKC_E_POLICY" &&
          /cannot tell the pod's namespace: its labels contradict what CRI-O wrote/.test(
            error.message,
          ),
      );
    } finally {
      rmSync(`/run/lockc-test-${process.pid}`, { recursive: true });
    }
  });
});

describe("findings", () => {
  const wrong = (config: Draft) => {
    config.process.capabilities.bounding = ["CAP_SYS_ADMIN"];
    config.linux.sysctl = { "kernel.panic": "1", "kernel.core_pattern": "x" };
    config.process.oomScoreAdj = -1;
  };
  const observed: Policy = {
    ...POLICY,
    rules: { ...POLICY.rules, capabilities: { ...POLICY.rules.capabilities, mode: "audit" } },
  };

  test("have refusals first; the error tells the first, and the other rules", () => {
    const judgement = judged(wrong, { find: () => observed });
    assert.deepEqual(
      findingsOf(judgement).map(({ rule, verdict }) => `${rule} ${verdict}`),
      ["sysctls deny", "sysctls deny", "oomScoreAdj deny", "capabilities audit"],
    );
    assert.match(
      said(judgement)!,
      /^lockc: policy "own" refuses the kernel parameter kernel\.panic .*; the rule oomScoreAdj refuses it too; more: lockctl why c \[LOCKC_E_ADMISSION\]$/,
    );
  });

  test("end with where to read more: by the engine's name, else by its ID", () => {
    const judgement = judged(wrong);
    const ending = (name: string | undefined, id: string) =>
      /more: (.*) \[/.exec(refusalOf({ ...judgement, name }, id)!.sentence)?.[1];
    const id = "0123456789abcdef".repeat(4);
    assert.equal(ending("shop", id), "lockctl why shop");
    assert.equal(ending(undefined, id), "lockctl why 0123456789ab");
    // Each try of a pod has another ID; a name that events would cut is none to ask for.
    const pod = "shop/web-7d9f/main";
    assert.equal(ending(pod, id), `lockctl why ${pod}`);
    assert.equal(ending(`shop/${"p".repeat(60)}`, id), "lockctl why 0123456789ab");
    assert.equal(ending("$(id)", "by-hand"), "lockctl why by-hand");
  });

  test("that are only reported refuse nothing", () => {
    const judgement = judged(
      (config) => {
        config.process.capabilities.bounding = ["CAP_SYS_ADMIN"];
      },
      { find: () => observed },
    );
    assert.equal(findingsOf(judgement).length, 1);
    assert.equal(refusalOf(judgement, "c"), undefined);
    assert.equal(judgement.checks.find(({ rule }) => rule === "capabilities")?.result, "audit");
  });

  test("are none of a container that asks for nothing", () => {
    assert.deepEqual(findingsOf(judged(() => {})), []);
  });
});

test("a container shares the host's namespaces that it does not name, or that it names by any path", () => {
  const network = (path: string) => (config: Draft) => {
    config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type !== "network");
    config.linux.namespaces.push({ type: "network", path });
  };
  const link = join(folder, "netns");
  symlinkSync("/proc/self/ns/net", link);
  assert.match(said(judged(network(link)))!, /the host's network namespace/);
  const bound = join(folder, "bound");
  writeFileSync(bound, "");
  execFileSync("mount", ["--bind", "/proc/self/ns/net", bound]);
  mounted.push(bound);
  assert.match(said(judged(network(bound)))!, /the host's network namespace/);
  assert.throws(() => judged(network(join(folder, "none"))), { code: "LOCKC_E_NAMESPACE" });
  assert.equal(said(judged(() => {})), undefined);
});
