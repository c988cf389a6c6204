// SPDX-License-Identifier: Apache-2.0
/**
 * Other policies for maps in use: what changes, what stays for those who still need
 * it, and that a failure leaves all as it was. On real maps, and with the real program
 * that changes running containers: kernels run that kind without BPF LSM.
 */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  type BpfMap,
  callProgram,
  keysOf,
  lookUp,
  openPin,
  remove,
  u64Key,
  update,
} from "../../../core/ffi/bpf.ts";
import {
  CHANGE,
  Could,
  DEVICE_KEY,
  PSEUDO_KEY,
  Rule,
  SETTINGS,
} from "../../../core/generated/layout.ts";
import { decode, encode } from "../../../core/kernel/record.ts";
import { freezeMap, openObject, pin } from "../../../ctl/ffi/libbpf.ts";
import { compilePseudo } from "../../../ctl/policy/compile.ts";
import { hashPath } from "../../../ctl/policy/entry.ts";
import { readLoadedSettings } from "../../../ctl/policy/settings.ts";
import { compileBpf } from "../../../tool/compile-bpf.ts";
import {
  container,
  containers,
  contents,
  devices,
  load,
  loadedPolicy,
  OWN,
  PLACES,
  policies,
  pseudo,
  RUNTIME,
  register,
  reload,
  SCRATCH,
  settings,
  writePolicy,
} from "../../support/loaded.ts";

const restricting = (...paths: string[]) =>
  `pseudoFiles:\n  restrict:\n${paths.map((path) => `    - { filesystem: proc, path: ${path}, access: none }\n`).join("")}`;

/** The sets in the map, each with the hashes of its paths. */
function sets(): Record<string, bigint[]> {
  const all: Record<string, bigint[]> = {};
  for (const key of keysOf(pseudo())) {
    const { set, path } = decode(PSEUDO_KEY, key);
    all[String(set)] = [...(all[String(set)] ?? []), path].sort();
  }
  return all;
}

const setOfPolicy = (name: string) => loadedPolicy(name)!.kernel.pseudo;
const everything = () => [policies(), pseudo(), devices(), settings(), containers()].map(contents);

describe("the sets of pseudo files", () => {
  test("a policy's new set is there beside the old one, which goes with the next reload", () => {
    writePolicy(OWN, "web", restricting("/a"));
    load(PLACES);
    const old = setOfPolicy("web");
    assert.deepEqual(Object.keys(sets()), [String(old)]);
    writePolicy(OWN, "web", restricting("/b"));
    reload(PLACES, false);
    const fresh = setOfPolicy("web");
    assert.notEqual(fresh, old);
    assert.deepEqual(sets(), {
      [String(old)]: [hashPath("/a")], // for a create that has just read the policy
      [String(fresh)]: [hashPath("/b")],
    });
    reload(PLACES, false);
    assert.deepEqual(Object.keys(sets()), [String(fresh)]);
  });

  test("the set of a running container stays until the first reload after its end", () => {
    writePolicy(OWN, "web", restricting("/a"));
    load(PLACES);
    const old = setOfPolicy("web");
    register("box", { policy: "web", pseudo: old });
    for (const path of ["/b", "/c", "/d"]) {
      writePolicy(OWN, "web", restricting(path));
      reload(PLACES, false);
      assert.deepEqual(sets()[String(old)], [hashPath("/a")]);
    }
    rmSync(join(OWN, "web.yaml"));
    reload(PLACES, false);
    assert.equal(loadedPolicy("web"), undefined);
    assert.deepEqual(sets()[String(old)], [hashPath("/a")], "also when the policy is gone");
    remove(containers(), u64Key(7n));
    reload(PLACES, false);
    assert.deepEqual(sets(), {});
  });

  test("a load of the same programs, and of a new build, keeps them too", () => {
    writePolicy(OWN, "web", restricting("/a"));
    load(PLACES);
    const old = setOfPolicy("web");
    register("box", { policy: "web", pseudo: old });
    writePolicy(OWN, "web", restricting("/b"));
    assert.equal(load(PLACES).kind, "refresh");
    assert.deepEqual(sets()[String(old)], [hashPath("/a")]);
    writeFileSync(PLACES.object, "\0", { flag: "a" });
    assert.equal(load(PLACES).kind, "replace");
    assert.deepEqual(sets()[String(old)], [hashPath("/a")]);
  });

  test("it is no different with sets of devices", () => {
    const opening = (minor: number) =>
      `devices: { allow: [{ type: c, major: 10, minor: ${minor}, access: rw }, { path: /dev/nope, access: r }] }`;
    const open = () => keysOf(devices()).map((key) => decode(DEVICE_KEY, key));
    writePolicy(OWN, "web", opening(1));
    const nope = [
      "the host has no device /dev/nope, so no container can open it; when it has, run lockctl policy reload",
    ];
    assert.deepEqual(load(PLACES).warnings, nope);
    const { devices: old } = loadedPolicy("web")!.kernel;
    assert.deepEqual(open(), [{ set: old, type: 0o020000, major: 10, minor: 1, unused: 0 }]);
    register("box", { policy: "web", ...loadedPolicy("web")!.kernel });
    writePolicy(OWN, "web", opening(2));
    for (let i = 0; i < 2; i++) {
      const { kept, warnings } = reload(PLACES, false);
      assert.deepEqual([kept, warnings], [["box"], nope]);
    }
    assert.deepEqual(
      open()
        .map(({ minor }) => minor)
        .sort(),
      [1, 2],
    );
    remove(containers(), u64Key(7n));
    reload(PLACES, false);
    assert.deepEqual(
      open().map(({ minor }) => minor),
      [2],
    );
  });

  test("a set that policies share goes with the last of them", () => {
    writePolicy(OWN, "one", restricting("/a"));
    writePolicy(OWN, "two", restricting("/a"));
    load(PLACES);
    assert.equal(setOfPolicy("one"), setOfPolicy("two"));
    writePolicy(OWN, "one");
    reload(PLACES, false);
    reload(PLACES, false);
    assert.deepEqual(Object.keys(sets()), [String(setOfPolicy("two"))]);
    writePolicy(OWN, "two");
    reload(PLACES, false);
    reload(PLACES, false);
    assert.deepEqual(sets(), {});
  });
});

describe("reload", () => {
  test("it puts policies and settings in force and says which", () => {
    load(PLACES);
    writePolicy(OWN, "web", "description: New.\nextends: baseline");
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\ndefaultPolicy: web\n`);
    assert.deepEqual(reload(PLACES, false), {
      policies: ["baseline", "web"],
      changed: [],
      kept: [],
      warnings: [],
    });
    assert.equal(loadedPolicy("web")?.description, "New.");
    const loaded = decode(SETTINGS, lookUp(settings(), new Uint8Array(4))!);
    assert.equal(readLoadedSettings(loaded)?.defaultPolicy, "web");
  });

  test("a low-level runtime that is none is refused, and nothing changes", () => {
    load(PLACES);
    const before = everything();
    writePolicy(OWN, "web");
    writeFileSync(PLACES.settings, "runtime: /nowhere/runc\n");
    assert.throws(() => reload(PLACES, false), { code: "LOCKC_E_RUNTIME" });
    assert.deepEqual(everything(), before);
    assert.equal(readFileSync(PLACES.runtime, "utf8"), `${RUNTIME}\n`);
  });

  test("another low-level runtime is in force for the launcher too", () => {
    load(PLACES);
    const other = join(SCRATCH, "crun");
    writeFileSync(other, "#!/bin/true\n", { mode: 0o755 });
    writeFileSync(PLACES.settings, `runtime: ${other}\n`);
    reload(PLACES, false);
    assert.equal(readFileSync(PLACES.runtime, "utf8"), `${other}\n`);
  });

  test("it does not make a later load think that other programs are loaded", () => {
    load(PLACES);
    reload(PLACES, false);
    assert.equal(load(PLACES).kind, "refresh");
  });

  test("a container is named when its policy holds other rules now, or is gone", () => {
    writePolicy(OWN, "web");
    load(PLACES);
    const { kernel } = loadedPolicy("web")!;
    register("same", { policy: "web", ...kernel }, 1n);
    register("other", { policy: "baseline", ...kernel, rules: Rule.MOUNT }, 2n);
    register("orphan", { policy: "gone", ...kernel }, 3n);
    const { kept, changed } = reload(PLACES, false);
    assert.deepEqual([kept.toSorted(), changed], [["orphan", "other"], []]);
    writePolicy(OWN, "web", "bpf: { allow: false, mode: audit }");
    assert.deepEqual(reload(PLACES, false).kept.toSorted(), ["orphan", "other", "same"]);
    assert.equal(container(1n).audit, 0, "without --running it keeps its rules");
  });

  test("before a load it is refused", () => {
    assert.throws(() => reload(PLACES, false), {
      code: "LOCKC_E_NOT_LOADED",
      hint: "run lockctl load",
    });
  });

  test("only root may", () => {
    load(PLACES);
    process.seteuid!(65534);
    try {
      assert.throws(() => reload(PLACES, false), { code: "LOCKC_E_PRIVILEGE" });
    } finally {
      process.seteuid!(0);
    }
    reload(PLACES, false);
  });
});

describe("a reload that fails leaves everything as it was", () => {
  const prepare = () => {
    writePolicy(OWN, "web", restricting("/a"));
    load(PLACES);
    register("box", { policy: "web", pseudo: setOfPolicy("web") });
    writePolicy(OWN, "web", restricting("/b"));
    reload(PLACES, false);
    writePolicy(OWN, "web", restricting("/c"));
    writePolicy(OWN, "shop");
    return everything();
  };

  test("because of a policy", () => {
    const before = prepare();
    writePolicy(OWN, "bad", "extends: nothing");
    assert.throws(() => reload(PLACES, true), { code: "LOCKC_E_SETTINGS" });
    assert.deepEqual(everything(), before);
  });

  test("because of the settings", () => {
    const before = prepare();
    writeFileSync(PLACES.settings, "floor: web\n");
    assert.throws(() => reload(PLACES, false), { code: "LOCKC_E_SETTINGS" });
    assert.deepEqual(everything(), before);
  });

  test("because the programs in the kernel have none that changes containers", () => {
    const before = prepare();
    assert.throws(() => reload(PLACES, true), {
      code: "LOCKC_E_NOT_LOADED",
      message: "the program that changes running containers is not loaded",
    });
    assert.deepEqual(everything(), before);
    reload(PLACES, false);
    assert.notDeepEqual(everything(), before);
  });

  // A frozen map takes no writes, which is as good as a kernel without memory.
  test("because the settings cannot be written, after policies and sets have been", () => {
    const before = prepare();
    freezeMap(settings().fd);
    assert.throws(() => reload(PLACES, false), {
      code: "LOCKC_E_KERNEL",
      message: 'cannot write to the map "settings": EPERM',
    });
    assert.deepEqual(everything(), before);
  });

  test("because the policies cannot be written; the sets are taken back all the same", () => {
    const before = prepare();
    freezeMap(policies().fd);
    assert.throws(() => reload(PLACES, false), {
      code: "LOCKC_E_KERNEL",
      message: /^cannot write to the map "policies": EPERM; and not all could be taken back: /,
    });
    assert.deepEqual(everything(), before);
  });

  test("because running containers need more room for old sets than there is", () => {
    writePolicy(OWN, "web", restricting("/a"));
    load(PLACES);
    const paths = (of: number) => Array.from({ length: 128 }, (_, i) => `/${of}/${i}`);
    for (let of = 0; of < 32; of++) {
      const rules = paths(of).map(
        (path) => ({ filesystem: "proc", path, access: "none" }) as const,
      );
      const elements = compilePseudo(rules);
      // The last place of 4096 is taken already.
      for (const { key, value } of elements.slice(of === 0 ? 1 : 0)) update(pseudo(), key, value);
      const { set } = decode(PSEUDO_KEY, elements[0]!.key);
      register(`box${of}`, { policy: "gone", pseudo: set }, BigInt(of + 1));
    }
    const before = everything();
    writePolicy(OWN, "web", restricting("/a", "/b"));
    assert.throws(() => reload(PLACES, false), {
      code: "LOCKC_E_BUSY",
      message:
        /has room for 4096, and 4098 are needed, since containers run under rules of earlier policies$/,
    });
    assert.deepEqual(everything(), before);
    remove(containers(), u64Key(1n));
    reload(PLACES, false);
    assert.equal(sets()[String(setOfPolicy("web"))]?.length, 2);
  });
});

describe("the program that changes running containers", () => {
  const SOURCE = join(SCRATCH, "apply.bpf.c");
  const OBJECT = join(SCRATCH, "apply.bpf.o");
  writeFileSync(SOURCE, '#include "hook/apply.bpf.h"\nchar LICENSE[] SEC("license") = "GPL";\n');
  compileBpf(SOURCE, OBJECT);

  /** Loads and pins it as lockctl load does on a kernel that takes the others too. */
  function pinApply(table: BpfMap): void {
    using object = openObject(OBJECT, () => "wanted");
    object.reuseMap("containers", table.fd);
    object.load();
    using program = object.attach("lockc_apply");
    pin(program.fd, join(PLACES.pins, "links/lockc_apply"));
  }

  test("with --running containers get their policy's new rules and keep their counts", () => {
    writePolicy(OWN, "web", `bpf: { allow: false }\n${restricting("/a")}`);
    load(PLACES);
    pinApply(containers());
    const { kernel } = loadedPolicy("web")!;
    register("box", {
      policy: "web",
      ...kernel,
      denials: [5n],
      audits: [6n],
      pid: 77,
      root_ino: 9n,
    });
    register("other", { policy: "baseline", ...loadedPolicy("baseline")!.kernel }, 8n);
    register("orphan", { policy: "gone", rules: Rule.BPF }, 9n);
    const [before, untouched, orphan] = [container(), container(8n), container(9n)];
    assert.deepEqual(reload(PLACES, true), {
      policies: ["baseline", "web"],
      changed: [],
      kept: ["orphan"],
      warnings: [],
    });

    writePolicy(
      OWN,
      "web",
      `bpf: { allow: false, mode: audit }\nmounting: { allow: false }\ncapabilities: { allow: [KILL] }\n${restricting("/b")}`,
    );
    assert.deepEqual(reload(PLACES, true), {
      policies: ["baseline", "web"],
      changed: ["box"],
      kept: ["orphan"],
      warnings: [],
    });
    assert.deepEqual(container(), {
      ...before,
      rules: Rule.BPF | Rule.MOUNT | Rule.CAPABILITY | Rule.PSEUDO,
      audit: Rule.BPF,
      capabilities: 1n << 5n,
      pseudo: setOfPolicy("web"),
      could: Could.COPY | Could.SHOW, // the policy before it let user code mount
    });
    assert.deepEqual([container(8n), container(9n)], [untouched, orphan]);
    assert.equal(sets()[String(container().pseudo)]?.length, 1);
    assert.deepEqual(reload(PLACES, true).changed, [], "a second time there is nothing to do");
  });

  test("its answer for a container that has ended is that there is none", () => {
    load(PLACES);
    pinApply(containers());
    register("box");
    const fd = openPin(join(PLACES.pins, "links/lockc_apply"))!;
    const change = {
      policy: "x".repeat(63),
      rules: 1,
      audit: 2,
      capabilities: 3n,
      pseudo: 2n ** 64n - 1n,
      devices: 2n ** 63n + 5n,
    };
    assert.equal(callProgram(fd, encode(CHANGE, { container: 7n, ...change })), 0);
    assert.deepEqual({ ...container(), ...change }, container());
    assert.equal(callProgram(fd, encode(CHANGE, { container: 8n, ...change })), -2);
    assert.equal(contents(containers()).length, 1);
  });

  test("a context of another size is refused, not read past its end", () => {
    load(PLACES);
    pinApply(containers());
    const fd = openPin(join(PLACES.pins, "links/lockc_apply"))!;
    assert.throws(() => callProgram(fd, new Uint8Array(8)), { errno: "EINVAL" });
  });

  test("what is pinned in its place and is no such program is told, not called", () => {
    load(PLACES);
    writePolicy(OWN, "web");
    register("box", { policy: "web", rules: 0 });
    pin(settings().fd, join(PLACES.pins, "links/lockc_apply"));
    assert.throws(() => reload(PLACES, true), { code: "LOCKC_E_KERNEL" });
  });
});
