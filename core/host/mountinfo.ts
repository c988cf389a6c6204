// SPDX-License-Identifier: Apache-2.0
/**
 * The mount table as data: parsed from proc_pid_mountinfo(5), asked by name.
 * Pure.
 */
import { isWithin, join, relative } from "../path.ts";

/** One line of /proc/PID/mountinfo. */
export interface Mount {
  readonly id: number;
  /** The superblock's device, "major:minor". */
  readonly device: string;
  /** Which directory of the file system is mounted here. */
  readonly root: string;
  readonly mountpoint: string;
  readonly type: string;
  /** What it was mounted from, as the file system tells of it; else as whoever mounted it said. */
  readonly source: string;
  /** What the file system tells of what it was mounted from, comma-separated. */
  readonly options: string;
}

/** Every readable line; the kernel escapes space, tab, newline and backslash in octal. */
export function parseMountinfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split("\n")) {
    const fields = line.split(" ");
    const dash = fields.indexOf("-", 6);
    if (dash < 0) continue;
    mounts.push({
      id: Number(fields[0]),
      device: fields[2]!,
      root: unescapeOctal(fields[3]!),
      mountpoint: unescapeOctal(fields[4]!),
      type: fields[dash + 1]!,
      source: unescapeOctal(fields[dash + 2] ?? ""),
      options: fields[dash + 3] ?? "",
    });
  }
  return mounts;
}

function unescapeOctal(text: string): string {
  if (!text.includes("\\")) return text;
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const plain = bytes.replace(/\\([0-7]{3})/g, (_, octal) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(plain, "latin1").toString("utf8");
}

/** Mounts strictly below `path`: what a recursive bind of it would carry along. */
export function mountsBelow(mounts: readonly Mount[], path: string): Mount[] {
  return mounts.filter((mount) => mount.mountpoint !== path && isWithin(mount.mountpoint, path));
}

/**
 * The other names under which the host sees the file at `path` on `mount`, or part of
 * what is below it: the same file system mounted elsewhere. A bind mount hides what
 * it binds (a Docker volume made with `o=bind,device=/etc` has a harmless path), and
 * so does a volume of a whole file system of which the host mounts a part (btrfs with
 * subvolid=5); the other names tell.
 */
export function otherNames(mounts: readonly Mount[], mount: Mount, path: string): string[] {
  const inside = insideOf(mount, path);
  const names: string[] = [];
  for (const other of mounts) {
    if (other.device !== mount.device) continue;
    if (isWithin(inside, other.root)) {
      const name = join(other.mountpoint, relative(inside, other.root));
      if (name !== path) names.push(name);
    } else if (isWithin(other.root, inside) && !isWithin(other.mountpoint, path)) {
      names.push(other.mountpoint);
    }
  }
  return names;
}

/** Which path inside its file system `path` is, being on `mount`. */
export function insideOf(mount: Mount, path: string): string {
  return join(mount.root, relative(path, mount.mountpoint));
}
