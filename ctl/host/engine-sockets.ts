// SPDX-License-Identifier: Apache-2.0
/**
 * Where the engines' sockets are for the kernel: a file system and a path inside it.
 * An engine that has not been started yet, or starts anew, has its socket at the same
 * place; so what exists of a path is resolved and the rest is appended.
 */
import { closeSync, existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { LockcError } from "../../core/errors.ts";
import { LOCKC_PSEUDO_DEPTH } from "../../core/generated/layout.ts";
import { MountTable } from "../../core/host/mounts.ts";

/** A socket's place: its file system's device, "major:minor", and the path inside. */
export interface SocketPlace {
  readonly device: string;
  readonly inside: string;
}

/** @param paths absolute paths (settings.engineSockets). */
export function locateSockets(paths: readonly string[]): SocketPlace[] {
  const table = new MountTable();
  return paths.map((path) => {
    let existing = path;
    let rest = "";
    while (!existsSync(existing)) {
      rest = `/${basename(existing)}${rest}`;
      existing = dirname(existing);
    }
    const { fd, device, inside } = table.locate(existing);
    closeSync(fd);
    const place = { device, inside: inside === "/" ? rest : `${inside}${rest}` };
    if (place.inside.split("/").length - 1 <= LOCKC_PSEUDO_DEPTH) return place;
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `engineSockets: "${path}" has too many components for the kernel half: "${place.inside}" inside its file system, and ${LOCKC_PSEUDO_DEPTH} at most`,
      "give the engine a socket with a shorter path",
    );
  });
}
