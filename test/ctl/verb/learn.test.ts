// SPDX-License-Identifier: Apache-2.0
/** lockctl learn: what it watches, what it writes, and that a container gets its rules back. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { LockcError } from "../../../core/errors.ts";
import { u64Key, update } from "../../../core/ffi/bpf.ts";
import type { Event } from "../../../core/generated/event.ts";
import {
  CONTAINER,
  EventKind,
  Hook,
  LOCKC_WANTED_SHIFT,
  Object as ObjectKind,
  Rule,
} from "../../../core/generated/layout.ts";
import { encode } from "../../../core/kernel/record.ts";
import type { Learned } from "../../../ctl/advice/compose.ts";
import { findPolicy } from "../../../ctl/policy/sources.ts";
import { type LearnRequest, learn } from "../../../ctl/verb/learn.ts";
import { validateFiles } from "../../../ctl/verb/policy/validate.ts";
import {
  BUILT_IN,
  container,
  containers,
  load,
  loadedPolicy,
  OWN,
  PLACES,
  pinProgram,
  RUNTIME,
  register,
  SCRATCH,
  writePolicy,
} from "../../support/loaded.ts";
import { capability, forget, type Raw, remember } from "../../support/recent.ts";

const WEB = `capabilities: { allow: [CHOWN] }
mounting: { allow: false }
bpf: { allow: false }
pseudoFiles:
  restrict:
    - { filesystem: proc, path: /, access: read-only }
`;

const file = (wanted: number): Raw => ({
  rule: Rule.PSEUDO,
  hook: Hook.FILE_OPEN,
  what: ObjectKind.FILE,
  number: BigInt(wanted) << BigInt(LOCKC_WANTED_SHIFT),
});

function run(request: Partial<LearnRequest>, signal = new AbortController().signal) {
  const whole = {
    container: undefined,
    policy: undefined,
    forMs: undefined,
    output: undefined,
    force: false,
    ...request,
  };
  return learn(PLACES, whole, signal);
}

async function refusal(request: Partial<LearnRequest>): Promise<LockcError> {
  const before = container();
  try {
    await run(request);
  } catch (error) {
    assert.ok(error instanceof LockcError, String(error));
    assert.deepEqual(container(), before);
    return error;
  }
  return assert.fail("it was let through");
}

/** The policy as lockctl has it once the text is in place. */
function placed({ name, text }: Learned) {
  mkdirSync(OWN, { recursive: true });
  const path = join(OWN, `${name}.yaml`);
  writeFileSync(path, text);
  assert.equal(validateFiles(PLACES, [path])[0]?.error, undefined);
  return findPolicy(PLACES, name);
}

beforeEach(() => {
  forget();
  writePolicy(OWN, "web", WEB);
  load(PLACES);
  pinProgram("lockc_apply");
  register("c0ffee", { policy: "web", name: "shop", ...loadedPolicy("web")!.kernel });
});

describe("the policy", () => {
  test("lets through what was refused and no more, and says what for", async () => {
    remember(capability("NET_ADMIN"), "", 12n);
    remember({ ...capability("KILL"), kind: EventKind.AUDITED, comm: "\x1b[2J" });
    remember({ ...capability("KILL"), comm: "other" });
    remember({ rule: Rule.MOUNT, hook: Hook.SB_MOUNT, what: ObjectKind.FILE }, "/mnt");
    remember(file(2), "/proc/sys/net/core/somaxconn");
    const learned = await run({ container: "shop" });
    const { rules } = placed(learned);
    assert.deepEqual(rules.capabilities.value, ["CHOWN", "KILL", "NET_ADMIN"]);
    assert.equal(rules.mounting.value, true);
    assert.equal(rules.bpf.value, false);
    assert.deepEqual(rules.pseudoFiles.value, [
      { filesystem: "proc", path: "/", access: "read-only" },
      { filesystem: "proc", path: "/sys/net/core/somaxconn", access: "read-write" },
    ]);
    assert.deepEqual([learned.refusals, learned.left, learned.notes], [5, 0, []]);
    const { text } = learned;
    assert.match(text, /^# Learned from 5 refusals; .*\nname: web-own\n/);
    assert.match(
      text,
      /# "tool" \(100\) in container "shop" was refused using CAP_NET_ADMIN.*; 12 times in all\n {4}- NET_ADMIN\n/,
    );
    assert.match(text, /# "\\x1b\[2J" .*\n {4}# "other" .*\n {4}- KILL\n/);
    assert.ok(!text.includes("\x1b"));
    assert.doesNotMatch(text, /mode:/);
  });

  test("is the same in whichever order things were refused", async () => {
    const all = ["KILL", "NET_ADMIN", "SYS_TIME"].map(capability);
    const text = async (acts: readonly Raw[]) => {
      forget();
      for (const [index, act] of acts.entries()) {
        remember({ ...act, sequence: BigInt(index + 1) });
      }
      return (await run({ container: "shop" })).text;
    };
    assert.equal(await text(all), await text(all.toReversed()));
  });

  test("has what no policy should allow as a comment, with the reason", async () => {
    remember({ rule: Rule.BPF, hook: Hook.BPF });
    remember(file(2), "/proc/sys/kernel/core_pattern");
    remember(capability("KILL"));
    const learned = await run({ container: "shop" });
    const { rules } = placed(learned);
    assert.equal(rules.bpf.value, false);
    assert.deepEqual(rules.capabilities.value, ["CHOWN", "KILL"]);
    assert.equal(rules.pseudoFiles.value.length, 1);
    assert.equal(learned.left, 2);
    assert.match(learned.text, /\n# Not let through:\n# bpf: by bpf\(2\) .*\n# {3}"tool" /);
    assert.match(
      learned.text,
      /\n# pseudoFiles: what is written there, the kernel runs as the host's root; instead: /,
    );
  });

  test("stays within the floor of the settings", async () => {
    writePolicy(
      BUILT_IN,
      "least",
      "capabilities: { allow: [CHOWN, KILL] }\nmounting: { allow: false }",
    );
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\ndefaultPolicy: web\nfloor: least\n`);
    load(PLACES);
    remember(capability("KILL"));
    remember(capability("NET_ADMIN"));
    remember({ rule: Rule.MOUNT, hook: Hook.SB_MOUNT });
    const learned = await run({ container: "shop" });
    const { rules } = placed(learned);
    assert.deepEqual(rules.capabilities.value, ["CHOWN", "KILL"]);
    assert.equal(rules.mounting.value, false);
    assert.match(
      learned.text,
      /# capabilities: the floor "least" .* refuses it\n# {3}.*CAP_NET_ADMIN/,
    );
    assert.match(learned.text, /# mounting: the floor "least"/);
  });

  test("of a policy that is only audited is from all its containers, and refuses", async () => {
    writePolicy(OWN, "web", `mode: audit\n${WEB}`);
    load(PLACES);
    remember({ ...capability("KILL"), kind: EventKind.AUDITED });
    remember({
      ...capability("SYS_TIME"),
      kind: EventKind.AUDITED,
      container: 8n,
      id: "beef",
      name: "",
    });
    remember({ ...capability("SYS_BOOT"), policy: "baseline" });
    const { rules } = placed(await run({ policy: "web", forMs: 1 }));
    assert.deepEqual(rules.capabilities, {
      mode: "enforce",
      value: ["CHOWN", "KILL", "SYS_TIME"],
    });
    assert.equal(rules.mounting.mode, "enforce");
  });

  test("has what lockc-runc only tolerated, from the journal, each act once", async () => {
    writePolicy(OWN, "web", `mode: audit\n${WEB}hostPaths: { allow: [] }\n`);
    load(PLACES);
    const event = (sequence: number, path: string): Event => ({
      ...{
        level: "info",
        time: "2026-01-01T00:00:00.000Z",
        sequence,
        event: "tolerated",
        count: 1,
      },
      ...{ rule: "hostPaths", hook: null, policy: "web", task: null, object: null },
      container: { key: "00000000000000aa", id: "beef", name: null },
      allowedBy: { hostPaths: [{ add: [{ path, access: "read-only" }] }] },
      msg: `it mounts ${path}`,
    });
    const told = [
      event(1, "/opt/b"),
      event(2, "/opt/a"),
      event(3, "/opt/b"),
      event(4, "/etc/shadow"),
    ];
    const sight = {
      look: () => [],
      lookBack: async () => told.map((each) => ({ event: each, total: 1 })),
    };
    const request = { container: undefined, policy: "web", forMs: undefined };
    const more = { output: undefined, force: false };
    const signal = new AbortController().signal;
    const learned = await learn(PLACES, { ...request, ...more }, signal, sight);
    assert.deepEqual(placed(learned).rules.hostPaths, {
      mode: "enforce",
      value: ["/opt/a", "/opt/b"].map((path) => ({ path, access: "read-only" })),
    });
    assert.deepEqual([learned.refusals, learned.left], [3, 1]);
    assert.match(learned.text, /# hostPaths: \/etc\/shadow tells the host's secrets/);
  });

  test("of a policy that is not audited cannot be watched for", async () => {
    const error = await refusal({ policy: "web", forMs: 1 });
    assert.equal(error.code, "LOCKC_E_POLICY");
    assert.match(error.hint, /mode: audit/);
  });

  test("goes into a new file of that name", async () => {
    remember(capability("KILL"));
    const output = join(SCRATCH, "etc/shop.yaml");
    const { text, name } = await run({ container: "shop", output });
    assert.equal(name, "shop");
    assert.equal(readFileSync(output, "utf8"), text);
    assert.match((await refusal({ container: "shop", output })).message, /exists already/);
    assert.equal(readFileSync(output, "utf8"), text);
  });

  test("of a policy whose file is gone, or of no container, is none", async () => {
    assert.equal((await refusal({ policy: "gone" })).code, "LOCKC_E_POLICY");
    assert.equal((await refusal({ container: "nobody" })).code, "LOCKC_E_CONTAINER");
  });
});

describe("a container that is watched", () => {
  const held = () => {
    const { rules, audit, policy } = container();
    return { rules, audit, policy };
  };

  test("is loosened by force only", async () => {
    const error = await refusal({ container: "shop", forMs: 1 });
    assert.equal(error.code, "LOCKC_E_POLICY");
    assert.match(error.message, /capabilities, mounting|mounting/);
    assert.match(error.hint, /--force/);
  });

  test("has its rules only audited meanwhile, and then as before", async () => {
    const before = held();
    const learning = run({ container: "shop", forMs: 600, force: true });
    await setTimeout(200);
    assert.deepEqual(held(), { ...before, audit: before.rules });
    remember({ ...capability("KILL"), kind: EventKind.AUDITED });
    const { text } = await learning;
    assert.match(text, /- KILL\n/);
    assert.deepEqual(held(), before);
  });

  test("gets them back when the watch is ended early", async () => {
    const before = held();
    const stop = new AbortController();
    const started = performance.now();
    const learning = run({ container: "shop", forMs: 60_000, force: true }, stop.signal);
    await setTimeout(100);
    assert.notDeepEqual(held(), before);
    stop.abort();
    await learning;
    assert.ok(performance.now() - started < 10_000);
    assert.deepEqual(held(), before);
  });

  test("gets them back when looking fails", async () => {
    const before = held();
    const request = {
      policy: undefined,
      output: undefined,
      container: "shop",
      forMs: 60_000,
      force: true,
    };
    const look = () => {
      assert.notDeepEqual(held(), before);
      throw new Error("it broke");
    };
    await assert.rejects(
      learn(PLACES, request, new AbortController().signal, { look, lookBack: async () => [] }),
      /it broke/,
    );
    assert.deepEqual(held(), before);
  });

  test("keeps what a floor holds enforced", async () => {
    writePolicy(BUILT_IN, "least", "mounting: { allow: false }");
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\ndefaultPolicy: web\nfloor: least\n`);
    load(PLACES);
    const learning = run({ container: "shop", forMs: 300, force: true });
    await setTimeout(100);
    const { rules, audit } = held();
    assert.equal(rules & ~audit, Rule.MOUNT);
    await learning;
  });

  test("keeps the rules that somebody else gave it meanwhile", async () => {
    const learning = run({ container: "shop", forMs: 300, force: true });
    await setTimeout(100);
    update(containers(), u64Key(7n), encode(CONTAINER, { ...container(), audit: Rule.BPF }));
    const { notes } = await learning;
    assert.match(notes.join(), /somebody gave the container other rules/);
    assert.equal(held().audit, Rule.BPF);
  });
});
