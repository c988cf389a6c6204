// SPDX-License-Identifier: Apache-2.0
/** What the kernel refuses a container under baseline; the same on every kernel. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAllowed, assertRefused, type Session, SHARED } from "./session.ts";

/** Flags of somebody careless, so that only lockc stands in the way. */
export const CARELESS =
  "--cap-add SYS_ADMIN --cap-add SYSLOG --security-opt seccomp=unconfined --security-opt apparmor=unconfined";

/** Acts of the probe, each a way out or a part of one. */
export const ACTS = [
  "syslog",
  "syslog thread",
  "syslog grandchild",
  "mount",
  "bind",
  "remount",
  "move",
  "umount",
  "fsmount",
  "opentree",
  "pivot",
  "bpf",
];

/**
 * Tries all acts in one go.
 * @param exec the command that executes another in the container.
 * @param before words before each act: "unshared " gives it a mount namespace that it may spoil.
 * @returns act → what the probe said, "ok" or the errno's name.
 */
export async function attempt(
  session: Session,
  exec: string,
  acts: readonly string[],
  before = "",
): Promise<ReadonlyMap<string, string>> {
  const words = acts.map((act) => `'${before}${act}'`).join(" ");
  const lines = (await session.ok(`${exec} /x/probe each ${words}`)).split("\n");
  return new Map(lines.map((line) => line.slice(before.length).split("=", 2) as [string, string]));
}

/** Registers the tests; the session must have Docker. */
export function describeRefusals(session: Session): void {
  const run = session.run.bind(session);
  const ok = session.ok.bind(session);

  describe("the kernel refuses what is tried from inside", () => {
    before(async () => {
      for (const [name, flag] of [
        ["plain", ""],
        ["held", "--runtime lockc-careless"],
      ]) {
        await ok(
          `docker run -d --name ${name} ${flag} ${CARELESS} -v ${SHARED}:/x busybox sh -c 'mkdir -p /mnt; exec sleep 100000'`,
        );
      }
    });
    after(async () => {
      await ok("docker rm -f plain held");
    });

    test("each act succeeds under runc, and is EPERM under lockc", async () => {
      const plain = await attempt(session, "docker exec plain", ACTS, "unshared ");
      const held = await attempt(session, "docker exec held", ACTS);
      const unshared = await attempt(session, "docker exec held", ACTS, "unshared ");
      for (const act of ACTS) {
        assert.equal(plain.get(act), "ok", `${act} under plain runc`);
        assert.equal(held.get(act), "EPERM", `${act} under lockc`);
        assert.equal(unshared.get(act), "EPERM", `${act} in a mount namespace of its own`);
      }
    });

    test("docker exec --privileged and --user 0 gain nothing", async () => {
      const plain = await attempt(session, "docker exec --privileged plain", ACTS, "unshared ");
      const held = await attempt(session, "docker exec --privileged --user 0 held", ACTS);
      for (const act of ACTS) {
        assert.equal(plain.get(act), "ok", `${act} under plain runc`);
        assert.equal(held.get(act), "EPERM", `${act} under lockc`);
      }
    });

    test("the first process of a container is held as much as the later ones", async () => {
      assertAllowed(
        await run(`docker run --rm ${CARELESS} -v ${SHARED}:/x busybox /x/probe syslog`),
        "plain runc",
      );
      assertRefused(
        await run(
          `docker run --rm --runtime lockc-careless ${CARELESS} -v ${SHARED}:/x busybox /x/probe syslog`,
        ),
        "lockc",
      );
    });

    test("nsenter into the container's mount namespace is the container", async () => {
      const enter = async (name: string, command: string) => {
        const pid = await ok(`docker inspect -f '{{.State.Pid}}' ${name}`);
        return run(`nsenter -t ${pid} -m ${command}`);
      };
      assertAllowed(await enter("plain", "/x/probe syslog"), "plain runc");
      assertRefused(await enter("held", "/x/probe syslog"), "lockc");
    });

    test("a working directory on a mount of the host reaches nothing (CVE-2024-21626)", async () => {
      const enter = async (name: string) => {
        const pid = await ok(`docker inspect -f '{{.State.Pid}}' ${name}`);
        return run(`nsenter -t ${pid} -m --wd=/etc /x/probe read shadow`);
      };
      assertAllowed(await enter("plain"), "plain runc");
      assertRefused(await enter("held"), "lockc");
    });

    test("a directory of the host passed over a UNIX socket cannot be opened from", async () => {
      for (const [name, check] of [
        ["plain", assertAllowed],
        ["held", assertRefused],
      ] as const) {
        await ok(
          `${SHARED}/probe send-dir ${SHARED}/socket /etc >/dev/null 2>&1 </dev/null & true`,
        );
        await session.until(`test -S ${SHARED}/socket`);
        check(await run(`docker exec ${name} /x/probe receive-dir /x/socket shadow`), name);
        await ok(`rm ${SHARED}/socket`);
      }
    });

    test("the container's refusals are counted", async () => {
      const held = (await session.containers()).find(({ policy }) => policy === "careless");
      assert.ok(held !== undefined && held.denials > 30, JSON.stringify(held));
    });
  });
}
