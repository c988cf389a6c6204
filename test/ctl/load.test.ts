// SPDX-License-Identifier: Apache-2.0
/**
 * load, unload and status on a real bpffs with real maps. The programs are left
 * out, as in a measuring build: whether they attach is for test/vm to show.
 */
import assert from "node:assert/strict";
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import type { LoadReport } from "../../ctl/load.ts";
import type { Places } from "../../ctl/places.ts";
import { mountPseudo } from "../../shim/ffi/host.ts";
import { lazily, lookUp, mapInfo, openMap, remove, u64Key, update } from "../../shim/ffi/libbpf.ts";
import { freezeMap, pin } from "../../shim/ffi/libbpf-objects.ts";
import { CONTAINER, LOCKC_POLICY_SIZE, POLICY } from "../../shim/generated/layout.ts";
import { decode, encode, encodeKey } from "../../shim/record.ts";
import { compileKernelHalf } from "../../tool/compile-bpf.ts";
import { enterPrivateMounts, unmount } from "./private-mounts.ts";

Object.assign(globalThis, { LOCKC_MEASURE: true });
const { load } = await import("../../ctl/load.ts");
const { unload } = await import("../../ctl/unload.ts");
const { readStatus, formatStatus } = await import("../../ctl/status.ts");

const SCRATCH = enterPrivateMounts();
const PLACES: Places = {
  object: join(SCRATCH, "lockc.bpf.o"),
  policies: [join(SCRATCH, "builtin"), join(SCRATCH, "etc/policy")],
  settings: join(SCRATCH, "etc/lockc.yaml"),
  runtime: join(SCRATCH, "run/runtime"),
  lock: join(SCRATCH, "run/lock"),
  bpffs: join(SCRATCH, "bpf"),
  pins: join(SCRATCH, "bpf/lockc"),
};
const OBJECT = join(SCRATCH, "original.bpf.o");
const RUNTIME = join(SCRATCH, "runc");

mkdirSync(PLACES.bpffs);
mountPseudo("bpf", PLACES.bpffs, "mode=0700");
compileKernelHalf(OBJECT);
writeFileSync(RUNTIME, "#!/bin/true\n", { mode: 0o755 });

after(() => {
  unmount(PLACES.bpffs);
  rmSync(SCRATCH, { recursive: true, force: true });
});

beforeEach(() => {
  unload(PLACES, true);
  for (const folder of ["etc", "run", "builtin"]) {
    rmSync(join(SCRATCH, folder), { recursive: true, force: true });
  }
  copyFileSync(OBJECT, PLACES.object);
  for (const folder of PLACES.policies) mkdirSync(folder, { recursive: true });
  writePolicy(PLACES.policies[0]!, "baseline");
  writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\n`);
});

function writePolicy(folder: string, name: string, description = "For tests."): void {
  const lines = [
    `name: ${name}`,
    `description: ${description}`,
    "confine: { files: true, mounts: true, kernelLog: true, bpf: true }",
    "hostPaths: any",
    "mountTypes: any",
    "mountNamespace: own",
  ];
  writeFileSync(join(folder, `${name}.yaml`), lines.join("\n"));
}

function map(name: string, keySize: number, valueSize: number) {
  const opened = openMap(join(PLACES.pins, "maps", name), keySize, valueSize);
  assert.ok(opened, `${name} is pinned`);
  return opened;
}

const policies = () => map("policies", LOCKC_POLICY_SIZE, POLICY.size);
const containers = () => map("containers", 8, CONTAINER.size);

function loadedDescription(name: string): string | undefined {
  const value = lookUp(policies(), encodeKey(LOCKC_POLICY_SIZE, name)!);
  return value && JSON.parse(decode(POLICY, value).document).description;
}

function register(id: string): void {
  const record = { id, policy: "baseline", root: "/run/runc", tasks: 3, denials: 2n, started: 1 };
  update(containers(), u64Key(7n), encode(CONTAINER, record));
}

/** Everything that a load may change. */
function snapshot(): object {
  const tree = (path: string): unknown =>
    statSync(path).isDirectory()
      ? Object.fromEntries(readdirSync(path).map((name) => [name, tree(join(path, name))]))
      : statSync(path).ino;
  return {
    pins: tree(PLACES.pins),
    runtime: readFileSync(PLACES.runtime, "utf8"),
    policies: ["baseline", "web", "other"].map(loadedDescription),
    settings: lookUp(map("settings", 4, POLICY.size), new Uint8Array(4)),
    map: mapInfo(containers().fd).id,
  };
}

// int bpf_map_create(enum bpf_map_type, const char *name, __u32 key_size, __u32 value_size, __u32 max_entries, const struct bpf_map_create_opts *opts);
const createMap = lazily<
  (type: number, name: string, key: number, value: number, entries: number, options: null) => number
>("int bpf_map_create(int, const char *, uint32_t, uint32_t, uint32_t, void *)");

/** Puts a `containers` map of another layout in place, with or without an entry. */
function replaceContainers(valueSize: number, filled: boolean): void {
  const path = join(PLACES.pins, "maps/containers");
  unlinkSync(path);
  const fd = createMap(1, "containers", 8, valueSize, 16, null);
  if (filled) {
    const other = { fd, name: "containers", keySize: 8, valueSize };
    update(other, u64Key(1n), new Uint8Array(valueSize));
  }
  pin(fd, path);
  closeSync(fd);
}

test("a first load pins what only root can reach", () => {
  const report = load(PLACES);
  assert.equal(report.kind, "fresh");
  assert.deepEqual(report.policies, ["baseline"]);
  const mode = (path: string) => (statSync(join(PLACES.pins, path)).mode & 0o777).toString(8);
  assert.deepEqual(["", "maps", "links"].map(mode), ["700", "700", "700"]);
  const names = ["containers", "grants", "namespaces", "policies", "settings", "tasks"];
  assert.deepEqual(readdirSync(join(PLACES.pins, "maps")).sort(), names);
  for (const name of names) assert.equal(mode(`maps/${name}`), "600", name);
});

test("the launcher finds the runtime in a line that anybody may read and only root can write", () => {
  load(PLACES);
  assert.equal(readFileSync(PLACES.runtime, "utf8"), `${RUNTIME}\n`);
  assert.equal(statSync(PLACES.runtime).mode & 0o777, 0o644);
});

test("a load with nothing new keeps the maps and writes what people changed", () => {
  load(PLACES);
  register("box");
  const { id } = mapInfo(containers().fd);
  writePolicy(PLACES.policies[1]!, "web", "New.");
  writePolicy(PLACES.policies[1]!, "baseline", "Ours.");
  assert.equal(load(PLACES).kind, "refresh");
  assert.equal(mapInfo(containers().fd).id, id);
  assert.equal(loadedDescription("web"), "New.");
  assert.equal(loadedDescription("baseline"), "Ours.");
  unlinkSync(join(PLACES.policies[1]!, "web.yaml"));
  load(PLACES);
  assert.equal(loadedDescription("web"), undefined);
});

test("a new build takes over the maps, so containers stay registered", () => {
  load(PLACES);
  register("box");
  const { id } = mapInfo(containers().fd);
  appendFileSync(PLACES.object, "\0");
  assert.equal(load(PLACES).kind, "replace");
  assert.equal(mapInfo(containers().fd).id, id);
  assert.ok(lookUp(containers(), u64Key(7n)));
  assert.equal(load(PLACES).kind, "refresh");
});

const FAILURES: Record<string, { spoil: () => void; code: string }> = {
  "an invalid policy": {
    spoil: () => writeFileSync(join(PLACES.policies[1]!, "web.yaml"), "name: 7"),
    code: "LOCKC_E_SETTINGS",
  },
  "an unreadable policy": {
    spoil: () => mkdirSync(join(PLACES.policies[1]!, "web.yaml")),
    code: "LOCKC_E_SETTINGS",
  },
  "a default policy that does not exist": {
    spoil: () => writeFileSync(PLACES.settings, "defaultPolicy: basline\n"),
    code: "LOCKC_E_SETTINGS",
  },
  "a runtime that does not exist": {
    spoil: () => writeFileSync(PLACES.settings, "runtime: /nowhere/runc\n"),
    code: "LOCKC_E_RUNTIME",
  },
  "an object file that is none": {
    spoil: () => writeFileSync(PLACES.object, "no ELF"),
    code: "LOCKC_E_KERNEL",
  },
  "more policies than the kernel has room for": {
    spoil: () => {
      writePolicy(PLACES.policies[0]!, "baseline", "Changed.");
      for (let i = 0; i < 1100; i++) writePolicy(PLACES.policies[1]!, `p${i}`);
    },
    code: "LOCKC_E_SETTINGS",
  },
};

for (const [what, { spoil, code }] of Object.entries(FAILURES)) {
  test(`${what} fails the load and leaves everything as it was`, () => {
    load(PLACES);
    register("box");
    const before = snapshot();
    spoil();
    assert.throws(() => load(PLACES), { code });
    assert.deepEqual(snapshot(), before);
  });

  test(`${what} fails a first load and leaves nothing`, () => {
    spoil();
    assert.throws(() => load(PLACES), { code });
    assert.equal(existsSync(PLACES.pins), false);
    assert.equal(existsSync(PLACES.runtime), false);
  });
}

test("without any runtime a load succeeds and says what is lacking", (t) => {
  const found = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"].some((folder) =>
    ["runc", "crun"].some((name) => existsSync(join(folder, name))),
  );
  writeFileSync(PLACES.settings, "");
  const report: LoadReport = load(PLACES);
  assert.equal(report.runtime === undefined, !found);
  assert.equal(report.lacking === undefined, found);
  assert.equal(existsSync(PLACES.runtime), found);
  t.diagnostic(found ? "a runtime is installed here" : "no runtime is installed here");
});

test("maps of another layout are replaced while no container is registered", () => {
  load(PLACES);
  replaceContainers(CONTAINER.size + 8, false);
  assert.equal(load(PLACES).kind, "fresh");
  assert.equal(mapInfo(containers().fd).valueSize, CONTAINER.size);
  assert.deepEqual(readdirSync(PLACES.pins).sort(), ["links", "maps"]);
});

test("maps of another layout stay while containers are registered", () => {
  load(PLACES);
  replaceContainers(CONTAINER.size + 8, true);
  const before = readdirSync(join(PLACES.pins, "maps")).map(
    (name) => statSync(join(PLACES.pins, "maps", name)).ino,
  );
  assert.throws(() => load(PLACES), { code: "LOCKC_E_BUSY" });
  assert.deepEqual(
    readdirSync(join(PLACES.pins, "maps")).map(
      (name) => statSync(join(PLACES.pins, "maps", name)).ino,
    ),
    before,
  );
  assert.deepEqual(readdirSync(PLACES.pins).sort(), ["links", "maps"]);
});

test("unload refuses while containers are registered and names them", () => {
  load(PLACES);
  register("box");
  const before = snapshot();
  assert.throws(() => unload(PLACES, false), {
    code: "LOCKC_E_BUSY",
    message: "cannot unload while containers run under lockc: box (baseline)",
  });
  assert.deepEqual(snapshot(), before);
  register("box"); // and the map can still be written
});

test("unload removes every pin once no container is registered", () => {
  load(PLACES);
  register("box");
  remove(containers(), u64Key(7n));
  assert.equal(unload(PLACES, false), true);
  assert.equal(existsSync(PLACES.pins), false);
  assert.equal(unload(PLACES, false), false);
});

test("unload --force removes every pin whatever is registered", () => {
  load(PLACES);
  register("box");
  assert.equal(unload(PLACES, true), true);
  assert.equal(existsSync(PLACES.pins), false);
});

test("an unloaded map takes no more containers from a shim that had it open", () => {
  load(PLACES);
  const open = containers();
  unload(PLACES, false);
  const record = encode(CONTAINER, { id: "late" });
  assert.throws(() => update(open, u64Key(9n), record), { errno: "EPERM" });
});

test("an unload that was interrupted is taken back by the next load", () => {
  load(PLACES);
  register("box");
  renameSync(join(PLACES.pins, "maps"), join(PLACES.pins, "maps-hidden"));
  mkdirSync(join(PLACES.pins, "links-3"));
  assert.equal(readStatus(PLACES).loaded, false);
  assert.equal(load(PLACES).kind, "refresh");
  assert.ok(lookUp(containers(), u64Key(7n)));
  assert.deepEqual(readdirSync(PLACES.pins).sort(), ["links", "maps"]);
});

test("frozen maps are replaced when their containers are gone, and stay until then", () => {
  load(PLACES);
  register("box");
  freezeMap(containers().fd);
  assert.throws(() => load(PLACES), { code: "LOCKC_E_BUSY" });
  unload(PLACES, true);
  load(PLACES);
  freezeMap(containers().fd);
  assert.equal(load(PLACES).kind, "fresh");
  register("box");
});

test("status shows the containers with their policy, tasks and refusals", () => {
  load(PLACES);
  register("box");
  const status = readStatus(PLACES);
  const box = {
    id: "box",
    root: "/run/runc",
    policy: "baseline",
    tasks: 3,
    denials: 2,
    started: true,
  };
  assert.deepEqual(status.containers, [box]);
  assert.equal(status.loaded, true);
  assert.equal(status.runtime, RUNTIME);
  const confines = ["files", "mounts", "kernelLog", "bpf"];
  assert.deepEqual(status.policies, [{ name: "baseline", description: "For tests.", confines }]);
  assert.match(formatStatus(status), /^ {2}box +baseline +3 +2 {2}\/run\/runc$/m);
});

test("status counts the programs that are not attached", () => {
  load(PLACES);
  const { programs } = readStatus(PLACES);
  assert.equal(programs.attached, 0);
  assert.equal(programs.missing.length, programs.expected);
  assert.match(formatStatus(readStatus(PLACES)), /^lockc .*loaded in part: run lockctl load$/m);
});

test("status before a load shows the policies that a load would take", () => {
  const status = readStatus(PLACES);
  assert.equal(status.loaded, false);
  assert.deepEqual(status.containers, []);
  assert.deepEqual(
    status.policies.map(({ name }) => name),
    ["baseline"],
  );
});

test("status tells an ordinary user what only root can see", () => {
  load(PLACES);
  process.seteuid!(65534);
  try {
    const status = readStatus(PLACES);
    assert.equal(status.loaded, null);
    assert.equal(status.containers, null);
    assert.match(status.notes.join("\n"), /only for root to see/);
    assert.throws(() => load(PLACES), { code: "LOCKC_E_PRIVILEGE" });
    assert.throws(() => unload(PLACES, false), { code: "LOCKC_E_PRIVILEGE" });
  } finally {
    process.seteuid!(0);
  }
});

test("the keys of status --json stay what they are", () => {
  assert.deepEqual(Object.keys(readStatus(PLACES)), [
    ...["version", "kernel", "loaded", "programs", "defaultPolicy", "policies", "containers"],
    ...["runtime", "notes"],
  ]);
});
