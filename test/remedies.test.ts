// SPDX-License-Identifier: Apache-2.0
/**
 * What lockc's own words tell people to type is tried by a test: messages, help, man pages, the
 * installer, comments of policies and settings, sentences of README and docs. A command that
 * nobody claims fails, and so does one that lockctl itself would not take. Blocks of README and
 * docs: documents.test.ts.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseCommandLine } from "../ctl/grammar/parse.ts";
import { VERBS } from "../ctl/verbs.ts";
import { TOP } from "../tool/compile-bpf.ts";

/** What people read, or is installed for them to read. */
const SOURCES = globSync(
  [
    ...["{core,ctl,shim}/**/*.{ts,sh}", "tool/manual.ts", "schemas/*.json"],
    ...["policy/**/*.yaml", "etc/*", "install.sh", "README.md", "docs/*.md"],
  ],
  // Its scripts name lockctl to shells, which test/ctl/verb/completion.test.ts tries.
  { cwd: TOP, exclude: ["ctl/grammar/shells.ts"] },
);

/** The manual as it is generated; golden.test.ts holds it against its sources. */
const PAGES = join(TOP, "test/golden/texts");

/** A file's words without what only its authors read; values that are put in are one word. */
function wordsOf(file: string): string {
  const text = readFileSync(join(TOP, file), "utf8");
  const said = /\.ts$/.test(file)
    ? text.replace(/^\s*(\*|\/\*|\/\/).*$/gm, "").replace(/ \/\/ .*$/gm, "")
    : /\.sh$/.test(file)
      ? text.replace(/^ *#.*$/gm, "").replace(/^\s*(systemctl|chmod|\[|if|elif|!) .*$/gm, "")
      : /\.md$/.test(file)
        ? text.match(/`[^`]+`/g)!.join("\n")
        : text.replace(/^ *#+ ?/gm, "");
  return said.replace(/\$\{[^{}]*\}/g, "VALUE").replace(/\s+/g, " ");
}

// ---- lockctl's own -----------------------------------------------------------------

/** What stands behind the name where it is no command: "lockctl is killed". */
const PROSE = new Set(
  "brings could goes has is itself cannot knows made of says takes comes whether".split(" "),
);

/** Each command that begins in a text, up to the end of its phrase. */
function commandsIn(text: string): string[][] {
  return [...text.matchAll(/(?<![-/.\w])lockctl"?((?: +(?!lockctl)[^\s"'`;:,()|]+)+)/g)].map(
    ([, rest = ""]) => {
      const words = rest.trim().split(/ +/);
      const end = words.findIndex((word) => /[.\]]$/.test(word));
      return (end < 0 ? words : words.slice(0, end + 1)).map((word) => word.replace(/[.\]]+$/, ""));
    },
  );
}

/** The command with its flags, as CLAIMS has it; the words behind it may be the sentence's. */
function shapeOf(words: readonly string[]): string {
  if (["help", "--help", "--version"].includes(words[0]!)) return words[0]!;
  const name = Object.keys(VERBS).find((each) => `${words.join(" ")} `.startsWith(`${each} `));
  assert.ok(name, `lockctl takes no "${words.join(" ")}"`);
  const taken = words.findLastIndex((_, at) => isTaken(words.slice(0, at + 1)));
  const length = Math.max(taken + 1, name.split(" ").length);
  const next = words[length];
  assert.ok(!next?.startsWith("-"), `lockctl ${name} takes no "${next}"`);
  const flags = words.slice(0, length).filter((word) => word.startsWith("-") && word !== "-");
  return [name, ...flags].join(" ");
}

function isTaken(words: readonly string[]): boolean {
  try {
    return parseCommandLine(words).kind !== "help";
  } catch {
    return false;
  }
}

/** Where a command is tried: the test, with words by which it runs it; one word: why it is not. */
type Claim = readonly [test: string, words: string] | readonly [reason: string];

const CLAIMS: Readonly<Record<string, Claim>> = {
  "--help": ["test/ctl/main.test.ts", '["--help"]'],
  help: ["test/ctl/main.test.ts", '["help", "policy"]'],
  "engine list": ["test/vm/policies.test.ts", "lockctl engine list"],
  "engine register": ["test/vm/policies.test.ts", "lockctl engine register docker"],
  "engine register --default": ["test/ctl/engine/registration.test.ts", "default"],
  "engine register --policy": ["test/vm/policies.test.ts", "register docker --policy restricted"],
  load: ["test/vm/lockctl.test.ts", '"lockctl load'],
  unload: ["test/vm/lockctl.test.ts", '"lockctl unload"'],
  "unload --force": ["test/vm/lockctl.test.ts", '"lockctl unload --force"'],
  status: ["test/vm/lockctl.test.ts", '"lockctl status"'],
  doctor: ["test/vm/lockctl.test.ts", "lockctl doctor --json"],
  metrics: ["test/vm/lockctl.test.ts", '"lockctl metrics"'],
  "metrics --textfile": ["test/ctl/main.test.ts", 'run("metrics", "--textfile")'],
  watch: ["test/ctl/screen/screen.test.ts", "watch --interval"],
  "report --bundle": ["test/vm/lockctl.test.ts", "lockctl report --bundle"],
  "policy show": ["test/ctl/main.test.ts", 'run("policy", "show"'],
  report: ["test/vm/lockctl.test.ts", "lockctl report --bundle"],
  events: ["test/vm/events.test.ts", '"lockctl events --json"'],
  "events --json": ["test/vm/events.test.ts", '"lockctl events --json"'],
  "events --follow": ["test/vm/events.test.ts", "lockctl events --follow"],
  why: ["test/vm/policies.test.ts", "`lockctl why $"],
  learn: ["test/vm/lockctl.test.ts", '"lockctl learn box'],
  completion: ["test/ctl/main.test.ts", "completion fish"],
  "policy list": ["test/ctl/main.test.ts", 'run("policy", "list")'],
  "policy diff": ["test/remedies.test.ts", '"policy diff baseline restricted"'],
  "policy validate": ["test/ctl/main.test.ts", 'run("policy", "validate"'],
  "policy explain": ["test/vm/policies.test.ts", "lockctl policy explain $"],
  "policy explain --compose": ["test/remedies.test.ts", '"policy explain --compose -"'],
  "policy reload": ["test/vm/policies.test.ts", "lockctl policy reload"],
  "policy reload --running": ["test/vm/policies.test.ts", "lockctl policy reload --running"],
  "container list": ["test/vm/policies.test.ts", '"lockctl container list"'],
  "container policy": [
    "test/ctl/verb/container/change-policy.test.ts",
    ": lockctl (container policy",
  ],
  "container policy --force": ["test/vm/lockctl.test.ts", "lockctl container policy box"],
};

const found = SOURCES.flatMap((file) =>
  commandsIn(wordsOf(file))
    .filter(([first]) => !PROSE.has(first!) && !/^(VALUE|\.I|\\)/.test(first!))
    .map((words) => ({ file, words })),
);

function assertRuns(claim: Claim): void {
  const [file, words] = claim;
  if (words === undefined) return;
  assert.ok(readFileSync(join(TOP, file), "utf8").includes(words), `${file} lacks "${words}"`);
}

test("each command of lockctl that its words name is one that it takes, and is tried", () => {
  assert.ok(found.length > 100, String(found.length));
  for (const { file, words } of found) {
    const shape = shapeOf(words);
    const claim = CLAIMS[shape];
    assert.ok(claim, `${file}: no test tries "lockctl ${shape}": name one in CLAIMS`);
    assertRuns(claim);
  }
});

test("no claim is for a command that nobody names", () => {
  const shapes = new Set(found.map(({ words }) => shapeOf(words)));
  assert.deepEqual(
    Object.keys(CLAIMS).filter((shape) => !shapes.has(shape)),
    [],
  );
});

test("a command that lockctl would not take is found", () => {
  const shapes = (text: string) => commandsIn(text).map(shapeOf);
  assert.deepEqual(shapes("run lockctl load, then lockctl policy reload --running"), [
    "load",
    "policy reload --running",
  ]);
  for (const wrong of ["lockctl laod", "lockctl policy shwo x", "lockctl unload --froce."]) {
    assert.throws(() => shapes(`so run ${wrong}`), /lockctl .*takes no/, wrong);
  }
});

// ---- other programs ----------------------------------------------------------------

/** What begins a command that is to be typed, not a sentence about one. */
const BEGINNINGS =
  /(?<![-\w/.])(systemctl (?:enable|restart)|mount -\w|chown root \S|chmod 0\d|ln -s|docker compose|docker volume|docker run --runtime|podman --runtime|update-grub)[^;,"'`()|…]*/g;

/** How it begins, with values as they are put in → where it is tried. */
const OTHERS: Readonly<Record<string, Claim>> = {
  "systemctl enable --now lockc-events.service": [
    "test/vm/events.test.ts",
    "systemctl enable --now $",
  ],
  "systemctl enable --now lockc-metrics.service": [
    "test/vm/install.test.ts",
    "--now lockc-metrics",
  ],
  "systemctl restart docker": [
    "for Docker 23 and later, which no guest with systemd has; builds.test.ts gives dockerd what it then gets",
  ],
  "systemctl restart containerd": ["no guest with systemd runs containerd by itself"],
  "systemctl restart crio": ["CRI-O is in no release of Debian"],
  "mount -t securityfs": ["test/remedies.test.ts", "doctor's words for mounts"],
  "chmod 0700 VALUE": ["test/remedies.test.ts", "doctor's words for mounts"],
  "chown root VALUE": ["test/remedies.test.ts", "doctor's words for mounts"],
  "chown root and chmod": ["what it names is a file of the host that was spoiled"],
  "docker compose config": [
    "Debian's docker.io has no compose; what it prints is in test/remedies.test.ts",
  ],
  "docker volume create": ["test/vm/volumes.test.ts", "docker volume create"],
  "docker run --runtime lockc-restricted": [
    "test/vm/policies.test.ts",
    "--user 1000 --cap-drop ALL",
  ],
  "docker run --runtime VALUE": ["test/vm/policies.test.ts", "--runtime lockc-restricted"],
  "docker run --runtime lockc": ["test/vm/docker.test.ts", "--runtime lockc"],
  "podman --runtime": ["test/vm/engines.test.ts", "podman --runtime $"],
  "update-grub": ["guests have no GRUB; they boot with the parameter that it would set"],
};

test("each command for other programs is tried, but for those that say why not", () => {
  const files = SOURCES.filter((file) => !file.startsWith("policy/examples/")); // run as they stand
  const named = files.flatMap((file) =>
    [...wordsOf(file).matchAll(BEGINNINGS)].map(([command]) => ({ file, command })),
  );
  for (const { file, command } of named) {
    const claim = Object.entries(OTHERS).find(([start]) => command.startsWith(start))?.[1];
    assert.ok(claim, `${file}: no test tries "${command}": name one in OTHERS`);
    assertRuns(claim);
  }
  for (const start of Object.keys(OTHERS)) {
    assert.ok(
      named.some(({ command }) => command.startsWith(start)),
      start,
    );
  }
  const examples = readFileSync(join(TOP, "test/vm/examples.test.ts"), "utf8");
  assert.ok(examples.includes("its commands do what they say"));
});

test("doctor's words for mounts do what they are for", () => {
  const doctor = readFileSync(join(TOP, "ctl/doctor/kernel-checks.ts"), "utf8");
  const [securityfs] = /mount -t securityfs [^"]*/.exec(doctor)!;
  const [chmod] = /chmod 0700 \$\{where\}/.exec(doctor)!;
  const [chown] = /chown root \$\{where\}/.exec(doctor)!;
  const script = `mount --make-rprivate /
mount -t tmpfs none /sys/kernel
mkdir /sys/kernel/security; ${securityfs}; stat -f -c %T /sys/kernel/security
mount -t bpf -o mode=1777 bpf /sys/fs/bpf
where=/sys/fs/bpf; ${chmod}; stat -c %a $where
chown 65534 $where; ${chown}; stat -c %U $where`;
  const { stdout, stderr } = spawnSync("unshare", ["-m", "sh", "-ec", script], {
    encoding: "utf8",
  });
  assert.deepEqual([stdout, stderr], ["securityfs\n700\nroot\n", ""]);
});

// ---- lockctl by itself, as a program -------------------------------------------------

const ask = (command: string, input = "") =>
  spawnSync(process.execPath, [join(TOP, "ctl/entry.ts"), ...command.split(" ")], {
    encoding: "utf8",
    input,
  });

test("what needs no kernel half runs as it is named", () => {
  assert.match(ask("policy diff baseline restricted").stdout, /^"restricted" refuses what/);
  const compose = "name: shop\nservices:\n  web: { image: busybox, privileged: true }\n";
  const explained = ask("policy explain --compose -", compose);
  assert.match(explained.stdout, /^container {3}web\n/, explained.stderr);
  assert.equal(explained.status, 1);
  assert.match(explained.stdout, /\nrefused\n$/);
});

// ---- EXAMPLES of man pages -----------------------------------------------------------

/** Begins so → the test that tries it; lockctl's are judged by its grammar. */
const EXAMPLE_CLAIMS: Readonly<Record<string, Readonly<Record<string, Claim>>>> = {
  "man1/lockctl.1": {
    "lockctl status": ["test/vm/lockctl.test.ts", '"lockctl status"'],
    "sudo lockctl load": ["test/vm/lockctl.test.ts", '"lockctl load'],
    "docker run --runtime lockc …": ["test/vm/docker.test.ts", "--runtime lockc"],
    "lockctl policy diff baseline restricted": ["test/remedies.test.ts", "baseline restricted"],
  },
  "man1/lockc-runc.1": {
    '{ "runtimes": { "lockc-privileged"': ["test/vm/policies.test.ts", "runtimeArgs"],
    "podman --runtime /usr/bin/lockc-runc run …": ["test/vm/engines.test.ts", "podman --runtime $"],
  },
  "man5/lockc.yaml.5": {
    "defaultPolicy: baseline": ["test/tool/manual.test.ts", "SETTINGS_EXAMPLE"],
  },
  "man5/lockc-policy.5": { "name: shop": ["test/tool/manual.test.ts", "POLICY_EXAMPLE"] },
};

/** Terms and blocks of a page's examples, as they are shown. */
function examplesOf(page: string): string[] {
  const [, part] = /^\.SH EXAMPLES\n(.*?)(?=^\.SH )/ms.exec(page) ?? [];
  const shown = (part ?? "")
    .replaceAll("\\-", "-")
    .replaceAll("\\[u2026]", "…")
    .replaceAll("\\(aq", "'");
  const terms = [...shown.matchAll(/^\.TP\n\\fB(.*)\\fR$/gm)].map(([, term]) => term!);
  const blocks = [...shown.matchAll(/^\.nf\n([\s\S]*?)^\.fi$/gm)].map(([, text]) => text!);
  return [...terms, ...blocks];
}

test("each example of a man page is tried, and no page has any that is not known", () => {
  const pages = globSync("man*/*", { cwd: PAGES });
  const named = pages.flatMap((page) =>
    examplesOf(readFileSync(join(PAGES, page), "utf8")).map((text) => ({ page, text })),
  );
  for (const { page, text } of named) {
    const claims = Object.entries(EXAMPLE_CLAIMS[page] ?? {});
    const claim = claims.find(([start]) => text.startsWith(start))?.[1];
    assert.ok(claim, `${page}: no test tries "${text}": name one in EXAMPLE_CLAIMS`);
    assertRuns(claim);
    const [, words] = /^(?:sudo )?lockctl (.*)$/.exec(text) ?? [];
    if (words !== undefined) assert.ok(isTaken(words.split(" ")), text);
  }
  const count = Object.values(EXAMPLE_CLAIMS).flatMap((claims) => Object.keys(claims)).length;
  assert.equal(named.length, count, "each claim is for an example that is there");
});
