// SPDX-License-Identifier: Apache-2.0
/** Where engines' sockets are, on real mounts. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { locateSockets } from "../../../ctl/host/engine-sockets.ts";
import { compileSockets } from "../../../ctl/policy/compile.ts";
import { enterPrivateMounts, unmount } from "../../support/private-mounts.ts";

const folder = enterPrivateMounts();
const run = join(folder, "run");
const again = join(folder, "again");
mkdirSync(run);
mkdirSync(again);
execFileSync("mount", ["-t", "tmpfs", "none", run]);
mkdirSync(join(run, "engine"));
writeFileSync(join(run, "engine/there.sock"), "");
symlinkSync("engine", join(run, "link"));
execFileSync("mount", ["--bind", join(run, "engine"), again]);
after(() => {
  unmount(again);
  unmount(run);
  rmSync(folder, { recursive: true });
});

const inside = (path: string) => locateSockets([join(folder, path)])[0]!.inside;

test("a socket is told by the path inside its file system, whether it exists or not", () => {
  assert.equal(inside("run/docker.sock"), "/docker.sock");
  assert.equal(inside("run/engine/there.sock"), "/engine/there.sock");
  assert.equal(inside("run/engine/not/yet.sock"), "/engine/not/yet.sock");
});

test("links and bind mounts lead to the same place", () => {
  assert.equal(inside("run/link/there.sock"), "/engine/there.sock");
  assert.equal(inside("run/link/yet.sock"), "/engine/yet.sock");
  assert.equal(inside("again/yet.sock"), "/engine/yet.sock");
  const [one, other] = locateSockets([join(run, "engine/x"), join(again, "x")]);
  assert.deepEqual(one, other);
});

test("another file system is another place", () => {
  const [one, other] = locateSockets([join(run, "x.sock"), join(folder, "x.sock")]);
  assert.notEqual(one!.device, other!.device);
});

test("a path that is deeper than the kernel looks is refused by name", () => {
  assert.throws(() => locateSockets([join(run, "a/".repeat(16), "x.sock")]), {
    code: "LOCKC_E_SETTINGS",
    message: /too many components .* 16 at most$/,
  });
});

test("the kernel knows a device by its number of twelve and twenty bits", () => {
  const [entry] = compileSockets([{ device: "259:3", inside: "/x" }]);
  assert.equal(new DataView(entry!.key.buffer).getUint32(8, true), 259 * 2 ** 20 + 3);
});
