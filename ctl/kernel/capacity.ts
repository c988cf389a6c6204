// SPDX-License-Identifier: Apache-2.0
/** Whether what is to be loaded fits into the maps. */
import { LockcError } from "../../core/errors.ts";
import type { MapDeclaration } from "../ffi/libbpf.ts";
import type { Sources } from "../policy/sources.ts";

/** @throws LOCKC_E_SETTINGS when policies or engines' sockets are more than the maps can take */
export function requireRoom(
  maps: readonly MapDeclaration[],
  { policies, sets, socketEntries }: Sources,
): void {
  const room = (map: string) => maps.find(({ name }) => name === map)?.maxEntries ?? 0;
  if (socketEntries.length > room("engine_sockets")) {
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `there are ${socketEntries.length} engineSockets; the kernel's table has room for ${room("engine_sockets")}`,
      "remove some from /etc/lockc/lockc.yaml",
    );
  }
  // A changed policy's old rules stay beside its new ones for a while.
  const tables = [
    { there: policies.length, what: "policies", room: room("policies") },
    { there: sets.pseudo.length, what: "pseudoFiles", room: room("pseudo") / 2 },
    { there: sets.devices.length, what: "devices", room: room("devices") / 2 },
  ];
  for (const table of tables) {
    if (table.there <= table.room) continue;
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `there are ${table.there} ${table.what}; the kernel's table has room for ${table.room}`,
      "remove some from /etc/lockc/policy",
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
