// SPDX-License-Identifier: Apache-2.0
/** Values that follow a schema, and the places in them, made from the schema itself. */

/** The part of JSON Schema that schemas/config and schemas/features use. */
export interface Node {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: "object" | "array" | "string" | "boolean" | "integer";
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node;
  readonly items?: Node;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly definitions?: Readonly<Record<string, Node>>;
}

/** One value in a sample: where it is, and what the schema says of it. */
export interface Place {
  readonly path: readonly string[];
  readonly node: Node;
}

/** As an error says it: "/linux/devices/0/path". */
export function pointer(path: readonly string[]): string {
  return path.map((part) => `/${part}`).join("");
}

/** A value with every property that the schema names, one element in each list and map. */
export function sampleOf(root: Node, node: Node = root): unknown {
  const here = follow(root, node);
  const { type, properties, items, additionalProperties, enum: values = here.examples } = here;
  if (values) return values[0];
  if (type === "integer") return 1;
  if (type === "boolean") return true;
  if (type === "string") return "/x";
  if (type === "array") return items ? [sampleOf(root, items)] : [];
  const members = Object.entries(properties ?? {});
  if (additionalProperties) members.push(["any", additionalProperties]);
  return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(root, member)]));
}

/** Every place in what `sampleOf` gives, the whole value first. */
export function* placesOf(root: Node, node: Node = root, path: string[] = []): Generator<Place> {
  const here = follow(root, node);
  yield { path, node: here };
  for (const [name, member] of Object.entries(here.properties ?? {})) {
    yield* placesOf(root, member, [...path, name]);
  }
  if (here.additionalProperties) yield* placesOf(root, here.additionalProperties, [...path, "any"]);
  if (here.items) yield* placesOf(root, here.items, [...path, "0"]);
}

/** A copy of `value` with something else at `path`; undefined takes the property away. */
export function withAt(value: unknown, path: readonly string[], other: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  if (rest.length > 0 || other !== undefined) copy[first] = withAt(copy[first], rest, other);
  else delete copy[first];
  return copy;
}

function follow(root: Node, node: Node): Node {
  if (node.$ref === undefined) return node;
  const target = root.definitions?.[node.$ref.replace("#/definitions/", "")];
  if (target === undefined) throw new Error(`${node.$ref} is not defined`);
  return follow(root, target);
}
