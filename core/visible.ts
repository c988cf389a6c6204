// SPDX-License-Identifier: Apache-2.0
/** Text made fit for a terminal, and for whoever reads it there. Pure. */

/**
 * What would steer a terminal or show text in another order than it has: control and
 * format characters, among them those for bidirectional text, whatever has no look of its
 * own, and halves of surrogate pairs.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text of others, on one line and harmless: "\x1b" for an escape character. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    return code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
  });
}
