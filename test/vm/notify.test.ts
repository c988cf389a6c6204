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

    before(() => ok(`cp ${folder}/notify ${SHARED}/`));

    test("READY=1 arrives, and runc goes on", async () => {
      for (const runtime of ["runc", HELD]) {
        const { status, said } = await told(runtime);
        assert.equal(status, 0, `${runtime}: ${said}`);
        assert.match(said, /^told=ok$/m, runtime);
        assert.match(said, /^READY=1$/m, runtime);
        assert.match(said, /^MAINPID=\d+$/m, runtime);
      }
      // The session's own process of the host wants two turns, and this was quick.
      await session.until('[ "$(wc -l </run/canary/turns)" -gt 1 ]');
    });
  });
}
