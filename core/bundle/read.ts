// SPDX-License-Identifier: Apache-2.0
/** config.json → the facts we need. The only file that knows where OCI keeps them. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { absolute } from "./absolute.ts";
import type { Bundle } from "./bundle.ts";
import { factsOf } from "./facts.ts";
import { fault, parseConfig } from "./parse.ts";

/** Engines write some 10 KiB; a hundred times that is no config.json any more. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Reads and validates BUNDLE/config.json, once.
 * @param bundle the directory, maybe relative to the working directory.
 * @param config crun's --config: another file, relative to the working directory
 *   (crun, create.c), unless it is called config.json and nothing else.
 * @throws LOCKC_E_CONFIG naming the file, and the JSON pointer where there is one.
 */
export function readBundle(bundle: string, config = "config.json"): Bundle {
  const directory = absolute(bundle);
  const file = config === "config.json" ? `${directory}/config.json` : config;
  return factsOf(directory, parseConfig(file, readWhole(file)));
}

function readWhole(file: string): Uint8Array {
  let fd: number;
  try {
    // A pipe is told by fstat below; opening it must not wait for a writer.
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "it does not exist" : code;
    throw fault(file, `cannot be opened: ${reason}`, "pass --bundle the directory that holds it", {
      cause,
    });
  }
  try {
    const found = fstatSync(fd);
    if (!found.isFile()) throw fault(file, "is no regular file", "make it one");
    const { size } = found;
    if (size > LIMIT_BYTES) {
      throw fault(
        file,
        `has ${size} bytes, more than the ${LIMIT_BYTES} that lockc reads`,
        "shorten it",
      );
    }
    const bytes = new Uint8Array(size);
    let length = 0;
    for (let got = 1; got > 0 && length < size; length += got)
      got = readSync(fd, bytes, length, size - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}
