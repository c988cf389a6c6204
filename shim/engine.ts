// SPDX-License-Identifier: Apache-2.0
/**
 * What engines mount into every container on their own: hostname, hosts,
 * resolv.conf, /dev/shm, volumes, the kubelet's pod directories. Pure.
 *
 * Each is tied to the container, sandbox or pod it belongs to; a whole tree
 * such as /var/lib/docker never is. Only the files that containers sharing a
 * network or IPC namespace share as well may be another container's, and only
 * at the one place where engines put them.
 */
import { isWithin } from "./mountinfo.ts";

export interface EngineContext {
  /** Container ID as the runtime got it. */
  readonly id: string;
  /** Directories that engines manage (settings.engineRoots). */
  readonly engineRoots: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
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
  const root = context.engineRoots.find((candidate) => isWithin(path, candidate));
  if (root === undefined || path === root) return undefined;
  const inside = path.slice(root.length + 1);
  return (
    ownFiles(root, inside, destination, context.id) ??
    volume(root, inside) ??
    buildStep(root, inside) ??
    sandbox(root, inside, destination, context.annotations) ??
    pod(root, inside, context.annotations)
  );
}

/** docker: containers/ID/…; podman: overlay-containers/ID/userdata/…. */
function ownFiles(root: string, inside: string, destination: string, id: string) {
  const match = /^(?:containers\/([^/]+)|[a-z]+-containers\/([^/]+)\/userdata)\/(.+)$/.exec(inside);
  if (match === null) return undefined;
  const [, docker, podman, file] = match;
  const own = (docker ?? podman) === id;
  const allowed =
    SHARED[file!] === destination || // its own, or of the container whose namespaces it joins
    (own && docker !== undefined && /^mounts\/secrets(\/|$)/.test(file!)) ||
    (own && podman !== undefined);
  return allowed ? `${root}/${inside}` : undefined;
}

/** docker, podman: volumes/NAME/_data and below. */
function volume(root: string, inside: string) {
  const match = /^(volumes)\/[^/]+\/_data(\/|$)/.exec(inside);
  return match === null ? undefined : `${root}/${match[1]}`;
}

/** BuildKit inside dockerd: the executor's files and the mounts of a RUN step. */
function buildStep(root: string, inside: string) {
  return /^(buildkit\/executor\/(hosts|resolv\.conf)[^/]*|tmp\/buildkit-mount\d+(\/.*)?)$/.test(
    inside,
  )
    ? `${root}/${inside}`
    : undefined;
}

/** containerd's CRI plug-in: the sandbox named by an annotation that it writes itself. */
function sandbox(
  root: string,
  inside: string,
  destination: string,
  annotations: Readonly<Record<string, string>>,
) {
  const match = /^io\.containerd\.grpc\.v1\.cri\/sandboxes\/([^/]+)\/(.+)$/.exec(inside);
  if (match === null || match[1] !== annotations["io.kubernetes.cri.sandbox-id"]) return undefined;
  return SHARED[match[2]!] === destination ? `${root}/${inside}` : undefined;
}

/** kubelet: the pod's own volumes, /etc/hosts and termination logs. */
function pod(root: string, inside: string, annotations: Readonly<Record<string, string>>) {
  const match = /^(pods\/([^/]+))\/(volumes|volume-subpaths|etc-hosts|containers)(\/|$)/.exec(
    inside,
  );
  const uid = annotations["io.kubernetes.cri.sandbox-uid"] ?? annotations["io.kubernetes.pod.uid"];
  return match === null || match[2] !== uid ? undefined : `${root}/${match[1]}`;
}

/**
 * Whether `path` is where an engine stages what it then binds into a pod's own
 * directory (CSI's globalmount). Good as a second name of a volume, not as a
 * mount source.
 */
export function isEngineStaging(path: string, context: EngineContext): boolean {
  return context.engineRoots.some((root) => isWithin(path, `${root}/plugins/kubernetes.io`));
}
