// SPDX-License-Identifier: Apache-2.0
/** Spans of time as an administrator writes them. */
import { usage } from "./usage.ts";

export const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * UNITS[unit as keyof typeof UNITS];
  throw usage(`"${text}" is no duration; write 30s, 10m, 2h or 1d`, { about: "learn" });
}
