// SPDX-License-Identifier: Apache-2.0
/**
 * What lockctl tells the guard, on real maps and with the real program that says what
 * a file is to the kernel: kernels run that kind without BPF LSM.
 */
import assert from "node:assert/strict";
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { keysOf, lookUp, u32Key, update } from "../../../core/ffi/bpf.ts";
import { BINARY_KEY, Binary, GUARD_HITS } from "../../../core/generated/layout.ts";
import * as MAPS from "../../../core/generated/maps.ts";
import { decode, encode } from "../../../core/kernel/record.ts";
import { freezeMap } from "../../../ctl/ffi/libbpf.ts";
import { mountPseudo } from "../../../ctl/ffi/libc.ts";
import { hashPath } from "../../../ctl/policy/entry.ts";
import { PLAIN } from "../../../ctl/screen/terminal.ts";
import { formatStatus } from "../../../ctl/status/lines.ts";
import { readStatus } from "../../../ctl/status/read.ts";
import { TOP } from "../../../tool/compile-bpf.ts";
import {
  contents,
  load,
  map,
  OWN,
  PLACES,
  RUNTIME,
  reload,
  SCRATCH,
  unload,
  writePolicy,
} from "../../support/loaded.ts";
import { unmount } from "../../support/private-mounts.ts";

/** A file system on which stat(2) shows what the kernel compares. */
const DISK = mkdtempSync(join(tmpdir(), "lockc-disk-"));
const BIN = join(DISK, "bin");
const RUNC = join(BIN, "runc");
const LAUNCHER = readFileSync(join(TOP, "shim/launcher.sh"), "utf8");
const [LOCKC_RUNC, LOCKCTL] = PLACES.entrances as [string, string];

before(() => {
  mountPseudo("tmpfs", DISK);
  mkdirSync(dirname(LOCKC_RUNC));
  writeFileSync(LOCKC_RUNC, LAUNCHER);
  writeFileSync(LOCKCTL, "#!/bin/sh\n");
});

after(() => {
  unmount(DISK);
  rmdirSync(DISK);
});

beforeEach(() => {
  rmSync(BIN, { recursive: true, force: true });
  mkdirSync(BIN);
  writeFileSync(RUNC, "one", { mode: 0o755 });
  settings("enforce");
});

const settings = (guard: string, ...more: string[]) =>
  writeFileSync(
    PLACES.settings,
    `runtime: ${RUNTIME}\nguard: ${guard}\nguardedRuntimes: [${[RUNC, ...more].join(", ")}]\n`,
  );

const mode = () => map(MAPS.guard);
const runtimes = () => map(MAPS.runtimes);
const modeInForce = () => lookUp(mode(), u32Key(0))![0];

/** s_dev in the kernel's encoding. */
function superblockOf(path: string): number {
  const dev = statSync(path).dev;
  const major = (dev >> 8) & 0xfff;
  return (major << 20) | (dev & 0xff) | ((dev >> 12) & 0xfff00);
}

/** The element for a file (no name) or for a name in a directory; undefined: there is none. */
function find(path: string, name?: string): number | undefined {
  const wanted = {
    ino: statSync(path, { bigint: true }).ino,
    name: name === undefined ? 0n : hashPath(`/${name}`),
    dev: superblockOf(path),
  };
  const found = keysOf(runtimes()).filter((key) => {
    const { generation, ...others } = decode(BINARY_KEY, key);
    return Object.entries(wanted).every(([field, value]) => others[field as "ino"] === value);
  });
  assert.ok(found.length <= 1);
  return found[0] && lookUp(runtimes(), found[0])![0];
}
const findPlace = (path: string) => find(dirname(path), basename(path));

describe("the binaries", () => {
  test("one is known as it is and where it is", () => {
    const { guard, warnings } = load(PLACES);
    assert.deepEqual([guard, warnings], ["enforce", []]);
    assert.equal(modeInForce(), 2);
    assert.equal(find(RUNC), Binary.RUNTIME);
    assert.equal(findPlace(RUNC), Binary.RUNTIME);
    assert.equal(findPlace(join(BIN, "runc2")), undefined);
    linkSync(RUNC, join(BIN, "hard"));
    assert.equal(find(join(BIN, "hard")), Binary.RUNTIME);
    copyFileSync(RUNC, join(BIN, "copy"));
    assert.equal(find(join(BIN, "copy")), undefined);
  });

  test("the configured one is among them", () => {
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\nguard: audit\n`);
    load(PLACES);
    const names = keysOf(runtimes()).map((key) => decode(BINARY_KEY, key));
    const { ino } = statSync(SCRATCH, { bigint: true });
    assert.ok(names.some((key) => key.ino === ino && key.name === hashPath("/runc")));
  });

  test("a file renamed over it is in its place, and known as it is after the next load", () => {
    load(PLACES);
    writeFileSync(join(BIN, "new"), "two");
    renameSync(join(BIN, "new"), RUNC);
    assert.equal(find(RUNC), undefined);
    assert.equal(findPlace(RUNC), Binary.RUNTIME);
    const count = contents(runtimes()).length;
    assert.equal(load(PLACES).kind, "refresh");
    assert.equal(find(RUNC), Binary.RUNTIME);
    assert.equal(contents(runtimes()).length, count, "what is gone is forgotten");
  });

  test("runc and crun have their usual places, installed or not", () => {
    load(PLACES);
    for (const folder of ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]) {
      for (const name of ["runc", "crun"]) {
        const found = keysOf(runtimes()).some(
          (key) =>
            decode(BINARY_KEY, key).name === hashPath(`/${name}`) &&
            decode(BINARY_KEY, key).ino === statSync(folder, { bigint: true }).ino,
        );
        assert.ok(found, `${folder}/${name}`);
      }
    }
  });

  test("further ones are known by where they are to be, and links are followed", () => {
    const [later, link, target] = ["later", "link", "target"].map((name) => join(BIN, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(target, "");
    symlinkSync("target", link);
    settings("audit", later, link, BIN);
    load(PLACES);
    assert.equal(modeInForce(), 1);
    assert.equal(findPlace(later), Binary.RUNTIME);
    assert.equal(findPlace(link), Binary.RUNTIME);
    assert.deepEqual([find(target), findPlace(target)], [Binary.RUNTIME, Binary.RUNTIME]);
    assert.equal(find(BIN), undefined, "a directory is no runtime");
  });

  test("one whose directory does not exist is told", () => {
    settings("audit", "/nowhere/runc");
    assert.deepEqual(load(PLACES).warnings, [
      '"/nowhere/runc" is not guarded: there is no such directory',
    ]);
  });

  test("lockc's own programs are entrances, also under a runtime's name", () => {
    const [copy, link] = [join(BIN, "copy"), join(BIN, "link")];
    writeFileSync(copy, LAUNCHER);
    symlinkSync(LOCKC_RUNC, link);
    settings("enforce", copy, link);
    load(PLACES);
    const places = [LOCKC_RUNC, LOCKCTL, copy];
    const kinds = keysOf(runtimes()).filter((key) => lookUp(runtimes(), key)![0] === 2);
    const names = new Set(kinds.map((key) => decode(BINARY_KEY, key).name));
    assert.deepEqual(names, new Set([0n, ...places.map((path) => hashPath(`/${basename(path)}`))]));
    assert.equal(kinds.length, 2 * places.length);
    assert.equal(find(copy), Binary.ENTRANCE);
    assert.equal(findPlace(copy), Binary.ENTRANCE);
  });
});

describe("the mode", () => {
  test("off, which is the default, knows no binary", () => {
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\n`);
    assert.equal(load(PLACES).guard, "off");
    assert.deepEqual([modeInForce(), contents(runtimes())], [0, []]);
  });

  test("changes with a load, a reload and a new build, in both directions", () => {
    load(PLACES);
    const whole = contents(runtimes());
    assert.ok(whole.length > 4);
    for (const act of [() => load(PLACES), () => reload(PLACES, false)]) {
      settings("off");
      act();
      assert.deepEqual([modeInForce(), contents(runtimes())], [0, []]);
      settings("audit");
      act();
      assert.deepEqual([modeInForce(), contents(runtimes())], [1, whole]);
    }
    writeFileSync(PLACES.object, "\0", { flag: "a" });
    settings("enforce");
    assert.equal(load(PLACES).kind, "replace");
    assert.deepEqual([modeInForce(), contents(runtimes())], [2, whole]);
  });

  test("stays with its binaries when a reload fails", () => {
    load(PLACES);
    const whole = contents(runtimes());
    settings("off");
    freezeMap(map(MAPS.settings).fd);
    assert.throws(() => reload(PLACES, false), { code: "LOCKC_E_KERNEL" });
    assert.deepEqual([modeInForce(), contents(runtimes())], [2, whole]);
  });

  test("is taken back when a later step fails", () => {
    settings("off");
    load(PLACES);
    settings("enforce");
    freezeMap(runtimes().fd);
    assert.throws(() => reload(PLACES, false), {
      code: "LOCKC_E_KERNEL",
      message: 'cannot write to the map "runtimes": EPERM',
    });
    assert.equal(modeInForce(), 0);
  });

  test("that does not exist is refused", () => {
    settings("on");
    assert.throws(() => load(PLACES), {
      code: "LOCKC_E_SETTINGS",
      message: `${PLACES.settings}:2:1: guard: "on" is not one of off, audit, enforce`,
    });
  });

  test("without maps is none: unload ends the guard too", () => {
    load(PLACES);
    unload(PLACES, false);
    assert.equal(readStatus(PLACES).guard, null);
  });
});

describe("Docker", () => {
  const dockerSays = (config: object | string) =>
    writeFileSync(PLACES.docker, typeof config === "string" ? config : JSON.stringify(config));
  const lockc = { path: LOCKC_RUNC };
  const warned = (name: string) => [
    `Docker's default runtime "${name}" is guarded: set "default-runtime": "lockc" in ${PLACES.docker}, or start containers with --runtime lockc`,
  ];

  test("with another default runtime than lockc is told once the guard enforces", () => {
    dockerSays({ runtimes: { lockc } });
    assert.deepEqual(load(PLACES).warnings, warned("runc"));
    dockerSays({ "default-runtime": "mine", runtimes: { lockc, mine: { path: RUNC } } });
    assert.deepEqual(load(PLACES).warnings, warned("mine"));
    settings("audit");
    assert.deepEqual(load(PLACES).warnings, []);
  });

  test("with lockc as its default, under whatever name, is as it should be", () => {
    dockerSays({ "default-runtime": "x", runtimes: { x: lockc } });
    assert.deepEqual(load(PLACES).warnings, []);
  });

  test("that is not there, or whose file cannot be read, says nothing of it", () => {
    assert.deepEqual(load(PLACES).warnings, []);
    for (const text of ["{", "null", "[]"]) {
      dockerSays(text);
      assert.deepEqual(load(PLACES).warnings, text === "{" ? [] : warned("runc"), text);
    }
  });
});

describe("status", () => {
  const row = () => /^guard +(.*)$/m.exec(formatStatus(readStatus(PLACES), PLAIN))?.[1];

  test("it shows the mode, what was met, and who was the last", () => {
    writePolicy(OWN, "web");
    settings("off");
    load(PLACES);
    assert.deepEqual(readStatus(PLACES).guard, { mode: "off", denials: 0, audits: 0, last: null });
    assert.equal(row(), "off");
    settings("enforce");
    load(PLACES);
    assert.equal(row(), "enforce; runtimes executed past lockc-runc: 0 refused, 0 let through");
    const hits = encode(GUARD_HITS, { denials: 3n, audits: 1n, pid: 77, comm: "a\u001b[2J" });
    update(map(MAPS.guard_hits), u32Key(0), hits);
    settings("audit");
    load(PLACES);
    assert.deepEqual(readStatus(PLACES).guard, {
      mode: "audit",
      denials: 3,
      audits: 1,
      last: { comm: "a\u001b[2J", pid: 77 },
    });
    assert.equal(
      row(),
      'audit; runtimes executed past lockc-runc: 3 refused, 1 let through, the last by "a\\u001b[2J" (77)',
    );
  });
});
