// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, describe as say } from "../../../core/judge/admission.ts";
import type { Policy } from "../../../core/rule/policy.ts";
import { kindOf } from "../../../core/rule/rules.ts";
import type { RuleName, Written } from "../../../core/rule/values.ts";
import { ROWS, type Row } from "../../support/admission-rows.ts";
import {
  audited,
  brokenRules,
  type Draft,
  draftOf,
  findings,
  fixture,
  LEVELS,
  POLICIES,
  type Setting,
  sentence,
  subjectOf,
  withRules,
  withValues,
} from "../../support/containers.ts";

const BASE = fixture("bookworm/docker-restricted.json");

function changed(change: (config: Draft) => void, setting: Partial<Setting> = {}) {
  const config = draftOf(BASE);
  change(config);
  return subjectOf(config, { from: BASE, ...setting });
}

const violation = ({ refused, setting }: Row) => changed(refused, setting);
const twin = ({ admitted, setting, twinSetting }: Row) => changed(admitted, twinSetting ?? setting);

test("every level admits the container that the rows change", () => {
  for (const level of LEVELS) {
    assert.deepEqual(
      brokenRules(
        POLICIES.get(level)!,
        changed(() => {}),
      ),
      [],
      level,
    );
  }
});

/** Words that dockerd turns into exit codes 126 and 127 (moby, daemon/errors.go). */
const DOCKERD =
  /permission denied|is a directory|not a directory|no such file or directory|executable file not found|system cannot find the file specified|failed to run runc/i;

for (const row of ROWS) {
  describe(`${row.control} ${row.title}`, () => {
    const verdicts = LEVELS.map((level) => `${level} ${row.by.includes(level) ? "no" : "yes"}`);
    test(`is admitted by ${verdicts.join(", ")}`, () => {
      for (const level of LEVELS) {
        const broken = brokenRules(POLICIES.get(level)!, violation(row));
        if (row.by.includes(level)) assert.ok(broken.includes(row.rule), `${level}: ${broken}`);
        else assert.deepEqual(broken, [], level);
      }
    });

    test(`but for one fact it is admitted${row.twinBy ? `, though not by ${row.twinBy}` : ""}`, () => {
      for (const level of LEVELS) {
        const said = sentence(POLICIES.get(level)!, twin(row));
        assert.equal(said !== undefined, row.twinBy?.includes(level) ?? false, said ?? level);
      }
    });

    test("is reported and admitted in audit mode", () => {
      for (const level of LEVELS) {
        const policy = POLICIES.get(level)!;
        const observed = audited(policy);
        const found = findings(check(observed, violation(row)));
        assert.deepEqual(
          found,
          findings(check(policy, violation(row))).map((it) => ({ ...it, verdict: "audit" })),
        );
        assert.equal(sentence(observed, violation(row)), undefined);
        for (const it of found) assert.match(say(observed, it), /^policy "[a-z]+" would refuse /);
      }
    });

    test("is refused in a sentence with what, control and remedy, in no words of dockerd's", () => {
      const said = row.by.map((level) => sentence(POLICIES.get(level)!, violation(row)) ?? "");
      assert.match(said[0]!, row.says);
      for (const text of said) assert.doesNotMatch(text, DOCKERD);
    });
  });
}

test("every rule that is judged at creation has a row", () => {
  const judged = check(
    POLICIES.get("baseline")!,
    changed(() => {}),
  ).map(({ rule }) => rule);
  const missing = judged.filter((rule) => !ROWS.some((row) => row.rule === rule));
  assert.deepEqual(missing, []);
});

describe("a mount namespace of its own", () => {
  const baseline = POLICIES.get("baseline")!;
  const privileged = POLICIES.get("privileged")!;
  const namespaces = (...entries: { type: "mount"; path?: string }[]) =>
    changed((config) => {
      const others = config.linux.namespaces.filter(({ type }) => type !== "mount");
      config.linux.namespaces = [...others, ...entries];
    });
  const WITHOUT = {
    "named nowhere": namespaces(),
    "the host's": namespaces({ type: "mount", path: "/proc/1/ns/mnt" }),
    "another container's": namespaces({ type: "mount", path: "/proc/77/ns/mnt" }),
    "new and joined": namespaces({ type: "mount" }, { type: "mount", path: "/proc/77/ns/mnt" }),
  };
  const OWN = namespaces({ type: "mount" });
  const audit = (policy: Policy, ...names: readonly RuleName[]) => {
    const rules = { ...policy.rules };
    for (const name of names) Object.assign(rules, { [name]: { ...rules[name], mode: "audit" } });
    return withRules(policy, rules);
  };

  const HOLDING: readonly [title: string, policy: Policy][] = [
    ["allows any", withValues(baseline, { hostNamespaces: "any" })],
    ["lists mount", withValues(baseline, { hostNamespaces: ["mount", "user", "cgroup", "time"] })],
    ["only reports it", audit(baseline, "hostNamespaces")],
    ["has but one rule held", withValues(privileged, { kernelLog: false })],
    ["has but capabilities held", withValues(privileged, { capabilities: ["CHOWN"] })],
  ];
  for (const [title, policy] of HOLDING) {
    test(`is asked for by a policy that ${title}, since the kernel holds something`, () => {
      for (const [how, subject] of Object.entries(WITHOUT)) {
        const said = sentence(policy, subject) ?? "";
        assert.match(
          said,
          /refuses a container without a mount namespace of its own, in which no file could be told from the host's \(rule hostNamespaces\.allow; Pod Security Standards: Host Namespaces\); add \{"type":"mount"\} without a path to linux\.namespaces, or use a policy that has the kernel hold nothing \(privileged\); more: lockctl why \w+ \[LOCKC_E_NAMESPACE\]$/,
          how,
        );
        const found = findings(check(policy, subject)).filter(
          ({ rule }) => rule === "hostNamespaces",
        );
        assert.equal(found.length, 1, how);
      }
      assert.equal(sentence(policy, OWN), undefined);
    });
  }

  const NOT_HOLDING: readonly [title: string, policy: Policy][] = [
    ["restricts nothing", privileged],
    [
      "is judged at creation alone",
      withValues(privileged, { sharedMounts: false, oomScoreAdj: 0 }),
    ],
  ];
  for (const [title, policy] of NOT_HOLDING) {
    test(`is not asked for by a policy that ${title}`, () => {
      for (const subject of Object.values(WITHOUT)) {
        assert.equal(sentence(policy, subject), undefined);
      }
    });
  }

  test("is asked for by a list without mount, whatever the kernel holds", () => {
    const policy = withValues(privileged, { hostNamespaces: ["pid"] });
    assert.match(sentence(policy, WITHOUT["the host's"])!, /without a mount namespace of its own/);
  });

  test("is reported where everything is", () => {
    const subject = WITHOUT["named nowhere"];
    const observed = audited(withValues(baseline, { hostNamespaces: "any" }));
    assert.equal(sentence(observed, subject), undefined);
    assert.deepEqual(
      findings(check(observed, subject)).map(({ rule, verdict }) => [rule, verdict]),
      [["hostNamespaces", "audit"]],
    );
  });
});

test("a module that crun runs itself no policy admits that has the kernel hold anything", () => {
  const [baseline, privileged] = [POLICIES.get("baseline")!, POLICIES.get("privileged")!];
  const any = { unsafeAnnotations: "any" } as const;
  for (const name of ["run.oci.handler", "module.wasm.image/variant"]) {
    const subject = changed((config) => {
      config.annotations[name] = "wasm";
    });
    const listing = { unsafeAnnotations: [name] };
    for (const policy of [withValues(baseline, any), withValues(baseline, listing)]) {
      assert.match(
        sentence(policy, subject)!,
        /refuses the annotation ".*", by which crun runs a module that no policy would hold .*; leave it out .* or use a policy that has the kernel hold nothing \(privileged\)/,
      );
      assert.equal(findings(check(policy, subject)).length, 1);
    }
    const { rules } = baseline;
    const reporting = { ...rules.unsafeAnnotations, mode: "audit" as const };
    const lenient = withRules(baseline, { ...rules, unsafeAnnotations: reporting });
    assert.match(sentence(lenient, subject)!, /which crun runs a module/);
    const audit = audited(withValues(baseline, any));
    assert.equal(sentence(audit, subject), undefined);
    assert.equal(findings(check(audit, subject))[0]!.verdict, "audit");
    assert.equal(sentence(privileged, subject), undefined);
  }
});

test("limits that give nobody else's time away may be any", () => {
  const any = changed((config) => {
    config.process.rlimits =
      "AS CORE CPU DATA FSIZE LOCKS MEMLOCK MSGQUEUE NOFILE NPROC RSS RTTIME SIGPENDING STACK"
        .split(" ")
        .map((name) => ({ type: `RLIMIT_${name}`, soft: 2 ** 63, hard: 2 ** 63 }));
  });
  for (const level of LEVELS) assert.equal(sentence(POLICIES.get(level)!, any), undefined, level);
});

test("priorities may be raised by a policy that lists SYS_NICE, without the capability itself", () => {
  const raised = changed((config) => {
    config.process.rlimits = [{ type: "RLIMIT_RTPRIO", soft: 99, hard: 99 }];
    config.process.scheduler = { policy: "SCHED_FIFO", priority: 9 };
    config.process.ioPriority = { class: "IOPRIO_CLASS_RT" };
  });
  const restricted = POLICIES.get("restricted")!;
  assert.equal(findings(check(restricted, raised)).length, 3);
  assert.deepEqual(
    findings(check(withValues(restricted, { capabilities: ["SYS_NICE"] }), raised)),
    [],
  );
});

test("a row breaks its own rule alone", () => {
  for (const row of ROWS) {
    const broken = brokenRules(POLICIES.get(row.by[0]!)!, violation(row));
    // Where the socket of an engine is, hostPaths lets nobody go either.
    const own = (rule: string) =>
      rule === row.rule || (row.rule === "engineSockets" && rule === "hostPaths");
    assert.deepEqual(
      broken.filter((rule) => !own(rule)),
      [],
      `${row.control} ${row.title}`,
    );
  }
});

/** What a rule says once a policy that extends this one has added `written` to it. */
function extended(policy: Policy, rule: RuleName, written: Written): Policy {
  const { read } = kindOf(rule);
  const { mode, value } = policy.rules[rule];
  return { ...policy, rules: { ...policy.rules, [rule]: { mode, value: read(written, value) } } };
}

/** What a list loses without each of its items in turn; for anything else nothing. */
function lessThan(written: Written): Written[] {
  return Object.entries(written).flatMap(([key, value]) =>
    key === "add" && Array.isArray(value)
      ? value.map((_, index) => ({ [key]: value.toSpliced(index, 1) }))
      : [],
  );
}

test("what a finding says would allow it does, and nothing less does", () => {
  const never = new Set<string>();
  for (const row of ROWS) {
    for (const level of row.by) {
      const policy = POLICIES.get(level)!;
      const left = (other: Policy) =>
        check(other, violation(row)).find(({ rule }) => rule === row.rule)!.findings;
      const needed = left(policy).map(({ allowedBy }) => allowedBy);
      if (needed.includes(undefined)) {
        never.add(`${row.rule}: ${row.title}`);
        continue;
      }
      const writings = needed as Written[];
      const allowed = writings.reduce((so, written) => extended(so, row.rule, written), policy);
      assert.deepEqual(left(allowed), [], `${level}, ${row.title}: ${JSON.stringify(writings)}`);
      for (const less of writings.length === 1 ? lessThan(writings[0]!) : []) {
        const other = extended(policy, row.rule, less);
        assert.notDeepEqual(left(other), [], `${level}, ${row.title}: ${JSON.stringify(less)}`);
      }
    }
  }
  const unexpected = [...never].filter((it) => !NEVER.some((pattern) => pattern.test(it)));
  assert.deepEqual(unexpected, []);
  for (const pattern of NEVER)
    assert.ok(
      [...never].some((it) => pattern.test(it)),
      `${pattern}`,
    );
});

/** Nothing lets just these through. */
const NEVER: readonly RegExp[] = [
  /^capabilities: a capability written as "(21|CAP_ALL|)"$/,
  /^devices: (access to every device|access to devices b \*|no rules|rules for devices)/,
  /^devices: a node of other numbers than the host's/,
  /^hooks: /,
  /^hostNamespaces: a mount namespace/,
  /^hostPaths: .*as root file system|^hostPaths: a root file system/,
  /^hostPaths: a volume of type/,
  /^hostPaths: (the host's root|\/etc)$/,
  /^mountTypes: a file system of type ""$/,
  /^privileged: .*Windows/,
  /^selinuxTypes: the SELinux label (container_t|::|unconfined_u|system_u:unconfined_r)/,
  /^sysctls: the kernel parameter NET/,
  /^unsafeAnnotations: the annotation (run\.oci\.handler|module\.wasm)/,
];
