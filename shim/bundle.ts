// SPDX-License-Identifier: Apache-2.0
/** config.json → the facts we need. The only file that knows where OCI keeps them. */
import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type {
  DeviceRequest,
  DeviceRule,
  HookRequest,
  MountRequest,
  NamespaceRequest,
} from "./admission.ts";
import { LockcError } from "./errors.ts";
import { fold } from "./fold.ts";
import type { Config, IoPriority, Mount, Rlimit, Scheduler } from "./generated/config.ts";
import { check as isConfig } from "./generated/config-check.js";
import { ALL_NAMES } from "./generated/config-names.ts";
import { readLater } from "./later.ts";
import { layersOf } from "./layers.ts";
import { listed } from "./rules.ts";
import { describeFault } from "./schema-fault.ts";

/** Engines write some 10 KiB; a hundred times that is no config.json any more. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/** Devices that runtimes bind from the host where mknod(2) is not theirs (user namespaces). */
const DEFAULT_DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];

/** In the order in which a container comes to them (config.md, POSIX-platform Hooks). */
const STAGES = [
  "prestart",
  "createRuntime",
  "createContainer",
  "startContainer",
  "poststart",
  "poststop",
] as const;

/** What config.json asks for; what it leaves out has the value that the runtime gives it. */
export interface Bundle {
  /** Absolute, without symbolic links. */
  readonly directory: string;
  /** Absolute path of the root file system. */
  readonly root: string;
  readonly mounts: readonly MountRequest[];
  readonly namespaces: readonly NamespaceRequest[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Absolute host paths of device nodes that the runtime may bind rather than make. */
  readonly deviceBinds: readonly string[];
  readonly devices: readonly DeviceRequest[];
  readonly deviceRules: readonly DeviceRule[];
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids: readonly number[];
  /** Whether it has a user namespace. */
  readonly userNamespace: boolean;
  /** The host's user that the first process is. */
  readonly runsAs: number;
  /** Whether somebody in the container is the host's root. */
  readonly hasHostRoot: boolean;
  /** All five sets together, and the bounding set alone. */
  readonly capabilities: readonly string[];
  readonly bounding: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly apparmorProfile: string;
  /** Labels of process and mounts, without those that are not set. */
  readonly selinuxLabels: readonly string[];
  /** undefined: as the engine's own. */
  readonly oomScoreAdj: number | undefined;
  readonly rlimits: readonly Rlimit[];
  /** undefined: as the runtime's own, both of them. */
  readonly scheduler: Scheduler | undefined;
  readonly ioPriority: IoPriority | undefined;
  readonly rootPropagation: string;
  readonly sysctls: readonly string[];
  /** Whether there is a system call filter that denies anything. */
  readonly filtersCalls: boolean;
  /** The socket of the program that decides calls for the filter; empty: there is none. */
  readonly seccompListener: string;
  /** Names of the host's network devices that it takes over. */
  readonly netDevices: readonly string[];
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly hooks: readonly HookRequest[];
  /** Of its processes, NAME=VALUE each. */
  readonly environment: readonly string[];
  /** Whether it is meant for Windows as well. */
  readonly windows: boolean;
}

/**
 * Reads and validates BUNDLE/config.json, once.
 * @param bundle the directory, maybe relative to the working directory.
 * @param config crun's --config: another file, relative to the working directory
 *   (crun, create.c), unless it is called config.json and nothing else.
 * @throws LOCKC_E_CONFIG naming the file, and the JSON pointer where there is one.
 */
export function readBundle(bundle: string, config = "config.json"): Bundle {
  const directory = absolute(bundle);
  const file = config === "config.json" ? `${directory}/config.json` : config;
  return factsOf(directory, parseConfig(file, readWhole(file)));
}

/** Pure but for the real path of the directory, which is given. */
export function factsOf(directory: string, config: Config): Bundle {
  const { process, linux } = config;
  const namespaces = linux?.namespaces ?? [];
  const devices = linux?.devices ?? [];
  const user = namespaces.some(({ type }) => type === "user");
  const mappings = user ? mappingsOf(linux?.uidMappings ?? []) : [HOST];
  const sets = process?.capabilities;
  return {
    directory,
    root: below(directory, config.root.path),
    mounts: (config.mounts ?? []).map((mount) => mountRequest(directory, mount)),
    namespaces,
    annotations: config.annotations ?? {},
    deviceBinds: user
      ? [...DEFAULT_DEVICES.map((name) => `/dev/${name}`), ...devices.map(({ path }) => path)]
      : [],
    devices: devices.map(({ path, type, major, minor }) => ({
      path,
      type: type ?? "",
      major: major ?? 0,
      minor: minor ?? 0,
    })),
    deviceRules: linux?.resources?.devices ?? [],
    uid: process?.user?.uid ?? 0,
    gid: process?.user?.gid ?? 0,
    additionalGids: process?.user?.additionalGids ?? [],
    userNamespace: user,
    runsAs: onHost(process?.user?.uid ?? 0, mappings),
    hasHostRoot: mappings.some(({ hostID }) => hostID === 0),
    capabilities: [
      ...new Set(
        [
          sets?.bounding,
          sets?.effective,
          sets?.permitted,
          sets?.inheritable,
          sets?.ambient,
        ].flatMap((names) => names ?? []),
      ),
    ],
    bounding: sets?.bounding ?? [],
    noNewPrivileges: process?.noNewPrivileges ?? false,
    apparmorProfile: process?.apparmorProfile ?? "",
    selinuxLabels: [process?.selinuxLabel, linux?.mountLabel].filter(
      (label) => !!label,
    ) as string[],
    oomScoreAdj: process?.oomScoreAdj ?? undefined,
    rlimits: process?.rlimits ?? [],
    scheduler: process?.scheduler ?? undefined,
    ioPriority: process?.ioPriority ?? undefined,
    rootPropagation: linux?.rootfsPropagation ?? "",
    sysctls: Object.keys(linux?.sysctl ?? {}),
    filtersCalls: filtersCalls(linux?.seccomp ?? undefined),
    seccompListener: linux?.seccomp?.listenerPath
      ? below(directory, linux.seccomp.listenerPath)
      : "",
    netDevices: Object.keys(linux?.netDevices ?? {}),
    maskedPaths: linux?.maskedPaths ?? [],
    readonlyPaths: linux?.readonlyPaths ?? [],
    hooks: STAGES.flatMap((stage) =>
      (config.hooks?.[stage] ?? []).map(({ path, env }) => ({
        stage,
        path,
        // runc's init has the container's environment by then, and the root file system as its
        // working directory (libcontainer, rootfs_linux.go); Go passes on its own where the
        // list is none, and which of them tell none from an empty one is not for us to know.
        inherits: stage === "createContainer" && (env ?? []).length === 0,
      })),
    ),
    environment: process?.env ?? [],
    windows: "windows" in config,
  };
}

interface Mapping {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}

/** Users are the host's. */
const HOST: Mapping = { containerID: 0, hostID: 0, size: 2 ** 32 };

/** Of a joined user namespace the mappings may be left out; then users count as the host's. */
function mappingsOf(written: readonly Mapping[]): readonly Mapping[] {
  const mappings = written.filter(({ size }) => size > 0);
  return mappings.some(({ containerID }) => containerID === 0) ? mappings : [HOST];
}

/** Nobody that is mapped: the kernel lets no process be that user. */
const NOBODY = -1;

function onHost(uid: number, mappings: readonly Mapping[]): number {
  const mapping = mappings.find(
    ({ containerID, size }) => uid >= containerID && uid < containerID + size,
  );
  return mapping === undefined ? NOBODY : mapping.hostID + (uid - mapping.containerID);
}

/** Actions that let a call through (config-linux.md, Seccomp). */
const LETTING = new Set(["SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_TRACE", "SCMP_ACT_NOTIFY"]);

interface Filter {
  readonly defaultAction: string;
  readonly syscalls?:
    | readonly { readonly names: readonly string[]; readonly action: string }[]
    | null;
}

function filtersCalls(filter: Filter | undefined): boolean {
  if (filter === undefined) return false;
  const rules = (filter.syscalls ?? []).filter(({ names }) => names.length > 0);
  const actions = [filter.defaultAction, ...rules.map(({ action }) => action)];
  return actions.some((action) => !LETTING.has(action));
}

function absolute(bundle: string): string {
  try {
    return realpathSync.native(isAbsolute(bundle) ? bundle : resolve(bundle));
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    const reason =
      code !== "ENOENT"
        ? code
        : syscall === "uv_cwd"
          ? "the working directory does not exist any more"
          : "it does not exist";
    throw new LockcError(
      "LOCKC_E_CONFIG",
      `cannot find the bundle "${bundle}": ${reason}`,
      "pass --bundle the absolute path of the directory that holds config.json",
      { cause },
    );
  }
}

/**
 * A path that runtimes take as it is, or from the bundle. "a/.." is not taken out of
 * the former: where "a" is a link, that names another place.
 */
function below(directory: string, path: string): string {
  return isAbsolute(path) ? path : resolve(directory, path);
}

/** Absolute and without "." and ".."; engines write it so, and then next to nothing is left to do. */
function plain(path: string): string {
  const odd = !path.startsWith("/") || path.endsWith("/");
  return odd || path.includes("//") || path.includes("/.") ? resolve("/", path) : path;
}

/** A mount is a bind by its options, whatever type it claims (runc, specconv; mount(2), MS_BIND). */
function mountRequest(directory: string, mount: Mount): MountRequest {
  const options = mount.options ?? [];
  const last = (option: string) => options.lastIndexOf(option);
  const bind = mount.type === "bind" || options.some((o) => o === "bind" || o === "rbind");
  const source = mount.source ?? "";
  return {
    destination: plain(mount.destination),
    type: mount.type ?? "",
    source: bind ? below(directory, source) : source,
    bind,
    recursive: bind && !(options.includes("bind") && !options.includes("rbind")),
    readOnly: last("ro") > last("rw") || last("rro") > last("rrw"),
    readOnlyBelow: last("rro") > last("rrw"),
    shared: options.some((option) => option === "shared" || option === "rshared"),
    layers: !bind && mount.type === "overlay" ? layersOf(options) : undefined,
  };
}

function readWhole(file: string): Uint8Array {
  let fd: number;
  try {
    // A pipe is told by fstat below; opening it must not wait for a writer.
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
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

/**
 * The text of a config.json → what it says, to runc and to crun.
 * @throws LOCKC_E_CONFIG
 */
export function parseConfig(file: string, bytes: Uint8Array): Config {
  if (!isUtf8(bytes)) throw notJson(file, "it is not UTF-8");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notJson(file, (cause as Error).message, cause);
  }
  if (isUnusual(text, value)) return parseUnusual(file, text);
  if (isConfig(value)) return value;
  throw invalid(file, value);
}

function notJson(file: string, reason: string, cause?: unknown): LockcError {
  return fault(file, `is not JSON: ${reason}`, "let the engine write it again", { cause });
}

function invalid(file: string, value: unknown): LockcError {
  const { faultsOf } = readLater("faults");
  return fault(file, describeFault(faultsOf(value), value), "correct it there");
}

/**
 * runc's reading of a text that is written otherwise than engines write it. The low-level
 * runtime may be crun, so what both read must come to the same, as far as anything of it is
 * judged.
 */
function parseUnusual(file: string, text: string): Config {
  const read = readLater("reading").readUnusual(text);
  if ("reason" in read) throw fault(file, read.reason, read.hint);
  const { go, goBefore, crun, oddities } = read;
  if (!isConfig(go)) throw invalid(file, go);
  for (const earlier of goBefore) if (!isConfig(earlier)) throw invalid(file, earlier);
  const different = crun.flatMap((other) => differencesOf(go, other));
  if (different.length === 0) return go;
  throw fault(
    file,
    `has ${listed(oddities, 3)}, so that runc and crun would read ${listed([...new Set(different)])} differently`,
    "let each name stand once, as the specification spells it",
  );
}

/** The facts in which crun's reading differs, or where it is not valid. */
function differencesOf(go: Config, crun: unknown): string[] {
  if (!isConfig(crun)) return [readLater("faults").faultsOf(crun)[0]?.instancePath || "/"];
  const [ours, theirs] = [factsOf("/", go), factsOf("/", crun)];
  return Object.keys(ours).filter((name) => {
    const fact = name as keyof Bundle;
    return JSON.stringify(ours[fact]) !== JSON.stringify(theirs[fact]);
  });
}

/** What of a JSON text stands outside strings; of a text that is none, anything. */
function withoutStrings(text: string): string {
  const unescaped = text.includes("\\") ? text.replace(/\\./g, "") : text;
  const parts = unescaped.split('"');
  let outside = "";
  for (let at = 0; at < parts.length; at += 2) outside += parts[at];
  return outside;
}

const EXACT: ReadonlySet<string> = new Set(ALL_NAMES.split(" "));
const FOLDED: ReadonlySet<string> = new Set(fold(ALL_NAMES).split(" "));

/** No engine nests deeper than some fifteen levels. */
const USUAL_DEPTH = 100;

/**
 * Whether a runtime's decoder may read the text otherwise than JavaScript does: a name twice
 * (then it has more colons than the value has properties) or in another spelling, null, a
 * number with a fraction or an exponent, below zero or beyond 64 bits. It sees each of a
 * thousand values, so it makes nothing on the way.
 */
function isUnusual(text: string, value: unknown): boolean {
  let properties = 0;
  const look = (member: unknown, depth: number): boolean => {
    if (typeof member === "number") return Math.abs(member) >= 2 ** 63;
    if (typeof member !== "object") return false;
    if (member === null || depth > USUAL_DEPTH) return true;
    if (Array.isArray(member)) {
      for (let at = 0; at < member.length; at++) {
        if (typeof member[at] !== "string" && look(member[at], depth + 1)) return true;
      }
      return false;
    }
    for (const key in member) {
      properties++;
      if (!EXACT.has(key) && FOLDED.has(fold(key))) return true;
      if (look((member as Record<string, unknown>)[key], depth + 1)) return true;
    }
    return false;
  };
  if (look(value, 0)) return true;
  const bare = withoutStrings(text);
  if (properties !== bare.split(":").length - 1) return true;
  // To look for four strings takes next to nothing.
  const digits = bare.replaceAll("true", "").replaceAll("false", "");
  return [".", "e", "E", "-0"].some((sign) => digits.includes(sign));
}

function fault(
  file: string,
  reason: string,
  hint: string,
  options?: { cause: unknown },
): LockcError {
  return new LockcError("LOCKC_E_CONFIG", `"${file}" ${reason}`, hint, options);
}
