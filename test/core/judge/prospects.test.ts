// SPDX-License-Identifier: Apache-2.0
/** What hooks may mount, with real directories, links and mounts. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import { Prospect } from "../../../core/generated/layout.ts";
import { MountTable } from "../../../core/host/mounts.ts";
import { locateProspects } from "../../../core/judge/prospects.ts";
import { splitPattern } from "../../../core/rule/host-path-entries.ts";
import { admitsBelow } from "../../../core/rule/host-paths.ts";
import type { Policy } from "../../../core/rule/policy.ts";
import { findReserved } from "../../../core/rule/reserved.ts";
import type { PlaceContext } from "../../../core/rule/subject.ts";
import type { RuleValues } from "../../../core/rule/values.ts";
import { reservedIn } from "../../../core/rule/vouching.ts";
import { NO_RECORDS, POLICIES, withValues } from "../../support/containers.ts";
import { enterPrivateMounts, unmount } from "../../support/private-mounts.ts";

const folder = enterPrivateMounts();
const mounted: string[] = [];
after(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  for (const target of mounted.splice(0).reverse()) unmount(target);
});

const { READ, WRITE, NEVER, BELOW_READ, BELOW_WRITE, BELOW_NEVER, OWN } = Prospect;
const BELOW = BELOW_READ | BELOW_WRITE;
const WRITING = READ | WRITE | BELOW;
const READING = READ | BELOW_READ;
const RESERVED = NEVER | BELOW_NEVER;

const make = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
};
function mount(target: string, ...args: readonly string[]): void {
  execFileSync("mount", [...args, make(target)]);
  mounted.push(join(folder, target));
}

type HostPaths = Exclude<RuleValues["hostPaths"], "any">;

/** Names below the folder → enum lockc_prospect bits; the first is the root's. */
function prospects(
  entries: HostPaths | "any",
  {
    engineRoots = [] as readonly string[],
    mode = "enforce" as "enforce" | "audit",
    hooks = true,
    notifying = undefined as string | undefined,
  } = {},
): readonly (readonly [name: string, may: number])[] {
  const hostPaths = entries === "any" ? entries : entries.map(at);
  const base: Policy = withValues(POLICIES.get("baseline")!, { hostPaths });
  const policy = { ...base, rules: { ...base.rules, hostPaths: { mode, value: hostPaths } } };
  const table = new MountTable();
  const root = table.locate(make("root"));
  const context: PlaceContext = {
    id: "c",
    engineRoots: engineRoots.map((name) => join(folder, name)),
    origin: { engine: "other", sandbox: false },
    bundle: folder,
    rootNames: [root.path],
    records: NO_RECORDS,
    look: (path) => table.look(path),
    reserved: () =>
      findReserved(
        engineRoots.map((name) => join(folder, name)),
        (path) => table.look(path),
      ),
    superblockOf: (path) => table.look(path)?.device,
    deviceAt: () => undefined,
  };
  const found = locateProspects({
    policy,
    table,
    given: [root],
    context,
    admitsBelow,
    reservedIn,
    splitPattern,
    hooks,
    notifying: notifying && join(folder, notifying),
  });
  const told = found.map(({ fd, may }) => {
    const path = readlinkSync(`/proc/self/fd/${fd}`);
    const { ino, dev } = statSync(path);
    const held = fstatSync(fd);
    assert.deepEqual([held.ino, held.dev], [ino, dev]);
    return [path.startsWith(folder) ? path.slice(folder.length + 1) : path, may] as const;
  });
  for (const { fd } of found) closeSync(fd);
  return told;
}
const at = ({ path, access }: HostPaths[number]) => ({ path: join(folder, path), access });
const reading = (path: string) => ({ path, access: "read-only" as const });
const writing = (path: string) => ({ path, access: "read-write" as const });

const ROOT = ["root", BELOW | OWN | NEVER] as const;

test("each entry that is there counts, in its mode, and itself unless it ends with /*", () => {
  for (const name of ["r", "w", "b"]) make(name);
  assert.deepEqual(prospects([reading("r"), writing("w"), writing("b/*"), reading("gone")]), [
    ...[ROOT, ["r", READING], ["w", WRITING], ["b", BELOW]],
  ]);
});

test("what the runtime makes to be told by counts, and nothing of other containers", () => {
  make("w");
  for (const name of ["run/one", "run/two"]) make(name);
  assert.deepEqual(prospects([writing("w")], { hooks: false, notifying: "run" }), [
    ...[ROOT, ["run", BELOW], ["run/one", RESERVED], ["run/two", RESERVED]],
  ]);
  assert.deepEqual(prospects([], { notifying: "made" }), [ROOT, ["made", BELOW]]);
});

test("an entry that is a link counts by its real name alone", () => {
  make("real");
  symlinkSync("real", join(folder, "link"));
  assert.deepEqual(prospects([writing("link")]), [ROOT]);
  assert.deepEqual(prospects([writing("link"), writing("real")]), [ROOT, ["real", WRITING]]);
});

test("what is mounted below an entry counts where config.json would have been admitted", () => {
  mount("w/memory", "-t", "tmpfs", "none");
  make("other");
  mount("w/other", "--bind", join(folder, "other"));
  assert.deepEqual(prospects([writing("w")]), [ROOT, ["w", WRITING], ["w/memory", WRITING]]);
  const both = prospects([writing("w"), writing("other")]);
  assert.deepEqual(new Map(both).get("w/other"), WRITING);
});

test("what is an engine's does not, nor what holds it", () => {
  make("v/lib/engine/logs");
  make("v/log");
  const engineRoots = ["v/lib/engine"];
  assert.deepEqual(prospects([writing("v")], { engineRoots }), [
    ...[ROOT, ["v", BELOW], ["v/lib", NEVER], ["v/lib/engine", RESERVED]],
  ]);
  assert.deepEqual(prospects([writing("v/lib/engine")], { engineRoots: ["v/lib"] }), [
    ...[ROOT, ["v/lib/engine", WRITING]],
  ]);
  assert.deepEqual(prospects([writing("v/lib/*")], { engineRoots: ["v"] }), [
    ...[ROOT, ["v/lib", BELOW]],
  ]);
});

test("an entry that shows by another name what holds something of an engine's is held so, too", () => {
  make("v/lib/engine");
  mount("shown", "--bind", join(folder, "v"));
  const engineRoots = ["v/lib/engine"];
  assert.deepEqual(prospects([writing("shown")], { engineRoots }), [
    ...[ROOT, ["shown", BELOW], ["shown/lib", NEVER], ["v/lib/engine", RESERVED]],
  ]);
  // Nobody can name that directory any more, and it might be mounted all the same.
  mount("shown/lib", "-t", "tmpfs", "none");
  assert.deepEqual(prospects([writing("shown")], { engineRoots }), [ROOT]);
});

test("with any, or an audited rule, all of the host does", () => {
  const all = new Map(prospects("any"));
  assert.equal(all.get("/"), WRITING);
  assert.equal(new Map(prospects([], { mode: "audit" })).get("/"), WRITING);
  assert.deepEqual(prospects([]), [ROOT]);
});
