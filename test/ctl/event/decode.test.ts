// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { validate } from "../../../core/generated/event-validator.js";
import {
  EVENT,
  EventKind,
  Hook,
  LOCKC_PATH_SIZE,
  LOCKC_WANTED_SHIFT,
  Object as ObjectKind,
  RECENT,
  Rule,
} from "../../../core/generated/layout.ts";
import { decode, encode, type Values } from "../../../core/kernel/record.ts";
import { HELD_RULES } from "../../../core/rule/bits.ts";
import { decodeEvent, decodeRecent, lostEvents } from "../../../ctl/event/decode.ts";

type Raw = Partial<Values<typeof EVENT>>;

const BOOT_NS = 1_700_000_000_000_000_000n;

/** A record as it stands in the ring buffer. */
function record(raw: Raw, path = "", bytes = Buffer.from(`${path}\0`)): Uint8Array {
  const length = path === "" && bytes.length === 1 ? 0 : bytes.length;
  return Buffer.concat([encode(EVENT, { ...raw, length }), bytes.subarray(0, length)]);
}

const DENIED: Raw = {
  sequence: 7n,
  time_ns: 1_234_567_890n,
  container: 0x1234n,
  count: 1n,
  object: 99n,
  kind: EventKind.DENIED,
  rule: Rule.PSEUDO,
  hook: Hook.FILE_OPEN,
  what: ObjectKind.FILE,
  dev: (8 << 20) | 1,
  ino: 42n,
  pid: 100,
  tid: 101,
  ns_pid: 1,
  uid: 1000,
  comm: "cat",
  exe: "/bin/cat",
  policy: "baseline",
  name: "web",
  id: "0123",
};

/** What `raw` says, and that it is what the schema promises. */
function told(raw: Raw, path?: string) {
  const event = decodeEvent(record(raw, path), BOOT_NS);
  assert.ok(event);
  assert.ok(validate(event), JSON.stringify([event, validate.errors]));
  return event;
}

test("a refusal has every field of the schema", () => {
  assert.deepEqual(told(DENIED, "/proc/kcore"), {
    level: "warn",
    time: "2023-11-14T22:13:21.234Z",
    sequence: 7,
    event: "denied",
    count: 1,
    rule: "pseudoFiles",
    hook: "file_open",
    policy: "baseline",
    container: { key: "0000000000001234", id: "0123", name: "web" },
    task: { pid: 100, tid: 101, nsPid: 1, uid: 1000, comm: "cat", exe: "/bin/cat" },
    object: { type: "file", path: "/proc/kcore", device: "8:1", inode: 42 },
    msg: '"cat" (100) in container "web" was refused opening "/proc/kcore": rule pseudoFiles of policy "baseline"',
  });
});

test("what is merged tells how often, what is audited that it was let through", () => {
  const path = "/proc/kcore";
  assert.match(
    told({ ...DENIED, count: 12n }, path).msg,
    /opening "\/proc\/kcore", 12 times: rule/,
  );
  const audited = told({ ...DENIED, kind: EventKind.AUDITED }, path);
  assert.equal(audited.level, "info");
  assert.match(audited.msg, /was let through opening .*: rule pseudoFiles .* only audits$/);
});

test("a container without a name is called by its ID, shortened as engines do", () => {
  const id = "f".repeat(64);
  const event = told({ ...DENIED, name: "", id }, "/x");
  assert.deepEqual(event.container, { key: "0000000000001234", id, name: null });
  assert.match(event.msg, /container "ffffffffffff" was/);
});

describe("each kind of object", () => {
  const object = (raw: Raw, path?: string) => told({ ...DENIED, ...raw }, path).object;

  /** The fields of a struct sockaddr, and behind them nothing. */
  const address = (...bytes: number[]) => ({ what: ObjectKind.ADDRESS, address: bytes });
  const inet6 = (...tail: number[]) =>
    address(10, 0, 0x1f, 0x90, 0, 0, 0, 0, ...Array(16 - tail.length).fill(0), ...tail);

  for (const [raw, path, expected, said] of [
    [{ what: ObjectKind.NONE }, "", null, "opening a file"],
    [
      { what: ObjectKind.FILE },
      "",
      { type: "file", device: "8:1", inode: 42 },
      "opening inode 42 of file system 8:1",
    ],
    [
      { what: ObjectKind.PROCESS, hook: Hook.TASK_KILL, number: 5n },
      "sshd",
      { type: "process", pid: 5, name: "sshd" },
      'sending a signal to "sshd" (5)',
    ],
    [
      { what: ObjectKind.CAPABILITY, hook: Hook.CAPABLE, number: 21n },
      "",
      { type: "capability", name: "CAP_SYS_ADMIN" },
      "using CAP_SYS_ADMIN",
    ],
    [
      { what: ObjectKind.CAPABILITY, hook: Hook.CAPABLE, number: 60n },
      "",
      { type: "capability", name: "CAP_60" },
      "using CAP_60",
    ],
    [
      { ...address(2, 0, 0, 80, 10, 0, 0, 1), hook: Hook.SOCKET_CONNECT },
      "",
      { type: "address", family: "AF_INET", address: "10.0.0.1", port: 80 },
      "connecting to 10.0.0.1:80",
    ],
    [
      { ...inet6(1), hook: Hook.SOCKET_BIND },
      "",
      { type: "address", family: "AF_INET6", address: "::1", port: 8080 },
      "binding a socket to [::1]:8080",
    ],
    [
      { ...address(16), hook: Hook.SOCKET_BIND },
      "",
      { type: "address", family: "AF_NETLINK" },
      "binding a socket to an address of AF_NETLINK",
    ],
    [
      {
        what: ObjectKind.SOCKET,
        hook: Hook.SOCKET_CREATE,
        number: (2n << 32n) | (3n << 16n) | 1n,
      },
      "",
      { type: "socket", family: "AF_INET", socket: "SOCK_RAW 1" },
      "making a socket AF_INET SOCK_RAW 1",
    ],
    [
      { what: ObjectKind.DEVICE, number: 0o060000n },
      "/dev/sda",
      { type: "device", kind: "block", device: "8:1", path: "/dev/sda" },
      'opening block device 8:1 "/dev/sda"',
    ],
    [
      { what: ObjectKind.NAME, hook: Hook.KERNEL_MODULE_REQUEST },
      "fs-xfs",
      { type: "name", name: "fs-xfs" },
      'making the kernel load "fs-xfs"',
    ],
    [
      { what: ObjectKind.NUMBER, hook: Hook.BPF, number: 3n },
      "",
      { type: "number", number: 3 },
      "using bpf(2) (3)",
    ],
  ] as const) {
    test(`${expected?.type ?? "none"}: ${said}`, () => {
      const event = told({ ...DENIED, ...raw }, path);
      assert.deepEqual(event.object, expected);
      assert.ok(event.msg.includes(` was refused ${said}: rule`), event.msg);
    });
  }

  test("IPv6 addresses are written as everybody else writes them", () => {
    const groups = fc.array(fc.constantFrom(0, 0, 1, 0xdb8, 0xffff), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(groups, (words) => {
        const bytes = words.flatMap((word) => [word >> 8, word & 0xff]);
        const { address: text } = object(inet6(...bytes)) as { address: string };
        const mapped = /^::ffff:[\d.]+$/.test(text);
        const written = new URL(`http://[${words.map((word) => word.toString(16)).join(":")}]/`);
        assert.equal(new URL(`http://[${text}]/`).hostname, written.hostname);
        if (!mapped) assert.equal(`[${text}]`, written.hostname);
      }),
    );
  });
});

describe("those who speak of no user code", () => {
  test("the guard is a rule of the host", () => {
    const raw = {
      ...DENIED,
      container: 0n,
      rule: Rule.GUARD,
      id: "",
      name: "",
      policy: "",
      comm: "sh",
    };
    const event = told({ ...raw, hook: Hook.FILE_OPEN }, "/usr/bin/runc");
    assert.equal(event.rule, "guard");
    assert.equal(event.container, null);
    assert.equal(event.policy, null);
    assert.equal(
      event.msg,
      '"sh" (100) of the host was refused executing "/usr/bin/runc": the guard',
    );
  });

  test("so is that nobody enters what is over", () => {
    const raw = { container: 0n, rule: Rule.ENTRY, id: "", name: "", policy: "", comm: "runc" };
    const event = told({ ...DENIED, ...raw, hook: Hook.FILE_OPEN }, "/bin/sh");
    assert.equal(event.rule, "entry");
    assert.equal(
      event.msg,
      '"runc" (100) of the host was refused executing "/bin/sh": it would enter a container that is over, or that nobody can tell',
    );
  });

  test("lockc-runc's own words are the message, behind the name of the rule", () => {
    const raw = {
      sequence: 1n,
      kind: EventKind.REFUSED,
      policy: "baseline",
      id: "x",
      what: ObjectKind.NAME,
    };
    const event = told(raw, "hostPaths: it mounts /: no");
    assert.equal(event.rule, "hostPaths");
    assert.equal(event.object, null);
    assert.equal(event.task, null);
    assert.equal(event.container?.key, "0".repeat(16));
    assert.equal(event.msg, 'lockc-runc did not create container "x": it mounts /: no');
    const ruleless = told(raw, "cannot read: no");
    assert.equal(ruleless.rule, null);
    assert.match(ruleless.msg, /: cannot read: no$/);
    const tolerated = told({ ...raw, kind: EventKind.TOLERATED }, "hostPaths: it mounts /");
    assert.equal(tolerated.level, "info");
    assert.match(tolerated.msg, /though it mounts \/, which is only audited$/);
  });

  test("before lockc-runc's words stands what would allow it, which nobody else can write", () => {
    const raw = { sequence: 1n, kind: EventKind.REFUSED, policy: "baseline", id: "x" };
    const allowedBy = { hostPaths: [{ add: [{ path: "/srv", access: "read-only" }] }], bpf: null };
    const event = told(raw, `${JSON.stringify(allowedBy)}\nhostPaths: it mounts /: no`);
    assert.deepEqual(event.allowedBy, allowedBy);
    assert.equal(event.rule, "hostPaths");
    assert.match(event.msg, /: it mounts \/: no$/);
    const sentence = 'hostPaths: the mount of "\n{"mounting":[{}]}\n"';
    for (const text of [sentence, `{"hostPaths":1}\n${sentence}`, `{"hostPaths\n${sentence}`]) {
      assert.equal(told(raw, text).allowedBy, undefined, text);
      assert.equal(told(raw, text).rule, "hostPaths", text);
    }
  });

  test("of a kernel file or a device it is told what was wanted, where the rule asks", () => {
    const file = (wanted: number, low = 0) => ({
      ...DENIED,
      number: (BigInt(wanted) << BigInt(LOCKC_WANTED_SHIFT)) | BigInt(low),
    });
    assert.equal(told(file(1), "/x").object?.access, "r");
    assert.equal(told(file(3, 1), "/x").object?.access, "rw");
    assert.equal(told(file(0, 1), "/x").object?.access, undefined);
    const device = told({ ...file(8, 0o060000), what: ObjectKind.DEVICE }, "/dev/x").object;
    assert.deepEqual([device?.access, device?.kind], ["m", "block"]);
  });

  test("containers come and go at debug level, and change their policy at info", () => {
    const levels = (["REGISTERED", "STARTED", "JOINED", "RELEASED", "CHANGED"] as const).map(
      (kind) => told({ ...DENIED, kind: EventKind[kind], rule: 0, what: 0 }).level,
    );
    assert.deepEqual(levels, ["debug", "debug", "debug", "debug", "info"]);
  });

  test("lockctl tells what was lost", () => {
    const event = lostEvents(3, 0);
    assert.ok(validate(event), JSON.stringify(validate.errors));
    assert.deepEqual([event.event, event.count, event.sequence], ["lost", 3, 0]);
  });
});

test("every rule and every hook has its name", () => {
  const rules = Object.values(Rule).map((rule) => told({ ...DENIED, rule }).rule);
  assert.deepEqual(new Set(rules), new Set([...HELD_RULES, "guard", "entry"]));
  for (const [name, hook] of Object.entries(Hook)) {
    const event = told({ ...DENIED, hook });
    assert.equal(event.hook, name === "NONE" ? null : name.toLowerCase());
    assert.doesNotMatch(event.msg, /undefined| {2}/);
  }
});

describe("whatever the bytes are", () => {
  const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const any = fc
    .tuple(
      fc.uint8Array({ minLength: EVENT.size, maxLength: EVENT.size }),
      fc.uint8Array({ maxLength: 64 }),
      fc.integer({ min: 0, max: 10 }),
      fc.oneof(fc.constantFrom(...Object.values(Rule)), u32),
      fc.oneof(fc.constantFrom(...Object.values(Hook)), u32),
      fc.integer({ min: 0, max: 9 }),
    )
    .map(([head, path, kind, rule, hook, what]) => {
      const bytes = Buffer.concat([head, path]);
      const { kind: at, rule: atRule, hook: atHook, what: atWhat, length } = EVENT.fields;
      bytes.writeUInt32LE(kind, at.offset);
      bytes.writeUInt32LE(rule, atRule.offset);
      bytes.writeUInt32LE(hook, atHook.offset);
      bytes.writeUInt32LE(what, atWhat.offset);
      bytes.writeUInt32LE(path.length, length.offset);
      return bytes;
    });

  test("an event follows the schema and its sentence is one line of visible text", () => {
    const known: readonly number[] = Object.values(EventKind);
    fc.assert(
      fc.property(any, (bytes) => {
        const event = decodeEvent(bytes, BOOT_NS);
        assert.equal(
          event !== undefined,
          known.includes(bytes.readUInt32LE(EVENT.fields.kind.offset)),
        );
        if (event === undefined) return;
        assert.ok(validate(event), JSON.stringify([event, validate.errors]));
        assert.doesNotMatch(event.msg, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        assert.deepEqual(JSON.parse(JSON.stringify(event)), event);
      }),
      { numRuns: 1000 },
    );
  });

  test("a record that is cut and a path beyond PATH_MAX are no event", () => {
    assert.equal(decodeEvent(record(DENIED).subarray(0, EVENT.size - 1), BOOT_NS), undefined);
    assert.ok(decodeEvent(record(DENIED, "/".padEnd(LOCKC_PATH_SIZE - 1, "x")), BOOT_NS));
    assert.equal(decodeEvent(record(DENIED, "/".padEnd(LOCKC_PATH_SIZE, "x")), BOOT_NS), undefined);
  });

  test("a path keeps the bytes that are text, and shows the others", () => {
    const bytes = Buffer.from([0x2f, 0xff, 0x0a, 0x1b, 0x5b, 0x41, 0]);
    const event = decodeEvent(record(DENIED, "", bytes), BOOT_NS);
    assert.equal(event?.object?.path, "/\ufffd\n\x1b[A");
    assert.match(event?.msg ?? "", /opening "\/\ufffd\\x0a\\x1b\[A": rule/);
  });
});

describe("an element of recent", () => {
  const element = (raw: Raw, rest: Partial<Values<typeof RECENT>>) =>
    decode(RECENT, encode(RECENT, { ...rest, event: [...encode(EVENT, raw)] }));

  test("is the event as it was told, with what was counted since", () => {
    const recent = decodeRecent(element(DENIED, { pending: 3n, total: 9n, path: "/x" }), BOOT_NS);
    assert.deepEqual(
      [recent?.identity, recent?.pending, recent?.total, recent?.event],
      [99n, 3, 9, told(DENIED, "/x")],
    );
  });

  test("is nothing while it is free", () => {
    assert.equal(decodeRecent(element({}, {}), BOOT_NS), undefined);
  });
});
