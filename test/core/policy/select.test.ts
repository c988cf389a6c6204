// SPDX-License-Identifier: Apache-2.0
/** Which policy a container gets, and what is written for it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Engine, Origin } from "../../../core/engine/origin.ts";
import { LockcError } from "../../../core/errors.ts";
import { Rule } from "../../../core/generated/layout.ts";
import { validate } from "../../../core/generated/settings-validator.js";
import { concerning, containerKey, planContainer } from "../../../core/kernel/plan.ts";
import type { Settings } from "../../../core/policy/policy.ts";
import {
  isAtLeastAsStrict,
  looserAt,
  type PolicyRequest,
  selectionFor,
  selectPolicy,
} from "../../../core/policy/select.ts";
import type { Policy } from "../../../core/rule/policy.ts";
import { DEFAULT_SETTINGS } from "../../../ctl/policy/settings.ts";
import { audited, POLICIES } from "../../support/containers.ts";

const BASELINE = POLICIES.get("baseline")!;

/** Baseline, of which one rule only reports. */
const WATCHING: Policy = {
  ...BASELINE,
  name: "watching",
  rules: { ...BASELINE.rules, capabilities: { ...BASELINE.rules.capabilities, mode: "audit" } },
};
const ALL = new Map([...POLICIES, ["watching", WATCHING]]);

const OTHER: Origin = { engine: "other", sandbox: false };
const DOCKER: Origin = { engine: "docker", sandbox: false };
const ENGINES: Readonly<Record<Engine, true>> = {
  docker: true,
  plugin: true,
  buildkit: true,
  podman: true,
  buildah: true,
  containerd: true,
  kubernetes: true,
  other: true,
};
const pod = (namespace: string): Origin => ({ engine: "kubernetes", sandbox: false, namespace });

interface Asked {
  readonly flag?: string;
  readonly calledAs?: string;
  readonly annotation?: string;
  readonly label?: string;
  /** Further ones, or nobody knows which there are. */
  readonly labels?: "unknown" | Readonly<Record<string, string>>;
  readonly origin?: Origin;
  readonly settings?: Partial<Settings>;
}

function request({ settings, annotation, label, labels, ...asked }: Asked): PolicyRequest {
  const texts = (value?: string) => (value === undefined ? {} : { "org.lockc.policy": value });
  return {
    flag: undefined,
    calledAs: "lockc-runc",
    annotations: texts(annotation),
    labels: labels === "unknown" ? undefined : { ...labels, ...texts(label) },
    origin: OTHER,
    ...asked,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    find: (name) => ALL.get(name),
    names: () => [...ALL.keys()],
  };
}

const select = (asked: Asked) => selectPolicy(request(asked));
const name = (asked: Asked) => select(asked).policy.name;

function refused(asked: Asked): string {
  try {
    const { policy } = select(asked);
    assert.fail(`policy ${policy.name} was selected`);
  } catch (error) {
    assert.ok(error instanceof LockcError, String(error));
    assert.equal(error.code, "LOCKC_E_POLICY");
    return error.sentence;
  }
}

describe("who decides", () => {
  /** The administrator's ways, the most specific first; each names another policy. */
  const WAYS: readonly Asked[] = [
    { flag: "privileged" },
    { calledAs: "/usr/bin/lockc-runc-restricted" },
    { settings: { namespaces: { shop: { defaultPolicy: "offline" } } } },
    { settings: { engines: { kubernetes: { defaultPolicy: "database" } } } },
    { settings: { defaultPolicy: "ci-builder" } },
  ];
  const CHOSEN = ["privileged", "restricted", "offline", "database", "ci-builder"];
  const REASONS = [
    "--lockc-policy",
    "the name lockc-runc-restricted",
    "namespaces.shop.defaultPolicy in /etc/lockc/lockc.yaml",
    "engines.kubernetes.defaultPolicy in /etc/lockc/lockc.yaml",
    "defaultPolicy in /etc/lockc/lockc.yaml",
  ];

  for (const [index, way] of WAYS.entries()) {
    test(`${REASONS[index]} goes before all that follows it`, () => {
      const settings = Object.assign({}, ...WAYS.slice(index).map((it) => it.settings ?? {}));
      const all: Asked = Object.assign({}, ...WAYS.slice(index), { origin: pod("shop"), settings });
      const { policy, reasons } = select(all);
      assert.equal(policy.name, CHOSEN[index]);
      assert.deepEqual(reasons, [`${REASONS[index]} selects policy "${CHOSEN[index]}"`]);
      assert.equal(name({ ...way, origin: pod("shop") }), CHOSEN[index]);
    });
  }

  test("where nobody decides it is baseline", () => assert.equal(name({}), "baseline"));

  test("the name that lockc-runc was called by counts whole, with or without a directory", () => {
    for (const calledAs of [
      "lockc-runc-restricted",
      "./lockc-runc-restricted",
      "/x/lockc-runc-restricted",
    ]) {
      assert.equal(name({ calledAs }), "restricted", calledAs);
    }
    for (const calledAs of [
      "",
      "lockc-runc",
      "/usr/bin/lockc-runc",
      "runc",
      "my-lockc-runc-restricted",
      "/lockc-runc-restricted/runc",
      "lockc-runc-",
    ]) {
      assert.equal(name({ calledAs }), "baseline", calledAs);
    }
  });

  test("an engine's settings are for its own containers, a namespace's for its own pods", () => {
    const settings: Partial<Settings> = {
      engines: { docker: { defaultPolicy: "restricted" } },
      namespaces: { shop: { defaultPolicy: "offline" } },
    };
    assert.equal(name({ settings, origin: DOCKER }), "restricted");
    assert.equal(name({ settings, origin: OTHER }), "baseline");
    assert.equal(name({ settings, origin: pod("shop") }), "offline");
    assert.equal(name({ settings, origin: pod("shops") }), "baseline");
  });

  test("each engine may have settings of its own", () => {
    for (const engine of Object.keys(ENGINES) as Engine[]) {
      const settings = { engines: { [engine]: { defaultPolicy: "restricted" } } };
      assert.ok(validate(settings), engine);
      assert.equal(name({ settings, origin: { ...OTHER, engine } }), "restricted", engine);
    }
  });
});

describe("a namespace", () => {
  const namespaces = {
    "*": { defaultPolicy: "offline" },
    "team-*": { defaultPolicy: "restricted" },
    "team-a-*": { defaultPolicy: "database" },
    "team-a": { defaultPolicy: "privileged" },
    constructor: { defaultPolicy: "ci-builder" },
  };
  const chosen = (namespace: string) => name({ settings: { namespaces }, origin: pod(namespace) });

  test("is found by its name, else by the longest beginning", () => {
    assert.equal(chosen("team-a"), "privileged");
    assert.equal(chosen("team-a-x"), "database");
    assert.equal(chosen("team-b"), "restricted");
    assert.equal(chosen("team"), "offline");
    assert.equal(chosen("constructor"), "ci-builder");
    assert.equal(chosen("toString"), "offline");
  });

  test("is nothing that a pattern is called", () => {
    assert.equal(
      name({
        settings: { namespaces: { "team-*": { defaultPolicy: "offline" } } },
        origin: pod(""),
      }),
      "baseline",
    );
  });

  test("takes from its engine, and that from the host, what it does not say itself", () => {
    const settings: Settings = {
      ...DEFAULT_SETTINGS,
      floor: "baseline",
      requests: "ignore",
      engines: { kubernetes: { ceiling: "restricted", defaultPolicy: "restricted" } },
      namespaces: { shop: { floor: "privileged", requests: "any" } },
    };
    assert.deepEqual(selectionFor(settings, pod("shop")), {
      selection: {
        defaultPolicy: "restricted",
        floor: "privileged",
        ceiling: "restricted",
        requests: "any",
      },
      from: "engines.kubernetes.defaultPolicy in /etc/lockc/lockc.yaml",
    });
  });
});

describe("a request", () => {
  for (const [way, words] of [
    ["annotation", "annotation org.lockc.policy"],
    ["label", "label org.lockc.policy"],
  ] as const) {
    test(`by ${way} may tighten what is set, and not loosen it`, () => {
      const tightened = select({ [way]: "restricted" });
      assert.equal(tightened.policy.name, "restricted");
      assert.deepEqual(tightened.reasons, [
        'defaultPolicy in /etc/lockc/lockc.yaml selects policy "baseline"',
        `${words} asks for "restricted", which it may (requests: tighten)`,
      ]);
      assert.equal(name({ [way]: "baseline" }), "baseline");
      assert.equal(name({ [way]: "baseline", flag: "privileged" }), "baseline");
      const said = refused({ [way]: "privileged" });
      assert.match(
        said,
        new RegExp(
          `^lockc: ${words} asks for policy "privileged", which is looser than "baseline" \\(it allows more at privileged, hostNamespaces, capabilities and \\d+ more\\); leave it out, or let the administrator list it under requests\\.also in /etc/lockc/lockc\\.yaml \\(requests: { also: \\[privileged\\] }\\) or pass --lockc-policy privileged \\[LOCKC_E_POLICY\\]$`,
        ),
      );
    });

    test(`by ${way} may choose any policy where the settings let it`, () => {
      const settings = { requests: "any" } as const;
      assert.equal(name({ [way]: "privileged", settings }), "privileged");
      assert.equal(name({ [way]: "restricted", settings }), "restricted");
    });

    test(`by ${way} may choose a looser policy that the settings list, and no other`, () => {
      const settings = { requests: { also: ["ci-*", "privileged"] } };
      assert.equal(name({ [way]: "privileged", settings }), "privileged");
      assert.equal(name({ [way]: "ci-builder", settings }), "ci-builder");
      assert.equal(
        select({ [way]: "privileged", settings }).reasons[1]?.slice(-31),
        "it may (requests.also lists it)",
      );
      assert.equal(name({ [way]: "restricted", settings }), "restricted");
      assert.match(refused({ [way]: "watching", settings }), /"watching", which is looser than/);
      assert.match(
        refused({ [way]: "privileged", settings: { ...settings, floor: "baseline" } }),
        /looser than the floor "baseline"/,
      );
    });

    test(`by ${way} may choose only what they list where they say so`, () => {
      const settings = { requests: { tighten: false, also: ["privileged"] } };
      assert.equal(name({ [way]: "privileged", settings }), "privileged");
      assert.match(
        refused({ [way]: "restricted", settings }),
        /asks for policy "restricted", which the settings do not list; leave it out, or .*requests\.also/,
      );
    });

    test(`by ${way} is not heard where the settings say so, not even its mistakes`, () => {
      const settings = { requests: "ignore" } as const;
      assert.equal(name({ [way]: "restricted", settings }), "baseline");
      assert.equal(name({ [way]: "nope", settings }), "baseline");
    });
  }

  test("by annotation goes before one by label, as far as it is as strict", () => {
    assert.equal(name({ annotation: "restricted", label: "privileged" }), "restricted");
    assert.equal(name({ annotation: "restricted", label: "restricted" }), "restricted");
    assert.match(
      refused({ annotation: "restricted", label: "offline" }),
      /asks for policy "restricted", and the label of that name for "offline", which is stricter at network; leave one/,
    );
    refused({ annotation: "privileged", label: "restricted" });
    refused({ annotation: "restricted", label: "nope" });
    const any = { requests: "any" } as const;
    refused({ annotation: "baseline", label: "restricted", settings: any });
  });

  test("that cannot be read is refused, unless nobody may ask", () => {
    const settings = { requests: "ignore" } as const;
    assert.match(
      refused({ labels: "unknown", origin: DOCKER }),
      /cannot tell which policy the container's labels ask for: .*; run lockctl policy reload .* engineRoots in \/etc\/lockc\/lockc\.yaml/,
    );
    refused({ labels: "unknown", origin: DOCKER, annotation: "restricted", flag: "baseline" });
    assert.equal(name({ labels: "unknown", origin: DOCKER, settings }), "baseline");
    for (const key of ["org.lockc.Policy", "org.lockc.polcy", "org.lockc", "ORG.LOCKC.POLICY"]) {
      assert.match(
        refused({ labels: { [key]: "restricted" } }),
        /is none that lockc knows; did you mean "org\.lockc\.policy"\?/,
      );
      assert.equal(name({ labels: { [key]: "restricted" }, settings }), "baseline");
    }
    for (const key of ["org.lockcraft.policy", "lockc", "com.org.lockc.policy", "__proto__"]) {
      assert.equal(name({ labels: { [key]: "restricted" } }), "baseline");
    }
  });

  test("for a policy that is none is answered with the one that was meant", () => {
    assert.match(
      refused({ label: "restrcted" }),
      /policy "restrcted" \(label org\.lockc\.policy\) does not exist or is not valid; did you mean "restricted"\? see lockctl policy list \[/,
    );
    assert.match(refused({ label: "zzz" }), /not valid; see lockctl policy list \[/);
  });

  test("of a pod of which nobody knows the namespace is refused where namespaces choose", () => {
    const origin = { engine: "kubernetes", sandbox: false } as const;
    const settings = { namespaces: { "team-*": { defaultPolicy: "restricted" } } };
    assert.match(refused({ origin, settings }), /cannot tell the pod's namespace, by which/);
    refused({ origin, settings, flag: "privileged" });
    assert.equal(name({ origin }), "baseline");
    assert.equal(name({ origin: pod("shop"), settings }), "baseline");
  });

  test("between two policies of which neither is stricter is refused", () => {
    assert.match(
      refused({ annotation: "offline", flag: "restricted" }),
      /looser than "restricted"/,
    );
    assert.match(
      refused({ annotation: "restricted", flag: "offline" }),
      /it allows more at network/,
    );
  });

  test("for a policy that only reports a rule is one for a looser policy", () => {
    assert.match(refused({ annotation: "watching" }), /it allows more at capabilities\)/);
    assert.equal(name({ annotation: "baseline", flag: "watching" }), "baseline");
  });

  test("is held by the settings of the container's own engine and namespace", () => {
    const settings: Partial<Settings> = {
      engines: { docker: { requests: "any" } },
      namespaces: { "kube-*": { requests: "any" } },
    };
    const annotation = "privileged";
    assert.equal(name({ annotation, settings, origin: DOCKER }), "privileged");
    assert.equal(name({ annotation, settings, origin: pod("kube-system") }), "privileged");
    refused({ annotation, settings, origin: pod("shop") });
    refused({ annotation, settings });
  });
});

describe("floor and ceiling", () => {
  test("hold whoever chose the policy", () => {
    const settings = { floor: "baseline", requests: "any" } as const;
    for (const asked of [
      { flag: "privileged" },
      { calledAs: "lockc-runc-privileged" },
      { annotation: "privileged" },
      { label: "privileged" },
      { settings: { defaultPolicy: "privileged" } },
    ]) {
      assert.match(
        refused({ ...asked, settings: { ...settings, ...asked.settings } }),
        /^lockc: policy "privileged" is looser than the floor "baseline" that \/etc\/lockc\/lockc.yaml sets \(at privileged, hostNamespaces, capabilities and \d+ more\); choose another policy/,
      );
    }
    assert.equal(name({ settings }), "baseline");
    assert.equal(name({ flag: "restricted", settings }), "restricted");
  });

  test("a ceiling lets nobody be held more strictly", () => {
    const settings = { ceiling: "baseline" };
    assert.match(
      refused({ annotation: "restricted", settings }),
      /policy "restricted" is stricter than the ceiling "baseline" that \/etc\/lockc\/lockc.yaml sets \(at /,
    );
    assert.equal(name({ flag: "privileged", settings }), "privileged");
    assert.equal(name({ settings }), "baseline");
  });

  test("are told among the reasons", () => {
    const { reasons } = select({
      annotation: "restricted",
      settings: { floor: "baseline", ceiling: "restricted" },
    });
    assert.deepEqual(reasons.slice(2), [
      'it is at least as strict as the floor "baseline"',
      'it is at most as strict as the ceiling "restricted"',
    ]);
  });

  test("can be those of an engine or a namespace, also by its beginning", () => {
    const settings: Partial<Settings> = {
      engines: { docker: { floor: "restricted", defaultPolicy: "restricted" } },
      namespaces: { "team-*": { ceiling: "baseline" }, "kube-*": { floor: "privileged" } },
      floor: "baseline",
    };
    refused({ settings, origin: DOCKER, flag: "baseline" });
    assert.equal(name({ settings, origin: OTHER, flag: "baseline" }), "baseline");
    refused({ settings, origin: pod("team-a"), annotation: "restricted" });
    assert.equal(name({ settings, origin: pod("shop"), annotation: "restricted" }), "restricted");
    assert.equal(name({ settings, origin: pod("kube-system"), flag: "privileged" }), "privileged");
    refused({ settings, origin: pod("shop"), flag: "privileged" });
  });

  test("a policy beside the floor, neither stricter nor looser, is below it", () => {
    refused({ flag: "offline", settings: { floor: "restricted" } });
    refused({ flag: "watching", settings: { floor: "baseline" } });
    assert.equal(name({ flag: "baseline", settings: { floor: "watching" } }), "baseline");
  });
});

describe("a name that no policy has", () => {
  const WHERE: readonly [asked: Asked, from: string][] = [
    [{ flag: "nope" }, "--lockc-policy"],
    [{ calledAs: "lockc-runc-nope" }, "the name lockc-runc-nope"],
    [{ annotation: "nope" }, "annotation org.lockc.policy"],
    [{ label: "nope" }, "label org.lockc.policy"],
    [{ settings: { defaultPolicy: "nope" } }, "defaultPolicy in /etc/lockc/lockc.yaml"],
    [
      { origin: DOCKER, settings: { engines: { docker: { defaultPolicy: "nope" } } } },
      "engines.docker.defaultPolicy in /etc/lockc/lockc.yaml",
    ],
    [
      { origin: pod("a"), settings: { namespaces: { "a*": { defaultPolicy: "nope" } } } },
      "namespaces.a*.defaultPolicy in /etc/lockc/lockc.yaml",
    ],
    [{ settings: { floor: "nope" } }, "floor in /etc/lockc/lockc.yaml"],
    [{ settings: { ceiling: "nope" } }, "ceiling in /etc/lockc/lockc.yaml"],
  ];
  for (const [asked, from] of WHERE) {
    test(`is refused when it comes from ${from}`, () => {
      assert.equal(
        refused(asked),
        `lockc: policy "nope" (${from}) does not exist or is not valid; see lockctl policy list [LOCKC_E_POLICY]`,
      );
    });
  }

  test("is refused also when it is empty or looks like a property", () => {
    for (const flag of ["", " ", "constructor", "__proto__", "Baseline", "baseline\n"]) {
      refused({ flag });
      refused({ annotation: flag });
    }
  });
});

test("a policy is as strict as itself, and one that reports all refuses nothing", () => {
  for (const policy of ALL.values()) {
    assert.ok(isAtLeastAsStrict(policy, policy), policy.name);
    const looser = looserAt(audited(policy), POLICIES.get("privileged")!);
    assert.deepEqual(looser, [], policy.name);
    assert.ok(isAtLeastAsStrict(POLICIES.get("privileged")!, audited(policy)), policy.name);
  }
});

test("two processes of one microsecond, and one process of two, get different keys", () => {
  const keys = new Set([
    containerKey(1_000_000n, 7),
    containerKey(1_000_000n, 8),
    containerKey(1_001_000n, 7),
  ]);
  assert.equal(keys.size, 3);
});

test("a record carries the policy, what it makes the kernel do, the ID and the runtime's root", () => {
  const facts = {
    id: "a",
    name: "web",
    sandbox: false,
    root: "/run/runc",
    pid: 5,
    nowNs: 9000n,
    audits: 2,
    given: {
      engines: [{ fd: 3 }, { fd: 4 }, { fd: 5 }],
      tokens: [],
      written: [{ fd: 6 }],
      read: [{ fd: 7 }],
      seen: [{ fd: 8 }, { fd: 9 }],
    },
    hooked: true,
  };
  const { key, granted, record } = planContainer(facts, BASELINE);
  assert.equal(key, containerKey(9000n, 5));
  assert.deepEqual(granted, [3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(
    { ...record },
    {
      created_ns: 9000n,
      admitted: 2n,
      ...BASELINE.kernel,
      rules: BASELINE.kernel.rules & ~Rule.TOKEN, // it was given none
      tasks: 1,
      own_grants: 3,
      token_grants: 3,
      writable_grants: 4,
      talking_grants: 5,
      hooked: 1,
      pid: 5,
      policy: "baseline",
      name: "web",
      id: "a",
      root: "/run/runc",
    },
  );
  const withToken = { ...facts, given: { ...facts.given, tokens: [{ fd: 10 }] } };
  const plan = planContainer(withToken, BASELINE);
  assert.deepEqual(plan.granted, [3, 4, 5, 10, 6, 7, 8, 9]);
  const { rules, own_grants, token_grants, writable_grants, talking_grants } = plan.record;
  assert.equal(rules, BASELINE.kernel.rules);
  assert.deepEqual([own_grants, token_grants, writable_grants, talking_grants], [3, 4, 5, 6]);
  assert.ok(BASELINE.kernel.rules & Rule.TOKEN);
});

test("a sandbox is held by all that holds its containers, but may be user 0 as its image has it", () => {
  const { kernel } = POLICIES.get("restricted")!;
  const audits = audited(POLICIES.get("restricted")!).kernel;
  assert.ok(kernel.rules & Rule.ROOT && audits.audit & Rule.ROOT);
  for (const held of [kernel, audits]) {
    const of = (sandbox: boolean) => concerning(held, { hasToken: true, sandbox });
    assert.deepEqual(of(false), held);
    assert.deepEqual(of(true), {
      ...held,
      rules: held.rules & ~Rule.ROOT,
      audit: held.audit & ~Rule.ROOT,
    });
  }
});
