// SPDX-License-Identifier: Apache-2.0
/**
 * User code is CONFINED, whatever it does and however it came, and the host's own is not.
 * Each case of test/escapes/membership leads user code into containers that a runtime in
 * miniature makes; so do a few with the real runtimes. Beside them the machine is busy.
 *
 * LOCKC_MEMBERSHIP_RUNS is how often a case is tried whose outcome depends on who comes
 * first, default 50 (100 and more where bpf/ has changed); what has one order only is tried a
 * twentieth as often.
 * LOCKC_MEMBERSHIP_RELEASES and LOCKC_MEMBERSHIP_CASES (a pattern) choose some of them.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Release } from "../../vm/guest.ts";
import { makeBundle } from "./bundle.ts";
import {
  compileMembership,
  listCases,
  type MembershipCase,
  type Summary,
  sumOf,
} from "./membership.ts";
import { assertRefused, HELD, type Result, Session, SHARED } from "./session.ts";

const RUNS = Number(process.env.LOCKC_MEMBERSHIP_RUNS ?? 20);
const RELEASES = (process.env.LOCKC_MEMBERSHIP_RELEASES ?? "bookworm trixie sid").split(
  " ",
) as Release[];
const SOME = new RegExp(process.env.LOCKC_MEMBERSHIP_CASES ?? "");
/** How many guests' processors try cases at the same time. */
const CPUS = 2;
const RUNS_AT_ONCE = 100;
/** With the real runtimes. */
const TIMES = [1, 2, 3];
const PROGRAM = `${SHARED}/membership`;

const folder = mkdtempSync(join(tmpdir(), "lockc-membership-"));
const program = join(folder, "membership");
after(() => rmSync(folder, { recursive: true }));
compileMembership(program);
const cases = listCases(program).filter(({ name }) => SOME.test(name));

/** Ordinary processes that take the processor from whoever comes first otherwise. */
const LOAD = ["while :; do :; done", "while :; do :; done", "while :; do (:) & wait; done"].map(
  (loop) => `setsid nice -n 10 sh -c '${loop}' >/dev/null 2>&1 </dev/null & echo $! >>/run/load`,
);

const countOf = ({ racing }: MembershipCase) => (racing ? RUNS : Math.ceil(RUNS / 20));

/** Tries one so often, in commands that end before a guest's command has to. */
async function tryOne(session: Session, name: string, count: number): Promise<Summary> {
  const said = await session.ok(`${PROGRAM} run ${name} ${Math.min(count, RUNS_AT_ONCE)}`);
  const summary: Summary = JSON.parse(said.split("\n").at(-1)!);
  if (count <= RUNS_AT_ONCE) return summary;
  return sumOf(summary, await tryOne(session, name, count - RUNS_AT_ONCE));
}

/** Tries all cases, as many at a time as there are processors. */
async function tryAll(session: Session, summaries: Map<string, Summary>): Promise<void> {
  const waiting = [...cases].sort((a, b) => countOf(b) - countOf(a));
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      summaries.set(one.name, await tryOne(session, one.name, countOf(one)));
    }
  };
  await Promise.all(Array.from({ length: CPUS }, work));
}

/** Whether a kernel's release is that version or later. */
function isSince(kernel: string, since: string): boolean {
  const [major, minor] = kernel.split(".").map(Number.parseFloat);
  const [sinceMajor, sinceMinor] = since.split(".").map(Number.parseFloat);
  return major! > sinceMajor! || (major === sinceMajor && minor! >= sinceMinor!);
}

/** That each run ended as it has to, and that it was tried at all. */
function assertRight(one: MembershipCase, found: Summary | undefined, kernel: string): void {
  assert.ok(found, "it was not tried");
  const { free, wrong, left, errors, lacking, detail } = found;
  assert.deepEqual(
    { free, wrong, left, errors },
    { free: 0, wrong: 0, left: 0, errors: 0 },
    `${detail}\n${JSON.stringify(found)}`,
  );
  if (lacking > 0) {
    assert.ok(one.since && !isSince(kernel, one.since), detail);
    return;
  }
  assert.equal(found.runs, countOf(one));
  // Who is killed early enough ran nothing and led nobody anywhere.
  const least = one.racing ? found.runs / 2 : found.runs;
  const others = one.right.startsWith("held") ? found.held + found.refused : found.host;
  assert.ok(others >= least, JSON.stringify(found));
}

for (const release of RELEASES) {
  describe(release, () => {
    const session = new Session({ release, mounts: [folder], cpus: CPUS, docker: true });
    const run = session.run.bind(session);
    const ok = session.ok.bind(session);
    const summaries = new Map<string, Summary>();
    let kernel = "";
    let tookMs = 0;

    before(async () => {
      kernel = await ok(`cp ${program} ${PROGRAM} && chmod 755 ${PROGRAM} && uname -r`);
      await ok(LOAD.join("\n"));
      const startMs = performance.now();
      await tryAll(session, summaries);
      tookMs = performance.now() - startMs;
      await ok("kill $(cat /run/load)"); // a real runtime takes seconds as it is
    });

    describe("in miniature", () => {
      test("all cases were tried", (t) => {
        assert.equal(summaries.size, cases.length);
        t.diagnostic(`${cases.length} cases took ${Math.round(tookMs / 1000)} s on ${kernel}`);
      });

      for (const one of cases) {
        test(`${one.name}: ${one.tries}`, () => {
          assertRight(one, summaries.get(one.name), kernel);
        });
      }
    });

    describe("with lockc-runc and runc", () => {
      /** Containers that are started one after the other; nothing of them is left afterwards. */
      async function within(
        args: readonly string[],
        hooks: object,
        act: (time: number) => Promise<void>,
      ) {
        await makeBundle(session, "/tmp/member", { args, hooks });
        for (const time of TIMES) {
          await ok(`cd /tmp/member && ${HELD} run -d member >/tmp/member/log 2>&1 </dev/null`);
          try {
            await act(time);
          } finally {
            await run("lockc-runc delete -f member");
          }
        }
        assert.deepEqual(await session.containers(), []);
      }
      const exec = (act: string) => run(`lockc-runc exec member ${act}`);

      /** Its first process and an exec are held; the exec's twin does what it may. */
      async function assertHeld(hooks: object) {
        const said = "/x/member-said";
        await within(
          ["/bin/sh", "-c", `/x/probe syslog >${said} 2>&1; exec sleep 100000`],
          hooks,
          async () => {
            await session.until(`[ -s ${SHARED}/member-said ]`);
            const stdout = await ok(`cat ${SHARED}/member-said; rm ${SHARED}/member-said`);
            assertRefused({ status: 1, stdout, stderr: "" }, "its program");
            assertRefused(await exec("/x/probe syslog"), "an exec");
            assert.equal(await ok("lockc-runc exec member /bin/echo twin"), "twin");
          },
        );
      }

      test("init unshares users and mounts, and is entered", async () => {
        await within(["/x/membership", "unshare"], {}, async (time) => {
          await session.until("grep -q unshared /tmp/member/log");
          assertNotFree(await exec("/x/probe syslog"), `exec ${time}`);
        });
      });

      test("a startContainer hook ends before the program begins", async () => {
        await assertHeld({ startContainer: [{ path: "/bin/true" }] });
      });

      for (const stage of ["prestart", "createRuntime", "createContainer"]) {
        const pivot = (...args: string[]) => ({
          [stage]: [
            { path: PROGRAM, args: ["membership", "pivot", "/tmp/member/rootfs", ...args] },
          ],
        });
        test(`a ${stage} hook pivots in mounts of its own, and ends`, async () => {
          await assertHeld(pivot());
        });
        test(`a ${stage} hook pivots in mounts of its own, and executes there`, async () => {
          await assertHeld(pivot("/bin/true"));
        });
      }

      test("an exec into a created container ends before the start", async () => {
        await makeBundle(session, "/tmp/member", { args: ["/x/probe", "syslog"] });
        for (const time of TIMES) {
          await ok(
            `cd /tmp/member && ${HELD} create member >/tmp/member/said 2>&1 </dev/null && lockc-runc exec member /bin/true; lockc-runc start member`,
          );
          await session.until("lockc-runc state member | grep -q stopped");
          const stdout = await ok("cat /tmp/member/said; lockc-runc delete -f member");
          assertRefused({ status: 1, stdout, stderr: "" }, `program ${time}`);
        }
      });
    });

    describe("with Docker", () => {
      const PRIVILEGED = `--privileged --runtime lockc-careless -v ${SHARED}:/x`;
      /** That it takes longer to close them than runc takes to execute; near fs.nr_open. */
      const FILES = 1_000_000;

      async function within(flags: string, command: string, act: () => Promise<void>) {
        await ok(`docker run -d --name member ${PRIVILEGED} ${flags} busybox ${command}`);
        try {
          await act();
        } finally {
          await run("docker rm -f member");
        }
      }

      test("an ordinary container's exec works, and is held", async () => {
        await within("", "sleep 100000", async () => {
          assert.equal(await ok("docker exec --privileged member echo twin"), "twin");
          assertRefused(await run("docker exec --privileged member /x/probe syslog"), "exec");
        });
      });

      test("init unshares users and mounts; exec --privileged enters", async () => {
        for (const time of TIMES) {
          await within("", "/x/membership unshare", async () => {
            await session.until("docker logs member | grep -q unshared");
            const result = await run("docker exec --privileged member /x/probe syslog");
            assertNotFree(result, `exec ${time}`);
          });
        }
      });

      test("init unshares users and mounts; the image's health check enters", async () => {
        const health = "--health-cmd '/x/probe syslog' --health-interval 1s --health-timeout 30s";
        await within(health, "/x/membership unshare", async () => {
          const log = "docker inspect -f '{{json .State.Health.Log}}' member";
          await session.until(`[ $(${log} | grep -o ExitCode | wc -l) -ge 2 ]`, 300);
          const results: { ExitCode: number; Output: string }[] = JSON.parse(await ok(log));
          for (const { ExitCode, Output } of results) {
            assertNotFree({ status: ExitCode, stdout: Output, stderr: "" }, "health check");
          }
        });
      });

      test("init ends slowly as soon as it sees an exec enter", async () => {
        for (const time of TIMES) {
          const limit = `--ulimit nofile=${FILES + 100}:${FILES + 100}`;
          await within(limit, `/x/membership linger ${FILES}`, async () => {
            await session.until("docker logs member 2>&1 | grep -q lingers", 600);
            assertNotFree(await run("docker exec member /x/probe syslog"), `exec ${time}`);
          });
        }
      });
    });
  });
}

/** Held, refused, or ended with the container. */
function assertNotFree(result: Result, what: string): void {
  assert.notEqual(result.status, 0, `${what}: ${result.stdout}${result.stderr}`);
  assert.doesNotMatch(result.stdout, /^ok$/m, what);
}

test("each name is of one case", () => {
  const names = listCases(program).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.length >= 40, `${names.length} cases`);
  execFileSync(program, ["list"]);
});
