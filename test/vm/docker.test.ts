// SPDX-License-Identifier: Apache-2.0
/**
 * Docker on a real kernel: what people do goes on working, what leads out is
 * refused. Each attack first succeeds under plain runc, with the same flags.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ACTS, attempt, describeRefusals } from "./refusals.ts";
import { assertAllowed, assertRefused, Session, SHARED } from "./session.ts";

const session = new Session({ docker: true });
const run = session.run.bind(session);
const ok = session.ok.bind(session);

describe("what people do with containers works under lockc", () => {
  const lockc = "docker run --rm --runtime lockc";

  test("echo, exit codes, input and a terminal", async () => {
    assert.equal(await ok(`${lockc} busybox echo hi`), "hi");
    assert.equal((await run(`${lockc} busybox sh -c 'exit 37'`)).status, 37);
    assert.equal(await ok(`${lockc} -i busybox cat`, "through\n"), "through");
    assert.match(
      await ok(`script -qec "${lockc} -t busybox tty" /dev/null </dev/null`),
      /\/dev\/pts\/0|\/dev\/console/,
    );
  });

  test("host directories, volumes and tmpfs are read and written", async () => {
    await ok(`mkdir -p ${SHARED}/data && echo host >${SHARED}/data/in`);
    assert.equal(
      await ok(
        `${lockc} -v ${SHARED}/data:/d busybox sh -c 'cat /d/in; echo guest >/d/out; ls -l /d >/dev/null; mv /d/out /d/moved; chmod 600 /d/moved'`,
      ),
      "host",
    );
    assert.equal(await ok(`cat ${SHARED}/data/moved`), "guest");
    await ok(
      `${lockc} -v vol:/v busybox sh -c 'echo kept >/v/file; mkdir /v/dir; ln -s file /v/link'`,
    );
    assert.equal(await ok(`${lockc} -v vol:/v busybox cat /v/link`), "kept");
    await ok(`${lockc} --tmpfs /t busybox sh -c 'echo x >/t/f && cat /t/f && rm /t/f'`);
    assert.equal(
      await ok(`${lockc} --mount type=bind,src=${SHARED}/data,dst=/d,readonly busybox cat /d/in`),
      "host",
    );
  });

  test("hostname, hosts, resolv.conf, users and read-only root file systems", async () => {
    assert.equal(
      await ok(
        `${lockc} --hostname named busybox sh -c 'cat /etc/hostname; cat /etc/hosts /etc/resolv.conf >/dev/null'`,
      ),
      "named",
    );
    assert.equal(await ok(`${lockc} --user 1000:1000 busybox id -u`), "1000");
    assert.notEqual((await run(`${lockc} --read-only busybox touch /f`)).status, 0);
    await ok(`${lockc} --read-only --tmpfs /tmp busybox touch /tmp/f`);
    await ok(`${lockc} --init busybox true`);
  });

  test("stdio can be opened again by name", async () => {
    assert.equal(
      await ok(
        `${lockc} busybox sh -c 'echo a >/dev/stdout; cat /dev/stdin; : </dev/null; head -c1 /dev/zero >/dev/null' </dev/null`,
      ),
      "a",
    );
  });

  test("a detached container is executed in, logged, copied to and from, restarted and stopped", async () => {
    await ok(
      "docker run -d --name life --runtime lockc busybox sh -c 'echo started; exec sleep 1000'",
    );
    assert.equal(await ok("docker exec life echo inside"), "inside");
    assert.equal((await run("docker exec life sh -c 'exit 5'")).status, 5);
    assert.equal(await ok("docker exec -i life cat", "text"), "text");
    assert.equal(await ok("docker logs life"), "started");
    await ok(
      "echo copied >/root/c && docker cp /root/c life:/c && docker exec life cat /c && docker cp life:/c /root/d && cat /root/d",
    );
    await ok("docker pause life && docker unpause life");
    await ok("docker restart -t 0 life");
    assert.equal(await ok("docker exec life cat /c"), "copied");
    assert.match(await ok("docker top life"), /sleep 1000/);
    await ok("docker stop -t 0 life && docker start life && docker kill life && docker rm life");
  });

  test("nothing of it was counted as a refusal, and no record is left", async () => {
    assert.deepEqual(await session.containers(), []);
  });
});

describe("a mount that leads out is refused at create", () => {
  // Where an engine's socket comes along that matters most.
  const socket =
    /(leave it out|mount only what is needed of it, without \S+docker\.sock); what must talk to the engine belongs under policy privileged/;
  const hostPaths = /hostPaths: \{ (add|allow): /;
  const REFUSED: readonly [title: string, flag: string, names: RegExp, remedy: RegExp][] = [
    ["the host's root", "-v /:/rootfs", /"\/" on "\/rootfs"/, socket],
    [
      "Docker's socket",
      "-v /var/run/docker.sock:/var/run/docker.sock",
      /docker\.sock" on "\/var\/run\/docker\.sock"/,
      socket,
    ],
    ["the host's /etc", "-v /etc:/etc2", /"\/etc" on "\/etc2"/, hostPaths],
    ["a link to the host's root", `-v ${SHARED}/link:/y`, /link" on "\/y"/, socket],
    ["a volume that shows /etc", "-v evil:/e", /it shows "\/etc", which is outside/, hostPaths],
  ];

  before(async () => {
    await ok(`ln -sfn / ${SHARED}/link`);
    await ok("docker volume create -d local -o type=none -o o=bind -o device=/etc evil");
  });

  test("plain runc mounts all of them", async () => {
    const flags = REFUSED.map(([, flag]) => flag).join(" ");
    assertAllowed(await run(`docker run --rm ${flags} busybox true`), "plain runc");
  });

  for (const [title, flag, names, remedy] of REFUSED) {
    test(`${title}: the sentence names the mount, the policy and the remedy`, async () => {
      const { status, stderr } = await run(`docker run --rm --runtime lockc ${flag} busybox true`);
      assert.notEqual(status, 0);
      assert.match(stderr, names);
      assert.match(stderr, /policy \\?"baseline\\?" refuses the mount/);
      assert.match(stderr, remedy);
      assert.match(stderr, /LOCKC_E_MOUNT/);
      assert.deepEqual(await session.containers(), []);
    });
  }
});

describe("lockctl tells of running containers, and changes the policy of one", () => {
  const json = async (command: string) => JSON.parse(await ok(`lockctl ${command} --json`));
  const log = `${SHARED}/data/log`;
  const count = (word: string) => ok(`grep -c ${word} ${log} || true`).then(Number);
  const until = (word: string, times: number) =>
    session.until(`[ $(grep -c ${word} ${log}) -ge ${times} ]`, 600);

  before(async () => {
    await ok(`mkdir -p ${SHARED}/data && : >${log}`);
    await ok(
      `docker run -d --name web --runtime lockc -v ${SHARED}/data:/d busybox sh -c 'touch /f; while :; do chown 1 /f 2>/dev/null && echo changed || echo refused; sleep 1; done >/d/log'`,
    );
    await ok(
      "docker run -d --name db --runtime lockc --label org.lockc.policy=offline busybox sleep 100000",
    );
    await until("changed", 2);
  });
  after(async () => {
    await ok("docker rm -f web db");
  });

  test("container list has both, with what Docker calls them", async () => {
    const seen = await json("container list");
    const ids = (await ok("docker inspect -f '{{.Id}}' web db")).split("\n");
    const told = seen.map((one: Record<string, unknown>) => [
      one.id,
      one.name,
      one.policy,
      one.mode,
      one.phase,
      one.denials,
    ]);
    assert.deepEqual(told, [
      [ids[0], "web", "baseline", "enforce", "running", 0],
      [ids[1], "db", "offline", "enforce", "running", 0],
    ]);
    assert.equal(await ok("lockctl container list --format name --no-header"), "web\ndb");
    const created = Date.parse(await ok("docker inspect -f '{{.Created}}' web"));
    assert.ok(Math.abs(Date.parse(seen[0].created) - created) < 60_000, seen[0].created);
  });

  test("container show tells the cgroup and every mount by its path", async () => {
    const seen = await json("container show web");
    const [pid] = (await ok("docker inspect -f '{{.State.Pid}}' web")).split("\n");
    assert.equal(seen.init, Number(pid));
    assert.equal(seen.cgroup.path, await ok(`sed -n s/^0:://p /proc/${pid}/cgroup`));
    const granted = (path: string) =>
      seen.grants.filter((one: { path: string }) => one.path === path);
    assert.equal(granted("/").length, 1);
    const [shared] = granted("/d");
    assert.deepEqual([shared.kind, shared.source, shared.host], ["mount", `${SHARED}/data`, true]);
    assert.deepEqual(
      granted("/proc").map(({ kind, host }: { kind: string; host: boolean }) => [kind, host]),
      [["file system", false]],
    );
    for (const path of ["/etc/hosts", "/etc/resolv.conf", "/etc/hostname"]) {
      assert.match(granted(path)[0]?.source ?? "", /^\/.*\/docker\/containers\//, path);
    }
    const lost = seen.grants.filter(
      ({ kind, path }: { kind: string; path: string | null }) => kind !== "file" && path === null,
    );
    assert.deepEqual(lost, []);
    assert.match(await ok("lockctl container show db"), /^policy +offline, enforced$/m);
  });

  test("process list has every process of both, and no other", async () => {
    const seen: { pid: number; nsPid: number; name: string; phase: string; threads: number }[] =
      await json("process list");
    assert.deepEqual([...new Set(seen.map(({ name }) => name))].sort(), ["db", "web"]);
    for (const { phase } of seen) assert.equal(phase, "confined");
    for (const name of ["web", "db"]) {
      const pid = Number(await ok(`docker inspect -f '{{.State.Pid}}' ${name}`));
      assert.deepEqual(
        seen.filter((one) => one.pid === pid).map((one) => [one.name, one.nsPid]),
        [[name, 1]],
      );
    }
    assert.equal((await json("process list --container db")).length, 1);
    // A process that comes by exec belongs to it as well.
    await ok("docker exec -d db sleep 90000");
    await session.until("[ $(lockctl process list --container db --no-header | wc -l) = 2 ]");
    const table = await ok(
      "lockctl process list --container db --format command,policy --no-header",
    );
    assert.equal(table, "sleep  offline\nsleep  offline");
  });

  test("a stricter policy holds at once for what runs, and a looser one needs --force", async () => {
    assert.equal(await count("refused"), 0);
    const [changed, note = "", ...more] = (
      await ok("lockctl container policy web restricted")
    ).split("\n");
    assert.deepEqual([changed, more], ["web: policy baseline → restricted", []]);
    assert.match(
      note,
      /^note: processes of it run as the host's user 0, .*\(nonRoot\): "sh" \(1\)/,
    );
    await until("refused", 3);
    const [web] = await json("container list");
    // busybox makes itself its own user first, which is the host's user 0.
    assert.deepEqual(
      [web.policy, Object.keys(web.rules.denials)],
      ["restricted", ["capabilities", "nonRoot"]],
    );
    assert.ok(web.rules.denials.capabilities >= 3);

    const loose = await run("lockctl container policy web baseline");
    assert.equal(loose.status, 1);
    assert.match(
      loose.stderr,
      /policy "baseline" is looser than "restricted".*capabilities.*--force/s,
    );
    assert.equal((await json("container show web")).policy, "restricted");
    for (const wrong of ["nobody baseline", "web nothing"]) {
      assert.equal((await run(`lockctl container policy ${wrong} --force`)).status, 1, wrong);
    }

    assert.match(
      await ok("lockctl container policy web baseline --force"),
      /^web: policy restricted → baseline \(looser at .*capabilities/,
    );
    await until("changed", (await count("changed")) + 2);
  });

  test("watch --once shows both, with what was refused", async () => {
    const lines = (await ok("lockctl watch --once")).split("\n");
    assert.match(lines[0]!, / containers 2 {2}tasks \d+ {2}denials\/s 0 /);
    const row = (name: string) => lines.find((line) => line.startsWith(name)) ?? "";
    assert.match(row("db"), /^db +offline +enforce +2 +0 +0 /);
    const last = "\\d+[sm] (capabilities CAP_CHOWN|nonRoot (task_fix_setuid|/bin/busybox))";
    assert.match(
      row("web"),
      new RegExp(`^web +baseline +enforce +\\d+ +[1-9]\\d* +0 +0 +0 +${last}$`),
    );
    const { containers } = JSON.parse(await ok("lockctl watch --once --json"));
    const { newest } = containers.find(({ name }: { name: string }) => name === "web");
    assert.equal(newest.event, "denied");
    assert.match(newest.msg, /"web" was refused /);
  });
});

describeRefusals(session);

describe("what changes between check and mount gains nothing", () => {
  test("a symlink swapped after the shim's check shows the host to runc, not to the container", async () => {
    // The low-level runtime itself swaps the link, so that it always wins the race.
    await ok(
      `cat >/usr/local/bin/swap-runc && chmod 755 /usr/local/bin/swap-runc`,
      `#!/bin/sh\nfor word; do [ "$word" != create ] || ln -sfn /root ${SHARED}/target; done\nexec /usr/sbin/runc "$@"\n`,
    );
    await ok(
      `mkdir -p ${SHARED}/good /root && echo good >${SHARED}/good/file && echo secret >/root/file`,
    );
    const attack = async (flags: string) => {
      await ok(`ln -sfn ${SHARED}/good ${SHARED}/target`);
      return run(`docker run --rm ${flags} -v ${SHARED}/target:/t busybox cat /t/file`);
    };
    await ok(
      "mkdir -p /etc/lockc && echo 'runtime: /usr/local/bin/swap-runc' >/etc/lockc/lockc.yaml && lockctl load",
    );
    try {
      const held = await attack("--runtime lockc");
      assertRefused(held, "lockc");
      assert.doesNotMatch(held.stdout, /secret/);
    } finally {
      await ok("rm /etc/lockc/lockc.yaml && lockctl load");
    }
    await ok(`ln -sfn /root ${SHARED}/target`);
    assert.equal(await ok(`docker run --rm -v ${SHARED}/target:/t busybox cat /t/file`), "secret");
    assert.equal(
      await ok(
        `ln -sfn ${SHARED}/good ${SHARED}/target; docker run --rm --runtime lockc -v ${SHARED}/target:/t busybox cat /t/file`,
      ),
      "good",
    );
  });
});

describe("the privileged policy refuses nothing of it", () => {
  before(async () => {
    await ok(
      `docker run -d --name free --runtime lockc-privileged --privileged -v /:/rootfs -v /var/run/docker.sock:/s.sock -v ${SHARED}:/x busybox sh -c 'mkdir -p /mnt; exec sleep 100000'`,
    );
  });
  after(async () => {
    await ok("docker rm -f free");
  });

  test("no act, no mount, no socket", async () => {
    const acts = [...ACTS, "open /rootfs/etc/shadow"];
    const free = await attempt(session, "docker exec --privileged free", acts, "unshared ");
    for (const act of acts) assert.equal(free.get(act), "ok", act);
    await ok("docker exec free test -S /s.sock");
    assert.equal((await session.containers())[0]?.policy, "privileged");
  });
});
