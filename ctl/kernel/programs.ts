// SPDX-License-Identifier: Apache-2.0
/**
 * Which programs of the object are needed, and how they attach. A build that measures has
 * tool/measure/programs.ts in the place of this file (tool/bundle.ts): it has no programs.
 */
import { readFileSync } from "node:fs";
import type { AttachSetting } from "../../core/policy/policy.ts";
import { joinBits } from "../../core/rule/bits.ts";
import { type BpfLink, type BpfObject, type Choice, openObject } from "../ffi/libbpf.ts";
import type { Places } from "../host/places.ts";
import { compileKernelRules } from "../policy/compile.ts";
import type { Resolved } from "../policy/sources.ts";
import {
  type Attach,
  isNeeded,
  isReady,
  type Need,
  planTargets,
  SIGNATURE_PREFIXES,
} from "./attach.ts";
import { readSignatures } from "./btf.ts";
import { attachOf, openMaps, readLinks, rulesInUse } from "./pins.ts";
import { BTF, readBytes, requireKernel } from "./probe.ts";

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

/** Programs for rules that a container may still have stay as well. */
export function need(places: Places, attach: Attach, { policies }: Resolved): Need {
  using maps = openMaps(places.pins);
  const rules = policies.map(({ rules }) => compileKernelRules(rules).rules);
  return { attach, rules: joinBits([...rules, ...(maps ? rulesInUse(maps) : [])]) };
}

/**
 * Whether policies have rules for which programs must be attached that are not: then
 * only a load puts them in force.
 */
export function needsPrograms(places: Places, resolved: Resolved): boolean {
  const links = readLinks(places.pins);
  const attach = attachOf(links);
  if (attach === undefined) return false;
  const choose = chooseHooks(need(places, attach, resolved));
  using object = openObject(places.object, choose);
  return !object.programs.every((name) => links.has(name));
}

/** @throws LOCKC_E_KERNEL when one of the programs cannot be attached so */
export function moveToFunctions(object: BpfObject): void {
  const signatures = readSignatures(readFileSync(BTF), SIGNATURE_PREFIXES);
  for (const [program, target] of planTargets(object.sections, signatures)) {
    object.moveToFunction(program, target.function, target.answers);
  }
}

/** @throws LOCKC_E_KERNEL when this kernel cannot have them attached. */
export function chooseAttach(wanted: AttachSetting): Attach {
  return requireKernel(wanted);
}

/** Maps and programs are the kernel's then, and no program runs yet. */
export function loadPrograms(object: BpfObject, attach: Attach): void {
  if (attach === "fmod_ret") moveToFunctions(object);
  object.load();
}

/** Whether these pins hold the object's programs, each as it has to be attached. */
export function areAttached(
  object: BpfObject,
  attach: Attach,
  links: ReturnType<typeof readLinks>,
): boolean {
  return (
    links.size === object.programs.length &&
    object.programs.every(
      (name) => links.has(name) && links.get(name) === placeFor(object, name, attach),
    )
  );
}

/** How the pin of that program has to be attached: only LSM hooks have two ways. Pure. */
function placeFor(object: BpfObject, name: string, attach: Attach): Attach | undefined {
  const isLsm = object.sections.get(name)!.startsWith("lsm");
  return isLsm && !object.unattached.has(name) ? attach : undefined;
}

/**
 * While a replacement runs, old and new programs are both attached; both then do
 * the same to the same maps, and each step of theirs is one that can be done twice.
 */
export function attachAll(object: BpfObject, links: Links): void {
  for (const name of object.programs) links.set(name, object.attach(name));
}

/** Attached programs by name, as long as they are not pinned. */
export class Links extends Map<string, BpfLink> implements Disposable {
  [Symbol.dispose](): void {
    for (const link of this.values()) link[Symbol.dispose]();
  }
}

/** The programs that this kernel can run and somebody needs, and those for hooks that it lacks. */
export function expectedPrograms(
  file: string,
  attach: Attach,
  rules: readonly number[],
): Pick<BpfObject, "programs" | "lacking"> {
  using object = openObject(file, chooseHooks({ attach, rules: joinBits(rules) }));
  const { programs, lacking } = object;
  return { programs, lacking };
}
