// SPDX-License-Identifier: Apache-2.0
/**
 * While hooks of the host run for a container, no code of the container's is mapped by them
 * (bpf/hook/inside.bpf.h). Every mapping of every process would pay for that, so the program is
 * attached by the create of a container that has such hooks, for as long as they may run. The
 * process that judged the container stays so long.
 */
import { LockcError } from "../core/errors.ts";
import { attachProgram, isLink, lookUp, openPin, u64Key } from "../core/ffi/bpf.ts";
import { Rule } from "../core/generated/layout.ts";
import type { Pins } from "../core/kernel/pins.ts";
import type { Policy } from "../core/rule/policy.ts";
import { isLiving, letGo } from "./launcher.ts";

const PROGRAM = "/sys/fs/bpf/lockc/links/lockc_mmap_file";
/** How often it is asked whether they still may run, milliseconds. */
const PAUSE_MS = 5;

/** Stages that run on the host before user code does (config.md, POSIX-platform Hooks). */
const BEFORE: readonly string[] = ["prestart", "createRuntime", "createContainer"];

/** dockerd's own, by which each container with a network gets it: the engine itself, no program of a name. */
const ENGINE = /^\/proc\/\d+\/exe$/;

/** What the kernel half is to do about a container's hooks, where there are others than the engine's own. */
interface Hooked {
  /** Whether they are kept from the container's code. */
  readonly held: boolean;
  /** Whether what they mount is the container's, as far as the policy's hostPaths say. */
  readonly mounting: boolean;
}

export function askHooks(
  { kernel }: Policy,
  hooks: readonly { readonly stage: string; readonly path: string }[],
): Hooked {
  const any = hooks.some(({ stage, path }) => BEFORE.includes(stage) && !ENGINE.test(path));
  const has = (rule: number) => any && (kernel.rules & rule) !== 0;
  return { held: has(Rule.HOOKS), mounting: has(Rule.FILES) };
}

/**
 * From now on no task of a container's runtime maps its code, until this process ends.
 * @throws LOCKC_E_NOT_LOADED when the program is not there to be attached, KernelError.
 */
export function attachHooks(): void {
  const pinned = openPin(PROGRAM);
  if (pinned === undefined) {
    throw new LockcError(
      "LOCKC_E_NOT_LOADED",
      "the program that keeps hooks from running the container's code is not loaded",
      "run lockctl load",
    );
  }
  if (!isLink(pinned)) attachProgram(pinned); // a link: it is attached all the time
}

/**
 * Stays until no hook can run before user code any more: the runtime's process has ended. That
 * of `run` ends with the container: what the kernel takes for its start may be a hook's exec.
 */
export function waitForHooks(pins: Pins, runtime: number, key: bigint): void {
  for (const fd of [0, 2]) letGo(fd);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (isLiving(runtime) && lookUp(pins.containers, u64Key(key)) !== undefined) {
    Atomics.wait(clock, 0, 0, PAUSE_MS);
  }
}
