// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Policy as WrittenPolicy } from "../../../core/generated/policy.ts";
import { kindOf, RULE_NAMES } from "../../../core/rule/rules.ts";
import {
  type ResolvedPolicy,
  resolvePolicies,
  resolvePolicy,
  type Source,
  WIDEST,
} from "../../../ctl/policy/resolve.ts";

type Rest = Omit<Partial<WrittenPolicy>, "name">;

/** A policy of the directory with number `of`; the place of a key is its path. */
function source(name: string, rest: Rest = {}, of = 0): Source {
  return {
    file: `${of}/${name}.yaml`,
    written: { name, description: `${name}.`, ...rest },
    locate: (path) => `${of}/${name}.yaml:${path.join(".")}`,
  };
}

function resolved(name: string, ...sources: readonly Source[]): ResolvedPolicy {
  const policy = resolvePolicies(sources).find((each) => each.name === name);
  assert.ok(policy, name);
  return policy;
}

const PATH = { path: "/srv", access: "read-only" } as const;
const OTHER = { path: "/home", access: "read-write" } as const;

describe("rules", () => {
  test("a policy that says nothing restricts nothing", () => {
    assert.deepEqual(resolved("a", source("a")).rules, WIDEST);
  });

  test("a rule that is left out is inherited, one that is written takes its place", () => {
    const base = source("base", { hostPaths: { allow: [PATH] }, bpf: { allow: false } });
    const { rules } = resolved("a", base, source("a", { extends: "base", bpf: { allow: true } }));
    assert.deepEqual(rules.hostPaths.value, [PATH]);
    assert.equal(rules.bpf.value, true);
    const { rules: narrower } = resolved(
      "a",
      base,
      source("a", { extends: "base", hostPaths: { allow: [] } }),
    );
    assert.deepEqual(narrower.hostPaths.value, []);
    assert.equal(narrower.bpf.value, false);
  });

  test("a key of a rule that is left out is inherited as well", () => {
    const base = source("base", {
      maskedPaths: { require: ["/proc/a"], unlessUserNamespace: true },
    });
    const { rules } = resolved(
      "a",
      base,
      source("a", { extends: "base", maskedPaths: { unlessUserNamespace: false } }),
    );
    assert.deepEqual(rules.maskedPaths.value, { paths: ["/proc/a"], unlessUserNamespace: false });
  });

  test("add goes on top of what is inherited, each item once", () => {
    const base = source("base", { hostPaths: { allow: [PATH] } });
    const child = source("a", { extends: "base", hostPaths: { add: [OTHER, PATH] } });
    assert.deepEqual(resolved("a", base, child).rules.hostPaths.value, [PATH, OTHER]);
    const grandchild = source("b", { extends: "a", hostPaths: { allow: [], add: [PATH] } });
    assert.deepEqual(resolved("b", base, child, grandchild).rules.hostPaths.value, [PATH]);
  });

  test("add to what allows anything leaves it so", () => {
    const base = source("base", { hostPaths: { allow: "any" } });
    const child = source("a", { extends: "base", hostPaths: { add: [PATH] } });
    assert.equal(resolved("a", base, child).rules.hostPaths.value, "any");
    // A rule that no policy writes allows anything too.
    const other = source("a", { extends: "base", devices: { add: [] } });
    assert.equal(resolved("a", base, other).rules.devices.value, "any");
  });

  test("add works for every rule that has it: paths to hide and pseudo files too", () => {
    const kcore = { filesystem: "proc", path: "/kcore", access: "none" } as const;
    const base = source("base", {
      maskedPaths: { require: ["/proc/a"] },
      pseudoFiles: { restrict: [kcore] },
    });
    const child = source("a", {
      extends: "base",
      maskedPaths: { add: ["/proc/b"] },
      pseudoFiles: { add: [{ ...kcore, path: "/keys" }] },
    });
    const { rules } = resolved("a", base, child);
    assert.deepEqual(rules.maskedPaths.value.paths, ["/proc/a", "/proc/b"]);
    assert.deepEqual(
      rules.pseudoFiles.value.map(({ path }) => path),
      ["/kcore", "/keys"],
    );
  });

  for (const [rule, instead] of [
    ["hostPaths", "allow"],
    ["capabilities", "allow"],
    ["maskedPaths", "require"],
    ["readonlyPaths", "require"],
    ["pseudoFiles", "restrict"],
  ] as const) {
    test(`${rule}.add without extends is refused and ${instead} is offered, with extends it is read`, () => {
      const written = { [rule]: { add: [] } } as Rest;
      assert.throws(() => resolved("a", source("a", written)), {
        code: "LOCKC_E_SETTINGS",
        message: `0/a.yaml:${rule}.add: ${rule}.add: there is nothing to add to, since the policy extends none`,
        hint: `write "${instead}" instead of "add", or name a policy with extends`,
      });
      resolved("a", source("base"), source("a", { ...written, extends: "base" }));
    });
  }
});

test("what may be read since it is mounted read-only is refused to who may mount", () => {
  const all = { hostPaths: { allow: [{ path: "/", access: "read-all" }] } } as Rest;
  const message = /^0\/a\.yaml:(hostPaths|mounting): hostPaths: "\/" with access: read-all, while/;
  const fault = { code: "LOCKC_E_SETTINGS", message };
  assert.throws(() => resolved("a", source("a", all)), fault);
  const mounting = (allow: boolean) => ({ mounting: { allow } }) as Rest;
  const base = source("base", { ...all, ...mounting(false) });
  resolved("a", base, source("a", { extends: "base" }));
  assert.throws(
    () => resolved("a", base, source("a", { extends: "base", ...mounting(true) })),
    fault,
  );
  const audited = { extends: "base", mode: "audit" } as Rest;
  resolved("a", base, source("a", audited)); // then it is not all that is let through
});

describe("modes", () => {
  const base = source("base", {
    bpf: { allow: false },
    mounting: { mode: "audit", allow: false },
  });

  test("a rule is enforced unless something says audit", () => {
    const { rules } = resolved("base", base);
    assert.deepEqual([rules.bpf.mode, rules.mounting.mode], ["enforce", "audit"]);
  });

  test("an inherited rule keeps its mode", () => {
    const { rules } = resolved("a", base, source("a", { extends: "base" }));
    assert.deepEqual([rules.bpf.mode, rules.mounting.mode], ["enforce", "audit"]);
  });

  test("the policy's mode holds for every rule, inherited or not, that it gives none of its own", () => {
    const audit = source("a", {
      extends: "base",
      mode: "audit",
      kernelLog: { allow: false },
      network: { mode: "enforce", allow: "loopback" },
    });
    const { rules } = resolved("a", base, audit);
    for (const name of RULE_NAMES) {
      assert.equal(rules[name].mode, name === "network" ? "enforce" : "audit", name);
    }
    const enforce = source("a", { extends: "base", mode: "enforce" });
    assert.equal(resolved("a", base, enforce).rules.mounting.mode, "enforce");
  });

  test("a rule's own mode holds whatever else is said, also without a value", () => {
    const child = source("a", { extends: "base", bpf: { mode: "audit" } });
    assert.deepEqual(resolved("a", base, child).rules.bpf, { mode: "audit", value: false });
    const both = source("a", { extends: "base", mode: "audit", bpf: { mode: "enforce" } });
    assert.deepEqual(resolved("a", base, both).rules.bpf, { mode: "enforce", value: false });
  });

  test("a rule that is written without a mode keeps the mode that it inherits", () => {
    const child = source("a", { extends: "base", mounting: { allow: false } });
    assert.equal(resolved("a", base, child).rules.mounting.mode, "audit");
  });
});

describe("extends", () => {
  test("policies come sorted, each with those it builds on, nearest first", () => {
    const policies = resolvePolicies([
      source("c", { extends: "b" }),
      source("b", { extends: "a" }),
      source("a"),
    ]);
    assert.deepEqual(
      policies.map(({ name, extends: bases, file }) => [name, bases, file]),
      [
        ["a", [], "0/a.yaml"],
        ["b", ["a"], "0/b.yaml"],
        ["c", ["b", "a"], "0/c.yaml"],
      ],
    );
  });

  test("of two policies of one name the later one counts, for those that extend it as well", () => {
    const builtIn = source("base", { bpf: { allow: false } });
    const child = source("a", { extends: "base" });
    const own = source("base", { bpf: { allow: true } }, 1);
    const policies = resolvePolicies([builtIn, child, own]);
    assert.deepEqual(
      policies.map(({ name, file }) => [name, file]),
      [
        ["a", "0/a.yaml"],
        ["base", "1/base.yaml"],
      ],
    );
    assert.equal(resolved("a", builtIn, child, own).rules.bpf.value, true);
    assert.equal(resolved("a", builtIn, child).rules.bpf.value, false);
  });

  test("an administrator's policy may extend the built-in one of its own name", () => {
    const builtIn = source("base", { hostPaths: { allow: [PATH] }, bpf: { allow: false } });
    const own = source("base", { extends: "base", hostPaths: { add: [OTHER] } }, 1);
    const child = source("a", { extends: "base" });
    const policy = resolved("base", builtIn, child, own);
    assert.deepEqual(policy.rules.hostPaths.value, [PATH, OTHER]);
    assert.equal(policy.rules.bpf.value, false);
    assert.deepEqual([policy.file, policy.extends], ["1/base.yaml", ["base"]]);
    assert.deepEqual(resolved("a", builtIn, child, own).rules, policy.rules);
    assert.deepEqual(resolved("a", builtIn, child, own).extends, ["base", "base"]);
  });

  test("a policy that extends itself is refused where no earlier one has its name", () => {
    const message = '0/a.yaml:extends: extends: policy "a" extends itself';
    assert.throws(() => resolved("a", source("a", { extends: "a" })), {
      code: "LOCKC_E_SETTINGS",
      message,
    });
    const own = source("a", { extends: "a" });
    assert.throws(() => resolvePolicies([own, source("a", { extends: "a" }, 1)]), { message });
  });

  test("policies that extend each other are refused with the whole circle", () => {
    const a = source("a", { extends: "b" });
    const b = source("b", { extends: "c" });
    const c = source("c", { extends: "a" });
    assert.throws(() => resolvePolicies([a, b, c]), {
      code: "LOCKC_E_SETTINGS",
      message: "0/c.yaml:extends: extends: the policies extend each other: a → b → c → a",
    });
    resolvePolicies([a, b, source("c")]);
  });

  test("a circle through a policy that takes a built-in one's place is refused", () => {
    const builtIn = source("base");
    const child = source("a", { extends: "base" });
    const own = source("base", { extends: "a" }, 1);
    assert.throws(() => resolvePolicies([builtIn, child, own]), {
      message: /the policies extend each other: (a → base → a|base → a → base)$/,
    });
  });

  test("a policy that does not exist is refused with the one that was meant, or with all", () => {
    const sources = [source("baseline"), source("offline")];
    const extending = (name: string) => () =>
      resolvePolicies([...sources, source("a", { extends: name })]);
    assert.throws(extending("basline"), {
      code: "LOCKC_E_SETTINGS",
      message: '0/a.yaml:extends: extends: no policy is called "basline"',
      hint: 'did you mean "baseline"?',
    });
    assert.throws(extending("x"), { hint: "there are baseline, offline" });
    assert.throws(extending("constructor"), { hint: "there are baseline, offline" });
    extending("baseline")();
  });

  test("one policy is resolved whatever is wrong with those that it does not build on", () => {
    const broken = source("broken", { extends: "nothing" });
    const fine = source("a", { extends: "base" });
    const sources = [source("base"), broken, fine];
    assert.throws(() => resolvePolicies(sources), { code: "LOCKC_E_SETTINGS" });
    assert.deepEqual(resolvePolicy(fine, sources).extends, ["base"]);
    assert.throws(() => resolvePolicy(broken, sources), { code: "LOCKC_E_SETTINGS" });
  });

  test("a long chain takes no time", () => {
    const chain = Array.from({ length: 300 }, (_, index) =>
      source(`p${index}`, index === 0 ? {} : { extends: `p${index - 1}` }),
    );
    const start = performance.now();
    assert.equal(resolved("p299", ...chain).extends.length, 299);
    assert.ok(performance.now() - start < 3000);
  });
});

test("any web of extends is resolved or refused for its first fault, and never half", () => {
  const names = ["a", "b", "c", "d"];
  const rest = fc.record(
    {
      extends: fc.constantFrom(...names, "nothing"),
      mode: fc.constantFrom("audit", "enforce"),
      bpf: fc.record({ allow: fc.boolean() }),
      hostPaths: fc.record(
        { allow: fc.constantFrom([PATH], []), add: fc.constantFrom([OTHER]) },
        { requiredKeys: ["allow"] },
      ),
    },
    { requiredKeys: [] },
  );
  const web = fc.array(fc.tuple(fc.constantFrom(...names), rest, fc.nat(1)), { maxLength: 6 });
  let whole = 0;
  fc.assert(
    fc.property(web, (policies) => {
      const sources = policies
        .toSorted(([, , one], [, , other]) => one - other)
        .map(([name, each, of]) => source(name, each as object as Rest, of));
      try {
        const all = resolvePolicies(sources);
        whole += 1;
        assert.deepEqual(
          all.map(({ name }) => name),
          [...new Set(sources.map(({ written }) => written.name))].sort(),
        );
        for (const { rules } of all) {
          assert.deepEqual(Object.keys(rules), [...RULE_NAMES]);
          for (const name of RULE_NAMES) {
            const { covers, widest } = kindOf(name);
            assert.ok(covers(widest, rules[name].value), name);
          }
        }
      } catch (error) {
        assert.equal((error as { code?: string }).code, "LOCKC_E_SETTINGS", String(error));
        assert.match((error as Error).message, /^[01]\/[a-d]\.yaml:(extends|hostPaths\.add): /);
      }
    }),
  );
  assert.ok(whole > 10, `${whole} were resolved`);
});
