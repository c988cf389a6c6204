// SPDX-License-Identifier: Apache-2.0
/** What a schema found wrong, as part of a sentence. Pure. */

/** The part of an ajv error that is told. */
interface SchemaFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** The deepest fault: its JSON pointer, the value there and what is allowed. */
export function describeFault(faults: readonly SchemaFault[], value: unknown): string {
  const fault = [...faults].sort((a, b) => depth(b) - depth(a))[0];
  if (fault === undefined) return "does not follow its schema";
  const pointer = fault.instancePath || "/";
  const allowed = fault.params.allowedValues;
  const rule = Array.isArray(allowed)
    ? `must be one of ${allowed.join(", ")}`
    : (fault.message ?? `breaks the rule ${fault.keyword}`);
  return `is not valid at ${pointer}: ${show(valueAt(value, pointer))} ${rule}`;
}

function depth(fault: SchemaFault): number {
  return fault.instancePath.split("/").length;
}

function valueAt(value: unknown, pointer: string): unknown {
  let current = value;
  for (const part of pointer.split("/").slice(1)) {
    if (part === "" || typeof current !== "object" || current === null) continue;
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
