// SPDX-License-Identifier: Apache-2.0
/** load, unload and status on a real bpffs with real maps. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { lookUp, mapInfo, remove, u64Key, update } from "../../../core/ffi/bpf.ts";
import { CONTAINER, Rule, SETTINGS } from "../../../core/generated/layout.ts";
import { decode, encode } from "../../../core/kernel/record.ts";
import { freezeMap, pin } from "../../../ctl/ffi/libbpf.ts";
import { locateSockets } from "../../../ctl/host/engine-sockets.ts";
import type { LoadReport } from "../../../ctl/kernel/load.ts";
import { compileSockets } from "../../../ctl/policy/compile.ts";
import { readLoadedSettings } from "../../../ctl/policy/settings.ts";
import { PLAIN } from "../../../ctl/screen/terminal.ts";
import { formatStatus } from "../../../ctl/status/lines.ts";
import { isWhole, readStatus, whyNot } from "../../../ctl/status/read.ts";
import { createMap } from "../../support/create-map.ts";
import {
  BUILT_IN,
  containers,
  contents,
  devices,
  engineSockets,
  enter,
  load,
  loadedPolicy,
  OWN,
  PLACES,
  policies,
  pseudo,
  RUNTIME,
  register,
  reload,
  SCRATCH,
  settings,
  unload,
  writePolicy,
} from "../../support/loaded.ts";

/** Everything that a load may change. */
function snapshot(): object {
  const tree = (path: string): unknown =>
    statSync(path).isDirectory()
      ? Object.fromEntries(readdirSync(path).map((name) => [name, tree(join(path, name))]))
      : statSync(path).ino;
  return {
    pins: tree(PLACES.pins),
    runtime: readFileSync(PLACES.runtime, "utf8"),
    contents: [policies(), pseudo(), devices(), engineSockets(), settings(), containers()].map(
      contents,
    ),
    map: mapInfo(containers().fd).id,
  };
}

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

const inodes = () =>
  readdirSync(join(PLACES.pins, "maps")).map(
    (name) => statSync(join(PLACES.pins, "maps", name)).ino,
  );

describe("load", () => {
  test("the first pins what only root can reach", () => {
    const report = load(PLACES);
    assert.equal(report.kind, "fresh");
    assert.deepEqual(report.policies, ["baseline"]);
    const mode = (path: string) => (statSync(join(PLACES.pins, path)).mode & 0o777).toString(8);
    assert.deepEqual(["", "maps", "links"].map(mode), ["700", "700", "700"]);
    const names = [
      ...["common", "containers", "devices", "engine_sockets", "event_counts", "event_debug"],
      ...[
        "event_slots",
        "events",
        "grants",
        "guard",
        "guard_hits",
        "places",
        "policies",
        "prospect_list",
        "prospects",
      ],
      ...["pseudo", "recent", "runtimes", "settings", "sockets", "superblocks", "tasks", "totals"],
    ];
    assert.deepEqual(readdirSync(join(PLACES.pins, "maps")).sort(), names);
    for (const name of names) assert.equal(mode(`maps/${name}`), "600", name);
  });

  test("the launcher finds the runtime in a line that anybody may read and only root can write", () => {
    load(PLACES);
    assert.equal(readFileSync(PLACES.runtime, "utf8"), `${RUNTIME}\n`);
    assert.equal(statSync(PLACES.runtime).mode & 0o777, 0o644);
  });

  test("the maps say what the files say: policies, pseudo files, settings", () => {
    writePolicy(
      OWN,
      "web",
      "extends: baseline\npseudoFiles: { restrict: [{ filesystem: proc, path: /x, access: none }] }",
    );
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\ndefaultPolicy: web\n`);
    load(PLACES);
    const { kernel, rules } = loadedPolicy("web")!;
    assert.deepEqual([rules.bpf.value, rules.pseudoFiles.value.length], [false, 1]);
    const [[key, value], ...others] = contents(pseudo()) as [[string, string]];
    assert.equal(others.length, 0);
    assert.equal(Buffer.from(key.slice(0, 16), "hex").readBigUInt64LE(), kernel.pseudo);
    assert.equal(value, "00000000");
    const loaded = readLoadedSettings(decode(SETTINGS, lookUp(settings(), new Uint8Array(4))!));
    assert.equal(loaded?.defaultPolicy, "web");
    assert.match(loaded!.object, /^[0-9a-f]{64}$/);
  });

  test("the engines' sockets of the settings are where they will be, load after load", () => {
    const withSockets = (...names: readonly string[]) => {
      const list = names.map((name) => join(SCRATCH, name)).join(", ");
      writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\nengineSockets: [${list}]\n`);
    };
    const expected = (...names: readonly string[]) =>
      compileSockets(locateSockets(names.map((name) => join(SCRATCH, name))))
        .map(({ key }) => Buffer.from(key).toString("hex"))
        .sort();
    const loaded = () => contents(engineSockets()).map(([key]) => key);
    withSockets("run/a.sock", "none/yet/b.sock");
    load(PLACES);
    assert.deepEqual(loaded(), expected("run/a.sock", "none/yet/b.sock"));
    withSockets("run/c.sock");
    load(PLACES);
    assert.deepEqual(loaded(), expected("run/c.sock"));
    withSockets(...Array.from({ length: 257 }, (_, index) => `run/${index}.sock`));
    assert.throws(() => load(PLACES), {
      code: "LOCKC_E_SETTINGS",
      message: "there are 257 engineSockets; the kernel's table has room for 256",
    });
    assert.deepEqual(loaded(), expected("run/c.sock"));
  });

  test("with nothing new it keeps the maps and writes what people changed", () => {
    load(PLACES);
    register("box");
    const { id } = mapInfo(containers().fd);
    writePolicy(OWN, "web", "description: New.");
    writePolicy(OWN, "baseline", "description: Ours.\nextends: baseline");
    assert.equal(load(PLACES).kind, "refresh");
    assert.equal(mapInfo(containers().fd).id, id);
    assert.equal(loadedPolicy("web")?.description, "New.");
    assert.equal(loadedPolicy("baseline")?.description, "Ours.");
    assert.equal(loadedPolicy("baseline")?.rules.bpf.value, false);
    unlinkSync(join(OWN, "web.yaml"));
    load(PLACES);
    assert.equal(loadedPolicy("web"), undefined);
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

  const pseudoFiles = (count: number, from = "") => {
    const item = (_: unknown, i: number) =>
      `    - { filesystem: proc, path: /${from}${i}, access: none }\n`;
    return `pseudoFiles:\n  restrict:\n${Array.from({ length: count }, item).join("")}`;
  };

  const broken: Record<string, () => void> = {
    "an invalid policy": () => writeFileSync(join(OWN, "web.yaml"), "name: 7"),
    "a policy that extends none that there is": () => writePolicy(OWN, "web", "extends: nothing"),
    "a policy in two files": () => {
      writePolicy(OWN, "web");
      copyFileSync(join(OWN, "web.yaml"), join(OWN, "web.yml"));
    },
    "a directory by a policy's name": () => mkdirSync(join(OWN, "web.yaml")),
    "a FIFO by a policy's name": () => execFileSync("mkfifo", [join(OWN, "web.yaml")]),
    "a device by a policy's name": () => symlinkSync("/dev/zero", join(OWN, "web.yaml")),
    "a file without an end by a policy's name": () => {
      writeFileSync(join(OWN, "web.yaml"), "");
      truncateSync(join(OWN, "web.yaml"), 1 << 30);
    },
    "a policy too large for its place": () => writePolicy(OWN, "web", pseudoFiles(800)),
  };

  for (const [what, spoil] of Object.entries(broken)) {
    test(`${what} fails one where policies are in force, and leaves everything as it was`, () => {
      load(PLACES);
      register("box");
      const before = snapshot();
      spoil();
      assert.throws(() => load(PLACES), { code: "LOCKC_E_SETTINGS" });
      assert.throws(() => reload(PLACES, false), { code: "LOCKC_E_SETTINGS" });
      assert.deepEqual(snapshot(), before);
    });

    test(`${what} is left out of a first one, with those that build on it and no other`, () => {
      spoil();
      writePolicy(BUILT_IN, "web");
      writePolicy(OWN, "child", "extends: web");
      writePolicy(OWN, "other", "extends: baseline");
      writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\ndefaultPolicy: web\nfloor: child\n`);
      const report = load(PLACES);
      assert.deepEqual(report.policies, ["baseline", "other"]);
      const names = report.broken.map(({ name }) => name);
      assert.deepEqual([...new Set(names)].sort(), ["child", "web"]);
      for (const { error } of report.broken) assert.equal(error.code, "LOCKC_E_SETTINGS");
      assert.equal(loadedPolicy("web"), undefined, "an earlier one of that name is no substitute");
      const status = readStatus(PLACES);
      assert.deepEqual(status.broken.map(({ name, inForce }) => [name, inForce]).sort(), [
        ["child", false],
        ["web", false],
      ]);
      assert.equal(isWhole(status), false);
      rmSync(join(OWN, "web.yaml"), { recursive: true });
      rmSync(join(OWN, "web.yml"), { force: true });
      writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\n`);
      reload(PLACES, false);
      assert.deepEqual(readStatus(PLACES).broken, []);
      assert.ok(loadedPolicy("web"));
    });
  }

  const failures: Record<string, { spoil: () => void; code: string }> = {
    "settings that are a FIFO": {
      spoil: () => {
        rmSync(PLACES.settings);
        execFileSync("mkfifo", [PLACES.settings]);
      },
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
    "more pseudo files than the kernel has room for": {
      spoil: () => {
        for (let i = 0; i < 11; i++) writePolicy(OWN, `p${i}`, pseudoFiles(190, `${i}-`));
      },
      code: "LOCKC_E_SETTINGS",
    },
  };

  for (const [what, { spoil, code }] of Object.entries(failures)) {
    test(`${what} fails it and leaves everything as it was`, () => {
      load(PLACES);
      register("box");
      const before = snapshot();
      spoil();
      assert.throws(() => load(PLACES), { code });
      assert.deepEqual(snapshot(), before);
    });

    test(`${what} fails a first one and leaves nothing`, () => {
      spoil();
      assert.throws(() => load(PLACES), { code });
      assert.equal(existsSync(PLACES.pins), false);
      assert.equal(existsSync(PLACES.runtime), false);
    });
  }

  test("many policies that inherit one list of pseudo files need room for it once", () => {
    writePolicy(BUILT_IN, "baseline", pseudoFiles(30));
    for (let i = 0; i < 200; i++) writePolicy(OWN, `p${i}`, "extends: baseline");
    assert.equal(load(PLACES).policies.length, 201);
    assert.equal(contents(pseudo()).length, 30);
  });

  test("as many policies as the kernel has room for are loaded, and one more is refused", () => {
    for (let i = 0; i < 1023; i++) writePolicy(OWN, `p${i}`);
    assert.equal(load(PLACES).policies.length, 1024);
    assert.ok(loadedPolicy("p1022"));
    writePolicy(OWN, "p1023");
    assert.throws(() => load(PLACES), {
      code: "LOCKC_E_SETTINGS",
      message: /^there are 1025 policies; .* has room for 1024$/,
    });
    assert.equal(loadedPolicy("p1023"), undefined);
  });

  test("policies in the place of others need no room beside them", () => {
    for (let i = 0; i < 9; i++) writePolicy(OWN, `p${i}`);
    load(PLACES);
    for (let i = 0; i < 9; i++) unlinkSync(join(OWN, `p${i}.yaml`));
    writePolicy(OWN, "q");
    load(PLACES);
    assert.deepEqual([loadedPolicy("p0"), loadedPolicy("q")?.name], [undefined, "q"]);
  });

  test("without any runtime it succeeds and says what is lacking", (t) => {
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
    const before = inodes();
    assert.throws(() => load(PLACES), { code: "LOCKC_E_BUSY" });
    assert.deepEqual(inodes(), before);
    assert.deepEqual(readdirSync(PLACES.pins).sort(), ["links", "maps"]);
  });

  test("settings of another ABI are replaced with the maps they are in", () => {
    load(PLACES);
    update(settings(), new Uint8Array(4), encode(SETTINGS, { abi: 1, size: 2, document: "{}" }));
    assert.equal(load(PLACES).kind, "fresh");
  });

  test("an unload that was interrupted is taken back by the next one", () => {
    load(PLACES);
    register("box");
    renameSync(join(PLACES.pins, "maps"), join(PLACES.pins, "maps-hidden"));
    mkdirSync(join(PLACES.pins, "links-3"));
    assert.equal(readStatus(PLACES).loaded, false);
    assert.equal(load(PLACES).kind, "refresh");
    assert.ok(lookUp(containers(), u64Key(7n)));
    assert.deepEqual(readdirSync(PLACES.pins).sort(), ["links", "maps"]);
  });

  test("one that fails after it has written takes back what it wrote", () => {
    load(PLACES);
    register("box");
    const before = snapshot();
    writePolicy(OWN, "web", pseudoFiles(3));
    writePolicy(OWN, "baseline", "description: Ours.\nextends: baseline");
    mkdirSync(join(PLACES.pins, "maps-9/odd"), { recursive: true }); // no crash leaves that
    assert.throws(() => load(PLACES), { code: "EISDIR" });
    for (const name of ["maps-9/odd", "maps-9"]) rmdirSync(join(PLACES.pins, name));
    assert.deepEqual(snapshot(), before);
    assert.equal(load(PLACES).kind, "refresh");
    assert.equal(contents(pseudo()).length, 3);
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
});

describe("unload", () => {
  test("it refuses while containers are registered and names them", () => {
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

  test("of many containers it names five and counts the others", () => {
    load(PLACES);
    for (let i = 0n; i < 8n; i++) register(`box${i}`, {}, i + 1n);
    assert.throws(() => unload(PLACES, false), {
      message: /: (box\d \(baseline\), ){5}3 more$/,
    });
  });

  test("it removes every pin once no container is registered", () => {
    load(PLACES);
    register("box");
    remove(containers(), u64Key(7n));
    assert.deepEqual(unload(PLACES, false), []);
    assert.equal(existsSync(PLACES.pins), false);
    assert.equal(unload(PLACES, false), undefined);
  });

  test("with --force it removes every pin whatever is registered", () => {
    load(PLACES);
    register("box");
    assert.equal(unload(PLACES, true)?.length, 1);
    assert.equal(existsSync(PLACES.pins), false);
  });

  test("its maps take no more containers from a shim that had them open", () => {
    load(PLACES);
    const open = containers();
    unload(PLACES, false);
    const record = encode(CONTAINER, { id: "late" });
    assert.throws(() => update(open, u64Key(9n), record), { errno: "EPERM" });
  });
});

describe("status", () => {
  test("it shows the containers with their policy, tasks, refusals and audits", () => {
    load(PLACES);
    register("box", { audits: [0n, 1n], admitted: 3n });
    const status = readStatus(PLACES);
    const [{ created = "" } = {}] = status.containers ?? [];
    assert.match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const box = {
      key: "0000000000000007",
      id: "box",
      name: null,
      root: "/run/runc",
      policy: "baseline",
      mode: "none",
      phase: "running",
      tasks: 3,
      denials: 2,
      audits: 4,
      rules: { denials: { hostFiles: 1, mounting: 1 }, audits: { mounting: 1 } },
      started: true,
      created,
      whyNot: "begun before its policy had bpf: lockctl policy reload --running",
    };
    assert.deepEqual(status.containers, [box]);
    assert.equal(status.loaded, true);
    assert.equal(status.runtime, RUNTIME);
    const text = formatStatus(status, PLAIN);
    assert.match(text, /^ {2}box +baseline +none +3 +2 +4\n {4}begun before its policy had bpf/m);
    // Each column's name ends where its numbers end.
    const [head = "", row = ""] = text
      .split("\n")
      .filter((line) => /^ {2}(NAME .*TASKS|box) /.test(line));
    for (const [name, number] of [
      ["TASKS", "3"],
      ["DENIALS", "2"],
      ["AUDITS", "4"],
    ] as const) {
      const end = head.indexOf(name) + name.length;
      assert.equal(row.slice(end - 2, end + 1).trim(), number, `${head}\n${row}`);
    }
  });

  test("it shows each policy with its mode and count, and which one is the default", () => {
    writePolicy(OWN, "open", "description: Nothing.");
    load(PLACES);
    register("box");
    assert.deepEqual(readStatus(PLACES).policies, [
      {
        name: "baseline",
        description: "For tests.",
        confines: ["bpf"],
        mode: "enforce",
        containers: 1,
      },
      { name: "open", description: "Nothing.", confines: [], mode: "none", containers: 0 },
    ]);
    const text = formatStatus(readStatus(PLACES), PLAIN);
    assert.match(text, /^policies +2, the default is baseline$/m);
    assert.match(text, /^ {2}baseline +enforce +1 +1\n {2}open +none +0 +0$/m);
  });

  test("it says of each container why not all of its policy is enforced", () => {
    writePolicy(OWN, "looking", "bpf: { allow: false, mode: audit }");
    writePolicy(OWN, "open", "description: Nothing.");
    load(PLACES);
    const { rules } = loadedPolicy("baseline")!.kernel;
    const held = { rules, audit: 0 };
    const of = (record: Partial<Parameters<typeof whyNot>[0]>, loaded = held) =>
      whyNot({ policy: "web", rules, audit: 0, started: 1, ...record }, loaded);
    assert.equal(of({}), undefined);
    assert.equal(of({ started: 0 }), "its own program has not started");
    assert.equal(of({ audit: rules }), "only audited, though its policy refuses: bpf");
    assert.equal(of({ audit: rules }, { rules, audit: rules }), "its policy only audits bpf");
    assert.match(of({ rules: 0 })!, /^begun before its policy had bpf: /);
    const nothing = 'policy "web" has the kernel hold nothing';
    assert.equal(of({ rules: 0 }, { rules: 0, audit: 0 }), nothing);
    assert.equal(of({}, { rules: rules | Rule.TOKEN, audit: 0 }), undefined, "it has no token");
    assert.equal(whyNot({ policy: "gone", rules, audit: 0, started: 1 }, undefined), undefined);
    register("held", { rules }, 1n);
    register("tried", { rules, audit: rules, policy: "looking" }, 2n);
    const text = formatStatus(readStatus(PLACES), { ...PLAIN, width: 60 });
    assert.match(text, /\n {2}tried +looking +audit .*\n {4}its policy only audits bpf\n {2}held /);
  });

  test("many containers are cut to the screen, with those that are not held first", () => {
    load(PLACES);
    const { rules } = loadedPolicy("baseline")!.kernel;
    for (let number = 1; number <= 30; number++) {
      register(`c${number}`, { rules, created_ns: BigInt(number) }, BigInt(number));
    }
    register("loose", { rules, audit: rules, created_ns: 99n }, 99n);
    const lines = (height: number | undefined) =>
      formatStatus(readStatus(PLACES), { ...PLAIN, width: 80, height }).split("\n");
    const isRow = (line: string) => /^ {2}(c\d+|loose) /.test(line);
    const screen = lines(30);
    assert.ok(screen.length <= 30, `${screen.length} lines`);
    assert.match(screen.find(isRow)!, /^ {2}loose/);
    assert.ok(screen.some((line) => /^ {2}… and \d+ more: lockctl container list$/.test(line)));
    assert.equal(lines(5).filter(isRow).length, 4);
    assert.equal(lines(undefined).filter(isRow).length, 20);
  });

  test("it counts the programs that are not attached", () => {
    load(PLACES);
    const { programs } = readStatus(PLACES);
    assert.equal(programs.attached, 0);
    assert.equal(programs.missing.length, programs.expected);
    assert.match(
      formatStatus(readStatus(PLACES), PLAIN),
      /^lockc .*loaded in part: run lockctl load$/m,
    );
  });

  test("it names the hooks that this kernel lacks, without calling that a fault", () => {
    load(PLACES);
    const status = readStatus(PLACES);
    const lacking = ["lockc_a", "lockc_b"];
    const attached = { attached: 2, expected: 2, missing: [], attach: null, unsound: null };
    const text = formatStatus({ ...status, programs: { ...attached, lacking } }, PLAIN);
    assert.match(text, /^programs +2 of 2 attached\n +this kernel has no hook a, b$/m);
    assert.match(text, /^lockc .*, loaded$/m);
  });

  test("before a load it shows the policies that a load would take", () => {
    const status = readStatus(PLACES);
    assert.equal(status.loaded, false);
    assert.deepEqual(status.containers, []);
    assert.deepEqual(
      status.policies.map(({ name, confines }) => [name, confines]),
      [["baseline", ["bpf"]]],
    );
  });

  test("a broken policy is told, also where it is in force as it was", () => {
    writePolicy(OWN, "web", "bpf: no");
    assert.match(readStatus(PLACES).broken[0]!.why, /web\.yaml:3:1: bpf: "no" is not a mapping/);
    assert.match(
      formatStatus(readStatus(PLACES), PLAIN),
      /^broken +web is not valid, and would be/m,
    );
    writePolicy(OWN, "web");
    load(PLACES);
    writePolicy(OWN, "web", "bpf: no");
    const shown = formatStatus(readStatus(PLACES), PLAIN);
    assert.match(shown, /^broken +web is in force as it was loaded, and will be left out at .*:$/m);
    unload(PLACES, false);
    load(PLACES);
    const left = formatStatus(readStatus(PLACES), PLAIN);
    assert.match(left, /^lockc +\S+ loaded(, but without policy web| in part.*)$/m);
    assert.match(
      left,
      /^broken +web is left out, so every container that would get it is refused:$/m,
    );
  });

  test("a container that unload --force left is told until it is gone, also after a load", async () => {
    load(PLACES);
    register("box", { name: "web" });
    register("empty", {}, 8n);
    const child = spawn("sleep", ["1000"], { stdio: "ignore" });
    try {
      await once(child, "spawn");
      enter(child.pid!);
      const freed = unload(PLACES, true)!;
      assert.deepEqual(
        freed.map(({ id, name, policy, processes }) => [id, name, policy, processes.length]),
        [
          ["box", "web", "baseline", 1],
          ["empty", null, "baseline", 0],
        ],
      );
      load(PLACES);
      const status = readStatus(PLACES);
      assert.deepEqual(
        status.freed.map(({ id }) => id),
        ["box"],
      );
      assert.equal(isWhole(status), false);
      const text = formatStatus(status, PLAIN);
      assert.match(text, /^freed +web runs without any policy since lockctl unload --force/m);
      assert.equal(unload(PLACES, true)!.length, 0);
      assert.equal(readStatus(PLACES).freed.length, 1, "another unload does not forget it");
    } finally {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    assert.deepEqual(readStatus(PLACES).freed, []);
    assert.equal(unload(PLACES, true), undefined);
  });

  test("a container that is only audited where its policy refuses is told", () => {
    writePolicy(OWN, "looking", "bpf: { allow: false, mode: audit }");
    load(PLACES);
    const held = loadedPolicy("baseline")!.kernel;
    register("as-written", { ...held }, 1n);
    register("learning", { ...held, audit: held.rules, name: "shop" }, 2n);
    register("audited", { ...loadedPolicy("looking")!.kernel, policy: "looking" }, 3n);
    const status = readStatus(PLACES);
    assert.deepEqual(status.loosened, [
      { id: "learning", name: "shop", policy: "baseline", rules: ["bpf"] },
    ]);
    assert.equal(isWhole(status), false);
    assert.match(
      formatStatus(status, PLAIN),
      /^loosened +shop is only audited at bpf, which "baseline" refuses; .*: lockctl container policy shop baseline$/m,
    );
  });

  test("it tells an ordinary user what only root can see", () => {
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

  test("the keys of its JSON stay what they are", () => {
    assert.deepEqual(Object.keys(readStatus(PLACES)), [
      ...["version", "kernel", "loaded", "programs", "defaultPolicy", "policies", "broken"],
      ...["containers", "runtime", "engineRoots", "guard", "strays", "freed"],
      ...["loosened", "notes"],
    ]);
  });
});
