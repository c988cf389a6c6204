// SPDX-License-Identifier: Apache-2.0
/**
 * Names → identities. Each bind source is opened once (O_PATH, symlinks
 * followed, no side effect on devices, fifos or sockets); what admission judges
 * by name and what the kernel records by inode is that one descriptor. What the
 * runtime mounts later is compared with it, so a name that changes its meaning
 * in between gains nothing.
 */
import { closeSync, existsSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { LockcError } from "./errors.ts";
import { insideOf, type Mount, mountsBelow, otherNames, parseMountinfo } from "./mountinfo.ts";

// Values of include/uapi/asm-generic/fcntl.h, which node:fs does not name.
export const O_PATH = 0o10000000;
export const O_CLOEXEC = 0o2000000;

/** A path that is held open, with every name the host has for it. */
export interface Located {
  /** O_PATH descriptor; whoever locates it closes it. */
  readonly fd: number;
  /** The path without symlinks. */
  readonly path: string;
  /** Where the mount that holds it is mounted. */
  readonly mountpoint: string;
  /** The same file under other mounts of its file system. */
  readonly otherNames: readonly string[];
  /** Type of its file system, as mountinfo names it. */
  readonly filesystem: string;
  /** Its superblock's device, "major:minor", and the path inside that file system. */
  readonly device: string;
  readonly inside: string;
}

/** The mount table of this process, read when first needed. */
export class MountTable {
  #mounts: Mount[] | undefined;

  get mounts(): readonly Mount[] {
    this.#mounts ??= parseMountinfo(readFileSync("/proc/self/mountinfo", "utf8"));
    return this.#mounts;
  }

  /**
   * Opens and locates `path`.
   * @throws LOCKC_E_MOUNT when it cannot be opened or has no place in the table.
   */
  locate(path: string): Located {
    const fd = open(path);
    try {
      const real = readlinkSync(`/proc/self/fd/${fd}`);
      const info = readFileSync(`/proc/self/fdinfo/${fd}`, "latin1");
      const mountId = Number.parseInt(info.split("mnt_id:", 2)[1]!, 10);
      const mount = this.mounts.find((candidate) => candidate.id === mountId);
      if (mount === undefined || !real.startsWith(mount.mountpoint)) throw notInTable(path);
      return {
        fd,
        path: real,
        mountpoint: mount.mountpoint,
        otherNames: otherNames(this.mounts, mount, real),
        filesystem: mount.type,
        device: mount.device,
        inside: insideOf(mount, real),
      };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /** The place of `path`, or none when nothing is there. */
  locateIfPresent(path: string): Located[] {
    return existsSync(path) ? [this.locate(path)] : [];
  }

  /** What a recursive bind of `path` carries along, each held open; vanished ones are left out. */
  locateBelow(path: string): Located[] {
    const located: Located[] = [];
    for (const mount of mountsBelow(this.mounts, path)) {
      try {
        const below = this.locate(mount.mountpoint);
        if (below.mountpoint === mount.mountpoint) located.push(below);
        else closeSync(below.fd); // hidden under a later mount: a bind of it shows that one
      } catch {
        // Unmounted meanwhile, or not reachable by name: then a bind has no use of it either.
      }
    }
    return located;
  }
}

function open(path: string): number {
  try {
    return openSync(path, O_PATH | O_CLOEXEC);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "it does not exist" : `${code}`;
    throw new LockcError(
      "LOCKC_E_MOUNT",
      `cannot open the mount source "${path}": ${reason}`,
      "create it or correct the path",
      { cause },
    );
  }
}

function notInTable(path: string): LockcError {
  return new LockcError(
    "LOCKC_E_MOUNT",
    `cannot tell which mount holds "${path}"`,
    "mount something that the host's mount table shows",
  );
}
