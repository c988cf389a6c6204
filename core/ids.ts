// SPDX-License-Identifier: Apache-2.0
/** Containers' IDs: those that engines make are 64 hexadecimal digits, and shown by their first 12. Pure. */

/** No engine gives one a second time; whoever calls a runtime by hand may. */
export function isEnginesId(id: string): boolean {
  return /^[0-9a-f]{64}$/.test(id);
}

/** Shortens the ID that an engine made up, and no other. */
export function shortId(id: string): string {
  return isEnginesId(id) ? id.slice(0, 12) : id;
}

interface Called {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** What people call it: its engine's name for it, else its ID. */
export function nameOfContainer({ id, name }: Called): string {
  return name || shortId(id);
}
