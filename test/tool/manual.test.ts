// SPDX-License-Identifier: Apache-2.0
/** The man pages say what --help and the schemas say, in roff that formatters take without a word. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ERRORS } from "../../core/errors.ts";
import { validate as validatePolicy } from "../../core/generated/policy-validator.js";
import { validate as validateSettings } from "../../core/generated/settings-validator.js";
import { RULE_NAMES } from "../../core/rule/rules.ts";
import { membersOf } from "../../ctl/grammar/find.ts";
import { formatHelp } from "../../ctl/grammar/help.ts";
import { parseCommandLine } from "../../ctl/grammar/parse.ts";
import { formsOf } from "../../ctl/grammar/read.ts";
import { ExitStatus } from "../../ctl/grammar/verb.ts";
import { parseYaml } from "../../ctl/policy/document.ts";
import { VERBS } from "../../ctl/verbs.ts";
import policySchema from "../../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../../schemas/settings.schema.json" with { type: "json" };
import { POLICY_EXAMPLE, renderManual, SETTINGS_EXAMPLE } from "../../tool/manual.ts";
import { requireTools } from "../../tool/run.ts";

const EDITION = {
  version: "1.2.3",
  date: "2026-01-31",
  policies: { baseline: "Ordinary containers; `code`, \\backslash and 'quotes'." },
};
const pages = renderManual(EDITION);
const folder = mkdtempSync(join(tmpdir(), "lockc-manual-"));

before(() => {
  requireTools("man", "mandoc");
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
after(() => rmSync(folder, { recursive: true }));

/** As a reader sees it, every run of spaces one. */
function shown(path: string): string {
  const { status, stdout, stderr } = spawnSync("man", ["-l", join(folder, path)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "1000", MANPAGER: "cat" },
  });
  assert.equal(status, 0, stderr);
  return stdout.replace(/\s+/g, " ");
}

const plain = (text: string) => text.replaceAll("`", "").replace(/\s+/g, " ").trim();

describe("each page", () => {
  for (const path of pages.keys()) {
    test(`${path} is formatted without a warning and found by its name`, () => {
      const file = join(folder, path);
      const lint = spawnSync("mandoc", ["-T", "lint", "-W", "all", file], { encoding: "utf8" });
      assert.equal(lint.stdout + lint.stderr, "");
      const groff = spawnSync("man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", file], {
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C.UTF-8", MANROFFSEQ: "" },
      });
      assert.equal(groff.stderr, "");
      assert.equal(groff.status, 0);
      const name = spawnSync("lexgrog", [file], { encoding: "utf8" });
      const title = path.replace(/^man\d\/(.*)\.\d$/, "$1");
      assert.ok(name.stdout.includes(`"${title} - `), name.stdout + name.stderr);
    });
  }
});

describe("lockctl(1)", () => {
  const text = () => shown("man1/lockctl.1");

  test("has every command with its explanation, flags and operands", () => {
    const page = text();
    for (const [name, { summary, explanation, options, operands }] of Object.entries(VERBS)) {
      assert.ok(page.includes(`lockctl ${name} `), name);
      const [first = "", ...rest] = plain(summary);
      assert.ok(page.includes(`${first.toUpperCase()}${rest.join("")}.`), `${name}: ${summary}`);
      for (const paragraph of explanation.split("\n\n")) {
        assert.ok(page.includes(plain(paragraph)), `${name}: ${paragraph}`);
      }
      for (const [, form, { meaning }] of formsOf(options)) {
        const [start = "", ...more] = plain(meaning);
        const told = `${form} ${start.toUpperCase()}${more.join("")}.`;
        assert.ok(page.includes(told), `${name}: ${told}`);
      }
      const usage = /^.*?(?=: )/.exec(helpText(name))![0];
      assert.ok(page.includes(`${usage} `), usage);
      for (const operand of operands) assert.ok(usage.includes(operand));
    }
  });

  test("has every exit status", () => {
    const page = text();
    for (const status of Object.values(ExitStatus))
      assert.match(page, new RegExp(` ${status} [A-Z]`));
  });

  test("is there for each first word too, as man lockctl WORD asks for it", () => {
    const words = new Set(Object.keys(VERBS).map((name) => name.split(" ")[0]!));
    for (const word of words) {
      const page = shown(`man1/lockctl-${word}.1`);
      const names = VERBS[word] ? [word] : membersOf(word).map((each) => `${word} ${each}`);
      for (const name of names) {
        const last = VERBS[name]!.explanation.split("\n\n").at(-1)!;
        assert.ok(page.includes(plain(last)), name);
      }
    }
  });
});

function helpText(name: string): string {
  const command = parseCommandLine([...name.split(" "), "--help"]);
  return command.kind === "help" ? plain(formatHelp(command.about, 1000)) : assert.fail(name);
}

test("lockc-policy(5) has every rule, lockc.yaml(5) every key, each with its description", () => {
  const policy = shown("man5/lockc-policy.5");
  for (const [key, { description }] of Object.entries(policySchema.properties)) {
    assert.ok(policy.includes(` ${key} ${plain(description)}`), key);
  }
  assert.deepEqual(
    RULE_NAMES.filter((name) => !policy.includes(` ${name} `)),
    [],
  );
  assert.ok(policy.includes("baseline Ordinary containers; code, \\backslash and 'quotes'."));
  const settings = shown("man5/lockc.yaml.5");
  for (const [key, { description }] of Object.entries(settingsSchema.properties)) {
    assert.ok(settings.includes(` ${key} ${plain(description)}`), key);
  }
});

test("lockc-runc(1) has every error", () => {
  const page = shown("man1/lockc-runc.1");
  for (const [code, meaning] of Object.entries(ERRORS)) {
    assert.ok(page.includes(`${code} ${meaning}`), code);
  }
});

test("the examples are valid, and are shown as they are", () => {
  parseYaml("shop.yaml", POLICY_EXAMPLE, validatePolicy, policySchema);
  parseYaml("lockc.yaml", SETTINGS_EXAMPLE, validateSettings, settingsSchema);
  assert.ok(shown("man5/lockc-policy.5").includes(plain(POLICY_EXAMPLE)));
  assert.ok(shown("man5/lockc.yaml.5").includes(plain(SETTINGS_EXAMPLE)));
});

test("text that looks like a request of roff stays text", () => {
  const risky = { ...EDITION, policies: { odd: ".so /etc/passwd\n\n'br \\fB x\\n(.z ~ ^ é → …" } };
  const text = renderManual(risky).get("man5/lockc-policy.5")!;
  const file = join(folder, "man5/odd.5");
  writeFileSync(file, text);
  assert.ok(shown("man5/odd.5").includes(".so /etc/passwd 'br \\fB x\\n(.z ~ ^ é → …"));
});
