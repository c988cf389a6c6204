// SPDX-License-Identifier: Apache-2.0
/** What several changes of one rule come to. Pure. */
import type { Device } from "../../core/generated/policy.ts";
import { kindOf } from "../../core/rule/rules.ts";
import type {
  PseudoRule,
  RequiredPaths,
  RuleName,
  Rules,
  Written,
} from "../../core/rule/values.ts";

/**
 * One change that says all which several say.
 * @param base what the policy inherits.
 * @param writings what each says beside it.
 */
export type Merge = (rule: RuleName, base: Rules, writings: readonly Written[]) => Written;

const itemsOf = (writings: readonly Written[]) =>
  writings.flatMap((written) => (written.add ?? []) as readonly unknown[]);

/** For lists: everything that is added, once. */
export function items(rule: RuleName, base: Rules, writings: readonly Written[]): Written {
  const added = itemsOf(writings);
  return added.length > 0
    ? { add: withoutCovered(rule, base, distinct(added)) }
    : widest(rule, base, writings);
}

/** One entry for each device, with the letters of all. */
export function devices(_rule: RuleName, _base: Rules, writings: readonly Written[]): Written {
  return { add: joinDevices(itemsOf(writings) as readonly Device[]) };
}

export function pseudoFiles(rule: RuleName, base: Rules, writings: readonly Written[]): Written {
  const joined = joinPseudoFiles(itemsOf(writings) as readonly PseudoRule[]);
  return { add: withoutCovered(rule, base, joined) };
}

/** For paths that are required: those that every change keeps. */
export function keptPaths(rule: RuleName, base: Rules, writings: readonly Written[]): Written {
  const { paths } = base[rule].value as RequiredPaths;
  const kept = writings.map((written) => written.require as readonly string[]);
  return { require: paths.filter((path) => kept.every((each) => each.includes(path))) };
}

export function least(_rule: RuleName, _base: Rules, writings: readonly Written[]): Written {
  return { min: Math.min(...writings.map(({ min }) => min as number)) };
}

/** Lists that are written whole. */
export function wholeLists(_rule: RuleName, _base: Rules, writings: readonly Written[]): Written {
  return { allow: distinct(writings.flatMap(({ allow }) => allow as readonly string[])) };
}

const sorted = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

/** In an order that does not depend on what came first. */
function distinct<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return sorted([...byText.values()], (item) => JSON.stringify(item));
}

function withoutCovered(rule: RuleName, base: Rules, items: readonly unknown[]): unknown[] {
  const { read, covers } = kindOf(rule);
  const value = (add: readonly unknown[]) => read({ add }, base[rule].value);
  return items.reduce<unknown[]>(
    (left, item) => {
      const others = left.filter((other) => other !== item);
      return covers(value(others), value(left)) && others.length > 0 ? others : left;
    },
    [...items],
  );
}

/** For words and switches: the one that lets through what the others do. */
export function widest(rule: RuleName, base: Rules, writings: readonly Written[]): Written {
  const { read, covers } = kindOf(rule);
  const value = (written: Written) => read(written, base[rule].value);
  return writings.reduce((wide, other) => (covers(value(wide), value(other)) ? wide : other));
}

const LETTERS = [..."rwm"];

function joinDevices(devices: readonly Device[]): Device[] {
  const open = new Map<string, Device>();
  for (const device of devices) {
    const { access, ...which } = device;
    const key = JSON.stringify(which);
    const before = open.get(key)?.access ?? "";
    const letters = LETTERS.filter((letter) => `${before}${access}`.includes(letter));
    open.set(key, { ...device, access: letters.join("") });
  }
  return sorted([...open.values()], (device) => JSON.stringify(device));
}

/** Keeps the wider rule of a path that is there twice. */
function joinPseudoFiles(rules: readonly PseudoRule[]): PseudoRule[] {
  const open = new Map<string, PseudoRule>();
  for (const rule of rules) {
    const key = `${rule.filesystem}:${rule.path}`;
    if (open.get(key)?.access !== "read-write") open.set(key, rule);
  }
  return sorted([...open.values()], ({ filesystem, path }) => `${filesystem}:${path}`);
}
