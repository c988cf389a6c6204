// SPDX-License-Identifier: Apache-2.0
/** Containers that exist, under lockc or not, by the state that their runtime keeps of them. */
import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readDockerFacts } from "../../core/engine/docker.ts";
import { LockcError, quietly } from "../../core/errors.ts";
import { findNearest } from "../../core/suggest.ts";
import { readRecords } from "../container/containers.ts";
import { bundleAt } from "../container/origin.ts";
import type { Places } from "../host/places.ts";
import { openMaps, readContainers } from "../kernel/pins.ts";
import { visible } from "../screen/terminal.ts";

interface Existing {
  readonly id: string;
  readonly directory: string;
  /** Under which it runs; undefined: it is not under lockc. */
  readonly policy: string | undefined;
}

/** Where engines have runc and crun keep the state of their containers; a star is any name. */
const ROOTS = [
  "/run/docker/runtime-*/*",
  "/run/containerd/runc/*",
  "/run/docker/containerd/runc/*",
  "/run/runc",
  "/run/crun",
];

/**
 * @param word an ID, its beginning, or a name.
 * @param roots where runtimes keep state, as ROOTS has it.
 * @throws LOCKC_E_CONTAINER when there is none, more than one, or its bundle is gone.
 */
export function findExisting(
  places: Places,
  word: string,
  engineRoots: readonly string[],
  roots: readonly string[] = ROOTS,
): Existing {
  const held = recordsOf(places);
  // Docker calls /run by its older name, /var/run.
  const known = new Set(held.map(({ root, id }) => stateOf(root, id)));
  const others = roots
    .flatMap(expand)
    .flatMap((root) => (quietly(() => readdirSync(root)) ?? []).map((id) => ({ root, id })))
    .filter(({ root, id }) => !known.has(stateOf(root, id)))
    .map(({ root, id }) => ({ root, id, name: nameOf(id, engineRoots), policy: undefined }));
  const all = [...held, ...others];
  const exact = all.filter(({ id, name }) => word === id || word === name);
  const meant =
    exact.length > 0 ? exact : all.filter(({ id }) => word !== "" && id.startsWith(word));
  const [found, ...more] = meant;
  if (found === undefined) {
    const names = all.flatMap(({ id, name }) => (name ? [id, name] : [id]));
    const nearest = findNearest(word, names);
    throw new LockcError(
      "LOCKC_E_CONTAINER",
      `no container that exists is called "${word}"`,
      nearest
        ? `did you mean "${visible(nearest)}"?`
        : "give the ID or name of one that runs, or --bundle, --compose or --pod",
    );
  }
  if (more.length > 0) {
    const ids = meant.map(({ id }) => visible(id)).join(", ");
    throw new LockcError(
      "LOCKC_E_CONTAINER",
      `"${word}" means more than one container: ${ids}`,
      "give more of the ID",
    );
  }
  const directory = bundleAt(join(found.root, found.id));
  if (directory !== undefined) return { id: found.id, directory, policy: found.policy };
  throw new LockcError(
    "LOCKC_E_CONTAINER",
    `the runtime's state of container "${visible(found.id)}" tells no bundle`,
    "give the directory with its config.json (--bundle)",
  );
}

/** By whatever name of the directory. */
function stateOf(root: string, id: string): string {
  const state = join(root, id);
  return quietly(() => realpathSync(state)) ?? state;
}

/** None where lockc is not loaded, or is not ours to see. */
function recordsOf({ pins }: Places) {
  using maps = quietly(() => openMaps(pins));
  return maps && readContainers(maps) ? readRecords(maps) : [];
}

/** Each star stands for the directories there. */
function expand(pattern: string): string[] {
  return pattern
    .split("/")
    .slice(1)
    .reduce<string[]>(
      (paths, part) =>
        paths.flatMap((path) => {
          if (!part.includes("*")) return [join(path, part)];
          const begins = part.slice(0, part.indexOf("*"));
          const names = quietly(() => readdirSync(path)) ?? [];
          return names.filter((name) => name.startsWith(begins)).map((name) => join(path, name));
        }),
      ["/"],
    );
}

function nameOf(id: string, engineRoots: readonly string[]): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
  const docker = { engine: "docker", sandbox: false } as const;
  return quietly(() => readDockerFacts(id, docker, engineRoots)?.name);
}
