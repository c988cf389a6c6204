// SPDX-License-Identifier: Apache-2.0
/**
 * Any text at all where a policy or the settings are expected: it is read and
 * follows its schema, or it is refused in lines that name the file.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { LockcError } from "../../../core/errors.ts";
import type { Policy } from "../../../core/generated/policy.ts";
import { validate as validatePolicy } from "../../../core/generated/policy-validator.js";
import type { Settings } from "../../../core/generated/settings.ts";
import { validate as validateSettings } from "../../../core/generated/settings-validator.js";
import { compilePolicy } from "../../../ctl/policy/compile.ts";
import { type Parsed, parseYaml, type Schema } from "../../../ctl/policy/document.ts";
import { resolvePolicies, type Source } from "../../../ctl/policy/resolve.ts";
import { compileSettings, completeSettings } from "../../../ctl/policy/settings.ts";
import policySchema from "../../../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../../../schemas/settings.schema.json" with { type: "json" };

const TOP = join(import.meta.dirname, "../../..");
const BASELINE = readFileSync(join(TOP, "policy/baseline.yaml"), "utf8");
const POLICIES = ["restricted", "offline", "examples/ci-builder", "examples/database"].map((name) =>
  readFileSync(join(TOP, `policy/${name}.yaml`), "utf8"),
);
/** One of each kind of value that a rule can have. */
POLICIES.push(`name: web
description: "Every kind of value."
extends: baseline
mode: audit
hostNamespaces: { mode: enforce, add: [pid] }
hostPaths: { add: &p [{ path: /srv/*, access: read-only }] }
devices: { allow: [{ path: /dev/fuse, access: rw }, { type: c, major: 10, minor: any, access: r }] }
maskedPaths: { add: [/proc/x], unlessUserNamespace: false }
oomScoreAdj: { min: -5 }
hooks: { allow: [/usr/bin/x] }
network: { allow: loopback }
pseudoFiles:
  add:
    - { filesystem: proc, path: /x, access: none }
`);
const SETTINGS = [
  readFileSync(join(TOP, "etc/lockc.yaml"), "utf8").replace(/^#(?=\w| {2}- )/gm, ""),
  `defaultPolicy: baseline
floor: privileged
requests: any
engines: { docker: { defaultPolicy: baseline }, other: { requests: ignore } }
namespaces: { kube-system: { requests: { tighten: false, also: [a, "b-*"] } }, "team-*": { ceiling: baseline } }
engineSockets: [/run/docker.sock]
`,
];

/** JSON Schema as far as our two schemas go, told apart from ajv. */
function follows(value: unknown, schema: Schema, root: Schema): boolean {
  const again = (part: unknown, rule: Schema) => follows(part, rule, root);
  if (schema.$ref !== undefined) {
    return again(value, root.definitions![schema.$ref.replace("#/definitions/", "")]!);
  }
  const known = [
    ...["title", "description", "default", "$schema", "$id", "definitions", "properties", "items"],
    ...["additionalProperties", "propertyNames", "required", "minProperties", "type", "enum"],
    ...["const", "pattern", "minimum", "maximum", "oneOf", "minItems", "maxItems"],
  ];
  for (const keyword of Object.keys(schema)) assert.ok(known.includes(keyword), keyword);
  const { type, pattern, minimum = -Infinity, maximum = Infinity } = schema;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const types: Record<string, boolean> = {
    object: isObject,
    array: Array.isArray(value),
    string: typeof value === "string",
    boolean: typeof value === "boolean",
    integer: Number.isInteger(value),
  };
  if (type !== undefined && !types[type as string]) return false;
  if (schema.enum !== undefined && !(schema.enum as unknown[]).includes(value)) return false;
  if ("const" in schema && value !== schema.const) return false;
  if (schema.oneOf && schema.oneOf.filter((one) => again(value, one)).length !== 1) return false;
  if (typeof value === "string" && !new RegExp((pattern as string) ?? "", "u").test(value)) {
    return false;
  }
  if (
    typeof value === "number" &&
    !(value >= +(minimum as number) && value <= +(maximum as number))
  )
    return false;
  const { minItems = 0, maxItems = Infinity } = schema;
  if (Array.isArray(value) && !(value.length >= +(minItems as number))) return false;
  if (Array.isArray(value) && !(value.length <= +(maxItems as number))) return false;
  if (Array.isArray(value))
    return value.every((item) => !schema.items || again(item, schema.items));
  if (!isObject) return true;
  const entries = Object.entries(value);
  if (entries.length < ((schema.minProperties as number) ?? 0)) return false;
  if (((schema.required as string[]) ?? []).some((key) => !Object.hasOwn(value, key))) return false;
  return entries.every(([key, member]) => {
    const names = schema.propertyNames as Schema | undefined;
    if (names && !again(key, names)) return false;
    const own = Object.hasOwn(schema.properties ?? {}, key) && schema.properties![key];
    const rule = own || schema.additionalProperties;
    return rule === undefined || (typeof rule === "object" && again(member, rule));
  });
}

const readPolicy = (name: string, text: string): Source => ({
  file: `${name}.yaml`,
  ...written(parseYaml<Policy>(`${name}.yaml`, text, validatePolicy, policySchema)),
});
const written = ({ value, locate }: Parsed<Policy>) => ({ written: value, locate });
const BASE = readPolicy("baseline", BASELINE);

/** Everything that a load does with a policy; gives back what it said. */
function usePolicy(text: string): unknown {
  const source = readPolicy("web", text);
  for (const policy of resolvePolicies([BASE, source])) compilePolicy(policy);
  return source.written;
}

function useSettings(text: string): unknown {
  const { value } = parseYaml<Settings>("web.yaml", text, validateSettings, settingsSchema, {});
  compileSettings(completeSettings(value), "0".repeat(64));
  return value;
}

let read = 0;

/** Neither crash nor hang, and never accepted what the schema forbids. */
function holds(text: string, use: (text: string) => unknown, schema: Schema): void {
  const start = performance.now();
  try {
    const value = use(text);
    assert.ok(follows(value, schema, schema), text);
    read += 1;
  } catch (error) {
    if (!(error instanceof LockcError)) throw new Error(`${error}\n${text}`, { cause: error });
    assert.equal(error.code, "LOCKC_E_SETTINGS", text);
    for (const line of error.message.split("\n")) {
      assert.match(line, /^web\.yaml:(\d+:\d+: \S| and \d+ more$| policy ".*" takes )/, text);
    }
    assert.doesNotMatch(error.hint, /\n/);
  }
  assert.ok(performance.now() - start < 2000, `slow: ${text}`);
}

const FRAGMENTS = [
  ..."__proto__: |constructor: |? |- |\t|!!js/x |!!str |&a |*a |*p |---\n|...\n|%YAML 9\n|%TAG ! x\n|\0".split(
    "|",
  ),
  ..."{|}|[|]|'|\"|: |,|\n|\n  |#|>\n|\\|~|null|true|no|0x1|.inf|1e9|-1|''|<<: ".split("|"),
  ..."allow: |add: |require: |restrict: |mode: audit\n|extends: web\n|any|trusted|bpf: ".split("|"),
  ..."/srv|/srv/*|read-only|read-write|none|CAP_KILL|KILL|pid|c|rwm|\u2028|\ufeff|ä|\u{1f600}".split(
    "|",
  ),
];
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
  fc.string({ unit: "binary", maxLength: 6 }),
);

interface Change {
  readonly at: number;
  readonly length: number;
  readonly by: string;
}
const changes = fc.array(
  fc.record({ at: fc.nat(4000), length: fc.oneof(fc.nat(3), fc.nat(40)), by: fragment }),
  { minLength: 1, maxLength: 4 },
);
const apply = (text: string, { at, length, by }: Change) => {
  const from = at % (text.length + 1);
  return text.slice(0, from) + by + text.slice(from + length);
};

/** Whole lines and words moved about stay valid more often than single letters do. */
const shuffled = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(200), fc.nat(200), fc.nat(2)), { minLength: 1, maxLength: 3 }),
    )
    .map(([text, moves]) => {
      const lines = text.split("\n");
      for (const [from, to, kind] of moves) {
        const line = lines[from % lines.length]!;
        if (kind === 0) lines.splice(from % lines.length, 1);
        lines.splice(to % (lines.length + 1), kind === 2 ? 1 : 0, ...(kind === 2 ? [] : [line]));
      }
      return lines.join("\n");
    });

const mutated = (texts: readonly string[]) =>
  fc.tuple(fc.constantFrom(...texts), changes).map(([text, all]) => all.reduce(apply, text));

const anything = (texts: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: mutated(texts) },
    { weight: 2, arbitrary: shuffled(texts) },
    fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 100 }),
  );

const RUNS = Number(process.env.LOCKC_FUZZ_RUNS ?? 400);

/** Those that are broken by nothing but their file's name are read as web.yaml. */
const asWeb = (text: string) => text.replace(/^name: .*/m, "name: web");

test("a policy is read and follows its schema, or each line of its refusal names the file", (t) => {
  read = 0;
  const texts = POLICIES.map(asWeb);
  for (const text of texts) holds(text, usePolicy, policySchema);
  assert.equal(read, texts.length, "each is valid before it is changed");
  fc.assert(
    fc.property(anything(texts), (text) => holds(text, usePolicy, policySchema)),
    { numRuns: RUNS },
  );
  t.diagnostic(`${read} of ${RUNS} were read`);
  assert.ok(read > RUNS / 50, `only ${read} of ${RUNS} were read`);
});

test("settings are read and follow their schema, or each line of their refusal names the file", (t) => {
  read = 0;
  for (const text of SETTINGS) holds(text, useSettings, settingsSchema);
  assert.equal(read, SETTINGS.length, "each is valid before it is changed");
  fc.assert(
    fc.property(anything(SETTINGS), (text) => holds(text, useSettings, settingsSchema)),
    { numRuns: RUNS },
  );
  t.diagnostic(`${read} of ${RUNS} were read`);
  assert.ok(read > RUNS / 50, `only ${read} of ${RUNS} were read`);
});
