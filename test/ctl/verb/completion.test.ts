// SPDX-License-Identifier: Apache-2.0
/** Completion in real shells on terminals of their own: keys go in, and what lockctl is given comes out. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { SCRIPTS } from "../../../ctl/grammar/shells.ts";
import { bundle } from "../../../tool/bundle.ts";
import { requireTools } from "../../../tool/run.ts";

const folder = mkdtempSync(join(tmpdir(), "lockc-completion-"));
const at = (path: string) => join(folder, path);
const BASH = "share/bash-completion/completions/lockctl";
const ZSH = "share/zsh/vendor-completions/_lockctl";
const FISH = "share/fish/vendor_completions.d/lockctl.fish";

/** lockctl where it is asked what may follow (a container has a hostile name); else it notes what it was given. */
const LOCKCTL = `#!/bin/sh
case "$*" in
"__complete "*) exec ${process.execPath} ${at("completing.cjs")} "$@" ;;
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

before(async () => {
  requireTools("zsh", "bash", "/usr/share/bash-completion/bash_completion");
  const files = {
    [BASH]: SCRIPTS.bash,
    [ZSH]: SCRIPTS.zsh,
    [FISH]: SCRIPTS.fish,
    "completing.cjs": await bundle("test/support/completing.ts", false),
    "bin/lockctl": LOCKCTL,
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

test("fish completes the same, and runs nothing that a container's name says", () => {
  requireTools("fish");
  const completed = (line: string) => {
    const script = `source ${at(FISH)}; complete -C ${JSON.stringify(`lockctl ${line}`)}`;
    const { stdout, stderr, status } = spawnSync("fish", ["--no-config", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${at("bin")}:${process.env.PATH}`,
        HOME: at("home"),
        LC_ALL: "C.UTF-8",
      },
    });
    assert.equal(status, 0, stderr);
    const lines = stdout.split("\n").filter(Boolean);
    return lines.map((each) => each.split("\t")[0]!);
  };
  const lines: Record<string, string[]> = {
    unl: ["unload"],
    "policy sh": ["show"],
    "policy show restr": ["restricted"],
    "policy explain --policy=res": ["--policy=restricted"],
    "policy explain --id we": ["web"],
    "policy explain --bundle dir": ["directory/"],
    "policy explain --bundle=dir": ["--bundle=directory/"],
    "policy validate a": ["a file.yaml"],
    "status nothing": [],
    "policy explain --id x": [],
  };
  for (const [line, words] of Object.entries(lines)) assert.deepEqual(completed(line), words, line);
  assert.ok(!existsSync(at("pwned")));
});

test("the scripts are what their shells and shellcheck take without a word", () => {
  requireTools("shellcheck", "fish");
  const checks = [
    ["bash", "-n", at(BASH)],
    ["zsh", "-n", at(ZSH)],
    ["shellcheck", "--shell=bash", at(BASH)],
    ["fish", "--no-execute", at(FISH)],
  ];
  for (const [program = "", ...args] of checks) {
    const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8" });
    assert.equal(stdout + stderr, "");
    assert.equal(status, 0, program);
  }
});
