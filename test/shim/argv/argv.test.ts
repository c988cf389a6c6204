// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type ContainerInvocation,
  type Grammar,
  type Invocation,
  parseInvocation,
} from "../../../shim/argv/argv.ts";
import { CONTAINER_VERBS } from "../../../shim/argv/flags.ts";

/** Splits on spaces; no word of these tests has one. */
const read = (line: string, grammar: Grammar = "runc") =>
  parseInvocation(line === "" ? [] : line.split(" "), grammar);

function container(line: string, grammar: Grammar = "runc"): ContainerInvocation {
  const invocation = read(line, grammar);
  assert.equal(invocation.kind, "container", JSON.stringify(invocation));
  return invocation as ContainerInvocation;
}

function reason(line: string, grammar: Grammar = "runc"): string {
  const invocation = read(line, grammar);
  assert.equal(invocation.kind, "invalid", JSON.stringify(invocation));
  return (invocation as Extract<Invocation, { kind: "invalid" }>).reason;
}

describe("engines' command lines", () => {
  test("containerd's create for Docker names ID, bundle, root and log", () => {
    const line =
      "--root /run/docker/runtime-runc/moby --log B/log.json --log-format json --systemd-cgroup " +
      "create --bundle B --pid-file B/init.pid --console-socket S ID";
    assert.deepEqual(container(line), {
      kind: "container",
      verb: "create",
      id: "ID",
      bundle: "B",
      config: undefined,
      root: "/run/docker/runtime-runc/moby",
      log: "B/log.json",
      logFormat: "json",
      policy: undefined,
      argv: line.split(" "),
    });
  });

  test("BuildKit's run, podman's and CRI-O's create are understood", () => {
    const build = container("--log R/runc-log.json --log-format json run --bundle B --keep ID");
    assert.deepEqual([build.verb, build.id, build.bundle], ["run", "ID", "B"]);
    for (const grammar of ["runc", "crun", "unknown"] as const) {
      const podman = container(
        "--systemd-cgroup --log-format=json --log F create --bundle B --pid-file P --no-pivot --preserve-fds 2 ID",
        grammar,
      );
      assert.deepEqual([podman.log, podman.id, podman.bundle], ["F", "ID", "B"]);
      assert.equal(
        container("--root=/run/r create --bundle B --pid-file P ID", grammar).root,
        "/run/r",
      );
    }
    assert.equal(container("--cgroup-manager disabled create -b B ID", "crun").id, "ID");
    assert.equal(container("--cgroup-manager=systemd run -d -b B ID", "crun").bundle, "B");
  });

  for (const line of [
    "start ID",
    "kill --all ID 9",
    "kill foo --all K",
    "delete --force ID",
    "exec --process /tmp/runc-process123 --detach --pid-file B/E.pid ID",
    "exec ID delete OTHER",
    "exec ID create OTHER",
    "exec ID sh --lockc-policy privileged",
    "update --resources=- ID",
    "update --resources - ID",
    "features",
    "state create",
    "ps run",
    "list",
    "help create",
    "init",
    "-v",
    "--help",
    "",
    "-",
    "no-such-command create",
    "checkpoint run",
  ]) {
    test(`"${line}" starts nothing and is passed on unchanged`, () => {
      for (const grammar of ["runc", "crun", "unknown"] as const) {
        const invocation = read(line, grammar);
        assert.equal(invocation.kind, "pass");
        assert.deepEqual(invocation.argv, line === "" ? [] : line.split(" "));
      }
    });
  }
});

describe("the globals", () => {
  test("a value is the next word whatever it is, so a command can be a value", () => {
    const invocation = read("--root create --log run state ID");
    assert.deepEqual([invocation.kind, invocation.root, invocation.log], ["pass", "create", "run"]);
    assert.equal(container("--root --log create ID").root, "--log");
  });

  test("one dash is as good as two, the last value wins, and -- ends them", () => {
    assert.equal(container("-root a --root b -- create ID").root, "b");
    assert.deepEqual(container("-root a -- create ID").argv, ["-root", "a", "--", "create", "ID"]);
  });

  test("a switch takes a value only after an equals sign", () => {
    assert.equal(container("--debug=false create ID").id, "ID");
    assert.equal(container("--debug=1 create ID").id, "ID");
    assert.equal(read("--debug create state").kind, "container");
    assert.match(reason("--debug=maybe create ID"), /neither true nor false/);
  });

  test("what cannot be read is refused if it could start a container, else passed on", () => {
    for (const bad of [
      "--no-such",
      "--no-such=1",
      "---root",
      "--debug=2",
      "-=",
      "-V",
      "--roo /x",
    ]) {
      assert.equal(read(`${bad} create ID`).kind, "invalid", bad);
      assert.equal(read(`${bad} x run ID`).kind, "invalid", bad);
      assert.equal(read(`${bad} state ID`).kind, "pass", bad);
    }
    assert.equal(read("--root").kind, "pass");
    assert.equal(read("-h --help create").kind, "invalid");
  });

  test("a question for help or the version never starts the container it stands before", () => {
    assert.deepEqual(read("--help create ID").kind, "help");
    const version = read("--version create ID");
    assert.deepEqual(version.kind === "help" && version.argv, ["--version"]);
    assert.equal(read("--help=false create ID").kind, "container");
  });
});

describe("--lockc-policy", () => {
  for (const form of [
    "--lockc-policy p",
    "--lockc-policy=p",
    "-lockc-policy p",
    "-lockc-policy=p",
  ]) {
    test(`"${form}" chooses the policy and never reaches the runtime, whatever the command`, () => {
      for (const command of ["create ID", "state ID", "exec ID x", "--version", "features"]) {
        const invocation = read(`--root /r ${form} --debug ${command}`);
        assert.equal(invocation.policy, "p");
        assert.ok("argv" in invocation);
        assert.deepEqual(invocation.argv, ["--root", "/r", "--debug", ...command.split(" ")]);
      }
    });
  }

  test("it is the runtime's where it is another option's value, or after the command", () => {
    const value = container("--root --lockc-policy create ID");
    assert.deepEqual([value.policy, value.root], [undefined, "--lockc-policy"]);
    assert.match(reason("create --lockc-policy p ID"), /is not known/);
  });

  test("it must have a value, and only one", () => {
    assert.match(reason("--lockc-policy"), /needs a value/);
    assert.match(reason("--lockc-policy a --lockc-policy b create ID"), /twice/);
    assert.equal(container("--lockc-policy a --lockc-policy=a create ID").policy, "a");
    assert.equal(read("--lockc-policy a --lockc-policy b state ID").kind, "pass");
  });

  test("it is refused where the words before it cannot be read", () => {
    assert.equal(read("--no-such --lockc-policy=p state ID").kind, "invalid");
  });
});

describe("the words after create, run and restore", () => {
  test("options may follow the ID, as urfave/cli moves them to the front", () => {
    assert.equal(container("create ID --bundle B").bundle, "B");
    assert.equal(container("run ID --keep").id, "ID");
    assert.equal(container("create ID -b=B --no-pivot").bundle, "B");
  });

  test("a switch before the ID swallows it, which leaves the options after it unread", () => {
    assert.match(reason("run -d ID --pid-file f"), /exactly one container ID, not 3/);
    assert.equal(container("run -d ID").id, "ID");
  });

  test("exactly one ID of runc's alphabet is a container", () => {
    for (const id of ["create", "run", "a", "A_+.-9", "-", "...", "x".repeat(1000)]) {
      assert.equal(container(`create ${id}`).id, id);
    }
    for (const id of [".", "..", "a/b", "ä", "a:b"])
      assert.match(reason(`create ${id}`), /cannot be/);
    assert.match(reason("create"), /exactly one container ID, not 0/);
    assert.match(reason("create a b"), /exactly one container ID, not 2/);
    assert.equal(parseInvocation(["create", ""], "runc").kind, "invalid");
    assert.equal(parseInvocation(["create", "a\nb"], "runc").kind, "invalid");
    assert.equal(container("create -- -x").id, "-x");
  });

  test("the word false is a bundle like any other", () => {
    assert.equal(container("create --bundle false ID").bundle, "false");
    assert.equal(parseInvocation(["create", "--bundle", "", "ID"], "runc").kind, "container");
  });

  test("an option may be repeated in one form, not in two", () => {
    assert.equal(container("create --no-pivot --no-pivot=false ID").id, "ID");
    assert.match(reason("create -b A --bundle A ID"), /two forms/);
    assert.equal(container("create --bundle A --bundle B ID").bundle, "B");
  });

  test("help about a verb is asked for in a form that cannot start a container", () => {
    for (const line of ["create --help", "create -h ID", "run --help ID", "create ID --help"]) {
      const invocation = read(`--root /r ${line}`);
      assert.deepEqual(invocation.kind === "help" && invocation.argv, [
        "--root",
        "/r",
        line.split(" ")[0],
        "--help",
      ]);
    }
    assert.equal(read("create --help=false ID").kind, "container");
  });

  test("what versions of runc read differently is refused", () => {
    // 1.22.1 takes a lone "-" for the ID, ≥ 1.22.14 for the bundle.
    assert.match(reason("run ID --bundle -"), /versions of the runtime/);
    // In between, "-x" was an option of its own and the bundle the next word.
    assert.match(reason("create --bundle -x ID"), /"-x" is not known/);
    assert.equal(container("create --bundle -- ID").bundle, "--");
  });

  test("what some versions refuse has the meaning that the others give it", () => {
    // Only ≥ 1.22.14 moves the "--" to the front.
    assert.equal(container("create ID --").id, "ID");
    assert.match(reason("create ID -- --bundle B"), /exactly one container ID/);
  });

  test("numbers that Go and C read differently are refused", () => {
    for (const odd of ["010", "0x2", "+2", "-1", "1_0", "", "two", "99999999999"]) {
      assert.equal(
        parseInvocation(["create", "--preserve-fds", odd, "ID"], "runc").kind,
        "invalid",
      );
    }
  });

  test("a command line that is not UTF-8 is refused, and passed on where it starts nothing", () => {
    assert.equal(parseInvocation(["create", "--bundle", "/\udcff", "ID"], "runc").kind, "invalid");
    assert.equal(parseInvocation(["exec", "ID", "\udcff"], "runc").kind, "pass");
  });
});

describe("crun's command lines", () => {
  test("another config file is the one to judge, which runc has no option for", () => {
    for (const line of ["--config F ID", "--config=F ID", "-f F ID", "ID --config F"]) {
      for (const verb of ["create", "run"]) {
        assert.equal(container(`${verb} ${line}`, "crun").config, "F");
        assert.match(reason(`${verb} ${line}`, "runc"), /"--?(config|f)[^"]*" is not known/);
        assert.match(reason(`${verb} ${line}`, "unknown"), /is not known/);
      }
      assert.match(reason(`restore ${line}`, "crun"), /is not known/);
    }
    assert.equal(container("run --config E -f F ID", "crun").config, "F");
    assert.equal(container("run ID", "crun").config, undefined);
    assert.match(reason("run -fF ID", "crun"), /is not known/);
  });

  test("abbreviations and clusters are refused", () => {
    for (const line of [
      "--bund B ID",
      "--conf F ID",
      "-bB ID",
      "-dkeep ID",
      "--b B ID",
      "-db B ID",
    ]) {
      assert.match(reason(`run ${line}`, "crun"), /not known/);
    }
  });

  test("an option takes the next word, a switch none, and both may follow the ID", () => {
    assert.equal(container("run -d --bundle --keep ID", "crun").bundle, "--keep");
    assert.equal(container("run -d ID --pid-file f", "crun").id, "ID");
    assert.match(reason("run --detach=true ID", "crun"), /takes no value/);
    assert.equal(container("create -- -x", "crun").id, "-x");
  });

  test("a runtime of an unknown name must mean the same by both grammars", () => {
    assert.equal(container("create --bundle B ID", "unknown").bundle, "B");
    assert.equal(read("create -bundle=B ID", "unknown").kind, "invalid");
    assert.equal(read("create -bundle=B ID", "runc").kind, "container");
  });
});

const WORDS = [
  ..."ID1 ID2 B1 B2 --bundle -b --bundle=B1 -b=B2 -bundle --no-pivot --no-pivot=false".split(" "),
  ..."--no-pivot=maybe --pid-file --pid-file=p --keep -d --detach --detach=true -- - -x".split(" "),
  ..."--preserve-fds 2 --console-socket --help -h ---b --unknown -b= --bundle= -=".split(" "),
];
const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(...CONTAINER_VERBS, ...WORDS, "--lockc-policy", "--lockc-policy=x", "--root"),
    fc.string({ unit: "binary" }),
  ),
  { maxLength: 9 },
);

describe("any words at all", () => {
  test("have a reading, and pass or help never let a container start unseen", () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom("runc", "crun", "unknown"), (words, grammar) => {
        const invocation = parseInvocation(words, grammar as Grammar);
        if (invocation.kind === "pass") {
          // Whatever runs this has the same reading: it starts nothing.
          assert.equal(parseInvocation(invocation.argv, "runc").kind, "pass");
        }
        if (invocation.kind === "container") {
          const again = parseInvocation(invocation.argv, grammar as Grammar);
          assert.deepEqual(again, { ...invocation, policy: undefined });
        }
        if (invocation.kind === "help") {
          assert.match(invocation.argv.at(-1) as string, /^--(help|version)$/);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test("are handed on in order, each word the caller's", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const invocation = parseInvocation(words, "runc");
        if (!("argv" in invocation) || invocation.kind === "help") return;
        let from = 0;
        for (const word of invocation.argv) {
          const at = words.indexOf(word, from);
          assert.ok(at >= from, `${word} is not the caller's`);
          from = at + 1;
        }
        const dropped = words.length - invocation.argv.length;
        if (invocation.policy === undefined) assert.equal(dropped, 0);
      }),
      { numRuns: 5000 },
    );
  });
});
