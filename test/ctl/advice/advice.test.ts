// SPDX-License-Identifier: Apache-2.0
/** Advice is true: what it says to write lets the act through, and nothing less does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Rule } from "../../../core/generated/layout.ts";
import { parseMountinfo } from "../../../core/host/mountinfo.ts";
import { check } from "../../../core/judge/admission.ts";
import { HELD_RULES } from "../../../core/rule/bits.ts";
import { CAPABILITIES } from "../../../core/rule/capabilities.ts";
import { SYSTEM } from "../../../core/rule/host-path-entries.ts";
import { placePseudoFile, pseudoAccess } from "../../../core/rule/pseudo-files.ts";
import { kindOf, RULE_NAMES } from "../../../core/rule/rules.ts";
import type { RuleName, Rules, Written } from "../../../core/rule/values.ts";
import { type Advice, adviseAct, adviseCreation } from "../../../ctl/advice/advise.ts";
import type { Act } from "../../../ctl/advice/change.ts";
import { COUNSEL } from "../../../ctl/advice/counsel.ts";
import {
  locateRule,
  mergeAll,
  withAdditions,
  writeOwnPolicy,
} from "../../../ctl/advice/own-policy.ts";
import { compile, compileDevices, compileKernelRules } from "../../../ctl/policy/compile.ts";
import { chainOf, type ResolvedPolicy, resolvePolicies } from "../../../ctl/policy/resolve.ts";
import { parsePolicy, readPolicySources } from "../../../ctl/policy/sources.ts";
import { ROWS } from "../../support/admission-rows.ts";
import { draftOf, fixture, subjectOf } from "../../support/containers.ts";

const TOP = join(import.meta.dirname, "../../..");
const FOLDERS = [join(TOP, "policy"), join(TOP, "policy/examples")];
const SOURCES = readPolicySources(FOLDERS);
const LEVELS = ["baseline", "restricted", "offline"] as const;
const BASES = new Map(resolvePolicies(SOURCES).map((policy) => [policy.name, policy]));

/** The policy of one's own that the advice makes, read as any other is. */
function applied(base: string, advice: readonly Advice[]): ResolvedPolicy {
  const changes = advice.flatMap((each) =>
    each.kind === "change"
      ? [{ rule: each.rule, written: each.written, reasons: ["a reason"] }]
      : [],
  );
  const additions = mergeAll(BASES.get(base)!.rules, changes);
  const text = writeOwnPolicy({
    name: "own",
    description: "For a test.",
    extends: base,
    additions,
  });
  const source = parsePolicy("/etc/lockc/policy/own.yaml", text);
  const policy = resolvePolicies([...SOURCES, source]).find(({ name }) => name === "own")!;
  assert.deepEqual(policy.rules, withAdditions(BASES.get(base)!.rules, changes));
  return policy;
}

/** What the first rules let through and the second do not, rule by rule. */
function lost(from: Rules, to: Rules): [rule: RuleName, items: readonly string[]][] {
  return RULE_NAMES.flatMap((rule) => {
    const items = kindOf(rule).lost(from[rule].value, to[rule].value);
    return items.length > 0 ? [[rule, items] as [RuleName, string[]]] : [];
  });
}

// ---- what the kernel refuses --------------------------------------------------

interface KernelAct {
  readonly act: Act & { readonly rule: RuleName };
  readonly place?: Parameters<typeof adviseAct>[3];
  /** Whether the kernel half lets it through under these rules. */
  readonly passes: (rules: Rules) => boolean;
}

const act = (rule: RuleName, hook: string, object: Act["object"] = null): KernelAct["act"] => ({
  rule,
  hook,
  object,
});

/** A rule that is a switch. */
function switched(rule: RuleName, bit: Rule, hook = "x"): KernelAct {
  const passes = (rules: Rules) => (compileKernelRules(rules).rules & bit) === 0;
  return { act: act(rule, hook), passes };
}

function capability(name: string): KernelAct {
  const bit = 1n << BigInt(CAPABILITIES.indexOf(name));
  return {
    act: act("capabilities", "capable", { type: "capability", name: `CAP_${name}` }),
    passes: (rules) => (compileKernelRules(rules).capabilities & bit) !== 0n,
  };
}

const ACCESS_BITS = { r: 1, w: 2, m: 8 } as const;

function device(kind: "char" | "block", numbers: string, access: string, hook: string): KernelAct {
  const [major, minor] = numbers.split(":").map(Number);
  const wanted = [...access].reduce((sum, it) => sum | ACCESS_BITS[it as "r"], 0);
  return {
    act: act("devices", hook, { type: "device", kind, device: numbers, access }),
    passes: ({ devices }) =>
      compileDevices(devices.value, new Map()).some(({ key, value }) => {
        const view = new DataView(key.buffer, key.byteOffset);
        const type = view.getUint32(8, true) === 0o060000 ? "block" : "char";
        return (
          type === kind &&
          view.getUint32(12, true) === major &&
          view.getUint32(16, true) === minor &&
          (value[0]! & wanted) === wanted
        );
      }),
  };
}

function file(
  filesystem: "proc" | "sysfs" | "debugfs" | "cgroup2",
  path: string,
  access: "r" | "w" | "rw",
  hook = "file_open",
): KernelAct {
  const place = { filesystem, path: path.replace(/^\/\d+/, "/self") };
  const needed = access === "r" ? ["read-only", "own-cgroup", "read-write"] : ["read-write"];
  return {
    act: act("pseudoFiles", hook, { type: "file", path, access }),
    place,
    passes: (rules) =>
      needed.includes(pseudoAccess(rules.pseudoFiles.value, filesystem, place.path)),
  };
}

const KERNEL_ACTS: readonly KernelAct[] = [
  ...CAPABILITIES.map(capability),
  device("char", "10:229", "rw", "file_open"),
  device("char", "10:229", "r", "file_open"),
  device("char", "10:200", "m", "path_mknod"),
  device("block", "8:0", "r", "file_open"),
  device("char", "1:1", "r", "file_open"),
  device("char", "1:11", "r", "file_open"),
  file("proc", "/interrupts", "r"),
  file("sysfs", "/fs/ext4/sda1", "r"),
  file("sysfs", "/devices/virtual/block/loop0/size", "r"),
  file("sysfs", `/devices/pci0000:00${"/0000:01:00.0".repeat(8)}/block/sda/size`, "r"),
  file("proc", "/kallsyms", "r"),
  file("proc", "/sys/net/ipv4/ip_forward", "w"),
  file("proc", "/sys/kernel/shmmax", "rw"),
  file("proc", "/sys/kernel/core_pattern", "w"),
  file("proc", "/kcore", "r"),
  file("sysfs", "/firmware/acpi/tables", "r"),
  file("sysfs", "/kernel/uevent_helper", "w"),
  file("debugfs", "/x", "r"),
  file("cgroup2", "/", "w", "path_mkdir"),
  ...Object.entries({
    hostFiles: Rule.FILES,
    mounting: Rule.MOUNT,
    kernelLog: Rule.SYSLOG,
    bpf: Rule.BPF,
    nonRoot: Rule.ROOT,
    noNewPrivileges: Rule.ESCALATION,
    engineSockets: Rule.ENGINES,
    otherProcesses: Rule.PROCESS,
    perf: Rule.PERF,
    kernelModules: Rule.MODULES,
    moduleRequests: Rule.REQUESTS,
    keyrings: Rule.KEYRINGS,
    kernelLockdown: Rule.LOCKDOWN,
    filelessPrograms: Rule.PROGRAMS,
    filelessMappings: Rule.MAPPINGS,
    setuidFiles: Rule.SETUID,
    terminalInjection: Rule.TERMINAL,
    abstractSockets: Rule.ABSTRACT,
    serviceAccountToken: Rule.TOKEN,
    userNamespaces: Rule.USERNS,
    network: Rule.NETWORK,
  } satisfies Partial<Record<RuleName, Rule>>).map(([rule, bit]) =>
    switched(rule as RuleName, bit),
  ),
];

/** Policies under which each of them is refused. */
const STRICT = "strict";
SOURCES.push(
  parsePolicy(
    `/etc/lockc/policy/${STRICT}.yaml`,
    `name: ${STRICT}
description: Refuses whatever a rule can refuse.
extends: restricted
capabilities: { allow: [] }
moduleRequests: { allow: false }
filelessMappings: { allow: false }
network: { allow: loopback }
`,
  ),
);
BASES.set(STRICT, resolvePolicies(SOURCES).find(({ name }) => name === STRICT)!);

describe("what the kernel refuses", () => {
  test("has an act here for every rule that it holds, but hooks, for which no change is advised", () => {
    const rules = new Set(KERNEL_ACTS.map((it) => it.act.rule));
    assert.deepEqual(
      HELD_RULES.filter((rule) => !rules.has(rule)),
      ["hooks"],
    );
    const object = { type: "file", path: "/srv/evil" } as const;
    const { rules: held } = BASES.get("baseline")!;
    const advice = adviseAct("hooks", { hook: "file_open", object }, held, undefined);
    assert.equal(advice.kind, "never");
  });

  for (const base of [...LEVELS, STRICT]) {
    test(`is let through by the change that is advised under ${base}, and by nothing less`, () => {
      for (const { act, place, passes } of KERNEL_ACTS) {
        const { rules } = BASES.get(base)!;
        const title = JSON.stringify(act);
        if (base === STRICT) assert.ok(!passes(rules), title);
        if (passes(rules)) continue;
        const advice = adviseAct(act.rule, act, rules, place);
        if (advice.kind === "never") {
          assert.ok(advice.why.length > 10 && advice.instead.length > 10, title);
          continue;
        }
        const own = applied(base, [advice]);
        assert.ok(passes(own.rules), title);
        const [only, ...others] = lost(own.rules, rules);
        assert.deepEqual(others, [], title);
        assert.equal(only?.[0], act.rule, title);
        assert.equal(only?.[1].length, 1, `${title}: ${only?.[1]}`);
      }
    });
  }

  test("and is dangerous gets a reason and no change", () => {
    const refused = KERNEL_ACTS.filter(({ act, place }) => {
      const { rules } = BASES.get(STRICT)!;
      return adviseAct(act.rule, act, rules, place).kind === "never";
    }).map(({ act }) => act.object?.name ?? act.object?.path ?? act.object?.device ?? act.rule);
    assert.deepEqual(refused, [
      ...["CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_BPF"],
      ...["8:0", "1:1", "1:11"],
      ...["/sys/kernel/core_pattern", "/kcore", "/kernel/uevent_helper", "/x", "/"],
      ...["hostFiles", "bpf", "engineSockets", "otherProcesses", "kernelModules"],
      ...["kernelLockdown", "setuidFiles", "terminalInjection", "abstractSockets"],
    ]);
  });
});

// ---- what lockc-runc refuses ----------------------------------------------------

describe("what lockc-runc refuses", () => {
  const BASE = fixture("bookworm/docker-restricted.json");
  const never = new Map<RuleName, Set<string>>();

  for (const row of ROWS) {
    test(`${row.rule}: ${row.title}: the advice admits it, or says why not`, () => {
      const config = draftOf(BASE);
      row.refused(config);
      const subject = subjectOf(config, { from: BASE, ...row.setting });
      for (const level of row.by) {
        const policy = compile(BASES.get(level)!);
        const judged = (other: typeof policy) =>
          check(other, subject).find(({ rule }) => rule === row.rule)!.findings;
        const advice = judged(policy).flatMap(({ rule, allowedBy }) =>
          adviseCreation(rule, allowedBy ? [allowedBy] : null),
        );
        const refusals = advice.flatMap((each) => (each.kind === "never" ? [each.why] : []));
        if (refusals.length > 0) {
          const whys = never.get(row.rule) ?? new Set();
          never.set(row.rule, whys);
          for (const why of refusals) whys.add(why);
          continue;
        }
        let own: ResolvedPolicy;
        try {
          own = applied(level, advice);
        } catch (error) {
          // Names that config.json may have and policies may not.
          assert.match(String(error), /not one of|does not fit/);
          continue;
        }
        assert.deepEqual(judged(compile(own)), [], level);
        const changed = lost(own.rules, policy.rules).map(([rule]) => rule);
        assert.deepEqual(changed, [row.rule], level);
      }
    });
  }

  test("of the host's own directories none is to be written in", () => {
    for (const path of SYSTEM) {
      const [advice] = adviseCreation("hostPaths", [{ add: [{ path, access: "read-write" }] }]);
      assert.equal(advice?.kind, "never", path);
    }
  });

  test("has reasons of its own where it is dangerous", () => {
    const said = Object.fromEntries([...never].map(([rule, whys]) => [rule, [...whys].join("; ")]));
    assert.match(said.hostPaths ?? "", /\/etc\/ssl belongs to the host's own system/);
    assert.match(said.engineSockets ?? "", /root on the host/);
    assert.match(said.devices ?? "", /a disk/);
    assert.match(said.groups ?? "", /engine's socket/);
    assert.match(said.mountTypes ?? "", /type bpf shows the host/);
    assert.match(said.privileged ?? "", /host's root/);
  });
});

test("every rule has counsel: what it gives away, and what to do instead", () => {
  assert.deepEqual(Object.keys(COUNSEL).sort(), [...RULE_NAMES].sort());
  for (const [rule, { gives, instead }] of Object.entries(COUNSEL)) {
    assert.ok(gives.length > 5 && instead.length > 5, rule);
    assert.doesNotMatch(`${gives}${instead}`, /\.$|^[A-Z]/, rule);
  }
});

// ---- putting additions together ---------------------------------------------------

describe("several additions", () => {
  const base = BASES.get("baseline")!.rules;
  const merged = (rule: RuleName, ...writings: Written[]) =>
    mergeAll(
      base,
      writings.map((written) => ({ rule, written, reasons: [] })),
    )[0]!.written;

  test("become one that lets through what each does, in an order of its own", () => {
    assert.deepEqual(merged("capabilities", { add: ["SYS_TIME"] }, { add: ["IPC_LOCK"] }), {
      add: ["IPC_LOCK", "SYS_TIME"],
    });
    const read = { path: "/opt/x", access: "read-only" };
    const write = { path: "/opt/x", access: "read-write" };
    for (const order of [
      [read, write],
      [write, read],
    ]) {
      assert.deepEqual(merged("hostPaths", ...order.map((item) => ({ add: [item] }))), {
        add: [write],
      });
    }
    const fuse = { type: "c", major: 10, minor: 229 };
    assert.deepEqual(
      merged("devices", { add: [{ ...fuse, access: "w" }] }, { add: [{ ...fuse, access: "r" }] }),
      { add: [{ ...fuse, access: "rw" }] },
    );
    const notes = { filesystem: "sysfs", path: "/firmware" };
    assert.deepEqual(
      merged(
        "pseudoFiles",
        { add: [{ ...notes, access: "read-write" }] },
        { add: [{ ...notes, access: "read-only" }] },
      ),
      { add: [{ ...notes, access: "read-write" }] },
    );
    assert.deepEqual(merged("seccomp", { require: "kept" }, { require: "never" }), {
      require: "never",
    });
    assert.deepEqual(merged("oomScoreAdj", { min: -5 }, { min: -900 }), { min: -900 });
    const { paths } = base.maskedPaths.value;
    assert.deepEqual(
      merged("maskedPaths", { require: paths.slice(1) }, { require: paths.slice(0, -1) }),
      { require: paths.slice(1, -1) },
    );
  });

  test("keep what lies below a directory that is open, where the policy closes that again", () => {
    const add = ["/", "/firmware"].map((path) => ({
      filesystem: "sysfs",
      path,
      access: "read-write",
    }));
    assert.deepEqual(merged("pseudoFiles", { add: [add[1]] }, { add: [add[0]] }), { add });
    const deep = { filesystem: "sysfs", path: "/firmware/x", access: "read-write" };
    assert.deepEqual(merged("pseudoFiles", { add: [deep] }, { add: [add[1]] }), { add: [add[1]] });
  });

  test("are written as a file that is read back, with comments that stay comments", () => {
    const reasons = ["\x1b[31mred\nname: evil", "x\u2028y"];
    const text = writeOwnPolicy({
      name: "own",
      description: "It's: a #test.",
      extends: "baseline",
      head: ["head\rtwo"],
      tail: ["tail"],
      additions: [{ rule: "mounting", written: { allow: true }, reasons }],
    });
    for (const bad of ["\x1b", "\r", "\u2028"]) assert.ok(!text.includes(bad));
    const { written } = parsePolicy("own.yaml", text);
    assert.deepEqual(written, {
      name: "own",
      description: "It's: a #test.",
      extends: "baseline",
      mounting: { allow: true },
    });
  });
});

// ---- places -----------------------------------------------------------------------

describe("the place of a file", () => {
  const MOUNTS = parseMountinfo(
    [
      "1 0 0:50 / / rw - overlay overlay rw",
      "2 1 0:51 / /proc rw - proc proc rw",
      "3 1 0:52 / /sys rw - sysfs sysfs ro",
      "4 3 0:28 /docker/x /sys/fs/cgroup rw - cgroup2 cgroup ro",
      "5 1 0:51 /sys/net /mnt/net rw - proc proc rw",
      "6 1 0:53 / /tmp rw - tmpfs tmpfs rw",
    ].join("\n"),
  );
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["/proc/sys/kernel/core_pattern", "0:51", "proc /sys/kernel/core_pattern"],
    ["/proc/4711/oom_score_adj", "0:51", "proc /self/oom_score_adj"],
    ["/mnt/net/ipv4/ip_forward", "0:51", "proc /sys/net/ipv4/ip_forward"],
    ["/proc", "0:51", "proc /"],
    ["/sys/fs/cgroup/memory.max", "0:28", "cgroup2 /"],
    ["/kernel/notes", "0:52", "sysfs /kernel/notes"],
    ["/tmp/x", "0:53", undefined],
    ["memfd:x", "0:51", undefined],
    // The container has ended: where such files usually are.
    ["/proc/kcore", "9:9", "proc /kcore"],
    ["/sys/kernel/debug/x", "9:9", "debugfs /x"],
    ["/sys/class/net", "9:9", "sysfs /class/net"],
    ["/home/x", "9:9", undefined],
  ];
  for (const [path, device, expected] of cases) {
    test(`${path} on ${device} is ${expected}`, () => {
      const place = placePseudoFile({ path, ...(device && { device }) }, MOUNTS);
      assert.equal(place && `${place.filesystem} ${place.path}`, expected);
    });
  }

  test("in the files of policies is that of the value which refuses", () => {
    const chain = chainOf("restricted", SOURCES);
    assert.deepEqual(
      chain.map(({ written }) => written.name),
      ["restricted", "baseline"],
    );
    const line = (rule: RuleName, place?: Parameters<typeof locateRule>[2]) => {
      const [, file = "", number] = /^(.*):(\d+):\d+$/.exec(locateRule(rule, chain, place) ?? "")!;
      return `${file.slice(FOLDERS[0]!.length + 1)} ${readFileSync(file, "utf8").split("\n")[Number(number) - 1]!.trim()}`;
    };
    assert.equal(line("bpf"), "baseline.yaml bpf: { allow: false }");
    assert.match(line("nonRoot"), /^restricted\.yaml nonRoot: \{ require: true/);
    assert.match(line("capabilities"), /^restricted\.yaml .*allow/);
    assert.equal(
      line("pseudoFiles", { filesystem: "proc", path: "/kcore" }),
      "baseline.yaml - { filesystem: proc, path: /kcore, access: none }",
    );
    assert.equal(
      line("pseudoFiles", { filesystem: "proc", path: "/sys/kernel/x" }),
      "baseline.yaml - { filesystem: proc, path: /, access: read-only }",
    );
    assert.equal(
      line("pseudoFiles", { filesystem: "sysfs", path: "/devices/virtual/block/loop0/size" }),
      "baseline.yaml - { filesystem: sysfs, path: /devices/**/block, access: none }",
    );
  });
});
