// SPDX-License-Identifier: Apache-2.0
/**
 * Engines: which one made a bundle, and what it mounts into every container on
 * its own (hostname, hosts, resolv.conf, /dev/shm, volumes, the kubelet's pod
 * directories, what a build step asks for). docs/engines.md lists all of it. Pure.
 *
 * Each such mount is tied to the container, sandbox or pod it belongs to; a whole
 * tree such as /var/lib/docker never is. Only the files that containers sharing a
 * network or IPC namespace share as well may be another container's, and only
 * at the one place where engines put them.
 *
 * The engine is told by the bundle's own path, which no user of an engine can
 * choose. Annotations count only where the engine that writes them is known, for
 * under Docker and Podman anybody may write any.
 */
import { isWithin } from "../path.ts";
import { findStep, isKeptByBuildKit, ofBuildKit, passageOfBuildKit } from "./builds.ts";
import { isCrio, isEmptyLayer, isLayerToRead, isPodsMark } from "./crio.ts";
import { findLayer } from "./layers.ts";
import { type EngineContext, isMapping, type Manner, type Origin, type Vouched } from "./origin.ts";

/** Shared file → where it appears in the container (moby, containers/common, containerd CRI). */
const SHARED: Readonly<Record<string, string>> = {
  hostname: "/etc/hostname",
  hosts: "/etc/hosts",
  "resolv.conf": "/etc/resolv.conf",
  "mounts/shm": "/dev/shm",
  shm: "/dev/shm",
};

const WRITABLE: Manner = { readOnly: false };

/**
 * Whether `path` is the engine's own, and up to which directory; undefined when it is not.
 * @param manner how it is mounted: nobody may write where an image is kept.
 */
export function findVouched(
  path: string,
  destination: string,
  context: EngineContext,
  manner = WRITABLE,
): Vouched | undefined {
  const step = findStep(path, context);
  if (step !== undefined) return step;
  if (isEmptyLayer(path, manner, context)) return { directory: path, passage: false };
  const configured = context.engineRoots.find((candidate) => isWithin(path, candidate));
  if (configured === undefined || path === configured) return undefined;
  // dockerd --userns-remap keeps everything below UID.GID of its root.
  const first = path.slice(configured.length + 1).split("/", 1)[0]!;
  const root = isMapping(first) ? `${configured}/${first}` : configured;
  const inside = path.slice(root.length + 1);
  const passage = passageOf(root, inside, context) ?? passageOfBuildKit(root, inside, context);
  if (passage !== undefined) return { directory: passage, passage: true };
  const directory =
    ownFiles(root, inside, destination, context) ??
    volume(root, inside) ??
    ofBuildKit(root, inside, context) ??
    imageMount(root, inside, context) ??
    storageLayer(root, inside, manner, context) ??
    plugin(root, inside, destination, context) ??
    sandbox(root, inside, destination, manner, context) ??
    pod(root, inside, context.origin);
  return directory === undefined ? undefined : { directory, passage: false };
}

/**
 * The directory up to which the engine vouches for `path`: mounts inside it are
 * not the engine's word any more. undefined when it is not the engine's.
 */
export function findEngineManaged(
  path: string,
  destination: string,
  context: EngineContext,
): string | undefined {
  return findVouched(path, destination, context)?.directory;
}

/** DRIVER-containers. */
function isPodmans(folder: string): boolean {
  return folder.endsWith("-containers") && /^[a-z]+-containers$/.test(folder);
}

/** docker: containers/ID/…; podman: overlay-containers/ID/userdata/…. */
function ownFiles(root: string, inside: string, destination: string, context: EngineContext) {
  const { id, origin } = context;
  const [folder = "", owner, ...names] = inside.split("/");
  const docker = folder === "containers";
  const podman = isPodmans(folder) && names.shift() === "userdata";
  const file = names.join("/");
  if (!(docker || podman) || !owner || file === "") return undefined;
  const own = podman ? isOwnContainer(root, owner, context) : owner === id;
  const allowed =
    // Its own, or of the container whose namespaces it joins: in a pod only the sandbox.
    (SHARED[file] === destination &&
      (own || origin.engine !== "kubernetes" || owner === origin.sandboxId)) ||
    (own && docker && isWithin(file, "mounts/secrets")) ||
    (own && podman) ||
    (podman && isPodsMark(owner, file, destination, context));
  return allowed ? `${root}/${inside}` : undefined;
}

/** containers/storage: the container that has the root file system. */
function ownerOfRoot(root: string, { rootNames, records }: EngineContext) {
  for (const name of rootNames) {
    const layer = isWithin(name, root) ? findLayer(name.slice(root.length + 1)) : undefined;
    const owner = layer && records.storageOwner(root, layer.driver, layer.id);
    if (owner !== undefined && owner.kind !== "image") return owner;
  }
  return undefined;
}

/** docker, podman: volumes/NAME/_data and below. */
function volume(root: string, inside: string) {
  const match = /^(volumes)\/[^/]+\/_data(\/|$)/.exec(inside);
  return match === null ? undefined : `${root}/${match[1]}`;
}

/**
 * Where docker (26) and podman (5.4) mount the part of a volume, tmp/safe-mountN and
 * userdata/subpathN, and podman an overlay (:O) that it does not leave to the runtime.
 */
function passageOf(root: string, inside: string, context: EngineContext) {
  const { engine } = context.origin;
  const [folder = "", first = "", second = "", third = ""] = inside.split("/");
  if (engine === "docker" && folder === "tmp" && /^safe-mount\d+$/.test(first)) {
    return `${root}/tmp`;
  }
  const own = isPodmans(folder) && second === "userdata" && isOwnContainer(root, first, context);
  return own && /^(subpath\d+|overlay)$/.test(third)
    ? `${root}/${folder}/${first}/userdata`
    : undefined;
}

/** Podman's container itself, or buildah's working container of the step. */
function isOwnContainer(root: string, owner: string, context: EngineContext): boolean {
  const { id, origin } = context;
  if (origin.engine === "buildah") return owner !== "" && owner === ownerOfRoot(root, context)?.id;
  return owner === id;
}

/** Docker 28, type=image: a layer that it makes of the image for this very container, as ID-NAME. */
function imageMount(root: string, inside: string, { id, origin, records }: EngineContext) {
  if (origin.engine !== "docker") return undefined;
  const [folder, snapshotter, name = ""] = inside.split("/");
  if (folder === "rootfs" && snapshotter && name.startsWith(`${id}-`)) {
    return `${root}/rootfs/${snapshotter}/${name}`;
  }
  const layer = findLayer(inside);
  if (layer?.shown !== true) return undefined;
  const owner = records.dockerOwner(root, layer.driver, layer.id);
  return owner?.startsWith(`${id}-`) ? `${root}/${layer.directory}` : undefined;
}

/**
 * containers/storage: an image's layer, for reading; for a build also the working containers
 * of builds (its stages). Never what a container writes.
 */
function storageLayer(root: string, inside: string, manner: Manner, context: EngineContext) {
  const { origin, records } = context;
  const { engine } = origin;
  // CRI-O's pods name paths themselves, but not an overlay's.
  const reads = isCrio(context) ? isLayerToRead(manner) : manner.readOnly;
  if (engine !== "podman" && engine !== "buildah" && !isCrio(context)) return undefined;
  const layer = findLayer(inside);
  if (layer?.shown !== true) return undefined;
  // Records in which the container itself is not found are not those that count.
  if (ownerOfRoot(root, context) === undefined) return undefined;
  const owner = records.storageOwner(root, layer.driver, layer.id)?.kind;
  const given = (owner === "image" && reads) || (owner === "build" && engine === "buildah");
  return given ? `${root}/${layer.directory}` : undefined;
}

/** Docker's managed plugins: where it meets them, and what they mount for others. */
function plugin(root: string, inside: string, destination: string, { id, origin }: EngineContext) {
  if (origin.engine !== "plugin") return undefined;
  const meeting = inside === `plugins/${id}` && destination === "/run/docker/plugins";
  return meeting || inside === `plugins/${id}/propagated-mount` ? `${root}/${inside}` : undefined;
}

const HOSTS_FILES: readonly string[] = ["/etc/hosts", "/etc/resolv.conf"];

/**
 * Whether it is a file of the host's that dockerd itself shows to each plugin with a network, whichever
 * (moby, plugin/v2/plugin_linux.go). Its name counts, not where that leads: root chose that.
 */
export function isPluginsOfHost(
  mount: { readonly source: string; readonly destination: string; readonly readOnly: boolean },
  { engine }: Origin,
): boolean {
  const { source, destination, readOnly } = mount;
  return engine === "plugin" && readOnly && source === destination && HOSTS_FILES.includes(source);
}

/** containerd's CRI plug-in: the container's own sandbox, the volumes of its image, images as volumes. */
function sandbox(
  root: string,
  inside: string,
  destination: string,
  manner: Manner,
  { id, origin }: EngineContext,
) {
  const match =
    /^(io\.containerd\.grpc\.v1\.cri\/(sandboxes|containers|image-volumes)\/([^/]+))\/(.+)$/.exec(
      inside,
    );
  if (match === null || origin.engine !== "kubernetes") return undefined;
  const [, directory, kind, owner, file] = match;
  if (kind === "containers") {
    return owner === id && /^volumes\//.test(file!) ? `${root}/${directory}` : undefined;
  }
  if (owner !== origin.sandboxId) return undefined;
  if (kind === "sandboxes") return SHARED[file!] === destination ? `${root}/${inside}` : undefined;
  // By the image's digest; containerd mounts it there itself, and lets none be written to.
  const [image] = /^[0-9a-f]{64,128}(?=\/|$)/.exec(file!) ?? [];
  return image !== undefined && manner.readOnly ? `${root}/${directory}/${image}` : undefined;
}

/** kubelet: the pod's own volumes, /etc/hosts and termination logs. */
function pod(root: string, inside: string, { podUid }: Origin) {
  const match = /^(pods\/([^/]+))\/(volumes|volume-subpaths|etc-hosts|containers)(\/|$)/.exec(
    inside,
  );
  return match === null || match[2] !== podUid ? undefined : `${root}/${match[1]}`;
}

/** Whether the kubelet keeps `path` for the container's own pod. */
export function isPods(path: string, { engineRoots, origin }: EngineContext): boolean {
  return engineRoots.some(
    (root) => isWithin(path, root) && pod(root, path.slice(root.length + 1), origin) !== undefined,
  );
}

/**
 * Whether the kubelet mounts a local persistent volume of the container's own pod there: the
 * directory that a PersistentVolume names, which only the cluster's administrator makes.
 */
export function isLocalVolume(mountpoint: string, context: EngineContext): boolean {
  return (
    isPods(mountpoint, context) &&
    /\/pods\/[^/]+\/volumes\/kubernetes\.io~local-volume\/[^/]+$/.test(mountpoint)
  );
}

/**
 * Whether `path` is where an engine shows a pod's volume once more: CSI's staging
 * (globalmount), or a directory of another pod that has the same volume. Good as a
 * second name of what the engine vouches for, not as a mount source.
 */
export function isEngineStaging(path: string, context: EngineContext): boolean {
  return context.engineRoots.some(
    (root) =>
      isWithin(path, `${root}/plugins/kubernetes.io`) ||
      (isWithin(path, `${root}/pods`) &&
        /^\/[^/]+\/(volumes|volume-subpaths)\//.test(path.slice(`${root}/pods`.length))),
  );
}

/** Storage drivers of docker and podman, docker's plugins. */
const DRIVERS: ReadonlySet<string> = new Set(
  "overlay overlay2 fuse-overlayfs vfs btrfs zfs devicemapper aufs rootfs plugins".split(" "),
);

/**
 * Docker's data-root, Podman's graph root or BuildKit's root, told by where the container
 * itself lies: the root file system, the bundle. That is the engine's word, not its user's;
 * Podman's user may choose the root file system. undefined where it is not told so.
 */
export function findDataRoot(
  { directory, root }: { readonly directory: string; readonly root: string },
  { engine }: Origin,
): string | undefined {
  if (engine === "podman") return directory.split("/").slice(0, -3).join("/") || undefined;
  if (engine === "buildkit") return findBuildKitRoot(directory);
  if (engine !== "docker" && engine !== "plugin") return undefined;
  const names = root.split("/");
  const at = names.findLastIndex((name) => DRIVERS.has(name));
  // DATA-ROOT/overlay2/ID/merged, with containerd's images DATA-ROOT/rootfs/overlayfs/ID
  if (at < 2 || at > names.length - 2) return undefined;
  const end = isMapping(names[at - 1]!) ? at - 1 : at;
  return end < 2 ? undefined : names.slice(0, end).join("/");
}

/** DATA-ROOT/buildkit/executor/ID, and of buildkitd ROOT/WORKER/executor/ID. */
function findBuildKitRoot(bundle: string): string | undefined {
  const [, root, folder] = /^(\/.+)\/([^/]+)\/executor\/[^/]+$/.exec(bundle) ?? [];
  if (root === undefined || folder !== "buildkit") return root;
  const [, data, mapping] = /^(\/.+)\/([^/]+)$/.exec(root) ?? [];
  return mapping !== undefined && isMapping(mapping) ? data : root;
}

/** What containerd's plug-ins that keep root file systems begin with. */
const SNAPSHOTTER = "io.containerd.snapshotter.v";

/** Whether `path` is where an engine keeps root file systems. */
export function isRootStorage(
  path: string,
  { engineRoots, origin }: Pick<EngineContext, "engineRoots" | "origin">,
): boolean {
  return engineRoots.some((root) => {
    if (!isWithin(path, root)) return false;
    if (origin.engine === "buildkit" && isKeptByBuildKit(path)) return true;
    const names = path.slice(root.length + 1).split("/");
    if (isMapping(names[0]!)) names.shift();
    const [folder = "", first = "", second, third = ""] = names;
    if (isPodmans(folder)) return first !== "" && second === "rootfs" && third !== ""; // pause roots
    return first !== "" && (DRIVERS.has(folder) || folder.startsWith(SNAPSHOTTER));
  });
}
