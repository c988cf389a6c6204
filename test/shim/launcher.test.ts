// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import fc from "fast-check";
import { parseInvocation } from "../../shim/argv/argv.ts";
import { makeStage, runFrom, type Stage } from "../support/launcher-stage.ts";

const ENGINE = ["env=PATH=/usr/bin:/bin"];
let stage: Stage;
/** Written when the launcher chose the shim: Node's place is taken by another fake runc. */
let shimDump: string;
before(() => {
  stage = makeStage();
  shimDump = join(stage.dir, "lib/dump");
});
afterEach(() => {
  writeFileSync(stage.runtimeFile, `${stage.fakeRunc}\n`, { mode: 0o644 });
  chmodSync(stage.runtimeFile, 0o644);
  chownSync(stage.runtimeFile, 0, 0);
});
after(() => stage.remove());

const launch = (words: readonly string[], settings: readonly string[] = []) =>
  runFrom(stage, [...ENGINE, ...settings], stage.launcher, words);

describe("with a fake shim", () => {
  const node = () => join(stage.dir, "lib/node");
  before(() => {
    rmSync(node());
    copyFileSync(stage.fakeRunc, node());
  });
  after(() => {
    rmSync(node());
    symlinkSync(process.execPath, node());
  });

  /** Which way the launcher went. */
  function way(words: readonly string[]): "runtime" | "shim" {
    rmSync(shimDump, { force: true });
    const { dump } = launch(words);
    const shim = existsSync(shimDump);
    assert.notEqual(shim, dump !== undefined, "exactly one of them is executed");
    return shim ? "shim" : "runtime";
  }

  for (const [line, expected] of [
    ["create ID", "shim"],
    ["run ID", "shim"],
    ["restore ID", "shim"],
    ["--root R --log L --log-format json create --bundle B ID", "shim"],
    ["--lockc-policy p create ID", "shim"],
    ["-- create ID", "shim"],
    ["--debug=true create ID", "shim"],
    ["--root create state ID", "runtime"],
    ["state create", "runtime"],
    ["delete run", "runtime"],
    ["exec ID delete OTHER", "runtime"],
    ["exec ID create", "runtime"],
    ["--root=create kill ID", "runtime"],
    ["--lockc-policy create state ID", "runtime"],
    ["--cgroup-manager disabled delete ID", "runtime"],
    ["--cgroup-manager=create delete ID", "runtime"],
    ["features", "runtime"],
    ["--version", "runtime"],
    ["", "runtime"],
    ["- create", "runtime"],
    ["--unknown state", "shim"],
    ["--root", "shim"],
    ["--lockc-policy", "shim"],
    ["--lockc-policyx state", "shim"],
    ["create=1", "runtime"],
    ["*", "runtime"],
  ] as const) {
    test(`"${line}" goes to the ${expected}`, () => {
      assert.equal(way(line === "" ? [] : line.split(" ")), expected);
    });
  }

  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        ..."create run restore state exec delete ID --root --root=x --log -log --debug -debug".split(
          " ",
        ),
        ..."--debug=0 --systemd-cgroup --help -h -v --version -- - --lockc-policy".split(" "),
        ..."--lockc-policy=p -lockc-policy --cgroup-manager --log-level=x --criu --unknown".split(
          " ",
        ),
      ),
      fc.constantFrom(
        "",
        " ",
        "*",
        "a b",
        "$(false)",
        "'",
        '"',
        "\\",
        "\n",
        "~",
        "é",
        "x=y",
        "-e",
        "--n",
      ),
    ),
    { maxLength: 9 },
  );
  test("whatever it hands to the runtime itself starts no container, and is what the shim would hand on", () => {
    let direct = 0;
    fc.assert(
      fc.property(words, (line) => {
        const invocation = parseInvocation(line, "runc");
        rmSync(shimDump, { force: true });
        const { dump, args } = launch(line);
        if (dump === undefined) {
          assert.ok(existsSync(shimDump), "something is executed");
          return;
        }
        direct += 1;
        // Two forms of one option: the runtime refuses the line itself, whatever follows.
        if (invocation.kind === "invalid" && /two forms/.test(invocation.reason)) return;
        assert.equal(invocation.kind, "pass", JSON.stringify(line));
        const expected = (invocation as { argv: readonly string[] }).argv;
        assert.deepEqual(args, expected.map(shown));
      }),
      {
        numRuns: 400,
        examples: [[["-h", "--help", "--lockc-policy=p"]], [["-v", "--version", "", "create"]]],
      },
    );
    assert.ok(direct > 100, `only ${direct} of 400 went straight to the runtime`);
  });

  for (const [what, spoil] of [
    ["is missing", () => rmSync(stage.runtimeFile)],
    ["is empty", () => writeFileSync(stage.runtimeFile, "")],
    ["has a relative path", () => writeFileSync(stage.runtimeFile, "fake-runc\n")],
    ["names nothing", () => writeFileSync(stage.runtimeFile, "/none\n")],
    ["names a directory", () => writeFileSync(stage.runtimeFile, "/usr\n")],
    ["names what cannot be executed", () => writeFileSync(stage.runtimeFile, "/etc/passwd\n")],
    ["names lockc-runc itself", () => writeFileSync(stage.runtimeFile, `${stage.launcher}\n`)],
    ["is not root's", () => chownSync(stage.runtimeFile, 1, 0)],
    ["is in a directory that is not root's", () => chownSync(join(stage.dir, "run"), 1, 0)],
  ] as const) {
    test(`every command goes to the shim when the note of the runtime ${what}`, (t) => {
      assert.equal(way(["state", "ID"]), "runtime");
      spoil();
      t.after(() => chownSync(join(stage.dir, "run"), 0, 0));
      assert.equal(way(["state", "ID"]), "shim");
    });
  }

  test("every command goes to the shim when the caller is not root, even if the note is his", (t) => {
    chmodSync(stage.dir, 0o777);
    chmodSync(join(stage.dir, "lib"), 0o777);
    chownSync(join(stage.dir, "run"), 65534, 65534);
    chownSync(stage.runtimeFile, 65534, 65534);
    t.after(() => chownSync(join(stage.dir, "run"), 0, 0));
    rmSync(shimDump, { force: true });
    spawnSync("setpriv", ["--reuid=65534", "--clear-groups", stage.launcher, "state", "ID"]);
    chmodSync(stage.dir, 0o700);
    assert.ok(existsSync(shimDump));
  });

  /** A pinned Node can be asked for every variable that it looks at. */
  test("each variable that this Node reads is withheld from it or known to be harmless", () => {
    // Constants of its API, and what only npm, the REPL, a debugger, cluster,
    // test, bench and --run look at.
    const harmless =
      /^NODE_(PERFORMANCE_.*|SEA_.*|REPL_(HISTORY.*|MODE)|BENCH_.*|TEST_WORKER_ID|RUN_.*|DEBUG_ENABLED|ENV|DISABLE_COLORS|CLUSTER_SCHED_POLICY)$/;
    const script = readFileSync(stage.launcher, "utf8");
    const text = readFileSync(process.execPath, "latin1");
    const asked = new Set(
      [...text.matchAll(/(?:process\.env\.|SafeGetenv\("|getenv\(")(NODE_[A-Z0-9_]+)/g)].map(
        ([, name]) => name as string,
      ),
    );
    for (const [, name] of text.matchAll(/\0(NODE_[A-Z0-9]+(?:_[A-Z0-9]+)*)(?=\0)/g)) {
      asked.add(name as string);
    }
    assert.ok(asked.has("NODE_OPTIONS"), "the search finds what is known to be there");
    const open = [...asked].filter(
      (name) => !harmless.test(name) && !new RegExp(`\\b${name}\\b`).test(script),
    );
    assert.deepEqual(open, []);
  });
});

describe("with the shim", () => {
  test("what the dynamic linker is told is kept from Node, not from the runtime", () => {
    const wrong = join(stage.dir, "wrong");
    mkdirSync(wrong, { recursive: true });
    writeFileSync(join(wrong, "libstdc++.so.6"), "no library", { mode: 0o755 });
    const { status, env } = launch(["create", "ID"], [`env=LD_LIBRARY_PATH=${wrong}`]);
    assert.equal(status, 7);
    assert.ok(env?.includes(`LD_LIBRARY_PATH=${wrong}`), String(env));
  });

  test("create becomes the runtime, with our own option gone and all else kept", () => {
    for (const ours of [["--lockc-policy", "p"], ["-lockc-policy=p"], ["--lockc-policy=create"]]) {
      const { status, args, env } = launch([
        "--root",
        "R",
        ...ours,
        "create",
        "--bundle",
        "a b",
        "ID",
      ]);
      assert.equal(status, 7);
      assert.deepEqual(args, ["--root", "R", "create", "--bundle", "a b", "ID"]);
      assert.deepEqual(env, ["PATH=/usr/bin:/bin"]);
    }
  });

  test("whatever it is told by the shim, words come out as the shim reads them", () => {
    const words = fc.array(
      fc.constantFrom(
        ..."create run --debug=1 --debug --help -v -- --lockc-policy=p --lockc-policy ID".split(
          " ",
        ),
        ...["", " a  b ", "*", "$HOME", "'", '"', "\\", "\n", ":", ".", "1,", "é"],
      ),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(words, (line) => {
        const invocation = parseInvocation(line, "runc");
        const { status, args, dump } = launch(line);
        if (invocation.kind === "invalid") {
          // Two forms of one option: the runtime refuses the line itself, whatever follows.
          assert.ok(dump === undefined || /two forms/.test(invocation.reason));
          return;
        }
        assert.equal(status, 7);
        assert.deepEqual(args, invocation.argv.map(shown));
      }),
      { numRuns: 60, examples: [[["--debug=1", "--lockc-policy=p", "create", "--help", "*"]]] },
    );
  });

  test("a runtime's path comes through whatever its bytes, with a line's end at its end", (t) => {
    const odd = join(stage.dir, "odd: $(x)'\u00e9. runc\n");
    copyFileSync(stage.fakeRunc, odd);
    const shim = join(stage.dir, "lib/shim.cjs");
    const text = readFileSync(shim, "utf8");
    t.after(() => writeFileSync(shim, text));
    writeFileSync(shim, text.replaceAll(JSON.stringify(stage.fakeRunc), JSON.stringify(odd)));
    assert.equal(launch(["create", "ID"]).status, 7);
  });

  test("a command that starts no container forks nothing on the way to the runtime", () => {
    assert.match(launch(["--lockc-policy", "p", "state", "ID"]).dump as string, /^children 0$/m);
    const forking = runFrom(stage, ENGINE, "/bin/sh", ["-c", `: $(:); exec "${stage.fakeRunc}"`]);
    assert.match(forking.dump as string, /^children [1-9]/m, "a fork would show");
  });

  test("the runtime has no child that it does not know of", () => {
    const { dump } = launch(["create", "ID"]);
    assert.match(dump as string, /^waits for nobody$/m);
  });

  test("bash does as well as dash, but for PWD and SHLVL in the environment", (t) => {
    const script = readFileSync(stage.launcher, "utf8");
    t.after(() => writeFileSync(stage.launcher, script));
    writeFileSync(stage.launcher, script.replace(/^#!.*/, "#!/bin/bash"));
    const settings = ["fd=10:/dev/null", "fd=40:/dev/null", "nofile=1000", "ignore=1", "block=12"];
    const direct = runFrom(stage, [...ENGINE, ...settings], stage.fakeRunc, ["create", "ID"]);
    const ours = launch(["--lockc-policy=p", "create", "ID"], settings);
    const facts = (dump = "") =>
      dump.split("\n").filter((line) => !/^(pid|env PWD|env SHLVL|fd [012]|children) ?/.test(line));
    assert.deepEqual(facts(ours.dump), facts(direct.dump));
  });

  test("a refusal is one line on stderr and a record in the log, and nothing is executed", () => {
    const log = join(stage.dir, "log.json");
    const { status, stdout, stderr, dump } = launch([
      ..."--log-format json --log".split(" "),
      log,
      "create",
      "refused",
    ]);
    assert.deepEqual([status, stdout, dump], [1, "", undefined]);
    assert.equal(stderr, 'lockc: cannot mount "/"; do not [LOCKC_E_MOUNT]\n');
    assert.equal(`${JSON.parse(readFileSync(log, "utf8")).msg}\n`, stderr);
  });

  test("an unexpected failure, too, keeps the container from being started", () => {
    const { status, stderr, dump } = launch(["create", "broken"]);
    assert.deepEqual([status, dump], [1, undefined]);
    assert.match(stderr, /^lockc: unexpected failure: never meant to happen; .*LOCKC_E_BUG\]\n$/);
  });

  test("a command line that cannot be read is refused where its log says", () => {
    const log = join(stage.dir, "usage.log");
    const { status, stderr, dump } = launch(["--log", log, "run", "a", "b"]);
    assert.deepEqual([status, dump], [1, undefined]);
    assert.match(stderr, /cannot read the command line: run: it needs exactly one container ID/);
    assert.match(readFileSync(log, "utf8"), /level=error msg="lockc: cannot read/);
    assert.equal(launch(["create", "--bundle", "hex:ff", "ID"]).status, 1);
  });

  test("help begins with the option that is our own, and goes on as the runtime's", () => {
    for (const words of [["--help"], ["--debug", "-h"], ["help"], ["help", "create"]]) {
      const { stdout, args } = launch(words);
      assert.match(stdout, /^lockc-runc takes .*\n {3}--lockc-policy NAME /, words.join(" "));
      assert.deepEqual(args, words);
    }
    for (const words of [["--version"], ["state", "--help"], ["features"]]) {
      assert.doesNotMatch(launch(words).stdout, /lockc-policy/, words.join(" "));
    }
  });

  test("help about create is the runtime's", () => {
    assert.deepEqual(launch(["create", "--help", "ID"]).args, ["create", "--help"]);
  });

  test("lockc-runc that is signalled dies like runc would, and has started nothing", () => {
    const { signal, stderr, dump } = launch(["create", "signalled"]);
    assert.deepEqual([signal, stderr, dump], ["SIGUSR1", "", undefined]);
  });

  test("a shim that is killed is told of in one line, and nothing is executed", () => {
    const { status, stderr, dump } = launch(["create", "killed"]);
    assert.deepEqual([status, dump], [1, undefined]);
    assert.match(stderr, /^lockc: the shim ended before it had judged .*\[LOCKC_E_BUG\]\n$/);
  });

  test("a runtime other than the one whose command line was read is not started", () => {
    const crun = join(stage.dir, "fake-crun");
    copyFileSync(stage.fakeRunc, crun);
    writeFileSync(stage.runtimeFile, `${crun}\n`);
    const { status, stderr, dump } = launch(["create", "ID"]);
    assert.deepEqual([status, dump], [1, undefined]);
    assert.match(stderr, /^lockc: cannot start ".*fake-runc": the command line was read for /);
  });

  test("a runtime that cannot be executed is named", () => {
    const broken = join(stage.dir, "broken-runc");
    writeFileSync(broken, "", { mode: 0o755 });
    writeFileSync(stage.runtimeFile, `${broken}\n`);
    const { status, stderr } = launch(["--debug=1", "state", "ID"]);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^lockc: cannot use the runtime ".*broken-runc": it is no program; .*RUNTIME\]\n$/,
    );
  });

  test("a caller's own LOCKC_ variables neither mislead the shim nor reach the runtime", () => {
    const settings = [
      "env=LOCKC_LIB=/nonexistent",
      "env=LOCKC_RUNTIME=/nonexistent",
      "env=IFS=/c",
      "env=lockc_verb=create",
    ];
    for (const verb of ["create", "state"]) {
      const { status, dump } = launch([verb, "ID"], settings);
      assert.equal(status, 7);
      assert.match(dump as string, /^SigBlk:\t0{16}$/m);
      assert.doesNotMatch(dump as string, /env (LOCKC_|lockc_)/);
    }
  });

  test("a Node that is missing is said in one line, and nothing is executed", () => {
    const node = join(stage.dir, "lib/node");
    rmSync(node);
    const { status, stderr, dump } = launch(["create", "ID"]);
    symlinkSync(process.execPath, node);
    assert.deepEqual([status, dump], [1, undefined]);
    assert.match(stderr, /^lockc: cannot start .*; install lockc again \[LOCKC_E_BUG\]\n$/);
  });
});

test("the launcher is clean POSIX shell", () => {
  execFileSync("dash", ["-n", join(import.meta.dirname, "../../shim/launcher.sh")]);
});

/** As the fake runc writes an argument. */
function shown(word: string): string {
  return [...Buffer.from(word)]
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x5c
        ? `\\x${byte.toString(16).padStart(2, "0")}`
        : String.fromCharCode(byte),
    )
    .join("");
}
