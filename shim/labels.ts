// SPDX-License-Identifier: Apache-2.0
/** Docker keeps labels and names to itself: in config.v2.json beside the container's other files. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Origin } from "./engine.ts";
import { LockcError } from "./errors.ts";

export interface DockerFacts {
  readonly label?: string;
  /** What Docker calls the container. */
  readonly name?: string;
}

/**
 * A container's name and the value of its label `key`, as far as it is Docker's and has them.
 * The file is looked for by the container's ID where Docker keeps its files, never
 * beside something that the container mounts: that could be anybody's.
 * @throws LOCKC_E_POLICY when the file is there but cannot be read.
 */
export function readDockerFacts(
  key: string,
  id: string,
  origin: Origin,
  engineRoots: readonly string[],
): DockerFacts {
  if (origin.engine !== "docker") return {};
  const file = findFile(id, engineRoots) ?? findFile(id, engineRoots.flatMap(remapped));
  if (file === undefined) return {};
  try {
    const config = JSON.parse(readFileSync(file, "utf8"));
    const label: unknown = config?.Config?.Labels?.[key];
    const name: unknown = config?.Name;
    return {
      ...(typeof label === "string" && { label }),
      ...(typeof name === "string" && { name: name.replace(/^\//, "") }),
    };
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
