// SPDX-License-Identifier: Apache-2.0
/** config.json → the facts we need. The only file that knows where OCI keeps them. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import type { MountRequest, NamespaceRequest } from "./admission.ts";
import { LockcError } from "./errors.ts";
import type { Config, Mount } from "./generated/config.ts";
import { validate as validateConfig } from "./generated/config-validator.js";
import { describeFault } from "./schema-fault.ts";

/** Engines write some 10 KiB; a hundred times that is no config.json any more. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/** Devices that runtimes bind from the host where mknod(2) is not theirs (user namespaces). */
const DEFAULT_DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];

export interface Bundle {
  /** Absolute path of the root file system. */
  readonly root: string;
  readonly mounts: readonly MountRequest[];
  readonly namespaces: readonly NamespaceRequest[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Absolute host paths of device nodes that the runtime may bind rather than make. */
  readonly deviceBinds: readonly string[];
}

/**
 * Reads and validates BUNDLE/config.json, once.
 * @param bundle the directory, maybe relative to the working directory.
 * @throws LOCKC_E_CONFIG naming the file, and the JSON pointer where there is one.
 */
export function readBundle(bundle: string): Bundle {
  const directory = absolute(bundle);
  const file = `${directory}/config.json`;
  const config = parse(file, readWhole(file));
  const namespaces = config.linux?.namespaces ?? [];
  const user = namespaces.some(({ type }) => type === "user");
  const devices = (config.linux?.devices ?? []).map(({ path }) => path);
  return {
    root: resolve(directory, config.root.path),
    mounts: (config.mounts ?? []).map((mount) => mountRequest(directory, mount)),
    namespaces,
    annotations: config.annotations ?? {},
    deviceBinds: user ? [...DEFAULT_DEVICES.map((name) => `/dev/${name}`), ...devices] : [],
  };
}

function absolute(bundle: string): string {
  try {
    return resolve(bundle);
  } catch (cause) {
    throw new LockcError(
      "LOCKC_E_CONFIG",
      `cannot find the bundle "${bundle}": the working directory does not exist any more`,
      "pass --bundle an absolute path",
      { cause },
    );
  }
}

/** A mount is a bind by its options, whatever type it claims (runc, specconv; mount(2), MS_BIND). */
function mountRequest(directory: string, mount: Mount): MountRequest {
  const options = mount.options ?? [];
  const bind = mount.type === "bind" || options.some((o) => o === "bind" || o === "rbind");
  const source = mount.source ?? "";
  return {
    destination: mount.destination,
    type: mount.type ?? "",
    source: bind ? resolve(directory, source) : source,
    bind,
    recursive: bind && !(options.includes("bind") && !options.includes("rbind")),
    readOnly: options.lastIndexOf("ro") > options.lastIndexOf("rw") || options.includes("rro"),
  };
}

function readWhole(file: string): Uint8Array {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "it does not exist" : code;
    throw fault(file, `cannot be opened: ${reason}`, "pass --bundle the directory that holds it", {
      cause,
    });
  }
  try {
    const { size, mode } = fstatSync(fd);
    if ((mode & 0o170000) !== 0o100000) throw fault(file, "is no regular file", "make it one");
    if (size > LIMIT_BYTES) {
      throw fault(
        file,
        `has ${size} bytes, more than the ${LIMIT_BYTES} that lockc reads`,
        "shorten it",
      );
    }
    const bytes = new Uint8Array(size);
    let length = 0;
    for (let got = 1; got > 0 && length < size; length += got)
      got = readSync(fd, bytes, length, size - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

function parse(file: string, bytes: Uint8Array): Config {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw fault(file, `is not JSON: ${(cause as Error).message}`, "let the engine write it again", {
      cause,
    });
  }
  refuseRepetition(file, text, value);
  refuseOtherSpellings(file, value);
  if (validateConfig(value)) return value;
  throw fault(file, describeFault(validateConfig.errors ?? [], value), "correct it there");
}

/**
 * Of a property that stands twice JavaScript takes the last value, while Go merges
 * the two, down to the elements of lists: a namespace's path could survive there.
 * The text must have as many names as the value has properties.
 */
function refuseRepetition(file: string, text: string, value: unknown): void {
  let names = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g))
    if (colon !== undefined) names++;
  if (names !== countProperties(value)) {
    throw fault(file, "has a property twice in one object", "keep one of them");
  }
}

function countProperties(value: unknown): number {
  let count = 0;
  for (const pending = [value]; pending.length > 0; ) {
    const holder = pending.pop();
    if (typeof holder !== "object" || holder === null) continue;
    const members = Object.values(holder);
    if (!Array.isArray(holder)) count += members.length;
    for (const member of members) pending.push(member);
  }
  return count;
}

/** The properties that decide what is mounted where; `*` stands for each element of a list. */
const EXACT = [
  [[], ["root", "mounts", "linux", "annotations"]],
  [["root"], ["path"]],
  [["linux"], ["namespaces", "devices"]],
  [
    ["linux", "namespaces", "*"],
    ["type", "path"],
  ],
  [
    ["mounts", "*"],
    ["destination", "type", "source", "options"],
  ],
] as const;

/**
 * runc's JSON decoder (Go's encoding/json, strings.EqualFold) takes "Mounts" or
 * "mount\u017f" for "mounts"; what we would overlook there must not be there.
 */
function refuseOtherSpellings(file: string, config: unknown): void {
  for (const [path, names] of EXACT) {
    for (const holder of path.reduce<readonly unknown[]>(members, [config])) {
      for (const key of Object.keys(holder ?? {})) {
        const folded = key.toLowerCase().replaceAll("\u017f", "s");
        if (folded === key || !(names as readonly string[]).includes(folded)) continue;
        throw fault(file, `spells "${folded}" as "${key}"`, "write it in lower case");
      }
    }
  }
}

function members(holders: readonly unknown[], name: string): readonly unknown[] {
  return holders.flatMap((holder) => {
    if (typeof holder !== "object" || holder === null) return [];
    return name === "*" ? Object.values(holder) : [(holder as Record<string, unknown>)[name]];
  });
}

function fault(
  file: string,
  reason: string,
  hint: string,
  options?: { cause: unknown },
): LockcError {
  return new LockcError("LOCKC_E_CONFIG", `"${file}" ${reason}`, hint, options);
}
