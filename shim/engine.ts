// SPDX-License-Identifier: Apache-2.0
/**
 * Engines: which one made a bundle, and what it mounts into every container on
 * its own (hostname, hosts, resolv.conf, /dev/shm, volumes, the kubelet's pod
 * directories). Pure.
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
import { isWithin } from "./mountinfo.ts";

export type Engine = "docker" | "buildkit" | "podman" | "containerd" | "kubernetes" | "other";

/** Where a container comes from. */
export interface Origin {
  readonly engine: Engine;
  /** Kubernetes: a pod's sandbox ("pause"), which carries the runtime's defaults. */
  readonly sandbox: boolean;
  /** Kubernetes: the pod's namespace and UID, the sandbox's ID. */
  readonly namespace?: string | undefined;
  readonly podUid?: string | undefined;
  readonly sandboxId?: string | undefined;
}

export interface EngineContext {
  /** Container ID as the runtime got it. */
  readonly id: string;
  /** Directories that engines manage (settings.engineRoots). */
  readonly engineRoots: readonly string[];
  readonly origin: Origin;
}

type Annotations = Readonly<Record<string, string>>;

const NOT_KUBERNETES = { sandbox: false } as const;

/**
 * Who made the bundle.
 * @param bundle its path without symbolic links.
 * @returns undefined when CRI-O's annotations contradict each other: a pod's label
 *   can take the place of the namespace that CRI-O wrote (cri-o, sandbox_run_linux.go).
 */
export function identifyOrigin(bundle: string, annotations: Annotations): Origin | undefined {
  // containerd: STATE/io.containerd.runtime.v2.task/NAMESPACE/ID
  const [runtime = "", task, id] = bundle.split("/").slice(-3);
  if (runtime.startsWith("io.containerd.runtime.v") && task && id) {
    // dockerd --userns-remap takes a namespace for each mapping: moby-UID.GID.
    if (task === "moby" || (task.startsWith("moby-") && isMapping(task.slice(5)))) {
      return { engine: "docker", ...NOT_KUBERNETES };
    }
    if (task === "k8s.io") return ofContainerd(annotations);
    return { engine: "containerd", ...NOT_KUBERNETES };
  }
  if (/\/buildkit\/(?:[^/]+\/)?executor\/[^/]+$/.test(bundle)) {
    return { engine: "buildkit", ...NOT_KUBERNETES };
  }
  if (/\/[a-z]+-containers\/[^/]+\/userdata$/.test(bundle)) {
    // CRI-O keeps bundles in the storage's run root, Podman in its graph root.
    const crio = bundle.startsWith("/run/") && annotations["io.container.manager"] === "cri-o";
    return crio ? ofCrio(annotations) : { engine: "podman", ...NOT_KUBERNETES };
  }
  return { engine: "other", ...NOT_KUBERNETES };
}

/** UID.GID, as dockerd --userns-remap names a mapping. */
function isMapping(name: string): boolean {
  return name.includes(".") && /^\d+\.\d+$/.test(name);
}

/** containerd writes these after what it passes on from pods, so they are its own. */
function ofContainerd(annotations: Annotations): Origin {
  const type = annotations["io.kubernetes.cri.container-type"];
  if (type === undefined) return { engine: "containerd", ...NOT_KUBERNETES };
  return {
    engine: "kubernetes",
    sandbox: type === "sandbox",
    namespace: annotations["io.kubernetes.cri.sandbox-namespace"],
    podUid: annotations["io.kubernetes.cri.sandbox-uid"],
    sandboxId: annotations["io.kubernetes.cri.sandbox-id"],
  };
}

/** The kubelet writes its labels after the pod's own, so io.kubernetes.pod.* are its own. */
function ofCrio(annotations: Annotations): Origin | undefined {
  const namespace = annotations["io.kubernetes.pod.namespace"];
  const written = annotations["io.kubernetes.cri-o.Namespace"];
  if (written !== undefined && written !== namespace) return undefined;
  return {
    engine: "kubernetes",
    sandbox: annotations["io.kubernetes.cri-o.ContainerType"] === "sandbox",
    namespace,
    podUid: annotations["io.kubernetes.pod.uid"],
    sandboxId: annotations["io.kubernetes.cri-o.SandboxID"],
  };
}

/** Kubernetes: NAMESPACE/POD/CONTAINER, and of a sandbox without the last. Podman tells none. */
export function containerName(annotations: Annotations, origin: Origin): string | undefined {
  const { engine, namespace, sandbox } = origin;
  const pod =
    annotations["io.kubernetes.cri.sandbox-name"] ?? annotations["io.kubernetes.pod.name"];
  const container =
    annotations["io.kubernetes.cri.container-name"] ?? annotations["io.kubernetes.container.name"];
  if (engine !== "kubernetes" || pod === undefined) return undefined;
  return [namespace, pod, sandbox ? undefined : container].filter(Boolean).join("/");
}

/** Shared file → where it appears in the container (moby, containers/common, containerd CRI). */
const SHARED: Readonly<Record<string, string>> = {
  hostname: "/etc/hostname",
  hosts: "/etc/hosts",
  "resolv.conf": "/etc/resolv.conf",
  "mounts/shm": "/dev/shm",
  shm: "/dev/shm",
};

/**
 * The directory up to which the engine vouches for `path`: mounts inside it are
 * not the engine's word any more. undefined when it is not the engine's.
 */
export function findEngineManaged(
  path: string,
  destination: string,
  context: EngineContext,
): string | undefined {
  const configured = context.engineRoots.find((candidate) => isWithin(path, candidate));
  if (configured === undefined || path === configured) return undefined;
  // dockerd --userns-remap keeps everything below UID.GID of its root.
  const first = path.slice(configured.length + 1).split("/", 1)[0]!;
  const root = isMapping(first) ? `${configured}/${first}` : configured;
  const inside = path.slice(root.length + 1);
  return (
    ownFiles(root, inside, destination, context) ??
    volume(root, inside) ??
    buildStep(root, inside, context.origin) ??
    sandbox(root, inside, destination, context) ??
    pod(root, inside, context.origin)
  );
}

/** DRIVER-containers. */
function isPodmans(folder: string): boolean {
  return folder.endsWith("-containers") && /^[a-z]+-containers$/.test(folder);
}

/** docker: containers/ID/…; podman: overlay-containers/ID/userdata/…. */
function ownFiles(
  root: string,
  inside: string,
  destination: string,
  { id, origin }: EngineContext,
) {
  const [folder = "", owner, ...names] = inside.split("/");
  const docker = folder === "containers";
  const podman = isPodmans(folder) && names.shift() === "userdata";
  const file = names.join("/");
  if (!(docker || podman) || !owner || file === "") return undefined;
  const own = owner === id;
  const allowed =
    // Its own, or of the container whose namespaces it joins: in a pod only the sandbox.
    (SHARED[file] === destination &&
      (own || origin.engine !== "kubernetes" || owner === origin.sandboxId)) ||
    (own && docker && isWithin(file, "mounts/secrets")) ||
    (own && podman);
  return allowed ? `${root}/${inside}` : undefined;
}

/** docker, podman: volumes/NAME/_data and below. */
function volume(root: string, inside: string) {
  const match = /^(volumes)\/[^/]+\/_data(\/|$)/.exec(inside);
  return match === null ? undefined : `${root}/${match[1]}`;
}

/** BuildKit inside dockerd: the executor's files and the mounts of a RUN step, for such steps. */
function buildStep(root: string, inside: string, { engine }: Origin) {
  const managed =
    /^(buildkit\/executor\/(hosts|resolv\.conf)[^/]*|tmp\/buildkit-mount\d+(\/.*)?)$/.test(inside);
  return managed && engine === "buildkit" ? `${root}/${inside}` : undefined;
}

/** containerd's CRI plug-in: the container's own sandbox, and the volumes of its image. */
function sandbox(root: string, inside: string, destination: string, { id, origin }: EngineContext) {
  const match = /^(io\.containerd\.grpc\.v1\.cri\/(sandboxes|containers)\/([^/]+))\/(.+)$/.exec(
    inside,
  );
  if (match === null || origin.engine !== "kubernetes") return undefined;
  const [, directory, kind, owner, file] = match;
  if (kind === "containers") {
    return owner === id && /^volumes\//.test(file!) ? `${root}/${directory}` : undefined;
  }
  return owner === origin.sandboxId && SHARED[file!] === destination
    ? `${root}/${inside}`
    : undefined;
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
 * Docker's data-root or Podman's graph root, told by where the container itself lies: the
 * root file system, the bundle. That is the engine's word, not its user's; Podman's user
 * may choose the root file system. undefined where it is not told so.
 */
export function findDataRoot(
  { directory, root }: { readonly directory: string; readonly root: string },
  { engine }: Origin,
): string | undefined {
  if (engine === "podman") return directory.split("/").slice(0, -3).join("/") || undefined;
  if (engine !== "docker") return undefined;
  const names = root.split("/");
  const at = names.findLastIndex((name) => DRIVERS.has(name));
  // DATA-ROOT/overlay2/ID/merged, with containerd's images DATA-ROOT/rootfs/overlayfs/ID
  if (at < 2 || at > names.length - 2) return undefined;
  const end = isMapping(names[at - 1]!) ? at - 1 : at;
  return end < 2 ? undefined : names.slice(0, end).join("/");
}

/** What containerd's plug-ins that keep root file systems begin with. */
const SNAPSHOTTER = "io.containerd.snapshotter.v";

/** Whether `path` is where an engine keeps root file systems. */
export function isRootStorage(path: string, { engineRoots }: EngineContext): boolean {
  return engineRoots.some((root) => {
    if (!isWithin(path, root)) return false;
    const names = path.slice(root.length + 1).split("/");
    if (isMapping(names[0]!)) names.shift();
    const [folder = "", first = "", second, third = ""] = names;
    if (isPodmans(folder)) return first !== "" && second === "rootfs" && third !== ""; // pause roots
    return first !== "" && (DRIVERS.has(folder) || folder.startsWith(SNAPSHOTTER));
  });
}
