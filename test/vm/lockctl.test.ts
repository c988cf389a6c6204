// SPDX-License-Identifier: Apache-2.0
/** lockctl where the programs really attach; what needs none of that is in test/ctl. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Event } from "../../core/generated/event.ts";
import type { Finding } from "../../ctl/doctor/checks.ts";
import { compileKernelHalf } from "../../tool/compile-bpf.ts";
import { makeBundle } from "./bundle.ts";
import { assertAllowed, assertRefused, HELD, Session, SHARED } from "./session.ts";

const INSTALLED = "/usr/lib/lockc/lockc.bpf.o";
const ORIGINAL = compile();
const OBJECTS = {
  newer: Buffer.concat([ORIGINAL, Buffer.from("newer")]),
  broken: spoil(ORIGINAL, "lsm/syslog"),
};

function compile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "lockc-object-"));
  try {
    compileKernelHalf(join(folder, "object"));
    return readFileSync(join(folder, "object"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The ELF object with an instruction that no verifier accepts at the start of `section`. */
function spoil(object: Buffer, section: string): Buffer {
  const spoiled = Buffer.from(object);
  const table = Number(object.readBigUInt64LE(0x28)); // e_shoff
  const header = (index: number) => table + index * 64;
  const at = (index: number) => Number(object.readBigUInt64LE(header(index) + 0x18)); // sh_offset
  const names = at(object.readUInt16LE(0x3e)); // e_shstrndx
  for (let index = 0; index < object.readUInt16LE(0x3c); index++) {
    const start = names + object.readUInt32LE(header(index));
    if (object.toString("latin1", start, object.indexOf(0, start)) !== section) continue;
    spoiled.fill(0xff, at(index), at(index) + 8);
    return spoiled;
  }
  throw new Error(`the object has no section "${section}"`);
}

describe("lockctl in a kernel that runs its programs", () => {
  const session = new Session();
  const ok = session.ok.bind(session);
  const run = session.run.bind(session);

  const status = async () => JSON.parse(await ok("lockctl status --json"));
  /** Changes with every program that is attached anew, and with every new map. */
  const pins = () => ok("cd /sys/fs/bpf/lockc && find . -type f -printf '%p %i\\n' | sort");
  /** Runs `act` while another object file stands in the installed one's place. */
  const withObject = async (name: keyof typeof OBJECTS, act: () => Promise<void>) => {
    const file = `/tmp/${name}.o`;
    await ok(
      `base64 -d >${file} && mount --bind ${file} ${INSTALLED}`,
      OBJECTS[name].toString("base64"),
    );
    try {
      await act();
    } finally {
      await ok(`umount ${INSTALLED}`);
    }
  };
  const start = (id: string) =>
    ok(`cd /tmp/sleep && ${HELD} run -d ${id} >/dev/null 2>&1 </dev/null`);

  before(() => makeBundle(session, "/tmp/sleep", { args: ["/bin/sleep", "100000"] }));

  test("status says that every program is attached", async () => {
    const { loaded, programs, kernel } = await status();
    assert.equal(loaded, true);
    assert.equal(kernel.bpfLsm, "active");
    assert.equal(programs.attached, programs.expected);
    assert.ok(programs.expected > 20);
    assert.deepEqual(programs.lacking, [
      ...["lockc_inode_set_acl", "lockc_inode_remove_acl", "lockc_inode_file_setattr"],
    ]);
  });

  test("a second load attaches nothing anew", async () => {
    const before = await pins();
    assert.match(await ok("lockctl load"), /^loaded already/);
    assert.equal(await pins(), before);
  });

  test("a mode that preempts tasks is told before 6.2, and refused to another load", async () => {
    const mode = "/sys/kernel/debug/sched/preempt"; // load has mounted what shows it
    await ok(`echo full >${mode}`);
    try {
      const shown = await run("lockctl status");
      assert.equal(shown.status, 1);
      assert.match(shown.stdout, /loaded, but it does not hold/);
      assert.match(
        shown.stdout,
        /which container a task is of, as its tasks are preempted \(full\)/,
      );
      const load = await run("lockctl load");
      assert.equal(load.status, 1);
      assert.match(load.stderr, /preempted \(full\).*boot with preempt=voluntary.*LOCKC_E_KERNEL/s);
    } finally {
      await ok(`echo voluntary >${mode}`);
    }
    await ok("lockctl status && lockctl load");
  });

  test("another build's programs take over without a moment in which nothing is refused", async () => {
    await start("box");
    const before = await pins();
    await ok(
      "(while [ ! -e /tmp/stop ]; do lockc-runc exec box /x/probe syslog; echo $?; done) >/tmp/probed 2>&1 & echo",
    );
    await withObject("newer", async () => {
      assert.match(await ok("lockctl load"), /new programs took the old ones' place/);
    });
    assert.match(await ok("lockctl load"), /new programs took the old ones' place/);
    await ok("touch /tmp/stop; sleep 3");
    const probed = await ok("cat /tmp/probed");
    assert.ok((probed.match(/EPERM|not permitted/g) ?? []).length >= 2, probed);
    assert.doesNotMatch(probed, /^0$/m);
    assert.notEqual(await pins(), before);
    const maps = (all: string) => all.split("\n").filter((line) => line.startsWith("./maps"));
    assert.equal(maps(await pins()).length, maps(before).length);
    assertRefused(await run("lockc-runc exec box /x/probe syslog"), "afterwards");
  });

  test("tasks are counted once, also by programs that were replaced", async () => {
    const [box] = (await status()).containers;
    assert.deepEqual([box.id, box.tasks], ["box", 1]);
    await ok("lockc-runc delete -f box");
    assert.deepEqual((await status()).containers, []);
  });

  test("programs that the verifier refuses leave the old ones at work and are told in its words", async () => {
    await start("box");
    const before = await pins();
    await withObject("broken", async () => {
      const { status: code, stderr } = await run("lockctl load");
      assert.equal(code, 1);
      assert.match(stderr, /lockc_syslog.*LOCKC_E_KERNEL/s);
      assert.match(stderr, /unknown opcode ff/);
    });
    assert.equal(await pins(), before);
    assertRefused(await run("lockc-runc exec box /x/probe syslog"), "the old programs");
    await ok("lockc-runc delete -f box");
  });

  test("programs that the verifier refuses leave nothing where nothing was", async () => {
    await ok("lockctl unload");
    await withObject("broken", async () => {
      assert.equal((await run("lockctl load")).status, 1);
      assert.equal(await ok("find /sys/fs/bpf -mindepth 1 ! -name '*.debug'"), "");
    });
    await ok("lockctl load");
  });

  test("unload refuses while a container runs, and names it", async () => {
    await start("box");
    const before = await pins();
    const { status: code, stderr } = await run("lockctl unload");
    assert.equal(code, 5);
    assert.match(stderr, /box \(careless\).*--force.*LOCKC_E_BUSY/s);
    assert.equal(await pins(), before);
    await start("another");
    await ok("lockc-runc delete -f box; lockc-runc delete -f another");
    await ok("lockctl unload");
    assert.equal((await run("lockctl status")).status, 3);
    await ok("lockctl load");
  });

  test("unload --force lets a running container go on unprotected", async () => {
    await start("box");
    assertRefused(await run("lockc-runc exec box /x/probe syslog"), "before");
    await ok("lockctl unload --force");
    await ok("lockc-runc exec box /x/probe syslog");
    await ok("lockc-runc delete -f box");
    await ok("lockctl load");
  });

  /** What doctor says, but for what is well. */
  const doctor = async () => {
    const { status: code, stdout, stderr } = await run("lockctl doctor --json");
    const findings: Finding[] = JSON.parse(stdout);
    const faults = findings.filter(({ level }) => level === "fault");
    assert.equal(code, faults.length > 0 ? 1 : 0, stderr);
    const texts = faults.map(({ check, sentence }) => `${check}: ${sentence}`);
    return { findings, faults: texts };
  };

  test("doctor finds no fault where there is none, and warns of what is known here", async () => {
    const startMs = Date.now();
    const { findings, faults } = await doctor();
    assert.ok(Date.now() - startMs < 60_000, "it takes seconds, in an emulated machine too");
    assert.deepEqual(faults, []);
    const level = (check: string) => findings.find((finding) => finding.check === check)?.level;
    for (const check of ["kernel", "lsm", "btf", "programs", "pins", "files", "runtime"]) {
      assert.equal(level(check), "ok", check);
    }
    assert.equal(level("policies"), "ok", JSON.stringify(findings));
    const told = (check: string) => findings.find((finding) => finding.check === check)?.sentence;
    assert.match(told("docker")!, /^Docker knows lockc, but its default runtime is runc/);
    assert.match(told("flaws")!, /^runc .*1\.1\.5.* has known flaws: .*CVE-2025-31133/);
  });

  test("report tells of this host in an archive for root, and writes over nothing", async () => {
    const file = "/tmp/report.tar.gz";
    assert.match(
      await ok(`lockctl report --bundle --output ${file}`),
      /^\/tmp\/report.*: \d+ files/,
    );
    assert.equal(await ok(`stat -c '%a %u' ${file}`), "600 0");
    const part = async (path: string) => ok(`tar -xzOf ${file} --wildcards '*/${path}'`);
    const versions = JSON.parse(await part("versions.json"));
    assert.match(versions.runc, /^runc version /);
    const programs: { name: string; attach: string }[] = JSON.parse(await part("programs.json"));
    assert.equal(programs.length, (await status()).programs.attached);
    assert.ok(JSON.parse(await part("policies/loaded.json")).length > 3);
    assert.doesNotMatch(await part("README.txt"), /Could not be read/);
    const again = await run(`lockctl report --bundle --output ${file}`);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /it exists already.*LOCKC_E_WRITE/s);
    await ok(`rm ${file}`);
  });

  test("doctor names all that is broken, and nothing once it is mended", async () => {
    await ok("lockctl unload");
    assert.deepEqual((await doctor()).faults, [
      "programs: lockc is not loaded, so lockc-runc creates no container",
    ]);
    await ok("lockctl load");
    await ok("cd /sys/fs/bpf && chmod 755 lockc && rm lockc/links/lockc_syslog && chown 1 .");
    await ok("chmod g+w /usr/bin/lockc-runc; rm /run/lockc/runtime");
    const { faults } = await doctor();
    const expected = [
      /^bpffs: .*belongs to user 1$/,
      /^programs: 1 of .*lockc_syslog$/,
      /^pins: .*their directory \(mode 0755\)$/,
      /^files: .*\/usr\/bin\/lockc-runc \(mode 0775\)$/,
      /^runtime: lockc-runc was told of no runtime/,
    ];
    assert.equal(faults.length, expected.length, faults.join("\n"));
    for (const [index, sentence] of expected.entries()) assert.match(faults[index]!, sentence);
    await ok("chown 0 /sys/fs/bpf; chmod 700 /sys/fs/bpf/lockc; chmod g-w /usr/bin/lockc-runc");
    await ok("lockctl load");
    assert.deepEqual((await doctor()).faults, []);
  });

  test("a process that the kernel half has lost is told by status, doctor and metrics", async () => {
    const args = ["/bin/sh", "-c", "/bin/sleep 100000 & wait"];
    await makeBundle(session, "/tmp/lost", { args });
    await ok(`cd /tmp/lost && ${HELD} run -d lost >/dev/null 2>&1 </dev/null`);
    const list = "lockctl process list --container lost --format pid,command --no-header";
    await session.until(`${list} | grep -q sleep`);
    const [, pid] = /^ *(\d+) +sleep$/m.exec(await ok(list))!;
    assert.deepEqual((await status()).strays, []);
    assert.match(await ok("lockctl metrics"), /^lockc_stray_tasks 0$/m);
    assert.deepEqual((await doctor()).faults, []);
    await ok(`${SHARED}/probe forget /sys/fs/bpf/lockc/maps/tasks ${pid}`);
    const { status: code, stdout } = await run("lockctl status --json");
    assert.equal(code, 1);
    const [stray, ...others] = JSON.parse(stdout).strays;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [stray.pid, stray.command, stray.container, stray.shares],
      [Number(pid), "sleep", "lost", "mounts"],
    );
    const shown = await run("lockctl status");
    assert.equal(shown.status, 1);
    assert.match(shown.stdout, new RegExp(`^strays +1: .*\n.*\n +${pid} +sleep +lost `, "m"));
    assert.match(await ok("lockctl metrics"), /^lockc_stray_tasks 1$/m);
    assert.deepEqual((await doctor()).faults, [
      `strays: 1 process is in a container, but held by no policy: "sleep" (${pid}) in container "lost"`,
    ]);
    // Nobody has counted its end, so the container's record stays until the maps go.
    await ok("lockc-runc delete -f lost; lockctl unload --force; lockctl load");
    assert.deepEqual((await status()).strays, []);
  });

  test("metrics count a refusal by policy and rule, outlive its container, and time programs", async () => {
    /** The first sample whose line begins so; a number that is none where there is no such line. */
    const read = async (...names: string[]) => {
      const lines = (await ok("lockctl metrics")).split("\n");
      const sampleOf = (name: string) =>
        lines
          .find((it) => it.startsWith(name))
          ?.split(" ")
          .at(-1);
      return names.map((name) => Number(sampleOf(name)));
    };
    const denials = 'lockc_denials_total{policy="careless",rule="kernelLog"}';
    const containers = 'lockc_containers{policy="careless"}';
    await start("counted");
    const [before, running] = await read(denials, containers);
    assert.equal(running, 1);
    assertRefused(await run("lockc-runc exec counted /x/probe syslog"), "syslog");
    const [denied] = await read(denials);
    const counted = denied! - before!;
    assert.ok(counted >= 1, String(counted));
    await ok("lockc-runc delete -f counted");
    const runs = 'lockc_program_runs_total{program="lockc_file_open"}';
    const seconds = 'lockc_program_run_seconds_total{program="lockc_file_open"}';
    const [after, left, unmeasured] = await read(denials, containers, runs);
    assert.deepEqual([after, left], [denied, 0]);
    assert.ok(Number.isNaN(unmeasured), "nobody measures yet");
    await ok("echo 1 >/proc/sys/kernel/bpf_stats_enabled; cat /etc/passwd >/dev/null");
    const measured = await read(runs, seconds);
    assert.ok(
      measured.every((value) => value > 0),
      `${measured}`,
    );
    await ok("echo 0 >/proc/sys/kernel/bpf_stats_enabled");
    assert.deepEqual(await read("lockc_program_skips_total"), [0]);
  });

  test("a load killed at any moment leaves no maps without their programs", async () => {
    const expected = (await status()).programs.expected;
    await ok("lockctl unload");
    const startMs = Date.now();
    await ok("lockctl load");
    const wholeMs = Date.now() - startMs;
    let killed = 0;
    for (let part = 1; part <= 5; part++) {
      const seconds = ((wholeMs * part) / 5_000).toFixed(3);
      await ok("lockctl unload");
      const { status: code } = await run(`timeout -s KILL ${seconds} lockctl load`);
      if (code !== 0) killed++;
      const seen = await ok(
        "ls /sys/fs/bpf/lockc/maps 2>/dev/null | wc -l; ls /sys/fs/bpf/lockc/links /sys/fs/bpf/lockc/links-* 2>/dev/null | grep -c lockc_ || true",
      );
      const [maps, links] = seen.split("\n").map(Number);
      assert.ok(maps === 0 || links! >= expected, `${seconds} s: ${seen}`);
      await ok("lockctl load");
      assert.deepEqual((await ok("ls /sys/fs/bpf/lockc")).split("\n"), ["links", "maps"]);
    }
    assert.ok(killed > 0, "no load was slow enough to be killed");
  });

  test("loads at the same time end in one whole load", async () => {
    await ok("lockctl unload");
    await ok("for i in 1 2 3 4; do lockctl load & done; wait");
    assert.equal((await run("lockctl status")).status, 0);
    assert.deepEqual((await ok("ls /sys/fs/bpf/lockc")).split("\n"), ["links", "maps"]);
  });

  test("an ordinary user gets what may be seen, and is told so", async () => {
    const as = "setpriv --reuid 65534 --regid 65534 --clear-groups";
    const seen = await run(`${as} lockctl status`);
    assert.equal(seen.status, 4);
    assert.match(seen.stdout, /only for root to see/);
    assert.match(seen.stdout, /BPF LSM (active|unknown)/);
    assert.equal((await run(`${as} lockctl load`)).status, 4);
    assert.equal((await run(`${as} lockctl unload --force`)).status, 4);
  });

  test("a host without bpffs and securityfs gets them mounted, for root only", async () => {
    await ok("lockctl unload; umount /sys/fs/bpf; umount /sys/kernel/security");
    assert.equal((await run("lockctl status")).status, 3);
    await ok("lockctl load");
    assert.match(await ok("stat -c %A /sys/fs/bpf"), /^drwx------|^drwx-----T/);
    assert.equal((await run("lockctl status")).status, 0);
  });

  describe("why and learn", () => {
    const NARROW = `name: narrow
description: Careless, but for what is tried here.
extends: careless
kernelLog: { allow: false }
pseudoFiles:
  restrict:
    - { filesystem: proc, path: /interrupts, access: none }
    - { filesystem: proc, path: /sys, access: read-only }
`;
    const FILE = "/etc/lockc/policy/narrow.yaml";
    const inside = (command: string) => run(`lockc-runc exec box /bin/sh -c '${command}'`);
    const why = async (word: string) => JSON.parse(await ok(`lockctl why --json ${word}`));
    /** Puts a policy that lockctl wrote in force; its name. */
    const place = async (text: string) => {
      const name = /^name: (.*)$/m.exec(text)![1]!;
      const file = `/etc/lockc/policy/${name}.yaml`;
      await ok(`cat >${file} && lockctl policy validate ${file} && lockctl policy reload`, text);
      return name;
    };
    const startNarrow = () =>
      ok("cd /tmp/sleep && lockc-runc --lockc-policy narrow run -d box >/dev/null 2>&1 </dev/null");

    before(() => ok(`cat >${FILE} && lockctl policy reload`, NARROW));
    after(() => ok("rm /etc/lockc/policy/narrow*.yaml && lockctl policy reload"));

    test("a refusal is told with its line, and the change that is advised lets it through", async () => {
      await startNarrow();
      assertRefused(await inside("cat /proc/interrupts"), "reading");
      assertRefused(await inside("echo 1 >/proc/sys/net/ipv4/ip_forward"), "writing");
      const reasons = await why("box");
      const of = (path: string) =>
        reasons.find(({ event }: { event: Event }) => event.object?.path === path);
      const [read, write] = [of("/proc/interrupts"), of("/proc/sys/net/ipv4/ip_forward")];
      assert.ok(read && write, JSON.stringify(reasons));
      assert.equal(read.written, `${FILE}:7:7`);
      assert.equal(write.written, `${FILE}:8:7`);
      assert.deepEqual([read.event.object.access, write.event.object.access], ["r", "w"]);
      assert.match(read.change, /\{ filesystem: proc, path: \/interrupts, access: read-only \}/);
      assert.match(write.change, /path: \/sys\/net\/ipv4\/ip_forward, access: read-write \}/);
      const name = await place(read.change);
      await ok(`lockctl container policy box ${name} --force`);
      assertAllowed(await inside("cat /proc/interrupts"), "reading as advised");
      assertRefused(await inside("echo 1 >/proc/interrupts"), "writing");
      assertRefused(await inside("echo 1 >/proc/sys/net/ipv4/ip_forward"), "the other");
      await ok(`lockc-runc delete -f box; rm /etc/lockc/policy/${name}.yaml`);
    });

    test("what an earlier container of that ID was refused is not a new one's", async () => {
      await startNarrow();
      const lines = async () =>
        (await ok("lockctl events --text --container box"))
          .split("\n")
          .filter((line) => line.includes("/proc/interrupts"));
      assert.doesNotMatch(JSON.stringify(await why("box")), /interrupts/);
      assert.deepEqual(await lines(), []);
      assertRefused(await inside("cat /proc/interrupts"), "reading");
      const told = await lines();
      assert.equal(told.length, 1, told.join("\n"));
      const [, number = ""] = /^\S+ \S+ +(\d+) {2}denied /.exec(told[0]!) ?? [];
      const [reason, ...others] = await why(number);
      assert.deepEqual([reason.event.object.path, others], ["/proc/interrupts", []]);
      const unknown = await run("lockctl events --container nosuch");
      assert.equal(unknown.status, 1);
      assert.match(unknown.stderr, /"nosuch".*LOCKC_E_CONTAINER/s);
      await ok("lockc-runc delete -f box");
    });

    test("a container that was not created too", async () => {
      await ok("mkdir -p /opt/data");
      const options = ["bind", "ro"];
      const mount = { destination: "/data", type: "bind", source: "/opt/data", options };
      await makeBundle(session, "/tmp/data", { args: ["/bin/true"], mounts: [mount] });
      const create = (policy: string) =>
        run(`cd /tmp/data && lockc-runc --lockc-policy ${policy} run data`);
      assert.match((await create("narrow")).stderr, /"\/opt\/data".*LOCKC_E_MOUNT/);
      const [reason, ...others] = await why("data");
      assert.deepEqual(others, []);
      assert.equal(reason.event.event, "refused");
      assert.match(reason.change, /- \{ path: \/opt\/data, access: read-only \}/);
      assert.match(reason.written, /baseline\.yaml:\d+:\d+$/);
      const name = await place(reason.change);
      assertAllowed(await create(name), "as advised");
      await ok(`rm /etc/lockc/policy/${name}.yaml`);
    });

    test("a container is watched with its rules audited, gets them back, and its needs are a policy", async () => {
      await startNarrow();
      assert.match((await run("lockctl learn box --for 1s")).stderr, /kernelLog.*--force/s);
      assertRefused(await inside("cat /proc/interrupts"), "before");
      await ok(
        "lockctl learn box --for 1h --force --output /tmp/learned.yaml >/tmp/learn.log 2>&1 </dev/null & echo $! >/tmp/learn.pid",
      );
      await session.until(`lockctl container list --format mode --no-header | grep -qx audit`);
      assertAllowed(await inside("cat /proc/interrupts"), "reading meanwhile");
      assertAllowed(await run("lockc-runc exec box /x/probe syslog"), "the kernel log meanwhile");
      await ok("kill -INT $(cat /tmp/learn.pid)");
      await session.until("grep -q 'policy learned in /tmp/learned.yaml' /tmp/learn.log");
      assertRefused(await inside("cat /proc/interrupts"), "afterwards");
      const text = await ok("cat /tmp/learned.yaml");
      assert.match(text, /^name: learned$/m);
      assert.match(
        text,
        /# "cat" .*\n {4}- \{ filesystem: proc, path: \/interrupts, access: read-only \}/,
      );
      assert.match(text, /# "probe" .*\nkernelLog:\n {2}allow: true$/m);
      assert.doesNotMatch(text, /ip_forward|Not let through/);
      const log = await ok("cat /tmp/learn.log");
      const [, commands] = /to allow it, as root:\n\n(.*?)\n\n {2}then /s.exec(log) ?? [];
      await ok("sh -e", `${commands}\n`);
      assertAllowed(await inside("cat /proc/interrupts"), "reading as learned");
      assertAllowed(await run("lockc-runc exec box /x/probe syslog"), "the kernel log as learned");
      assertRefused(await inside("echo 1 >/proc/sys/net/ipv4/ip_forward"), "what it never did");
      assert.equal(await ok("cat /etc/lockc/lockc.yaml"), "requests: { also: [learned] }");
      await ok("lockc-runc delete -f box; rm /etc/lockc/policy/learned.yaml /etc/lockc/lockc.yaml");
    });
  });

  test("the environment cannot change what lockctl runs", async () => {
    await ok("echo 'console.log(\"owned\"); process.exit(0)' >/tmp/evil.cjs");
    const said = await ok(
      "NODE_OPTIONS='--require /tmp/evil.cjs' NODE_PATH=/tmp lockctl --version",
    );
    assert.match(said, /^lockctl \d+\.\d+\.\d+$/);
  });
});

describe("lockctl in a kernel that did not start the bpf module, and preempts its tasks", () => {
  const append = "lsm=landlock,yama,apparmor preempt=full";
  const session = new Session({ load: false, append });

  test("load refuses with the boot parameter that cures it", async () => {
    const { status, stderr } = await session.run("lockctl load");
    assert.equal(status, 1);
    assert.match(stderr, /as its tasks are preempted \(full\)/);
    assert.match(stderr, /boot with lsm=(\w+,)*landlock,yama,apparmor,bpf \(.*LOCKC_E_KERNEL/s);
    const check = await session.run("lockctl load --check");
    assert.deepEqual([check.status, check.stderr], [status, stderr]);
    assert.equal(await session.ok("ls /sys/fs/bpf"), "");
  });

  test("status shows the same on its screen and exits with 3", async () => {
    const { status, stdout } = await session.run("lockctl status");
    assert.equal(status, 3);
    assert.match(stdout, /BPF LSM inactive, preemption full/);
    assert.match(stdout, /boot with lsm=(\w+,)*landlock,yama,apparmor,bpf/);
    const { kernel } = JSON.parse((await session.run("lockctl status --json")).stdout);
    assert.deepEqual([kernel.bpfLsm, kernel.attach], ["inactive", null]);
  });

  test("a mode of preemption that is set later counts", async () => {
    const mode = "/sys/kernel/debug/sched/preempt"; // load has mounted what shows it
    await session.ok(`echo voluntary >${mode}`);
    assert.match(await session.ok("lockctl load"), /^loaded; \d+ programs by fmod_ret/);
    await session.ok("lockctl status");
    const seen = async () => {
      const { status, stdout } = await session.run("lockctl doctor --json");
      const findings: Finding[] = JSON.parse(stdout);
      const level = (name: string) => findings.find(({ check }) => check === name)?.level;
      return [status, level("lsm"), level("programs"), level("preemption")];
    };
    assert.deepEqual(await seen(), [0, "warning", "ok", "ok"]);
    assert.match(await session.ok("lockctl metrics"), /^lockc_programs_sound 1$/m);
    await session.ok(`echo full >${mode}`);
    assert.deepEqual(await seen(), [1, "fault", "ok", "fault"]);
    assert.match(await session.ok("lockctl metrics"), /^lockc_programs_sound 0$/m);
    await session.ok("lockctl unload");
  });
});
