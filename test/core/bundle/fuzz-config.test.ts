// SPDX-License-Identifier: Apache-2.0
/**
 * Spoilt config.json files of real engines. Each is refused in a sentence that says
 * where, or judged by every level without trouble and loaded by the real runc:
 * `runc create --bundle B ""` reads the file and then complains of the empty ID, so
 * nothing is ever created. LOCKC_FUZZ_RUNS says how many, LOCKC_FUZZ_SEED which.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Bundle } from "../../../core/bundle/bundle.ts";
import { factsOf } from "../../../core/bundle/facts.ts";
import { parseConfig } from "../../../core/bundle/parse.ts";
import { identifyOrigin } from "../../../core/engine/origin.ts";
import { LockcError } from "../../../core/errors.ts";
import { check } from "../../../core/judge/admission.ts";
import { index, readFixture } from "../../fixtures/configs/index.ts";
import {
  Chance,
  MUTATIONS,
  type Mutated,
  mutate,
  treeOf,
  write,
} from "../../support/config-mutations.ts";
import { contextOf, HOST, LEVELS, POLICIES, place } from "../../support/containers.ts";

const RUNS = Number(process.env.LOCKC_FUZZ_RUNS ?? 1000);
const SEED = Number(process.env.LOCKC_FUZZ_SEED ?? Date.now() % 2 ** 32);
/** So many are given to one shell, which starts runc faster than Node does. */
const BATCH = 100;

/** On tmpfs, where each file is written and read in no time. */
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "lockc-fuzz-"));
after(() => rmSync(folder, { recursive: true }));
const bundles = Array.from({ length: BATCH }, (_, at) => join(folder, String(at)));
for (const bundle of bundles) mkdirSync(bundle);

const FILE = "/b/config.json";

/** Every way in which a config.json is refused: the file, then where or what. */
const FAULT =
  /^"\/b\/config\.json" (is not JSON: |is not valid at \/|has ".*, so that runc and crun would read .* differently$|has the integer -?[\d.eE+-]+ at \/|nests deeper than )/s;

/** What lockc makes of it; undefined when it refuses. */
function admitted({ bytes }: Mutated): Bundle | undefined {
  try {
    return factsOf("/b", parseConfig(FILE, bytes));
  } catch (error) {
    assert.ok(error instanceof LockcError && error.code === "LOCKC_E_CONFIG", String(error));
    assert.match(error.message, FAULT);
    return undefined;
  }
}

/** All levels, on a host that has an answer to everything. */
function judgeByAll(bundle: Bundle): void {
  const origin = identifyOrigin(
    "/run/containerd/io.containerd.runtime.v2.task/k8s.io/c",
    bundle.annotations,
  )!;
  for (const level of LEVELS) {
    const checks = check(POLICIES.get(level)!, {
      bundle,
      context: contextOf("c", origin),
      root: place(bundle.root),
      mounts: bundle.mounts.map((request) => ({
        request,
        place: request.bind ? place(request.source) : undefined,
      })),
      host: HOST,
      unsafeAnnotations: [],
    });
    const refused = checks.some(({ result }) => result === "deny");
    assert.ok(level !== "privileged" || !refused, "privileged refused it");
  }
}

const LOADED = "container id cannot be empty";
/** What its decoder cannot read; anything else it finds wrong once it has read the file. */
const UNREADABLE = /json: |invalid character|unexpected (end of JSON|EOF)/;

/** What runc says of each. */
function load(documents: readonly Mutated[]): string[] {
  for (const [at, { bytes }] of documents.entries()) {
    writeFileSync(join(bundles[at]!, "config.json"), bytes);
  }
  const script =
    'root=$1; shift; for b in "$@"; do runc --root "$root" create --bundle "$b" "" 2>"$b/said"; done';
  const used = bundles.slice(0, documents.length);
  const { error, stderr } = spawnSync(
    "/bin/sh",
    ["-c", script, "sh", join(folder, "root"), ...used],
    {
      encoding: "utf8",
    },
  );
  assert.deepEqual([error, stderr], [undefined, ""]);
  return used.map((bundle) => readFileSync(join(bundle, "said"), "utf8"));
}

const documents = index.map((entry) => treeOf(readFixture(entry).text));

test("runc loads every fixture, and tells what it cannot load", () => {
  const all = documents.map((tree) => ({ how: [], bytes: Buffer.from(write(tree), "latin1") }));
  for (let from = 0; from < all.length; from += BATCH) {
    for (const said of load(all.slice(from, from + BATCH))) assert.ok(said.includes(LOADED), said);
  }
  const wrong = ['{"process":{"terminal":1}}', '{"x":', "\xff"].map((text) => ({
    how: [],
    bytes: Buffer.from(text, "latin1"),
  }));
  for (const said of load(wrong)) assert.ok(UNREADABLE.test(said), said);
});

test(`what is not refused runc loads too (${RUNS} runs, seed ${SEED})`, (context) => {
  const chance = new Chance(SEED);
  const counts = { mutated: RUNS, refused: 0, admitted: 0, "which runc does not like": 0 };
  const used = new Map(Object.keys(MUTATIONS).map((name) => [name, 0]));
  const waiting: Mutated[] = [];
  const compare = () => {
    for (const [at, said] of load(waiting).entries()) {
      if (said.includes(LOADED)) continue;
      const { how, bytes } = waiting[at]!;
      const document = bytes.toString("latin1").slice(0, 3000);
      assert.doesNotMatch(said, UNREADABLE, `${how.join("; ")}: ${document}`);
      counts["which runc does not like"]++;
    }
    waiting.length = 0;
  };
  for (let run = 0; run < RUNS; run++) {
    const mutated = mutate(documents, chance);
    for (const name of mutated.how) used.set(name, used.get(name)! + 1);
    const bundle = admitted(mutated);
    if (bundle === undefined) {
      counts.refused++;
      continue;
    }
    counts.admitted++;
    judgeByAll(bundle);
    if (waiting.push(mutated) === BATCH) compare();
  }
  compare();
  context.diagnostic(JSON.stringify(counts));
  assert.ok(counts.refused > RUNS / 10 && counts.admitted > RUNS / 10, JSON.stringify(counts));
  for (const [name, times] of used) assert.ok(times > 0, `"${name}" was not tried`);
  assert.ok(!existsSync(join(folder, "root")), "runc created something");
});
