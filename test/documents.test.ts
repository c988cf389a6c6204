// SPDX-License-Identifier: Apache-2.0
/**
 * Whatever README and the documents tell people to type or write is tried by a test: here, as far
 * as it is decided by words alone, else in the test that CLAIMS names. A block that nobody claims
 * fails. And each file that they name is there.
 */
import assert from "node:assert/strict";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, posix } from "node:path";
import { after, test } from "node:test";
import { parse } from "yaml";
import { validate as validateSettings } from "../core/generated/settings-validator.js";
import { HELD_RULES } from "../core/rule/bits.ts";
import { RULE_NAMES, RULES } from "../core/rule/rules.ts";
import { formatFindings } from "../ctl/doctor/lines.ts";
import { parseCommandLine } from "../ctl/grammar/parse.ts";
import { resolvePolicies } from "../ctl/policy/resolve.ts";
import { readPolicyFile, readPolicySources } from "../ctl/policy/sources.ts";
import { PLAIN } from "../ctl/screen/terminal.ts";
import { formatStatus } from "../ctl/status/lines.ts";
import { formatReasons } from "../ctl/verb/why.ts";
import pack from "../package.json" with { type: "json" };
import { TOP } from "../tool/compile-bpf.ts";
import { listDocuments } from "../tool/documents.ts";
import { run } from "../tool/run.ts";
import { FINDINGS, REASONS, WELL } from "./golden/subjects.ts";

interface Block {
  /** FILE:LINE */
  readonly at: string;
  readonly file: string;
  readonly text: string;
}

/** Blocks of documents: indented by four blanks after an empty line, or between fences. */
function blocksOf(file: string): Block[] {
  const text = readFileSync(join(TOP, file), "utf8");
  const found = text.matchAll(/(?<=\n\n)(?: {4}.*\n|\n+(?= {4}))+|^(```|~~~).*\n[\s\S]*?^\1$/gm);
  return [...found].map(({ 0: block, index }) => ({
    at: `${file}:${text.slice(0, index).split("\n").length}`,
    file,
    text: block.replace(/^ {4}/gm, "").trimEnd(),
  }));
}

const DOCUMENTS = listDocuments().filter((file) => file.endsWith(".md"));

const SCRATCH = mkdtempSync(join(tmpdir(), "lockc-documents-"));
after(() => rmSync(SCRATCH, { recursive: true }));

/** Kinds of blocks that can be judged by themselves; each says whether it is one, and asserts that it is right. */
const JUDGES: readonly ((block: Block) => boolean)[] = [
  function commands({ text }) {
    const lines = text.split("\n").map((line) => line.replace(/^sudo /, ""));
    if (!lines.every((line) => line.startsWith("lockctl "))) return false;
    for (const line of lines) {
      // An explanation stands behind some blanks.
      const [, words = ""] = /^lockctl (.*?)( \||$| {2,})/.exec(line) ?? [];
      parseCommandLine(words.replaceAll("…", "").split(" "));
    }
    return true;
  },
  function policy({ text: written }) {
    const keys = [...written.matchAll(/^[A-Za-z]+(?=:)/gm)].map(([key]) => key);
    const part = keys.length > 0 && keys.every((key) => key in RULES);
    const text = part ? `name: part\ndescription: One.\nextends: baseline\n${written}` : written;
    const [, name] = /^name: (.*)$/m.exec(text) ?? [];
    if (name === undefined || !/^description: /m.test(text) || text.startsWith("$ ")) return false;
    const file = join(SCRATCH, `${name}.yaml`);
    writeFileSync(file, text);
    const builtIn = readPolicySources([join(TOP, "policy")]);
    resolvePolicies([...builtIn, readPolicyFile(file)]);
    return true;
  },
  function settings({ text }) {
    if (!/^(# \/etc\/lockc\/lockc\.yaml$|guard: |requests: )/m.test(text)) return false;
    assert.ok(validateSettings(parse(text)), JSON.stringify(validateSettings.errors));
    return true;
  },
];

/** Begins so → the test that tries it, with words of that test by which it finds the block; or why nobody does. */
type Claim = readonly [test: string, words: string] | readonly [reason: string];

const CLAIMS: Readonly<Record<string, Readonly<Record<string, Claim>>>> = {
  "README.md": {
    "$ docker run --rm --runtime lockc -v /:/host": [
      "test/vm/install.test.ts",
      "README begins with",
    ],
    "./install.sh": ["test/vm/install.test.ts", "./install.sh"],
    "version = 2\n[plugins.": ["test/vm/snippets.test.ts", 'snippetAfter("containerd 1.6'],
    "[engine]\n": ["test/vm/snippets.test.ts", 'snippetAfter("Podman, /etc/containers'],
    "npm ci && npm test": ["it is what runs this test"],
  },
  "CONTRIBUTING.md": {
    "git clone URL": [
      "who sets it up runs them; npm run's verbs are compared with package.json below",
    ],
    "```ts\nexport const verb = defineVerb": [
      "test/ctl/grammar/verb.test.ts",
      "the verb that CONTRIBUTING.md shows",
    ],
  },
  "docs/architecture.md": {
    "engine ── argv": ["a drawing"],
    "refusals counted = ": ["test/vm/burst.test.ts", "refusals! + lost, count"],
  },
  "docs/events.md": {
    "$ docker run --rm --runtime lockc -v /etc:/host": ["test/vm/events.test.ts", "lockctl events"],
    "lockctl events --json | jq -s": ["test/ctl/event/events.test.ts", "docs/events.md"],
    '{ "level": "warn"': ["test/ctl/event/events.test.ts", "docs/events.md"],
    "$ lockctl why web": ["test/ctl/verb/why.test.ts", "not to be allowed"],
    "# what a policy costs": ["test/ctl/event/events.test.ts", "docs/events.md"],
  },
  "docs/first-steps.md": { "$ ": ["test/vm/install.test.ts", "docs/first-steps.md"] },
  "docs/operations.md": {
    "$ sudo lockctl status": ["test/ctl/kernel/load.test.ts", "formatStatus(status, PLAIN)"],
    "$ sudo lockctl doctor": ["test/ctl/doctor/doctor.test.ts", "its default runtime is runc"],
    "sudo lockctl metrics": ["test/vm/install.test.ts", "systemctl enable --now lockc-metrics"],
    "scrape_configs:": ["test/ctl/operations.test.ts", "promtool"],
    "groups:": ["test/ctl/operations.test.ts", "promtool"],
  },
  "docs/policies.md": {
    "mkdir -p /etc/lockc/policy\ncat": [
      "test/vm/policies.test.ts",
      "-v /opt/shop:/d:ro busybox cat",
    ],
  },
  "docs/performance.md": {
    "npm run bench -- --json": ["test/bench/document.test.ts", "performance.md"],
  },
};

/** As wide as the lines of a document. */
const LOOK = { ...PLAIN, width: 96 };

/** Screens, as the commands show them of the host of golden/subjects.ts: file → command → text. */
const SCREENS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  "docs/events.md": { "$ lockctl why web": () => formatReasons(REASONS, LOOK) },
  "docs/operations.md": {
    "$ sudo lockctl status": () => formatStatus(WELL, LOOK),
    "$ sudo lockctl doctor": () => formatFindings(FINDINGS, LOOK),
  },
};

function claimOf({ file, text }: Block): Claim | undefined {
  const claims = Object.entries(CLAIMS[file] ?? {});
  return claims.find(([start]) => text.startsWith(start))?.[1];
}

for (const block of DOCUMENTS.flatMap(blocksOf)) {
  test(`${block.at} is tried`, () => {
    const [command = "", ...lines] = block.text.split("\n");
    const screen = SCREENS[block.file]?.[command];
    if (screen !== undefined) {
      assert.deepEqual(lines, screen().trimEnd().split("\n"));
      return;
    }
    const claim = claimOf(block);
    if (claim === undefined) {
      assert.ok(
        JUDGES.some((judge) => judge(block)),
        `no test tries ${block.at}, "${block.text.split("\n")[0]}": name the one that runs it in CLAIMS`,
      );
      return;
    }
    const [file, words] = claim;
    if (words === undefined) return;
    assert.ok(readFileSync(join(TOP, file), "utf8").includes(words), `${file} lacks "${words}"`);
  });
}

test("each claim is for a block that is there", () => {
  const blocks = DOCUMENTS.flatMap(blocksOf);
  for (const [file, claims] of Object.entries(CLAIMS)) {
    assert.ok(existsSync(join(TOP, file)), file);
    for (const start of Object.keys(claims)) {
      assert.ok(
        blocks.some((block) => block.file === file && block.text.startsWith(start)),
        `${file} has no block that begins with "${start}"`,
      );
    }
  }
});

/** The rules that a table of docs/policies.md has a line for, in its order. */
function rulesOfTable(header: string): string[] {
  const text = readFileSync(join(TOP, "docs/policies.md"), "utf8");
  const table = text.slice(text.indexOf(header)).split("\n\n")[0]!;
  const rows = [...table.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)];
  return rows.flatMap(([, names = ""]) => names.replaceAll("`", "").split(", "));
}

test("docs/policies.md has a line for each rule that is judged, and no other", () => {
  const judged = RULE_NAMES.filter((name) => RULES[name].judge !== null);
  assert.deepEqual(rulesOfTable("| rule | PSS |"), judged);
});

test("docs/policies.md has a line for each rule that the kernel holds, and no other", () => {
  const lines = rulesOfTable("| rule | what |");
  assert.deepEqual(lines.toSorted(), HELD_RULES.toSorted());
});

// ---- what they name ---------------------------------------------------------------

const textOf = (file: string) => readFileSync(join(TOP, file), "utf8");

/** The fragment by which GitHub finds a heading. */
function fragmentOf(heading: string): string {
  const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return words.replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
}

const headingsOf = (file: string) =>
  [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => fragmentOf(heading!));

for (const file of DOCUMENTS) {
  test(`each link of ${file} leads somewhere`, () => {
    for (const [, target] of textOf(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target!)) continue;
      const [path = "", fragment] = target!.split("#");
      const to = path === "" ? file : posix.join(posix.dirname(file), path);
      assert.ok(existsSync(join(TOP, to)), `${target}: there is no ${to}`);
      if (fragment === undefined) continue;
      assert.ok(headingsOf(to).includes(fragment), `${target}: ${to} has no such heading`);
    }
  });
}

const LISTED = run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], TOP)
  .split("\n")
  .filter((path) => existsSync(join(TOP, path)));
const NAMES = new Set(LISTED.map((path) => basename(path)));

/** Below these a path is one of this tree, and not of a host. */
const FOLDERS = "bench|bpf|core|ctl|docs|etc|policy|schemas|shim|test|tool|vm";
const PATH = new RegExp(`(?<![\\w./$-])(?:${FOLDERS})/[\\w./*{},-]*[\\w*}]`, "g");
/** A source by its name alone. */
const NAME = /(?<![\w./*}-])[a-z][a-z0-9-]*(?:\.bpf\.[ch]|\.test\.ts|\.ts)\b/g;

/** Stand for whatever somebody calls his own. */
const MEANT_SO = /NAME|FILE|HOOK/;

test("each file of this tree that they name is there", () => {
  const lost: string[] = [];
  for (const file of DOCUMENTS) {
    const text = textOf(file);
    for (const [path] of text.matchAll(PATH)) {
      if (MEANT_SO.test(path) || globSync(path, { cwd: TOP }).length > 0) continue;
      lost.push(`${file}: ${path}`);
    }
    for (const [name] of text.matchAll(NAME)) {
      if (!NAMES.has(name)) lost.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(lost, []);
});

test("each verb of npm that they name is one, and CONTRIBUTING names all", () => {
  const named = (file: string) =>
    [...textOf(file).matchAll(/\bnpm (?:run (?:--silent )?([a-z][\w:]*)|(ci|test)\b)/g)].map(
      ([, verb, other]) => (verb ?? other)!,
    );
  const known = [...Object.keys(pack.scripts), "ci"];
  for (const file of DOCUMENTS) {
    const wrong = named(file).filter((verb) => !known.includes(verb));
    assert.deepEqual(wrong, [], file);
  }
  const [, table = ""] =
    /\n\| npm run … [\s\S]*?\n((?:\|.*\n)+)/.exec(textOf("CONTRIBUTING.md")) ?? [];
  for (const verb of Object.keys(pack.scripts)) {
    assert.match(table, new RegExp(`\`${verb}\\b`), verb);
  }
});
