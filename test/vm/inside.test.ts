// SPDX-License-Identifier: Apache-2.0
/**
 * What the host's own code makes of what is the container's, before user code runs: hooks that
 * execute and load it, and what the runtime opens in the container's place. Each attack first
 * succeeds under plain runc.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Release } from "../../vm/guest.ts";
import { ADMITTING, type BundleOptions, makeBundle } from "./bundle.ts";
import { Session } from "./session.ts";

const RELEASES: readonly Release[] = ["bookworm", "trixie", "sid"];
const folder = mkdtempSync(join(tmpdir(), "lockc-inside-"));
after(() => rmSync(folder, { recursive: true }));

/** What it writes on the host tells that it ran there. */
const EVIL = `
#include <fcntl.h>
__attribute__((constructor)) static void run(void)
{
	creat("/run/evil", 0600);
}
`;
/** ldconfig heeds what is called lib and something. */
for (const name of ["evil.so", "libevil.so"]) {
  const library = ["-x", "c", "-O1", "-shared", "-fPIC", "-o", join(folder, name), "-"];
  execFileSync("gcc", library, { input: EVIL });
}
const program = ["-x", "c", "-O1", "-static", "-o", join(folder, "evil"), "-"];
execFileSync("gcc", program, { input: `${EVIL}int main(void) { return 0; }` });
/** Programs of the host's own that want that library, rpath from the root file system. */
for (const [name, ...flags] of [["wants"], ["rpath", "-Wl,-rpath,/tmp/inside/rootfs"]]) {
  const words = ["-x", "c", "-o", join(folder, name!), "-", "-Wl,--no-as-needed", ...flags];
  execFileSync("gcc", [...words, `-L${folder}`, "-levil"], {
    input: "int main(void) { return 0; }",
  });
}
const terminal = join(import.meta.dirname, "terminal.c");
execFileSync("gcc", ["-O1", "-static", "-o", join(folder, "terminal"), terminal]);

/** Admits what the bundle asks for, so that the kernel half alone stands in the way. */
const POLICY = `
name: inside
description: Baseline for bundles that ask for more than it admits.
extends: baseline
${ADMITTING}hookEnvironment: { allow: any }
hostPaths: { add: [{ path: /usr/share/shown, access: read-only }] }
`;
const HELD = "lockc-runc-inside";

const BUNDLE = "/tmp/inside";
const ROOT = `${BUNDLE}/rootfs`;
const PARAMETER = "/proc/sys/kernel/core_pattern";

interface Case {
  readonly title: string;
  readonly options: BundleOptions;
  /** Before, in the guest. */
  readonly prepare?: string;
  /** On the first kernel only: the others would show nothing new. */
  readonly once?: true;
}
interface Opened extends Case {
  /** The file of the host that is written. */
  readonly file: string;
  /** Further words of `run`. */
  readonly words?: string;
}

const hook = (stage: string, path: string, ...args: string[]) => ({
  [stage]: [{ path, args: [path, ...args] }],
});

/** A program, or what loads a library, of the container's by a hook of root's own. */
const HOOKS: readonly Case[] = [
  ...["prestart", "createRuntime", "createContainer"].map((stage) => ({
    title: `a ${stage} hook executes a program of the root file system`,
    options: { hooks: hook(stage, "/usr/bin/env", `${ROOT}/evil`) },
  })),
  {
    title: "a createContainer hook executes a program by its working directory",
    options: { hooks: hook("createContainer", "/usr/bin/env", "./evil") },
  },
  {
    title: "a createContainer hook loads a library that the container's environment names",
    options: {
      env: ["PATH=/bin", "LD_PRELOAD=./evil.so"],
      hooks: hook("createContainer", "/usr/bin/env"),
    },
  },
  {
    title: "a prestart hook loads a library by its own arguments",
    options: {
      hooks: hook("prestart", "/usr/bin/env", `LD_PRELOAD=${ROOT}/evil.so`, "/usr/bin/true"),
    },
  },
  {
    title: "a createContainer hook executes a program of a directory that the container writes",
    prepare: "mkdir -p /srv/shared && cp /evil/evil /srv/shared/",
    options: {
      mounts: [
        { destination: "/s", type: "bind", source: "/srv/shared", options: ["rbind", "rw"] },
      ],
      hooks: hook("createContainer", "/usr/bin/env", "/srv/shared/evil"),
    },
  },
  {
    title: "a createContainer hook executes a link to a program of the root file system",
    prepare: `ln -sf ${ROOT}/evil /usr/local/bin/harmless`,
    options: { hooks: hook("createContainer", "/usr/bin/env", "/usr/local/bin/harmless") },
  },
  {
    title: "a createContainer hook executes a script whose interpreter is the image's",
    prepare: `printf '#!${ROOT}/evil\\n' >/usr/local/bin/script && chmod 755 /usr/local/bin/script`,
    options: { hooks: hook("createContainer", "/usr/bin/env", "/usr/local/bin/script") },
  },
  {
    title: "a createContainer hook whose RPATH leads into the root file system",
    prepare: "cp /evil/rpath /usr/local/bin/",
    once: true,
    options: { hooks: hook("createContainer", "/usr/local/bin/rpath") },
  },
  {
    title: "a createContainer hook whose library ld.so.cache has in the root file system",
    prepare: `cp /evil/wants /usr/local/bin/ && echo ${ROOT} >>/etc/ld.so.conf && ldconfig`,
    once: true,
    options: { hooks: hook("createContainer", "/usr/local/bin/wants") },
  },
];

/** The image has a link to that file in the place of /dev/null. */
const linked = (file: string) =>
  `rm -rf ${ROOT}/dev && mkdir ${ROOT}/dev && ln -s ${file} ${ROOT}/dev/null`;

/** … which is written through standard output. */
const OPENED: readonly Opened[] = [
  {
    title: "/dev/null is a link to a kernel parameter, and there is no mount on /dev",
    file: PARAMETER,
    prepare: linked(PARAMETER),
    options: { dev: false },
  },
  {
    title: "… and the mount on /dev is a copy of what the image has",
    file: PARAMETER,
    prepare: linked(PARAMETER),
    options: { dev: ["nosuid", "mode=755", "tmpcopyup"] },
  },
  {
    title: "… to another parameter, by which the kernel runs a program as well",
    file: "/proc/sys/kernel/modprobe",
    prepare: linked("/proc/sys/kernel/modprobe"),
    once: true,
    options: { dev: false },
  },
  {
    title: "… to a file of the host, by a directory that was handed over",
    file: "/root/kept/file",
    prepare: `mkdir -p /root/kept && echo kept >/root/kept/file && ${linked("/proc/self/fd/3/file")}`,
    once: true,
    options: { dev: false },
    words: "--preserve-fds 1 3</root/kept",
  },
];

for (const release of RELEASES) {
  describe(release, () => {
    const session = new Session({ release, mounts: [folder] });
    const run = session.run.bind(session);
    const ok = session.ok.bind(session);

    /** Runs the bundle with that runtime; its standard input and output are pipes. */
    const start = async (runtime: string, options: BundleOptions, id = "inside", words = "") => {
      await makeBundle(session, BUNDLE, options);
      const { stdout } = await run(
        `cd ${BUNDLE} && true | ${runtime} run ${id} ${words} 2>&1 | cat; ${runtime} delete -f ${id} 2>/dev/null`,
      );
      return stdout;
    };

    const tried = ({ once }: Case) => !once || release === RELEASES[0];

    /** What lockc's events tell of a container. */
    const why = (id: string) => ok(`lockctl why ${id} 2>&1 || true`);

    before(async () => {
      await ok(`mkdir /evil && cp ${folder}/* /evil/`);
      await makeBundle(session, BUNDLE, {});
      await ok(`cp /evil/*evil* ${ROOT}/ && chmod 755 ${ROOT}/*evil*`);
      await ok("cat >/etc/lockc/policy/inside.yaml && lockctl policy reload", POLICY);
      await ok(`ln -s lockc-runc /usr/bin/${HELD}`);
    });

    const describeEntry = () => {
      test("as it enters, too: what the container has in the place of /dev/ptmx", async (t) => {
        const swap = `/bin/busybox ln -sf ${PARAMETER} /dev/ptmx; sleep 4242`;
        const args = ["/bin/sh", "-c", swap];
        const enter = async (runtime: string) => {
          await makeBundle(session, BUNDLE, { args });
          await ok(
            `cd ${BUNDLE} && ${runtime} run -d --pid-file /run/inside.pid entered </dev/null >/dev/null 2>&1`,
          );
          await session.until(
            "readlink /proc/$(cat /run/inside.pid)/root/dev/ptmx | grep core_pattern",
          );
          const { stdout } = await run(
            `${folder}/terminal ${runtime} exec -t entered /bin/true; ${runtime} delete -f entered`,
          );
          return stdout;
        };
        const plain = await enter("runc");
        const held = await enter(HELD);
        t.diagnostic(held);
        if (!/inappropriate ioctl/.test(plain)) {
          // A newer runc makes the terminal in the devpts that it knows.
          assert.ok(release === "sid", plain);
          assert.equal(held, plain);
          return;
        }
        assert.match(
          await why("entered"),
          /denied .*core_pattern.*: rule pseudoFiles of policy "inside"/,
        );
      });

      test("… and a terminal is made for who enters", async () => {
        await makeBundle(session, BUNDLE, { args: ["/bin/sleep", "4242"] });
        await ok(`cd ${BUNDLE} && ${HELD} run -d inside </dev/null >/dev/null 2>&1`);
        const said = await ok(
          `${folder}/terminal ${HELD} exec -t inside /bin/busybox tty; ${HELD} delete -f inside`,
        );
        assert.match(said, /\/dev\/pts\/\d/);
      });
    };

    describe("hooks", () => {
      for (const [index, { title, options, prepare }] of HOOKS.filter(tried).entries()) {
        test(title, async (t) => {
          const id = `hook${index}`; // so that what is told of it is of this case
          if (prepare) await ok(prepare);
          const plain = await start("runc", options, id);
          if ((await run("rm /run/evil")).status !== 0) {
            // A newer runc gives hooks nothing of the container's environment.
            assert.ok(release !== "bookworm" && options.env !== undefined, plain);
            t.diagnostic("its runc does not hand that over by itself");
            await start(HELD, options, id);
            assert.equal((await run("test -e /run/evil")).status, 1);
            return;
          }
          const said = await start(HELD, options, id);
          assert.equal((await run("test -e /run/evil")).status, 1, said);
          // By the kernel, this one too.
          assert.match(await why(id), /denied .*evil.*: rule hooks of policy "inside"/, said);
        });
      }

      test("no record of them is left", async () => {
        assert.deepEqual(await session.containers(), []);
      });

      test("what is the host's runs, in each stage, and a startContainer hook runs the container's", async () => {
        const args = ["/bin/echo", "started"];
        const hooks = Object.assign(
          {},
          ...["prestart", "createRuntime", "createContainer"].map((stage) =>
            hook(stage, "/usr/bin/env", "sh", "-c", `echo ${stage} >>/run/stages`),
          ),
          hook("startContainer", "/evil"),
        );
        assert.match(await start(HELD, { args, hooks }), /started/);
        const stages = await ok("cat /run/stages; rm /run/stages");
        assert.equal(stages, "prestart\ncreateRuntime\ncreateContainer");
      });

      test("what only root can write may be shown to the container", async () => {
        await ok("mkdir -p /usr/share/shown && cp /evil/evil /usr/share/shown/");
        const shown = { destination: "/s", type: "bind", source: "/usr/share/shown" };
        const mounts = [{ ...shown, options: ["rbind", "ro"] }];
        const hooks = hook("createContainer", "/usr/bin/env", "/usr/share/shown/evil");
        const said = await start(HELD, { args: ["/bin/echo", "started"], hooks, mounts });
        assert.match(said, /started/);
        await ok("rm /run/evil");
      });

      test("creates with hooks go on beside each other", async () => {
        const hooks = hook("createContainer", "/usr/bin/true");
        await makeBundle(session, BUNDLE, { args: ["/bin/echo", "started"], hooks });
        const one = `true | ${HELD} run beside$i 2>&1 | cat`;
        const said = await ok(`cd ${BUNDLE}; for i in 1 2 3 4 5 6; do (${one}) & done; wait`);
        assert.equal(said.match(/^started$/gm)?.length, 6, said);
      });

      test("nothing stays attached, and nobody stays, after the create", async () => {
        const held = async () =>
          ok(
            "for fd in /proc/[0-9]*/fd/*; do readlink $fd; done 2>/dev/null | grep -c bpf_link || true",
          );
        const before = await held();
        const hooks = hook("createContainer", "/usr/bin/true");
        await start(HELD, { args: ["/bin/true"], hooks });
        await session.until("! pgrep -f '[s]him.cjs'");
        assert.equal(await held(), before); // nobody holds a link that was not there
      });
    });

    describe("what the runtime opens", () => {
      const args = ["/bin/echo", "|/x/evil"];
      for (const [index, { title, options, prepare, file, words }] of OPENED.filter(
        tried,
      ).entries()) {
        test(title, async (t) => {
          const id = `opened${index}`;
          await ok(prepare!);
          const before = await ok(`cat ${file}`);
          const plain = await start("runc", { ...options, args }, id, words);
          const after = await ok(`cat ${file}; echo '${before}' >${file}`);
          if (release === "bookworm") assert.equal(after, "|/x/evil", plain);
          else t.diagnostic(`its runc ${after === before ? "refuses" : "lets"} that by itself`);
          const said = await start(HELD, { ...options, args }, id, words);
          assert.equal(await ok(`cat ${file}`), before, said);
          if (release === "bookworm")
            assert.ok((await why(id)).includes(file.replace(/.*\/(.+\/)/, "$1")), said);
        });
      }

      test("no record of them is left either", async () => {
        assert.deepEqual(await session.containers(), []);
      });

      describeEntry();

      test("a file of the image's own may be in the place of /dev/null", async () => {
        await ok(
          `rm -rf ${ROOT}/dev && mkdir ${ROOT}/dev && ln -s /nothing ${ROOT}/dev/null && touch ${ROOT}/nothing`,
        );
        const args = ["/bin/sh", "-c", "echo >/was-here"];
        const runs = async (runtime: string) => {
          const said = await start(runtime, { dev: false, args });
          const { status } = await run(`rm ${ROOT}/was-here`);
          return { runs: status === 0, said };
        };
        // A newer runc refuses it by itself.
        const [plain, held] = [await runs("runc"), await runs(HELD)];
        assert.equal(held.runs, plain.runs, held.said);
        assert.ok(plain.runs || release !== "bookworm", plain.said);
      });

      test("the kernel parameters that config.json may set are set", async () => {
        const sysctl = {
          "net.ipv4.ip_unprivileged_port_start": "7",
          "kernel.shm_rmid_forced": "1",
        };
        const namespaces = ["pid", "ipc", "uts", "mount", "network"].map((type) => ({ type }));
        const args = [
          "/bin/cat",
          "/proc/sys/net/ipv4/ip_unprivileged_port_start",
          "/proc/sys/kernel/shm_rmid_forced",
        ];
        assert.match(await start(HELD, { args, sysctl, namespaces }), /^7\n1$/m);
      });
    });
  });
}
