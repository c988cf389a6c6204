// SPDX-License-Identifier: Apache-2.0
/** The rule hostPaths: which places of the host a mount may show. */
import type { MountRequest } from "../bundle/bundle.ts";
import {
  findEngineManaged,
  findVouched,
  isEngineStaging,
  isPluginsOfHost,
  isPods,
  isRootStorage,
} from "../engine/engine.ts";
import { layersOf, type OverlayLayer } from "../engine/layers.ts";
import type { EngineContext } from "../engine/origin.ts";
import type { HostPath } from "../generated/policy.ts";
import { type Reserved, touches } from "../host/reserved.ts";
import { isWithin } from "../path.ts";
import type { Policy } from "../policy/policy.ts";
import { furtherDevice, isMemory, isPseudo, showsOf, showsOthers } from "./filesystems.ts";
import { isForAll } from "./kinds.ts";
import { allowing } from "./remedy.ts";
import { findSocket, withoutSocket } from "./sockets.ts";
import type {
  DeviceNumbers,
  FileKind,
  Host,
  Place,
  PlaceContext,
  Subject,
  Violation,
} from "./subject.ts";
import type { AnyOf, RuleValues, Written } from "./values.ts";

/**
 * The host's own directories: none is a root file system, but for what engines keep there, and
 * whoever writes in one is root on the host.
 */
export const SYSTEM =
  "/bin /boot /dev /etc /lib /lib32 /lib64 /proc /root /run /sbin /sys /usr /var/cache /var/lib /var/log /var/mail /var/run /var/spool".split(
    " ",
  );

export function judgeHostPaths(allowed: RuleValues["hostPaths"], subject: Subject): Violation[] {
  if (allowed === "any") return [];
  const refusedMounts = subject.mounts.flatMap(({ request, place }) => {
    const refused =
      place === undefined
        ? request.layers && judgeLayers(allowed, request, request.layers, subject.context)
        : judgePlace(allowed, request, place, subject.context);
    if (refused === undefined) return [];
    const allowedBy = place && allowPlace(allowed, request, place, subject.context);
    return [
      {
        code: "LOCKC_E_MOUNT" as const,
        what: `the mount of "${request.source}" on "${request.destination}": ${refused.reason}`,
        remedy:
          refused.remedy ??
          remedyForPlace(allowed, place, subject.host, allowedBy, refused.instead),
        allowedBy,
      },
    ];
  });
  return [...judgeRoot(subject), ...refusedMounts];
}

/** The root file system may be any directory but the host's own system. */
function judgeRoot({ root, bundle, context }: Subject): Violation[] {
  const ofEngine = (path: string) =>
    (path !== bundle.directory && isWithin(path, bundle.directory)) || isRootStorage(path, context);
  const host = [root.path, ...root.otherNames].find(
    (path) =>
      path.lastIndexOf("/") === 0 ||
      (SYSTEM.some((system) => isWithin(path, system)) && !ofEngine(path)) ||
      context.engineRoots.some((engine) => isWithin(engine, path)),
  );
  if (host === undefined) return [];
  return [
    {
      code: "LOCKC_E_MOUNT",
      what: `"${root.path}" as root file system: ${host === root.path ? "it" : `"${host}", the same place,`} belongs to the host`,
      remedy: "unpack the image into a directory of its own",
    },
  ];
}

/** Whether a mount found below a recursive bind's source is the container's as well. */
export function admitsBelow(
  policy: Policy,
  mount: MountRequest,
  below: Place,
  context: PlaceContext,
): boolean {
  const { mode, value } = policy.rules.hostPaths;
  if (value === "any" || mode === "audit") return true;
  const inherited = { ...mount, readOnly: mount.readOnlyBelow };
  return !isPseudo(below) && judgePlace(value, inherited, below, context) === undefined;
}

/**
 * Of what is reserved, and no entry of hostPaths is written for, that which the place holds: all
 * else of it may be mounted.
 * @param allowed where `place` is named.
 * @returns undefined when the place itself lies in something reserved.
 */
export function reservedIn(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Reserved[] | undefined {
  const held: Reserved[] = [];
  for (const reserved of allowed === "any" ? [] : context.reserved()) {
    const touch = touches(place, reserved);
    if (touch?.names.some((name) => isWrittenFor(allowed, mount, name, reserved)) ?? true) continue;
    if (touch?.how === "lies in") return undefined;
    held.push(reserved);
  }
  return held;
}

/**
 * Whether the place is the engine's own (its files for the container, a volume) and not
 * a directory of the host, which a volume may show as well.
 */
export function isEnginesOwn(place: Place, destination: string, context: EngineContext): boolean {
  const vouched = findVouched(place.path, destination, context);
  if (vouched === undefined) return false;
  if (!isInner(place, vouched.directory)) return true;
  if (vouched.passage) {
    return namesBehind(place, destination, context).every(
      (name) => findEngineManaged(name, destination, context) !== undefined,
    );
  }
  return (
    !showsOthers(place) &&
    place.image === undefined &&
    place.otherNames.every(
      (name) =>
        isEngineStaging(name, context) ||
        findEngineManaged(name, destination, context) !== undefined,
    )
  );
}

/** Whether it lies on a mount that was made inside the directory. */
function isInner({ mountpoint }: Place, directory: string): boolean {
  return mountpoint !== directory && isWithin(mountpoint, directory);
}

/** What a passage's mount shows: the place's other names, but for those in passages. */
function namesBehind(place: Place, destination: string, context: EngineContext): string[] {
  return place.otherNames.filter((name) => !findVouched(name, destination, context)?.passage);
}

interface Refusal {
  /** "it lies outside …" */
  readonly reason: string;
  /** Where it is not what is said of any other place. */
  readonly remedy?: string;
  /** The same, but the administrator may still allow it as it is. */
  readonly instead?: string;
}

/** Whose word it is that a path may be mounted, and up to which directory. */
interface Voucher {
  readonly by: "engine" | "policy";
  readonly directory: string;
  /** Of an engine (engine.ts, Vouched). */
  readonly passage?: boolean;
  /** Of the policy's list. */
  readonly access?: HostPath["access"];
}

type Allowed = RuleValues["hostPaths"];

/** Why the place is refused; undefined when it is allowed, if only to be looked at. */
function judgePlace(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Refusal | undefined {
  const plain = withoutAll(allowed);
  if (plain !== allowed && judgePlaceBy(plain, mount, place, context) === undefined) {
    return undefined;
  }
  return judgePlaceBy(allowed, mount, place, context);
}

/** Whether a place that the policy allows is allowed by access: read-all alone. */
export function isOnlySeen(
  { rules }: Policy,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): boolean {
  const { value } = rules.hostPaths;
  const plain = withoutAll(value);
  return (
    plain !== value &&
    seesAll(value, place.path, mount.readOnly) &&
    judgePlaceBy(plain, mount, place, context) !== undefined
  );
}

function judgePlaceBy(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Refusal | undefined {
  const led = place.path === mount.source ? "it" : `it leads to "${place.path}", which`;
  const voucher = findVoucher(allowed, mount, place.path, led, context);
  if ("reason" in voucher) return voucher;
  // A mount made inside the directory that is vouched for may show anything.
  const inner = isInner(place, voucher.directory);
  if (inner && voucher.passage) return judgePassage(allowed, mount, place, context);
  const refusal = inner ? judgeInner(allowed, mount, place, voucher, context) : undefined;
  if (refusal !== undefined || allowed === "any") return refusal;
  // What the engine mounts by itself is its own; of a mount inside it that is the question.
  if (voucher.by === "engine" && !inner) return undefined;
  return judgeReserved(allowed, mount, place, led, context);
}

/** The directory by whose permission `path` is allowed; `subject` begins the refusal's sentence. */
function findVoucher(
  allowed: Allowed,
  mount: MountRequest,
  path: string,
  subject: string,
  context: PlaceContext,
): Voucher | Refusal {
  const engine = findVouched(path, mount.destination, context, mount.readOnly);
  if (engine !== undefined) return { by: "engine", ...engine };
  if (isPluginsOfHost(mount, context.origin)) return { by: "engine", directory: path };
  if (allowed === "any") return { by: "policy", directory: "/" };
  const entry = findHostPath(allowed, path, mount.readOnly);
  if (entry === undefined) return { reason: `${subject} is outside the policy's host directories` };
  if (entry.access !== "read-write" && !mount.readOnly) {
    return {
      reason: `${subject} may only be mounted read-only`,
      instead: "mount it read-only (-v SOURCE:TARGET:ro, readOnly: true)",
    };
  }
  return { by: "policy", directory: splitPattern(entry.path)[0], access: entry.access };
}

const PLAIN = "use a plain volume (docker volume create without options)";

/**
 * A mount that was made inside an allowed directory: it may be what shows nothing of the
 * host, whoever mounts it; or what the host has under an allowed name as well. A file system
 * of a device shows what the device holds: for a volume, which any user of an engine makes,
 * the host must have mounted it at an allowed place too, or an entry must be the device;
 * elsewhere only the host's root mounts.
 */
function judgeInner(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  voucher: Voucher,
  context: PlaceContext,
): Refusal | undefined {
  const { filesystem } = place;
  if (voucher.access === "read-all" && isMemory(place)) {
    return {
      reason: `it is a mount of type ${filesystem}, in which services keep sockets, pipes and secrets, and access: read-all of a directory above does not bring it along`,
      remedy: "leave it out, or let the administrator write an entry in hostPaths for it",
    };
  }
  // The kubelet mounts a pod's volumes, with drivers that the administrator chose.
  const pods = isPods(place.path, context);
  const unknown = pods ? showsOthers(place) : showsOf(place) === "unknown";
  if (unknown) {
    return {
      reason: `it is a mount of type ${filesystem}, which can show what is the host's own`,
      remedy: `${PLAIN}, tmpfs, or a network file system`,
    };
  }
  const further = furtherDevice(place);
  if (further !== undefined) {
    return {
      reason: `it is a mount of type ${filesystem} with the option "${further}", which names what else it shows`,
      remedy: `${PLAIN}, or mount it without that option`,
    };
  }
  const own =
    place.otherNames.length > 0 && place.device === context.superblockOf(voucher.directory);
  const engines = findEngineManaged(place.path, mount.destination, context) !== undefined;
  let known = pods || own || voucher.by === "policy" || showsOf(place) === "anybodys";
  // Of what lies in a file, the file is one more name.
  const image = own || place.image === undefined ? [] : [place.image];
  for (const name of [...place.otherNames, ...image]) {
    if (engines && isEngineStaging(name, context)) continue;
    const other = findVoucher(allowed, mount, name, `it shows "${name}", which`, context);
    if ("reason" in other) return other;
    known ||= other.by === "policy";
  }
  if (known || namesDisk(allowed, mount, place, context)) return undefined;
  return {
    reason: `it is a mount of type ${filesystem} (device ${place.device}) that the host has at no other place, so nobody allowed what is in it`,
    remedy: `${PLAIN}, or let the administrator mount it below a directory that hostPaths of the policy names, or name the device there`,
  };
}

/**
 * What an engine shows at a name of its own making, and its user had a say in: allowed is
 * what would be under each name that the host has for it. A file system that has no other
 * name must show nothing of the host, or be an overlay of layers that are allowed.
 */
function judgePassage(
  allowed: Allowed,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Refusal | undefined {
  const names = namesBehind(place, mount.destination, context);
  for (const name of names) {
    const led = context.look(name);
    const same = led?.device === place.device && led.inside === place.inside;
    const request = { ...mount, source: name };
    const refused = same
      ? judgePlace(allowed, request, led, context)
      : judgeName(allowed, request, context); // hidden under another mount
    if (refused !== undefined)
      return { ...refused, reason: `it shows "${name}": ${refused.reason}` };
  }
  if (names.length > 0 || showsOf(place) === "anybodys") return undefined;
  const layers = place.filesystem === "overlay" ? layersOf([place.options]) : undefined;
  if (layers !== undefined) return judgeLayers(allowed, mount, layers, context);
  return {
    reason: `it is a mount of type ${place.filesystem} (device ${place.device}) that the host has at no other place, so nobody allowed what is in it`,
  };
}

function judgeName(allowed: Allowed, mount: MountRequest, context: PlaceContext) {
  const voucher = findVoucher(allowed, mount, mount.source, "it", context);
  return "reason" in voucher ? voucher : undefined;
}

/**
 * An overlay shows its layers. The kernel looks their names up when it mounts, and nobody
 * compares then what was found: so no name may lead through a directory that a container
 * could have been given, in which it could put a link.
 */
function judgeLayers(
  allowed: Allowed,
  mount: MountRequest,
  layers: readonly OverlayLayer[],
  context: PlaceContext,
): Refusal | undefined {
  if (allowed === "any") return undefined;
  for (const { path, readOnly } of layers) {
    const place = context.look(path);
    if (place === undefined) return { reason: `its layer "${path}" does not exist` };
    const request = { ...mount, source: path, readOnly };
    const refused = judgePlace(allowed, request, place, context);
    if (refused !== undefined)
      return { ...refused, reason: `its layer "${path}": ${refused.reason}` };
    if (!isSteady(allowed, place.path, mount.destination, context)) {
      return {
        reason: `its layer "${path}" lies in a directory that containers may be given, where its name can come to lead elsewhere`,
        remedy:
          "mount the directory itself (without :O), or take a volume or a directory further up as layer",
      };
    }
  }
  return undefined;
}

/** Whether a container of this policy is given no directory that the path leads through. */
function isSteady(
  allowed: AnyOf<HostPath>,
  path: string,
  destination: string,
  context: PlaceContext,
): boolean {
  if (findEngineManaged(path, destination, context) !== undefined) {
    return !/\/volumes\/[^/]+\/_data\/./.test(path);
  }
  const names = path.split("/");
  const above = names.slice(1).map((_name, at) => names.slice(0, at + 1).join("/") || "/");
  return (
    allowed !== "any" &&
    above.every((directory) => findHostPath(allowed, directory, false)?.access !== "read-write")
  );
}

/**
 * The block device that a place's file system lies on. What has a number of its own instead
 * (btrfs) tells by which device it goes.
 */
function diskOf({ device, filesystem, mountedFrom }: Place, context: PlaceContext) {
  if (!device.startsWith("0:")) return device;
  if (filesystem !== "btrfs" || !mountedFrom.startsWith("/")) return undefined;
  return blockDevice(context.deviceAt(mountedFrom));
}

function blockDevice(found: DeviceNumbers | undefined): string | undefined {
  return found?.type === "b" ? `${found.major}:${found.minor}` : undefined;
}

/** Whether an entry is the device that the file system lies on, by whatever name. */
function namesDisk(
  allowed: Allowed,
  { readOnly }: MountRequest,
  place: Place,
  context: PlaceContext,
): boolean {
  if (allowed === "any") return true;
  const named = allowed.filter(
    ({ path, access }) => isWithin(path, "/dev") && (readOnly || access === "read-write"),
  );
  const disk = named.length > 0 ? diskOf(place, context) : undefined;
  return (
    disk !== undefined && named.some(({ path }) => blockDevice(context.deviceAt(path)) === disk)
  );
}

/** Entries vouch for what is reserved only where they are written for it, or for all that is there. */
function judgeReserved(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  subject: string,
  context: PlaceContext,
): Refusal | undefined {
  const isEngines = (name: string) =>
    isEngineStaging(name, context) ||
    findEngineManaged(name, mount.destination, context) !== undefined;
  if (seesAll(allowed, place.path, mount.readOnly)) return undefined;
  for (const reserved of context.reserved()) {
    const touch = touches(place, reserved);
    if (touch === undefined) continue;
    const { how, names } = touch;
    if (how === "lies in" && names.some(isEngines)) continue;
    if (names.some((name) => isWrittenFor(allowed, mount, name, reserved))) continue;
    return {
      reason: `${subject} ${how} "${reserved.path}", which is ${reserved.what}`,
      remedy:
        "use a volume, or another directory; what manages engines or lockc belongs under policy privileged",
    };
  }
  return undefined;
}

/** Whether an entry that is itself, or lies in, something reserved allows `name` there. */
function isWrittenFor(
  allowed: AnyOf<HostPath>,
  { readOnly }: MountRequest,
  name: string,
  { path, place }: Reserved,
): boolean {
  if (allowed === "any") return true;
  return allowed.some((entry) => {
    const [base, strict] = splitPattern(entry.path);
    const written = isWithin(base, path) || (place !== undefined && isWithin(base, place.path));
    const covers = isWithin(name, base) && !(strict && name === base);
    return written && covers && (readOnly || entry.access === "read-write");
  });
}

/** The names that the place has and the list lacks, where they are all that it lacks. */
function allowPlace(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Written | undefined {
  const access = mount.readOnly ? "read-only" : "read-write";
  const listed = allowed === "any" ? [] : allowed;
  const lacking = [place.path, ...place.otherNames].filter(
    (path) => "reason" in findVoucher(listed, mount, path, "", context),
  );
  const missing = lacking.length > 0 ? lacking : [place.mountedFrom];
  const add = missing.map((path): HostPath => ({ path, access }));
  // A list can only hold names that are no patterns.
  const fits = add.every(({ path }) => !/\*|^\/$/.test(path));
  const enough = fits && judgePlace([...listed, ...add], mount, place, context) === undefined;
  return enough ? { add } : undefined;
}

/** As provisioners of local volumes name them (k3s, local-path-provisioner): pvc-UID_NAMESPACE_CLAIM. */
const LOCAL_VOLUME = /^(\/.+)\/pvc-[0-9a-f]{8}-[0-9a-f-]{27}(_[^/]*)?(\/|$)/;

function remedyForPlace(
  allowed: RuleValues["hostPaths"],
  place: Place | undefined,
  host: Host,
  allowedBy: Written | undefined,
  instead: string | undefined,
): string {
  const administrator = allowing("hostPaths", allowedBy);
  const socket = place && findSocket(place, host);
  if (socket !== undefined) return `${withoutSocket(socket, place!)}; else ${administrator}`;
  const provisioned = LOCAL_VOLUME.exec(place?.path ?? "")?.[1];
  if (provisioned !== undefined) {
    return `it looks like a volume of a local provisioner, which keeps them on the host itself: let the administrator add "${provisioned}/*" to hostPaths of a policy in /etc/lockc/policy`;
  }
  const act = instead ?? insteadOf(host.kindAt(place?.path ?? "/"), allowed);
  return `${act}; else ${administrator}`;
}

/** How what a mount is for can be had within the policy. */
function insteadOf(kind: FileKind, allowed: RuleValues["hostPaths"]): string {
  const writable = allowed === "any" ? [] : allowed.filter(({ access }) => access === "read-write");
  const places = writable.map(({ path }) => splitPattern(path)[0]).join(", ");
  switch (kind) {
    case "device":
      return "give it the device by --device, which the rule devices judges";
    case "socket":
      return places === ""
        ? "let its service listen on a network that both have"
        : `let its service listen in a directory of its own below ${places}, and mount that directory`;
    case "file":
      return places === ""
        ? "copy the file into a volume or the image"
        : `copy the file into a volume or the image, or to a place below ${places}`;
    case "directory":
      return places === "" ? "use a volume" : `use a volume, or a directory below ${places}`;
  }
}

/** What each covers; read-all neither covers another nor is covered: no socket is reached by it. */
const HOST_ACCESS: Readonly<Record<HostPath["access"], readonly HostPath["access"][]>> = {
  "read-only": ["read-only"],
  "read-write": ["read-only", "read-write"],
  "read-all": ["read-all"],
};

export function coversPath(wide: HostPath, narrow: HostPath): boolean {
  if (!HOST_ACCESS[wide.access].includes(narrow.access)) return false;
  const [base, strict] = splitPattern(wide.path);
  const [inner, innerStrict] = splitPattern(narrow.path);
  if (!isWithin(inner, base)) return false;
  return !strict || innerStrict || inner !== base;
}

/**
 * The entry of the list by which `path` may be mounted, read-only or not, of several
 * the longest; without one, an entry that lets it be mounted read-only.
 */
export function findHostPath(
  paths: readonly HostPath[],
  path: string,
  readOnly = false,
): HostPath | undefined {
  const matching = paths
    .filter((entry) => {
      const [base, strict] = splitPattern(entry.path);
      return isWithin(path, base) && !(strict && path === base);
    })
    .sort((a, b) => splitPattern(b.path)[0].length - splitPattern(a.path)[0].length);
  return matching.find(({ access }) => readOnly || access === "read-write") ?? matching[0];
}

/**
 * Whether `path` may be mounted with all that lies there: engines' files and sockets, and lockc's
 * own. To look at, so read-only.
 */
export function seesAll(paths: AnyOf<HostPath>, path: string, readOnly: boolean): boolean {
  return readOnly && paths !== "any" && findHostPath(paths.filter(isForAll), path) !== undefined;
}

/** The list without what is only to be looked at: the same one where there is no such entry. */
export function withoutAll(paths: AnyOf<HostPath>): AnyOf<HostPath> {
  return paths === "any" || !paths.some(isForAll) ? paths : paths.filter((it) => !isForAll(it));
}

/** "/home/*" → ["/home", strictly below]; "/srv" → ["/srv", it as well]. */
export function splitPattern(pattern: string): readonly [base: string, strict: boolean] {
  return pattern.endsWith("/*") ? [pattern.slice(0, -2) || "/", true] : [pattern, false];
}
