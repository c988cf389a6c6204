// SPDX-License-Identifier: Apache-2.0
/** Lists of words in a sentence. */

/** "a, b, c and 4 more": for sentences. */
export function listed(items: readonly string[], most = 6): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
