// SPDX-License-Identifier: Apache-2.0
/** Whether what is to be loaded fits into the maps. */
import { LockcError } from "../../core/errors.ts";
import type { MapDeclaration } from "../ffi/libbpf.ts";
import { IMAGE, type Image, type ImageMap } from "../policy/image.ts";
import type { Maps } from "./table.ts";

interface Limit {
  readonly map: ImageMap;
  /** What its elements are called by those who write them, and where. */
  readonly what: string;
  readonly where: string;
  /** So much of the table may be written; a changed policy's old rules stay for a while. */
  readonly share: number;
}

const LIMITS: readonly Limit[] = [
  { map: "engine_sockets", what: "engineSockets", where: "/etc/lockc/lockc.yaml", share: 1 },
  { map: "policies", what: "policies", where: "/etc/lockc/policy", share: 1 },
  { map: "pseudo", what: "pseudoFiles", where: "/etc/lockc/policy", share: 1 / 2 },
  { map: "devices", what: "devices", where: "/etc/lockc/policy", share: 1 / 2 },
];

/** @throws LOCKC_E_SETTINGS when policies or engines' sockets are more than the maps can take */
export function requireCapacity(maps: readonly MapDeclaration[], image: Image): void {
  for (const { map, what, where, share } of LIMITS) {
    const found = maps.find(({ name }) => name === IMAGE[map].name);
    const room = (found?.maxEntries ?? 0) * share;
    if (image[map].length <= room) continue;
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `there are ${image[map].length} ${what}; the kernel's table has room for ${room}`,
      `remove some from ${where}`,
    );
  }
}

/**
 * Only containers that run under rules which their policies do not have any more
 * can make a table too small; requireCapacity has looked at the policies.
 * @param image with the rules of those.
 * @throws LOCKC_E_BUSY
 */
export function requireCapacityBeside(maps: Maps, image: Image): void {
  for (const { map, what } of LIMITS) {
    const room = maps.get(IMAGE[map].name)?.maxEntries ?? 0;
    if (image[map].length <= room) continue;
    throw new LockcError(
      "LOCKC_E_BUSY",
      `the kernel's table for ${what} has room for ${room}, and ${image[map].length} are needed, since containers run under rules of earlier policies`,
      "start containers anew whose policies have changed (lockctl policy reload names them), or shorten the lists",
    );
  }
}

/** Whether programs of the object can go on with the pinned maps. Pure. */
export function sameMaps(
  declared: readonly MapDeclaration[],
  pinned: readonly (MapDeclaration & { readonly frozen: boolean })[],
): boolean {
  const byName = new Map(pinned.map((map) => [map.name, map]));
  return (
    declared.length === pinned.length &&
    declared.every((map) => {
      const other = byName.get(map.name);
      return (
        other !== undefined &&
        !other.frozen &&
        other.type === map.type &&
        other.keySize === map.keySize &&
        other.valueSize === map.valueSize &&
        other.maxEntries === map.maxEntries
      );
    })
  );
}
