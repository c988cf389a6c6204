// SPDX-License-Identifier: Apache-2.0
/** Which programs of the object are needed, and how they attach. */
import { readFileSync } from "node:fs";
import { joinBits } from "../../core/rule/bits.ts";
import { type BpfLink, type BpfObject, type Choice, openObject } from "../ffi/libbpf.ts";
import type { Places } from "../host/places.ts";
import { compileKernelRules } from "../policy/compile.ts";
import type { Sources } from "../policy/sources.ts";
import {
  type Attach,
  isNeeded,
  isReady,
  type Need,
  planTargets,
  SIGNATURE_PREFIXES,
} from "./attach.ts";
import { readSignatures } from "./btf.ts";
import { attachOf, closeMaps, openMaps, readLinks, rulesInUse } from "./pins.ts";
import { BTF, readBytes } from "./probe.ts";

/**
 * Whether this kernel has an LSM hook, by the function that its BTF names for it.
 * Reads the BTF once; without one the answer is no, and nothing could be attached anyway.
 */
export function hookFinder(): (hook: string) => boolean {
  let btf: Buffer | undefined;
  return (hook) => {
    btf ??= readBytes(BTF) ?? Buffer.alloc(0);
    return btf.includes(`\0bpf_lsm_${hook}\0`);
  };
}

/** What becomes of optional programs, by their hook. */
export function chooseHooks(need: Need): (hook: string) => Choice {
  const hasHook = hookFinder();
  return (hook) => {
    if (!hasHook(hook)) return "lacking";
    if (isNeeded(hook, need)) return "wanted";
    return isReady(hook, need) ? "ready" : "spare";
  };
}

/** Set by `npm run build -- --measure` only: time the shim on a kernel that runs no LSM programs. */
declare const LOCKC_MEASURE: boolean | undefined;
export const measures = () => typeof LOCKC_MEASURE !== "undefined" && LOCKC_MEASURE;

/** Programs for rules that a container may still have stay as well. */
export function need(places: Places, attach: Attach, { policies }: Sources): Need {
  const maps = openMaps(places.pins);
  try {
    const rules = policies.map(({ rules }) => compileKernelRules(rules).rules);
    return { attach, rules: joinBits([...rules, ...(maps ? rulesInUse(maps) : [])]) };
  } finally {
    closeMaps(maps);
  }
}

/**
 * Whether policies have rules for which programs must be attached that are not: then
 * only a load puts them in force.
 */
export function needsPrograms(places: Places, sources: Sources): boolean {
  const links = readLinks(places.pins);
  const attach = attachOf(links);
  if (attach === undefined) return false;
  const choose = chooseHooks(need(places, attach, sources));
  const object = openObject(places.object, choose);
  const { programs } = object;
  object.close();
  return !programs.every((name) => links.has(name));
}

/** @throws LOCKC_E_KERNEL when one of the programs cannot be attached so */
export function moveToFunctions(object: BpfObject): void {
  const signatures = readSignatures(readFileSync(BTF), SIGNATURE_PREFIXES);
  for (const [program, target] of planTargets(object.sections, signatures)) {
    object.moveToFunction(program, target.function, target.answers);
  }
}

/**
 * While a replacement runs, old and new programs are both attached; both then do
 * the same to the same maps, and each step of theirs is one that can be done twice.
 */
export function attachAll(object: BpfObject): [string, BpfLink][] {
  if (measures()) return [];
  const links: [string, BpfLink][] = [];
  try {
    for (const name of object.programs) links.push([name, object.attach(name)]);
    return links;
  } catch (error) {
    for (const [, link] of links) link.close();
    throw error;
  }
}

/** The programs that this kernel can run and somebody needs, and those for hooks that it lacks. */
export function expectedPrograms(
  file: string,
  attach: Attach,
  rules: readonly number[],
): Pick<BpfObject, "programs" | "lacking"> {
  const object = openObject(file, chooseHooks({ attach, rules: joinBits(rules) }));
  const { programs, lacking } = object;
  object.close();
  return { programs, lacking };
}
