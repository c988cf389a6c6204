// SPDX-License-Identifier: Apache-2.0
/** Why a place of the host may not be mounted: what the mount there shows. */
import type { MountRequest } from "../bundle/bundle.ts";
import { findEngineManaged, isEngineStaging, isLocalVolume, isPods } from "../engine/engine.ts";
import { layersOf, type OverlayLayer } from "../engine/layers.ts";
import type { HostPath } from "../generated/policy.ts";
import { isWithin } from "../path.ts";
import { furtherDevice, isMemory, showsOf, showsOthers } from "./filesystems.ts";
import { findHostPath, isSystems, seesAll, withoutAll } from "./host-path-entries.ts";
import type { Policy } from "./policy.ts";
import type { DeviceNumbers, Place, PlaceContext } from "./subject.ts";
import type { AnyOf } from "./values.ts";
import {
  type Allowed,
  findVoucher,
  isInner,
  judgeReserved,
  namesBehind,
  type Refusal,
  type Voucher,
} from "./vouching.ts";

/** Why the place is refused; undefined when it is allowed, if only to be looked at. */
export function judgePlace(
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
  const local = pods && showsLocalVolume(place, context);
  let known = pods || own || voucher.by === "policy" || showsOf(place) === "anybodys";
  // The file in which a file system lies is one more name of it.
  const image = own || place.image === undefined ? [] : [place.image];
  for (const name of [...place.otherNames, ...image]) {
    if (engines && isEngineStaging(name, context)) continue;
    if (local && name !== place.image && !isSystems(name)) continue;
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
 * Whether the pod's mount is a local persistent volume, or the part of one that the kubelet mounts
 * for a subPath. The same file is asked for, since other names may also be of parts of the place.
 */
function showsLocalVolume(place: Place, context: PlaceContext): boolean {
  if (isLocalVolume(place.mountpoint, context)) return true;
  return place.otherNames.some((name) => {
    if (!isPods(name, context)) return false;
    const found = context.look(name);
    return (
      found !== undefined &&
      found.device === place.device &&
      found.inside === place.inside &&
      isLocalVolume(found.mountpoint, context)
    );
  });
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
export function judgeLayers(
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
