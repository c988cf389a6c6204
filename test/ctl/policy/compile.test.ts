// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  Access,
  DEVICE_KEY,
  LOCKC_ABI,
  LOCKC_ANY_MINOR,
  LOCKC_DOCUMENT_SIZE,
  LOCKC_POLICY_SIZE,
  LOCKC_PSEUDO_DEPTH,
  POLICY,
  PSEUDO_KEY,
  Rule,
  SETTINGS,
} from "../../../core/generated/layout.ts";
import { decode, encode } from "../../../core/kernel/record.ts";
import { HELD_RULES, namesOfRules } from "../../../core/rule/bits.ts";
import { CAPABILITIES } from "../../../core/rule/capabilities.ts";
import type {
  AnyOf,
  Mode,
  PseudoRule,
  RuleName,
  Rules,
  RuleValues,
} from "../../../core/rule/values.ts";
import { USUAL_ROOTS } from "../../../ctl/host/engine-roots.ts";
import {
  compile,
  compileDevices,
  compileKernelRules,
  compilePolicy,
  compilePseudo,
  parameterPaths,
} from "../../../ctl/policy/compile.ts";
import { hashPath, setOf } from "../../../ctl/policy/entry.ts";
import { type ResolvedPolicy, WIDEST } from "../../../ctl/policy/resolve.ts";
import {
  compileSettings,
  completeSettings,
  DEFAULT_SETTINGS,
  readLoadedSettings,
} from "../../../ctl/policy/settings.ts";
import policySchema from "../../../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../../../schemas/settings.schema.json" with { type: "json" };

const HOLDING: Partial<RuleValues> = {
  hostFiles: false,
  mounting: false,
  kernelLog: false,
  bpf: false,
  capabilities: ["KILL"],
  userNamespaces: false,
  network: "loopback",
  nonRoot: true,
  noNewPrivileges: true,
  hooks: "trusted",
  devices: [],
  engineSockets: false,
  otherProcesses: false,
  perf: false,
  kernelModules: false,
  moduleRequests: false,
  keyrings: false,
  kernelLockdown: false,
  filelessPrograms: false,
  filelessMappings: false,
  setuidFiles: false,
  terminalInjection: false,
  abstractSockets: false,
  serviceAccountToken: false,
  pseudoFiles: [{ filesystem: "proc", path: "/kcore", access: "none" }],
};

function rules(values: Partial<RuleValues>, mode: Mode = "enforce"): Rules {
  const changed = Object.entries(values).map(([name, value]) => [name, { mode, value }]);
  return { ...WIDEST, ...Object.fromEntries(changed) };
}

const policy = (
  values: Partial<RuleValues>,
  description = "For web servers: é.",
): ResolvedPolicy => ({
  name: "web",
  description,
  rules: rules(values),
  file: "web.yaml",
  extends: [],
});

describe("the rules that the kernel holds", () => {
  test("each is one bit, and every bit is one of them", () => {
    assert.deepEqual(new Set(HELD_RULES), new Set(Object.keys(HOLDING)));
    const bits = Object.entries(HOLDING).map(([name, value]) => {
      const { rules: bit } = compileKernelRules(rules({ [name]: value }));
      assert.deepEqual(namesOfRules(bit), [name]);
      return bit;
    });
    const { GUARD: _guard, ENTRY: _entry, ...held } = Rule; // these are of no policy
    assert.deepEqual(new Set(bits), new Set(Object.values(held)));
    const all = Object.values(held).reduce((sum, bit) => sum | bit, 0);
    assert.equal(compileKernelRules(rules(HOLDING)).rules, all);
  });

  test("a rule that restricts nothing sets no bit, also one that is audited", () => {
    const none = {
      rules: 0,
      audit: 0,
      capabilities: 0xffff_ffff_ffff_ffffn,
      pseudo: 0n,
      devices: 0n,
    };
    assert.deepEqual(compileKernelRules(WIDEST), none);
    const widest = Object.fromEntries(HELD_RULES.map((name) => [name, WIDEST[name].value]));
    assert.deepEqual(compileKernelRules(rules(widest, "audit")), none);
  });

  test("a rule in audit mode has its bit twice, others of the policy once", () => {
    for (const name of HELD_RULES) {
      const mixed = { ...rules(HOLDING), ...pick(rules(HOLDING, "audit"), name) };
      const compiled = compileKernelRules(mixed);
      assert.deepEqual(namesOfRules(compiled.audit), [name]);
      assert.equal(compiled.rules, compileKernelRules(rules(HOLDING)).rules);
    }
  });

  test("an empty list of capabilities allows none, and any allows all, also unknown ones", () => {
    assert.equal(compileKernelRules(rules({ capabilities: [] })).capabilities, 0n);
    assert.equal(compileKernelRules(rules({ capabilities: [] })).rules, Rule.CAPABILITY);
    const any = compileKernelRules(rules({ capabilities: "any" }));
    assert.deepEqual([any.capabilities, any.rules], [2n ** 64n - 1n, 0]);
  });
});

function pick(from: Rules, name: RuleName): Partial<Rules> {
  return { [name]: from[name] };
}

describe("capabilities", () => {
  test("the schema knows the same ones, in the list to allow and in that to add", () => {
    const { allow, add } = policySchema.properties.capabilities.properties;
    assert.deepEqual(allow.oneOf[1]?.items?.enum, CAPABILITIES);
    assert.deepEqual(add.items.enum, CAPABILITIES);
  });

  const header = "/usr/include/linux/capability.h";
  const skip = existsSync(header) ? false : `${header} is not installed (linux-libc-dev)`;
  test("each has the number that the kernel gives it", { skip }, () => {
    const text = readFileSync(header, "utf8");
    const numbers = [...text.matchAll(/^#define CAP_(\w+)\s+(\d+)$/gm)];
    assert.ok(numbers.length >= 41);
    for (const [, name = "", number] of numbers) {
      if (name === "LAST_CAP") continue;
      const { capabilities } = compileKernelRules(rules({ capabilities: [name] }));
      assert.equal(capabilities, 1n << BigInt(number!), name);
    }
    assert.equal(CAPABILITIES.length, numbers.filter(([, name]) => name !== "LAST_CAP").length);
  });

  test("a list allows exactly its own", () => {
    fc.assert(
      fc.property(fc.subarray(CAPABILITIES), (names) => {
        const { capabilities } = compileKernelRules(rules({ capabilities: names }));
        const allowed = CAPABILITIES.filter((_, bit) => capabilities & (1n << BigInt(bit)));
        assert.deepEqual(allowed, names);
        assert.equal(capabilities >> BigInt(CAPABILITIES.length), 0n);
      }),
    );
  });
});

describe("pseudo files", () => {
  const rule = (
    path: string,
    access: PseudoRule["access"],
    filesystem: PseudoRule["filesystem"] = "proc",
  ): PseudoRule => ({ filesystem, path, access });
  const set = (list: readonly PseudoRule[]) =>
    compileKernelRules(rules({ pseudoFiles: list })).pseudo;

  test("paths are hashed by FNV-1a as its authors published it", () => {
    // Landon Curt Noll's test vectors for 64-bit FNV-1a.
    const vectors: Record<string, bigint> = {
      "": 0xcbf29ce484222325n,
      a: 0xaf63dc4c8601ec8cn,
      b: 0xaf63df4c8601f1a5n,
      foobar: 0x85944171f73967e8n,
      "chongo was here!\n": 0x46810940eff5f915n,
    };
    for (const [text, hash] of Object.entries(vectors)) assert.equal(hashPath(text), hash, text);
  });

  test("the root of a file system is the empty path, in UTF-8 like any other", () => {
    assert.equal(hashPath("/"), hashPath(""));
    assert.notEqual(hashPath("//"), hashPath("/"));
    assert.equal(hashPath("é"), hashPath(Buffer.from([0xc3, 0xa9]).toString()));
  });

  test("what config.json may set of the kernel's parameters is open to the runtime", () => {
    const access = (path: string, sysctls: AnyOf<string>) => {
      const paths = parameterPaths({ value: sysctls, mode: "enforce" });
      const elements = compilePseudo([rule("/", "read-only")], paths);
      const found = elements.find(({ key }) => decode(PSEUDO_KEY, key).path === hashPath(path));
      return found && new DataView(found.value.buffer).getUint32(0, true);
    };
    const open = Access.READ | Access.RUNTIME;
    assert.equal(access("/sys/net/ipv4/tcp_rmem", ["net.ipv4.tcp_rmem"]), open);
    assert.equal(access("/sys/net", ["net.*"]), open);
    assert.equal(access("/sys/net/ipv4", ["net.ipv4.tcp_*"]), open);
    assert.equal(access("/sys/net/ipv4/conf/a.b/x", ["net/ipv4/conf/a.b/x"]), open);
    assert.equal(access("/sys", "any"), open);
    assert.equal(access("/sys", []), undefined);
    assert.deepEqual(parameterPaths({ value: [], mode: "audit" }), ["/sys"]);
    const [one, ...others] = compilePseudo([rule("/", "read-write")], ["/sys"]);
    assert.deepEqual([decode(PSEUDO_KEY, one!.key).path, others], [hashPath("/"), []]);
  });

  test("each rule is one element under its set, path and file system", () => {
    const list = [rule("/kcore", "none"), rule("/bus", "read-only"), rule("/", "none", "sysfs")];
    const elements = compilePseudo(list).map(({ key, value }) => ({
      ...decode(PSEUDO_KEY, key),
      access: new DataView(value.buffer).getUint32(0, true),
    }));
    const own = { set: set(list) };
    assert.deepEqual(
      new Set(elements),
      new Set([
        { ...own, path: hashPath("/kcore"), magic: 0x9fa0n, access: 0 },
        { ...own, path: hashPath("/bus"), magic: 0x9fa0n, access: 1 },
        { ...own, path: hashPath(""), magic: 0x62656572n, access: 0 },
      ]),
    );
    assert.deepEqual(
      compilePseudo([rule("/a", "read-write")]).map(({ value }) => [...value]),
      [[3, 0, 0, 0]],
    );
    for (const { key } of compilePseudo(list)) assert.equal(setOf(key), set(list));
  });

  test("a set is named by its content: what differs has another name, what does not the same", () => {
    const list = [rule("/a", "none"), rule("/b", "none")];
    assert.equal(set([]), 0n);
    assert.notEqual(set(list), 0n);
    assert.equal(set(list), set(list.toReversed()), "the order says nothing");
    assert.equal(
      set(list),
      set(list.map(({ access, path, filesystem }) => ({ access, path, filesystem }))),
    );
    assert.equal(
      set(list),
      set([rule("/a", "read-only"), ...list]),
      "the last rule of a path holds",
    );
    for (const other of [
      list.slice(1),
      [rule("/a", "none"), rule("/b", "read-only")],
      [rule("/a", "none"), rule("/c", "none")],
      [rule("/a", "none"), rule("/b", "none", "sysfs")],
      [...list, rule("/c", "none")],
    ]) {
      assert.notEqual(set(list), set(other), JSON.stringify(other));
    }
  });

  test("the prefix of a name anywhere below says so, and keeps what it leaves open", () => {
    const { BELOW, READ, WRITE, RUNTIME } = Access;
    const compiled = (list: readonly PseudoRule[], parameters: readonly string[] = []) =>
      new Map(
        compilePseudo(list, parameters).map(({ key, value }) => [
          decode(PSEUDO_KEY, key).path,
          new DataView(value.buffer).getUint32(0, true),
        ]),
      );
    const expected = (entries: Record<string, number>) =>
      new Map(Object.entries(entries).map(([path, access]) => [hashPath(path), access]));
    const equal = (one: ReadonlyMap<bigint, number>, other: ReadonlyMap<bigint, number>) =>
      assert.deepEqual([...one].sort(), [...other].sort());
    equal(
      compiled([rule("/a/**/b", "none")]),
      expected({ "/a": READ | WRITE | BELOW, "/a/**/b": 0 }),
    );
    equal(
      compiled([rule("/", "read-only"), rule("/a/**/b", "none")]),
      expected({ "/": READ, "/a": READ | BELOW, "/a/**/b": 0 }),
    );
    // The inner prefix looks for the outer one's names, too; its own go before.
    equal(
      compiled([rule("/a/**/b", "none"), rule("/a/**/c", "none"), rule("/a/x/**/c", "read-only")]),
      expected({
        "/a": READ | WRITE | BELOW,
        "/a/**/b": 0,
        "/a/**/c": 0,
        "/a/x": READ | WRITE | BELOW,
        "/a/x/**/b": 0,
        "/a/x/**/c": READ,
      }),
    );
    // What config.json may set stays what the runtime may write.
    equal(
      compiled([rule("/", "read-only"), rule("/sys/net/**/x", "none")], ["/sys"]),
      expected({
        "/": READ,
        "/sys": READ | RUNTIME,
        "/sys/net": READ | RUNTIME | BELOW,
        "/sys/net/**/x": 0,
      }),
    );
  });

  test("of two rules for one path the later one is compiled, and only that", () => {
    const [only, ...more] = compilePseudo([rule("/a", "none"), rule("/a", "read-only")]);
    assert.deepEqual([more.length, only!.value[0]], [0, 1]);
  });

  test("no path of the schema has more components than the kernel walks", () => {
    const { pattern } = policySchema.definitions.pseudoFile.properties.path;
    const longest = Array.from({ length: 40 }, (_, count) => "/x".repeat(count)).filter((path) =>
      new RegExp(pattern, "u").test(path),
    );
    assert.ok(longest.length > 4 && longest.at(-1)!.length / 2 <= LOCKC_PSEUDO_DEPTH);
  });
});

describe("file systems of the kernel's own", () => {
  const header = "/usr/include/linux/magic.h";
  const skip = existsSync(header) ? false : `${header} is not installed (linux-libc-dev)`;
  const NAMES: Partial<Record<PseudoRule["filesystem"], string>> = {
    proc: "PROC_SUPER",
    sysfs: "SYSFS",
    binfmt_misc: "BINFMTFS",
    cgroup: "CGROUP_SUPER",
    cgroup2: "CGROUP2_SUPER",
    debugfs: "DEBUGFS",
    efivarfs: "EFIVARFS",
    pstore: "PSTOREFS",
    securityfs: "SECURITYFS",
    tracefs: "TRACEFS",
  };
  /** In no header of the kernel's for user programs: fs/fuse/control.c, fs/configfs/mount.c. */
  const OWN: Partial<Record<PseudoRule["filesystem"], string>> = {
    fusectl: "FUSE_CTL_SUPER",
    configfs: "CONFIGFS",
    devtmpfs: "DEVTMPFS",
  };
  const own = readFileSync(join(import.meta.dirname, "../../../bpf/kernel.bpf.h"), "utf8");

  test("each is known by the magic that the kernel half takes", { skip }, () => {
    const numbers = (text: string) =>
      new Map(
        [...text.matchAll(/^#define (\w+)_MAGIC\s+(0x[0-9a-f]+)/gim)].map(([, name, number]) => [
          name!,
          BigInt(number!),
        ]),
      );
    const [kernel, mine] = [numbers(readFileSync(header, "utf8")), numbers(own)];
    const { enum: all } = policySchema.definitions.pseudoFile.properties.filesystem;
    for (const filesystem of all as PseudoRule["filesystem"][]) {
      const [{ key } = assert.fail()] = compilePseudo([{ filesystem, path: "/", access: "none" }]);
      const name = NAMES[filesystem];
      const expected = name ? kernel.get(name) : mine.get(OWN[filesystem]!);
      assert.ok(expected, filesystem);
      assert.equal(decode(PSEUDO_KEY, key).magic, expected, filesystem);
    }
    const name = Buffer.alloc(8);
    name.writeBigUInt64LE(mine.get("DEVTMPFS")!);
    assert.equal(name.toString(), "devtmpfs");
  });
});

describe("devices", () => {
  const NULL = { type: "c", major: 1, minor: 3 } as const;
  const nodes = new Map([["/dev/null", NULL]]);
  const elements = (list: Parameters<typeof compileDevices>[0]) =>
    compileDevices(list, nodes).map(({ key, value }) => {
      const { set, ...rest } = decode(DEVICE_KEY, key);
      assert.equal(set, compileKernelRules(rules({ devices: list }), nodes).devices);
      assert.equal(setOf(key), set);
      return [rest.type, rest.major, rest.minor, new DataView(value.buffer).getUint32(0, true)];
    });

  test("each is one element by type and numbers; by path it is what the host has there", () => {
    assert.deepEqual(
      elements([
        { type: "b", major: 8, minor: 1, access: "r" },
        { type: "c", major: 10, minor: "any", access: "rwm" },
        { path: "/dev/null", access: "w" },
        { path: "/dev/nope", access: "rwm" },
      ]),
      [
        [0o060000, 8, 1, 1],
        [0o020000, 10, LOCKC_ANY_MINOR, 11],
        [0o020000, 1, 3, 2],
      ],
    );
  });

  test("what a list says of a device in several places is all opened", () => {
    const twice = [
      { ...NULL, access: "r" },
      { path: "/dev/null", access: "m" },
    ] as const;
    assert.deepEqual(elements(twice), [[0o020000, 1, 3, 9]]);
  });

  test("a list without devices, and one whose devices are not there, has no set", () => {
    for (const list of [[], "any", [{ path: "/dev/nope", access: "r" }]] as const) {
      assert.deepEqual(compileDevices(list, nodes), []);
      assert.equal(compileKernelRules(rules({ devices: list }), nodes).devices, 0n);
    }
  });

  test("a set is named by what it opens, in whatever order and words", () => {
    const set = (list: Parameters<typeof compileDevices>[0]) =>
      compileKernelRules(rules({ devices: list }), nodes).devices;
    const one = { ...NULL, access: "rw" } as const;
    const two = { type: "b", major: 8, minor: "any", access: "r" } as const;
    assert.equal(set([one, two]), set([two, { path: "/dev/null", access: "wr" as "rw" }]));
    for (const other of [
      [one],
      [one, { ...two, minor: 0 }],
      [one, { ...two, access: "w" }],
      [one, { ...two, type: "c" }],
      [one, { ...two, major: 9 }],
    ] as const) {
      assert.notEqual(set([one, two]), set(other), JSON.stringify(other));
    }
  });
});

describe("a policy's place in the kernel", () => {
  test("a compiled policy says what its source says", () => {
    const source = policy(HOLDING);
    const { key, value } = compilePolicy(source);
    const { size, document, unused, ...kernel } = decode(POLICY, value);
    assert.equal(key.length, LOCKC_POLICY_SIZE);
    assert.equal(Buffer.from(key).toString().replaceAll("\0", ""), "web");
    assert.deepEqual(kernel, compileKernelRules(source.rules));
    assert.equal(unused, 0);
    assert.equal(size, Buffer.byteLength(document));
    const { name, description, rules: all } = source;
    assert.deepEqual(JSON.parse(document), { name, description, rules: all });
    assert.deepEqual(compile(source), { name, description, rules: all, kernel });
  });

  test("one that does not fit is refused by its file, never cut; one that just fits is whole", () => {
    const size = (description: string) =>
      decode(POLICY, compilePolicy(policy({}, description)).value).size;
    const room = LOCKC_DOCUMENT_SIZE - 1 - size("");
    assert.equal(size("x".repeat(room)), LOCKC_DOCUMENT_SIZE - 1);
    assert.throws(() => size("x".repeat(room + 1)), {
      code: "LOCKC_E_SETTINGS",
      message: /^web\.yaml: policy "web" takes 32768 bytes when compiled; at most 32767 fit$/,
    });
    assert.throws(() => size("é".repeat(room)), { code: "LOCKC_E_SETTINGS" });
  });

  test("a name of 63 letters, the longest that the schema allows, is a key of its own", () => {
    const [a, b] = ["a", "b"].map((end) =>
      compilePolicy({ ...policy({}), name: "x".repeat(62) + end }),
    );
    assert.notDeepEqual(a!.key, b!.key);
  });
});

describe("settings", () => {
  test("those that are left out get their defaults, those that are set stay", () => {
    const object = "ab".repeat(32);
    const settings = completeSettings({ requests: "ignore", floor: "baseline" }, ["a.b"]);
    const loaded = readLoadedSettings(decode(SETTINGS, compileSettings(settings, object)));
    assert.deepEqual(loaded, {
      ...DEFAULT_SETTINGS,
      requests: "ignore",
      floor: "baseline",
      unsafeAnnotations: ["a.b"],
      object,
    });
  });

  test("the schema documents the defaults that are used", () => {
    const {
      unsafeAnnotations: _fromTheRuntime,
      engineRoots: _beside,
      engines,
      namespaces,
      ...defaults
    } = DEFAULT_SETTINGS;
    const documented = Object.entries(settingsSchema.properties).flatMap(([key, property]) =>
      "default" in property ? [[key, property.default]] : [],
    );
    assert.deepEqual(Object.fromEntries(documented), { ...defaults, engineRoots: [] });
    assert.deepEqual([engines, namespaces], [{}, {}]);
  });

  test("engines' roots of the settings add to the usual ones and to those found, each once", () => {
    const written = { engineRoots: ["/mnt/a", "/var/lib/docker"] };
    const { engineRoots } = completeSettings(written, [], ["/mnt/b", "/mnt/a"]);
    assert.deepEqual(engineRoots, [...USUAL_ROOTS, "/mnt/b", "/mnt/a"]);
  });

  test("settings of another ABI are not read, those of an empty map neither", () => {
    const value = encode(SETTINGS, { abi: LOCKC_ABI + 1, size: 2, document: "{}" });
    assert.equal(readLoadedSettings(decode(SETTINGS, value)), undefined);
    assert.equal(readLoadedSettings(decode(SETTINGS, new Uint8Array(SETTINGS.size))), undefined);
  });

  test("settings that do not fit are refused", () => {
    const roots = Array.from({ length: 2000 }, (_, index) => `/very/long/root/${index}`);
    const settings = completeSettings({ engineRoots: roots });
    assert.throws(() => compileSettings(settings, ""), { code: "LOCKC_E_SETTINGS" });
  });
});
