// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { readLoadedRuntime, resolveRuntime } from "../../core/runtime.ts";
import { grammarOf } from "../../shim/grammar.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "lockc-runtime-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

function program(name: string, text = "\x7fELF"): string {
  const path = join(dir, name);
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

test("a configured runtime is used as it is spelled, links included", () => {
  const path = program("runc");
  assert.equal(resolveRuntime(path), path);
  const link = join(dir, "link");
  symlinkSync(path, link);
  assert.equal(resolveRuntime(link), link);
});

test("a configured runtime that cannot be one is refused and never replaced by another", () => {
  const plain = program("plain");
  chmodSync(plain, 0o644);
  for (const [path, reason] of [
    ["runc", /not absolute/],
    [join(dir, "none"), /does not exist/],
    [dir, /no regular file/],
    [plain, /cannot be executed \(EACCES\)/],
  ] as const) {
    assert.throws(() => resolveRuntime(path), { code: "LOCKC_E_RUNTIME", message: reason });
  }
});

test("crun by a handler's name is no runtime to use", () => {
  const crun = program("crun");
  const names = ["krun", "handler", "crun-wasm"];
  const [krun, named, wasm] = names.map((name) => join(dir, name)) as [string, string, string];
  symlinkSync(crun, krun);
  symlinkSync(program("krun-1"), named);
  symlinkSync(crun, wasm);
  for (const path of [krun, named, wasm]) {
    const message = new RegExp(
      `by the name of ${basename(path)} crun runs a container's code without`,
    );
    assert.throws(() => resolveRuntime(path), { code: "LOCKC_E_RUNTIME", message });
  }
  assert.equal(resolveRuntime(crun), crun);
  const linked = join(dir, "linked");
  symlinkSync(program("crun-1.28"), linked);
  assert.equal(resolveRuntime(linked), linked, "only the name it is started by matters");
});

test("lockc-runc is never its own runtime, under whatever name or link", () => {
  const launcher = program("lockc-runc");
  copyFileSync(join(import.meta.dirname, "../../shim/launcher.sh"), launcher);
  const names = [launcher, ...["hard", "soft", "copy"].map((name) => join(dir, name))];
  linkSync(launcher, names[1] as string);
  symlinkSync(launcher, names[2] as string);
  copyFileSync(launcher, names[3] as string);
  for (const name of names) {
    chmodSync(name, 0o755);
    assert.throws(() => resolveRuntime(name), { message: /is lockc-runc itself/ });
  }
});

test("without a setting the host's runc or crun is found, by absolute path", () => {
  assert.match(resolveRuntime(), /^\/usr\/(local\/)?s?bin\/c?runc?$|^\/usr\/.*\/crun$/);
});

test("the grammar follows the file's own name, not a link's", () => {
  for (const [name, grammar] of [
    ["runc", "runc"],
    ["runc-1.3.6", "runc"],
    ["docker-runc", "runc"],
    ["crun", "crun"],
    ["youki", "unknown"],
  ] as const) {
    assert.equal(grammarOf(program(name)), grammar);
  }
  const link = join(dir, "linked-runc");
  symlinkSync(join(dir, "crun"), link);
  assert.equal(grammarOf(link), "crun");
});

test("the note of lockctl load counts when only root could have written it", () => {
  const file = join(dir, "run/runtime");
  mkdirSync(join(dir, "run"), { mode: 0o755 });
  assert.equal(readLoadedRuntime(file), undefined);
  writeFileSync(file, "/usr/sbin/runc\n", { mode: 0o644 });
  assert.equal(readLoadedRuntime(file), "/usr/sbin/runc");
  for (const target of [file, join(dir, "run")]) {
    chmodSync(target, 0o777);
    assert.equal(readLoadedRuntime(file), undefined);
    chmodSync(target, 0o755);
  }
  writeFileSync(file, "runc\n");
  assert.equal(readLoadedRuntime(file), undefined);
});
