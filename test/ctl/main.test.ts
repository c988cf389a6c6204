// SPDX-License-Identifier: Apache-2.0
/**
 * lockctl from words to exit status, at its own places: /etc, /run, bpffs and the
 * built object are this process's own mounts.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs, {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { after, beforeEach, describe, mock, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { parse } from "yaml";
import { openMap, u32Key, u64Key, update } from "../../core/ffi/bpf.ts";
import { pidfdOpen } from "../../core/ffi/syscall.ts";
import {
  CONTAINER,
  EVENT,
  EventKind,
  GUARD_HITS,
  Hook,
  LOCKC_WANTED_SHIFT,
  Object as ObjectKind,
  Phase,
  RECENT,
  Rule,
  TASK,
} from "../../core/generated/layout.ts";
import { encode } from "../../core/kernel/record.ts";
import { openObject, pin } from "../../ctl/ffi/libbpf.ts";
import { mountPseudo } from "../../ctl/ffi/libc.ts";
import type { ExitStatus as Status } from "../../ctl/grammar/verb.ts";
import { compileKernelHalf, TOP } from "../../tool/compile-bpf.ts";
import { enterPrivateMounts, unmount } from "../support/private-mounts.ts";
import "../support/without-programs.ts";

const SCRATCH = enterPrivateMounts();
mkdirSync(join(TOP, "build"), { recursive: true });
const MOUNTS = ["/etc", "/run", join(TOP, "build")];
for (const target of MOUNTS) mountPseudo("tmpfs", target);
mountPseudo("bpf", "/sys/fs/bpf", "mode=0700");
compileKernelHalf(join(TOP, "build/lockc.bpf.o"));

const { main } = await import("../../ctl/main.ts");
const { VERBS } = await import("../../ctl/verbs.ts");
const { hostPlaces } = await import("../../ctl/host/places.ts");
const { openMaps } = await import("../../ctl/kernel/pins.ts");
const { unload } = await import("../../ctl/verb/unload.ts");

const RUNTIME = join(SCRATCH, "runc");
writeFileSync(RUNTIME, "#!/bin/true\n", { mode: 0o755 });
const BUNDLE = join(SCRATCH, "box");

after(() => {
  for (const target of [...MOUNTS, "/sys/fs/bpf"]) unmount(target);
  rmSync(SCRATCH, { recursive: true, force: true });
});

beforeEach(async () => {
  unload(hostPlaces(), true);
  rmSync("/etc/lockc", { recursive: true, force: true });
  mkdirSync("/etc/lockc/policy", { recursive: true });
  writeFileSync("/etc/lockc/lockc.yaml", `runtime: ${RUNTIME}\n`);
});

interface Ran {
  readonly status: Status;
  readonly out: string;
  readonly err: string;
}

/** One command in this process, with what it writes kept from the terminal. */
async function run(...words: string[]): Promise<Ran> {
  const written = { 1: "", 2: "" };
  const write = fs.writeSync;
  const mocked = mock.method(fs, "writeSync", (fd: 1 | 2, bytes: Uint8Array) => {
    if (fd !== 1 && fd !== 2) return write(fd, bytes);
    const some = bytes.subarray(0, 1000); // as a pipe that is nearly full does
    written[fd] += Buffer.from(some).toString("latin1");
    return some.length;
  });
  syncBuiltinESMExports();
  try {
    const status = await main(words);
    const text = (latin1: string) => Buffer.from(latin1, "latin1").toString();
    return { status, out: text(written[1]), err: text(written[2]) };
  } finally {
    mocked.mock.restore();
    syncBuiltinESMExports();
  }
}

function register(id: string): void {
  const map = openMap("/sys/fs/bpf/lockc/maps/containers", 8, CONTAINER.size);
  assert.ok(map);
  update(map, u64Key(7n), encode(CONTAINER, { id, policy: "baseline", rules: 1 }));
}

/** The program by which a running container's policy is changed, which every kernel takes. */
function attachApply(): void {
  const { object: file, pins } = hostPlaces();
  using object = openObject(file, () => "wanted");
  using maps = openMaps(pins)!;
  for (const { fd, name } of maps.values()) object.reuseMap(name, fd);
  object.skipPrograms("lockc_apply");
  object.load();
  using program = object.attach("lockc_apply");
  pin(program.fd, join(pins, "links/lockc_apply"));
}

const policy = (name: string, rest: string) =>
  writeFileSync(
    `/etc/lockc/policy/${name}.yaml`,
    `name: ${name}\ndescription: ${name}.\n${rest}\n`,
  );

describe("0: done", () => {
  test("help and version are written to stdout, with nothing beside them", async () => {
    for (const words of [["--help"], ["help", "policy"], ["policy", "show", "-h"], ["--version"]]) {
      const { status, out, err } = await run(...words);
      assert.deepEqual([status, err], [0, ""]);
      assert.match(out, /^lockctl.*\n$/s);
    }
  });

  test("load, load again, status, reload, unload, unload again", async () => {
    const loaded = await run("load");
    assert.equal(loaded.status, 0, loaded.err);
    assert.match(
      loaded.out,
      /^loaded; \d+ programs, policies baseline, offline, privileged, restricted\nlow-level runtime .*\/runc\n$/,
    );
    assert.match(
      (await run("load")).out,
      /^loaded already: policies and settings brought up to date; /,
    );
    policy("web", "extends: baseline");
    const reloaded = await run("policy", "reload");
    assert.deepEqual(reloaded, {
      status: 0,
      out: "in force: policies baseline, offline, privileged, restricted, web\n",
      err: "",
    });
    assert.deepEqual(await run("unload"), { status: 0, out: "unloaded\n", err: "" });
    assert.deepEqual(await run("unload"), { status: 0, out: "nothing was loaded\n", err: "" });
  });

  test("a reload names the containers that keep their old rules", async () => {
    await run("load");
    register("box");
    assert.match(
      (await run("policy", "reload")).out,
      /^in force: .*\nrunning containers that keep their old rules: box\n$/,
    );
  });

  test("doctor tells its findings for people and as JSON, and a fault is a failure", async () => {
    const { status, out } = await run("doctor");
    assert.equal(status, 1);
    assert.match(out, /^fault {4}lockc is not loaded, .*\n {9}→ run lockctl load$/m);
    assert.match(out, /^\d+ faults?, \d+ warnings?\n$/m);
    const { status: same, out: text } = await run("doctor", "--json");
    const findings = JSON.parse(text) as Record<string, unknown>[];
    assert.equal(same, 1);
    assert.deepEqual(Object.keys(findings[0]!), ["check", "level", "sentence", "remedy"]);
    assert.equal(findings.find(({ check }) => check === "programs")?.level, "fault");
  });

  test("metrics are printed, or served until somebody ends it", async () => {
    await run("load");
    assert.match((await run("metrics")).out, /^# HELP .*\nlockc_loaded 1\n.*\n# EOF\n$/s);
    assert.match((await run("metrics", "--textfile")).out, /^# TYPE lockc_denials_total counter$/m);
    const taken: string[] = [];
    const write = mock.method(fs, "writeSync", (fd: number, bytes: Uint8Array) => {
      assert.equal(fd, 2);
      taken.push(Buffer.from(bytes).toString());
      return bytes.length;
    });
    syncBuiltinESMExports();
    const served = main(["metrics", "--listen", "0.0.0.0:0"]);
    for (let turn = 0; taken.length < 2; turn++) {
      assert.ok(turn < 500, taken.join(""));
      await setTimeout(10);
    }
    write.mock.restore();
    syncBuiltinESMExports();
    assert.match(taken[0]!, /^lockctl: warning: 0\.0\.0\.0:0 is not loopback: /);
    const [, port] = /^lockctl: metrics are at http:\/\/0\.0\.0\.0:(\d+)\/metrics\n$/.exec(
      taken[1]!,
    )!;
    const page = await fetch(`http://127.0.0.1:${port}/metrics`);
    assert.match(await page.text(), /^lockc_loaded 1$/m);
    process.kill(process.pid, "SIGTERM");
    assert.equal(await served, 0);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/metrics`));
  });

  test("list, show and diff, for people and as JSON", async () => {
    const list = await run("policy", "list");
    assert.equal(list.status, 0);
    for (const line of list.out.trimEnd().split("\n"))
      assert.ok(line.length > 0 && !/\s$/.test(line));
    assert.deepEqual(
      JSON.parse((await run("policy", "list", "--json")).out).map(
        ({ name }: { name: string }) => name,
      ),
      ["baseline", "offline", "privileged", "restricted"],
    );
    assert.match(
      (await run("policy", "show", "offline")).out,
      /^# .*offline\.yaml, extends baseline\nname: offline\n/,
    );
    assert.equal(
      JSON.parse((await run("policy", "show", "offline", "--json")).out).name,
      "offline",
    );
    assert.match(
      (await run("policy", "diff", "baseline", "offline")).out,
      /^"offline" refuses what "baseline"/,
    );
    assert.deepEqual(
      JSON.parse((await run("policy", "diff", "baseline", "offline", "--json")).out).map(
        ({ rule }: { rule: string }) => rule,
      ),
      ["network", "pseudoFiles"],
    );
  });

  test("what is longer than a pipe takes at once arrives whole", async () => {
    assert.ok((await run("policy", "show", "baseline")).out.length > 2000);
    assert.match((await run("policy", "show", "baseline")).out, /access: none\n$/);
  });

  test("valid files are named as such, each in a line", async () => {
    policy("web", "extends: baseline");
    const files = ["/etc/lockc/policy/web.yaml", "/etc/lockc/lockc.yaml"];
    assert.deepEqual(await run("policy", "validate", ...files), {
      status: 0,
      out: files.map((file) => `${file}: valid\n`).join(""),
      err: "",
    });
  });

  test("explain, when the container would be admitted", async () => {
    mkdirSync(join(BUNDLE, "rootfs"), { recursive: true });
    const config = {
      ociVersion: "1.2.0",
      root: { path: "rootfs" },
      process: { cwd: "/", args: ["x"] },
    };
    writeFileSync(join(BUNDLE, "config.json"), JSON.stringify(config));
    const { status, out, err } = await run(
      "policy",
      "explain",
      "--bundle",
      BUNDLE,
      "--policy",
      "privileged",
    );
    assert.deepEqual([status, err], [0, ""]);
    assert.match(out, /^container {3}box\n.*\nadmitted\n$/s);
  });
});

describe("1: failed", () => {
  test("a mistake in a policy is told on stderr, with code and what to do", async () => {
    policy("web", "bpf: { allow: no }");
    const said = `/etc/lockc/policy/web.yaml:3:8: bpf.allow: "no" is not true or false
  correct the file and try again [LOCKC_E_SETTINGS]
`;
    const shown = { status: 1, out: "", err: `lockctl: ${said}` };
    assert.deepEqual(await run("policy", "show", "web"), shown);
    assert.equal((await run("policy", "show", "offline")).status, 0);
    const list = await run("policy", "list");
    assert.deepEqual([list.status, list.err], [1, `lockctl: policy "web" is not valid: ${said}`]);
    assert.match(list.out, /^baseline .*^restricted /ms);
    const loaded = await run("load");
    assert.equal(loaded.status, 6);
    assert.match(loaded.out, /^loaded; .* policies baseline, offline, privileged, restricted\n/);
    assert.equal(
      loaded.err,
      `lockctl: policy "web" is left out, and every container that would get it is refused: ${said}`,
    );
    for (const words of [["load"], ["policy", "reload"]]) {
      assert.deepEqual(await run(...words), { status: 1, out: "", err: `lockctl: ${said}` });
    }
    const good = "/etc/lockc/lockc.yaml";
    writeFileSync(good, "");
    policy("fine", "extends: baseline");
    const files = ["/etc/lockc/policy/web.yaml", "/etc/lockc/policy/fine.yaml"];
    assert.deepEqual(await run("policy", "validate", ...files), {
      status: 1,
      out: "/etc/lockc/policy/fine.yaml: valid\n",
      err: said,
    });
  });

  test("a policy that there is none of", async () => {
    for (const words of [
      ["show", "basline"],
      ["diff", "baseline", "basline"],
    ]) {
      const { status, out, err } = await run("policy", ...words);
      assert.deepEqual([status, out], [1, ""]);
      assert.equal(
        err,
        'lockctl: no policy is called "basline"\n  did you mean "baseline"? [LOCKC_E_POLICY]\n',
      );
    }
  });

  test("status, when programs are missing", async () => {
    await run("load");
    const { status, out } = await run("status");
    assert.equal(status, 1);
    assert.match(out, /loaded in part/);
    assert.equal(JSON.parse((await run("status", "--json")).out).loaded, true);
  });

  test("reload, when nothing is loaded", async () => {
    const { status, err } = await run("policy", "reload");
    assert.equal(status, 1);
    assert.match(err, /\[LOCKC_E_NOT_LOADED\]\n$/);
  });

  test("explain, when the container would be refused or cannot be judged", async () => {
    const { status, out, err } = await run("policy", "explain", "--bundle", "/none");
    assert.deepEqual([status, err], [1, ""]);
    assert.match(out, /\[LOCKC_E_CONFIG\]\n$/);
    const json = await run("policy", "explain", "--bundle", "/none", "--json");
    assert.equal(json.status, 1);
    assert.equal(JSON.parse(json.out).verdict, "refused");
  });
});

describe("1: what cannot be written", () => {
  /** With standard output on a device that is always full. */
  const runFull = async (...words: string[]): Promise<Pick<Ran, "status" | "err">> => {
    const full = openSync("/dev/full", "w");
    const write = fs.writeSync;
    let err = "";
    const mocked = mock.method(fs, "writeSync", (fd: number, bytes: Uint8Array) => {
      if (fd === 1) return write(full, bytes);
      if (fd !== 2) return write(fd, bytes);
      err += Buffer.from(bytes).toString();
      return bytes.length;
    });
    syncBuiltinESMExports();
    try {
      return { status: await main(words), err };
    } finally {
      mocked.mock.restore();
      syncBuiltinESMExports();
      closeSync(full);
    }
  };

  test("no command is done whose output went nowhere, and each says so in one sentence", async () => {
    await run("load");
    register("box");
    attachApply();
    const key = "0000000000000007";
    const commands = `

--help
help policy
--version
status
status --json
doctor
doctor --json
metrics
metrics --textfile
report
report --bundle --output ${SCRATCH}/report.tar.gz
why
why --json
learn --policy baseline
watch --once --interval 0.2
watch --once --interval 0.2 --json
engine list
engine list --json
engine register podman --dry-run
engine unregister podman --dry-run --json
container list
container list --json
container show ${key}
container show ${key} --json
container policy ${key} offline
container policy ${key} offline --json
process list
process list --json
policy list
policy list --json
policy show baseline
policy show baseline --json
policy diff baseline offline
policy diff baseline offline --json
policy validate /etc/lockc/lockc.yaml
policy explain --bundle /none
policy explain --bundle /none --json
policy reload
load
load --check
completion fish
unload --force`
      .split("\n")
      .slice(1);
    policy("baseline", "extends: baseline\nmode: audit");
    // What has nothing to tell writes nothing: the events are in events.test.ts.
    for (const name of Object.keys(VERBS).filter((each) => each !== "events")) {
      assert.ok(
        commands.some((command) => `${command} `.startsWith(`${name} `)),
        name,
      );
    }
    for (const command of commands) {
      const { status, err } = await runFull(...command.split(" ").filter(Boolean));
      assert.deepEqual([command, status], [command, 1], err);
      assert.match(
        err,
        /^lockctl: cannot write the output: no space is left there \(ENOSPC\)\n {2}make room there, or name another place \[LOCKC_E_WRITE\]\n$/,
        command,
      );
    }
  });

  test("a learned policy's place is looked at before anything is watched", async () => {
    policy("web", "extends: baseline\nmode: audit");
    await run("load");
    const began = Date.now();
    for (const output of ["/nonexistent/x.yaml", "/etc/lockc/lockc.yaml/x.yaml"]) {
      const words = ["learn", "--policy", "web", "--for", "60s", "--output", output];
      const { status, err } = await run(...words);
      assert.equal(status, 1);
      assert.match(err, /^lockctl: cannot write "\/.*\n.* \[LOCKC_E_WRITE\]\n$/);
    }
    assert.ok(Date.now() - began < 30_000);
  });

  test("a file system that is full is no bug of lockc, and leaves no half of a policy", async () => {
    policy("web", "extends: baseline\nmode: audit");
    await run("load");
    const small = join(SCRATCH, "small");
    mkdirSync(small);
    mountPseudo("tmpfs", small, "size=4k");
    try {
      writeFileSync(join(small, "filler"), Buffer.alloc(4096));
      const file = join(small, "x.yaml");
      const { status, err } = await run("learn", "--policy", "web", "--output", file);
      assert.equal(status, 1);
      assert.match(err, /^lockctl: cannot write ".*x\.yaml": no space is left there \(ENOSPC\)\n/);
      assert.equal(existsSync(file), false);
    } finally {
      unmount(small);
    }
  });
});

describe("text of containers", () => {
  /** What no terminal may get: C0 but for ends of lines, DEL, C1, and what has no look of its own. */
  const UNSEEN =
    /[^\P{Cc}\n]|[\ufe00-\ufe0f]|[\u00ad\u061c\u115f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;
  const READABLE = "é日👍";
  const HOSTILE = `${READABLE}\x1b[2J\r\x7f\x9b2J\u202e\u2066\u200b\ufeff\u2028\u00ad\u{e0041}\u115f`;
  /** A process's own name has 15 bytes. */
  const NAME = "é日\x9b2J\u202ex";
  const POLICY = `no\x9b\u202epolicy`;

  const fill = (name: string, key: Uint8Array, value: Uint8Array) => {
    const map = openMap(`/sys/fs/bpf/lockc/maps/${name}`, key.length, value.length);
    assert.ok(map, name);
    update(map, key, value);
  };
  /** UTF-8 that ends in the midst of a character, as no string can. */
  const broken = (value: Uint8Array, offset: number, text: string) => {
    const bytes = Buffer.from(value);
    bytes[offset + Buffer.byteLength(text)] = 0xe6;
    return bytes;
  };

  /** A host on which each text that a container can choose, or its engine's user, is hostile. */
  const makeHost = async () => {
    policy("web", "extends: baseline");
    await run("load");
    const record = { id: HOSTILE, name: HOSTILE, root: `/run/${HOSTILE}`, policy: "web", rules: 1 };
    const { offset } = CONTAINER.fields.name;
    fill("containers", u64Key(7n), broken(encode(CONTAINER, record), offset, HOSTILE));
    fill("containers", u64Key(8n), encode(CONTAINER, { id: "odd", policy: POLICY, rules: 1 }));
    fill("guard_hits", u32Key(0), encode(GUARD_HITS, { audits: 1n, pid: 4, comm: NAME }));
    const event = {
      container: 7n,
      count: 1n,
      object: 1n,
      sequence: 1n,
      time_ns: 1n,
      pid: 4,
      policy: "web",
      kind: EventKind.DENIED,
      rule: Rule.PSEUDO,
      hook: Hook.FILE_OPEN,
      what: ObjectKind.FILE,
      number: 3n << BigInt(LOCKC_WANTED_SHIFT),
      comm: NAME,
      exe: `/${HOSTILE}`,
      id: HOSTILE,
      name: HOSTILE,
    };
    const path = `/proc/sys/net/${HOSTILE}`;
    const recent = encode(RECENT, { path, event: [...encode(EVENT, event)], total: 1n });
    fill("recent", u32Key(0), broken(recent, RECENT.fields.path.offset, path));
    const program = join(SCRATCH, NAME);
    copyFileSync("/bin/sleep", program);
    const child = spawn(program, ["1000"], { stdio: "ignore" });
    await once(child, "spawn");
    const pidfd = pidfdOpen(child.pid!);
    fill("tasks", u32Key(pidfd), encode(TASK, { container: 7n, phase: Phase.CONFINED }));
    closeSync(pidfd);
    mkdirSync(join(BUNDLE, "rootfs"), { recursive: true });
    const config = {
      ociVersion: "1.2.0",
      root: { path: "rootfs" },
      process: { cwd: "/", args: ["x"] },
      mounts: [{ destination: `/${HOSTILE}\ud800`, type: "bind", source: "/etc" }],
    };
    writeFileSync(join(BUNDLE, "config.json"), JSON.stringify(config));
    return child;
  };

  const SHOWN: readonly string[][] = [
    ["status"],
    ["container", "list"],
    ["container", "list", "--format", "name,id,root,policy"],
    ["container", "show", "0000000000000007"],
    ["process", "list"],
    ["process", "list", "--format", "pid,command,exe,container,name"],
    ["why", "0000000000000007"],
    ["watch", "--once", "--interval", "0.2"],
    ["policy", "explain", "--bundle", BUNDLE],
    ["doctor"],
  ];

  test("steers no terminal by any command, and stays readable", async () => {
    const child = await makeHost();
    try {
      for (const words of SHOWN) {
        for (const form of [[], ["--json"]]) {
          if (words.includes("--format") && form.length > 0) continue;
          const { out, err } = await run(...words, ...form);
          const said = `${words.join(" ")} ${form}: ${JSON.stringify(out + err)}`;
          assert.doesNotMatch(out, UNSEEN, said);
          assert.doesNotMatch(err, UNSEEN, said);
          assert.match(out, /é日/, said);
          if (form.length === 0) {
            assert.ok(out.includes("\\x9b2J"), said);
            continue;
          }
          const names = JSON.stringify(JSON.parse(out));
          assert.ok(/\u009b2J\u202e/.test(names), `the meaning stays: ${said}`);
        }
      }
    } finally {
      child.kill("SIGKILL");
    }
  });

  test("is a comment of a learned policy, or a text that YAML escapes", async () => {
    const child = await makeHost();
    child.kill("SIGKILL");
    const file = join(SCRATCH, "learned.yaml");
    const { status, out, err: said } = await run("learn", "--policy", "web");
    assert.deepEqual([status, said.includes("from one refusal")], [0, true], said);
    assert.doesNotMatch(out + said, UNSEEN, JSON.stringify(out));
    assert.match(out, /# .*é日.*\\x9b2J\\u\{202e\}/);
    assert.equal(
      parse(out).pseudoFiles.add[0].path,
      `/sys/net/${HOSTILE}\ufffd`,
      "the meaning stays",
    );
    await run("learn", "--policy", "web", "--output", file);
    assert.equal(readFileSync(file, "utf8").match(UNSEEN), null);
  });

  test("is harmless in what lockctl cannot do, and in metrics", async () => {
    const child = await makeHost();
    child.kill("SIGKILL");
    const { err } = await run("unload");
    assert.match(err, /é日👍\\x1b\[2J/);
    assert.doesNotMatch(err, UNSEEN);
    const { err: unknown } = await run("container", "show", HOSTILE.slice(0, -1));
    assert.doesNotMatch(unknown, UNSEEN);
    for (const words of [["metrics"], ["metrics", "--textfile"]]) {
      const { out } = await run(...words);
      assert.ok(out.includes('lockc_containers{policy="no\\\\x9b\\\\u{202e}policy"} 1'), out);
      assert.doesNotMatch(out, UNSEEN);
    }
  });
});

test("a FIFO where a policy's file, or the settings, should be keeps no command waiting", () => {
  const program = join(TOP, "ctl/entry.ts");
  const commands = [
    ...[
      "status",
      "doctor",
      "load",
      "policy reload",
      "policy list",
      "policy show baseline",
      "report",
    ],
    ...["policy validate FIFO", "policy diff baseline offline", "policy explain --bundle /none"],
  ];
  for (const fifo of ["/etc/lockc/policy/fifo.yaml", "/etc/lockc/lockc.yaml"]) {
    rmSync(fifo, { force: true });
    execFileSync("mkfifo", [fifo]);
    for (const command of commands) {
      const words = command.replace("FIFO", fifo).split(" ");
      const { signal, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
        encoding: "utf8",
        timeout: 30_000,
        killSignal: "SIGKILL",
      });
      assert.equal(signal, null, `${command} with ${fifo}`);
      if (/status|doctor|report|validate/.test(command)) {
        assert.match(stdout + stderr, /it is a FIFO,\s+no\s+regular\s+file/, command);
      }
    }
    rmSync(fifo);
  }
});

test("2: wrong usage is told on stderr, with what was meant", async () => {
  assert.deepEqual(await run("policy", "shwo", "x"), {
    status: 2,
    out: "",
    err: 'lockctl: policy has no command "shwo"\n  did you mean "show"? [LOCKC_E_USAGE]\n',
  });
  for (const words of [
    ["policy", "diff"],
    ["policy", "diff", "a"],
    ["load", "x"],
  ]) {
    const { status, out, err } = await run(...words);
    assert.deepEqual([status, out], [2, ""]);
    assert.match(err, /^lockctl: .+\n {2}.+ \[LOCKC_E_USAGE\]\n$/);
  }
});

test("without a command, or without a group's second word, it shows help", async () => {
  for (const words of [[], ["policy"]]) {
    const asked = await run("help", ...words);
    assert.deepEqual(await run(...words), { status: 0, out: asked.out, err: "" });
    assert.match(asked.out, /^Commands:$/m);
  }
});

test("3: status, when nothing is loaded", async () => {
  const { status, out } = await run("status");
  assert.equal(status, 3);
  assert.match(out, /not loaded/);
});

test("4: only root may load, unload and reload; what only reads, others may too", async () => {
  await run("load");
  process.seteuid!(65534);
  try {
    for (const words of [["load"], ["unload"], ["policy", "reload"]]) {
      const { status, err } = await run(...words);
      assert.equal(status, 4);
      assert.match(err, /\n {2}run it with sudo \[LOCKC_E_PRIVILEGE\]\n$/);
    }
    assert.equal((await run("status")).status, 4);
    assert.equal((await run("policy", "list")).status, 0);
    assert.equal((await run("policy", "diff", "baseline", "offline")).status, 0);
  } finally {
    process.seteuid!(0);
  }
});

test("5: unload, while containers run; --force does it all the same", async () => {
  await run("load");
  register("box");
  const { status, err } = await run("unload");
  assert.equal(status, 5);
  assert.match(err, /^lockctl: cannot unload while containers run under lockc: box \(baseline\)\n/);
  assert.deepEqual(await run("unload", "--force"), {
    status: 0,
    out: "unloaded; these containers run on without any policy, also after a load, until they are started anew: box (baseline)\n",
    err: "",
  });
  assert.equal(existsSync("/sys/fs/bpf/lockc"), false);
});

test("commands that only read leave nothing behind", async () => {
  const state = () =>
    ["/etc", "/run", "/sys/fs/bpf"].map((path) => readdirSync(path, { recursive: true }).sort());
  const before = state();
  await run("status");
  await run("policy", "list");
  await run("policy", "show", "baseline");
  await run("policy", "validate", "/etc/lockc/lockc.yaml");
  await run("policy", "explain", "--bundle", "/none");
  assert.deepEqual(state(), before);
});

test("as a program it exits with the status, and with nobody to read it ends quietly", async () => {
  const program = join(TOP, "ctl/entry.ts");
  const { status, stderr } = spawnSync(process.execPath, [program, "policy", "shwo"], {
    encoding: "utf8",
  });
  assert.equal(status, 2);
  assert.match(stderr, /LOCKC_E_USAGE/);
  const quietly = 'exec 3>&2; { "$0" "$1" policy list 2>&3; echo "$?" >&3; } | :';
  const closed = '"$0" "$1" policy list >&-; echo "$?" >&2';
  for (const script of [quietly, closed]) {
    const shell = spawnSync("sh", ["-c", script, process.execPath, program], { encoding: "utf8" });
    assert.equal(shell.stderr, "0\n");
  }
});
