// SPDX-License-Identifier: Apache-2.0
/** Completion in real shells on terminals of their own: keys go in, and what lockctl is given comes out. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { formsOf } from "../../ctl/grammar/read.ts";
import { VERBS } from "../../ctl/verbs.ts";
import { TOP } from "../../tool/compile-bpf.ts";
import { kindOf, renderBash, renderZsh } from "../../tool/completion.ts";
import { requireTools } from "../../tool/run.ts";

const folder = mkdtempSync(join(tmpdir(), "lockc-completion-"));
const at = (path: string) => join(folder, path);
const BASH = "share/bash-completion/completions/lockctl";
const ZSH = "share/zsh/vendor-completions/_lockctl";

/** A container may call itself so, if its engine lets it. */
const HOSTILE = `x$(touch ${at("pwned")})`;
const CONTAINERS = [
  { id: "c0ffee", name: "web", policy: "baseline" },
  { id: HOSTILE, name: null, policy: "baseline" },
  { id: "c0ffee2", name: `\`touch ${at("pwned")}\``, policy: "baseline" },
];

/** The real lockctl where it is asked for names; else it notes what it was given. */
const LOCKCTL = `#!/bin/sh
case "$1 $2 $3" in
"policy list --json") exec ${process.execPath} ${join(TOP, "ctl/entry.ts")} "$@" ;;
"container list --json") exec cat ${at("containers.json")} ;;
esac
printf '%s\\n' "$@" >${at("given.new")} && mv ${at("given.new")} ${at("given")}
`;

/** Sends each line of keys to a shell and prints what lockctl was given; two lines for one line. */
const HARNESS = `
zmodload zsh/zpty zsh/zselect
zpty -b shell $1
for keys in "\${(@f)$(cat)}"; do
  rm -f ${at("given")}
  zpty -w -n shell "\${(g::)keys}"
  for ((try = 0; try < 1000; try++)); do
    zpty -r shell drained
    [[ -e ${at("given")} ]] && break
    zselect -t 2
  done
  print -r -- "\${(j: :)\${(@f)$(cat ${at("given")} 2>/dev/null)}}"
done
zpty -d shell
`;

before(() => {
  requireTools("zsh", "bash", "/usr/share/bash-completion/bash_completion");
  const files = {
    [BASH]: renderBash(),
    [ZSH]: renderZsh(),
    "bin/lockctl": LOCKCTL,
    "containers.json": JSON.stringify(CONTAINERS, null, 2),
    "home/.zshrc": `fpath=(${dirname(at(ZSH))} $fpath)\nautoload -Uz compinit; compinit -D -u\n`,
    "a file.yaml": "",
    "directory/config.json": "",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  chmodSync(at("bin/lockctl"), 0o755);
});
after(() => rmSync(folder, { recursive: true }));

/** What lockctl was given after these keys; \t is Tab. */
function type(shell: "bash" | "zsh", keys: readonly string[]): string[] {
  const command = {
    bash: "bash --noprofile --rcfile /usr/share/bash-completion/bash_completion -i",
    zsh: "zsh -d -i",
  }[shell];
  const { stdout, stderr, status } = spawnSync("zsh", ["-f", "-c", HARNESS, "harness", command], {
    cwd: folder,
    input: keys.map((each) => `lockctl ${each}\\n`).join("\n"),
    encoding: "utf8",
    timeout: 120_000,
    env: {
      PATH: `${at("bin")}:${process.env.PATH}`,
      HOME: at("home"),
      ZDOTDIR: at("home"),
      XDG_DATA_DIRS: at("share"), // where bash-completion looks for a command's own
      TERM: "xterm",
      LC_ALL: "C.UTF-8",
    },
  });
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split("\n");
}

/** Keys → the words that lockctl is given. */
const TYPED: Readonly<Record<string, string>> = {
  "unl\\t --fo\\t": "unload --force",
  "pol\\tval\\t a\\t": "policy validate a file.yaml",
  "policy validate x.yaml a\\t": "policy validate x.yaml a file.yaml",
  "policy show restr\\t": "policy show restricted",
  "policy diff base\\tpriv\\t": "policy diff baseline privileged",
  "policy explain --pol\\tres\\t": "policy explain --policy restricted",
  "policy explain --policy=res\\t": "policy explain --policy=restricted",
  "policy explain --id we\\t--js\\t": "policy explain --id web --json",
  "policy explain --bundle dir\\t --js\\t": "policy explain --bundle directory/ --json",
  "help policy exp\\t": "help policy explain",
  "policy show -- base\\t": "policy show -- baseline",
  "status nothing\\t": "status nothing",
  "nonsense --f\\t": "nonsense --f",
};

for (const shell of ["bash", "zsh"] as const) {
  test(`${shell} completes commands, flags, and their policies, containers and files`, () => {
    const normal = (words: string) =>
      // zsh puts the equals sign itself, and no slash after a directory's name is whole.
      shell === "zsh"
        ? words.replace(/(--(?:policy|bundle))[ =]/, "$1=").replace("/ ", " ")
        : words;
    const given = type(shell, Object.keys(TYPED)).map(normal);
    assert.deepEqual(given, Object.values(TYPED).map(normal));
  });

  test(`${shell} runs nothing that a container's name says`, () => {
    assert.deepEqual(type(shell, ["policy explain --id x\\t", "policy explain --id c0\\t2"]), [
      "policy explain --id x",
      "policy explain --id c0ffee2",
    ]);
    assert.ok(!existsSync(at("pwned")));
  });
}

describe("the grammar", () => {
  /** Asks bash's function for its answer to a command line that ends at the cursor. */
  function offered(words: readonly string[]): string[] {
    const script = `source ${at(BASH)}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }
      _lockctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync(
      "bash",
      ["--norc", "-c", script, "bash", "lockctl", ...words],
      {
        encoding: "utf8",
        cwd: folder,
        env: { PATH: `${at("bin")}:${process.env.PATH}` },
      },
    );
    assert.equal(stderr, "");
    return stdout.split("\n").filter(Boolean);
  }

  for (const [name, { options, operands }] of Object.entries(VERBS)) {
    const flags = formsOf(options);
    test(`bash offers "${name}" and all its flags, each once`, () => {
      const words = name.split(" ");
      assert.ok(offered(words).includes(words.at(-1)!));
      const all = [...flags.map(([flag]) => flag), "--help"].sort();
      assert.deepEqual(offered([...words, "-"]).sort(), all);
      const [first] = all;
      assert.ok(!offered([...words, first!, "-"]).includes(first!));
      const [operand = ""] = operands;
      if (kindOf(operand) === "policy") assert.ok(offered([...words, ""]).includes("baseline"));
      if (kindOf(operand) === "container") assert.ok(offered([...words, ""]).includes("c0ffee"));
      if (kindOf(operand) === "file") assert.ok(offered([...words, ""]).includes("a file.yaml"));
      for (const [flag, , { value = "" }] of flags) {
        const kind = kindOf(value);
        if (kind === "policy") assert.ok(offered([...words, flag, ""]).includes("offline"), flag);
        if (kind === "container") assert.ok(offered([...words, flag, ""]).includes("web"), flag);
        if (kind === "directory") {
          assert.deepEqual(offered([...words, flag, "dir"]), ["directory"], flag);
        }
      }
    });

    test(`zsh knows "${name}" and all its flags`, () => {
      const arm = renderZsh().split(`    "${name}")`)[1]!.split(";;")[0]!;
      for (const flag of [...flags.map(([flag]) => flag), "--help"]) {
        assert.ok(arm.includes(`'${flag}[`) || arm.includes(`'${flag}=[`), flag);
      }
      assert.ok(renderZsh().includes(`'${name.split(" ").at(-1)}:`), name);
    });
  }
});

test("both scripts are what their shells and shellcheck take without a word", () => {
  requireTools("shellcheck");
  const checks = [
    ["bash", "-n", at(BASH)],
    ["zsh", "-n", at(ZSH)],
    ["shellcheck", "--shell=bash", at(BASH)],
  ];
  for (const [program = "", ...args] of checks) {
    const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8" });
    assert.equal(stdout + stderr, "");
    assert.equal(status, 0, program);
  }
});
