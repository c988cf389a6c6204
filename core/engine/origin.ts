// SPDX-License-Identifier: Apache-2.0
/** Which engine had a container made, and what it says of it: by annotations and paths alone. */

export type Engine =
  | "docker"
  /** A managed plugin of Docker's. */
  | "plugin"
  | "buildkit"
  | "podman"
  /** A RUN step of buildah or podman build. */
  | "buildah"
  | "containerd"
  | "kubernetes"
  | "other";

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
  /** Its bundle's directory, without symbolic links. */
  readonly bundle: string;
  /** Every name that the host has for its root file system. */
  readonly rootNames: readonly string[];
  readonly records: EngineRecords;
}

/** Whose a layer of containers/storage is. */
export type LayerOwner =
  | { readonly kind: "image" }
  /** A working container of buildah's, or a container. */
  | { readonly kind: "build" | "container"; readonly id: string };

/** What engines keep on disk about their layers (records.ts). */
export interface EngineRecords {
  /**
   * What Docker's graph driver keeps the writable layer for: a container's ID, ID-NAME
   * for an image that it mounts, an ID of BuildKit's; undefined: for none of them.
   */
  readonly dockerOwner: (root: string, driver: string, layer: string) => string | undefined;
  /** undefined where the records cannot be read. */
  readonly storageOwner: (root: string, driver: string, layer: string) => LayerOwner | undefined;
  /** Where an overlay is mounted whose upper layer the directory is. */
  readonly shownAt: (directory: string) => readonly string[];
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
    if (task === "plugins.moby") return { engine: "plugin", ...NOT_KUBERNETES };
    // buildkitd's containerd worker, as it names its namespace by default.
    if (task === "buildkit") return { engine: "buildkit", ...NOT_KUBERNETES };
    if (task === "k8s.io") return ofContainerd(annotations, id);
    return { engine: "containerd", ...NOT_KUBERNETES };
  }
  if (/\/buildkit\/(?:[^/]+\/)?executor\/[^/]+$/.test(bundle)) {
    return { engine: "buildkit", ...NOT_KUBERNETES };
  }
  if (/\/buildah\d+$/.test(bundle)) return { engine: "buildah", ...NOT_KUBERNETES };
  if (/\/[a-z]+-containers\/[^/]+\/userdata$/.test(bundle)) {
    // CRI-O keeps bundles in the storage's run root, Podman in its graph root.
    const crio = bundle.startsWith("/run/") && annotations["io.container.manager"] === "cri-o";
    return crio ? ofCrio(annotations, task!) : { engine: "podman", ...NOT_KUBERNETES };
  }
  return { engine: "other", ...NOT_KUBERNETES };
}

/** UID.GID, as dockerd --userns-remap names a mapping. */
export function isMapping(name: string): boolean {
  return name.includes(".") && /^\d+\.\d+$/.test(name);
}

/**
 * A sandbox has its own ID as the pod's, so no container is taken for one whatever it is called.
 * @param id the container's, by its bundle.
 */
function isSandbox(type: string | undefined, sandboxId: string | undefined, id: string): boolean {
  return type === "sandbox" && sandboxId === id;
}

/** containerd writes these after what it passes on from pods, so they are its own. */
function ofContainerd(annotations: Annotations, id: string): Origin {
  const type = annotations["io.kubernetes.cri.container-type"];
  if (type === undefined) return { engine: "containerd", ...NOT_KUBERNETES };
  const sandboxId = annotations["io.kubernetes.cri.sandbox-id"];
  return {
    engine: "kubernetes",
    sandbox: isSandbox(type, sandboxId, id),
    namespace: annotations["io.kubernetes.cri.sandbox-namespace"],
    podUid: annotations["io.kubernetes.cri.sandbox-uid"],
    sandboxId,
  };
}

/** The kubelet writes its labels after the pod's own, so io.kubernetes.pod.* are its own. */
function ofCrio(annotations: Annotations, id: string): Origin | undefined {
  const namespace = annotations["io.kubernetes.pod.namespace"];
  const written = annotations["io.kubernetes.cri-o.Namespace"];
  if (written !== undefined && written !== namespace) return undefined;
  const sandboxId = annotations["io.kubernetes.cri-o.SandboxID"];
  return {
    engine: "kubernetes",
    sandbox: isSandbox(annotations["io.kubernetes.cri-o.ContainerType"], sandboxId, id),
    namespace,
    podUid: annotations["io.kubernetes.pod.uid"],
    sandboxId,
  };
}

/** Kubernetes: NAMESPACE/POD/CONTAINER, and of a sandbox without the last. Others tell theirs elsewhere. */
export function containerName(annotations: Annotations, origin: Origin): string | undefined {
  const { engine, namespace, sandbox } = origin;
  const pod =
    annotations["io.kubernetes.cri.sandbox-name"] ?? annotations["io.kubernetes.pod.name"];
  const container =
    annotations["io.kubernetes.cri.container-name"] ?? annotations["io.kubernetes.container.name"];
  if (engine !== "kubernetes" || pod === undefined) return undefined;
  return [namespace, pod, sandbox ? undefined : (container ?? "?")].filter(Boolean).join("/");
}

/**
 * Whether a record is a sandbox's, by the name that containerName gave it. No engine but
 * Kubernetes' has a slash in its names.
 * @param room bytes of the record's field: a name that fills it may have been cut.
 */
export function isSandboxName(name: string, room: number): boolean {
  return /^[^/]+\/[^/]+$/.test(name) && Buffer.byteLength(name) < room - 1;
}

/** What an engine answers for. */
export interface Vouched {
  /** Mounts inside it are not the engine's word any more. */
  readonly directory: string;
  /**
   * What is mounted in there shows something else, which the engine's user had a say in (the
   * part of a volume, the directory of a build): that is what counts, by its own names.
   */
  readonly passage: boolean;
}

/** How a place is mounted, as far as it matters whose it is. */
export interface Manner {
  readonly readOnly: boolean;
  /** Where it is one of an overlay's layers: all of them. */
  readonly layers?: readonly unknown[] | undefined;
}
