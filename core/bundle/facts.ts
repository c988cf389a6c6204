// SPDX-License-Identifier: Apache-2.0
/** From a config.json that the schema admits to what it asks for. */
import { isAbsolute, resolve } from "node:path";
import { layersOf } from "../engine/layers.ts";
import type { Config, Mount } from "../generated/config.ts";
import type { Bundle, MountRequest } from "./bundle.ts";

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

/** The mappings may be left out where a user namespace is joined; users count as the host's then. */
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
