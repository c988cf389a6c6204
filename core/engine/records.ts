// SPDX-License-Identifier: Apache-2.0
/**
 * What engines write down about their layers: whose each is. Read only for mounts that
 * show one; whatever cannot be read is no answer.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { quietly } from "../errors.ts";
import type { EngineRecords, LayerOwner } from "./origin.ts";

/** docker: image/DRIVER/layerdb/mounts/NAME/mount-id (moby, layer/filestore.go). */
function dockerOwner(root: string, driver: string, layer: string): string | undefined {
  const folder = `${root}/image/${driver}/layerdb/mounts`;
  return quietly(() =>
    readdirSync(folder).find(
      (name) => quietly(() => readFileSync(`${folder}/${name}/mount-id`, "utf8")) === layer,
    ),
  );
}

/**
 * containers/storage: containers.json and volatile-containers.json name each container's
 * layer; buildah keeps buildah.json with its own.
 */
function storageOwner(root: string, driver: string, layer: string): LayerOwner | undefined {
  const folder = `${root}/${driver}-containers`;
  return quietly((): LayerOwner | undefined => {
    const lists = ["containers.json", "volatile-containers.json"]
      .map((name) => `${folder}/${name}`)
      .filter((file) => existsSync(file));
    if (lists.length === 0) return undefined;
    for (const list of lists) {
      const containers: { id: string; layer: string }[] = JSON.parse(readFileSync(list, "utf8"));
      const id = containers.find((container) => container.layer === layer)?.id;
      if (id === undefined) continue;
      const build = existsSync(`${folder}/${id}/userdata/buildah.json`);
      return { kind: build ? "build" : "container", id };
    }
    return { kind: "image" };
  });
}

/** @param shownAt where overlays are mounted, by the mount table. */
export function readRecords(shownAt: EngineRecords["shownAt"]): EngineRecords {
  return { dockerOwner, storageOwner, shownAt };
}
