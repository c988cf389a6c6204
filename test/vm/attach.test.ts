// SPDX-License-Identifier: Apache-2.0
/** A kernel that runs without the security module bpf: the same programs, by fmod_ret. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compileNotify, describeNotify } from "./notify.ts";
import { CARELESS, describeRefusals } from "./refusals.ts";
import { assertRefused, Session, SHARED } from "./session.ts";

/** Debian's own list without tomoyo, which lockc has nothing to do with, and bpf. */
const WITHOUT_BPF = "lsm=lockdown,capability,landlock,yama,apparmor";
const MODE = "/sys/kernel/debug/sched/preempt";

describe("lockc by fmod_ret", () => {
  const folder = compileNotify();
  const session = new Session({ docker: true, append: WITHOUT_BPF, mounts: [folder] });
  const run = session.run.bind(session);
  const ok = session.ok.bind(session);

  test("status says how every program is attached", async () => {
    assert.doesNotMatch(await ok("cat /sys/kernel/security/lsm"), /bpf/);
    assert.match(await ok("lockctl status"), /BPF LSM inactive, .*attached by fmod_ret\n/s);
    const { programs, kernel } = JSON.parse(await ok("lockctl status --json"));
    assert.deepEqual([programs.attach, programs.unsound, programs.missing], ["fmod_ret", null, []]);
    assert.equal(programs.attached, programs.expected);
    assert.deepEqual([kernel.attach, kernel.why], ["fmod_ret", null]);
    assert.match(await ok("lockctl load"), /^loaded already: .* by fmod_ret/);
  });

  describeRefusals(session);
  describeNotify(session, folder);

  test("what the kernel refuses by itself is no refusal of lockc", async () => {
    await ok(`docker run -d --name calm --runtime lockc -v ${SHARED}:/x busybox sleep 100000`);
    const denials = async () =>
      (await session.containers()).find(({ policy }) => policy === "baseline")?.denials;
    const ordinary = ["touch /x", "chown 0 /tmp", "mknod /null c 1 3", "chroot / true"];
    for (const command of [
      "-u 0 calm /x/probe link",
      ...ordinary.map((it) => `-u 1000 calm ${it}`),
    ]) {
      assert.notEqual((await run(`docker exec ${command}`)).status, 0, command);
    }
    assert.equal(await denials(), 0);
    assertRefused(await run("docker exec --privileged calm /x/probe link"), "beyond the policy");
    assert.equal(await denials(), 1);
    await ok("docker rm -f calm");
  });

  test("a program with capabilities of its own, known only after bprm_creds_from_file, is killed", async () => {
    const policy = `
name: still
description: Careless, but for what a program may gain by exec.
extends: careless
noNewPrivileges: { require: true }
`;
    await ok("cat >/etc/lockc/policy/still.yaml && lockctl policy reload", policy);
    await ok(`cp ${SHARED}/probe ${SHARED}/capped && setcap cap_net_admin+ep ${SHARED}/capped`);
    const link = async (policy: string, probe: string) => {
      const label = `--label org.lockc.policy=${policy} --security-opt no-new-privileges`;
      await ok(
        `docker run -d --name ${policy} --runtime lockc-careless ${label} ${CARELESS} -v ${SHARED}:/x busybox sleep 100000`,
      );
      const pid = await ok(`docker inspect -f '{{.State.Pid}}' ${policy}`);
      // nsenter has no such flag, so that only the kernel half stands in the way.
      const { status } = await run(
        `nsenter -t ${pid} -m -S 1000 -G 1000 sh -c '/x/${probe} link; exit $?'`,
      );
      await ok(`docker rm -f ${policy}`);
      return status;
    };
    assert.equal(await link("careless", "capped"), 0);
    assert.equal(await link("still", "probe"), 1); // an ordinary program runs, and has no right
    assert.equal(await link("still", "capped"), 128 + 9);
  });

  test("a mode that preempts tasks is told, and refused to another load", async () => {
    await ok(`echo full >${MODE}`); // load has mounted debugfs to see it
    const { status, stdout } = await run("lockctl status");
    assert.equal(status, 1);
    assert.match(stdout, /loaded, but it does not hold/);
    assert.match(stdout, /skipped now and then, as its tasks are preempted \(full\)/);
    const load = await run("lockctl load");
    assert.equal(load.status, 1);
    assert.match(load.stderr, /preempted \(full\).*boot with lsm=.*,bpf/s);
    await ok(`echo voluntary >${MODE} && lockctl status && lockctl load`);
  });

  test("attach: lsm is refused, and changes nothing", async () => {
    await ok("echo 'attach: lsm' >/etc/lockc/lockc.yaml");
    const { status, stderr } = await run("lockctl load");
    assert.equal(status, 1);
    assert.match(stderr, /did not start the security module "bpf"/);
    assertRefused(
      await run("docker run --rm --runtime lockc busybox cat /proc/vmallocinfo"),
      "still attached",
    );
    await ok("rm /etc/lockc/lockc.yaml && lockctl status");
  });
});
