// SPDX-License-Identifier: Apache-2.0
/** Where storage drivers keep layers, and which layers an overlay shows. Pure. */

/** A layer of a storage driver, by a path below the engine's root. */
interface Layer {
  readonly driver: string;
  readonly id: string;
  /** Up to where it goes, below the engine's root. */
  readonly directory: string;
  /** Whether that is what the layer shows, with all below it, and not what is written to it alone. */
  readonly shown: boolean;
}

/** Drivers that keep what is written apart from what is shown, and those that keep one tree. */
const APART = /^(overlay2?|fuse-overlayfs)\/([^/]+)\/(merged|diff)(?=\/|$)/;
const WHOLE = /^(vfs\/dir|btrfs\/subvolumes|zfs\/graph)\/([^/]+)(?=\/|$)/;

/** The layer of docker's graph drivers or containers/storage that `inside` lies in. */
export function findLayer(inside: string): Layer | undefined {
  const [directory, driver, id, part = "merged"] = APART.exec(inside) ?? WHOLE.exec(inside) ?? [];
  if (directory === undefined || id === "l") return undefined;
  return { driver: driver!.split("/")[0]!, id: id!, directory, shown: part === "merged" };
}

/** One directory that an overlay is made of. */
export interface OverlayLayer {
  readonly path: string;
  readonly readOnly: boolean;
}

const LOWER = new Set(["lowerdir", "lowerdir+", "datadir+"]);
const UPPER = new Set(["upperdir", "workdir"]);
/** They change how the layers are put together, and name nothing. */
const HARMLESS = new Set(
  "index metacopy nfs_export redirect_dir uuid verity xino fsync".split(" "),
);

/**
 * The layers of an overlay (Documentation/filesystems/overlayfs.rst).
 * @param options as config.json or mountinfo has them.
 * @returns undefined when not all that it shows is told: an option with a value that is not
 *   known, a path that is relative or written with escapes.
 */
export function layersOf(options: readonly string[]): OverlayLayer[] | undefined {
  const layers: OverlayLayer[] = [];
  for (const option of options.join(",").split(",")) {
    const [name = "", ...rest] = option.split("=");
    const value = rest.join("=");
    if (UPPER.has(name)) layers.push({ path: value, readOnly: false });
    else if (LOWER.has(name)) {
      const paths = value.split(":").filter(Boolean);
      layers.push(...paths.map((path) => ({ path, readOnly: true })));
    } else if (rest.length > 0 && !HARMLESS.has(name)) return undefined;
  }
  const told = layers.some(({ readOnly }) => readOnly);
  const plain = layers.every(({ path }) => path.startsWith("/") && !path.includes("\\"));
  return told && plain ? layers : undefined;
}
