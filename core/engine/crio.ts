// SPDX-License-Identifier: Apache-2.0
/**
 * What CRI-O mounts into the containers of its pods, beside what all of containers/storage has
 * in common (cri-o, server/container_create_linux.go). Pure.
 *
 * A pod's author may name any path of the host as hostPath, so none is CRI-O's for its place
 * alone: each is tied to the pod's own sandbox, by the ID that CRI-O writes after all that it
 * takes over from pods, or is the layer of an overlay, which no pod can ask for.
 */
import type { EngineContext, Manner } from "./origin.ts";

/** What it makes of all image volumes: an overlay, whose second layer is this, always empty. */
const IMAGE_VOLUMES = "/run/crio/image-volumes";

/** Whether CRI-O has the container: its bundle lies in containers/storage. */
export function isCrio({ origin, bundle }: Pick<EngineContext, "origin" | "bundle">): boolean {
  return origin.engine === "kubernetes" && bundle.endsWith("/userdata");
}

/**
 * Whether the file is the pod's own mark of a container, empty: CRI-O keeps it with the sandbox, in
 * the storage's run root, or in its graph root where the sandbox runs.
 * @param owner whose user data the file is in.
 */
export function isPodsMark(
  owner: string,
  file: string,
  destination: string,
  context: EngineContext,
): boolean {
  const place = file === ".containerenv" && destination === "/run/.containerenv";
  return place && isCrio(context) && owner === context.origin.sandboxId;
}

/** Whether it is a layer of an image volume, for reading, beside the image's own. */
export function isEmptyLayer(path: string, manner: Manner, context: EngineContext): boolean {
  return path === IMAGE_VOLUMES && isLayerToRead(manner) && isCrio(context);
}

/** Whether an overlay shows it as a lower layer. */
export function isLayerToRead({ readOnly, layers }: Manner): boolean {
  return readOnly && layers !== undefined;
}
