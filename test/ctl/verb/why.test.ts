// SPDX-License-Identifier: Apache-2.0
/** lockctl why, from what the kernel remembers to a file that may be put in place. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test } from "node:test";
import { LockcError } from "../../../core/errors.ts";
import type { Event } from "../../../core/generated/event.ts";
import {
  Hook,
  LOCKC_WANTED_SHIFT,
  Object as ObjectKind,
  Rule,
} from "../../../core/generated/layout.ts";
import { explainRefusals, type Reason } from "../../../ctl/advice/explain.ts";
import type { Ground } from "../../../ctl/advice/ground.ts";
import { readPolicySources } from "../../../ctl/policy/sources.ts";
import { PLAIN } from "../../../ctl/screen/terminal.ts";
import { changePolicy } from "../../../ctl/verb/container/policy.ts";
import { validateFiles } from "../../../ctl/verb/policy/validate.ts";
import { formatReasons, why } from "../../../ctl/verb/why.ts";
import {
  BUILT_IN,
  container,
  load,
  loadedPolicy,
  OWN,
  PLACES,
  pinProgram,
  RUNTIME,
  register,
  reload,
  SCRATCH,
  writePolicy,
} from "../../support/loaded.ts";
import { capability, forget, type Raw, remember } from "../../support/recent.ts";

const WEB = `extends: base
capabilities: { allow: [CHOWN] }
pseudoFiles:
  add:
    - { filesystem: proc, path: /interrupts, access: none }
`;
const BASE = `bpf: { allow: false }
capabilities: { allow: [] }
mounting: { allow: false }
pseudoFiles:
  restrict:
    - { filesystem: proc, path: /, access: read-only }
    - { filesystem: proc, path: /kcore, access: none }
`;

beforeEach(() => {
  forget();
  writePolicy(BUILT_IN, "base", BASE);
  writePolicy(OWN, "web", WEB);
  load(PLACES);
  register("c0ffee", { policy: "web", name: "shop" });
});

const NOTHING = {
  places: PLACES,
  settingsText: undefined,
  settings: undefined,
  records: [],
  mountsOf: () => [],
};
const explain = (event: Event, ground: Ground) => explainRefusals([{ event, total: 1 }], ground)[0];

const ask = (word = "shop") => why(PLACES, word);

/** Where the text stands in the file. */
function placeIn(folder: string, name: string, text: string): string {
  const file = join(folder, `${name}.yaml`);
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((each) => each.includes(text));
  assert.ok(line >= 0, text);
  return `${file}:${line + 1}:${lines[line]!.indexOf(text) + 1}`;
}

/** The change is a file that lockctl policy validate takes. */
function assertValid({ change }: Reason): string {
  const name = /^name: (.*)$/m.exec(change ?? "")?.[1];
  mkdirSync(OWN, { recursive: true });
  const file = join(OWN, `${name}.yaml`);
  writeFileSync(file, change!);
  assert.equal(validateFiles(PLACES, [file])[0]?.error, undefined);
  return change!;
}

describe("a refusal", () => {
  test("of a capability has where the list is written, and a policy with the one more", async () => {
    remember(capability("NET_ADMIN"), "", 12n);
    const [reason, ...others] = await ask();
    assert.deepEqual(others, []);
    assert.equal(reason?.written, placeIn(OWN, "web", "allow: [CHOWN]"));
    assert.equal(reason?.total, 12);
    assert.equal(reason?.event.rule, "capabilities");
    assert.match(
      assertValid(reason!),
      /^name: web-own\ndescription: .*\nextends: web\n\ncapabilities:\n {2}add:\n {4}# .*CAP_NET_ADMIN.*\n {4}- NET_ADMIN\n$/,
    );
    assert.deepEqual([reason?.never, reason?.instead, reason?.note], [null, null, null]);
  });

  test("of a kernel file has the entry that decides, in whichever file of the chain", async () => {
    const wanted = (bits: number) => BigInt(bits) << BigInt(LOCKC_WANTED_SHIFT);
    const file: Raw = { rule: Rule.PSEUDO, hook: Hook.FILE_OPEN, what: ObjectKind.FILE };
    remember({ ...file, number: wanted(1) }, "/proc/interrupts");
    remember({ ...file, number: wanted(3) }, "/proc/sys/net/core/somaxconn");
    remember({ ...file, number: wanted(1) }, "/proc/kcore");
    const [interrupts, somaxconn, kcore] = await ask();
    assert.equal(interrupts?.written, placeIn(OWN, "web", "{ filesystem: proc, path: /interrupts"));
    assert.match(
      assertValid(interrupts!),
      /- \{ filesystem: proc, path: \/interrupts, access: read-only \}/,
    );
    assert.equal(somaxconn?.written, placeIn(BUILT_IN, "base", "{ filesystem: proc, path: /,"));
    assert.match(
      assertValid(somaxconn!),
      /- \{ filesystem: proc, path: \/sys\/net\/core\/somaxconn, access: read-write \}/,
    );
    assert.equal(kcore?.written, placeIn(BUILT_IN, "base", "{ filesystem: proc, path: /kcore"));
    assert.deepEqual([kcore?.change, kcore?.never], [null, "it is the kernel's memory"]);
  });

  test("of what nobody should have says why, and what else to do", async () => {
    remember({ rule: Rule.BPF, hook: Hook.BPF });
    const [reason] = await ask();
    assert.equal(reason?.written, placeIn(BUILT_IN, "base", "allow: false"));
    assert.match(reason?.never ?? "", /lockc itself can be taken off/);
    assert.match(reason?.instead ?? "", /on the host/);
    assert.equal(reason?.change, null);
  });

  test("of a policy that is written otherwise now says that it is old", async () => {
    remember({ rule: Rule.MOUNT, hook: Hook.SB_MOUNT });
    writePolicy(OWN, "web", `${WEB}mounting: { allow: true }`);
    const [reason] = await ask();
    assert.match(reason?.note ?? "", /lets it through, as it is written now.*--running/);
    assert.equal(reason?.change, null);
  });

  test("of a policy whose file is gone or broken is told all the same", async () => {
    remember({ ...capability("KILL"), policy: "gone" });
    writePolicy(OWN, "broken", "mode: [");
    assert.match((await ask())[0]?.note ?? "", /"gone" is in no file/);
  });

  test("under a floor of the settings gets no change that would pass below it", async () => {
    const bounds = `runtime: ${RUNTIME}\ndefaultPolicy: web\nfloor: base\n`;
    writePolicy(BUILT_IN, "base", BASE.replace("allow: []", "allow: [CHOWN, KILL]"));
    writeFileSync(PLACES.settings, bounds);
    load(PLACES);
    remember(capability("KILL"));
    remember(capability("NET_ADMIN"));
    const [kill, netAdmin] = await ask();
    assertValid(kill!);
    assert.equal(netAdmin?.change, null);
    assert.match(netAdmin?.never ?? "", /the floor "base"/);
  });

  test("of the guard says who starts containers past lockc-runc", async () => {
    remember({ rule: Rule.GUARD, hook: Hook.FILE_OPEN, container: 0n, id: "", name: "" });
    const [reason] = await ask("1");
    assert.match(reason?.never ?? "", /past lockc-runc/);
  });

  test("of an entry says that no policy would hold it", async () => {
    remember({ rule: Rule.ENTRY, hook: Hook.FILE_OPEN, container: 0n, id: "", name: "" });
    const [reason] = await ask("1");
    assert.match(reason?.never ?? "", /a container that is over/);
    assert.match(reason?.instead ?? "", /start the container again/);
  });
});

describe("a container that was not created", () => {
  const REFUSED: Event = {
    ...{ level: "warn", time: "2026-01-01T00:00:00.000Z", sequence: 5, event: "refused", count: 1 },
    ...{ rule: "hostPaths", hook: null, policy: "web", task: null, object: null },
    container: { key: "0".repeat(16), id: "beef", name: "box" },
    msg: "lockc-runc did not create it",
  };
  const explained = (allowedBy: Event["allowedBy"]) => {
    const sources = readPolicySources(PLACES.policies);
    const ground: Ground = { ...NOTHING, sources };
    const event = { ...REFUSED, ...(allowedBy && { allowedBy }) };
    return explain(event, ground)!;
  };
  const opt = { add: [{ path: "/opt/data", access: "read-only" }] };

  beforeEach(() => {
    const rest = "hostPaths: { allow: [] }\nengineSockets: { allow: false }\n";
    writePolicy(OWN, "web", `${WEB}${rest}`);
  });

  test("gets one change for all rules that refused it", () => {
    const reason = explained({ hostPaths: [opt], capabilities: [{ add: ["KILL", "SYS_TIME"] }] });
    assert.equal(reason.written, placeIn(OWN, "web", "allow: [] }"));
    assert.match(
      assertValid(reason),
      /capabilities:\n {2}add:\n(.*\n)*? {4}- KILL\n(.*\n)*? {4}- SYS_TIME\n\nhostPaths:\n {2}add:\n.*\n {4}- \{ path: \/opt\/data, access: read-only \}\n/,
    );
  });

  test("gets none where one of them should not let it through, or nothing would", () => {
    const socket = explained({ hostPaths: [opt], engineSockets: [{ allow: true }] });
    assert.match(socket.never ?? "", /root on the host/);
    assert.equal(socket.change, null);
    for (const allowedBy of [{ hostPaths: null }, undefined]) {
      assert.match(explained(allowedBy).never ?? "", /nothing short of letting everything/);
    }
  });

  test("is told the sentence where no rule refused it", () => {
    const reason = explain({ ...REFUSED, rule: null }, { ...NOTHING, sources: [] });
    assert.match(reason?.note ?? "", /no rule refused it/);
  });
});

describe("what puts a change in place", () => {
  const walk = (commands: readonly string[]) => {
    for (const command of commands) {
      const [, container, policy] =
        /^lockctl container policy (\S+) (\S+) --force$/.exec(command) ?? [];
      if (command === "lockctl policy reload") reload(PLACES, false);
      else if (container && policy) changePolicy(PLACES, { container, policy, force: true });
      else execFileSync("sh", ["-ec", command]);
    }
  };

  test("is one road for all that a container was refused, and it holds at once", async () => {
    pinProgram("lockc_apply");
    register("c0ffee", { policy: "web", name: "shop", ...loadedPolicy("web")!.kernel });
    remember(capability("KILL"));
    remember(capability("NET_ADMIN"));
    remember({ rule: Rule.BPF, hook: Hook.BPF });
    const [kill, admin, bpf] = await ask();
    assert.deepEqual(kill?.road, admin?.road);
    assert.equal(bpf?.road, null);
    assert.equal(kill?.road?.start, "--label org.lockc.policy=web-own");
    walk(kill!.road!.commands);
    assert.equal(container().policy, "web-own");
    assert.deepEqual(loadedPolicy("web-own")?.rules.capabilities.value, [
      "CHOWN",
      "KILL",
      "NET_ADMIN",
    ]);
  });

  test("does not change a container that has another policy by now, or is none yet", async () => {
    register("c0ffee", { policy: "base", name: "shop" });
    remember(capability("KILL"));
    const [reason] = await ask();
    assert.equal(reason?.road?.commands.at(-1), "lockctl policy reload");
  });

  test("is told once for several refusals, with lines that a shell takes as they are", async () => {
    remember(capability("KILL"));
    const [reason] = await ask();
    const narrow = formatReasons([reason!], { width: 40, paint: PLAIN.paint });
    for (const command of reason!.road!.commands) {
      assert.ok(narrow.includes(`\n${command}\n`), `${command}\n${narrow}`);
    }
    remember(capability("NET_ADMIN"));
    const both = formatReasons(await ask(), PLAIN);
    assert.equal(both.match(/^lockctl policy reload$/gm)?.length, 1, both);
  });

  test("is not told for several containers at a time, whose files would be one", async () => {
    remember(capability("KILL"));
    remember({ ...capability("NET_ADMIN"), container: 8n, id: "beef", name: "other" });
    const text = formatReasons(await why(PLACES, undefined), PLAIN);
    assert.match(text, /one container at a time: lockctl why CONTAINER/);
    assert.doesNotMatch(text, /lockctl policy reload/);
  });

  test("of several starts that were refused alike is one", () => {
    const sources = readPolicySources(PLACES.policies);
    const attempts = ["a", "b"].map((id, index) => ({
      event: {
        ...{ level: "warn", time: "2026-01-01T00:00:00.000Z", sequence: index, event: "refused" },
        ...{ count: 1, rule: "capabilities", hook: null, policy: "web", task: null, object: null },
        container: { key: "0".repeat(16), id, name: null },
        msg: `container "${id}" was refused`,
        allowedBy: { capabilities: [{ add: ["KILL"] }] },
      } as Event,
      total: 1,
    }));
    const text = formatReasons(explainRefusals(attempts, { ...NOTHING, sources }), PLAIN);
    assert.equal(text.match(/^lockctl policy reload$/gm)?.length, 1, text);
  });
});

describe("the word", () => {
  test("is a name, an ID or its beginning, a key, or an event's number", async () => {
    remember(capability("KILL"));
    remember({ ...capability("KILL"), container: 8n, id: "beef", name: "other" });
    for (const word of ["shop", "c0ffee", "c0f", "0000000000000007", "1"]) {
      const found = (await ask(word)).map(({ event }) => event.container?.id);
      assert.deepEqual(found, ["c0ffee"], word);
    }
    assert.deepEqual(
      (await ask("2")).map(({ event }) => event.container?.id),
      ["beef"],
    );
  });

  test("is a container's first, if its ID looks like a number", async () => {
    remember(capability("KILL"));
    remember({ ...capability("CHOWN"), container: 8n, id: "1", name: "" });
    assert.deepEqual(
      (await ask("1")).map(({ event }) => event.sequence),
      [2],
    );
  });

  test("that names a container of which nothing was refused gives nothing", async () => {
    assert.deepEqual(await ask(), []);
    assert.match(formatReasons([], PLAIN), /nothing was refused/);
  });

  test("left out stands for the last refusals of all", async () => {
    for (let number = 1; number <= 25; number++) {
      remember({
        ...capability("NET_ADMIN"),
        container: BigInt(number),
        id: `c${number}`,
        name: "",
      });
    }
    const reasons = await why(PLACES, undefined);
    assert.deepEqual(
      reasons.map(({ event }) => event.container?.id),
      Array.from({ length: 20 }, (_, index) => `c${index + 6}`),
    );
  });

  test("is what Docker renamed a container to, not what it called it before", async () => {
    const id = "0123456789abcdef".repeat(4);
    const root = join(SCRATCH, "docker");
    mkdirSync(join(root, "containers", id), { recursive: true });
    const file = join(root, "containers", id, "config.v2.json");
    writeFileSync(file, JSON.stringify({ Name: "/shop2", Config: {} }));
    writeFileSync(PLACES.settings, `engineRoots: [${root}]\nruntime: ${RUNTIME}\n`);
    load(PLACES);
    register(id, { policy: "web", name: "blog" }, 9n);
    remember({ ...capability("NET_ADMIN"), container: 9n, id, name: "blog" });
    const ids = async (word: string) => (await ask(word)).map(({ event }) => event.container?.id);
    assert.deepEqual(await ids("shop2"), [id]);
    assert.deepEqual(await ids("blog"), [id]);
    register("other", { policy: "web", name: "blog" }, 10n);
    assert.deepEqual(await ids("blog"), []);
    rmSync(root, { recursive: true });
  });

  test("is the container that has the name now: what an earlier one was refused is not mixed in", async () => {
    const [old, older] = ["0b".repeat(32), "0c".repeat(32)];
    remember({ ...capability("KILL"), container: 5n, id: older, name: "shop" });
    remember({ ...capability("CHOWN"), container: 6n, id: old, name: "shop" });
    remember({ ...capability("SYS_TIME") });
    const noted: string[] = [];
    const asked = async (word: string) =>
      (await why(PLACES, word, (text) => noted.push(text))).map(({ event }) => event.sequence);
    assert.deepEqual(await asked("shop"), [3]);
    assert.deepEqual(noted, [
      'another container "shop" was refused something too: lockctl why 0c0c0c0c0c0c',
      'another container "shop" was refused something too: lockctl why 0b0b0b0b0b0b',
    ]);
    assert.deepEqual(await asked("0b0b0b0b0b0b"), [2]);
    assert.deepEqual(await asked("0c"), [1]);
    await assert.rejects(asked("0"), { message: /more than one container: shop, 0c.*, shop, 0b/ });
  });

  test("is of containers that are over the last one of that name", async () => {
    remember({ ...capability("KILL"), container: 5n, id: "0b".repeat(32), name: "gone" });
    remember({ ...capability("CHOWN"), container: 6n, id: "0c".repeat(32), name: "gone" });
    assert.deepEqual(
      (await ask("gone")).map(({ event }) => event.sequence),
      [2],
    );
  });

  test("means an engine's container over all its starts, another one for the one run", async () => {
    const id = "0d".repeat(32);
    register(id, { policy: "web", name: "again" }, 9n);
    remember({ ...capability("KILL"), container: 8n, id, name: "again" });
    remember({ ...capability("CHOWN"), container: 9n, id, name: "again" });
    remember({ ...capability("SYS_TIME"), container: 6n });
    const numbers = async (word: string) => (await ask(word)).map(({ event }) => event.sequence);
    assert.deepEqual(await numbers("again"), [1, 2]);
    assert.deepEqual(await numbers("0000000000000008"), [1], "by its key only that start");
    assert.deepEqual(await numbers("c0ffee"), [], "an ID that was given by hand, and again");
    assert.deepEqual(await numbers("0000000000000006"), [3]);
  });

  test("is a number before it is how an ID begins", async () => {
    remember({ ...capability("KILL"), container: 5n, id: "2f".repeat(32), name: "" });
    remember(capability("CHOWN"));
    assert.deepEqual(
      (await ask("2")).map(({ event }) => event.sequence),
      [2],
    );
    assert.deepEqual(
      (await ask("2f")).map(({ event }) => event.sequence),
      [1],
    );
  });

  test("that names nothing is an error", async () => {
    for (const word of ["nobody", "", "99"]) {
      await assert.rejects(
        ask(word),
        (error: unknown) => error instanceof LockcError && error.code === "LOCKC_E_CONTAINER",
        word,
      );
    }
  });
});

describe("for people", () => {
  test("refusals with one remedy stand together, and no text moves the cursor", async () => {
    remember({ ...capability("KILL"), comm: "\x1b[2Jx" }, "", 5n);
    remember({ ...capability("KILL"), comm: "y" });
    remember({ rule: Rule.BPF, hook: Hook.BPF });
    const text = formatReasons(await ask(), { width: 80, paint: PLAIN.paint });
    assert.equal(text.match(/policy\/web-own\.yaml/g)?.length, 1, text);
    assert.match(text, /denied 1: .*\n(.*\n)*denied 2: /);
    assert.match(text, /\(5 times in all\)/);
    assert.match(text, /not to be allowed: /);
    assert.ok(!text.includes("\x1b"), text);
    assert.ok(
      text.split("\n").every((line) => line.length <= 80 || !line.includes(" ")),
      text,
    );
  });
});
