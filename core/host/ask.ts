// SPDX-License-Identifier: Apache-2.0
/** What admission asks of the host, each answer found when it is first needed. */
import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { NAMESPACES } from "../bundle/bundle.ts";
import { LockcError } from "../errors.ts";
import { O_CLOEXEC, O_PATH } from "../ffi/syscall.ts";
import { isWithin } from "../path.ts";
import type { DeviceNumbers, FileKind, Host } from "../rule/subject.ts";

/** @param sockets where engines may have their sockets (settings.engineSockets). */
export function askHost(sockets: readonly string[]): Host {
  return {
    exists: existsSync,
    deviceAt,
    kindAt,
    isHostNamespace,
    distrust,
    distrustPlace,
    engineSockets: once(() => sockets.flatMap(findSocket)),
    apparmor: once(
      // As engines ask (containerd, pkg/apparmor): the module runs, and its loader is there.
      () =>
        read("/sys/module/apparmor/parameters/enabled")?.startsWith("Y") === true &&
        existsSync("/sbin/apparmor_parser"),
    ),
    selinux: once(() => existsSync("/sys/fs/selinux/enforce")),
  };
}

/** The answer, found when it is first asked for. */
export function once<T>(find: () => T): () => T {
  let found: { value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function findSocket(path: string): { path: string; gid: number }[] {
  if (!existsSync(path)) return []; // no such engine here
  return [{ path: realpathSync.native(path), gid: statSync(path).gid }];
}

const S_IFMT = 0o170000;
const S_IFBLK = 0o060000;
const S_IFCHR = 0o020000;
const S_IFLNK = 0o120000;
const S_IFDIR = 0o040000;
const S_IFSOCK = 0o140000;
const S_ISVTX = 0o1000;
const S_IWGRP = 0o020;

/** The numbers of the device node at `path`, as gnu_dev_major and gnu_dev_minor split them. */
export function deviceAt(path: string): DeviceNumbers | undefined {
  if (!existsSync(path)) return undefined;
  const { mode, rdev } = statSync(path, { bigint: true });
  const kind = Number(mode) & S_IFMT;
  if (kind !== S_IFBLK && kind !== S_IFCHR) return undefined;
  return {
    type: kind === S_IFBLK ? "b" : "c",
    major: Number(((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n)),
    minor: Number((rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)),
  };
}

function kindAt(path: string): FileKind {
  if (!existsSync(path)) return "directory";
  switch (statSync(path).mode & S_IFMT) {
    case S_IFDIR:
      return "directory";
    case S_IFSOCK:
      return "socket";
    case S_IFBLK:
    case S_IFCHR:
      return "device";
    default:
      return "file";
  }
}

/**
 * Namespaces are told by device and inode (namespaces(7)). Besides init's, which
 * may not be for us to see, our own counts as the host's: it is what a container
 * shares that names none.
 */
function isHostNamespace(type: string, path: string): boolean {
  const file = NAMESPACES[type];
  const asked = identity(path);
  if (asked === undefined) {
    throw new LockcError(
      "LOCKC_E_NAMESPACE",
      `cannot open the ${type} namespace "${path}" that the container is to join`,
      "start the container anew whose namespace it is",
    );
  }
  return [`/proc/1/ns/${file}`, `/proc/self/ns/${file}`].some((own) => identity(own) === asked);
}

function identity(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/**
 * A program that runs as root on the host must be one that nobody but root can
 * put something else in the place of: itself, and each directory and link on the way.
 */
function distrust(program: string, rootfs: string): string | undefined {
  try {
    return judgeProgram(program, rootfs);
  } catch {
    return "it does not exist";
  }
}

/**
 * Where no container is given anything to write; whoever root lets put things there
 * (Debian's group staff, below /usr/local) is as good as root.
 */
const ROOTS_OWN = "/bin /etc /lib /lib32 /lib64 /libx32 /root /sbin /usr".split(" ");

function isRootsOwn(path: string): boolean {
  return ROOTS_OWN.some((directory) => isWithin(path, directory));
}

/**
 * Why what is found at `path` need not be the host's root's: somebody else can put it there,
 * or it may be shared with containers, whose files are root's as well. What is not there
 * yet, only root can make.
 */
function distrustPlace(path: string, rootfs: string): string | undefined {
  try {
    const led = follow(path, (at, mode) => (isRootsOwn(at) ? mode & ~S_IWGRP : mode));
    if ("reason" in led) return led.reason;
    if ("process" in led) return `${led.process} can lead anywhere`;
    if (isWithin(led.at, rootfs)) return "it lies in the container's own files";
    const own = led.at === "/" || isRootsOwn(led.at);
    return own ? undefined : "a directory there may be shared with containers";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : `it cannot be judged (${code})`;
  }
}

/** As many links as the kernel follows (path_resolution(7)). */
const MAX_LINKS = 40;

/** How far a path leads by root's word alone: to its end, or to why not, or to a link of a process. */
type Led =
  | { readonly at: string }
  | { readonly reason: string }
  | { readonly process: string; readonly last: boolean };

/**
 * Follows a path over each directory and link.
 * @param modeOf what of a mode counts.
 * @throws what lstat(2) says, where something is not there.
 */
function follow(path: string, modeOf: (path: string, mode: number) => number): Led {
  const left = path.split("/");
  let at = "/";
  for (let links = 0; left.length > 0; ) {
    const next = resolve(at, left.shift()!);
    const { uid, mode } = lstatSync(next);
    const link = (mode & S_IFMT) === S_IFLNK;
    // A link's mode says nothing.
    const reason = judgeOwner(next, { uid, mode: link ? 0 : modeOf(next, mode) });
    if (reason !== undefined) return { reason };
    if (!link) {
      at = next;
    } else if (/^\/proc\/\d+\//.test(next)) {
      return { process: next, last: left.length === 0 };
    } else {
      if (++links > MAX_LINKS) return { reason: "its links have no end" };
      const target = readlinkSync(next);
      left.unshift(...target.split("/"));
      if (isAbsolute(target)) at = "/";
    }
  }
  return { at };
}

function judgeProgram(program: string, rootfs: string): string | undefined {
  if (!isAbsolute(program)) return "its path is not absolute";
  // In a sticky directory nobody exchanges what is another's.
  const led = follow(program, (_, mode) => ((mode & S_ISVTX) !== 0 ? 0 : mode));
  if ("reason" in led) return led.reason;
  if ("process" in led) {
    return led.last ? judgeRunning(led.process, rootfs) : `${led.process} can lead anywhere`;
  }
  return isWithin(led.at, rootfs) ? "it lies in the container's own files" : undefined;
}

/** /proc/PID/exe: what it stands for is no name. */
function judgeRunning(link: string, rootfs: string): string | undefined {
  const fd = openSync(link, O_PATH | O_CLOEXEC);
  try {
    const file = fstatSync(fd);
    // A program that was replaced while it runs (an engine that was upgraded) has no
    // name any more under which somebody could exchange it.
    if (file.nlink === 0) return judgeOwner(link, file);
    const path = readlinkSync(`/proc/self/fd/${fd}`);
    const named = statSync(path);
    if (named.dev !== file.dev || named.ino !== file.ino) return `${path} is another file`;
    return judgeProgram(path, rootfs);
  } finally {
    closeSync(fd);
  }
}

function judgeOwner(
  path: string,
  { uid, mode }: { readonly uid: number; readonly mode: number },
): string | undefined {
  if (uid !== 0) return `${path} belongs to user ${uid}`;
  return (mode & 0o022) !== 0 ? `others may write ${path}` : undefined;
}
