// SPDX-License-Identifier: Apache-2.0

/** What Go compares of two names that are not quite the same (encoding/json, strings.EqualFold). */
export function fold(name: string): string {
  return name.toLowerCase().replaceAll("\u017f", "s"); // the sign for Kelvin it makes a k by itself
}
