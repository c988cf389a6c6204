// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import fc from "fast-check";
import { validate as validatePolicy } from "../../../core/generated/policy-validator.js";
import { isAtLeastAsStrict } from "../../../core/policy/select.ts";
import { kindOf, RULE_NAMES } from "../../../core/rule/rules.ts";
import type { Rules } from "../../../core/rule/values.ts";
import type { Places } from "../../../ctl/host/places.ts";
import { comparePolicies } from "../../../ctl/policy/compare.ts";
import { compile, compileKernelRules } from "../../../ctl/policy/compile.ts";
import { type ResolvedPolicy, resolvePolicies } from "../../../ctl/policy/resolve.ts";
import {
  findPolicy,
  readPolicies,
  readPolicyFile,
  readPolicySources,
} from "../../../ctl/policy/sources.ts";
import { formatDifference } from "../../../ctl/verb/policy/diff.ts";
import { listPolicies } from "../../../ctl/verb/policy/list.ts";
import { formatPolicy, writePolicy } from "../../../ctl/verb/policy/show.ts";
import { validateFiles } from "../../../ctl/verb/policy/validate.ts";

const TOP = join(import.meta.dirname, "../../..");
const BUILT_IN = join(TOP, "policy");
const SCRATCH = mkdtempSync(join(tmpdir(), "lockc-policies-"));
const OWN = join(SCRATCH, "etc/policy");
const PLACES: Places = {
  object: "/none",
  policies: [BUILT_IN, OWN],
  settings: join(SCRATCH, "etc/lockc.yaml"),
  runtime: "/none",
  lock: "/none",
  entrances: [],
  docker: "/none",
  bpffs: "/none",
  pins: "/none",
};

after(() => rmSync(SCRATCH, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(SCRATCH, { recursive: true, force: true });
  mkdirSync(OWN, { recursive: true });
});

function write(file: string, text: string): string {
  const path = join(SCRATCH, file);
  writeFileSync(path, text);
  return path;
}

const policy = (name: string, rest = "", folder = "etc/policy") =>
  write(`${folder}/${name}.yaml`, `name: ${name}\ndescription: ${name}.\n${rest}`);

describe("validate", () => {
  /** What is said of each file: undefined when it is valid. */
  const said = (...files: string[]) =>
    validateFiles(PLACES, files).map(({ error }) => error?.message.replaceAll(`${SCRATCH}/`, ""));

  test("what is no text is told so, and nothing of it is printed", () => {
    for (const bytes of [
      Buffer.from("name: x\0"),
      Buffer.from("name: \x1b[31mx"),
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x80]),
      Buffer.from([0x6e, 0x3a, 0x20, 0xff]),
    ]) {
      const file = join(OWN, "x.yaml");
      writeFileSync(file, bytes);
      assert.deepEqual(said(file), ["etc/policy/x.yaml: it is not text"]);
      rmSync(file);
      writeFileSync(PLACES.settings, bytes);
      assert.deepEqual(said(PLACES.settings), ["etc/lockc.yaml: it is not text"]);
      rmSync(PLACES.settings);
    }
    policy("x", "# größe\t文\r\n");
    assert.deepEqual(said(join(OWN, "x.yaml")), [undefined]);
  });

  test("an entry of hostPaths that leads nowhere is warned of, where it stands", () => {
    const root = realpathSync(SCRATCH);
    mkdirSync(join(root, "there"));
    const entry = (path: string) => `    - { path: ${root}/${path}, access: read-only }\n`;
    policy(
      "x",
      `extends: baseline\nhostPaths:\n  add:\n${["there", "there/*", "gone", "gone/*"].map(entry).join("")}`,
    );
    const [{ warnings, error } = assert.fail()] = validateFiles(PLACES, [join(OWN, "x.yaml")]);
    assert.equal(error, undefined);
    const where = `${join(OWN, "x.yaml")}:`;
    assert.deepEqual(warnings, [
      `${where}8:9: hostPaths.add[2].path: "${root}/gone" leads nowhere on this host`,
      `${where}9:9: hostPaths.add[3].path: "${root}/gone/*" leads nowhere on this host`,
    ]);
  });

  test("every built-in policy and every example is valid, by any name of its file", () => {
    const files = [BUILT_IN, join(BUILT_IN, "examples")].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => join(folder, name)),
    );
    assert.ok(files.length >= 6);
    assert.deepEqual(
      said(...files),
      files.map(() => undefined),
    );
    const before = process.cwd();
    process.chdir(join(BUILT_IN, "examples"));
    try {
      assert.deepEqual(said("../baseline.yaml", "database.yaml", "./database.yaml"), [
        undefined,
        undefined,
        undefined,
      ]);
    } finally {
      process.chdir(before);
    }
  });

  test("each file is judged for itself, and a fault of one hides no other's", () => {
    const good = policy("good", "extends: baseline");
    const bad = policy("bad", "bpf: { allow: no }");
    const worse = policy("worse", "mode: warn");
    assert.deepEqual(said(good, bad, worse, join(SCRATCH, "none.yaml")), [
      undefined,
      'etc/policy/bad.yaml:3:8: bpf.allow: "no" is not true or false',
      'etc/policy/worse.yaml:3:1: mode: "warn" is not one of enforce, audit',
      "none.yaml: it does not exist",
    ]);
  });

  test("a policy whose base is broken is told what is wrong with the base", () => {
    policy("base", "bpf: {}");
    const child = policy("child", "extends: base");
    const fault = "etc/policy/base.yaml:3:1: bpf: it says nothing; its keys are mode, allow";
    assert.deepEqual(said(child), [fault]);
    policy("base", "bpf: { allow: true }");
    assert.deepEqual(said(child), [undefined]);
  });

  test("what a file extends must be among this host's policies", () => {
    const draft = policy("draft", "extends: bse", "");
    assert.deepEqual(said(draft), ['draft.yaml:3:1: extends: no policy is called "bse"']);
    policy("bse");
    assert.deepEqual(said(draft), [undefined]);
  });

  test("a draft stands in for the policy that it is to replace", () => {
    policy("web", "extends: baseline");
    const draft = policy("web", "extends: web", "");
    assert.deepEqual(said(draft), ['web.yaml:3:1: extends: policy "web" extends itself']);
    // A built-in one stays where it is, and can be extended by its own name.
    const baseline = policy("baseline", "extends: baseline", "");
    assert.deepEqual(said(baseline), [undefined]);
    policy("baseline", "extends: baseline\nbpf: { allow: true }");
    assert.deepEqual(said(baseline), [undefined]);
  });

  test("a policy that is installed is not taken for another one when it is named differently", () => {
    const list = Array.from(
      { length: 120 },
      (_, i) => `    - { filesystem: proc, path: /${i}, access: none }\n`,
    );
    policy("web", `extends: baseline\npseudoFiles:\n  add:\n${list.join("")}`);
    const before = process.cwd();
    process.chdir(OWN);
    try {
      assert.deepEqual(said("web.yaml", "./web.yaml", join(OWN, "web.yaml")), [
        undefined,
        undefined,
        undefined,
      ]);
    } finally {
      process.chdir(before);
    }
  });

  test("a policy that is too large for the kernel is refused before a load would", () => {
    const list = Array.from(
      { length: 800 },
      (_, i) => `    - { filesystem: proc, path: /long/path/${i}, access: none }\n`,
    );
    const file = policy("web", `pseudoFiles:\n  restrict:\n${list.join("")}`);
    assert.match(
      said(file)[0]!,
      /^etc\/policy\/web\.yaml: policy "web" takes \d+ bytes when compiled/,
    );
  });

  test("settings that name a runtime which is none are not valid: a reload would refuse them", () => {
    assert.match(said(write("lockc.yaml", "runtime: /nowhere/runc\n"))[0]!, /does not exist$/);
  });

  test("a file called lockc.yaml is read as settings, wherever it is", () => {
    const file = write("lockc.yaml", "defaultPolicy: web\n");
    assert.match(said(file)[0]!, /^lockc\.yaml:1:1: defaultPolicy: no policy is called "web"; /);
    policy("web", "extends: baseline");
    assert.deepEqual(said(file), [undefined]);
    assert.deepEqual(said(join(TOP, "etc/lockc.yaml")), [undefined]);
  });
});

describe("list", () => {
  test("policies come by name, each with what it extends and its file", () => {
    policy("web", "extends: offline");
    policy("baseline", "extends: baseline");
    const listed = listPolicies(PLACES).policies.map(({ name, extends: bases, file }) => [
      name,
      bases,
      file,
    ]);
    assert.deepEqual(listed, [
      ["baseline", ["baseline"], join(OWN, "baseline.yaml")],
      ["offline", ["baseline", "baseline"], join(BUILT_IN, "offline.yaml")],
      ["privileged", [], join(BUILT_IN, "privileged.yaml")],
      ["restricted", ["baseline", "baseline"], join(BUILT_IN, "restricted.yaml")],
      ["web", ["offline", "baseline", "baseline"], join(OWN, "web.yaml")],
    ]);
    assert.deepEqual(Object.keys(listPolicies(PLACES).policies[0]!), [
      "name",
      "description",
      "extends",
      "file",
    ]);
  });
});

describe("show", () => {
  test("a name that no policy has is answered with the nearest, or with all", () => {
    assert.throws(() => findPolicy(PLACES, "basline"), {
      code: "LOCKC_E_POLICY",
      message: 'no policy is called "basline"',
      hint: 'did you mean "baseline"?',
    });
    assert.throws(() => findPolicy(PLACES, "x"), {
      hint: "there are baseline, offline, privileged, restricted",
    });
    assert.equal(findPolicy(PLACES, "offline").name, "offline");
  });

  const sources = [
    ...readPolicySources([BUILT_IN]),
    ...readPolicySources([join(BUILT_IN, "examples")]),
  ];
  for (const original of resolvePolicies(sources)) {
    test(`what is shown of ${original.name} is a policy file of its own with the same rules`, () => {
      const text = formatPolicy(original);
      assert.ok(text.startsWith(`# ${original.file}`));
      const file = write(`${original.name}.yaml`, text);
      const again = readPolicyFile(file);
      assert.equal(again.written.extends, undefined);
      const [policy] = resolvePolicies([again]);
      assert.deepEqual(restricting(policy!), restricting(original));
      assert.deepEqual(policy!.description, original.description);
      assert.deepEqual(compileKernelRules(policy!.rules), compileKernelRules(original.rules));
      assert.deepEqual(comparePolicies(original, policy!), []);
      const written = JSON.parse(JSON.stringify(writePolicy(original)));
      assert.ok(validatePolicy(written));
      assert.deepEqual(written, again.written);
    });
  }

  /** Its rules without those that restrict nothing, whose mode says nothing. */
  function restricting({ rules }: ResolvedPolicy): Partial<Rules> {
    const kept = RULE_NAMES.filter((name) => {
      const { covers, widest } = kindOf(name);
      return !covers(rules[name].value, widest);
    });
    return Object.fromEntries(kept.map((name) => [name, rules[name]]));
  }

  test("names, descriptions and paths that YAML would read otherwise are quoted", () => {
    const description = "'no': [x], # \"y\"\\n: & * !";
    for (const name of ["no", "123", "1e3", "null", "0x1"]) {
      write(
        `etc/policy/${name}.yaml`,
        `name: "${name}"\ndescription: ${JSON.stringify(description)}\nsysctls: { allow: ["1", "1.5", "null"] }\n`,
      );
      const file = write(`${name}.yaml`, formatPolicy(findPolicy(PLACES, name)));
      assert.equal(readPolicyFile(file).written.description, description);
    }
  });

  test("audited rules are shown as such, and what restricts nothing is left out", () => {
    policy("web", "mode: audit\nbpf: { allow: false }\nkernelLog: { allow: true }");
    assert.deepEqual(writePolicy(findPolicy(PLACES, "web")), {
      name: "web",
      description: "web.",
      bpf: { mode: "audit", allow: false },
    });
    assert.deepEqual(Object.keys(writePolicy(findPolicy(PLACES, "privileged"))), [
      "name",
      "description",
    ]);
  });
});

describe("diff", () => {
  const diff = (from: string, to: string) =>
    comparePolicies(findPolicy(PLACES, from), findPolicy(PLACES, to));
  const told = (from: string, to: string) => {
    const [one, other] = [findPolicy(PLACES, from), findPolicy(PLACES, to)];
    return formatDifference(one, other, comparePolicies(one, other));
  };

  test("a policy differs from itself in nothing, nor from one that adds nothing to it", () => {
    policy("web", "extends: baseline");
    assert.deepEqual(diff("baseline", "baseline"), []);
    assert.deepEqual(diff("baseline", "web"), []);
    assert.equal(told("baseline", "web"), '"baseline" and "web" let the same through\n');
  });

  test("each rule that differs is told with what is lost and what is won", () => {
    policy("from", "extends: baseline\nhostPaths: { allow: [{ path: /srv, access: read-write }] }");
    policy(
      "to",
      "extends: baseline\nhostPaths: { allow: [{ path: /srv/x, access: read-only }, { path: /opt, access: read-only }] }\nbpf: { allow: true }",
    );
    assert.deepEqual(diff("from", "to"), [
      { rule: "hostPaths", refused: ["/srv read-write"], allowed: ["/opt read-only"] },
      { rule: "bpf", refused: [], allowed: ["true"] },
    ]);
    assert.equal(
      told("from", "to"),
      `"to" refuses what "from" lets through:
  hostPaths         /srv read-write

"to" lets through what "from" refuses:
  hostPaths         /opt read-only
  bpf               the bpf system call
`,
    );
  });

  test("words of a list share lines that fit a screen, and none is lost", () => {
    const text = told("baseline", "restricted");
    assert.match(
      text,
      /^ {2}capabilities +AUDIT_WRITE, CHOWN, DAC_OVERRIDE, .*\n {2}capabilities +\w/m,
    );
    const words = [...text.matchAll(/^ {2}capabilities +(.*)$/gm)].flatMap(([, line]) =>
      line!.split(", "),
    );
    assert.deepEqual(words, diff("baseline", "restricted")[0]!.refused);
    for (const line of text.split("\n")) assert.ok(line.length <= 100, line);
  });

  test("a rule that is only audited refuses nothing", () => {
    policy("audited", "extends: baseline\nbpf: { mode: audit }");
    assert.deepEqual(diff("baseline", "audited"), [
      { rule: "bpf", refused: [], allowed: ["true"] },
    ]);
  });

  test("restricted refuses what baseline lets through, and lets nothing more through", () => {
    const differences = diff("baseline", "restricted");
    assert.deepEqual(
      differences.map(({ rule }) => rule),
      [
        ...["capabilities", "hostPaths", "seccomp", "maskedPaths", "readonlyPaths", "nonRoot"],
        ...["noNewPrivileges", "moduleRequests", "userNamespaces", "pseudoFiles"],
      ],
    );
    for (const { allowed, refused } of differences) {
      assert.ok(allowed.length === 0 && refused.length > 0);
    }
  });

  test("every rule's difference is told in words, whichever way it goes", () => {
    policy(
      "strict",
      `${readFileSync(join(BUILT_IN, "baseline.yaml"), "utf8").replace(/^(#|name|desc|moduleR|filelessM).*\n/gm, "")}
nonRoot: { require: true }
noNewPrivileges: { require: true }
moduleRequests: { allow: false }
filelessMappings: { allow: false }
userNamespaces: { allow: false }
network: { allow: loopback }
`,
    );
    const text = told("privileged", "strict");
    for (const rule of RULE_NAMES)
      assert.match(text, new RegExp(`^  ${rule} +\\S.{8,}$`, "m"), rule);
    for (const line of text.split("\n")) assert.doesNotMatch(line, / (true|false|any|never|kept)$/);
    assert.match(text, /^ {2}hooks +any program$/m);
    assert.match(text, /^ {2}oomScoreAdj +values as low as -1000$/m);
    assert.match(text, /^ {2}network +any network$/m);
    assert.match(text, /^ {2}maskedPaths +a container in which \/proc\/kcore is not hidden$/m);
    assert.match(
      told("baseline", "restricted"),
      /^ {2}maskedPaths +a container with a user namespace of its own in which they are not hidden$/m,
    );
    const lines = (all: string) => all.split("\n").filter((line) => line.startsWith("  "));
    assert.deepEqual(lines(told("strict", "privileged")), lines(text));
  });

  test("nothing is refused exactly where one policy is at least as strict as the other", () => {
    const names = ["baseline", "offline", "privileged", "restricted"];
    const policies = [
      ...readPolicies([BUILT_IN]),
      ...resolvePolicies([
        ...readPolicySources([BUILT_IN]),
        ...readPolicySources([join(BUILT_IN, "examples")]),
      ]).filter(({ name }) => !names.includes(name)),
    ];
    const mixed = fc
      .tuple(
        fc.constantFrom(...policies),
        fc.constantFrom(...policies),
        fc.array(fc.boolean(), { minLength: RULE_NAMES.length, maxLength: RULE_NAMES.length }),
      )
      .map(([one, other, choice]): ResolvedPolicy => {
        const rules = RULE_NAMES.map((rule, i) => [rule, (choice[i] ? one : other).rules[rule]]);
        return { ...one, rules: Object.fromEntries(rules) as Rules };
      });
    fc.assert(
      fc.property(mixed, mixed, (from, to) => {
        const differences = comparePolicies(from, to);
        const refuses = differences.some(({ refused }) => refused.length > 0);
        const allows = differences.some(({ allowed }) => allowed.length > 0);
        assert.equal(!refuses, isAtLeastAsStrict(compile(from), compile(to)));
        assert.equal(!allows, isAtLeastAsStrict(compile(to), compile(from)));
        const swapped = comparePolicies(to, from).map(({ rule, refused, allowed }) => ({
          rule,
          refused: allowed,
          allowed: refused,
        }));
        assert.deepEqual(differences, swapped);
      }),
    );
  });
});

test("an example becomes a policy of the host by being copied, as its comment says", () => {
  for (const name of readdirSync(join(BUILT_IN, "examples"))) {
    copyFileSync(join(BUILT_IN, "examples", name), join(OWN, name));
    assert.equal(findPolicy(PLACES, basename(name, ".yaml")).file, join(OWN, name));
  }
});

describe("an entry of hostPaths that is a link", () => {
  const entries = (...paths: readonly string[]) =>
    `hostPaths:\n  allow:\n${paths.map((path) => `    - { path: ${path}, access: read-only }\n`).join("")}`;
  const shown = (...paths: readonly string[]) => {
    policy("x", entries(...paths));
    const { value } = findPolicy(PLACES, "x").rules.hostPaths;
    return value === "any" ? [] : value.map(({ path }) => path);
  };
  let root: string;
  beforeEach(() => {
    root = mkdtempSync("/run/lockc-links-"); // below /tmp others make links
    mkdirSync(join(root, "real/inner"), { recursive: true });
    symlinkSync("real", join(root, "link"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("has the name that it leads to as well, in show and in what is loaded", () => {
    assert.deepEqual(shown(`${root}/link/inner`), [`${root}/link/inner`, `${root}/real/inner`]);
    assert.deepEqual(shown(`${root}/link/*`), [`${root}/link/*`, `${root}/real/*`]);
    assert.deepEqual(shown(`${root}/link/later`), [`${root}/link/later`, `${root}/real/later`]);
    assert.deepEqual(shown(`${root}/real`, `${root}/real/inner`), [
      `${root}/real`,
      `${root}/real/inner`,
    ]);
    assert.deepEqual(shown(`${root}/link`, `${root}/real`), [`${root}/link`, `${root}/real`]);
    symlinkSync(join(root, "link"), join(root, "other"));
    assert.deepEqual(shown(`${root}/other`), [`${root}/other`, `${root}/real`]);
    assert.match(
      formatPolicy(findPolicy(PLACES, "x")),
      new RegExp(`path: ${root}/other[^]*path: ${root}/real`),
    );
  });

  test("leads nowhere by the word of anybody but root, and that is warned of", () => {
    const mine = join(root, "mine");
    mkdirSync(mine);
    symlinkSync("/etc", join(mine, "etc"));
    const said = () =>
      validateFiles(PLACES, [join(OWN, "x.yaml")]).flatMap(({ warnings }) => warnings);
    assert.deepEqual(shown(`${mine}/etc`), [`${mine}/etc`, "/etc"]);
    assert.deepEqual(said(), []);
    lchownSync(join(mine, "etc"), 1000, 1000);
    assert.deepEqual(shown(`${mine}/etc`), [`${mine}/etc`]);
    assert.match(said().join(), new RegExp(`leads through ${mine}/etc, a link that others than`));
    lchownSync(join(mine, "etc"), 0, 0);
    chownSync(mine, 1000, 1000);
    assert.deepEqual(shown(`${mine}/etc`), [`${mine}/etc`]);
    chownSync(mine, 0, 0);
    chmodSync(mine, 0o777);
    assert.deepEqual(shown(`${mine}/etc`), [`${mine}/etc`]);
    symlinkSync("loop", join(root, "loop"));
    assert.deepEqual(shown(`${root}/loop`, "/proc/self/cwd"), [`${root}/loop`, "/proc/self/cwd"]);
  });
});
