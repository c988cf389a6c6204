// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel half's deciders, compiled for this host, against what they should
 * say by other means. (That the kernel asks them, test/vm/confinement.test.ts tells.)
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  Access,
  GrantFlag,
  LOCKC_ANY_MINOR,
  LOCKC_PSEUDO_DEPTH,
  LOCKC_PSEUDO_REACH,
  PSEUDO_KEY,
  Rule,
} from "../../core/generated/layout.ts";
import { decode } from "../../core/kernel/record.ts";
import { pseudoAccess } from "../../core/rule/pseudo-files.ts";
import type { PseudoRule } from "../../core/rule/values.ts";
import { compilePseudo } from "../../ctl/policy/compile.ts";
import { hashPath } from "../../ctl/policy/entry.ts";
import { compileOnHost } from "./on-host.ts";

const decider = compileOnHost("decide");

/** One answer for each question but "rule", "entry" and "forget". */
function ask(questions: readonly string[]): string[] {
  const input = `${questions.join("\n")}\n`;
  return execFileSync(decider, { input, encoding: "utf8" }).trimEnd().split("\n");
}
const allows = (question: string) => ask([question])[0] === "1";

describe("pseudo files", () => {
  const name = fc.constantFrom("a", "b", "ab", "a.b", "sys", "x".repeat(255));
  const path = (maxLength: number) =>
    fc.array(name, { maxLength }).map((names) => `/${names.join("/")}`);
  const rules = fc.uniqueArray(
    fc.record({ path: path(LOCKC_PSEUDO_DEPTH), access: fc.integer({ min: 0, max: 3 }) }),
    { maxLength: 8, selector: (rule) => rule.path },
  );
  const covers = (rule: string, file: string) =>
    rule === "/" || file === rule || file.startsWith(`${rule}/`);

  test("the longest rule on the way to a file decides, however deep the file lies", () => {
    const cases = fc.sample(fc.tuple(rules, path(4 * LOCKC_PSEUDO_DEPTH), path(3)), 500);
    const questions: string[] = [];
    const expected: string[] = [];
    for (const [set, deep, tail] of cases) {
      questions.push("forget", ...set.map((rule) => `rule ${rule.path} ${rule.access}`));
      // Random paths rarely meet a rule; those below one do.
      const below = set.map((rule) => `${rule.path === "/" ? "" : rule.path}${tail}`);
      for (const file of [deep, ...below.map((found) => found.replace(/(.)\/$/, "$1"))]) {
        const [longest] = set
          .filter((rule) => covers(rule.path, file))
          .sort((a, b) => b.path.length - a.path.length);
        questions.push(`access ${file}`);
        expected.push(String(longest?.access ?? 3));
      }
    }
    assert.deepEqual(ask(questions), expected);
  });

  /** What lockctl writes for the rules. */
  const entries = (set: readonly PseudoRule[]) =>
    compilePseudo(set).map(({ key, value }) => {
      const { path: hash } = decode(PSEUDO_KEY, key) as { path: bigint };
      return `entry ${hash.toString(16)} ${Buffer.from(value).readUInt32LE()}`;
    });
  const proc = (rule: string, access: PseudoRule["access"]): PseudoRule => ({
    filesystem: "proc",
    path: rule,
    access,
  });
  const BITS = { none: "0", "read-only": "1", "read-write": "3" } as const;
  const opened = (set: readonly PseudoRule[], files: readonly string[]) =>
    ask([...entries(set), ...files.map((file) => `access ${file}`)]).map((said) =>
      String(Number(said) & ~Access.BELOW),
    );

  /** From the root down, component by component: the last rule that ends at one holds. */
  const walk = (set: readonly PseudoRule[], file: string): string => {
    const names = file.split("/").filter(Boolean);
    let access: string = "read-write";
    for (let depth = 0; depth <= names.length; depth++) {
      const here = `/${names.slice(0, depth).join("/")}`;
      const meeting = set.flatMap((rule) => {
        const [prefix, last] = rule.path.split("/**/");
        if (last === undefined) return rule.path === here ? [{ ...rule, near: 99 }] : [];
        const above = (prefix || "/").split("/").filter(Boolean);
        const fits = names[depth - 1] === last && depth > above.length;
        return fits && above.every((name, index) => name === names[index])
          ? [{ ...rule, near: above.length }]
          : [];
      });
      meeting.sort((a, b) => a.near - b.near);
      access = meeting.at(-1)?.access ?? access;
    }
    return access;
  };

  test("a name anywhere below a path counts as a rule for the component that it is", () => {
    const short = fc.constantFrom("a", "b", "c", "ab");
    const plain = fc.array(short, { maxLength: 4 }).map((names) => `/${names.join("/")}`);
    const anywhere = fc
      .tuple(fc.array(short, { maxLength: 3 }), short)
      .map(([names, last]) => `${names.map((each) => `/${each}`).join("")}/**/${last}`);
    const access = fc.constantFrom(...(["none", "read-only", "read-write"] as const));
    const set = fc.array(fc.record({ path: fc.oneof(plain, anywhere), access }), { maxLength: 9 });
    const files = fc.array(
      fc.array(short, { maxLength: 9 }).map((names) => `/${names.join("/")}`),
      { minLength: 8, maxLength: 8 },
    );
    const cases = fc
      .sample(fc.tuple(set, files), 600)
      .map(
        ([rulesOf, paths]) => [rulesOf.map((rule) => proc(rule.path, rule.access)), paths] as const,
      );
    const questions = cases.flatMap(([some, paths]) => [
      "forget",
      ...entries(some),
      ...paths.map((file) => `access ${file}`),
    ]);
    const said = ask(questions).map((answer) => String(Number(answer) & ~Access.BELOW));
    const expected = cases.flatMap(([some, paths]) => paths.map((file) => walk(some, file)));
    assert.deepEqual(
      cases.flatMap(([some, paths]) => paths.map((file) => pseudoAccess(some, "proc", file))),
      expected,
    );
    assert.deepEqual(
      said,
      expected.map((each) => BITS[each as keyof typeof BITS]),
    );
  });

  test("which of two rules with and without such a name holds", () => {
    const set = [
      proc("/", "read-only"),
      proc("/devices/**/block", "none"),
      proc("/devices/virtual/block/loop0", "read-write"),
      proc("/devices/system/block", "read-only"),
      proc("/devices/system/**/node", "none"),
    ];
    const cases: [file: string, access: keyof typeof BITS][] = [
      ["/devices", "read-only"],
      ["/devices/block", "none"],
      ["/devices/pci/0/1/2/block", "none"],
      ["/devices/pci/0/1/2/block/sda/size", "none"],
      ["/devices/pci/0/1/2/blocks/sda", "read-only"],
      ["/block", "read-only"],
      ["/class/block", "read-only"],
      // A rule that reaches deeper, or is for that very path.
      ["/devices/virtual/block/loop0/size", "read-write"],
      ["/devices/virtual/block/loop1/size", "none"],
      ["/devices/virtual/block/loop0/block", "none"],
      ["/devices/system/block/sda", "read-only"],
      // Below a second prefix the first one's names are looked for, too.
      ["/devices/system/x/block", "none"],
      ["/devices/system/x/node/1", "none"],
      ["/devices/x/node/1", "read-only"],
    ];
    assert.deepEqual(
      opened(
        set,
        cases.map(([file]) => file),
      ),
      cases.map(([, access]) => BITS[access]),
    );
  });

  test("what lies deeper than such a name is looked for is open for nothing", () => {
    const set = [proc("/a/**/b", "none")];
    const deep = (top: string, components: number) => top + "/x".repeat(components - 1);
    assert.deepEqual(
      opened(set, [
        deep("/a", LOCKC_PSEUDO_REACH),
        deep("/a", LOCKC_PSEUDO_REACH + 1),
        deep("/c", LOCKC_PSEUDO_REACH + 1),
        `${deep("/a", LOCKC_PSEUDO_REACH - 1)}/b`,
      ]),
      ["3", "0", "3", "0"],
    );
  });

  test("a dentry that does not lead to the root is open for nothing", () => {
    assert.deepEqual(ask(["rule / 3", "stray /a", "stray /"]), ["0", "0"]);
    const deep = [2048, 2049].map((depth) => `access ${"/a".repeat(depth)}`);
    assert.deepEqual(ask(deep), ["3", "0"]);
  });

  test("in proc each process's directory is self's", () => {
    const rules = ["rule / 1", "rule /self 3", "rule /self/mem 0"];
    const paths = [
      "/1/stat",
      "/4194304/task/12/stat",
      "/9",
      "/1/mem",
      "/self",
      "/sys/1",
      "/a1/mem",
    ];
    assert.deepEqual(ask([...rules, ...paths.map((path) => `access ${path}`)]), [
      "3",
      "3",
      "3",
      "0",
      "3",
      "1",
      "1",
    ]);
  });

  test("a container's own cgroup is written, but for its limits, and nothing beside it", () => {
    const { READ, WRITE, OWN } = Access;
    const cases: [up: number, path: string, written: boolean][] = [
      [0, "/a/own", true],
      [1, "/a/own/new", true],
      [1, "/a/own/cgroup.procs", true],
      [1, "/a/own/cgroup.subtree_control", true],
      [1, "/a/own/memory.max", false],
      [1, "/a/own/pids.max", false],
      [1, "/a/own/cgroup", true],
      [2, "/a/own/sub/memory.max", true],
      [2, "/a/own/sub/cgroup.procs", true],
      [9, "/a/own/b/c/d/e/f/g/h/i/j", true],
      [20, `/a/own${"/b".repeat(20)}`, true],
      [-1, "/a/cgroup.procs", false],
      [-1, "/cgroup.procs", false],
      [-1, "/a/other/cgroup.procs", false],
      [-1, "/", false],
    ];
    for (const [rule, other] of [
      [READ | OWN, READ | OWN],
      [READ | WRITE, READ | WRITE],
      [0, 0],
    ] as const) {
      assert.deepEqual(
        ask([`rule / ${rule}`, ...cases.map(([up, path]) => `own ${up} ${path}`)]),
        cases.map(([, , written]) => String(other | (rule & OWN && written ? WRITE : 0))),
      );
    }
  });

  test("no policy has a rule that is longer than the kernel looks", () => {
    const schema = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../schemas/policy.schema.json"), "utf8"),
    );
    const pattern = new RegExp(schema.definitions.pseudoFile.properties.path.pattern, "u");
    assert.match("/a/b", pattern);
    assert.doesNotMatch("/a".repeat(LOCKC_PSEUDO_DEPTH + 1), pattern);
    assert.doesNotMatch(`/${"a".repeat(256)}`, pattern);
    for (const path of ["/a/**/b", "/**/b", "/a/b**/c/d"]) assert.match(path, pattern);
    for (const path of ["/**", "/a/**", "/a/**/b/c", "/a/**/**", "/**/b/**/c"]) {
      assert.doesNotMatch(path, pattern);
    }
  });

  test("a path has the same hash in the kernel and for lockctl", () => {
    const anyName = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((text) => !/[\s\0/]/u.test(text) && Buffer.byteLength(text) < 256);
    const paths = fc.sample(fc.array(anyName, { minLength: 1, maxLength: 9 }), 300);
    const texts = ["/", ...paths.map((names) => `/${names.join("/")}`)];
    assert.deepEqual(
      ask(texts.map((text) => `hash ${text}`)),
      texts.map((text) => hashPath(text).toString(16)),
    );
  });
});

describe("devices", () => {
  const COMMON = [3, 5, 7, 8, 9].map((minor) => `c:1:${minor}`);
  const { READ, WRITE, MAKE } = Access;
  const all = (device: string) => [`open ${device} ${READ | WRITE}`, `make ${device} ${MAKE}`];

  test("every container has the common ones, terminals and whiteouts, as character devices", () => {
    const terminals = ["c:5:0", "c:5:2", "c:136:0", "c:143:1048575", "c:0:0"];
    const had = [...COMMON, ...terminals];
    const others = [
      ...had.map((device) => device.replace("c", "b")),
      ...["c:1:1", "c:1:2", "c:1:4", "c:1:11", "c:5:3", "c:4:0", "c:135:0", "c:144:0", "c:0:1"],
      ...["c:4:1", "c:4:64", "c:7:0"],
      ...[
        "c:10:200",
        "c:10:229",
        "c:10:232",
        "b:8:0",
        "b:7:0",
        "c:257:3",
        "c:1:259",
        "c:1:1048575",
      ],
    ];
    assert.deepEqual(
      ask(["forget", ...had.flatMap(all)]),
      had.flatMap(() => ["1", "1"]),
    );
    assert.deepEqual(
      ask(["forget", ...others.flatMap(all)]),
      others.flatMap(() => ["0", "0"]),
    );
  });

  test("the host's console may be made and not opened, unless the policy has it", () => {
    const asked = all("c:5:1");
    assert.deepEqual(ask(["forget", ...asked]), ["0", "1"]);
    assert.deepEqual(ask([`device c 5 1 ${READ | WRITE}`, ...asked]), ["1", "1"]);
  });

  test("others are opened and made as far as the policy says, by type, major and minor", () => {
    const number = fc.constantFrom(2, 8, 255, 256, 257, 4095);
    const device = fc.record({
      type: fc.constantFrom("c", "b"),
      major: number,
      minor: fc.oneof(number, fc.constant(1048575)),
    });
    const allowed = fc.tuple(device, fc.boolean(), fc.integer({ min: 1, max: 15 }));
    const cases = fc.sample(
      fc.tuple(
        fc.uniqueArray(allowed, {
          maxLength: 6,
          selector: ([{ type, major, minor }, any]) => `${type}:${major}:${any ? "any" : minor}`,
        }),
        device,
        fc.constantFrom(READ, WRITE, READ | WRITE, MAKE),
      ),
      1000,
    );
    const questions: string[] = [];
    const expected: string[] = [];
    for (const [list, extra, wanted] of cases) {
      questions.push("forget");
      for (const [{ type, major, minor }, any, access] of list) {
        questions.push(`device ${type} ${major} ${any ? LOCKC_ANY_MINOR : minor} ${access}`);
      }
      for (const asked of [extra, ...list.map(([one]) => one)]) {
        const open = list
          .filter(([{ type, major }]) => type === asked.type && major === asked.major)
          .filter(([{ minor }, any]) => any || minor === asked.minor)
          .reduce((sum, [, , access]) => sum | access, 0);
        const act = wanted === MAKE ? "make" : "open";
        questions.push(`${act} ${asked.type}:${asked.major}:${asked.minor} ${wanted}`);
        expected.push((wanted & ~open) === 0 ? "1" : "0");
      }
    }
    assert.deepEqual(ask(questions), expected);
    assert.equal(new Set(expected).size, 2);
  });

  test("an open for neither reading nor writing takes both", () => {
    for (const [access, said] of [
      [READ, "0"],
      [WRITE, "0"],
      [READ | WRITE, "1"],
    ]) {
      assert.deepEqual(ask([`device b 8 1 ${access}`, "open b:8:1 0"]), [said]);
    }
  });
});

describe("places", () => {
  const name = fc.constantFrom("a", "b", "run", "docker.sock");
  const path = fc
    .array(name, { maxLength: LOCKC_PSEUDO_DEPTH })
    .map((names) => `/${names.join("/")}`);
  const covers = (given: string, file: string) =>
    given === "/" || file === given || file.startsWith(`${given}/`);

  test("a file is reached through each directory above it that was given, with its flags", () => {
    const grant = fc.record({ path, flags: fc.integer({ min: 0, max: 1 }) });
    const grants = fc.uniqueArray(grant, { maxLength: 4, selector: (one) => one.path });
    const cases = fc.sample(fc.tuple(grants, path, path), 400);
    const questions: string[] = [];
    const expected: string[] = [];
    for (const [given, file, tail] of cases) {
      questions.push("forget", ...given.map((one) => `grant ${one.path} ${one.flags}`));
      const below = given.map((one) => `${one.path}${tail}`.replace(/\/+/g, "/"));
      for (const each of [file, ...below.map((found) => found.replace(/(.)\/$/, "$1"))]) {
        for (const wanted of [0, 1]) {
          questions.push(`above ${each} ${wanted}`);
          const found = given.some((one) => one.flags >= wanted && covers(one.path, each));
          expected.push(found ? "1" : "0");
        }
      }
    }
    assert.deepEqual(ask(questions), expected);
    assert.ok(expected.includes("0") && expected.includes("1"));
  });

  test("a token is what lies on what was given with one, wherever that is mounted", () => {
    const TOKEN = GrantFlag.TOKEN;
    const given = ["forget", "grant / 0", `grant /pods/account ${TOKEN | 3}`, "grant /token 7"];
    const files = ["/pods/account", "/pods/account/..1/token", "/pods", "/pods/other", "/token"];
    const asked = (on = "") => ask([...given, ...files.map((file) => `token ${file} ${on}`)]);
    assert.deepEqual(asked(), ["1", "1", "0", "0", "0"]);
    assert.deepEqual(asked("several"), ["1", "1", "0", "0", "0"]);
    assert.deepEqual(asked("other"), ["0", "0", "0", "0", "0"]);
    // Who cannot be told to lie elsewhere lies there.
    const deep = [2000, 2048].map((depth) => `token /x${"/a".repeat(depth)}`);
    assert.deepEqual(ask([...given.slice(0, 1), ...deep]), ["0", "1"]);
    // Its owner can give the directory another generation.
    const changed = ["forget", "lies 0 7", `grant /a ${TOKEN}`, "lies 0 8", "token /a/token"];
    assert.deepEqual(ask(changed), ["1"]);
  });

  test("an engine's socket is told by its whole path", () => {
    const sockets = ["/docker.sock", "/containerd/containerd.sock", `${"/a".repeat(16)}`];
    const others = ["/", "/docker.soc", "/docker.sock/x", "/containerd", "/a/docker.sock"];
    const set = ["forget", ...sockets.map((socket) => `engine ${socket}`)];
    const asked = [...sockets, ...others, "/a".repeat(17)].map((socket) => `is-engine ${socket}`);
    assert.deepEqual(ask([...set, ...asked]), [
      ...sockets.map(() => "1"),
      ...others.map(() => "0"),
      "0",
    ]);
    const deep = [2047, 2048].map((depth) => `is-engine ${"/a".repeat(depth)}`);
    assert.deepEqual(ask(deep), ["0", "1"]);
  });

  test("of a file too deep to be told, or that hangs on nothing, it is said that nobody can say", () => {
    const at = (depth: number) => `above /d${"/a".repeat(depth)} 1`;
    assert.deepEqual(ask([at(2046), at(2047), at(4000), "loose /d/file 1"]), ["0", "2", "2", "2"]);
    const given = ["grant /d 1", at(2046), at(2047), at(4000)];
    assert.deepEqual(ask(given), ["1", "1", "2"]);
    assert.deepEqual(ask(["grant /d/file 1", "loose /d/file 1"]), ["1"]);
  });

  test("of those with one number on a file system the one is given that was named", () => {
    const places = ["256 7", "257 7", "256 8", "5 7", "0 7", "0 8"];
    for (const given of places) {
      const named = (flags: number) => {
        const asked = places.flatMap((place) => [`lies ${place}`, `above /d/file ${flags}`]);
        return ask(["forget", `lies ${given}`, "grant /d 1", ...asked]);
      };
      assert.deepEqual(
        named(0),
        places.map((place) => (place === given ? "1" : "0")),
        given,
      );
      // Its owner can give a directory another generation, and makes it nobody else's by that.
      const subvolume = (place: string) => place.split(" ")[0];
      assert.deepEqual(
        named(1),
        places.map((place) => (subvolume(place) === subvolume(given) ? "1" : "0")),
        given,
      );
    }
  });

  test("what is handed over is used in the mode of its descriptors, which add up", () => {
    const modes = ["0", "1", "2", "3", "12", "21", "10", "11"];
    for (const given of modes) {
      const sum = [...given].reduce((all, mode) => all | Number(mode), 0);
      const wanted = [0, 1, 2, 3];
      assert.deepEqual(
        wanted.flatMap((each) => ask(["forget", `hand ${given} ${each} 5`])),
        wanted.map((each) => ((each & ~sum) === 0 ? "1" : "0")),
        given,
      );
    }
  });

  test("a file that was given the number of one handed over is not that", () => {
    assert.deepEqual(ask(["forget", "hand 3 1 5"]), ["1"]);
    assert.deepEqual(ask(["forget", "hand 3 1 6"]), ["0"]);
    assert.deepEqual(ask(["forget", "hand 3 0 6"]), ["0"]);
  });

  test("what lends its owner's rights: set-user-ID, set-group-ID programs, devices", () => {
    const lends = [
      ...["104755 0", "104000 0", "102755 0", "102010 0", "102745 0", "102644 0"],
      ...["20666 259", "60660 1"],
    ];
    const keeps = ["100777 0", "42775 0", "44755 0", "20600 0", "101777 0", "10666 0"];
    assert.deepEqual(ask([...lends, ...keeps].map((mode) => `mode ${mode}`)), [
      ...lends.map(() => "1"),
      ...keeps.map(() => "0"),
    ]);
    const names = ["security.capability", "security.capabilitys", "security.capabilit", "user.x"];
    assert.deepEqual(ask(names.map((each) => `xattr ${each} 100755`)), ["1", "0", "0", "0"]);
    for (const acl of ["system.posix_acl_access", "system.nfs4_acl"]) {
      const asked = [`${acl} 102644`, `${acl} 104700`, `${acl} 100755`, `${acl} 42775`];
      const said = ask([...asked, `x${acl} 104755`].map((each) => `xattr ${each}`));
      assert.deepEqual(said, ["1", "1", "0", "0", "0"], acl);
    }
    assert.deepEqual(ask(["xattr user.system.x 104755", "xattr system 104755"]), ["0", "0"]);
  });
});

describe("addresses", () => {
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8);
  /** Docker's resolver, which is the host's. */
  const resolver = new BlockList();
  resolver.addAddress("127.0.0.11");
  loopback.addAddress("::1", "ipv6");
  const any = new BlockList();
  any.addAddress("0.0.0.0");
  any.addAddress("::", "ipv6");

  const INET = 2;
  const INET6 = 10;
  const bytes4 = fc.oneof(
    fc.constantFrom("127.0.0.1", "0.0.0.0", "126.255.255.255", "128.0.0.0", "1.0.0.127"),
    fc.constantFrom("127.0.0.11", "127.0.0.10", "127.0.0.12", "127.0.1.11", "11.0.0.127"),
    fc.ipV4(),
    fc.ipV4().map((text) => text.replace(/^\d+/, "127")),
  );
  const address = fc.oneof(
    bytes4.map((text) => ({ family: INET, text })),
    bytes4.map((text) => ({ family: INET6, text: `::ffff:${text}` })),
    bytes4.map((text) => ({ family: INET6, text: `::${text}` })),
    fc
      .constantFrom("::", "::1", "::2", "1::", "1::1", "0:0:0:1::1", "fe80::1", "::1:0:0")
      .map((text) => ({ family: INET6, text })),
    fc.ipV6().map((text) => ({ family: INET6, text })),
  );

  /** Sixteen or four bytes, by the URL parser, which knows every spelling. */
  const pack = ({ family, text }: { family: number; text: string }): Buffer => {
    if (family === INET) return Buffer.from(text.split(".").map(Number));
    const plain = new URL(`http://[${text}]/`).hostname.slice(1, -1);
    const [head = "", tail] = plain.split("::");
    const groups = (part: string) => part.split(":").filter((group) => group !== "");
    const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
    const all = [...groups(head), ...Array<string>(missing).fill("0"), ...groups(tail ?? "")];
    return Buffer.concat(all.map((group) => Buffer.from(group.padStart(4, "0"), "hex")));
  };
  const sockaddr = (family: number, port: number, packed: Buffer): string => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(family, 0);
    head.writeUInt16BE(port, 2);
    const body =
      family === INET6 ? [Buffer.alloc(4), packed, Buffer.alloc(4)] : [packed, Buffer.alloc(8)];
    return Buffer.concat([head, ...body]).toString("hex");
  };
  const isIn = (list: BlockList, { family, text }: { family: number; text: string }) =>
    list.check(text, family === INET ? "ipv4" : "ipv6");

  test("connect and send reach loopback and the unspecified address, bind the latter with port 0", () => {
    const cases = fc.sample(fc.tuple(address, fc.constantFrom(0, 1, 80, 256, 65535)), 2000);
    const questions: string[] = [];
    const expected: string[] = [];
    for (const [to, port] of cases) {
      const hex = sockaddr(to.family, port, pack(to));
      const near = isIn(loopback, to) && !isIn(resolver, to);
      const nowhere = isIn(any, to);
      questions.push(...["connect", "send", "bind"].map((act) => `${act} ${to.family} ${hex}`));
      for (const verdict of [near || nowhere, near || nowhere, near || (nowhere && port === 0)]) {
        expected.push(verdict ? "1" : "0");
      }
    }
    const said = ask(questions);
    said.forEach((answer, index) => {
      assert.equal(
        answer,
        expected[index],
        `${questions[index]}: ${cases[Math.floor(index / 3)]![0].text}`,
      );
    });
    assert.ok(new Set(said).size === 2);
  });

  test("AF_UNSPEC disconnects, but is AF_INET to bind and send", () => {
    const far = sockaddr(0, 80, Buffer.from([192, 0, 2, 1]));
    const near = sockaddr(0, 80, Buffer.from([127, 0, 0, 1]));
    assert.deepEqual(
      ask([
        `connect 2 ${far}`,
        `send 2 ${far}`,
        `bind 2 ${far}`,
        `send 2 ${near}`,
        "connect 2 0000",
      ]),
      ["1", "0", "0", "1", "1"],
    );
  });

  test("a message of sendmmsg after which others come has no address; the last one may", () => {
    const near = sockaddr(INET, 80, Buffer.from([127, 0, 0, 1]));
    const far = sockaddr(INET, 80, Buffer.from([192, 0, 2, 1]));
    const asked = [`batch 2 ${near}`, `batch 2 ${far}`, `send 2 ${near}`, `send 2 ${far}`];
    assert.deepEqual(ask(asked), ["0", "0", "1", "0"]);
  });

  test("an address that is cut off is none", () => {
    for (const [family, packed] of [
      [INET, Buffer.from([127, 0, 0, 1])],
      [INET6, pack({ family: INET6, text: "::1" })],
    ] as const) {
      const whole = sockaddr(family, 0, packed);
      const least = family === INET ? 8 : 24;
      for (let length = 0; length <= whole.length / 2; length++) {
        const cut = whole.slice(0, 2 * length);
        const expected = length >= least;
        for (const act of ["connect", "bind"]) {
          assert.equal(allows(`${act} ${family} ${cut || "-"}`), expected, `${act} ${cut}`);
        }
      }
    }
  });

  test("UNIX and netlink sockets have addresses of their own, other families none", () => {
    const far = sockaddr(INET, 80, Buffer.from([192, 0, 2, 1]));
    assert.deepEqual(
      [1, 16, 17, 38, 40].map((family) => allows(`connect ${family} ${far}`)),
      [true, true, false, false, false],
    );
  });
});

describe("ancillary data and options", () => {
  const control = (level: number, type: number, data: readonly number[], length?: number) => {
    const head = Buffer.alloc(16);
    head.writeBigUInt64LE(BigInt(length ?? 16 + data.length), 0);
    head.writeInt32LE(level, 8);
    head.writeInt32LE(type, 12);
    return Buffer.concat([
      head,
      Buffer.from(data),
      Buffer.alloc((8 - (data.length % 8)) % 8),
    ]).toString("hex");
  };
  const TOS = control(0, 1, [16]);
  const SEGMENT = control(17, 103, [0, 5]);
  const HARMLESS = [
    TOS,
    SEGMENT,
    control(0, 8, [1, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0]),
    control(41, 50, [...Array<number>(16).fill(0), 0, 0, 0, 0]),
  ];
  const HARMFUL = [
    control(0, 8, [2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0]),
    control(0, 7, [0x83, 7, 4, 192, 0, 2, 1, 0]),
    control(41, 50, [...Array<number>(16).fill(0), 2, 0, 0, 0]),
    control(41, 57, [0, 2, 4, 0, 0, 0, 0, 0]),
    // From Docker's resolver to nowhere, which is to where it comes from.
    control(0, 8, [1, 0, 0, 0, 127, 0, 0, 11, 0, 0, 0, 0]),
    control(41, 50, [...Array<number>(10).fill(0), 255, 255, 127, 0, 0, 11, 0, 0, 0, 0]),
    control(0, 1, [16], 1000),
    control(0, 1, [16], 3),
    control(999, 1, []),
  ];

  test("ancillary data is allowed when all of it is harmless, and it is not more than a program needs", () => {
    const mixed = fc.array(fc.constantFrom(...HARMLESS, ...HARMFUL), {
      minLength: 1,
      maxLength: 10,
    });
    const cases = [
      ...fc.sample(mixed, 300),
      ...fc.sample(fc.array(fc.constantFrom(...HARMLESS), { minLength: 1, maxLength: 10 }), 100),
    ];
    assert.deepEqual(
      ask(cases.map((parts) => `control ${parts.join("")}`)),
      cases.map((parts) =>
        parts.length <= 8 && !parts.some((part) => HARMFUL.includes(part)) ? "1" : "0",
      ),
    );
  });

  test("options that choose another way are refused, also those that nobody knows yet", () => {
    const allowed = (level: number) => {
      const numbers = Array.from({ length: 300 }, (_, option) => option);
      const said = ask(numbers.map((option) => `option ${level} ${option}`));
      return new Set(numbers.filter((option) => said[option] === "1"));
    };
    const [socket, ip, ip6, tcp] = [allowed(1), allowed(0), allowed(41), allowed(6)] as const;
    // SO_REUSEADDR, SO_BROADCAST, SO_RCVTIMEO_NEW; SO_BINDTODEVICE, SO_BINDTOIFINDEX
    for (const option of [2, 6, 66]) assert.ok(socket.has(option), `SOL_SOCKET ${option}`);
    for (const option of [25, 62]) assert.ok(!socket.has(option), `SOL_SOCKET ${option}`);
    // IP_TOS, IP_PKTINFO, IP_RECVERR; IP_OPTIONS, IP_TRANSPARENT, IP_MULTICAST_IF,
    // IP_ADD_MEMBERSHIP, MCAST_JOIN_GROUP, IP_UNICAST_IF, IPT_SO_SET_REPLACE
    for (const option of [1, 8, 11]) assert.ok(ip.has(option), `SOL_IP ${option}`);
    for (const option of [4, 19, 32, 35, 42, 50, 53, 64, 65, 72, 299]) {
      assert.ok(!ip.has(option), `SOL_IP ${option}`);
    }
    // IPV6_V6ONLY, IPV6_RECVPKTINFO, IPV6_TCLASS; IPV6_2292PKTOPTIONS, IPV6_NEXTHOP, IPV6_MULTICAST_IF,
    // IPV6_FLOWLABEL_MGR, IPV6_PKTINFO, IPV6_HOPOPTS, IPV6_RTHDR, IPV6_DSTOPTS, IPV6_UNICAST_IF
    for (const option of [26, 49, 67]) assert.ok(ip6.has(option), `SOL_IPV6 ${option}`);
    for (const option of [0, 6, 9, 17, 20, 32, 42, 50, 54, 55, 57, 59, 64, 75, 76, 79, 128, 154]) {
      assert.ok(!ip6.has(option), `SOL_IPV6 ${option}`);
    }
    assert.equal(tcp.size, 300);
  });

  test("sockets are made that stay inside, and no others", () => {
    const numbers = Array.from({ length: 50 }, (_, number) => number);
    const made = (family: number, type: number, protocol: number) =>
      `socket ${family} ${type} ${protocol}`;
    const said = ask(numbers.flatMap((family) => [made(family, 1, 0), made(family, 3, 255)]));
    const families = numbers.filter((family) => said[2 * family] === "1");
    const raw = numbers.filter((family) => said[2 * family + 1] === "1");
    assert.deepEqual(families, [1, 2, 10, 16]);
    assert.deepEqual(raw, [1]);
    const protocols = Array.from({ length: 300 }, (_, protocol) => protocol);
    const streams = ask(protocols.map((protocol) => made(2, 1, protocol)));
    assert.deepEqual(
      protocols.filter((protocol) => streams[protocol] === "1"),
      [0, 6, 17, 136, 262],
    );
  });
});

test("families that no network namespace keeps apart are the rule abstractSockets' affair", () => {
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  const refusedUnder = (rule: number) => {
    const asked = numbers.flatMap((family) => [
      `socket ${family} 1 0`,
      `connect ${family} 0000`,
      `send ${family} 0000`,
    ]);
    const said = ask([`rules ${rule}`, ...asked]).slice(1);
    return [0, 1, 2].map((act) => numbers.filter((family) => said[3 * family + act] === "0"));
  };
  const shared = [21, 32, 34, 40, 42];
  assert.deepEqual(refusedUnder(Rule.ABSTRACT), [shared, shared, shared]);
  assert.deepEqual(refusedUnder(Rule.SYSLOG), [[], [], []]);
});

test("open_by_handle_at is told by its number as the kernel reads it, for each way to call it", () => {
  const HIGH = 1n << 32n;
  const calls: [number: bigint, status: number, is: boolean][] = [
    [304n, 0, true],
    [304n | HIGH, 0, true],
    [304n | (0xffff_ffffn << 32n), 0, true],
    [0x4000_0000n | 304n, 0, true],
    [0x4000_0000n | 304n | HIGH, 0, true],
    [342n, 2, true],
    [342n | HIGH, 2, true],
    // What has the number in the other table: sched_rr_get_interval and process_vm_writev's.
    [304n, 2, false],
    [342n, 0, false],
    [0x4000_0000n | 342n, 0, false],
    [257n, 0, false],
    [0x8000_0000n | 304n, 0, false],
    // Another bit of the thread's status is no system call of i386.
    [304n, 4, true],
  ];
  assert.deepEqual(
    ask(calls.map(([number, status]) => `handle ${number.toString(16)} ${status.toString(16)}`)),
    calls.map(([, , is]) => (is ? "1" : "0")),
  );
});

describe("numbers of processes", () => {
  test("are a container's own where it alone has the namespace, or one below", () => {
    const cases: [own: number, number: number, other: number, at: number, said: string][] = [
      [3, 1, 4, 3, "0"],
      [3, 1, 4, 5, "0"],
      // Of the host, which it entered or whose proc it has; of one above.
      [3, 1, 4, 1, "1"],
      [3, 1, 4, 2, "1"],
      // Its first process joined somebody's: of the host, of a container that is not ours.
      [1, 4711, 4, 1, "1"],
      [3, 27, 4, 3, "1"],
      // Another container's, whoever was there first.
      [3, 27, 3, 3, "3"],
      [3, 1, 3, 3, "3"],
    ];
    assert.deepEqual(
      cases.flatMap(([own, number, other, at]) => ask([`share ${own} ${number} ${other} ${at}`])),
      cases.map(([, , , , said]) => said),
    );
  });

  test("may be signalled where the engine gave them one namespace and they are held as much", () => {
    const { CAPABILITY, DEVICES, MOUNT, PSEUDO } = Rule;
    const base = { rules: MOUNT as number, audit: 0, caps: 0xf, files: 1, devices: 1, pids: 3 };
    const all = { ...base, rules: MOUNT | CAPABILITY | DEVICES | PSEUDO };
    const write = ({ rules, audit, caps, files, devices, pids }: typeof base) =>
      [...[rules, audit, caps].map((bits) => bits.toString(16)), files, devices, pids].join("/");
    const cases: [own: Partial<typeof base>, its: Partial<typeof base>, said: string][] = [
      [base, base, "1"],
      [all, all, "1"],
      [base, all, "1"],
      [all, base, "0"],
      // What is only audited holds nothing.
      [{ ...all, audit: all.rules }, { ...base, rules: 0 }, "1"],
      [all, { ...all, audit: MOUNT }, "0"],
      // Fewer capabilities are stricter, other sets are not to be compared.
      [all, { ...all, caps: 0x7 }, "1"],
      [all, { ...all, caps: 0x1f }, "0"],
      [base, { ...base, caps: 0x1f }, "1"],
      [all, { ...all, files: 2 }, "0"],
      [all, { ...all, devices: 2 }, "0"],
      [all, { ...all, devices: 0 }, "1"],
      [{ ...all, devices: 0 }, all, "0"],
      // Nobody asks of a container without a token that can be opened whether it may be.
      [{ rules: MOUNT | Rule.TOKEN }, base, "1"],
      // Another namespace, the host's, and that of who has run no user code yet.
      [all, { ...all, pids: 4 }, "0"],
      [{ ...all, pids: 1 }, { ...all, pids: 1 }, "0"],
      [{ ...all, pids: 0 }, { ...all, pids: 0 }, "0"],
    ];
    assert.deepEqual(
      ask(
        cases.map(
          ([own, its]) => `signals ${write({ ...base, ...own })} ${write({ ...base, ...its })}`,
        ),
      ),
      cases.map(([, , said]) => said),
    );
  });

  test("for F_SETOWN are those of the caller in its own namespace, and no others", () => {
    const own = [7, 8, -6, 0];
    const others = [6, -7, -8, 107, 108, -106, 1, -1, 9, -2147483648, 2147483647];
    assert.deepEqual(ask([...own, ...others].map((who) => `self ${who}`)), [
      ...own.map(() => "1"),
      ...others.map(() => "0"),
    ]);
  });
});

test("a capability is held in the task's own user namespace and in those that its user made", () => {
  const depths = [0, 1, 2, 5, 31, 32];
  const questions: string[] = [];
  const expected: string[] = [];
  for (const own of depths) {
    for (const target of depths) {
      for (const flags of ["-", "h", "o", "ho"]) {
        questions.push(`holds ${own} ${target} ${flags}`);
        const owns = target > own && flags.includes("o");
        expected.push(target >= own && (owns || flags.includes("h")) ? "1" : "0");
        if (own === 0 || target === 0) continue; // the host's is on every branch
        questions.push(`holds ${own} ${target} ${flags}s`);
        expected.push("0");
      }
    }
  }
  assert.deepEqual(ask(questions), expected);
});

describe("what a task has copied of its container's record", () => {
  const [NETWORK, SYSLOG] = [1 << 6, 1 << 2];
  const packet = "socket 17 3 0";

  test("spares the look-up for rules that do not hold, from the second question on", () => {
    const questions = [`rules ${SYSLOG}`, packet, "looked-up", packet, "looked-up"];
    assert.deepEqual(ask(questions), ["0", "1", "1", "1", "0"]);
  });

  test("is never older than a change of the rules", () => {
    const change = (rules: number) => [`rules ${rules}`, packet, packet];
    const questions = [0, NETWORK, 0, NETWORK | SYSLOG, SYSLOG, NETWORK].flatMap(change);
    const said = ask([packet, ...questions]);
    const after = (allowed: string) => ["0", allowed, allowed];
    assert.deepEqual(said, ["0", ...["1", "0", "1", "0", "1", "0"].flatMap(after)]);
  });

  test("does not outlive the record: without one everything is refused", () => {
    assert.deepEqual(ask([`rules ${SYSLOG}`, packet, packet, "end", packet, packet]), [
      ...["0", "1", "1", "0"],
      ...["0", "0"],
    ]);
  });
});

describe("what overlayfs asks of its layer", () => {
  const [EXT4, PROC, REGULAR, BLOCK] = ["ef53", "9fa0", "100644", "060644"];
  /** All of them but FILES, which what lies on a mount of the kernel's own is not held to. */
  const rules = `rules ${Rule.DEVICES | Rule.PSEUDO}`;

  test("is left without a look-up, unless a container has not started yet", () => {
    const questions = [rules, `layer ${EXT4} ${REGULAR}`, "looked-up"];
    assert.deepEqual(ask(questions), ["0", "1", "0"]);
    assert.deepEqual(ask(["starting 1", ...questions]), ["0", "1", "1"]);
  });

  test("is judged where the layer is a pseudo file system, or the file a device", () => {
    const questions = [`layer ${PROC} ${REGULAR}`, `layer ${EXT4} ${BLOCK}`];
    assert.deepEqual(ask([rules, "rule / 0", ...questions]), ["0", "0", "0"]);
    assert.deepEqual(ask([rules, "rule / 1", "device b 8 0 1", ...questions]), ["0", "1", "1"]);
  });
});
