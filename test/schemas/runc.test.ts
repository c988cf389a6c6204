// SPDX-License-Identifier: Apache-2.0
/**
 * The schema against the decoder of the real runc: what the schema accepts, runc
 * can read, and what runc can read the schema refuses for known reasons only.
 *
 * `runc create --bundle B ""` reads the config.json and only then complains of the
 * empty ID, so nothing is ever created. LOCKC_FUZZ_RUNS sets how many are tried.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { index, readFixture } from "../fixtures/configs/index.ts";
import { validateConfig as validate } from "./both.ts";
import { type Node, sampleOf } from "./sample.ts";

const RUNS = Number(process.env.LOCKC_FUZZ_RUNS ?? 1500);

/** On tmpfs, where each file is written and read in no time. */
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "lockc-runc-"));
after(() => rmSync(folder, { recursive: true }));

/** Its decoder's errors; others are about what the values mean. */
const UNREADABLE = /json: |invalid character|unexpected end of JSON/;

/** What runc says of a config.json that it cannot read; undefined when it can. */
function complaint(text: string): string | undefined {
  writeFileSync(`${folder}/config.json`, text);
  const args = ["--root", `${folder}/root`, "create", "--bundle", folder, ""];
  const { status, stderr, error } = spawnSync("runc", args, { encoding: "utf8" });
  assert.equal(error, undefined, "runc is missing: apt-get install runc");
  assert.equal(status, 1, stderr);
  return UNREADABLE.test(stderr) ? stderr : undefined;
}

const SCHEMA = JSON.parse(
  readFileSync(`${import.meta.dirname}/../../schemas/config.schema.json`, "utf8"),
) as Node;

/** What runc can read and the schema refuses on purpose: null, absence, what has no meaning. */
const STRICTER = new Set(["required", "enum", "pattern"]);

/** Added to the specification after runc 1.1, which takes anything there. */
const NEWER =
  /^\/(domainname|zos|freebsd|process\/(scheduler|ioPriority|execCPUAffinity)|linux\/(timeOffsets|netDevices|memoryPolicy|intelRdt\/(schemata|enableMonitoring)|resources\/(cpu\/(burst|idle)|memory\/checkBeforeUpdate)))(\/|$)|^\/mounts\/\d+\/[ug]idMappings/;

function isDeliberate(config: unknown): boolean {
  const [error] = validate.errors ?? [];
  if (error === undefined) return false;
  if (STRICTER.has(error.keyword) || NEWER.test(error.instancePath)) return true;
  const path = error.instancePath.split("/").slice(1);
  const keys = path.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], config) === null;
}

interface RawNumbers {
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
}
const { rawJSON, isRawJSON } = JSON as unknown as RawNumbers;

/** With numbers as they are written, since runc reads more of them than JavaScript holds. */
function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === "number" ? rawJSON(context?.source ?? String(value)) : value,
  );
}

/**
 * In place of any value. No "1.0" or "1e3", which Go does not take for an integer,
 * and nothing between a 64-bit limit and the next number that JavaScript has: its
 * numbers do not show these.
 */
const OTHERS: readonly string[] = [
  ...["null", "true", "false", '""', '"x"', '"/x"', "[]", "{}", '["x"]', "[1]", "[null]", "[{}]"],
  ...['{"x":"x"}', '{"x":1}', '{"x":null}', '{"x":{}}', '{"path":"/x","type":"c"}'],
  ...["0", "1", "-1", "1.5", "65535", "65536", "2147483647", "2147483648", "-2147483648"],
  ...["-2147483649", "4294967295", "4294967296", "9223372036854775807", "-9223372036854775808"],
  ...["9223372036854777856", "-9223372036854777856", "18446744073709551615"],
  ...["18446744073709555712", "1e30"],
];

interface Mutation {
  /** Which member of each object or list on the way, whatever their number. */
  readonly path: readonly number[];
  /** Undefined takes the value away. */
  readonly other: string | undefined;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
  other: fc.option(fc.constantFrom(...OTHERS), { nil: undefined, freq: 8 }),
});

function mutate(value: unknown, { path: [first, ...path], other }: Mutation): unknown {
  const leaf = typeof value !== "object" || value === null || isRawJSON(value);
  const names = leaf ? [] : Object.keys(value);
  if (first === undefined || names.length === 0) return rawOrParsed(other);
  const name = names[first % names.length]!;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  if (other === undefined && path.length === 0) delete copy[name];
  else copy[name] = mutate(copy[name], { path, other });
  return copy;
}

function rawOrParsed(text: string | undefined): unknown {
  return text === undefined ? undefined : parseExactly(text);
}

let bases: readonly { readonly name: string; readonly text: string }[];
before(() => {
  const fixtures = index.map(readFixture).map(({ file, text }) => ({ name: file, text }));
  const whole = JSON.stringify(sampleOf(SCHEMA));
  // The one with every property as often as all others: they lack most of them.
  bases = [...fixtures, ...fixtures.map(() => ({ name: "every property", text: whole }))];
});

test("runc reads every fixture, and complains of what it cannot read", () => {
  for (const { name, text } of bases) assert.equal(complaint(text), undefined, name);
  assert.match(complaint('{"process":{"terminal":1}}') ?? "", /cannot unmarshal number/);
  assert.ok(!existsSync(`${folder}/root`), "runc created something");
});

test(`runc reads what the schema accepts, and the schema refuses no more than it must (${RUNS} runs)`, () => {
  const counts = { accepted: 0, refused: 0, stricter: 0 };
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (which, mutations) => {
        const { text } = bases[which % bases.length]!;
        const config = JSON.stringify(mutations.reduce(mutate, parseExactly(text)) ?? null);
        const value = JSON.parse(config);
        const accepted = validate(value);
        const said = complaint(config);
        if (accepted) assert.equal(said, undefined, "accepted");
        else if (said === undefined)
          assert.ok(isDeliberate(value), JSON.stringify(validate.errors));
        counts[accepted ? "accepted" : said ? "refused" : "stricter"]++;
      },
    ),
    { numRuns: RUNS },
  );
  // Each outcome was seen: the mutations neither always break a config.json nor never.
  for (const [outcome, count] of Object.entries(counts)) {
    assert.ok(count > RUNS / 50, `${outcome}: ${count} of ${RUNS}`);
  }
  assert.ok(!existsSync(`${folder}/root`), "runc created something");
});
