// SPDX-License-Identifier: Apache-2.0
/** A record lives exactly as long as its container, whoever is killed meanwhile. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { COMMON } from "../../core/generated/layout.ts";
import { decode } from "../../core/kernel/record.ts";
import { makeBundle } from "./bundle.ts";
import { assertAllowed, assertRefused, HELD, Session, SHARED } from "./session.ts";

const session = new Session();
const run = session.run.bind(session);
const ok = session.ok.bind(session);

const SLEEP = ["/bin/sleep", "100000"];
const ids = async () => (await session.containers()).map(({ id }) => id).sort();

before(async () => {
  await makeBundle(session, "/tmp/probe");
  await makeBundle(session, "/tmp/sleep", { args: SLEEP });
});

describe("a record", () => {
  test("is there from create to delete, also for a container that never started", async () => {
    await ok(`cd /tmp/sleep && ${HELD} create never >/dev/null 2>&1 </dev/null`);
    assert.deepEqual(await ids(), ["never"]);
    await ok("lockc-runc delete --force never");
    assert.deepEqual(await ids(), []);
  });

  test("goes with the container that ends by itself, is killed, or was run in the foreground", async () => {
    await ok(`cd /tmp/sleep && ${HELD} run -d short >/dev/null 2>&1 </dev/null`);
    assert.deepEqual(await ids(), ["short"]);
    await ok("lockc-runc kill short KILL");
    await session.until("lockc-runc state short | grep -q stopped");
    await ok("lockc-runc delete short");
    assert.deepEqual(await ids(), []);
    assertRefused(await run(`cd /tmp/probe && ${HELD} run front`), "foreground");
    assert.deepEqual(await ids(), []);
  });

  test("belongs to one --root: the same ID under two of them is two containers", async () => {
    for (const root of ["/run/one", "/run/two"]) {
      await ok(`cd /tmp/sleep && ${HELD} --root ${root} run -d same >/dev/null 2>&1 </dev/null`);
    }
    const both = await session.containers();
    assert.deepEqual(both.map(({ id, root }) => `${root}/${id}`).sort(), [
      "/run/one/same",
      "/run/two/same",
    ]);
    await ok("lockc-runc --root /run/one delete -f same");
    assert.deepEqual(
      (await session.containers()).map(({ root }) => root),
      ["/run/two"],
    );
    assertRefused(
      await run("lockc-runc --root /run/two exec same /x/probe syslog"),
      "the other one",
    );
    await ok("lockc-runc --root /run/two delete -f same");
  });

  test("of a living container is not touched by a create with its ID", async () => {
    await ok(`cd /tmp/sleep && ${HELD} run -d taken >/dev/null 2>&1 </dev/null`);
    const first = await session.containers();
    const again = await run(`cd /tmp/sleep && ${HELD} run -d taken`);
    assert.notEqual(again.status, 0);
    assert.match(again.stderr, /exist/);
    assert.deepEqual(await session.containers(), first);
    assertRefused(await run("lockc-runc exec taken /x/probe syslog"), "the first one");
    await ok("lockc-runc delete -f taken");
  });

  test("survives no end of its container, whatever the ID: longest, odd, too long", async () => {
    for (const id of ["a".repeat(200), "create", "a+b_c.d-e", "-x".slice(1)]) {
      await ok(`cd /tmp/sleep && ${HELD} run -d ${id} >/dev/null 2>&1 </dev/null`);
      assertRefused(await run(`lockc-runc exec ${id} /x/probe syslog`), id);
      await ok(`lockc-runc delete -f ${id}`);
    }
    const long = "i".repeat(1000);
    const plain = await run(`cd /tmp/sleep && runc run -d ${long}`);
    const held = await run(`cd /tmp/sleep && ${HELD} run -d ${long}`);
    assert.equal(held.status, plain.status);
    assert.equal(held.stderr.replace(/time="[^"]*"/, ""), plain.stderr.replace(/time="[^"]*"/, ""));
    assert.deepEqual(await ids(), []);
  });

  test("is not kept by a daemon that a hook left behind", async () => {
    const hook = {
      path: "/bin/sh",
      args: ["sh", "-c", "setsid sleep 30 >/dev/null 2>&1 </dev/null &"],
    };
    await makeBundle(session, "/tmp/hook", { args: SLEEP, hooks: { createRuntime: [hook] } });
    await ok(`cd /tmp/hook && ${HELD} run -d hooked >/dev/null 2>&1 </dev/null`);
    await ok("lockc-runc delete -f hooked");
    assert.deepEqual(await ids(), []);
    await ok(
      `cd /tmp/hook && ${HELD} create hooked >/dev/null 2>&1 </dev/null && lockc-runc delete -f hooked`,
    );
    assert.deepEqual(await ids(), []);
  });
});

describe("OCI hooks", () => {
  const hook = (command: string) => [{ path: "/bin/sh", args: ["sh", "-c", command] }];

  test("before the pivot are the administrator's code, startContainer is the container's", async () => {
    await makeBundle(session, "/tmp/hooks", {
      args: ["/bin/true"],
      hooks: {
        createRuntime: hook("dmesg >/dev/null && echo createRuntime >>/run/hooks"),
        createContainer: hook("dmesg >/dev/null && echo createContainer >>/run/hooks"),
        startContainer: hook("/x/probe syslog; true"),
        poststop: hook("dmesg >/dev/null && echo poststop >>/run/hooks"),
      },
    });
    await ok(`rm -f /run/hooks; cd /tmp/hooks && ${HELD} run hooks >/dev/null 2>&1`);
    assert.equal(await ok("cat /run/hooks"), "createRuntime\ncreateContainer\npoststop");
  });

  test("do not take the container's files for the host's by the container's environment", async () => {
    const steered = (env: readonly string[]) =>
      makeBundle(session, "/tmp/steered", {
        args: ["/bin/true"],
        env,
        hooks: { createContainer: hook("lockc-tool; true") },
      });
    await steered(["PATH=./bin:/bin"]);
    await ok(
      "cd /tmp/steered/rootfs/bin && printf '#!/bin/sh\\ntouch /run/steered\\n' >lockc-tool && chmod 755 lockc-tool",
    );
    await ok("rm -f /run/steered; cd /tmp/steered && runc run plain");
    await ok("test -e /run/steered"); // root on the host, by a file of the image
    await ok(
      "printf 'name: steered\\ndescription: A test.\\nextends: careless\\nhookEnvironment: { allow: [] }\\n' >/etc/lockc/policy/steered.yaml && lockctl policy reload",
    );
    const under =
      "rm -f /run/steered; cd /tmp/steered && lockc-runc --lockc-policy steered run held";
    const { status, stderr } = await run(under);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /refuses the variable PATH of the container's environment, with which the createContainer hook "\/bin\/sh" runs on the host: it leads to "\.\/bin" in the container's own files \(rule hookEnvironment\.allow\); let it name absolute directories only .*LOCKC_E_ADMISSION/,
    );
    await ok("! test -e /run/steered");
    await steered(["PATH=/bin", "LD_LIBRARY_PATH=/usr/local/nvidia/lib64"]);
    await ok(under);
    await ok("rm /etc/lockc/policy/steered.yaml && lockctl policy reload");
  });
});

describe("--no-pivot", () => {
  test("holds a container as well", async () => {
    assertAllowed(await run("cd /tmp/probe && runc run --no-pivot nopivot"), "plain runc");
    assertRefused(await run(`cd /tmp/probe && ${HELD} run --no-pivot nopivot`), "lockc");
    assert.deepEqual(await ids(), []);
  });
});

describe("kill -9", () => {
  test("of the shim before, amid and after what it writes leaves no record and no container", async () => {
    const traced = (inject: string) =>
      run(
        `cd /tmp/sleep && strace -f -qq -e trace=bpf,execve ${inject} ${HELD} create killed >/dev/null </dev/null`,
      );
    // strace waits for the container's init as well.
    const created = "runc state killed 2>/dev/null | grep -q created";
    await ok(
      `{ until ${created}; do sleep 0.1; done; lockc-runc delete -f killed; } >/dev/null 2>&1 </dev/null & true`,
    );
    const whole = (await traced("")).stderr.split(/execve\("\/usr\/s?bin\/runc"/)[0]!;
    const calls = [...whole.matchAll(/\bbpf\(BPF_(\w+)/g)].map(([, command]) => command);
    const first = calls.indexOf("MAP_UPDATE_ELEM");
    // lockc-runc's storage, the record, the shim's own storage; that one's end, the proof.
    const last = ["UPDATE", "UPDATE", "UPDATE", "DELETE", "LOOKUP"].map((act) => `MAP_${act}_ELEM`);
    assert.deepEqual(calls.slice(first), last);
    // strace sees a call before it is made.
    for (let call = first + 1; call <= calls.length; call++) {
      const { status, stderr } = await traced(`-e inject=bpf:signal=KILL:when=${call}`);
      assert.deepEqual(await ids(), [], `killed at call ${call}`);
      assert.equal(status, 1);
      assert.match(stderr, /lockc: the shim ended before it had judged the container/);
      assert.equal((await run("test -e /run/runc/killed")).status, 1, "nothing was created");
    }
  });

  test("of lockc-runc while the shim is at work registers nothing that would stay", async () => {
    const shim = "/usr/lib/lockc/node /usr/lib/lockc/shim.cjs";
    const create = `${HELD} create --bundle /tmp/sleep orphan`;
    // Ended, but nobody has waited for it: its storage can be written, its end was before.
    // It outlives the shell, which might wait for it; sleep never does.
    await ok("sh -c 'sleep 1 & echo $! >/run/ended; exec sleep 1000' >/dev/null 2>&1 </dev/null &");
    await session.until("grep -q 'State:.Z' /proc/$(cat /run/ended)/status");
    const late = await run(`${shim} $(cat /run/ended) ${create}`);
    assert.deepEqual([late.status, late.stdout], [1, "refused"], late.stderr);
    assert.match(late.stderr, /lockc-runc was ended meanwhile; create it again \[LOCKC_E_ENROLL\]/);
    assert.deepEqual(await ids(), []);

    await ok("sleep 1000 >/dev/null 2>&1 </dev/null & echo $! >/run/living");
    assert.match(await ok(`${shim} $(cat /run/living) ${create}`), /^::\/usr\/s?bin\/runc\.$/);
    assert.deepEqual(await ids(), ["orphan"], "whoever waits is the container's first task");
    await ok("kill -9 $(cat /run/living)");
    await session.until("[ $(lockctl status --json | grep -c '\"id\"') = 0 ]");
    const gone = await run(`${shim} $(cat /run/living) ${create}`);
    assert.equal(gone.status, 1);
    assert.match(gone.stderr, /\[LOCKC_E_ENROLL\]/);
    assert.deepEqual(await ids(), []);
  });

  test("of the shim and the runtime at any time leaves no record of a dead container", async () => {
    for (let step = 0; step < 12; step++) {
      await run(
        `cd /tmp/sleep && { ${HELD} run -d any >/dev/null 2>&1 </dev/null & p=$!; sleep ${(step * 0.15).toFixed(2)}; kill -9 $p 2>/dev/null; wait $p; } 2>/dev/null; sleep 0.2`,
      );
      const state = await run("runc state any");
      if (state.status === 0 && /running/.test(state.stdout)) {
        assertRefused(await run("runc exec any /x/probe syslog"), "a living container is held");
      }
      await run("runc delete -f any; rm -rf /run/runc/any");
      await session.until(
        "! pgrep -f '^/bin/sleep 100000' >/dev/null || pkill -9 -f '^/bin/sleep 100000'",
      );
      await session.until("[ $(lockctl status --json | grep -c '\"id\"') = 0 ]", 20);
    }
  });
});

describe("when all containers are gone", () => {
  const look = (map: string) => ok(`${SHARED}/probe map /sys/fs/bpf/lockc/maps/${map}`);
  const common = async () => decode(COMMON, Buffer.from(await look("common"), "hex"));
  /** A namespace of a container that has ended stays known for a while, for who comes late. */
  const buried = async () => (await common()).buried.filter((place) => place !== 0n).length;
  const ofContainers = async () => [
    Number(await look("containers")),
    Number(await look("grants")),
    Number(await look("places")) - (await buried()),
  ];
  const counted = async () => {
    const { starting, slots } = await common();
    return [starting, slots.reduce((sum, slot) => sum + slot, 0) - (await buried())];
  };

  test("no map has anything of them but where they were", async () => {
    assert.deepEqual(await ofContainers(), [0, 0, 0]);
    assert.deepEqual(await counted(), [0, 0]);
    await ok(`cd /tmp/sleep && ${HELD} create waits >/dev/null 2>&1 </dev/null`);
    assert.deepEqual(await ofContainers(), [1, 1, 1]);
    assert.deepEqual(await counted(), [1, 1]);
    await ok("lockc-runc start waits");
    await session.until("lockc-runc state waits | grep -q running");
    assert.deepEqual(await ofContainers(), [1, 1, 1]);
    assert.deepEqual(await counted(), [0, 1]);
    const before = await buried();
    await ok("lockc-runc delete -f waits");
    assert.deepEqual(await ofContainers(), [0, 0, 0]);
    assert.deepEqual(await counted(), [0, 0]);
    assert.equal(await buried(), before + 1);
  });

  test("more mounts than fit in a page are all given, and none stays", async () => {
    const mounts = Array.from({ length: 40 }, (_, number) => ({
      destination: `/m${number}`,
      type: "bind",
      source: `/srv/many/${number}`,
      options: ["bind"],
    }));
    await ok("for i in $(seq 0 39); do mkdir -p /srv/many/$i; echo given >/srv/many/$i/file; done");
    await makeBundle(session, "/tmp/many", {
      args: ["/bin/sh", "-c", "cat /m*/file | busybox grep -cx given"],
      mounts,
    });
    assert.equal(await ok(`cd /tmp/many && ${HELD} run many`), "40");
    await makeBundle(session, "/tmp/many", { args: SLEEP, mounts });
    await ok(`cd /tmp/many && ${HELD} run -d many >/dev/null 2>&1 </dev/null`);
    assert.ok(Number(await look("grants")) > 2);
    await ok("lockc-runc delete -f many");
    assert.deepEqual(await ofContainers(), [0, 0, 0]);
  });
});
