// SPDX-License-Identifier: Apache-2.0
/** What the runtime sees of its start, executed directly and by way of launcher and shim. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeStage, runFrom, type Stage } from "../support/launcher-stage.ts";

let stage: Stage;
before(() => {
  stage = makeStage();
});
after(() => stage.remove());

const SIGHUP = 1;
const SIGINT = 2;
const SIGQUIT = 3;
const SIGUSR1 = 10;
const SIGUSR2 = 12;
const SIGPIPE = 13;
const SIGTERM = 15;
const SIGCHLD = 17;
const SIGXFSZ = 25;
const SIGRTMAX = 64;

/** An engine's environment has neither PWD nor a shell's variables. */
const ENGINE = ["env=PATH=/usr/sbin:/usr/bin:/sbin:/bin", "env=XDG_RUNTIME_DIR=/run/user/0"];

const PARENTS: Record<string, string[]> = {
  "an ordinary engine": ENGINE,
  "an empty environment": [],
  "a soft limit of 1000 open files": [...ENGINE, "nofile=1000"],
  "SIGPIPE at its default": [...ENGINE, `default=${SIGPIPE}`, `default=${SIGXFSZ}`],
  "SIGPIPE, SIGHUP, SIGINT and SIGQUIT ignored": [
    ...ENGINE,
    ...[SIGPIPE, SIGHUP, SIGINT, SIGQUIT].map((signal) => `ignore=${signal}`),
  ],
  "every kind of signal blocked": [
    ...ENGINE,
    `block=${SIGUSR1}`,
    `block=${SIGUSR2}`,
    `block=${SIGTERM}`,
    `block=${SIGRTMAX}`,
  ],
  "SIGCHLD blocked": [...ENGINE, `block=${SIGCHLD}`],
  "real-time signals ignored": [...ENGINE, `ignore=${SIGRTMAX}`, "ignore=40"],
  "sockets passed as LISTEN_FDS, and more descriptors": [
    ...ENGINE,
    "env=LISTEN_FDS=2",
    "env=LISTEN_PID=1",
    "env=LISTEN_FDNAMES=a:b",
    "fd=3:/dev/null",
    "fd=4:/etc/passwd",
    "fd=10:/etc/hostname",
    "fd=17:/dev/zero",
    "fd=40:/dev/null",
    "pipe=20",
  ],
  "the descriptors that shells and Node use for themselves": [
    ...ENGINE,
    ...[5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 21, 30, 63, 100, 255, 256].map(
      (fd) => `fd=${fd}:/dev/null`,
    ),
  ],
  "a descriptor of lockc-runc itself": [...ENGINE, "fd=7:lockc-runc"],
  "an odd umask": [...ENGINE, "umask=0137"],
  "a death signal and an alarm": [...ENGINE, `death=${SIGTERM}`, "alarm=100"],
  "standard input closed": [...ENGINE, "close=0"],
  "standard output closed": [...ENGINE, "close=1"],
  "standard error closed": [...ENGINE, "close=2"],
  "everything closed": [...ENGINE, "close=0", "close=1", "close=2"],
  "closed standard streams and other descriptors": [
    ...ENGINE,
    "close=0",
    "close=1",
    "fd=3:/dev/null",
  ],
  "standard output a full pipe": [...ENGINE, "full=1"],
  "a full non-blocking pipe": [...ENGINE, "full=1", "nonblock=1"],
  "non-blocking standard streams": [...ENGINE, "pipe=0", "nonblock=0", "nonblock=1", "nonblock=2"],
  "variables that would change Node": [
    ...ENGINE,
    "env=NODE_OPTIONS=--require=/nonexistent --inspect",
    "env=NODE_PATH=/nonexistent",
    "env=NODE_EXTRA_CA_CERTS=/nonexistent",
    "env=NODE_V8_COVERAGE=/nonexistent",
    "env=NODE_CHANNEL_FD=3",
    "env=NODE_UNIQUE_ID=1",
    "env=NODE_ICU_DATA=/nonexistent",
    "env=NODE_DEBUG=fs,module",
    "env=NODE_DEBUG_NATIVE=all",
    "env=NODE_REDIRECT_WARNINGS=/nonexistent/x",
    "env=NODE_COMPILE_CACHE=/nonexistent",
    "env=NODE_TEST_CONTEXT=child-v8",
    "env=OPENSSL_CONF=/etc/passwd",
    "env=SSL_CERT_FILE=/nonexistent",
    "env=UV_THREADPOOL_SIZE=0",
  ],
  "variables that would change a shell": [
    ...ENGINE,
    "env=ENV=/nonexistent/env",
    "env=BASH_ENV=/nonexistent/env",
    "env=CDPATH=/",
    "env=PS4=x",
    "env=LC_ALL=tr_TR.UTF-8",
    "env=HOME=",
    "env=TERM=dumb",
  ],
  "values that are no text": [
    ...ENGINE,
    // LATIN=caf\xe9 and X=\xff\xfe
    "hexenv=4c4154494e3d636166e9",
    "hexenv=583dfffe",
    "env=LINES=a\nb\n",
    "env=EMPTY=",
    "env=QUOTES='\"`$(exit 9)\\",
    "env=SPACES=  x  ",
    "env=UTF8=\u00e9\u{1f512}",
  ],
  "a shell, which exports PWD": [...ENGINE, "chdir=/usr/bin", "env=SHLVL=1", "env=PWD=/usr/bin"],
  "a directory known by a symbolic link": [...ENGINE, "chdir=STAGE/link", "env=PWD=STAGE/link"],
  "a deleted working directory": [...ENGINE, "deleted-cwd"],
};

const COMMANDS: Record<string, string[]> = {
  "state (straight from the launcher)": [
    "--root",
    "/r",
    "--lockc-policy=p",
    "state",
    "ID",
    "a b",
    "",
    "hex:fffe",
  ],
  "create (through the shim)": [
    "--root",
    "/r",
    "--lockc-policy",
    "p",
    "create",
    "--preserve-fds",
    "2",
    "--bundle",
    "/b\u00e9",
    "ID",
  ],
  "an unclear command line (passed on by the shim)": [
    "--debug=1",
    "exec",
    "ID",
    "echo",
    "a b",
    "",
    "hex:fffe",
  ],
};

for (const [parent, template] of Object.entries(PARENTS)) {
  for (const [command, words] of Object.entries(COMMANDS)) {
    test(`${command} from ${parent} starts the runtime as if alone`, () => {
      const settings = template.map((setting) => setting.replace("STAGE", stage.dir));
      const own = words.filter(
        (word, at) => !/policy/.test(word) && !/policy$/.test(words[at - 1] ?? ""),
      );
      const direct = runFrom(stage, settings, stage.fakeRunc, own);
      const ours = runFrom(stage, settings, stage.launcher, words);

      assert.equal(direct.status, 7, direct.stderr);
      assert.equal(ours.status, 7, ours.stderr);
      assert.equal(comparable(ours.dump, ours.pid), comparable(direct.dump, direct.pid));
      assert.equal(ours.stdout, direct.stdout);
      if (parent !== "a deleted working directory") assert.equal(ours.stderr, direct.stderr);
    });
  }
}

/**
 * The process id must be the one that was started, the rest must not depend on it. What
 * lockc-runc cannot keep where it asks the shim is that no child had ended: what they cost,
 * and their SIGCHLD, pending if that is blocked.
 */
function comparable(dump: string | undefined, pid: number): string {
  assert.ok(dump, "the runtime was never executed");
  assert.match(dump, new RegExp(`^pid ${pid}$`, "m"));
  return dump
    .replace(/^pid \d+$/m, "pid")
    .replace(/^children \d+$/m, "children")
    .replace(/^(ShdPnd:\t0{11})1(0{4})$/m, "$10$2")
    .replace(/(pipe|socket):\[\d+\]/g, "$1")
    .replace(/lockc-gone-\w+/g, "lockc-gone");
}
