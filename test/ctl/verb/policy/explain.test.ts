// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { HELD_RULES } from "../../../../core/rule/bits.ts";
import { RULE_NAMES } from "../../../../core/rule/rules.ts";
import type { Places } from "../../../../ctl/host/places.ts";
import { explain, formatExplanation } from "../../../../ctl/verb/policy/explain.ts";

const BUILT_IN = join(import.meta.dirname, "../../../../policy");
const SCRATCH = mkdtempSync(join(tmpdir(), "lockc-explain-"));
const PLACES: Places = {
  object: join(SCRATCH, "lockc.bpf.o"),
  policies: [BUILT_IN, join(SCRATCH, "etc/policy")],
  settings: join(SCRATCH, "etc/lockc.yaml"),
  runtime: join(SCRATCH, "run/runtime"),
  lock: join(SCRATCH, "run/lock"),
  entrances: [join(SCRATCH, "bin/lockc-runc"), join(SCRATCH, "bin/lockctl")],
  docker: join(SCRATCH, "etc/daemon.json"),
  bpffs: join(SCRATCH, "bpf"),
  pins: join(SCRATCH, "bpf/lockc"),
};
const BUNDLE = join(SCRATCH, "bundles/box");

after(() => rmSync(SCRATCH, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(SCRATCH, { recursive: true, force: true });
  mkdirSync(join(BUNDLE, "rootfs"), { recursive: true });
  mkdirSync(PLACES.policies[1]!, { recursive: true });
  settings("");
  config({});
});

/** A runtime that answers nothing, so that none has to be installed. */
const settings = (rest: string) => writeFileSync(PLACES.settings, `runtime: /bin/true\n${rest}\n`);

const policy = (name: string, rest: string) =>
  writeFileSync(
    join(PLACES.policies[1]!, `${name}.yaml`),
    `name: ${name}\ndescription: ${name}.\n${rest}\n`,
  );

interface Change {
  readonly without?: string;
  readonly mounts?: readonly object[];
  readonly annotations?: Record<string, string>;
}

/** What engines give a container by default, which baseline admits. */
function config({ without, mounts = [], annotations = {} }: Change): void {
  const kinds = ["mount", "pid", "network", "ipc", "uts", "cgroup"];
  const hidden =
    "acpi asound kcore keys latency_stats timer_list timer_stats sched_debug scsi".split(" ");
  const fixed = "bus fs irq sys sysrq-trigger".split(" ");
  const value = {
    ociVersion: "1.2.0",
    process: {
      user: { uid: 0, gid: 0 },
      args: ["sh"],
      cwd: "/",
      capabilities: { bounding: ["CAP_CHOWN"] },
    },
    root: { path: "rootfs" },
    mounts: [{ destination: "/proc", type: "proc", source: "proc" }, ...mounts],
    annotations,
    linux: {
      namespaces: kinds.filter((kind) => kind !== without).map((type) => ({ type })),
      maskedPaths: [...hidden.map((name) => `/proc/${name}`), "/sys/firmware"],
      readonlyPaths: fixed.map((name) => `/proc/${name}`),
      seccomp: { defaultAction: "SCMP_ACT_ERRNO" },
      resources: { devices: [{ allow: false, access: "rwm" }] },
    },
  };
  writeFileSync(join(BUNDLE, "config.json"), JSON.stringify(value));
}

interface Asked {
  readonly bundle?: string;
  readonly policy?: string;
  readonly id?: string;
}

function ask({ bundle = BUNDLE, policy, id }: Asked = {}) {
  const [only, ...others] = explain(PLACES, {
    subject: { kind: "bundle", directory: bundle, id },
    policy,
  });
  assert.deepEqual(others, []);
  return only!;
}

const resultOf = (explanation: ReturnType<typeof ask>, rule: string) =>
  explanation.checks.find((check) => check.rule === rule);

describe("a bundle that is admitted", () => {
  test("each rule has passed, and what the kernel will hold is told", () => {
    const explanation = ask();
    const { checks, held, ...rest } = explanation;
    assert.deepEqual(rest, {
      id: "box",
      bundle: BUNDLE,
      engine: "other",
      namespace: null,
      policy: "baseline",
      reasons: ['defaultPolicy in /etc/lockc/lockc.yaml selects policy "baseline"'],
      verdict: "admitted",
      error: null,
      unread: [],
      elsewhere: [],
    });
    assert.deepEqual(new Set(checks.map(({ result }) => result)), new Set(["pass"]));
    const spared = ["userNamespaces", "network", "nonRoot", "noNewPrivileges"];
    spared.push("moduleRequests", "filelessMappings");
    assert.deepEqual(
      held,
      HELD_RULES.filter((rule) => !spared.includes(rule)),
    );
    const told = formatExplanation(explanation);
    assert.ok(told.endsWith(`\nadmitted; the kernel will hold ${held.join(", ")}\n`), told);
  });

  test("every rule is either judged at creation or held by the kernel, or both", () => {
    const seen = [...ask({ policy: "offline" }).checks.map(({ rule }) => rule), ...ask().held];
    for (const rule of RULE_NAMES) {
      assert.ok(seen.includes(rule) || HELD_RULES.includes(rule), rule);
    }
    assert.ok(ask({ policy: "offline" }).held.includes("network"));
  });

  test("the policy that is asked for is the one that judges", () => {
    const { policy: chosen, reasons, held } = ask({ policy: "privileged" });
    assert.deepEqual([chosen, held], ["privileged", []]);
    assert.deepEqual(reasons, ['--lockc-policy selects policy "privileged"']);
    assert.match(formatExplanation(ask({ policy: "privileged" })), /\nadmitted\n$/);
  });

  test("the ID is what was given, else the directory's name, however that is written", () => {
    assert.equal(ask({ id: "web" }).id, "web");
    assert.equal(ask({ bundle: `${BUNDLE}//` }).id, "box");
    const before = process.cwd();
    process.chdir(BUNDLE);
    try {
      assert.deepEqual([ask({ bundle: "." }).id, ask({ bundle: "." }).bundle], ["box", BUNDLE]);
    } finally {
      process.chdir(before);
    }
  });
});

describe("a bundle that is refused", () => {
  test("the rule that refuses it says what and what to do; the others have passed", () => {
    config({ without: "pid" });
    const explanation = ask();
    assert.equal(explanation.verdict, "refused");
    assert.deepEqual(resultOf(explanation, "hostNamespaces"), {
      rule: "hostNamespaces",
      control: "Host Namespaces",
      result: "deny",
      findings: [
        {
          message:
            'policy "baseline" refuses the host\'s pid namespace (rule hostNamespaces.allow; Pod Security Standards: Host Namespaces)',
          remedy: "start it without --pid=host (hostPID)",
        },
      ],
    });
    const denied = explanation.checks.filter(({ result }) => result !== "pass");
    assert.equal(denied.length, 1);
    const text = formatExplanation(explanation);
    assert.match(text, /^ {2}deny +hostNamespaces +Host Namespaces\n +policy "baseline" refuses /m);
    assert.match(text, /\n\nrefused\n$/);
  });

  test("every rule that refuses it is told, not only the first", () => {
    config({
      without: "pid",
      mounts: [{ destination: "/h", type: "bind", source: "/etc", options: ["rbind"] }],
    });
    const denied = ask().checks.filter(({ result }) => result === "deny");
    assert.deepEqual(
      denied.map(({ rule }) => rule),
      ["hostNamespaces", "hostPaths"],
    );
  });

  test("a rule in audit mode reports the same and lets it through", () => {
    config({ without: "pid" });
    policy("web", "extends: baseline\nhostNamespaces: { mode: audit }");
    const explanation = ask({ policy: "web" });
    assert.equal(explanation.verdict, "admitted");
    const check = resultOf(explanation, "hostNamespaces")!;
    assert.equal(check.result, "audit");
    assert.match(
      check.findings[0]!.message,
      /^policy "web" would refuse the host's pid namespace /,
    );
    assert.match(formatExplanation(explanation), /^ {2}audit +hostNamespaces/m);
  });
});

test("an engine's ID is shown as it shows it, and one of somebody else whole", () => {
  const id = "0123456789abcdef".repeat(4);
  const shown = ask({ id });
  assert.equal(shown.id, id, "in JSON it is whole");
  assert.match(formatExplanation(shown), /^container {3}0123456789ab\n/);
  const refused = ask({ id, policy: "nope" });
  assert.match(formatExplanation(refused), /^container {3}0123456789ab\nrefused /);
  assert.match(formatExplanation(ask({ id: `${id}f` })), /^container {3}0123456789abcdef0.*ff\n/);
});

describe("a bundle that cannot be judged", () => {
  const error = (request: Asked = {}) => {
    const explanation = ask(request);
    assert.deepEqual(
      [explanation.verdict, explanation.checks, explanation.held, explanation.policy],
      ["refused", [], [], null],
    );
    assert.ok(explanation.error);
    const { code, message, hint } = explanation.error;
    const text = formatExplanation(explanation);
    assert.match(text, /^container {3}\S+\nrefused {5}\S/);
    assert.ok(text.includes(`${message};`) && text.includes(`${hint} [${code}]`));
    return `${code}: ${message.replaceAll(SCRATCH, "")}`;
  };

  test("a bundle that is not there is told", () => {
    assert.equal(
      error({ bundle: join(SCRATCH, "none") }),
      'LOCKC_E_CONFIG: cannot find the bundle "/none": it does not exist',
    );
    assert.equal(
      error({ bundle: join(SCRATCH, "bundles") }),
      'LOCKC_E_CONFIG: "/bundles/config.json" cannot be opened: it does not exist',
    );
  });

  test("a config.json that is not valid is told", () => {
    writeFileSync(join(BUNDLE, "config.json"), "{");
    assert.match(error(), /^LOCKC_E_CONFIG: "\/bundles\/box\/config\.json" is not JSON: /);
    writeFileSync(join(BUNDLE, "config.json"), "{}");
    assert.match(error(), /^LOCKC_E_CONFIG: "\/bundles\/box\/config\.json" is not valid at /);
  });

  test("a policy that does not exist is told with who asked for it", () => {
    assert.equal(
      error({ policy: "nope" }),
      'LOCKC_E_POLICY: policy "nope" (--lockc-policy) does not exist or is not valid',
    );
    config({ annotations: { "org.lockc.policy": "nope" } });
    assert.match(error(), /^LOCKC_E_POLICY: policy "nope" \(annotation org\.lockc\.policy\) /);
  });

  test("a request that may not be granted is told, one that may is granted", () => {
    config({ annotations: { "org.lockc.policy": "privileged" } });
    assert.match(
      error(),
      /^LOCKC_E_POLICY: annotation .* asks for policy "privileged", which is looser/,
    );
    settings("requests: any");
    assert.equal(ask().policy, "privileged");
    settings("requests: ignore");
    assert.equal(ask().policy, "baseline");
  });

  test("a mount whose source is not there is told", () => {
    config({ mounts: [{ destination: "/h", type: "bind", source: "/none", options: ["rbind"] }] });
    assert.match(error(), /^LOCKC_E_MOUNT: /);
  });

  test("a policy that is not valid refuses who would get it, and tells why", () => {
    policy("web", "bpf: no");
    assert.equal(ask().policy, "baseline");
    assert.match(error({ policy: "web" }), /^LOCKC_E_SETTINGS: .*web\.yaml:3:\d+: bpf: /);
    rmSync(join(PLACES.policies[1]!, "web.yaml"));
  });

  test("settings that are not valid are an error of lockctl, not of the bundle", () => {
    settings("floor: nope");
    assert.throws(() => ask(), { code: "LOCKC_E_SETTINGS" });
  });
});

test("the keys of its JSON stay what they are, admitted, refused or not judged", () => {
  const keys = [
    ...["id", "bundle", "engine", "namespace", "policy", "reasons", "verdict", "checks", "held"],
    ...["error", "unread", "elsewhere"],
  ];
  config({ without: "pid" });
  for (const request of [{}, { policy: "privileged" }, { policy: "nope" }, { bundle: "/none" }]) {
    const explanation = JSON.parse(JSON.stringify(ask(request)));
    assert.deepEqual(Object.keys(explanation).toSorted(), keys.toSorted());
    for (const check of explanation.checks) {
      assert.deepEqual(Object.keys(check), ["rule", "control", "result", "findings"]);
      for (const finding of check.findings)
        assert.deepEqual(Object.keys(finding), ["message", "remedy"]);
    }
    if (explanation.error)
      assert.deepEqual(Object.keys(explanation.error), ["code", "message", "hint"]);
  }
});

test("nothing is created, changed or left open by any of it", () => {
  const list = (path: string): unknown =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        const { ino, mtimeNs, size } = statSync(file, { bigint: true });
        return `${file} ${ino} ${mtimeNs} ${size}`;
      })
      .sort();
  const state = () => [list(SCRATCH), readdirSync("/proc/self/fd").length];
  const source = join(SCRATCH, "data");
  mkdirSync(source);
  policy("web", `extends: baseline\nhostPaths: { add: [{ path: ${source}, access: read-write }] }`);
  config({ mounts: [{ destination: "/h", type: "bind", source, options: ["rbind"] }] });
  ask({ policy: "web" });
  const before = state();
  assert.equal(ask({ policy: "web" }).verdict, "admitted");
  assert.equal(ask().verdict, "refused");
  ask({ policy: "nope" });
  ask({ bundle: "/none" });
  assert.deepEqual(state(), before);
});
