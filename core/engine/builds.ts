// SPDX-License-Identifier: Apache-2.0
/**
 * Builds: what BuildKit and buildah mount into a RUN step (cache, secret, ssh, bind, the
 * step's hosts and resolv.conf, the emulator of its processor). Such a mount's source is another for each build, so no
 * policy can name it. Pure.
 *
 * BuildKit chooses every source itself; but a part of what a Dockerfile names is reached
 * through what may be a link (CVE-2024-23651, CVE-2024-23652). buildah first binds all that
 * it mounts, also what its user names by -v, to MNT/buildah-bind-target-N in the step's
 * bundle. So for both, what is mounted there counts, by its own names (Vouched.passage).
 */
import { dirname } from "node:path";
import { isWithin } from "../path.ts";
import { findLayer } from "./layers.ts";
import type { EngineContext, Vouched } from "./origin.ts";

/** TMPDIR of buildkitd, where nobody chose another; dockerd's is tmp below its root. */
const TEMPORARY = ["/tmp", "/var/tmp"];

/** What of a step lies outside of all engines' roots. */
export function findStep(path: string, context: EngineContext): Vouched | undefined {
  const { origin, bundle } = context;
  if (origin.engine === "buildah") return ofBuildah(path, bundle);
  if (origin.engine !== "buildkit") return undefined;
  const folder = TEMPORARY.find((candidate) => isWithin(path, candidate));
  const own = folder && temporary(path.slice(folder.length + 1));
  return own ? { directory: folder, passage: own === "passage" } : undefined;
}

/** buildah keeps caches (beside the user's number from 1.33 on) and ssh's sockets beside the bundle. */
function ofBuildah(path: string, bundle: string): Vouched | undefined {
  if (path !== bundle && isWithin(path, bundle)) return { directory: bundle, passage: true };
  const folder = dirname(bundle);
  if (!isWithin(path, folder)) return undefined;
  const [first = "", second] = path.slice(folder.length + 1).split("/");
  const kept = /^(buildah-cache(-\d+)?|\.buildah-ssh-sock\d+)$/.test(first) && second;
  return kept ? { directory: `${folder}/${first}`, passage: false } : undefined;
}

/** What BuildKit makes in its temporary directory; a mount of it may be a passage. */
function temporary(inside: string): "own" | "passage" | undefined {
  if (/^buildkit-mount\d+(\/|$)/.test(inside)) return "passage";
  return /^(buildkit-(secrets|qemu-emulator)|\.buildkit-ssh-sock)\d+\/./.test(inside)
    ? "own"
    : undefined;
}

/** What of a step BuildKit keeps below `root`, and up to where. */
export function ofBuildKit(
  root: string,
  inside: string,
  context: EngineContext,
): string | undefined {
  if (context.origin.engine !== "buildkit") return undefined;
  const path = `${root}/${inside}`;
  if (/^(buildkit\/)?([^/]+\/)?executor\/(hosts|resolv(-host)?\.conf)[^/]*$/.test(inside))
    return path;
  if (inside.startsWith("tmp/") && temporary(inside.slice(4)) === "own") return `${root}/tmp`;
  return SHOWN.exec(path)?.[0] ?? graphLayer(root, inside, context) ?? snapshot(path, context);
}

/** The same for a part of something: what is mounted there is not BuildKit's word. */
export function passageOfBuildKit(
  root: string,
  inside: string,
  { origin }: EngineContext,
): string | undefined {
  const passage = inside.startsWith("tmp/") && temporary(inside.slice(4)) === "passage";
  return passage && origin.engine === "buildkit" ? `${root}/tmp` : undefined;
}

/** Overlays that BuildKit mounts once for all steps that want the same. */
const SHOWN = /^.*\/buildkit\/[^/]+\/cachemounts\/buildkit\d+(?=\/|$)/;

/** An ID as BuildKit makes them (identity.NewID); those of containers and images are longer. */
const BUILDKIT_ID = /^[0-9a-z]{25}$/;

/** dockerd's graph drivers: layers that BuildKit made, or mounts that it took of an image. */
function graphLayer(root: string, inside: string, { records }: EngineContext) {
  const layer = findLayer(inside);
  if (layer === undefined) return undefined;
  const name = BUILDKIT_ID.test(layer.id)
    ? layer.id
    : layer.shown && records.dockerOwner(root, layer.driver, layer.id);
  return name && BUILDKIT_ID.test(name) ? `${root}/${layer.directory}` : undefined;
}

/** containerd's snapshots, by number; buildkitd's own lie in snapshots once more. */
const SNAPSHOT =
  /^.*\/(?:io\.containerd\.snapshotter\.v\d\.[^/]+|buildkit\/[^/]+\/snapshots)\/snapshots\/\d+(?:\/fs)?(?=\/|$)/;

/** Whether root file systems of steps are kept there, being below an engine's root. */
export function isKeptByBuildKit(path: string): boolean {
  return SHOWN.test(path) || SNAPSHOT.test(path);
}

/**
 * Whose snapshot a number is, only containerd's database tells: what a container that is
 * mounted writes to is none of a build's.
 */
function snapshot(path: string, { records }: EngineContext) {
  const directory = SNAPSHOT.exec(path)?.[0];
  if (directory === undefined) return undefined;
  const others = records.shownAt(directory).filter((mountpoint) => !isOfBuild(mountpoint));
  return others.length === 0 ? directory : undefined;
}

/** Where BuildKit mounts what its steps get. */
function isOfBuild(mountpoint: string): boolean {
  return (
    SHOWN.test(mountpoint) ||
    /\/buildkit\/([^/]+\/)?executor\/[^/]+\/rootfs$|\/tmp\/buildkit-mount\d+(\/|$)/.test(mountpoint)
  );
}
