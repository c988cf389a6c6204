// SPDX-License-Identifier: Apache-2.0
/** Each test belongs to one tier, and no tier passes by running nothing. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, test } from "node:test";
import pack from "../../package.json" with { type: "json" };
import { TOP } from "../../tool/compile-bpf.ts";
import { noteQuickPassed, quickPassedOn, treeDigest } from "../../tool/passed.ts";
import { run } from "../../tool/run.ts";
import { ALL_RELEASES, CHOICE, chosenReleases, partsOf, SUITES } from "../../tool/tiers.ts";

const folder = mkdtempSync(join(tmpdir(), "lockc-tiers-"));
after(() => rmSync(folder, { recursive: true }));

const filesOf = (pattern: string) => globSync(pattern, { cwd: TOP }).sort();

describe("every test", () => {
  test("in test/vm belongs to one tier, on each of its releases", () => {
    const suites = filesOf("test/vm/*.test.ts").map((file) => basename(file, ".test.ts"));
    assert.deepEqual(Object.keys(SUITES).sort(), suites);
    const pairs = (["quick", "rest"] as const)
      .flatMap(partsOf)
      .flatMap(({ suite, releases }) => (releases ?? ["whole"]).map((on) => `${suite} ${on}`));
    const wanted = Object.entries(SUITES).flatMap(([suite, place]) =>
      (place === "by release" ? ALL_RELEASES : ["whole"]).map((on) => `${suite} ${on}`),
    );
    assert.deepEqual(pairs.sort(), wanted.sort());
  });

  test("that goes by release asks which ones it is to run on, and no other does", () => {
    for (const [suite, place] of Object.entries(SUITES)) {
      const text = readFileSync(join(TOP, `test/vm/${suite}.test.ts`), "utf8");
      assert.equal(text.includes("chosenReleases()"), place === "by release", suite);
    }
  });

  test("elsewhere is named once by npm's scripts", () => {
    const { "test:unit": unit, "test:budgets": budgets } = pack.scripts;
    const named = `${unit} ${budgets}`.match(/test\/[^\s"]+/g)!.flatMap(filesOf);
    const others = filesOf("test/**/*.test.ts").filter((file) => !file.startsWith("test/vm/"));
    assert.ok(others.length > 100, `${others.length} files`);
    assert.deepEqual(named.sort(), others);
  });
});

describe("the releases that a suite is to run on", () => {
  test("are all where nothing is said, else those that are named", () => {
    assert.deepEqual(chosenReleases(undefined), ALL_RELEASES);
    assert.deepEqual(chosenReleases("sid trixie"), ["trixie", "sid"]);
  });

  test("are never none", () => {
    for (const wrong of ["", " ", "bookwurm", "bookworm,sid", "constructor"]) {
      assert.throws(
        () => chosenReleases(wrong),
        /LOCKC_TEST_RELEASES has '.*', which is none of/,
        wrong,
      );
    }
  });
});

describe("npm run test:vm", () => {
  const HEAD = 'import { describe, test } from "node:test";\n';
  const runSuite = (name: string, text: string) => {
    const file = join(folder, `${name}.test.ts`);
    writeFileSync(file, HEAD + text);
    // Else the runner takes this test for its parent, and reports to it.
    const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
    const env = { ...rest, [CHOICE]: "bookworm trixie" };
    const program = join(TOP, "tool/test-vm.ts");
    return spawnSync(process.execPath, [program, file], { encoding: "utf8", env });
  };

  test("passes when a test passes", () => {
    assert.equal(runSuite("one", 'test("one", () => {});').status, 0);
  });

  for (const [name, text] of [
    ["empty", ""],
    ["hollow", 'describe("bookworm", () => {});'],
    ["skipped", 'test("one", { skip: true }, () => {});'],
  ] as const) {
    test(`fails when a suite runs nothing: ${name}`, () => {
      const { status, stderr } = runSuite(name, text);
      assert.match(stderr, new RegExp(`${name}\\.test\\.ts ran without a test`));
      assert.equal(status, 1);
    });
  }

  test("fails when a suite leaves out a release that it is to run on", () => {
    const on = (release: string) => `describe("${release}", () => test("one", () => {}));\n`;
    const { status, stderr } = runSuite("confinement", on("bookworm"));
    assert.match(stderr, /confinement\.test\.ts ran without trixie\n/);
    assert.equal(status, 1);
    assert.equal(runSuite("confinement", on("bookworm") + on("trixie")).status, 0);
  });

  test("refuses a tier that there is not", () => {
    const program = join(TOP, "tool/test-vm.ts");
    const words = [program, "--tier", "slow", "--list"];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    assert.match(stderr, /there is no tier 'slow'/);
    assert.equal(status, 1);
  });
});

test("that npm test passed counts for the same files only", () => {
  const tree = mkdtempSync(join(folder, "tree-"));
  run("git", ["init", "-q", tree]);
  writeFileSync(join(tree, ".gitignore"), "build/\n");
  writeFileSync(join(tree, "a.ts"), "1\n");
  const digest = treeDigest(tree);
  assert.equal(quickPassedOn(digest, tree), undefined);
  noteQuickPassed(digest, tree);
  assert.match(quickPassedOn(treeDigest(tree), tree) ?? "", /^\d{4}-/);
  writeFileSync(join(tree, "a.ts"), "2\n");
  assert.equal(quickPassedOn(treeDigest(tree), tree), undefined);
  writeFileSync(join(tree, "a.ts"), "1\n");
  writeFileSync(join(tree, "b.ts"), "");
  assert.equal(quickPassedOn(treeDigest(tree), tree), undefined);
});
