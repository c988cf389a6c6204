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
import type { Config, IoPriority, Mount, Rlimit, Scheduler } from "./generated/config.ts";
import { check as isConfig } from "./generated/config-check.js";
import { ALL_NAMES, type Names, readStructure, type Structure } from "./generated/config-names.ts";
import { describeFault, type SchemaFault } from "./schema-fault.ts";

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
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly hooks: readonly HookRequest[];
  /** Whether it is meant for Windows as well. */
  readonly windows: boolean;
}

/**
 * Reads and validates BUNDLE/config.json, once.
 * @param bundle the directory, maybe relative to the working directory.
 * @throws LOCKC_E_CONFIG naming the file, and the JSON pointer where there is one.
 */
export function readBundle(bundle: string): Bundle {
  const directory = absolute(bundle);
  const file = `${directory}/config.json`;
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
    maskedPaths: linux?.maskedPaths ?? [],
    readonlyPaths: linux?.readonlyPaths ?? [],
    hooks: STAGES.flatMap((stage) =>
      (config.hooks?.[stage] ?? []).map(({ path }) => ({ stage, path })),
    ),
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
 * The text of a config.json → what it says.
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
  const survey = surveyValue(file, value);
  if (survey.rounded) value = parseNumbersExactly(text);
  refuseOtherReadings(file, withoutStrings(text), value, survey);
  if (isConfig(value)) return value;
  throw fault(file, describeFault(faultsOf(value), value), "correct it there");
}

/** Read only now: what ajv can say is as much code as half of the shim. */
function faultsOf(value: unknown): readonly SchemaFault[] {
  const { createRequire } = process.getBuiltinModule("node:module");
  const { validate } = createRequire(import.meta.filename)(
    "./generated/config-validator.js",
  ) as typeof import("./generated/config-validator.js");
  validate(value);
  return validate.errors ?? [];
}

function notJson(file: string, reason: string, cause?: unknown): LockcError {
  return fault(file, `is not JSON: ${reason}`, "let the engine write it again", { cause });
}

/** What of a JSON text stands outside strings; of a text that is none, anything. */
function withoutStrings(text: string): string {
  const unescaped = text.includes("\\") ? text.replace(/\\./g, "") : text;
  const parts = unescaped.split('"');
  let outside = "";
  for (let at = 0; at < parts.length; at += 2) outside += parts[at];
  return outside;
}

/** The last integers that runc takes where it holds 64 bits, and what JavaScript makes of them. */
const EDGES: readonly (readonly [last: bigint, rounded: number])[] = [
  [2n ** 63n - 1n, 2 ** 63],
  [2n ** 64n - 1n, 2 ** 64],
  [-(2n ** 63n), -(2 ** 63)],
];

/** JSON.parse, but an integer just beyond 64 bits is not rounded to one that is within. */
function parseNumbersExactly(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) => {
    const edge = EDGES.find(([, rounded]) => rounded === value);
    if (edge === undefined || !/^-?\d+$/.test(context?.source ?? "")) return value;
    const [last, rounded] = edge;
    const exact = BigInt(context!.source!);
    const beyond = rounded > 0 ? exact > last : exact < last;
    return beyond ? rounded * (1 + Number.EPSILON) : value;
  });
}

/** No engine nests deeper than some fifteen levels; Go's decoder gives up at 10,000. */
const MAX_DEPTH = 1000;

/** A number with a fraction or an exponent, or a zero below zero. */
const UNUSUAL_NUMBERS = /-?\d+[.eE][\d.eE+-]*|-0/g;

/**
 * What runc's decoder (Go's encoding/json) would read otherwise than JavaScript must
 * not be there. Of a property that stands twice JavaScript takes the last value,
 * while Go merges the two, down to the elements of lists: a namespace's path could
 * survive there; so the text must have as many names, thus colons, as the value has
 * properties. For Go an integer has neither fraction nor exponent, while for
 * JavaScript 1.0 and 1e0 are 1.
 * @param bare the text without its strings.
 */
function refuseOtherReadings(file: string, bare: string, value: unknown, survey: Survey): void {
  // To look for four strings takes next to nothing, to look for the pattern as long as to parse.
  const digits = bare.replaceAll("true", "").replaceAll("false", "");
  const unusual = [".", "e", "E", "-0"].some((sign) => digits.includes(sign));
  for (const number of unusual ? (digits.match(UNUSUAL_NUMBERS) ?? []) : []) {
    if (Number.isInteger(Number(number))) {
      throw fault(file, `has the integer ${number}`, `write it as ${BigInt(Number(number))}`);
    }
  }
  if (survey.misspelt) requireSpelling(file, value, readStructure());
  if (survey.properties !== bare.split(":").length - 1) {
    throw fault(file, "has a property twice in one object", "keep one of them");
  }
}

/** As Go compares names that are not quite the same (encoding/json, strings.EqualFold). */
function fold(name: string): string {
  return name.toLowerCase().replaceAll("\u017f", "s");
}

const EXACT: ReadonlySet<string> = new Set(ALL_NAMES.split(" "));
const FOLDED: ReadonlySet<string> = new Set(fold(ALL_NAMES).split(" "));

interface Survey {
  properties: number;
  /**
   * One is spelled so that only Go takes it for a name it knows ("Mounts", "mount\u017f"):
   * that then depends on where it stands.
   */
  misspelt: boolean;
  /** A number may have been an integer just beyond 64 bits. */
  rounded: boolean;
}

/**
 * What there is in a config.json, whatever it means. It sees each of a thousand values, so it
 * makes nothing on the way.
 * @throws LOCKC_E_CONFIG where something is nested without end.
 */
function surveyValue(file: string, value: unknown): Survey {
  const survey = { properties: 0, misspelt: false, rounded: false };
  const look = (member: unknown, depth: number): void => {
    if (typeof member === "number") {
      if (Math.abs(member) >= 2 ** 63) survey.rounded = true;
      return;
    }
    if (typeof member !== "object" || member === null) return;
    if (depth > MAX_DEPTH) {
      throw fault(file, `nests deeper than ${MAX_DEPTH} levels`, "flatten it");
    }
    if (Array.isArray(member)) {
      for (let at = 0; at < member.length; at++) {
        if (typeof member[at] !== "string") look(member[at], depth + 1);
      }
      return;
    }
    for (const key in member) {
      survey.properties++;
      if (!EXACT.has(key) && FOLDED.has(fold(key))) survey.misspelt = true;
      look((member as Record<string, unknown>)[key], depth + 1);
    }
  };
  look(value, 0);
  return survey;
}

/** Refuses a name that is spelled otherwise than the one that may stand there. */
function requireSpelling(file: string, config: unknown, { names, definitions }: Structure): void {
  const path: string[] = []; // to where `visit` is, for complaints
  const visit = (value: unknown, allowed: Names | null | undefined): void => {
    if (typeof value !== "object" || value === null) return;
    const known = allowed?.definition === undefined ? allowed : definitions[allowed.definition];
    const properties = Array.isArray(value) ? undefined : known?.properties;
    for (const [key, member] of Object.entries(value)) {
      const own = properties !== undefined && Object.hasOwn(properties, key);
      if (properties !== undefined && !own) refuseOtherSpelling(file, key, properties, path);
      path.push(key);
      visit(member, own ? properties[key] : known?.elements);
      path.pop();
    }
  };
  visit(config, names);
}

function refuseOtherSpelling(
  file: string,
  key: string,
  properties: Readonly<Record<string, unknown>>,
  path: readonly string[],
): void {
  const name = Object.keys(properties).find((other) => fold(other) === fold(key));
  if (name === undefined) return;
  const where = path.length === 0 ? "" : ` at /${path.join("/")}`;
  throw fault(file, `spells "${name}"${where} as "${key}"`, `write it as "${name}"`);
}

function fault(
  file: string,
  reason: string,
  hint: string,
  options?: { cause: unknown },
): LockcError {
  return new LockcError("LOCKC_E_CONFIG", `"${file}" ${reason}`, hint, options);
}
