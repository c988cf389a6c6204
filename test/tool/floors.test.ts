// SPDX-License-Identifier: Apache-2.0
/** Rooms stand above each other: none asks one above it, so no two ask each other in a circle. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { TOP } from "../../tool/compile-bpf.ts";

/** From the ground up. */
const FLOORS = [
  ...["core", "core/generated", "core/ffi", "core/engine", "core/bundle", "core/rule"],
  ...["core/policy", "core/host", "core/judge", "core/kernel"],
  ...["shim/argv", "shim"],
  ...["ctl/ffi", "ctl/screen", "ctl/grammar", "ctl/host", "ctl/engine", "ctl/policy", "ctl/kernel"],
  ...["ctl/container", "ctl/event", "ctl/metrics", "ctl/status", "ctl/doctor", "ctl/foresight"],
  ...["ctl/advice", "ctl/verb", "ctl"],
];

/** Who may all the same: what is loaded later, and what help and completion say of all verbs. */
const UPWARD = [
  ...["core/later.ts"],
  ...["ctl/grammar/complete.ts", "ctl/grammar/find.ts", "ctl/grammar/help.ts"],
];

const IMPORT = /\b(?:from|import\() ?"(\.[^"]+)"/g;
const isSource = (file: string) => /^(core|shim|ctl)\//.test(file);
const roomOf = (file: string) => file.split("/").slice(0, -1).slice(0, 2).join("/");

test("no room asks one that stands above it", () => {
  const files = globSync("{core,shim,ctl}/**/*.ts", { cwd: TOP });
  const rooms = new Set(files.map(roomOf));
  assert.deepEqual(
    [...rooms].filter((room) => !FLOORS.includes(room)),
    [],
    "each room has its floor",
  );
  const climbs = files.flatMap((file) => {
    const found = [...readFileSync(join(TOP, file), "utf8").matchAll(IMPORT)];
    return found
      .map(([, to]) => posix.join(posix.dirname(file), to!))
      .filter((to) => isSource(to) && FLOORS.indexOf(roomOf(to)) > FLOORS.indexOf(roomOf(file)))
      .map((to) => `${file} → ${to}`);
  });
  const meant = climbs.filter((arrow) => UPWARD.some((file) => arrow.startsWith(`${file} `)));
  assert.deepEqual(climbs, meant);
  assert.ok(meant.length >= UPWARD.length, "none of these is needless");
});

test("what a create loads has no file of lockctl in it, by the bundler's own list", async () => {
  const { metafile } = await build({
    absWorkingDir: TOP,
    entryPoints: ["shim/entry.ts", "shim/loader.ts"],
    write: false,
    outdir: "never",
    bundle: true,
    platform: "node",
    format: "cjs",
    metafile: true,
    logLevel: "error",
    logOverride: { "empty-import-meta": "silent" },
  });
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.includes("core/judge/judge.ts") && inputs.includes("shim/create.ts"));
  assert.deepEqual(
    inputs.filter((file) => !/^(core|shim|node_modules|schemas)\//.test(file)),
    [],
  );
});
