// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, test } from "node:test";
import fc from "fast-check";
import type { Bundle } from "../../../core/bundle/bundle.ts";
import { factsOf } from "../../../core/bundle/facts.ts";
import { parseConfig } from "../../../core/bundle/parse.ts";
import { readBundle } from "../../../core/bundle/read.ts";
import { identifyOrigin } from "../../../core/engine/origin.ts";
import { LockcError } from "../../../core/errors.ts";
import { validate } from "../../../core/generated/config-validator.js";
import { check } from "../../../core/judge/admission.ts";
import { contextOf, HOST, LEVELS, POLICIES, place } from "../../support/containers.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "lockc-bundle-")));
after(() => rmSync(folder, { recursive: true }));

function bundle(config: unknown): Bundle {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  writeFileSync(join(folder, "config.json"), text);
  return readBundle(folder);
}

function refused(config: unknown, words: RegExp): void {
  assert.throws(
    () => bundle(config),
    (error) => {
      assert.ok(error instanceof LockcError && error.code === "LOCKC_E_CONFIG", String(error));
      assert.match(error.message, words);
      assert.ok(error.message.startsWith(`"${folder}/config.json" `), error.message);
      return true;
    },
  );
}

const ROOT = { root: { path: "rootfs" } };

describe("a mount", () => {
  const mounts = (...mounts: readonly object[]) => bundle({ ...ROOT, mounts }).mounts;

  test("is a bind by its type or an option, whatever the other says", () => {
    const binds = mounts(
      { destination: "/a", source: "data", options: ["rbind", "ro"] },
      { destination: "/b", type: "none", source: "/b", options: ["bind", "ro", "rw"] },
      { destination: "/c", type: "bind", source: "/c" },
      { destination: "/d", type: "tmpfs", source: "/d", options: ["rbind"] },
      { destination: "/e", type: "tmpfs", source: "tmpfs", options: ["Bind", "bind,ro", "nobind"] },
      { destination: "/f", type: "Bind", source: "f" },
    );
    assert.deepEqual(
      binds.map(({ source, bind, recursive }) => [source, bind, recursive]),
      [
        [join(folder, "data"), true, true],
        ["/b", true, false],
        ["/c", true, true],
        ["/d", true, true],
        ["tmpfs", false, false],
        ["f", false, false],
      ],
    );
  });

  test("keeps an absolute source, since a link before .. names another place", () => {
    const sources = mounts(
      { destination: "/a", type: "bind", source: "/home/me/link/../x" },
      { destination: "/b", type: "bind", source: "sub/../x" },
      { destination: "/c", type: "bind", source: "" },
      { destination: "/d", type: "bind" },
    ).map(({ source }) => source);
    assert.deepEqual(sources, ["/home/me/link/../x", join(folder, "x"), folder, folder]);
  });

  test("has one name for one destination", () => {
    const spelled = ["/proc", "/proc/", "//proc", "/x/../proc", "proc", "./proc", "/proc/."];
    const found = mounts(...spelled.map((destination) => ({ destination, type: "proc" })));
    assert.deepEqual([...new Set(found.map(({ destination }) => destination))], ["/proc"]);
  });

  test("is read-only by its last option of each kind", () => {
    const of = (...options: readonly string[]) => {
      const [mount] = mounts({ destination: "/a", type: "bind", source: "/a", options });
      return [mount!.readOnly, mount!.readOnlyBelow];
    };
    assert.deepEqual(of(), [false, false]);
    assert.deepEqual(of("ro"), [true, false]);
    assert.deepEqual(of("ro", "rw"), [false, false]);
    assert.deepEqual(of("rw", "ro"), [true, false]);
    assert.deepEqual(of("rro"), [true, true]);
    assert.deepEqual(of("rw", "rro"), [true, true]);
    assert.deepEqual(of("rro", "rrw"), [false, false]);
    assert.deepEqual(of("ro", "rro", "rrw"), [true, false]);
    assert.deepEqual(of("RO"), [false, false]);
  });

  test("is shared by one of two options", () => {
    const shared = ["shared", "rshared", "slave", "rslave", "private", "Shared"].map(
      (option) =>
        mounts({ destination: "/a", type: "bind", source: "/a", options: [option] })[0]!.shared,
    );
    assert.deepEqual(shared, [true, true, false, false, false, false]);
  });
});

describe("facts", () => {
  test("have the values that the runtime gives to what is left out", () => {
    assert.deepEqual(bundle(ROOT), {
      directory: folder,
      root: join(folder, "rootfs"),
      mounts: [],
      namespaces: [],
      annotations: {},
      deviceBinds: [],
      devices: [],
      deviceRules: [],
      uid: 0,
      gid: 0,
      additionalGids: [],
      userNamespace: false,
      runsAs: 0,
      hasHostRoot: true,
      capabilities: [],
      bounding: [],
      noNewPrivileges: false,
      apparmorProfile: "",
      selinuxLabels: [],
      oomScoreAdj: undefined,
      rlimits: [],
      scheduler: undefined,
      ioPriority: undefined,
      rootPropagation: "",
      sysctls: [],
      filtersCalls: false,
      seccompListener: "",
      netDevices: [],
      maskedPaths: [],
      readonlyPaths: [],
      hooks: [],
      environment: [],
      windows: false,
    });
  });

  test("take capabilities of all five sets, each once", () => {
    const capabilities = {
      bounding: ["CAP_A", "CAP_B"],
      effective: ["CAP_B"],
      permitted: ["CAP_C"],
      inheritable: ["CAP_D"],
      ambient: ["CAP_E"],
    };
    const facts = bundle({ ...ROOT, process: { capabilities } });
    assert.deepEqual(facts.capabilities, ["CAP_A", "CAP_B", "CAP_C", "CAP_D", "CAP_E"]);
    assert.deepEqual(facts.bounding, ["CAP_A", "CAP_B"]);
  });

  test("list hooks by their stage", () => {
    const hooks = {
      poststop: [{ path: "/a" }, { path: "/b" }],
      prestart: [{ path: "/c" }],
      "com.example.other": [null],
    };
    assert.deepEqual(bundle({ ...ROOT, hooks }).hooks, [
      { stage: "prestart", path: "/c", inherits: false },
      { stage: "poststop", path: "/a", inherits: false },
      { stage: "poststop", path: "/b", inherits: false },
    ]);
  });

  test("list the host's network devices, and who decides calls for the filter", () => {
    const filter = (listenerPath: string) => ({ defaultAction: "SCMP_ACT_ALLOW", listenerPath });
    const made = (linux: object) => {
      const { netDevices, seccompListener } = bundle({ ...ROOT, linux });
      return [netDevices, seccompListener];
    };
    assert.deepEqual(made({ netDevices: { eth0: {}, eth1: { name: "a" } } }), [
      ["eth0", "eth1"],
      "",
    ]);
    assert.deepEqual(made({ seccomp: filter("/run/a.sock") }), [[], "/run/a.sock"]);
    assert.deepEqual(made({ seccomp: filter("a.sock") }), [[], join(folder, "a.sock")]);
    assert.deepEqual(made({ seccomp: filter("") }), [[], ""]);
  });

  test("tell which hooks run with the container's environment", () => {
    const every = (env?: readonly string[]) => [{ path: "/a", ...(env && { env }) }];
    const of = (stage: string, env?: readonly string[]) =>
      bundle({ ...ROOT, hooks: { [stage]: every(env) } }).hooks[0]!.inherits;
    assert.equal(of("createContainer"), true);
    assert.equal(of("createContainer", []), true);
    assert.equal(of("createContainer", ["A=b"]), false);
    for (const stage of ["prestart", "createRuntime", "startContainer", "poststart", "poststop"]) {
      assert.equal(of(stage), false);
    }
  });

  test("list the devices that a user namespace makes the runtime bind", () => {
    const devices = [{ path: "/dev/fuse", type: "c" }];
    const linux = { namespaces: [{ type: "user" }], devices };
    const { deviceBinds } = bundle({ ...ROOT, linux });
    assert.ok(deviceBinds.includes("/dev/null") && deviceBinds.includes("/dev/fuse"));
    assert.deepEqual(bundle({ ...ROOT, linux: { devices } }).deviceBinds, []);
  });

  test("say who somebody is on the host", () => {
    const user = (uid: number, ...uidMappings: readonly (readonly number[])[]) => {
      const { runsAs, hasHostRoot } = bundle({
        ...ROOT,
        process: { user: { uid } },
        linux: {
          namespaces: [{ type: "user" }],
          uidMappings: uidMappings.map(([containerID, hostID, size]) => ({
            containerID,
            hostID,
            size,
          })),
        },
      });
      return [runsAs, hasHostRoot];
    };
    assert.deepEqual(user(0, [0, 100000, 65536]), [100000, false]);
    assert.deepEqual(user(7, [0, 100000, 65536]), [100007, false]);
    assert.deepEqual(user(0, [0, 0, 1]), [0, true]);
    assert.deepEqual(user(1000, [0, 1000, 1], [1000, 0, 1]), [0, true]);
    assert.deepEqual(user(1001, [0, 1000, 1], [1000, 0, 2]), [1, true]);
    assert.deepEqual(user(9, [0, 1000, 1]), [-1, false]);
    assert.deepEqual(user(0), [0, true]);
    assert.deepEqual(user(5), [5, true]);
    assert.deepEqual(user(0, [0, 100000, 0]), [0, true]);
    assert.deepEqual(user(1, [1, 100000, 1]), [1, true]);
    const none = bundle({
      ...ROOT,
      linux: { uidMappings: [{ containerID: 0, hostID: 100000, size: 1 }] },
    });
    assert.deepEqual([none.runsAs, none.hasHostRoot], [0, true], "without a user namespace");
  });

  test("keep names of JavaScript's own for what they are", () => {
    const { annotations } = bundle(
      '{"root":{"path":"r"},"annotations":{"__proto__":"a","constructor":"b"}}',
    );
    assert.deepEqual(Object.entries(annotations), [
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});

describe("a config.json that no engine writes", () => {
  test("has names in other spellings: runc's reading is judged", () => {
    const { mounts, hooks } = bundle({
      ...ROOT,
      linux: { resources: { CPU: { shares: 7, CPUs: "0" } } },
      process: { CWD: "/", Terminal: true, con\u017foleSize: { height: 1, width: 1 } },
    } as object);
    assert.deepEqual([mounts, hooks], [[], []]);
    bundle({ ...ROOT, linux: { resources: { hugepageLimits: [{ pagesize: "2MB", limit: 0 }] } } });
    // crun refuses what lacks a path in its spelling, so only runc's reading counts.
    assert.equal(bundle({ root: { Path: "/srv/r" } }).root, "/srv/r");
    assert.equal(bundle({ ROOT: { path: "/srv/r" } }).root, "/srv/r");
    refused({ root: { pathology: "/srv/r" } }, /is not valid at \/root/);
  });

  test("is refused where crun, which knows one spelling only, would have what is judged otherwise", () => {
    const differ = (config: unknown, fact: string, oddity: string) =>
      refused(
        config,
        new RegExp(`has .*${oddity}.*, so that runc and crun would read .*${fact}.* differently`),
      );
    differ({ ...ROOT, Mounts: [{ destination: "/a" }] }, "mounts", '"mounts" as "Mounts"');
    differ({ ...ROOT, "mount\u017f": [{ destination: "/a" }] }, "mounts", '"mounts" as ');
    differ({ ...ROOT, "hoo\u212As": { Poststop: [{ path: "/x" }] } }, "hooks", '"hooks" as ');
    differ(
      { root: { path: "rootfs", PATH: "/" } },
      "root",
      '"path" at /root as "PATH", "path" at /root twice',
    );
    differ(
      { ...ROOT, linux: { nameSpaces: [{ type: "pid" }] } },
      "namespaces",
      '"namespaces" at /linux as "nameSpaces"',
    );
    differ(
      { ...ROOT, linux: { namespaces: [{ type: "pid", Type: "mount" }] } },
      "namespaces",
      '"type" at /linux/namespaces/0 as "Type"',
    );
    differ({ ...ROOT, mounts: [{ destination: "/a", Source: "/" }] }, "mounts", '"source"');
    differ({ ...ROOT, process: { NoNewPrivileges: true } }, "noNewPrivileges", '"noNewPriv');
    differ({ ...ROOT, process: { oomScoreAdj: 5, OOMScoreAdj: -5 } }, "oomScoreAdj", '"oomS');
    // What lacks something some versions of crun do not look at, so it must not hide the rest.
    const lacking = [{ destination: "/a", uidMappings: [{ ContainerID: 0, hostID: 0, size: 1 }] }];
    bundle({ ...ROOT, mounts: lacking });
    differ({ ...ROOT, mounts: lacking, Hooks: { poststop: [{ path: "/x" }] } }, "hooks", '"hooks"');
    // crun reads no namespace where there should be a list of them, and does not complain.
    refused(
      '{"root":{"path":"r"},"linux":{"namespaces":7,"NAMESPACES":[]}}',
      /is not valid at \/linux\/namespaces: 7 must be array/,
    );
    bundle({ ...ROOT, Mounts: [], LINUX: {}, Hooks: { Prestart: [] } }); // nothing, for both
    bundle({ ...ROOT, Extension: { Path: 1 }, linux: { Other: 1, sysctl: { Type: "x" } } });
  });

  test("has a name twice: admitted only where the first, the last and both together say the same", () => {
    refused('{"root":{"path":"r"},"root":{"path":"s"}}', /"root" twice.* read root differently/);
    refused('{"root":{"path":"r"},"ro\\u006ft":{"path":"s"}}', /"root" twice/);
    refused('{"root":{"path":"/r"},"root":{}}', /"root" twice.* read \/root differently/);
    assert.equal(bundle('{"root":{"path":"/r"},"root":{"path":"/r"}}').root, "/r");
    refused(
      '{"root":{"path":"r"},"linux":{"namespaces":[{"type":"mount","path":"/proc/1/ns/mnt"}],"namespaces":[{"type":"mount"}]}}',
      /"namespaces" at \/linux twice, so that runc and crun would read namespaces differently/,
    );
    refused(
      '{"root":{"path":"r"},"linux":{"seccomp":{"defaultAction":"SCMP_ACT_ERRNO"},"seccomp":null}}',
      /"seccomp" at \/linux twice.* read filtersCalls differently/,
    );
    refused('{"root":{"path":"r"},"annotations":{"a":"1","a":"2"}}', /"a" at \/annotations twice/);
    bundle('{"root":{"path":"r"},"hostname":"a","hostname":"b"}');
    bundle('{"root":{"path":"r"},"process":{"args":["a"]},"process":{"args":["b"]}}');
    const many = `{"root":{"path":"r"}${',"mounts":[{"destination":"/a"}]'.repeat(50)},"mounts":[]}`;
    refused(many, /"mounts" twice, "mounts" twice, "mounts" twice and 7 more, so/);
  });

  test("has properties that nobody knows: what is in them is nobody's affair", () => {
    for (const unknown of [
      '{"ratio":1.0,"big":1e3,"none":-0,"a":1,"a":2}',
      '[{"a":1,"a":1}]',
      '{"a\\u0062":1,"ab":1}',
      '{"Path":null,"mount\\u017f":[]}',
      "123456789012345678901234567890",
      "null",
    ]) {
      const { root, mounts } = bundle(
        `{"root":{"path":"/r","x-vendor":${unknown}},"x-vendor":${unknown},"mounts":[{"x":${unknown},"destination":"/a"}]}`,
      );
      assert.deepEqual([root, mounts.length], ["/r", 1]);
    }
    bundle('{"root":{"path":"r"},"x-vendor":1,"x-vendor":2}');
    bundle(
      '{"root":{"path":"r"},"hostname":"a\\": \\"b","x":[{"y" : "z\\\\"},{"y":"\\"y\\":"}],"__proto__":{"root":1}}',
    );
  });

  test("has integers with a fraction, an exponent or a minus of nothing, which Go does not take", () => {
    for (const number of ["1.0", "1e0", "10E-1", "-0", "0.0", "1e2", "-1.0e0", "1e99"]) {
      refused(
        `{"root":{"path":"r"},"process":{"user":{"uid":${number}}}}`,
        /has the integer \S+ at \/process\/user\/uid/,
      );
    }
    assert.equal(bundle('{"root":{"path":"r"},"process":{"oomScoreAdj":-0}}').oomScoreAdj, 0);
    bundle('{"root":{"path":"r"},"x":[1.5,-1.5e-7,0,-1,"1.0","a\\"1.0"]}');
    refused('{"root":{"path":"r"},"process":{"user":{"uid":1.5}}}', /\/process\/user\/uid/);
    refused('{"root":{"path":"r"},"process":{"user":{"uid":-1}}}', /\/process\/user\/uid/);
    refused('{"root":{"path":"r"},"process":{"cwd":1.0}}', /\/process\/cwd: 1 must be string/);
  });

  test("integers beyond 64 bits, to the last one", () => {
    const least = (number: string) => `{"root":{"path":"r"},"process":{"oomScoreAdj":${number}}}`;
    const limit = (number: string) =>
      `{"root":{"path":"r"},"process":{"rlimits":[{"type":"RLIMIT_CORE","hard":${number},"soft":0}]}}`;
    bundle(least("9223372036854775807"));
    refused(least("9223372036854775808"), /\/process\/oomScoreAdj/);
    bundle(least("-9223372036854775808"));
    refused(least("-9223372036854775809"), /\/process\/oomScoreAdj/);
    bundle(limit("18446744073709551615"));
    bundle(limit("9223372036854775808"));
    refused(limit("18446744073709551616"), /\/process\/rlimits\/0\/hard/);
    refused(limit("-1"), /\/process\/rlimits\/0\/hard/);
    refused(limit("1e99"), /has the integer 1e99 at \/process\/rlimits\/0\/hard/);
  });

  test("a byte order mark, bytes that are no UTF-8, and what follows the value", () => {
    refused('\ufeff{"root":{"path":"r"}}', /is not JSON/);
    refused('{"root":{"path":"r"}}{}', /is not JSON/);
    refused("", /is not JSON/);
    refused("null", /is not valid at \//);
    const bytes = Buffer.from('{"root":{"path":"r\xff"}}', "latin1");
    assert.throws(() => parseConfig("f", bytes), /"f" is not JSON: it is not UTF-8/);
  });

  test("nests without end", () => {
    const nested = (levels: number) =>
      `{"root":{"path":"r"},"x":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    bundle(nested(900));
    bundle(nested(9_000)); // for Go it is enough at 10,000
    refused(nested(10_001), /nests deeper than 10000 levels/);
    refused(nested(200_000), /nests deeper|is not JSON/);
    refused(`{"root":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, /nests deeper/);
    refused(`${'{"x":'.repeat(50_000)}1${"}".repeat(50_000)}`, /nests deeper/);
  });
});

test("length is no trouble, up to a limit", () => {
  bundle(`{"root":{"path":"r"},"x":"${'a\\"'.repeat(2_000_000)}"}`);
  bundle(`{"root":{"path":"r"},"x":[${"{},".repeat(300_000)}{}]}`);
  refused(
    " ".repeat(17 * 1024 * 1024),
    /has 17825792 bytes, more than the 16777216 that lockc reads/,
  );
});

test("any JSON may be a vendor's", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (extra) => {
      const text = JSON.stringify({ ...ROOT, extra });
      const facts = bundle(ROOT);
      assert.deepEqual(bundle(text), facts);
      assert.deepEqual(bundle(text.replace(/}$/, ',"extra":1}')), facts);
    }),
  );
});

describe("a fault is told with its place:", () => {
  for (const [config, where] of [
    [{}, /is not valid at \/: .*must have required property 'root'/],
    [{ root: {} }, /is not valid at \/root: .*must have required property 'path'/],
    [{ root: { path: "" } }, /is not valid at \/root\/path: ""/],
    [{ root: { path: "a\0b" } }, /is not valid at \/root\/path/],
    [
      { ...ROOT, linux: { namespaces: [{ type: "net" }] } },
      /\/linux\/namespaces\/0\/type: "net" must be one of pid, network/,
    ],
    [{ ...ROOT, mounts: [{ destination: "/a" }, {}] }, /is not valid at \/mounts\/1: /],
    [
      { ...ROOT, annotations: { "a/b": 1 } },
      /is not valid at \/annotations\/a~1b: 1 must be string/,
    ],
    [
      { ...ROOT, process: { user: { uid: 2 ** 32 } } },
      /\/process\/user\/uid: 4294967296 must be <=/,
    ],
    [{ ...ROOT, process: true }, /is not valid at \/process: true must be object/],
  ] as const) {
    test(JSON.stringify(config).slice(0, 60), () => refused(config, where));
  }
});

describe("a bundle", () => {
  const places: string[] = [];
  const make = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    places.push(path);
    return path;
  };
  afterEach(() => {
    for (const path of places.splice(0)) rmSync(path, { recursive: true, force: true });
  });
  const says = (path: string, words: RegExp) =>
    assert.throws(
      () => readBundle(path),
      (error) =>
        error instanceof LockcError &&
        error.code === "LOCKC_E_CONFIG" &&
        words.test(error.sentence),
    );

  test("is known by its real path, so that no link makes an engine of it", () => {
    const real = make("real");
    writeFileSync(join(real, "config.json"), JSON.stringify(ROOT));
    mkdirSync(join(make("io.containerd.runtime.v2.task"), "moby"));
    const link = join(folder, "io.containerd.runtime.v2.task/moby/c");
    symlinkSync(real, link);
    const { directory, root } = readBundle(link);
    assert.deepEqual([directory, root], [real, join(real, "rootfs")]);
    assert.equal(identifyOrigin(directory, {})?.engine, "other");
  });

  test("has the config file that crun was told of, with paths that are the bundle's", (t) => {
    const path = make("told");
    const file = join(folder, "other.json");
    writeFileSync(file, JSON.stringify({ root: { path: "elsewhere" } }));
    assert.equal(readBundle(path, file).root, join(path, "elsewhere"));
    writeFileSync(join(path, "config.json"), JSON.stringify(ROOT));
    assert.equal(readBundle(path, "config.json").root, join(path, "rootfs"));
    const before = process.cwd();
    t.after(() => process.chdir(before));
    process.chdir(folder);
    assert.equal(readBundle(path, "other.json").root, join(path, "elsewhere"));
    writeFileSync(file, "{}");
    assert.throws(() => readBundle(path, "other.json"), /"other\.json" is not valid at \//);
    assert.throws(() => readBundle(path, "told"), /"told" is no regular file/);
    assert.throws(() => readBundle(path, "none"), /"none" cannot be opened: it does not exist/);
  });

  test("that is not there, has no config.json or a strange one is refused", () => {
    says(join(folder, "nowhere"), /cannot find the bundle ".*nowhere": it does not exist/);
    const path = make("empty");
    says(path, /config\.json" cannot be opened: it does not exist/);
    mkdirSync(join(path, "config.json"));
    says(path, /config\.json" is no regular file/);
    rmSync(join(path, "config.json"), { recursive: true });
    symlinkSync("/dev/zero", join(path, "config.json"));
    says(path, /config\.json" is no regular file/);
  });

  test("whose config.json is a pipe is refused, not waited for", { timeout: 5000 }, () => {
    const path = make("pipe");
    execFileSync("mkfifo", [join(path, "config.json")]);
    says(path, /config\.json" is no regular file/);
  });
});

/** What stands in a config.json where, with values that somebody could think of. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      2 ** 32,
      2 ** 53,
      "",
      "/",
      "bind",
      "mount",
      "user",
    ),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          ..."root path mounts destination type source options linux namespaces uidMappings containerID hostID size devices major minor resources allow access sysctl seccomp defaultAction syscalls names action maskedPaths readonlyPaths rootfsPropagation process user uid gid additionalGids capabilities bounding hooks prestart annotations windows __proto__".split(
            " ",
          ),
        ),
        fc.string({ maxLength: 3 }),
      ),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe("whatever stands in config.json,", () => {
  test("the answer is facts or LOCKC_E_CONFIG", () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      json.map((value) => JSON.stringify(value)),
      json.map((value) => `{"root":{"path":"r"},"linux":${JSON.stringify(value)}}`),
    );
    fc.assert(
      fc.property(text, (config) => {
        try {
          parseConfig("f", Buffer.from(config));
        } catch (error) {
          assert.ok(error instanceof LockcError && error.code === "LOCKC_E_CONFIG", String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("what the schema forbids is no facts, and what it allows is judged by every level", () => {
    const often = (usual: fc.Arbitrary<unknown>) =>
      fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: json });
    const maybe = (members: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
      often(fc.record(members, { requiredKeys }));
    const list = (item: fc.Arbitrary<unknown>) => often(fc.array(item, { maxLength: 3 }));
    const word = often(
      fc.constantFrom("", "/", "/srv/x", "c", "rwm", "bind", "shared", "CAP_KILL"),
    );
    const number = often(fc.constantFrom(0, 1, 3, 1000, 2 ** 31));
    const part = fc.record(
      {
        mounts: list(
          maybe({ destination: word, type: word, source: word, options: list(word) }, [
            "destination",
          ]),
        ),
        process: maybe({
          user: maybe({ uid: number, additionalGids: list(number) }),
          capabilities: maybe({ bounding: list(word) }),
          oomScoreAdj: number,
        }),
        hooks: maybe({ poststop: list(maybe({ path: word }, ["path"])) }),
        annotations: often(fc.dictionary(fc.string(), fc.string())),
        linux: maybe({
          namespaces: list(
            maybe({ type: often(fc.constantFrom("mount", "user", "pid")), path: word }, ["type"]),
          ),
          uidMappings: list(
            maybe({ containerID: number, hostID: number, size: number }, [
              "containerID",
              "hostID",
              "size",
            ]),
          ),
          devices: list(
            maybe({ path: fc.constant("/x"), type: word, major: number, minor: number }, [
              "path",
              "type",
            ]),
          ),
          resources: maybe({
            devices: list(
              maybe({ allow: often(fc.boolean()), type: word, major: number, access: word }, [
                "allow",
              ]),
            ),
          }),
          sysctl: often(fc.dictionary(fc.string(), fc.string())),
          maskedPaths: list(word),
          rootfsPropagation: word,
        }),
      },
      { requiredKeys: [] },
    );
    const counts = { admitted: 0, refused: 0, invalid: 0 };
    fc.assert(
      fc.property(part, fc.constantFrom("rootfs", "/", "/srv/x"), (parts, path) => {
        const config = { root: { path }, ...parts };
        const text = JSON.stringify(config);
        let facts: Bundle;
        try {
          facts = factsOf("/b", parseConfig("f", Buffer.from(text)));
        } catch (error) {
          assert.ok(error instanceof LockcError && error.code === "LOCKC_E_CONFIG", String(error));
          counts.invalid++;
          return;
        }
        const nothing = text.includes("null"); // which may stand for what is not there
        assert.ok(nothing || validate(JSON.parse(text)), "the schema forbids it");
        for (const level of LEVELS) {
          const found = check(POLICIES.get(level)!, {
            bundle: facts,
            context: contextOf("c", { engine: "other", sandbox: false }),
            root: place(facts.root),
            mounts: facts.mounts.map((request) => ({
              request,
              place: request.bind ? place(request.source) : undefined,
            })),
            host: HOST,
            unsafeAnnotations: [],
          }).some(({ result }) => result === "deny");
          assert.ok(level !== "privileged" || !found);
          counts[found ? "refused" : "admitted"]++;
        }
      }),
      { numRuns: 2000 },
    );
    for (const [outcome, count] of Object.entries(counts))
      assert.ok(count > 50, `${outcome}: ${count}`);
  });
});
