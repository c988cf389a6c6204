// SPDX-License-Identifier: Apache-2.0
/** A service manager waits for READY=1: runc hands what the container says on (sd_notify(3)). */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Release } from "../../vm/guest.ts";
import { makeBundle } from "./bundle.ts";
import { HELD, Session, SHARED } from "./session.ts";

const RELEASES: readonly Release[] = ["bookworm", "trixie", "sid"];
const folder = mkdtempSync(join(tmpdir(), "lockc-notify-"));
after(() => rmSync(folder, { recursive: true }));
const source = join(import.meta.dirname, "notify.c");
execFileSync("gcc", ["-O1", "-static", "-o", join(folder, "notify"), source]);

const BUNDLE = "/tmp/notify";
const SOCKET = "/run/n.sock";

/** A socket of a hook's daemon, in a directory of the host's that the hook binds. */
const HOOKS = "/var/hooks";
const BIND = `mkdir -p ${BUNDLE}/rootfs/hooks && mount --bind ${HOOKS} ${BUNDLE}/rootfs/hooks`;
const LISTEN = `setsid /usr/local/bin/notify listen ${HOOKS}/socket >/dev/null 2>&1 &`;
const HOOK = { path: "/bin/sh", args: ["sh", "-c", `${BIND} && { ${LISTEN} }`] };

for (const release of RELEASES) {
  describe(release, () => {
    const session = new Session({ release, mounts: [folder] });
    const run = session.run.bind(session);
    const ok = session.ok.bind(session);

    /** What the service manager is told of a container that is run so. */
    const told = async (runtime: string) => {
      await makeBundle(session, BUNDLE, { args: ["/x/notify"] });
      await ok(
        `rm -f ${SOCKET} && (setsid ${SHARED}/notify listen ${SOCKET} >/tmp/told 2>&1 & echo $! >/tmp/listener)`,
      );
      await session.until(`[ -S ${SOCKET} ]`);
      const { status } = await run(
        `cd ${BUNDLE} && NOTIFY_SOCKET=${SOCKET} timeout 20 ${runtime} run -d notified </dev/null >/tmp/said 2>&1`,
      );
      const said = await ok(
        `${runtime} delete -f notified; kill $(cat /tmp/listener); cat /tmp/said /tmp/told`,
      );
      return { status, said };
    };

    before(() => ok(`cp ${folder}/notify ${SHARED}/ && cp ${folder}/notify /usr/local/bin/`));

    test("READY=1 arrives, and runc goes on", async () => {
      for (const runtime of ["runc", HELD]) {
        const { status, said } = await told(runtime);
        assert.equal(status, 0, `${runtime}: ${said}`);
        assert.match(said, /^told=ok$/m, runtime);
        assert.match(said, /^READY=1$/m, runtime);
        assert.match(said, /^MAINPID=\d+$/m, runtime);
      }
    });

    test("a socket that a hook names stays the host's", async () => {
      const options = {
        args: ["/bin/sh", "-c", "sleep 3; NOTIFY_SOCKET=/hooks/socket exec /x/notify"],
        hooks: { createContainer: [HOOK] },
      };
      for (const [runtime, answer] of [
        ["runc", "ok"],
        [HELD, "EPERM"],
      ] as const) {
        await makeBundle(session, BUNDLE, options);
        await ok(`rm -rf ${HOOKS} && mkdir ${HOOKS}`);
        await ok(`cd ${BUNDLE} && ${runtime} run -d hooked </dev/null >/tmp/said 2>&1`);
        await session.until("grep -q told= /tmp/said");
        const said = await ok(
          `${runtime} delete -f hooked; pkill -x notify; umount ${BUNDLE}/rootfs/hooks 2>/dev/null; cat /tmp/said`,
        );
        assert.match(said, new RegExp(`^told=${answer}$`, "m"), runtime);
      }
    });
  });
}
