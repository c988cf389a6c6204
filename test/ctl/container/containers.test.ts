// SPDX-License-Identifier: Apache-2.0
/** Containers, their processes and their grants, on real maps with real processes. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { openMap, update } from "../../../core/ffi/bpf.ts";
import { GRANT_KEY, GRANT_PAGE, GrantKind, Phase, Rule } from "../../../core/generated/layout.ts";
import { parseMountinfo } from "../../../core/host/mountinfo.ts";
import { encode } from "../../../core/kernel/record.ts";
import { CONTAINER_COLUMNS, PROCESS_COLUMNS } from "../../../ctl/container/columns.ts";
import { findContainer, readRecords } from "../../../ctl/container/containers.ts";
import { withMaps } from "../../../ctl/kernel/pins.ts";
import { PLAIN, widthOf } from "../../../ctl/screen/terminal.ts";
import { listContainers } from "../../../ctl/verb/container/list.ts";
import { formatContainer, showContainer } from "../../../ctl/verb/container/show.ts";
import { listProcesses } from "../../../ctl/verb/process/list.ts";
import { VERBS } from "../../../ctl/verbs.ts";
import {
  enter,
  load,
  OWN,
  PLACES,
  RUNTIME,
  register,
  SCRATCH,
  writePolicy,
} from "../../support/loaded.ts";

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
});

async function started(program: string, ...words: string[]): Promise<number> {
  const child = spawn(program, words, { stdio: ["pipe", "ignore", "ignore"] });
  children.push(child);
  await once(child, "spawn");
  return child.pid!;
}

async function ended(pid: number): Promise<void> {
  const child = children.find((one) => one.pid === pid)!;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

const HEX = "0123456789abcdef".repeat(4);

describe("container list", () => {
  test("it tells of each, the oldest first, what it is under and how far it came", () => {
    writePolicy(OWN, "web");
    load(PLACES);
    register("late", { created_ns: 9n, name: "web", started: 0, init_tgid: 1, policy: "web" }, 1n);
    register("early", { created_ns: 8n, rules: 3, audit: 2, admitted: 5n, started: 0 }, 2n);
    register("third", { created_ns: 10n, rules: 3, audit: 3 }, 3n);
    register("fourth", { created_ns: 11n, rules: 3 }, 4n);
    const seen = listContainers(PLACES);
    assert.deepEqual(
      seen.map(({ id, name, policy, mode, phase, audits }) => [
        id,
        name,
        policy,
        mode,
        phase,
        audits,
      ]),
      [
        ["early", null, "baseline", "mixed", "creating", 5],
        ["late", "web", "web", "none", "created", 0],
        ["third", null, "baseline", "audit", "running", 0],
        ["fourth", null, "baseline", "enforce", "running", 0],
      ],
    );
    assert.equal(seen[0]!.key, "0000000000000002");
  });

  test("when it was created is told by the host's clock", () => {
    load(PLACES);
    const sinceBoot = process.hrtime.bigint();
    register("box", { created_ns: sinceBoot / 2n });
    const { created } = listContainers(PLACES)[0]!;
    const agoMs = Number(sinceBoot / 2_000_000n);
    assert.ok(Math.abs(Date.now() - agoMs - Date.parse(created)) < 2_000, created);
  });

  test("without lockc, and for others than root, it says so", () => {
    assert.throws(() => listContainers(PLACES), { code: "LOCKC_E_NOT_LOADED" });
    load(PLACES);
    process.seteuid!(65534);
    try {
      assert.throws(() => listContainers(PLACES), { code: "LOCKC_E_PRIVILEGE" });
      assert.throws(() => listProcesses(PLACES, undefined), { code: "LOCKC_E_PRIVILEGE" });
    } finally {
      process.seteuid!(0);
    }
    assert.deepEqual(listContainers(PLACES), []);
  });

  test("help names every column", () => {
    const named = (verb: string) => /Columns: (.*)\.$/.exec(VERBS[verb]!.explanation)![1];
    assert.equal(named("container list"), CONTAINER_COLUMNS.map(({ name }) => name).join(", "));
    assert.equal(named("process list"), PROCESS_COLUMNS.map(({ name }) => name).join(", "));
  });
});

describe("which container is meant", () => {
  const find = (word: string) =>
    withMaps(PLACES, "look", (maps) => findContainer(readRecords(maps), word).key);

  test("its ID, an ID's beginning, its name or its key; what fits whole comes first", () => {
    load(PLACES);
    register(HEX, { name: "web" }, 1n);
    register("web-2", { name: "db" }, 2n);
    for (const word of [HEX, "0123", "0", "web", "0000000000000001"]) {
      assert.equal(find(word), "0000000000000001", word);
    }
    for (const word of ["web-2", "web-", "db"]) assert.equal(find(word), "0000000000000002", word);
  });

  test("a short ID means only whose ID it is, also where another is called so", () => {
    load(PLACES);
    register(HEX, { name: "web" }, 1n);
    assert.equal(find("0123456789ab"), "0000000000000001");
    register("by-hand", { name: "0123456789ab" }, 2n);
    assert.throws(() => find("0123456789ab"), {
      message: /more than one container: web, 0123456789abcdef.*, 0123456789ab, by-hand of/,
    });
    register("0123456789abcdef".repeat(4).replace(/.$/, "0"), { name: "db" }, 3n);
    assert.equal(find("by-hand"), "0000000000000002");
    assert.throws(() => find("0123456"), { message: /web, 0123.*ef of .*, db, 0123.*e0 of / });
    assert.equal(find(HEX), "0000000000000001");
  });

  test("what podman rename made of its name", () => {
    const root = join(SCRATCH, "podman");
    mkdirSync(join(root, "libpod"), { recursive: true });
    const file = join(root, "libpod/bolt_state.db");
    writeFileSync(file, JSON.stringify({ spec: {}, id: HEX, name: "shop" }));
    writeFileSync(PLACES.settings, `engineRoots: [${root}]\nruntime: ${RUNTIME}\n`);
    load(PLACES);
    register(HEX, { name: "web" }, 1n);
    assert.equal(find("shop"), "0000000000000001");
    assert.throws(() => find("web"), { hint: 'it was renamed to "shop"' });
    rmSync(root, { recursive: true });
  });

  test("what docker rename made of its name, and no more what it was called before", () => {
    const root = join(SCRATCH, "docker");
    const keep = (name: string) => {
      mkdirSync(join(root, "containers", HEX), { recursive: true });
      const file = join(root, "containers", HEX, "config.v2.json");
      writeFileSync(file, JSON.stringify({ Name: `/${name}`, Config: {} }));
    };
    writeFileSync(PLACES.settings, `engineRoots: [${root}]\nruntime: ${RUNTIME}\n`);
    keep("web");
    load(PLACES);
    register(HEX, { name: "web" }, 1n);
    register(HEX.replace("0", "1"), { name: "gone" }, 2n);
    register("by-hand", { name: "" }, 3n);
    assert.equal(find("web"), "0000000000000001");
    keep("shop");
    assert.equal(find("shop"), "0000000000000001");
    assert.deepEqual(
      listContainers(PLACES).map(({ name }) => name),
      ["shop", "gone", null],
    );
    assert.throws(() => find("web"), { hint: 'it was renamed to "shop"' });
    register("other", { name: "web" }, 4n);
    assert.equal(find("web"), "0000000000000004");
    rmSync(root, { recursive: true });
    assert.equal(find("gone"), "0000000000000002");
  });

  test("more than one is refused with all of them, none with the nearest", () => {
    load(PLACES);
    register("box", { root: "/run/a" }, 1n);
    register("box", { root: "/run/b" }, 2n);
    register("boat", {}, 3n);
    for (const word of ["box", "bo"]) {
      assert.throws(() => find(word), {
        code: "LOCKC_E_CONTAINER",
        message: /means more than one container: .*box of \/run\/a \(key 0{15}1\), box of \/run\/b/,
        hint: "give more of the ID, or the key",
      });
    }
    assert.equal(find("0000000000000002"), "0000000000000002");
    assert.throws(() => find("boart"), { code: "LOCKC_E_CONTAINER", hint: 'did you mean "boat"?' });
    for (const word of ["", "nothing-like-it", "oxen", HEX]) {
      assert.throws(() => find(word), {
        code: "LOCKC_E_CONTAINER",
        message: `no container under lockc is called "${word}"`,
        hint: "see lockctl container list",
      });
    }
  });
});

describe("process list", () => {
  test("every process of a container is there, and no other", async () => {
    load(PLACES);
    register("box", { name: "web" }, 7n);
    register("other", {}, 8n);
    const mine = await started("sleep", "1000");
    const others = await started("sleep", "1000");
    const guarded = await started("sleep", "1000");
    await started("sleep", "1000"); // of the host
    enter(mine);
    enter(others, { container: 8n, phase: Phase.RUNTIME });
    enter(guarded, { container: 0n, phase: Phase.ENTERED });
    const seen = listProcesses(PLACES, undefined);
    assert.deepEqual(
      seen.map(({ pid, container, phase }) => [pid, container, phase]),
      [
        [mine, "box", "confined"],
        [others, "other", "runtime"],
      ].sort(([a], [b]) => Number(a) - Number(b)),
    );
    const [box] = listProcesses(PLACES, "web");
    assert.deepEqual(box, {
      pid: mine,
      nsPid: mine,
      uid: 0,
      threads: 1,
      command: "sleep",
      exe: realpathSync("/usr/bin/sleep"),
      container: "box",
      name: "web",
      policy: "baseline",
      key: "0000000000000007",
      phase: "confined",
    });
    assert.equal(listProcesses(PLACES, "box").length, 1);
    assert.throws(() => listProcesses(PLACES, "nobody"), { code: "LOCKC_E_CONTAINER" });
  });

  test("threads are counted, and the process id in its own namespace is told", async () => {
    load(PLACES);
    register("box");
    const threaded = await started(process.execPath, "-e", "setInterval(() => {}, 1e6)");
    enter(threaded);
    await new Promise((done) => setTimeout(done, 500));
    const [seen] = listProcesses(PLACES, "box");
    const threads = Number(
      /^Threads:\s*(\d+)/m.exec(readFileSync(`/proc/${threaded}/status`, "utf8"))![1],
    );
    assert.ok(threads > 3);
    assert.equal(seen!.threads, threads);
    await ended(threaded);

    const outer = await started("unshare", "--pid", "--fork", "sleep", "1000");
    let inner = "";
    while (inner === "") {
      inner = readFileSync(`/proc/${outer}/task/${outer}/children`, "utf8").trim();
    }
    enter(Number(inner));
    const [first] = listProcesses(PLACES, "box");
    assert.deepEqual([first?.pid, first?.nsPid], [Number(inner), 1]);
    process.kill(Number(inner), "SIGKILL");
  });

  test("one whose container's record is gone is shown by its key", async () => {
    load(PLACES);
    const pid = await started("sleep", "1000");
    enter(pid, { container: 0xabcdn });
    const [seen] = listProcesses(PLACES, undefined);
    assert.deepEqual([seen?.container, seen?.policy, seen?.key], [null, null, "000000000000abcd"]);
  });

  test("while processes come and go, nothing is mistaken and nothing is left open", async () => {
    load(PLACES);
    register("box");
    const stays = await started("sleep", "1000");
    enter(stays);
    const churn = spawn("sh", ["-c", "while :; do /bin/true; /bin/true & done"]);
    children.push(churn);
    const open = () =>
      parseInt(/FDSize:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]!, 10);
    const before = open();
    for (let turn = 0; turn < 40; turn++) {
      assert.deepEqual(
        listProcesses(PLACES, undefined).map(({ pid, command }) => [pid, command]),
        [[stays, "sleep"]],
      );
    }
    assert.equal(open(), before);
    await ended(churn.pid!);
    await ended(stays);
    assert.deepEqual(listProcesses(PLACES, undefined), []);
  });
});

describe("container show", () => {
  /** All that a container was given: kind, device, inode and flags of each. */
  const give = (
    given: readonly (readonly [kind: number, device: string, ino: bigint, flags?: number])[],
    container = 7n,
    page = 0,
  ) => {
    const table = openMap(`${PLACES.pins}/maps/grants`, GRANT_KEY.size, GRANT_PAGE.size)!;
    const dev = given.map(([, device]) => {
      const [major, minor] = device.split(":").map(Number);
      return ((major! << 20) | minor!) >>> 0;
    });
    const value = {
      dev,
      kind: given.map(([kind]) => kind),
      ino: given.map(([, , ino]) => ino),
      flags: given.map(([, , , flags = 0]) => flags),
    };
    update(table, encode(GRANT_KEY, { container, page }), encode(GRANT_PAGE, value));
  };

  test("policy, rules, counters, processes, and grants by path", async () => {
    load(PLACES);
    const pid = await started("sleep", "1000");
    enter(pid);
    const cgroup = 12345n;
    register(HEX, {
      name: "web",
      rules: Rule.MOUNT | Rule.CAPABILITY | Rule.SYSLOG,
      audit: Rule.SYSLOG,
      capabilities: 1n | (1n << 21n),
      denials: [0n, 3n],
      audits: [0n, 0n, 2n],
      init_tgid: pid,
      confined: 1,
      cgroup,
    });
    const mounts = parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
    const proc = mounts.find(({ mountpoint }) => mountpoint === "/proc")!;
    const place = mounts.find(({ mountpoint }) => mountpoint === PLACES.bpffs)!;
    const pipe = /^pipe:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/0`))?.[1];
    give([
      [GrantKind.SUPERBLOCK, proc.device, 0n],
      [GrantKind.NONE, "400:19", 98n], // not written yet
      [GrantKind.MOUNT, place.device, statSync(PLACES.bpffs, { bigint: true }).ino, 1],
    ]);
    give(
      [
        [GrantKind.MOUNT, "400:17", 99n],
        ...(pipe === undefined ? [] : [[GrantKind.FILE, "0:14", BigInt(pipe)] as const]),
      ],
      7n,
      1,
    );
    give([[GrantKind.MOUNT, "400:18", 99n]], 8n); // another container's
    const shown = showContainer(PLACES, "web");
    assert.deepEqual(shown.enforced, ["capabilities", "mounting"]);
    assert.deepEqual(shown.audited, ["kernelLog"]);
    assert.deepEqual(shown.capabilities, ["CHOWN", "SYS_ADMIN"]);
    assert.deepEqual(shown.rules, { denials: { mounting: 3 }, audits: { kernelLog: 2 } });
    assert.deepEqual([shown.mode, shown.init, shown.confined], ["mixed", pid, 1]);
    assert.deepEqual(
      shown.processes.map(({ pid }) => pid),
      [pid],
    );
    assert.deepEqual(shown.cgroup, { id: "12345", path: null });
    const found = shown.grants.map(({ kind, device, host, path }) => [kind, device, host, path]);
    assert.equal(found.length, pipe === undefined ? 3 : 4);
    const expected = [
      ["file system", proc.device, false, "/proc"],
      ["mount", place.device, true, PLACES.bpffs],
      ["mount", "400:17", false, null],
      ...(pipe === undefined ? [] : [["file", "0:14", false, `pipe:[${pipe}]`]]),
    ];
    for (const one of expected) {
      assert.ok(
        found.some((other) => JSON.stringify(other) === JSON.stringify(one)),
        String(one),
      );
    }
    const text = formatContainer(shown, PLAIN);
    assert.match(text, /^policy +baseline, in part only audited$/m);
    assert.match(text, /^denials +3: mounting 3$/m);
    assert.match(text, /^audits +2: kernelLog 2$/m);
    assert.match(text, new RegExp(`^ {2}${PLACES.bpffs} .*mount .*host`, "m"));
    for (const line of formatContainer(shown, { ...PLAIN, width: 80 }).split("\n")) {
      assert.ok(widthOf(line) <= 80, line);
    }
  });

  test("the cgroup is told by its path when one with that number is there", async () => {
    load(PLACES);
    const pid = await started("sleep", "1000");
    const own = /^0::(\/.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8"))?.[1];
    const mounts = parseMountinfo(readFileSync("/proc/self/mountinfo", "utf8"));
    const tree = mounts.find(({ type }) => type === "cgroup2");
    enter(pid);
    if (own === undefined || own === "/" || tree === undefined) {
      // A host whose processes are in the root of cgroup v2, or without it: no path.
      register("box", { cgroup: 1n, init_tgid: pid });
      assert.deepEqual(showContainer(PLACES, "box").cgroup, { id: "1", path: null });
      return;
    }
    const { ino } = statSync(tree.mountpoint + own, { bigint: true });
    register("box", { cgroup: ino, init_tgid: pid });
    assert.deepEqual(showContainer(PLACES, "box").cgroup, { id: String(ino), path: own });
  });

  test("one without any process is shown with what its record says", () => {
    load(PLACES);
    register("box", { started: 0, tasks: 1, cgroup: 77n });
    give([[GrantKind.MOUNT, "8:1", 2n]]);
    const shown = showContainer(PLACES, "box");
    assert.deepEqual([shown.phase, shown.init, shown.cgroup], ["creating", null, null]);
    assert.deepEqual([shown.capabilities, shown.processes], [null, []]);
    assert.deepEqual(
      shown.grants.map(({ path }) => path),
      [null],
    );
    assert.match(formatContainer(shown, PLAIN), /^processes\n {2}none\n$/m);
  });
});
