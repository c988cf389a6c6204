// SPDX-License-Identifier: Apache-2.0
/**
 * config.json files that no engine writes, made from the schema: names in other spellings
 * and again, nulls, properties that nobody knows. The same chance gives the same text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Node } from "../schemas/sample.ts";
import type { Chance } from "./config-mutations.ts";

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../schemas/config.schema.json"), "utf8"),
) as Node;

/** What the specs-go of the fixtures, older than 1.1, has otherwise or not at all; other platforms. */
const LEFT_OUT = new Set(
  "scheduler ioPriority execCPUAffinity timeOffsets netDevices memoryPolicy schemata enableMonitoring pids solaris vm zos freebsd".split(
    " ",
  ),
);

const UNKNOWN = [
  '{"ratio":1.0,"big":1e3,"none":-0}',
  '{"a":1,"a":{"Path":null}}',
  "null",
  '[{"path":"/x","path":[]}]',
  "123456789012345678901234567890",
  '"\\"{\\\\"',
];

/** A JSON text on one line. */
export function unusualConfig(chance: Chance): string {
  return objectOf(SCHEMA.properties!, chance, ["root"]);
}

function written(place: Node, chance: Chance): string {
  if (chance.below(8) === 0) return "null";
  const { type, properties, items, additionalProperties, required, ...node } = follow(place);
  if (node.enum !== undefined) return JSON.stringify(chance.of(node.enum.slice(0, 3)));
  if (properties !== undefined) return objectOf(properties, chance, required ?? []);
  if (additionalProperties !== undefined) {
    const members = many(
      chance,
      () => `"${chance.of([..."abA"])}":${written(additionalProperties, chance)}`,
    );
    return `{${members}}`;
  }
  if (items !== undefined) return `[${many(chance, () => written(items, chance))}]`;
  switch (type) {
    case "object":
      return "{}";
    case "boolean":
      return chance.of(["true", "false"]);
    case "integer":
      return chance.of(["0", "1", "7", node.minimum! < 0 ? "-1" : "4"]);
    default:
      return chance.of(['""', '"/x"', '"user"', '"ro"', '"2MB"']);
  }
}

function objectOf(
  properties: Readonly<Record<string, Node>>,
  chance: Chance,
  required: readonly string[],
): string {
  const names = Object.keys(properties).filter((name) => !LEFT_OUT.has(name));
  const some = Array.from({ length: 1 + chance.below(3) }, () => chance.of(names));
  const chosen = [
    ...required.filter(() => chance.below(8) > 0),
    ...Array.from({ length: chance.below(6) }, () => chance.of(some)),
  ];
  const members = chosen.map((name) => {
    const spelled = chance.below(5) === 0 ? respell(name, chance) : name;
    return `${JSON.stringify(spelled)}:${written(properties[name]!, chance)}`;
  });
  if (chance.below(10) === 0) {
    const at = chance.below(members.length + 1);
    members.splice(at, 0, `"${chance.of(["x-vendor", "Extension"])}":${chance.of(UNKNOWN)}`);
  }
  return `{${members}}`;
}

function respell(name: string, chance: Chance): string {
  const other = chance.of<(text: string) => string>([
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.replace(/s/gi, "\u017f"),
    (text) => text.replace(/k/gi, "\u212a"),
    (text) => `${text}_`, // nobody's
  ]);
  return other(name);
}

function many(chance: Chance, item: () => string): string[] {
  return Array.from({ length: chance.below(4) }, item);
}

function follow(node: Node): Node {
  return node.$ref === undefined
    ? node
    : SCHEMA.definitions![node.$ref.replace("#/definitions/", "")]!;
}
