// SPDX-License-Identifier: Apache-2.0
/** install.sh on a host with systemd and Docker: all of it or nothing of it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { assertAllowed, assertRefused, Session } from "./session.ts";
import { fits, readSteps } from "./steps.ts";

const TOP = join(import.meta.dirname, "../..");
const session = new Session({ init: "systemd", docker: true, install: false, mounts: [TOP] });
const run = session.run.bind(session);
const ok = session.ok.bind(session);
/** A copy in the guest: the same files several times over the share would be most of the time. */
const COPY = "/root/lockc";
const install = (words = "") => run(`cd ${COPY} && ./install.sh ${words}`);

/** Every file that an installation could leave behind, with its content. */
const inventory = () =>
  ok(
    "find /usr /etc /opt /var/lib/lockc /run/lockc -xdev \\( -type f -o -type l \\) -newermt @1 -printf '%p %s\\n' 2>/dev/null | grep -vE '/__pycache__/|/etc/(ld.so.cache|resolv.conf|mtab|cni/net.d/cni.lock)' | sort; ls -d /etc/lockc /opt/lockc /sys/fs/bpf/lockc /etc/docker 2>/dev/null; cat /etc/docker/daemon.json; systemctl is-enabled lockc 2>&1 || true",
  );

const DAEMON_JSON =
  '{ "bridge": "none", "iptables": false,\n  "ip6tables": false,   "labels": ["kept=as-it-is"] }\n';
let clean = "";

before(async () => {
  await ok(
    `mkdir ${COPY} && cd ${TOP} && tar -c --exclude=./node_modules --exclude=./.git . | tar -x -C ${COPY}`,
  );
  await ok("cat >/etc/docker/daemon.json", DAEMON_JSON);
  clean = await inventory();
});

describe("install.sh", () => {
  test("--dry-run says what it would do and changes nothing", async () => {
    const { status, stdout } = await install("--dry-run");
    assert.equal(status, 0, stdout);
    assert.match(
      stdout,
      /would place \/usr\/bin\/lockc-runc[\s\S]*would run lockctl load[\s\S]*Nothing was changed/,
    );
    assert.equal(await inventory(), clean);
  });

  test("says all that is missing before it begins, in a dry run too", async () => {
    await ok(
      `mkdir /root/away && mv /usr/sbin/runc /usr/bin/crun /root/away && touch ${COPY}/shim/main.ts`,
    );
    const hidden = await inventory();
    const all =
      /lacks what lockc needs; [\s\S]*\n {2}runc or crun, [\s\S]*\n {2}npm, with Node\.js 20/;
    const dry = await install("--dry-run");
    const real = await install();
    assert.deepEqual([dry.status, real.status], [1, 1]);
    assert.match(dry.stdout, all);
    assert.match(dry.stdout, /would run lockctl load[\s\S]*Nothing was changed/);
    assert.match(real.stderr, all);
    assert.doesNotMatch(real.stdout, /Placing/);
    assert.equal(await inventory(), hidden);
    await ok(
      `mv /root/away/runc /usr/sbin; mv /root/away/crun /usr/bin; touch ${COPY}/dist/usr/lib/lockc/shim.cjs`,
    );
    assert.equal(await inventory(), clean);
  });

  test("exits as its --help promises", async () => {
    for (const words of [
      "--nope",
      "--prefix",
      "--prefix x",
      "--prefix /",
      "--release x",
      "--purge",
    ]) {
      assert.equal((await install(words)).status, 2, words);
    }
    assert.equal((await install("--uninstall")).status, 1, "nothing is installed");
    assert.equal((await install("--help")).status, 0);
  });

  test("that is interrupted leaves the host as it was", async () => {
    await ok(
      `cd ${COPY} && (setsid ./install.sh >/root/log 2>&1; echo $? >/root/status) >/dev/null 2>&1 </dev/null &`,
    );
    await session.until("grep -q 'Placing files' /root/log", 600);
    await ok("pkill -TERM -o -f '^/bin/sh ./install.sh'; true");
    await session.until("test -s /root/status", 600);
    assert.equal(await ok("cat /root/status; rm /root/log /root/status"), "130");
    assert.equal(await inventory(), clean);
  });

  // Between two of place's steps there is little time to hit upon.
  for (const tool of ["cp", "chown", "mv"]) {
    test(`that is interrupted as it has called ${tool} leaves the host as it was`, async () => {
      await ok(
        `mkdir -p /root/last && cat >/root/last/${tool} && chmod +x /root/last/${tool}`,
        `#!/bin/sh\n/bin/${tool} "$@" || exit\ncase "$*" in *.lockc-new*) kill -TERM $PPID ;; esac\n`,
      );
      const { status, stderr } = await run(`cd ${COPY} && PATH=/root/last:$PATH ./install.sh`);
      await ok("rm -r /root/last");
      assert.equal(status, 130, stderr);
      assert.match(stderr, /undoing/);
      assert.equal(await inventory(), clean);
    });
  }

  test("that fails half-way leaves the host as it was", async () => {
    await ok("mkdir -p /etc/lockc/policy && echo 'name: [' >/etc/lockc/policy/broken.yaml");
    const before = await inventory();
    const { status, stderr } = await install();
    const after = await inventory();
    await ok("rm -r /etc/lockc");
    assert.equal(status, 1);
    assert.match(stderr, /broken\.yaml:\d+:\d+:/);
    assert.match(stderr, /undoing/);
    assert.equal(after, before);
  });

  test("installs, loads, registers with Docker, and proves that a container is contained", async () => {
    const { status, stdout, stderr } = await install();
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /tried to read \/proc\/vmallocinfo and was refused/);
    assert.match(stdout, /BinaryName = "\/usr\/bin\/lockc-runc"/);
    await ok("lockctl status");
    await ok(
      "cd /usr/share && ls man/man1/lockctl.1 man/man5/lockc-policy.5 bash-completion/completions/lockctl zsh/vendor-completions/_lockctl fish/vendor_completions.d/lockctl.fish",
    );
    for (const unit of ["lockc", "lockc-events"]) {
      assert.equal(
        await ok(`systemctl is-enabled ${unit} && systemctl is-active ${unit}`),
        "enabled\nactive",
      );
    }
    await session.until("docker info -f '{{json .Runtimes}}' | grep -q lockc");
    const config = JSON.parse(await ok("cat /etc/docker/daemon.json"));
    assert.deepEqual(config.labels, ["kept=as-it-is"]);
    assert.equal(await ok("docker run --rm --runtime lockc busybox echo hi"), "hi");
    const read = "busybox cat /proc/vmallocinfo";
    assertAllowed(await run(`docker run --rm ${read}`), "plain runc");
    assertRefused(await run(`docker run --rm --runtime lockc ${read}`), "after install.sh");
    await session.until("journalctl -q -u lockc-events -o cat | grep -q '^{.*vmallocinfo'");
    assert.match(stdout, /dockerd before 23 cannot be told/);
  });

  describe("docs/first-steps.md, by its own words", () => {
    const text = readFileSync(join(TOP, "docs/first-steps.md"), "utf8");
    // The guest has no network to forward for, of which Docker warns.
    const say = async (command: string) => {
      const { stdout, stderr } = await run(command);
      return `${stdout}${stderr}`.replace(/^WARNING: IPv4 forwarding.*\n/gm, "");
    };
    before(async () => {
      await session.until("docker info -f '{{json .Runtimes}}' | grep -q lockc");
      await ok("cp /etc/docker/daemon.json /etc/lockc/lockc.yaml /root");
    });
    after(async () => {
      await run("docker rm -f web; lockctl engine unregister docker --policy site");
      await run("rm -r /opt/site /srv/site /etc/lockc/policy");
      await ok(
        "cp /root/daemon.json /etc/docker; cp /root/lockc.yaml /etc/lockc; systemctl reload docker; lockctl policy reload",
      );
    });

    test("README begins with what happens", async () => {
      const [step = assert.fail()] = readSteps(readFileSync(join(TOP, "README.md"), "utf8"));
      const output = await say(step.command);
      assert.ok(fits(step.said, output), output);
    });

    test("each command says what stands below it", async () => {
      for (const { command, said } of readSteps(text)) {
        const output = await say(command);
        assert.ok(fits(said, output), `${command}\n${output}`);
      }
    });

    test("is installed, with what README links", async () => {
      await ok("cd /usr/share/doc/lockc && ls README.md docs/first-steps.md docs/policies.md");
      await ok("ls /usr/share/lockc/policy/examples/database.yaml");
    });
  });

  test("what a container calls itself steers no terminal that shows the journal", async () => {
    const name = "caf\\303\\251\\302\\2332J\\342\\200\\256"; // é, C1's CSI, right-to-left
    const script = `printf '${name}' >/proc/self/comm; read -r line </proc/vmallocinfo`;
    const tried = await run(`docker run --rm --runtime lockc busybox sh -c "${script}"`);
    assertRefused(tried, "reading under that name");
    const journal = "journalctl -q -u lockc-events -o cat";
    await session.until(`${journal} | grep -qF 'café\\u009b2J\\u202e'`);
    const raw = "LC_ALL=C grep -cP '\\xc2[\\x80-\\x9f]|\\xe2\\x80\\xae' || true";
    assert.equal(await ok(`${journal} | ${raw}`), "0");
  });

  test("again changes nothing that matters", async () => {
    const first = await inventory();
    const { status, stdout, stderr } = await install();
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /registered already/);
    assert.equal(await inventory(), first);
  });

  test("lockc-metrics.service serves, with its few rights, what lockctl metrics prints", async () => {
    assert.equal((await run("systemctl is-enabled lockc-metrics")).stdout.trim(), "disabled");
    await ok("echo 1 >/proc/sys/kernel/bpf_stats_enabled; systemctl enable --now lockc-metrics");
    const url = "http://127.0.0.1:9737/metrics";
    const program = `fetch("${url}").then((it) => it.text()).then(console.log)`;
    const read = async () => {
      await session.until(`/usr/lib/lockc/node -e '${program}' >/run/metrics 2>/dev/null`);
      const lines = (await ok("cat /run/metrics")).split("\n");
      return new Map(lines.map((line) => line.split(" ") as [string, string]));
    };
    // While nothing is held there is nobody to look at, for which it has a right of its own.
    await ok("docker run -d --name held --runtime lockc busybox sleep 100000");
    const holding = await read();
    assert.equal(holding.get('lockc_containers{policy="baseline"}'), "1");
    assert.equal(holding.get("lockc_stray_tasks"), "0");
    await ok("docker rm -f held");
    const loaded = await read();
    assert.equal(loaded.get("lockc_loaded"), "1");
    assert.equal(loaded.get("lockc_programs_sound"), "1");
    assert.equal(loaded.get("lockc_programs_attached"), loaded.get("lockc_programs_expected"));
    assert.ok(Number(loaded.get('lockc_program_runs_total{program="lockc_file_open"}')) > 0);
    assert.equal(loaded.get('lockc_containers{policy="baseline"}'), "0");
    await ok("echo 0 >/proc/sys/kernel/bpf_stats_enabled; lockctl unload");
    assert.equal((await read()).get("lockc_loaded"), "0");
    await ok("lockctl load");
    assert.equal((await read()).get("lockc_loaded"), "1");
    await ok("systemctl stop lockc-metrics");
    assert.equal(await ok("systemctl show --property Result --value lockc-metrics"), "success");
  });

  test("doctor finds no fault in what was installed", async () => {
    const { status, stdout } = await run("lockctl doctor");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^ok +all \d+ programs are attached by lsm$/m);
  });

  test("an unload and a load leave the events' service at work", async () => {
    await ok("lockctl unload && lockctl load");
    await session.until(
      "docker run --rm --runtime lockc busybox cat /proc/kallsyms >/dev/null 2>&1; docker run --rm --runtime lockc busybox sh -c '! cat /proc/vmallocinfo; sleep 1'; journalctl -q -u lockc-events -o cat | tail -n 5 | grep -q vmallocinfo",
    );
    assert.equal(await ok("systemctl is-active lockc-events"), "active");
  });

  test("a boot with a policy that is not valid, or a FIFO, holds all others and says so", async () => {
    await ok(
      "mkdir -p /etc/lockc/policy && echo 'name: [' >/etc/lockc/policy/broken.yaml && mkfifo /etc/lockc/policy/fifo.yaml",
    );
    await ok("systemctl stop lockc; lockctl unload; systemctl start lockc");
    assert.equal(await ok("systemctl is-active lockc"), "active");
    assert.match(await ok("journalctl -q -u lockc -o cat"), /policy "fifo" is left out, and every/);
    const { status, stdout } = await run("lockctl status");
    assert.equal(status, 1);
    assert.match(stdout, /^broken +broken is left out/m);
    assert.equal(await ok("docker run --rm --runtime lockc busybox echo hi"), "hi");
    const label = "--label org.lockc.policy=broken";
    const { stderr } = await run(`docker run --rm --runtime lockc ${label} busybox echo hi`);
    assert.match(
      stderr,
      /policy .*broken.* does not exist or is not valid; see lockctl policy list/,
    );
    await ok("rm -r /etc/lockc/policy && lockctl load && systemctl start lockc-events");
    await ok("lockctl status");
  });

  test("--uninstall takes back own policies' runtimes, and a default that is one", async () => {
    await ok("ln -s lockc-runc /usr/bin/lockc-runc-shop");
    const runtimes = {
      lockc: { path: "/usr/bin/lockc-runc" },
      shop: { path: "/usr/bin/lockc-runc-shop" },
    };
    const config = { ...JSON.parse(DAEMON_JSON), runtimes, "default-runtime": "lockc" };
    await ok(
      "cat >/etc/docker/daemon.json; kill -HUP $(cat /run/docker.pid)",
      JSON.stringify(config),
    );
    await session.until("docker info -f '{{.DefaultRuntime}}' | grep -qx lockc");
    await ok("docker run --name old busybox true");
    const { status, stdout, stderr } = await install("--uninstall");
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /a runtime that is gone, .*: old \(lockc\)/);
    await session.until("docker info -f '{{.DefaultRuntime}}' | grep -qx runc");
    assert.equal(await ok("docker run --rm busybox echo hi"), "hi");
    await ok("docker rm old; rm /usr/bin/lockc-runc-shop");
    await ok("cat >/etc/docker/daemon.json; kill -HUP $(cat /run/docker.pid)", DAEMON_JSON);
    assert.equal(await inventory(), clean);
    const again = await install();
    assert.equal(again.status, 0, again.stdout + again.stderr);
    await session.until("docker info -f '{{json .Runtimes}}' | grep -q lockc");
  });

  test("--uninstall refuses under a running container, then leaves nothing behind", async () => {
    await ok("docker run -d --name up --runtime lockc busybox sleep 1000");
    const busy = await install("--uninstall");
    assert.equal(busy.status, 1);
    assert.match(busy.stderr, /nothing was removed/);
    await ok("docker exec up true && docker rm -f up");
    const { status, stdout, stderr } = await install("--uninstall");
    assert.equal(status, 0, stdout + stderr);
    assert.equal(await inventory(), clean);
    assert.equal(await ok("cat /etc/docker/daemon.json; echo x"), `${DAEMON_JSON}x`);
    assert.notEqual((await run("systemctl is-active lockc-events")).status, 0);
  });

  test("--prefix places everything there, and takes it back", async () => {
    const { status, stdout, stderr } = await install("--prefix /opt/lockc");
    assert.equal(status, 0, stdout + stderr);
    await ok("/opt/lockc/bin/lockctl status && test ! -e /usr/bin/lockc-runc");
    assert.match(await ok("systemctl cat lockc"), /ExecStart=\/opt\/lockc\/bin\/lockctl load/);
    await ok("systemctl is-active lockc-events && /opt/lockc/bin/lockctl events --json >/dev/null");
    await session.until("docker info -f '{{json .Runtimes}}' | grep -q lockc");
    assert.equal(await ok("docker run --rm --runtime lockc busybox echo hi"), "hi");
    await ok(`cd ${COPY} && ./install.sh --uninstall`);
    assert.equal(await inventory(), clean);
  });
});
