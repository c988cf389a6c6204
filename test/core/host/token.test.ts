// SPDX-License-Identifier: Apache-2.0
/** Which of what a container is given has a service account's token, with real mounts. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, afterEach, describe, test } from "node:test";
import { readBundle } from "../../../core/bundle/read.ts";
import { placesOf } from "../../../core/host/mounts.ts";
import { tokensBelow } from "../../../core/host/token.ts";
import { type Judgement, judge } from "../../../core/judge/judge.ts";
import { DEFAULT_SETTINGS } from "../../../ctl/policy/settings.ts";
import { index, readFixture } from "../../fixtures/configs/index.ts";
import { type Draft, draftOf, fixture, POLICIES } from "../../support/containers.ts";
import { enterPrivateMounts, unmount } from "../../support/private-mounts.ts";

const folder = enterPrivateMounts();
after(() => rmSync(folder, { recursive: true }));
const mounted: string[] = [];
const held: number[] = [];
afterEach(() => {
  for (const fd of held.splice(0)) closeSync(fd);
  for (const target of mounted.splice(0).reverse()) unmount(target);
  for (const name of ["kubelet", "host"])
    rmSync(join(folder, name), { recursive: true, force: true });
});

const PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const JWT = `${part({ alg: "RS256" })}.${part({ sub: "system:serviceaccount:shop:web" })}.c2ln`;
const OTHER_JWT = `${part({ alg: "RS256" })}.${part({ sub: "somebody" })}.c2ln`;

type Files = Readonly<Record<string, string>>;
const API_ACCESS: Files = {
  token: JWT,
  "ca.crt": "-----BEGIN CERTIFICATE-----",
  namespace: "shop",
};

/** Files as the kubelet writes them: in a directory of the time, with links to it and to each. */
function write(volume: string, files: Files, time = "..2026_01_01_00_00_00.1"): string {
  for (const [name, content] of Object.entries(files)) {
    const file = join(volume, time, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    const [first = ""] = name.split("/");
    rmSync(join(volume, first), { force: true });
    symlinkSync(`..data/${first}`, join(volume, first));
  }
  symlinkSync(time, join(volume, "..data_tmp"));
  renameSync(join(volume, "..data_tmp"), join(volume, "..data"));
  return volume;
}

function mount(target: string, ...args: readonly string[]): string {
  mkdirSync(target, { recursive: true });
  execFileSync("mount", [...args, target]);
  mounted.push(target);
  return target;
}

const pods = (plugin: string, name: string) =>
  join(folder, "kubelet/pods/0a5c/volumes", `kubernetes.io~${plugin}`, name);

/** A volume of a pod, on a tmpfs of its own. */
const volume = (files: Files, plugin = "projected", name = "kube-api-access-x7k2p") =>
  write(mount(pods(plugin, name), "-t", "tmpfs", "none"), files);

/** A directory of the host's. */
const directory = (name: string, files: Files = {}) => {
  const path = join(folder, "host", name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
};

type Bind = readonly [source: string, destination: string, option?: "bind" | "rbind"];

function judged(...binds: readonly Bind[]): Judgement {
  const bundle = join(folder, "bundle");
  mkdirSync(join(bundle, "rootfs"), { recursive: true });
  const config: Draft = draftOf(fixture("bookworm/runc-spec.json"));
  config.root.path = "rootfs";
  for (const [source, destination, option = "rbind"] of binds)
    config.mounts.push({ destination, type: "bind", source, options: [option, "ro"] });
  writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
  const judgement = judge({
    id: "c",
    flag: "privileged",
    calledAs: "lockc-runc",
    find: (name) => POLICIES.get(name),
    bundle: readBundle(bundle),
    settings: { ...DEFAULT_SETTINGS, engineSockets: [], engineRoots: [join(folder, "kubelet")] },
  });
  held.push(...placesOf(judgement.given).map(({ fd }) => fd));
  return judgement;
}

const tokens = (...binds: readonly Bind[]) => {
  const { given } = judged(...binds);
  return given.tokens.map(({ path }) => path);
};

describe("a service account's token is", () => {
  test("what is mounted where clients look for it, by each of its names, whatever it is", () => {
    const source = directory("sa", { token: "opaque" });
    for (const destination of [PLACE, PLACE.slice(4), `${PLACE}/`, `/var/./run${PLACE.slice(8)}`])
      assert.deepEqual(tokens([source, destination]), [source], destination);
    assert.deepEqual(tokens([source, "/run/secrets/other"]), []);
    assert.deepEqual(tokens([source, `${PLACE}s`]), []);
  });

  test("a file that is mounted there by that name, or is one; no other file", () => {
    const source = directory("sa", { token: "opaque", copy: JWT, "ca.crt": "-----BEGIN" });
    const at = (name: string, as: string) => tokens([join(source, name), `${PLACE}/${as}`]);
    assert.deepEqual(at("token", "token"), [join(source, "token")]);
    assert.deepEqual(at("copy", "other"), [join(source, "copy")]);
    assert.deepEqual(at("ca.crt", "ca.crt"), []);
  });

  test("a directory for it in what is mounted on a parent, but none that a link leads out to", () => {
    const source = directory("secrets");
    const inner = directory("secrets/kubernetes.io/serviceaccount", { token: JWT });
    assert.deepEqual(tokens([source, "/var/run/secrets"]), [inner]);
    assert.deepEqual(tokens([join(folder, "host"), "/run"]), [inner]);
    const { given } = judged([source, "/run/secrets"]);
    assert.deepEqual(
      placesOf(given)
        .map(({ path }) => path)
        .slice(1),
      [inner, source],
    );
    assert.deepEqual(tokens([source, "/elsewhere"]), []);
    rmSync(join(source, "kubernetes.io"), { recursive: true });
    directory("real/serviceaccount", { token: JWT });
    symlinkSync(join(folder, "host/real"), join(source, "kubernetes.io"));
    assert.deepEqual(tokens([source, "/run/secrets"]), []);
    assert.deepEqual(tokensBelow("/"), [PLACE.slice(1), PLACE.slice(5)]);
  });

  test("a mount below what is mounted on a parent, by where it appears", () => {
    const source = directory("secrets");
    const inner = directory("secrets/kubernetes.io/serviceaccount");
    mount(inner, "-t", "tmpfs", "none");
    assert.deepEqual(tokens([source, "/run/secrets"]), [inner]);
    assert.deepEqual(tokens([source, "/run/secrets", "bind"]), []);
    assert.deepEqual(tokens([join(source, "kubernetes.io"), "/run/secrets"]), []);
  });
});

describe("a kubelet's volume has one", () => {
  test("where one of its files is a service account's JWT, wherever it is mounted", () => {
    const source = volume(API_ACCESS);
    assert.deepEqual(tokens([source, PLACE]), [source]);
    assert.deepEqual(tokens([source, "/srv/token"]), [source]);
    const other = volume({ "a/vault": JWT }, "projected", "vault");
    assert.deepEqual(tokens([other, "/srv/vault"], [join(other, "a"), "/a"]), [
      other,
      join(other, "..2026_01_01_00_00_00.1/a"),
    ]);
  });

  test("also below a recursive bind, and under another name that the host has for it", () => {
    const source = volume(API_ACCESS);
    const settings = volume({ "app.conf": "x" }, "projected", "settings");
    assert.deepEqual(tokens([join(folder, "kubelet"), "/k"]), [source]);
    assert.deepEqual(tokens([join(folder, "kubelet"), "/k", "bind"], [settings, "/s"]), []);
    const bound = mount(directory("bound"), "--bind", source);
    assert.deepEqual(tokens([bound, "/srv/b"]), [bound]);
  });

  test("as a file of its own only where that is it", () => {
    const source = volume(API_ACCESS);
    const part = (name: string) => join(source, "..2026_01_01_00_00_00.1", name);
    assert.deepEqual(tokens([join(source, "token"), "/t"]), [part("token")]);
    assert.deepEqual(tokens([join(source, "ca.crt"), "/ca.crt"]), []);
  });

  test("of a secret where it has all that the kubelet makes for an account", () => {
    const secret = volume({ ...API_ACCESS, token: "opaque" }, "secret", "default-token-7x2kq");
    assert.deepEqual(tokens([secret, "/s"]), [secret]);
    assert.deepEqual(tokens([volume({ token: JWT }, "secret", "cluster"), "/c"]), []);
  });

  test("not where its files are anything else, and where they cannot be looked at", () => {
    const files = {
      token: OTHER_JWT,
      "ca.crt": "x",
      app: "a.b.c",
      big: `${JWT}${" ".repeat(20000)}`,
    };
    assert.deepEqual(tokens([volume(files, "projected", "settings"), "/s"]), []);
    assert.deepEqual(tokens([volume(API_ACCESS, "empty-dir", "cache"), "/c"]), []);
    const many = Object.fromEntries(Array.from({ length: 257 }, (_, at) => [`f${at}`, "x"]));
    const source = volume(many, "projected", "many");
    assert.deepEqual(tokens([source, "/m"]), [source]);
  });
});

test("engines mount it where it is looked for, in each config.json of a pod's container", () => {
  const found = index
    .filter((entry) => entry.file.includes("container") && /cri-/.test(entry.file))
    .map((entry) => JSON.parse(readFixture(entry).text).mounts)
    .filter((mounts) => JSON.stringify(mounts).includes("kube-api-access"));
  assert.ok(found.length > 0);
  for (const mounts of found) {
    const places = mounts
      .filter(({ source }: { source: string }) => source.includes("kube-api-access"))
      .map(({ destination }: { destination: string }) => destination);
    assert.deepEqual(places, [PLACE]);
  }
});
