// SPDX-License-Identifier: Apache-2.0
/**
 * Pods, and what makes pods, of a Kubernetes file → what their containers ask for, as
 * containerd would write it. Every key is either read, known to decide nothing that is judged,
 * or named. Pure.
 */
import { join } from "node:path";
import { isMapping, type Notes, Section } from "./section.ts";
import { changeCapabilities, type Foreseen, plainContainer, type Wanted } from "./wanted.ts";

/** Kinds without containers. */
const NO_PODS: ReadonlySet<string> = new Set(
  "Service ConfigMap Secret Namespace ServiceAccount Role RoleBinding ClusterRole ClusterRoleBinding Ingress IngressClass NetworkPolicy PersistentVolume PersistentVolumeClaim StorageClass HorizontalPodAutoscaler PodDisruptionBudget LimitRange ResourceQuota PriorityClass RuntimeClass CustomResourceDefinition Endpoints EndpointSlice Event Lease".split(
    " ",
  ),
);

/** Where the pod's template is. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: "spec.template",
  DaemonSet: "spec.template",
  StatefulSet: "spec.template",
  ReplicaSet: "spec.template",
  ReplicationController: "spec.template",
  Job: "spec.template",
  CronJob: "spec.jobTemplate.spec.template",
  PodTemplate: "template",
  Pod: "",
};

const HARMLESS_OF_PODS: ReadonlySet<string> = new Set(
  "restartPolicy serviceAccountName serviceAccount automountServiceAccountToken nodeSelector nodeName affinity tolerations terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy dnsConfig hostname subdomain hostAliases imagePullSecrets priority priorityClassName schedulerName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints readinessGates setHostnameAsFQDN shareProcessNamespace schedulingGates hostnameOverride os resources".split(
    " ",
  ),
);
const HARMLESS_OF_CONTAINERS: ReadonlySet<string> = new Set(
  "name image imagePullPolicy command args workingDir ports env envFrom resources resizePolicy restartPolicy restartPolicyRules livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy stdin stdinOnce tty targetContainerName".split(
    " ",
  ),
);
/** Volumes that the kubelet makes for the pod. */
const OF_KUBELET: ReadonlySet<string> = new Set(
  "emptyDir configMap secret downwardAPI projected".split(" "),
);

/** @param documents what YAML made of each document of the file. */
export function readPods(documents: readonly unknown[]): { pods: Foreseen[]; notes: Notes } {
  const notes: Notes = { unread: [], elsewhere: [] };
  const pods = documents.flatMap((document, index) =>
    document === null ? [] : readObject(document, documents.length > 1 ? `[${index}]` : "", notes),
  );
  return { pods, notes };
}

function readObject(value: unknown, at: string, notes: Notes): Foreseen[] {
  const object = new Section(isMapping(value) ? value : {}, at, notes);
  const kind = object.text("kind") ?? "";
  if (kind === "List") {
    return object
      .list("items")
      .flatMap((item, index) => readObject(item, `${at}items[${index}]`, notes));
  }
  if (NO_PODS.has(kind)) return [];
  const path = TEMPLATES[kind];
  if (path === undefined) {
    object.refuse(
      "kind",
      `${JSON.stringify(kind)} is not known; whether pods come of it is not either`,
    );
    return [];
  }
  const outer = object.section("metadata");
  const keys = path === "" ? [] : path.split(".");
  const pod = keys.reduce<Section | undefined>((part, key) => part?.section(key), object);
  const inner = pod?.section("metadata");
  const spec = pod?.section("spec");
  if (spec === undefined) {
    object.refuse(join(...keys, "spec").replaceAll("/", "."), "it is missing");
    return [];
  }
  const namespace = outer?.text("namespace");
  return readPod(spec, {
    name: outer?.text("name") ?? outer?.text("generateName") ?? kind,
    namespace,
    annotations: inner?.pairs("annotations") ?? {},
  });
}

interface PodFacts {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

function readPod(spec: Section, facts: PodFacts): Foreseen[] {
  const before = [...spec.notes.unread];
  const notes: Notes = { unread: [], elsewhere: [] };
  const pod = new Section(spec.raw, spec.at, notes);
  const security = pod.section("securityContext");
  const shared = [
    ...(pod.flag("hostPID") ? ["pid"] : []),
    ...(pod.flag("hostNetwork") ? ["network", "uts"] : []),
    ...(pod.flag("hostIPC") ? ["ipc"] : []),
  ];
  const userNamespace = pod.flag("hostUsers") === false;
  const volumes = new Map(pod.sections("volumes").map((each) => [each.text("name") ?? "", each]));
  const sysctls = Object.fromEntries(
    (security?.sections("sysctls") ?? []).map((each) => [
      each.text("name") ?? "",
      each.text("value") ?? "",
    ]),
  );
  const groups = [security?.number("fsGroup"), ...(security?.texts("supplementalGroups") ?? [])];
  const runtimeClass = pod.text("runtimeClassName");
  notes.elsewhere.push(
    runtimeClass === undefined
      ? "which runtime the node starts pods without a runtime class with; it is judged as lockc-runc"
      : `what containerd's runtime for the runtime class ${runtimeClass} is called by; it is judged as lockc-runc, --policy NAME says otherwise`,
  );
  if (facts.namespace === undefined)
    notes.elsewhere.push("the namespace, which the file does not say; it is judged as default");
  if (Object.hasOwn(facts.annotations, "org.lockc.policy")) {
    notes.elsewhere.push(
      "whether containerd passes the annotation org.lockc.policy on (pod_annotations)",
    );
  }
  const lists = LISTS.map((key) => pod.sections(key));
  pod.close(HARMLESS_OF_PODS);
  const containers = lists.flat().map((section) => {
    const wanted = plainContainer({ filtered: false, apparmor: "cri-containerd.apparmor.d" });
    for (const kind of shared) wanted.shared.add(kind);
    wanted.userNamespace = userNamespace;
    wanted.sysctls = sysctls;
    wanted.groups = groups.flatMap((group) => (group === undefined ? [] : Number(group)));
    const own: Notes = { unread: [], elsewhere: [] };
    const container = new Section(section.raw, section.at, own);
    const name = container.text("name") ?? section.at;
    const podLevel = security && new Section(security.raw, security.at, own);
    const userKnown = readSecurity(
      container,
      podLevel,
      facts.annotations[`container.apparmor.security.beta.kubernetes.io/${name}`],
      wanted,
    );
    readMounts(container, volumes, wanted);
    if (container.list("volumeDevices").length > 0) {
      container.refuse("volumeDevices", "which disk it is, its claim decides");
    }
    container.close(HARMLESS_OF_CONTAINERS);
    return { name, wanted, own, userKnown };
  });
  security?.close(SECURITY_OF_PODS);
  return containers.map(({ name, wanted, own, userKnown }) => ({
    name: `${facts.name}/${name}`,
    origin: { engine: "kubernetes", sandbox: false, namespace: facts.namespace ?? "default" },
    wanted,
    labels: {},
    annotations: facts.annotations,
    calledAs: "lockc-runc",
    flag: undefined,
    userKnown,
    notes: {
      unread: [...new Set([...before, ...notes.unread, ...own.unread])],
      elsewhere: [...new Set([...notes.elsewhere, ...own.elsewhere])],
    },
  }));
}

/** Read for each container; what is here decides nothing, or is read above. */
const SECURITY_OF_PODS: ReadonlySet<string> = new Set(
  "fsGroupChangePolicy supplementalGroupsPolicy seLinuxChangePolicy runAsUser runAsGroup runAsNonRoot seccompProfile appArmorProfile seLinuxOptions windowsOptions".split(
    " ",
  ),
);

/** @returns whether the file says as which user it runs, as far as that matters. */
function readSecurity(
  container: Section,
  pod: Section | undefined,
  annotation: string | undefined,
  wanted: Wanted,
): boolean {
  const own = container.section("securityContext");
  const levels = [own, pod].flatMap((level) => level ?? []);
  const first = <T>(read: (level: Section) => T | undefined): T | undefined =>
    levels.map(read).find((value) => value !== undefined);
  wanted.privileged = own?.flag("privileged") ?? false;
  wanted.noNewPrivileges = own?.flag("allowPrivilegeEscalation") === false;
  const capabilities = own?.section("capabilities");
  changeCapabilities(wanted, capabilities?.texts("add") ?? [], capabilities?.texts("drop") ?? []);
  capabilities?.close(new Set());
  const procMount = own?.text("procMount") ?? "Default";
  wanted.masked = procMount !== "Unmasked";
  if (!/^(Default|Unmasked)$/.test(procMount))
    own!.refuse("procMount", `${JSON.stringify(procMount)} is not known`);
  const seccomp = first((level) => level.section("seccompProfile"))?.text("type");
  wanted.filtered = seccomp !== undefined && seccomp !== "Unconfined";
  if (seccomp === undefined && !wanted.privileged) {
    container.notes.elsewhere.push(
      "whether the kubelet gives a seccomp profile to who names none (seccompDefault); none is assumed",
    );
  }
  const apparmor = first((level) => level.section("appArmorProfile"));
  if (apparmor?.text("type") === "Unconfined" || annotation === "unconfined")
    wanted.apparmor = "unconfined";
  const selinux = first((level) => level.section("seLinuxOptions"));
  if (selinux !== undefined) {
    const part = (key: string, usual: string) => selinux.text(key) ?? usual;
    wanted.selinux = `${part("user", "system_u")}:${part("role", "system_r")}:${part("type", "container_t")}:${part("level", "s0")}`;
  }
  const windows = first((level) => level.section("windowsOptions"));
  if (windows !== undefined)
    container.refuse("securityContext.windowsOptions", "containers of Windows are not judged");
  wanted.gid = first((level) => level.number("runAsGroup")) ?? 0;
  const user = first((level) => level.number("runAsUser"));
  const other = first((level) => level.flag("runAsNonRoot")) === true;
  own?.close(new Set(["readOnlyRootFilesystem"]));
  // The kubelet starts nobody as user 0 then, whatever the image says.
  wanted.uid = user ?? (other ? 65_534 : 0);
  if (user !== undefined || other) return true;
  container.notes.elsewhere.push("the user, whom the image names");
  return false;
}

function readMounts(
  container: Section,
  volumes: ReadonlyMap<string, Section>,
  wanted: Wanted,
): void {
  for (const mount of container.sections("volumeMounts")) {
    const name = mount.text("name") ?? "";
    const destination = mount.text("mountPath");
    const below = mount.text("subPath") ?? "";
    if (mount.has("subPathExpr")) mount.refuse("subPathExpr", "variables are not replaced");
    const readOnly = mount.flag("readOnly") ?? false;
    const shared = mount.text("mountPropagation") === "Bidirectional";
    mount.close(new Set(["recursiveReadOnly"]));
    const written = volumes.get(name);
    if (destination === undefined || written === undefined) {
      mount.refuse("name", `the pod has no volume ${JSON.stringify(name)}`);
      continue;
    }
    const source = sourceOf(new Section(written.raw, written.at, container.notes));
    if (source === undefined) continue;
    wanted.mounts.push({
      destination,
      type: "bind",
      source: join(source, below),
      options: ["rbind", readOnly ? "ro" : "rw", shared ? "rshared" : "rprivate"],
    });
  }
}

/** The directory of the host that a volume is; undefined: none that the file names. */
function sourceOf(volume: Section): string | undefined {
  volume.text("name");
  const host = volume.section("hostPath");
  if (host !== undefined) {
    const path = host.text("path");
    host.close(new Set(["type"]));
    volume.close(new Set());
    return path?.startsWith("/") ? path : host.refuse("path", "it is no path from / on");
  }
  const kinds = Object.keys(volume.raw).filter((key) => key !== "name");
  for (const kind of kinds) {
    if (OF_KUBELET.has(kind)) volume.any(kind);
    else if (
      ["persistentVolumeClaim", "ephemeral", "csi", "nfs", "iscsi", "fc", "rbd", "cephfs"].includes(
        kind,
      )
    ) {
      volume.any(kind);
      volume.notes.elsewhere.push(
        `what the volume ${volume.text("name")} (${kind}) shows: a directory of the node would be judged as such`,
      );
    }
  }
  volume.close(new Set());
  return undefined;
}
