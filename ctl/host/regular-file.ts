// SPDX-License-Identifier: Apache-2.0
/** Files that people write, read without waiting for anybody: a FIFO would hold up a boot. */
import { constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { closing } from "../ffi/opened.ts";

/** More than a hundred times what such files have. */
const MAX_BYTES = 1 << 20;

/** What kept a file from being read, in words. */
export class NoRegularFile extends Error {}

/**
 * The content of a regular file, links followed.
 * @throws NoRegularFile for anything else and for more than 1 MiB; what the kernel refuses as it comes.
 */
export function readRegularFile(file: string): Buffer {
  requireRegular(statSync(file)); // to open a device may already do something
  using opened = closing(
    openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY),
  );
  requireRegular(fstatSync(opened.fd)); // it may be another one by now
  const bytes = Buffer.alloc(MAX_BYTES + 1); // some files do not tell their size
  let length = 0;
  for (let some = -1; some !== 0 && length <= MAX_BYTES; length += some) {
    some = readSync(opened.fd, bytes, length, bytes.length - length, null);
  }
  if (length > MAX_BYTES) throw new NoRegularFile("it has more than 1 MiB");
  return Buffer.from(bytes.subarray(0, length));
}

function requireRegular(found: Stats): void {
  if (found.isFile()) return;
  const kind = found.isFIFO()
    ? "a FIFO"
    : found.isDirectory()
      ? "a directory"
      : found.isSocket()
        ? "a socket"
        : "a device";
  throw new NoRegularFile(`it is ${kind}, no regular file`);
}
