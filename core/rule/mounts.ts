// SPDX-License-Identifier: Apache-2.0
/** The rules of mounts that are not about places: engines' sockets, kinds, propagation. */
import { findEngineManaged } from "../engine/engine.ts";
import { seesAll } from "./host-path-entries.ts";
import type { Policy } from "./policy.ts";
import { allowing } from "./remedy.ts";
import { findSocket, withoutSocket } from "./sockets.ts";
import type { PlaceContext, PlacedMount, Subject, Violation } from "./subject.ts";
import type { AnyOf } from "./values.ts";

/** A socket that lies in what is only to be looked at, the kernel keeps from being connected to. */
export function judgeEngineSockets(
  allowed: boolean,
  { mounts, host }: Subject,
  { rules }: Policy,
): Violation[] {
  if (allowed) return [];
  return mounts.flatMap(({ request, place }) => {
    const socket = place && findSocket(place, host);
    if (place === undefined || socket === undefined) return [];
    const seen = seesAll(rules.hostPaths.value, place.path, request.readOnly);
    if (seen && socket !== place.path && !place.otherNames.includes(socket)) return [];
    return [
      {
        code: "LOCKC_E_MOUNT" as const,
        what: `the mount of "${request.source}" on "${request.destination}": ${socket === place.path ? "it is" : "in it is"} the socket of an engine (${socket}), through which one is root on the host`,
        remedy: withoutSocket(socket, place),
        allowedBy: { allow: true },
      },
    ];
  });
}

export function judgeMountTypes(allowed: AnyOf<string>, { mounts }: Subject): Violation[] {
  if (allowed === "any") return [];
  return (
    mounts
      // What an overlay shows is judged by its layers (hostPaths).
      .filter(({ request: { bind, type, layers } }) => !bind && !layers && !allowed.includes(type))
      .map(({ request: { type, destination } }) => {
        const allowedBy = /^[a-z0-9._-]+$/.test(type) ? { add: [type] } : undefined;
        return {
          code: "LOCKC_E_MOUNT" as const,
          what: `a file system of type "${type}" on "${destination}"`,
          remedy: `take one of ${allowed.join(", ")}, or ${allowing("mountTypes", allowedBy)}`,
          allowedBy,
        };
      })
  );
}

export function judgeSharedMounts(
  allowed: boolean,
  { bundle, mounts, context }: Subject,
): Violation[] {
  if (allowed) return [];
  const own = mounts.filter((mount) => mount.request.shared && sharesByItself(mount, context));
  const remedy = "use rslave or rprivate (mountPropagation: HostToContainer or None)";
  const allowedBy = { allow: true };
  const root =
    /^r?shared$/.test(bundle.rootPropagation) && own.length === 0
      ? [{ what: `a root file system mounted ${bundle.rootPropagation}`, remedy, allowedBy }]
      : [];
  const shared = mounts
    .filter((mount) => mount.request.shared && !own.includes(mount))
    .map(({ request }) => ({
      code: "LOCKC_E_MOUNT" as const,
      what: `the mount of "${request.source}" on "${request.destination}" as shared, by which mounts made inside appear on the host`,
      remedy,
      allowedBy,
    }));
  // An engine makes the root shared for the sake of such a mount: tell of the mount.
  return shared.length > 0 ? shared : root;
}

/**
 * Whether the engine itself has the mount shared: a plugin of Docker's gives others what it
 * mounts; buildah does so with its caches, in a mount namespace from which nothing travels.
 */
function sharesByItself({ request, place }: PlacedMount, context: PlaceContext): boolean {
  const { engine } = context.origin;
  return (
    (engine === "plugin" || engine === "buildah") &&
    place !== undefined &&
    findEngineManaged(place.path, request.destination, context) !== undefined
  );
}
