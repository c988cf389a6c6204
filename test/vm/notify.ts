// SPDX-License-Identifier: Apache-2.0
/** A service manager waits for READY=1: runtimes hand what the container says on (sd_notify(3)). */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { makeBundle } from "./bundle.ts";
import { HELD, type Session, SHARED } from "./session.ts";

const BUNDLE = "/tmp/notify";
const SOCKET = "/run/n.sock";
const TWO = ["create notified", "start notified"];

/** A folder with the program notify, until the file's tests end; `describeNotify` wants it mounted. */
export function compileNotify(): string {
  const folder = mkdtempSync(join(tmpdir(), "lockc-notify-"));
  after(() => rmSync(folder, { recursive: true }));
  const source = join(import.meta.dirname, "notify.c");
  execFileSync("gcc", ["-O1", "-static", "-o", join(folder, "notify"), source]);
  return folder;
}

/**
 * Registers the tests.
 * @param folder what `compileNotify` gave.
 */
export function describeNotify(session: Session, folder: string): void {
  const run = session.run.bind(session);
  const ok = session.ok.bind(session);

  /** What the service manager is told of a container that these commands start. */
  const told = async (runtime: string, commands: readonly string[]) => {
    await makeBundle(session, BUNDLE, { args: ["/x/notify"] });
    await ok(
      `rm -f ${SOCKET} && (setsid ${SHARED}/notify listen ${SOCKET} >/tmp/told 2>&1 & echo $! >/tmp/listener)`,
    );
    await session.until(`[ -S ${SOCKET} ]`);
    const each = commands.map((command) => `timeout 20 ${runtime} ${command}`).join(" && ");
    const { status } = await run(
      `cd ${BUNDLE} && export NOTIFY_SOCKET=${SOCKET} && { ${each}; } </dev/null >/tmp/said 2>&1`,
    );
    const said = await ok(
      `${runtime} delete -f notified; kill $(cat /tmp/listener); cat /tmp/said /tmp/told`,
    );
    return { status, said };
  };
  const arrives = async (runtime: string, commands: readonly string[]) => {
    const { status, said } = await told(runtime, commands);
    assert.equal(status, 0, `${runtime}: ${said}`);
    assert.match(said, /^told=ok$/m, runtime);
    assert.match(said, /^READY=1$/m, runtime);
  };

  describe("READY=1 arrives, and the runtime goes on", () => {
    before(() => ok(`cp ${folder}/notify ${SHARED}/`));

    test("with runc", async () => {
      for (const runtime of ["runc", HELD]) {
        await arrives(runtime, ["run -d notified"]);
        await arrives(runtime, TWO);
      }
      // The session's own process of the host wants two turns, and this was quick.
      await session.until('[ "$(wc -l </run/canary/turns)" -gt 1 ]');
    });

    test("and with crun", async () => {
      await ok("echo 'runtime: /usr/bin/crun' >/etc/lockc/lockc.yaml && lockctl policy reload");
      for (const runtime of ["crun", HELD]) {
        await arrives(runtime, ["run -d notified"]);
        await arrives(runtime, TWO);
      }
      await ok("rm /etc/lockc/lockc.yaml && lockctl policy reload");
    });
  });
}
