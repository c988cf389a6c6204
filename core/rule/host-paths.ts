// SPDX-License-Identifier: Apache-2.0
/** The rule hostPaths: which places of the host a mount may show. */
import type { MountRequest } from "../bundle/bundle.ts";
import { isRootStorage } from "../engine/engine.ts";
import type { HostPath } from "../generated/policy.ts";
import { isWithin } from "../path.ts";
import { isPseudo } from "./filesystems.ts";
import { SYSTEM, splitPattern } from "./host-path-entries.ts";
import { judgeLayers, judgePlace } from "./places.ts";
import type { Policy } from "./policy.ts";
import { allowing } from "./remedy.ts";
import { findSocket, withoutSocket } from "./sockets.ts";
import type { FileKind, Host, Place, PlaceContext, Subject, Violation } from "./subject.ts";
import type { AnyOf, RuleValues, Written } from "./values.ts";
import { findVoucher } from "./vouching.ts";

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
