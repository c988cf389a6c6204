// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { check } from "../../../core/judge/admission.ts";
import { isAtLeastAsStrict, looserAt } from "../../../core/policy/select.ts";
import { findHostPath, seesAll } from "../../../core/rule/host-path-entries.ts";
import { matchesName } from "../../../core/rule/kinds.ts";
import { pseudoAccess } from "../../../core/rule/pseudo-files.ts";
import { coversRule, effective, kindOf, RULE_NAMES } from "../../../core/rule/rules.ts";
import type { Host } from "../../../core/rule/subject.ts";
import type { RuleName, Rules, Written } from "../../../core/rule/values.ts";
import { listed } from "../../../core/words.ts";
import { WIDEST } from "../../../ctl/policy/resolve.ts";
import { ROWS } from "../../support/admission-rows.ts";
import { draftOf, fixture, type Setting, subjectOf } from "../../support/containers.ts";
import { policyOf, rules, VALUES } from "../../support/rule-values.ts";

const pair = (name: RuleName) => fc.tuple(VALUES[name], VALUES[name]) as fc.Arbitrary<unknown[]>;

/** Rules whose `add` makes a list longer of what is let through, and of what is asked for. */
const GROWING = RULE_NAMES.filter(
  (name) =>
    "allow" in kindOf(name).write(kindOf(name).widest) &&
    kindOf(name).widest === "any" &&
    name !== "hooks" &&
    name !== "network",
);
const ASKING = ["maskedPaths", "readonlyPaths"] as const;

for (const name of RULE_NAMES) {
  const { covers, lost, read, write, widest } = kindOf(name);
  const value = VALUES[name] as fc.Arbitrary<unknown>;

  describe(`a value of ${name}`, () => {
    test("covers itself, and the widest covers it", () => {
      fc.assert(
        fc.property(value, (one) => {
          assert.ok(covers(one, one));
          assert.ok(covers(widest, one));
        }),
      );
    });

    test("covers what one that it covers covers", () => {
      let seen = 0;
      fc.assert(
        fc.property(value, value, value, (wide, middle, narrow) => {
          if (!covers(wide, middle) || !covers(middle, narrow)) return;
          seen++;
          assert.ok(covers(wide, narrow));
        }),
        { numRuns: 500 },
      );
      assert.ok(seen > 10, `only ${seen} chains were tried`);
    });

    test("loses nothing to another exactly when that one covers it", () => {
      fc.assert(
        fc.property(pair(name), ([from, to]) => {
          assert.equal(lost(from, to).length === 0, covers(to, from));
          for (const word of lost(from, to)) assert.match(word, /\S/);
        }),
      );
    });

    test("is read as it is written", () => {
      fc.assert(
        fc.property(value, (one) => {
          const yaml = JSON.parse(JSON.stringify(write(one))) as Written;
          assert.deepEqual(read(yaml, widest), one);
        }),
      );
    });

    test("is inherited where nothing is written", () => {
      fc.assert(fc.property(value, (one) => assert.deepEqual(read({ mode: "audit" }, one), one)));
    });
  });
}

describe("add", () => {
  for (const name of GROWING) {
    test(`lets through at ${name} all that was let through before, and what is added`, () => {
      fc.assert(
        fc.property(pair(name), ([inherited, added]) => {
          if (added === "any") return;
          const sum = kindOf(name).read({ add: added }, inherited);
          assert.ok(kindOf(name).covers(sum, inherited));
          assert.ok(kindOf(name).covers(sum, added));
        }),
      );
    });
  }

  for (const name of ASKING) {
    test(`asks at ${name} for all that was asked for before`, () => {
      fc.assert(
        fc.property(VALUES[name], VALUES[name], (inherited, { paths }) => {
          const sum = kindOf(name).read({ add: paths }, inherited);
          assert.ok(kindOf(name).covers(inherited, sum));
        }),
      );
    });
  }

  test("says the last word on a pseudo file", () => {
    fc.assert(
      fc.property(VALUES.pseudoFiles, VALUES.pseudoFiles, (inherited, added) => {
        const sum = kindOf("pseudoFiles").read({ add: added }, inherited) as typeof added;
        for (const { filesystem, path } of added) {
          assert.equal(pseudoAccess(sum, filesystem, path), pseudoAccess(added, filesystem, path));
        }
      }),
    );
  });

  test("is one of the ways of exactly these rules", () => {
    assert.deepEqual(GROWING, [
      "hostNamespaces",
      "capabilities",
      "hostPaths",
      "mountTypes",
      "devices",
      "sysctls",
      "selinuxTypes",
      "groups",
      "hookEnvironment",
      "unsafeAnnotations",
    ]);
  });
});

describe("restrictions of pseudo files", () => {
  /** One name that no rule has, and as many components that each way of two rules shows. */
  const NAMES = ["a", "b", "c", "x", "z"];
  const deeper = (paths: readonly string[]) =>
    paths.flatMap((path) => NAMES.map((name) => `${path}/${name}`));
  const LEVELS = [1, 2, 3, 4, 5].reduce((levels) => [...levels, deeper(levels.at(-1)!)], [
    [""],
  ] as string[][]);
  const below = (top: string) =>
    LEVELS.slice(0, 4)
      .flat()
      .map((path) => `${top}${path}`);
  const EVERY = ["/", ...below("/ab"), ...below("/ab/c"), ...LEVELS.slice(1).flat()];
  const ORDER = ["none", "read-only", "own-cgroup", "read-write"];
  const rank = (one: Parameters<typeof pseudoAccess>[0], filesystem: string, path: string) =>
    ORDER.indexOf(pseudoAccess(one, filesystem, path));

  test("cover others exactly when no path can be used for less under them", () => {
    fc.assert(
      fc.property(VALUES.pseudoFiles, VALUES.pseudoFiles, (wide, narrow) => {
        const more = ["proc", "sysfs"].every((filesystem) =>
          EVERY.every((path) => rank(wide, filesystem, path) >= rank(narrow, filesystem, path)),
        );
        assert.equal(kindOf("pseudoFiles").covers(wide, narrow), more);
      }),
      {
        numRuns: 300,
        examples: [
          [
            [{ filesystem: "sysfs", path: "/ab", access: "none" }],
            [
              { filesystem: "sysfs", path: "/**/x", access: "read-write" },
              { filesystem: "sysfs", path: "/", access: "none" },
            ],
          ],
        ],
      },
    );
  });

  test("hold for what is below, the longest path first, the later of two that are alike", () => {
    const one = [
      { filesystem: "proc", path: "/sys", access: "read-only" },
      { filesystem: "proc", path: "/sys/kernel", access: "none" },
      { filesystem: "proc", path: "/sys/kernel/x", access: "read-write" },
      { filesystem: "proc", path: "/bus", access: "none" },
      { filesystem: "proc", path: "/bus", access: "read-only" },
    ] as const;
    const accesses = ["/sys/net", "/sys/kernel/y", "/sys/kernel/x/z", "/bus", "/system"].map(
      (path) => pseudoAccess(one, "proc", path),
    );
    assert.deepEqual(accesses, ["read-only", "none", "read-write", "read-only", "read-write"]);
    assert.equal(pseudoAccess(one, "sysfs", "/sys"), "read-write");
  });

  test("a name anywhere below is told of as it is written, also where only one looks for it", () => {
    const rule = (path: string, access: "none" | "read-only") =>
      ({ filesystem: "sysfs", path, access }) as const;
    const base = [rule("/", "read-only"), rule("/devices/**/block", "none")];
    const { lost } = kindOf("pseudoFiles");
    assert.deepEqual(lost([rule("/", "read-only")], base), ["sysfs:/devices/**/block read-only"]);
    // Opened below what is shut: no rule's own path shows it.
    const opened = [rule("/", "none"), base[1], rule("/devices/**/net", "read-only")];
    assert.deepEqual(lost(opened, base), ["sysfs:/devices/**/block/net read-only"]);
  });
});

test("WIDEST covers any policy, and one that only audits refuses nothing", () => {
  fc.assert(
    fc.property(rules, (its) => {
      assert.ok(isAtLeastAsStrict(policyOf("one", its), policyOf("widest", WIDEST)));
      const observed = Object.fromEntries(
        RULE_NAMES.map((name) => [name, { ...its[name], mode: "audit" }]),
      ) as unknown as Rules;
      assert.deepEqual(looserAt(policyOf("widest", WIDEST), policyOf("observed", observed)), []);
      for (const name of RULE_NAMES) {
        assert.deepEqual(effective(observed, name), WIDEST[name].value);
      }
    }),
    { numRuns: 50 },
  );
});

/** A policy at least as strict as `looser`: at each rule the candidate where that is covered. */
function stricterThan(looser: Rules, candidate: Rules): Rules {
  const its = RULE_NAMES.map((name) => [
    name,
    coversRule(looser, candidate, name) ? candidate[name] : looser[name],
  ]);
  return Object.fromEntries(its) as unknown as Rules;
}

/** A container that does one to four of the things that some row is about. */
const container = fc.uniqueArray(fc.nat({ max: ROWS.length - 1 }), { minLength: 1, maxLength: 4 });

const BASES = ["bookworm/docker-restricted.json", "bookworm/docker-default.json"];

test("what a policy admits, every policy that it is at least as strict as admits too", () => {
  let stricter = 0;
  let broken = 0;
  fc.assert(
    fc.property(
      rules,
      rules,
      container,
      fc.constantFrom(...BASES),
      fc.boolean(),
      (some, candidate, rows, file, twin) => {
        const base = fixture(file);
        const looser = policyOf("looser", some);
        const strict = policyOf("strict", stricterThan(some, candidate));
        assert.ok(isAtLeastAsStrict(strict, looser));
        if (!isAtLeastAsStrict(looser, strict)) stricter++;
        const config = draftOf(base);
        let setting: Setting = { from: base };
        let host: Partial<Host> = {};
        for (const row of rows.map((index) => ROWS[index]!)) {
          (twin ? row.admitted : row.refused)(config);
          setting = { ...setting, ...row.setting };
          host = { ...host, ...row.setting?.host };
        }
        const subject = subjectOf(config, { ...setting, host });
        const refused = (policy: typeof looser) =>
          check(policy, subject)
            .filter(({ result }) => result === "deny")
            .map(({ rule }) => rule);
        const byStrict = refused(strict);
        if (byStrict.length > 0) broken++;
        for (const rule of refused(looser)) assert.ok(byStrict.includes(rule), rule);
      },
    ),
    { numRuns: 1500 },
  );
  assert.ok(stricter > 1000 && broken > 500, `${stricter} stricter, ${broken} refused`);
});

test("names match themselves, or what begins like a pattern", () => {
  assert.ok(matchesName("net.ipv4.*", "net.ipv4.x"));
  assert.ok(matchesName("net.ipv4.*", "net.ipv4.*"));
  assert.ok(!matchesName("net.ipv4.*", "net.ipv4"));
  assert.ok(!matchesName("net.ipv4.x", "net.ipv4.xy"));
  assert.ok(!matchesName("net.*.x", "net.ipv4.x"));
  assert.ok(matchesName("*", ""));
});

test("of host paths the longest fitting one is found, for what the mount does", () => {
  const paths = [
    { path: "/srv", access: "read-only" },
    { path: "/srv/*", access: "read-write" },
    { path: "/srv/a", access: "read-only" },
  ] as const;
  assert.equal(findHostPath(paths, "/srv"), paths[0]);
  assert.equal(findHostPath(paths, "/srv/a/b"), paths[1]);
  assert.equal(findHostPath(paths, "/srv/a/b", true), paths[2]);
  assert.equal(findHostPath(paths, "/srvx"), undefined);
});

test("read-all is neither more nor less than another access: it reaches no socket", () => {
  const at = (access: "read-only" | "read-write" | "read-all", path = "/srv") =>
    ({ ...WIDEST, hostPaths: { mode: "enforce", value: [{ path, access }] } }) as const;
  const covers = (wide: ReturnType<typeof at>, narrow: ReturnType<typeof at>) =>
    coversRule(wide, narrow, "hostPaths");
  assert.ok(covers(at("read-all", "/"), at("read-all")));
  assert.ok(!covers(at("read-all", "/"), at("read-only")));
  assert.ok(!covers(at("read-only"), at("read-all")));
  assert.ok(!covers(at("read-all"), at("read-write")));
  assert.ok(!covers(at("read-write"), at("read-all")));
});

test("all of a place is seen read-only, where an entry says so", () => {
  const paths = [
    { path: "/", access: "read-all" },
    { path: "/srv/*", access: "read-only" },
  ] as const;
  assert.ok(seesAll(paths, "/", true));
  assert.ok(seesAll(paths, "/srv", true));
  assert.ok(!seesAll(paths.slice(1), "/srv/a", true));
  assert.ok(!seesAll(paths, "/", false));
  assert.ok(!seesAll("any", "/", true));
});

test("a list in a sentence ends after six", () => {
  assert.equal(listed([..."abcdef"]), "a, b, c, d, e, f");
  assert.equal(listed([..."abcdefgh"]), "a, b, c, d, e, f and 2 more");
  assert.equal(listed([]), "");
});
