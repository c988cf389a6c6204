// SPDX-License-Identifier: Apache-2.0
/** What the guard (bpf/hook/runtimes.bpf.h) has to know: its mode, and binaries by identity. */
import { existsSync, openSync, realpathSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { LockcError } from "../../core/errors.ts";
import { callProgram } from "../../core/ffi/bpf.ts";
import { O_CLOEXEC, O_PATH } from "../../core/ffi/syscall.ts";
import { BINARY_KEY, Binary, IDENTITY } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { decode, encode } from "../../core/kernel/record.ts";
import type { Settings } from "../../core/policy/policy.ts";
import { isLauncher, RUNTIME_CANDIDATES } from "../../core/runtime.ts";
import { openObject } from "../ffi/libbpf.ts";
import { closing } from "../ffi/opened.ts";
import type { Places } from "../host/places.ts";
import { readRegularFile } from "../host/regular-file.ts";
import { type Entry, hashPath, keyText, numberOf } from "../policy/entry.ts";
import { GUARD_MODES } from "../policy/image.ts";
import { type Maps, table } from "./table.ts";

export interface Guard {
  readonly mode: Settings["guard"];
  /** The elements of the map `runtimes`. */
  readonly entries: readonly Entry[];
  /** What the administrator may not expect, a sentence each. */
  readonly warnings: readonly string[];
}

/** The mode in force; undefined: the maps are another version's. */
export function readGuardMode(maps: Maps): Settings["guard"] | undefined {
  const number = table(maps, MAPS.guard)?.get(0);
  if (number === undefined) return undefined;
  const [mode] = Object.entries(GUARD_MODES).find(([, known]) => known === number) ?? ["off"];
  return mode as Settings["guard"];
}

/**
 * Looks the binaries up. Without a guard there are none to look up.
 * @throws LOCKC_E_KERNEL, KernelError
 */
export function readGuard(places: Places, settings: Settings): Guard {
  const { guard: mode, guardedRuntimes, runtime } = settings;
  if (mode === "off") return { mode, entries: [], warnings: [] };
  const paths = [...RUNTIME_CANDIDATES, ...guardedRuntimes, ...(runtime ? [runtime] : [])];
  return {
    mode,
    entries: withIdentify(places.object, (identify) => listBinaries(paths, places, identify)),
    warnings: [
      ...guardedRuntimes
        .filter((path) => !existsSync(dirname(path)))
        .map((path) => `"${path}" is not guarded: there is no such directory`),
      ...(mode === "enforce" ? warnOfDocker(places.docker) : []),
    ],
  };
}

/** What the kernel calls the file or directory at a path; undefined when there is none. */
type Identify = (path: string) => { ino: bigint; dev: number; generation: number } | undefined;

/**
 * A runtime is recorded where it should be, also while it is not installed yet, and
 * as what is there now, links followed; lockc-runc under a runtime's name is lockc-runc.
 */
function listBinaries(
  runtimes: readonly string[],
  { entrances }: Places,
  identify: Identify,
): Entry[] {
  const entries = new Map<string, Entry>(); // of two for one key the later
  const record = (path: string, name: bigint, kind: Binary) => {
    const identity = identify(path);
    if (identity === undefined) return;
    const key = encode(BINARY_KEY, { ...identity, name });
    entries.set(keyText(key), { key, value: numberOf(kind) });
  };
  const place = (path: string, kind: Binary) =>
    record(dirname(path), hashPath(`/${basename(path)}`), kind);
  const file = (path: string, kind: Binary) => {
    place(path, kind);
    record(path, 0n, kind);
  };
  for (const path of runtimes) place(path, Binary.RUNTIME);
  for (const path of runtimes.flatMap(resolveFile)) {
    file(path, isLauncher(path) ? Binary.ENTRANCE : Binary.RUNTIME);
  }
  for (const path of entrances.flatMap(resolveFile)) file(path, Binary.ENTRANCE);
  return [...entries.values()];
}

function resolveFile(path: string): string[] {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? [realpathSync(path)] : [];
}

/** Loads the one program that tells what a file is to the kernel, for as long as `act` runs. */
function withIdentify<T>(file: string, act: (identify: Identify) => T): T {
  using object = openObject(file, () => "spare");
  object.skipPrograms("lockc_identify");
  object.load();
  using program = object.attach("lockc_identify");
  return act((path) => identifyFile(program.fd, path));
}

function identifyFile(program: number, path: string): ReturnType<Identify> {
  if (!existsSync(path)) return undefined;
  using file = closing(openSync(path, O_PATH | O_CLOEXEC));
  const identity = encode(IDENTITY, { fd: file.fd });
  const status = callProgram(program, identity);
  if (status !== 0) {
    throw new LockcError(
      "LOCKC_E_BUG",
      `the kernel half cannot tell what "${path}" is: ${status}`,
      "please report this",
    );
  }
  const { ino, dev, generation } = decode(IDENTITY, identity);
  return { ino, dev, generation };
}

/** Whether Docker's containers are refused unless they are started with a runtime of lockc's. */
function warnOfDocker(file: string): string[] {
  const config = existsSync(file) ? readJson(file) : undefined;
  if (config === undefined) return [];
  const name = config["default-runtime"] ?? "runc";
  const path = config.runtimes?.[name]?.path;
  if (path !== undefined && resolveFile(path).some(isLauncher)) return [];
  return [
    `Docker's default runtime "${name}" is guarded: set "default-runtime": "lockc" in ${file}, or start containers with --runtime lockc`,
  ];
}

interface DockerSettings {
  readonly "default-runtime"?: string;
  readonly runtimes?: Readonly<Record<string, { readonly path?: string }>>;
}

/** Docker's file is Docker's to judge: what cannot be read says nothing. */
function readJson(file: string): DockerSettings | undefined {
  try {
    return JSON.parse(readRegularFile(file).toString()) ?? {};
  } catch {
    return undefined;
  }
}
