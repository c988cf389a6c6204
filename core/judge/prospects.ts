// SPDX-License-Identifier: Apache-2.0
/**
 * What may be mounted for a container that config.json does not show, as identities
 * (bpf/prospect.bpf.h): by hooks of the host all that its policy's hostPaths would have admitted
 * there, and by its runtime the directory of the socket that NOTIFY_SOCKET asks for. Read only for
 * containers that have either (later.ts), and who asks brings along what judges.
 */
import { closeSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { MountRequest } from "../bundle/bundle.ts";
import { quietly } from "../errors.ts";
import { Prospect as May } from "../generated/layout.ts";
import type { HostPath } from "../generated/policy.ts";
import type { Located, MountTable } from "../host/mounts.ts";
import { isWithin } from "../path.ts";
import type { Policy } from "../rule/policy.ts";
import type { Reserved } from "../rule/reserved.ts";
import type { PlaceContext } from "../rule/subject.ts";

export interface Prospect {
  /** A file or directory, O_PATH; whoever has it closes it. */
  readonly fd: number;
  /** enum lockc_prospect bits. */
  readonly may: number;
}

/** Who mounts for it. */
export interface Mounting {
  /** Hooks of the host, as far as hostPaths name it. */
  readonly hooks: boolean;
  /** A runtime that is to tell when it is ready: where that keeps its containers. */
  readonly notifying: string | undefined;
}

/** What is asked, and of what. */
export interface Asked extends Mounting {
  readonly policy: Policy;
  readonly table: MountTable;
  /** What it is given, which stays open: the root file system first, of which any part may be mounted elsewhere. */
  readonly given: readonly Located[];
  readonly context: PlaceContext;
  readonly admitsBelow: typeof import("../rule/host-paths.ts").admitsBelow;
  readonly reservedIn: typeof import("../rule/vouching.ts").reservedIn;
  readonly splitPattern: typeof import("../rule/host-path-entries.ts").splitPattern;
}

const BELOW = May.BELOW_READ | May.BELOW_WRITE;
const READING = May.READ | May.BELOW_READ;
const WRITING = READING | May.WRITE | May.BELOW_WRITE;

/** File systems that ask somebody else, who may not answer: to open a name there could take for ever. */
const ASKING = /^(fuse|nfs|cifs|smb|9p|ceph|virtiofs|afs|coda)/;

/** @returns nothing for what is not there, or cannot be told: hooks cannot mount it. */
export function locateProspects(all: Asked): Prospect[] {
  const asked = { ...all, policy: withoutLooks(all.policy) };
  const { policy, given } = asked;
  const { mode, value } = policy.rules.hostPaths;
  const any = value === "any" || mode === "audit";
  const entries: readonly HostPath[] = any ? [{ path: "/", access: "read-write" }] : value;
  const asking = asked.table
    .all()
    .filter(({ type, mountpoint }) => ASKING.test(type) && mountpoint !== "/");
  const answers = (path: string) => !asking.some(({ mountpoint }) => isWithin(path, mountpoint));
  const own = given.map(({ fd }, index) => ({
    fd,
    may: index === 0 ? BELOW | May.OWN | May.NEVER : May.NEVER,
  }));
  return [
    ...own,
    ...(asked.hooks ? entries.flatMap((entry) => locateEntry(asked, entry, any, answers)) : []),
    ...(asked.notifying === undefined ? [] : locateNotifying(asked.notifying, asked.table)),
  ];
}

/**
 * runc (notify_socket.go) and crun make a directory in their own for the container, which is not
 * there yet, and mount it, runc read-only. So all below `root` counts but what others have there.
 * @param root is made if it is lacking, as the runtime does.
 */
function locateNotifying(root: string, table: MountTable): Prospect[] {
  const found = quietly(() => {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    return { place: table.locate(root), others: readdirSync(root) };
  });
  if (found === undefined) return [];
  const never = found.others.flatMap((name) => {
    const other = quietly(() => table.locateIfPresent(join(root, name))[0]);
    return other === undefined ? [] : [{ fd: other.fd, may: May.NEVER | May.BELOW_NEVER }];
  });
  return [{ fd: found.place.fd, may: BELOW }, ...never];
}

/** What is only to be looked at (access: read-all), config.json has to mount. */
function withoutLooks(policy: Policy): Policy {
  const { mode, value } = policy.rules.hostPaths;
  if (value === "any") return policy;
  const hostPaths = { mode, value: value.filter(({ access }) => access !== "read-all") };
  return { ...policy, rules: { ...policy.rules, hostPaths } };
}

/** @param answers whether a path can be opened without asking anybody. */
function locateEntry(
  asked: Asked,
  { path, access }: HostPath,
  any: boolean,
  answers: (path: string) => boolean,
): Prospect[] {
  const { policy, table, context } = asked;
  const [base, strict] = asked.splitPattern(path);
  const place = answers(base) ? quietly(() => table.locateIfPresent(base)[0]) : undefined;
  if (place === undefined) return [];
  const readOnly = access === "read-only";
  const mount: MountRequest = {
    destination: "",
    type: "bind",
    source: base,
    bind: true,
    recursive: true,
    readOnly,
    readOnlyBelow: readOnly,
    shared: false,
  };
  const named = any ? "any" : [...listOf(policy), { path: base, access }];
  const held = asked.reservedIn(named, mount, place, context);
  // The policy also has the real name of an entry that is a link (ctl/policy/host-paths.ts).
  const excluded = place.path === base && held && exclude(table, place, held);
  if (!excluded) {
    closeSync(place.fd);
    return [];
  }
  const may = readOnly ? READING : WRITING;
  const below = table
    .locateBelow(base, ({ mountpoint }) => answers(mountpoint))
    .filter((each) => {
      // What vanishes meanwhile is judged no further.
      const admitted = quietly(() => asked.admitsBelow(policy, mount, each, context)) ?? false;
      if (!admitted) closeSync(each.fd);
      return admitted;
    });
  return [
    { fd: place.fd, may: strict || held!.length > 0 ? may & BELOW : may },
    ...below.map(({ fd }) => ({ fd, may })),
    ...excluded,
  ];
}

function listOf({ rules: { hostPaths } }: Policy): readonly HostPath[] {
  return hostPaths.value === "any" ? [] : hostPaths.value;
}

/**
 * Neither what is reserved nor what holds it, up to the entry: by its names, and by where it lies
 * in the entry's file system.
 * @returns undefined: a directory that holds it cannot be found by the entry's name.
 */
function exclude(
  table: MountTable,
  entry: Located,
  reserved: readonly Reserved[],
): Prospect[] | undefined {
  const never = new Map<string, number>();
  for (const { path, place } of reserved) {
    const shown = place && insideName(entry, place);
    for (const name of [path, place?.path, shown]) {
      if (name === undefined || !isWithin(name, entry.path)) continue;
      for (const above of between(name, entry.path)) {
        never.set(above, May.NEVER | (never.get(above) ?? 0));
      }
    }
    if (place !== undefined) never.set(place.path, May.NEVER | May.BELOW_NEVER);
    for (const above of shown === undefined ? [] : between(shown, entry.path)) {
      const found = quietly(() => table.look(above));
      if (found === undefined || insideName(entry, found) !== above) return undefined;
    }
  }
  return [...never].flatMap(([path, may]) => {
    const found = quietly(() => table.locateIfPresent(path)[0]);
    return found === undefined ? [] : [{ fd: found.fd, may }];
  });
}

/** What the entry calls the place; undefined: it lies elsewhere. */
function insideName(
  entry: Located,
  place: { readonly device: string; readonly inside: string },
): string | undefined {
  if (place.device !== entry.device || !isWithin(place.inside, entry.inside)) return undefined;
  return join(entry.path, relative(entry.inside, place.inside));
}

/** The directories that lead to `path`, below `top`. */
function between(path: string, top: string): string[] {
  const above = dirname(path);
  return path === top || above === top ? [] : [above, ...between(above, top)];
}
