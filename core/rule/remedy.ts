// SPDX-License-Identifier: Apache-2.0
/** How a policy would have to read to admit what was refused. */
import type { RuleName, Written } from "./values.ts";

/** So many items can be typed. */
export const TYPED = 4;

/** What would allow it: to be written, as "sysctls: { add: [kernel.msgmax] }", or to be taken. */
export function allowing(rule: RuleName, allowedBy: Written | undefined): string {
  const items = allowedBy?.add as readonly unknown[] | undefined;
  if (items === undefined) return `take a policy that has "${rule}: { allow: any }"`;
  return items.length > TYPED
    ? `let the administrator add them to ${rule} of a policy in /etc/lockc/policy`
    : `let the administrator write "${rule}: ${inYaml(allowedBy)}" in a policy in /etc/lockc/policy`;
}

/** On one line. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value !== "object" || value === null) {
    const text = String(value);
    return /^[\w./@+-]+$/.test(text) ? text : JSON.stringify(text);
  }
  const members = Object.entries(value).map(([name, member]) => `${name}: ${inYaml(member)}`);
  return `{ ${members.join(", ")} }`;
}
