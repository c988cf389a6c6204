// SPDX-License-Identifier: Apache-2.0
/**
 * Whatever README and docs tell people to type or write is tried by a test: here, as far as it is
 * decided by words alone, else in the test that CLAIMS names. A block that nobody claims fails.
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse } from "yaml";
import { validate as validateSettings } from "../core/generated/settings-validator.js";
import { RULES } from "../core/rule/rules.ts";
import { formatFindings } from "../ctl/doctor/lines.ts";
import { parseCommandLine } from "../ctl/grammar/parse.ts";
import { resolvePolicies } from "../ctl/policy/resolve.ts";
import { readPolicyFile, readPolicySources } from "../ctl/policy/sources.ts";
import { PLAIN } from "../ctl/screen/terminal.ts";
import { formatStatus } from "../ctl/status/lines.ts";
import { formatReasons } from "../ctl/verb/why.ts";
import { TOP } from "../tool/compile-bpf.ts";
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

const DOCUMENTS = [
  "README.md",
  ...readdirSync(join(TOP, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

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
    "$ sudo lockctl doctor": ["test/ctl/verb/doctor.test.ts", "its default runtime is runc"],
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
