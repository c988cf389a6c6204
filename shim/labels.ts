// SPDX-License-Identifier: Apache-2.0
/** Docker keeps labels to itself: in config.v2.json beside the container's other files. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Origin } from "./engine.ts";
import { LockcError } from "./errors.ts";

/**
 * The value of a container's label, undefined when it has none or is not Docker's.
 * The file is looked for by the container's ID where Docker keeps its files, never
 * beside something that the container mounts: that could be anybody's.
 * @throws LOCKC_E_POLICY when the file is there but cannot be read.
 */
export function readDockerLabel(
  key: string,
  id: string,
  origin: Origin,
  engineRoots: readonly string[],
): string | undefined {
  if (origin.engine !== "docker") return undefined;
  const file = findFile(id, engineRoots) ?? findFile(id, engineRoots.flatMap(remapped));
  if (file === undefined) return undefined;
  try {
    const label: unknown = JSON.parse(readFileSync(file, "utf8"))?.Config?.Labels?.[key];
    return typeof label === "string" ? label : undefined;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new LockcError(
      "LOCKC_E_POLICY",
      `cannot read the labels of the container in "${file}": ${code ?? message}`,
      "see whether Docker can start it without lockc",
      { cause },
    );
  }
}

function findFile(id: string, roots: readonly string[]): string | undefined {
  const files = roots.map((root) => `${root}/containers/${id}/config.v2.json`);
  return files.find((file) => existsSync(file));
}

/** dockerd --userns-remap keeps everything below UID.GID of its root, also --userns=host. */
function remapped(root: string): string[] {
  try {
    const names = readdirSync(root).filter((name) => /^\d+\.\d+$/.test(name));
    return names.map((name) => `${root}/${name}`);
  } catch {
    return []; // no such engine here, or what is wrong with it shows later
  }
}
