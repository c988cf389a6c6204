// SPDX-License-Identifier: Apache-2.0
/** Docker keeps labels and names to itself: in config.v2.json beside the container's other files. */
import { readdirSync, readFileSync } from "node:fs";
import { LockcError } from "../errors.ts";
import type { Origin } from "./origin.ts";

interface DockerFacts {
  /** Those of the container and its image together. */
  readonly labels: Readonly<Record<string, string>>;
  /** What Docker calls the container. */
  readonly name?: string;
}

/**
 * A container's name and labels, as far as it is Docker's. The file is looked for by the
 * container's ID where Docker keeps its files, never beside something that the container
 * mounts: that could be anybody's.
 * @returns undefined when it is not Docker's; and when it is, but no such file is there.
 * @throws LOCKC_E_POLICY when the file is there but cannot be read.
 */
export function readDockerFacts(
  id: string,
  origin: Origin,
  engineRoots: readonly string[],
): DockerFacts | undefined {
  if (origin.engine !== "docker") return undefined;
  return readFirst(id, engineRoots) ?? readFirst(id, engineRoots.flatMap(remapped));
}

/** Nothing is looked for before it is read: what is gone in between would count as never there. */
function readFirst(id: string, roots: readonly string[]): DockerFacts | undefined {
  for (const root of roots) {
    const file = `${root}/containers/${id}/config.v2.json`;
    try {
      return factsOf(JSON.parse(readFileSync(file, "utf8")));
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") continue;
      throw new LockcError(
        "LOCKC_E_POLICY",
        `cannot read the labels of the container in "${file}": ${code ?? message}`,
        "see whether Docker can start it without lockc",
        { cause },
      );
    }
  }
  return undefined;
}

/** @throws Error for what Docker does not write. */
function factsOf(config: unknown): DockerFacts {
  if (!isObject(config) || !isObject(config.Config)) throw new Error("it has no Config");
  const labels = config.Config.Labels ?? {};
  if (!isObject(labels) || Object.values(labels).some((value) => typeof value !== "string")) {
    throw new Error("its labels are no texts");
  }
  const { Name: name } = config;
  return {
    labels: labels as Record<string, string>,
    ...(typeof name === "string" && { name: name.replace(/^\//, "") }),
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
