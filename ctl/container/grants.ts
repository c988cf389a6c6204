// SPDX-License-Identifier: Apache-2.0
/**
 * What a container was given, by path where one can be told: the kernel half knows
 * identities only. For people who look, never for a decision: the container may change
 * its own mounts' surroundings while we read.
 */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { quietly } from "../../core/errors.ts";
import { GrantFlag, GrantKind } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { insideOf, type Mount, parseMountinfo } from "../../core/host/mountinfo.ts";
import { isWithin } from "../../core/path.ts";
import type { ContainerRecord } from "../kernel/pins.ts";
import { type Maps, table } from "../kernel/table.ts";

/** What --json prints for each; its keys stay. */
export interface Grant {
  /** A directory or file that is mounted, a whole file system, or an open file (stdio). */
  readonly kind: "mount" | "file system" | "file";
  /** major:minor of its file system. */
  readonly device: string;
  /** null for a whole file system; of btrfs with its subvolume's number in the upper half. */
  readonly inode: string | null;
  /** Given out of the host's own directories, not by the engine. */
  readonly host: boolean;
  /** Where the container sees it; null: that cannot be told. */
  readonly path: string | null;
  /** Where the host sees the same; null: nowhere, or that cannot be told. */
  readonly source: string | null;
}

/** @param pid a process of the container, through which its mounts are seen; undefined: none. */
export function readGrants(maps: Maps, record: ContainerRecord, pid: number | undefined): Grant[] {
  const mounts = pid === undefined ? [] : readMounts(pid);
  const hosts = readMounts("self");
  const grants = readIdentities(maps, BigInt(`0x${record.key}`)).map((found) => {
    const { kind, device, inode } = found;
    if (kind === "file") {
      const path = pid === undefined ? null : findOpen(pid, mounts, found);
      return { ...found, path, source: null };
    }
    const root = inode === String(record.root_ino) && mounts.find(isRoot)?.device === device;
    const mount = root ? mounts.find(isRoot) : pid && findMount(pid, mounts, found);
    const path = mount ? mount.mountpoint : null;
    return { ...found, path, source: mount ? findSource(hosts, mount) : null };
  });
  return grants.sort((a, b) =>
    `${a.path ?? "~"}${a.inode}` < `${b.path ?? "~"}${b.inode}` ? -1 : 1,
  );
}

/** What the kernel half compares, as it was recorded. */
function readIdentities(
  maps: Maps,
  container: bigint,
): Pick<Grant, "kind" | "device" | "inode" | "host">[] {
  const pages = table(maps, MAPS.grants);
  const identities = [];
  for (let number = 0; ; number++) {
    const page = pages?.get({ container, page: number });
    if (page === undefined) return identities;
    for (const [place, known] of page.kind.entries()) {
      const kind = KINDS[known];
      if (kind === undefined) continue; // nothing is there
      const dev = page.dev[place]!;
      const device = `${dev >>> 20}:${dev & 0xfffff}`;
      const inode = kind === "file system" ? null : String(page.ino[place]);
      identities.push({ kind, device, inode, host: (page.flags[place]! & GrantFlag.HOST) !== 0 });
    }
  }
}

const KINDS: Readonly<Record<number, Grant["kind"]>> = {
  [GrantKind.MOUNT]: "mount",
  [GrantKind.SUPERBLOCK]: "file system",
  [GrantKind.FILE]: "file",
};

const isRoot = ({ mountpoint }: Mount) => mountpoint === "/";

function readMounts(pid: number | "self"): Mount[] {
  const text = quietly(() => readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
  // The last of several at one place is on top.
  return parseMountinfo(text ?? "").reverse();
}

type Identity = Pick<Grant, "device" | "inode">;

/** File systems that ask somebody else, who may not answer. */
const ASKING = /^(fuse|nfs|cifs|smb|9p|ceph|virtiofs|autofs|afs|coda)/;

function findMount(pid: number, mounts: readonly Mount[], { device, inode }: Identity) {
  const there = mounts.filter((mount) => mount.device === device);
  if (inode === null) return there.find(({ root }) => root === "/") ?? there[0];
  if (there.length === 1) return there[0];
  const slow = mounts.filter(({ type }) => ASKING.test(type));
  return there.find(({ mountpoint, type, options }) => {
    if (slow.some((other) => isWithin(mountpoint, other.mountpoint))) return false;
    const stats = quietly(() => statSync(`/proc/${pid}/root${mountpoint}`, { bigint: true }));
    if (stats === undefined) return false;
    const subvolume = type === "btrfs" ? /(?:^|,)subvolid=(\d+)/.exec(options)?.[1] : undefined;
    return String(stats.ino ^ (BigInt(subvolume ?? 0) << 32n)) === inode; // as kernel_number
  });
}

/** Another name of the same directory, in the host's mounts. */
function findSource(hosts: readonly Mount[], mount: Mount): string | null {
  const inside = insideOf(mount, mount.mountpoint);
  const other = hosts.find(({ device, root }) => device === mount.device && isWithin(inside, root));
  if (other === undefined) return null;
  return join(other.mountpoint, other.root === "/" ? inside : inside.slice(other.root.length));
}

/** What the process has open as that file; fdinfo tells without asking the file's own system. */
function findOpen(
  pid: number,
  mounts: readonly Mount[],
  { device, inode }: Identity,
): string | null {
  for (const fd of quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
    const info = quietly(() => readFileSync(`/proc/${pid}/fdinfo/${fd}`, "utf8"));
    const number = (field: string) =>
      new RegExp(`^${field}:\\s*(\\d+)$`, "m").exec(info ?? "")?.[1];
    const mount = mounts.find(({ id }) => String(id) === number("mnt_id"));
    if (number("ino") !== inode || (mount !== undefined && mount.device !== device)) continue;
    return quietly(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? null;
  }
  return null;
}

/** The path of a cgroup by its number, looked for where the process is and above. */
export function findCgroup(id: bigint, pid: number | undefined): string | null {
  const text =
    pid === undefined ? undefined : quietly(() => readFileSync(`/proc/${pid}/cgroup`, "utf8"));
  const mount = readMounts("self").find(({ type, root }) => type === "cgroup2" && root === "/");
  const path = /^0::(\/.*)$/m.exec(text ?? "")?.[1];
  if (mount === undefined || path === undefined) return null;
  const parts = path.split("/").filter(Boolean);
  for (let count = parts.length; count > 0; count--) {
    const own = `/${parts.slice(0, count).join("/")}`;
    const stats = quietly(() => statSync(join(mount.mountpoint, own), { bigint: true }));
    if (stats?.ino === id) return own;
  }
  return null;
}
