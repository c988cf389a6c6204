// SPDX-License-Identifier: Apache-2.0
/**
 * Names → identities. Each bind source is opened once (O_PATH, symlinks
 * followed, no side effect on devices, fifos or sockets); what admission judges
 * by name and what the kernel records by inode is that one descriptor. What the
 * runtime mounts later is compared with it, so a name that changes its meaning
 * in between gains nothing.
 */
import { closeSync, existsSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { LockcError } from "../errors.ts";
import { mountIdOf, O_CLOEXEC, O_PATH } from "../ffi/syscall.ts";
import { insideOf, type Mount, mountsBelow, otherNames, parseMountinfo } from "./mountinfo.ts";

/** What of the host a container is given, by whose it is and what may be done with it. */
export interface Given<P> {
  /** The root file system first, then devices and what is the engine's own. */
  readonly engines: readonly P[];
  /** What has a service account's token, whoever's it is. */
  readonly tokens: readonly P[];
  /** Directories of the host, by how they are mounted; the last only to be looked at, access: read-all. */
  readonly written: readonly P[];
  readonly read: readonly P[];
  readonly seen: readonly P[];
}

/** All of it, in the order in which it is granted. */
export function placesOf<P extends object>(given: Given<P>): P[] {
  const { engines, tokens, written, read, seen } = given;
  return engines.concat(tokens, written, read, seen);
}

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
  /** The file system's own options, as mountinfo has them. */
  readonly options: string;
  /** What it was mounted from: of a disk the path of a device. */
  readonly mountedFrom: string;
  /** The file that the file system lies in, where that is a loop device's. */
  readonly image: string | undefined;
}

/** The mount table of this process, read when first needed; of hundreds of lines few are parsed. */
export class MountTable {
  #lines: string | undefined;

  /** Each line between two line ends. */
  get #text(): string {
    this.#lines ??= `\n${readFileSync("/proc/self/mountinfo", "utf8")}\n`;
    return this.#lines;
  }

  #linesWith(part: string): string {
    const text = this.#text;
    let lines = "";
    for (let at = text.indexOf(part); at >= 0; ) {
      const end = text.indexOf("\n", at + 1);
      lines += text.slice(text.lastIndexOf("\n", at) + 1, end + 1);
      at = text.indexOf(part, end);
    }
    return lines;
  }

  /**
   * Opens and locates `path`.
   * @throws LOCKC_E_MOUNT when it cannot be opened or has no place in the table.
   */
  locate(path: string): Located {
    const fd = open(path);
    try {
      const real = readlinkSync(`/proc/self/fd/${fd}`);
      const id = mountIdOf(fd);
      const [mount] = id === undefined ? [] : parseMountinfo(this.#linesWith(`\n${id} `));
      if (mount === undefined || !real.startsWith(mount.mountpoint)) throw notInTable(path);
      // Where else in a line the device stands, otherNames does not take it for that.
      const others = parseMountinfo(this.#linesWith(` ${mount.device} `));
      return {
        fd,
        path: real,
        mountpoint: mount.mountpoint,
        otherNames: otherNames(others, mount, real),
        filesystem: mount.type,
        device: mount.device,
        inside: insideOf(mount, real),
        options: mount.options,
        mountedFrom: mount.source,
        image: imageOf(mount.device),
      };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /** Where `path` leads, not held open; undefined when nothing is there. */
  look(path: string): Omit<Located, "fd"> | undefined {
    if (!existsSync(path)) return undefined;
    const { fd, ...place } = this.locate(path);
    closeSync(fd);
    return place;
  }

  /** Where overlays are mounted whose upper layer is `directory`. */
  overlaysOf(directory: string): string[] {
    return parseMountinfo(this.#linesWith(`upperdir=${directory},`)).map(
      ({ mountpoint }) => mountpoint,
    );
  }

  /** The place of `path`, or none when nothing is there. */
  locateIfPresent(path: string): Located[] {
    return existsSync(path) ? [this.locate(path)] : [];
  }

  /** All of it. */
  all(): Mount[] {
    return parseMountinfo(this.#text);
  }

  /**
   * What a recursive bind of `path` carries along, each held open; vanished ones are left out, and
   * those that are not wanted.
   */
  locateBelow(path: string, isWanted: (mount: Mount) => boolean = () => true): Located[] {
    const located: Located[] = [];
    // The text can be searched for an ordinary path: the kernel escapes the others.
    const plain = path !== "/" && ![" ", "\t", "\n", "\\"].some((sign) => path.includes(sign));
    const lines = plain ? this.#linesWith(` ${path}/`) : this.#text;
    for (const mount of mountsBelow(parseMountinfo(lines), path).filter(isWanted)) {
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

/** Devices without a number of their own have major 0, and no file. */
function imageOf(device: string): string | undefined {
  if (device.startsWith("0:")) return undefined;
  // ".." of a partition is the disk: the kernel follows the link of the number first.
  for (const from of ["", "/.."]) {
    try {
      const text = readFileSync(`/sys/dev/block/${device}${from}/loop/backing_file`, "utf8");
      return text.replace(/\n$/, "");
    } catch {
      // No loop device.
    }
  }
  return undefined;
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
