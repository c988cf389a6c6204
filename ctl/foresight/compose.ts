// SPDX-License-Identifier: Apache-2.0
/**
 * Services of a compose file → what their containers ask for. Every key is either read, known
 * to decide nothing that is judged, or named. The short and the long forms are those of the
 * Compose Specification; docker compose config writes the long ones. Pure.
 */
import { basename, dirname, resolve } from "node:path";
import type { DeviceNumbers } from "../../core/rule/subject.ts";
import { type Mountable, readFiles, readVolumes } from "./compose-mounts.ts";
import { isMapping, type Notes, Section } from "./section.ts";
import { changeCapabilities, type Foreseen, plainContainer, type Wanted } from "./wanted.ts";

/** What the host says to what the file names. */
export interface ComposeHost {
  readonly deviceAt: (path: string) => DeviceNumbers | undefined;
  /** Those of Docker's own settings. */
  readonly runtimes: ReadonlyMap<string, Runtime>;
  /** Docker's default-runtime; undefined: runc. */
  readonly defaultRuntime: string | undefined;
}

export interface Runtime {
  readonly path: string;
  readonly args: readonly string[];
}

/** Keys of a service that decide nothing of what is judged when its container is created. */
const HARMLESS: ReadonlySet<string> = new Set(
  "image build command entrypoint working_dir hostname domainname container_name depends_on restart ports expose networks links external_links extra_hosts dns dns_opt dns_search healthcheck logging stdin_open tty stop_grace_period stop_signal attach scale platform profiles pull_policy mac_address environment env_file label_file develop read_only init shm_size tmpfs mem_limit mem_reservation mem_swappiness memswap_limit pids_limit cpus cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpuset blkio_config oom_kill_disable storage_opt cgroup_parent post_start pre_stop annotations".split(
    " ",
  ),
);
const HARMLESS_ABOVE: ReadonlySet<string> = new Set(["version", "name", "networks"]);

/**
 * @param only the service that is asked for; undefined: all of the file.
 * @param document what YAML made of the file.
 * @returns by service; what is wrong with the file as a whole is told of each.
 */
export function readCompose(
  file: string,
  document: unknown,
  only: string | undefined,
  host: ComposeHost,
): Foreseen[] {
  const notes: Notes = { unread: [], elsewhere: [] };
  const top = new Section(isMapping(document) ? document : {}, "", notes, true);
  if (!isMapping(document)) top.refuse("services", "the file is not a mapping");
  const volumes = new Map(top.members("volumes"));
  const files = new Map([...top.members("secrets"), ...top.members("configs")]);
  const services = top.members("services");
  if (top.has("include"))
    top.refuse("include", "other files are not read; give the output of docker compose config");
  top.close(HARMLESS_ABOVE);
  return services
    .filter(([name]) => only === undefined || name === only)
    .map(([name, section]) => {
      const own: Notes = { unread: [...notes.unread], elsewhere: [] };
      const service = new Section(sectionValue(document, name), section.at, own, true);
      return readService(name, service, { folder: dirname(resolve(file)), volumes, files, host });
    });
}

function sectionValue(document: unknown, name: string): Readonly<Record<string, unknown>> {
  const services = (document as Record<string, unknown>).services as Record<string, unknown>;
  const value = services[name];
  return isMapping(value) ? value : {};
}

interface Around extends Mountable {
  readonly host: ComposeHost;
}

function readService(name: string, service: Section, around: Around): Foreseen {
  const wanted = plainContainer({ filtered: true, apparmor: "docker-default" });
  const { notes } = service;
  wanted.privileged = service.flag("privileged") ?? false;
  changeCapabilities(wanted, service.texts("cap_add"), service.texts("cap_drop"));
  readNamespaces(service, wanted);
  readSecurity(service, wanted);
  const userKnown = readUser(service, wanted);
  wanted.sysctls = service.pairs("sysctls");
  wanted.oomScoreAdj = service.number("oom_score_adj");
  readLimits(service, wanted);
  readDevices(service, wanted, around);
  readVolumes(service, wanted, around);
  readFiles(service, wanted, around);
  for (const key of [
    "extends",
    "volumes_from",
    "credential_spec",
    "provider",
    "models",
    "isolation",
  ]) {
    if (service.has(key))
      service.refuse(key, "what it brings is not read; give the output of docker compose config");
  }
  if (service.has("gpus"))
    service.refuse("gpus", "which devices, files and hooks it brings is up to the host");
  const requests = service
    .section("deploy")
    ?.section("resources")
    ?.section("reservations")
    ?.any("devices");
  if (requests !== undefined)
    service.refuse(
      "deploy.resources.reservations.devices",
      "which devices, files and hooks they bring is up to the host",
    );
  const labels = service.pairs("labels");
  if (!Object.hasOwn(labels, "org.lockc.policy"))
    notes.elsewhere.push("labels of the image, which may ask for a stricter policy");
  const annotations = service.pairs("annotations");
  const chosen = readRuntime(service, around.host);
  service.close(HARMLESS);
  const origin = { engine: "docker", sandbox: false } as const;
  return { name, origin, wanted, labels, annotations, ...chosen, userKnown, notes };
}

function readNamespaces(service: Section, wanted: Wanted): void {
  const kinds: Record<string, [key: string, plain: RegExp]> = {
    pid: ["pid", /^(service|container):|^private$/],
    ipc: ["ipc", /^(service|container):|^(shareable|private|none)$/],
    uts: ["uts", /^$/],
    cgroup: ["cgroup", /^private$/],
    network: [
      "network_mode",
      /^(service|container):|^(none|bridge|default)$|^[a-z0-9][a-z0-9_.-]*$/i,
    ],
  };
  for (const [kind, [key, plain]] of Object.entries(kinds)) {
    const mode = service.text(key);
    if (mode === "host") wanted.shared.add(kind);
    else if (mode !== undefined && !plain.test(mode))
      service.refuse(key, `${JSON.stringify(mode)} is not known`);
  }
  const users = service.text("userns_mode");
  if (users !== undefined && users !== "host")
    service.refuse("userns_mode", `${JSON.stringify(users)} is not known`);
}

function readSecurity(service: Section, wanted: Wanted): void {
  for (const option of service.texts("security_opt")) {
    const [name, value] = /^([a-z-]+)(?:[=:](.*))?$/s.exec(option)?.slice(1) ?? [];
    if (name === "no-new-privileges" && [undefined, "true", "false"].includes(value)) {
      wanted.noNewPrivileges = value !== "false";
    } else if (name === "seccomp" && value) {
      wanted.filtered = value !== "unconfined";
      if (!["unconfined", "builtin"].includes(value)) {
        service.notes.elsewhere.push(
          `what the seccomp profile ${value} denies; it is taken for one that does`,
        );
      }
    } else if (name === "apparmor" && value) wanted.apparmor = value;
    else if (name === "label" && value === "disable") wanted.selinux = undefined;
    else if (name === "label" && value?.startsWith("type:")) {
      wanted.selinux = `system_u:system_r:${value.slice(5)}:s0`;
    } else if (name === "systempaths" && value === "unconfined") wanted.masked = false;
    else service.refuse("security_opt", `${JSON.stringify(option)} is not known`);
  }
}

/** @returns whether the file says it. */
function readUser(service: Section, wanted: Wanted): boolean {
  const groups = service.list("group_add").map(String);
  wanted.groups = groups.filter((group) => /^\d+$/.test(group)).map(Number);
  const named = groups.filter((group) => !/^\d+$/.test(group));
  if (named.length > 0)
    service.notes.elsewhere.push(
      `the numbers of the groups ${named.join(", ")}, which are in the image`,
    );
  const user = service.text("user");
  const [uid = "", gid = ""] = (user ?? "").split(":");
  if (/^\d+$/.test(gid)) wanted.gid = Number(gid);
  if (/^\d+$/.test(uid) || uid === "root") {
    wanted.uid = Number(uid === "root" ? 0 : uid);
    return true;
  }
  service.notes.elsewhere.push(
    user === undefined
      ? "the user, whom the image names"
      : `the number of the user ${uid}, which is in the image`,
  );
  return false;
}

function readLimits(service: Section, wanted: Wanted): void {
  const ulimits = service.any("ulimits");
  if (ulimits === undefined) return;
  if (!isMapping(ulimits)) {
    service.refuse("ulimits", "it is not a mapping");
    return;
  }
  const section = service.section("ulimits")!;
  for (const [name, value] of Object.entries(ulimits)) {
    const pair = isMapping(value) ? section.section(name) : undefined;
    const [soft, hard] = pair
      ? [pair.number("soft"), pair.number("hard")]
      : [section.number(name), section.number(name)];
    pair?.close(new Set());
    if (soft === undefined || hard === undefined) continue;
    const whole = (limit: number) => (limit === -1 ? 2 ** 63 : limit);
    wanted.rlimits.push({
      type: `RLIMIT_${name.toUpperCase()}` as "RLIMIT_NOFILE",
      soft: whole(soft),
      hard: whole(hard),
    });
  }
}

function readDevices(service: Section, wanted: Wanted, { host }: Around): void {
  for (const [index, entry] of service.list("devices").entries()) {
    const key = `devices[${index}]`;
    const long = isMapping(entry)
      ? new Section(entry, service.where(key), service.notes, true)
      : undefined;
    const words = typeof entry === "string" ? entry.split(":") : [];
    const source = long ? long.text("source") : words[0];
    const target = long?.text("target") ?? words[1] ?? source;
    const access = long?.text("permissions") ?? words[2] ?? "rwm";
    long?.close(new Set());
    if (source?.startsWith("/") !== true || !/^[rwm]{1,3}$/.test(access) || words.length > 3) {
      service.refuse(
        key,
        `${JSON.stringify(entry)} is not the path of a device; what else it brings is up to the host`,
      );
      continue;
    }
    const numbers = host.deviceAt(source);
    if (numbers === undefined) service.refuse(key, `this host has no device ${source}`);
    else wanted.devices.push({ path: target!, ...numbers, minor: Number(numbers.minor), access });
  }
  for (const rule of service.texts("device_cgroup_rules")) {
    const [, type, major, minor, access] =
      /^([abc]) (\d+|\*):(\d+|\*) ([rwm]{1,3})$/.exec(rule) ?? [];
    if (type === undefined) {
      service.refuse("device_cgroup_rules", `${JSON.stringify(rule)} is not known`);
      continue;
    }
    const number = (text: string | undefined) => (text === "*" ? -1 : Number(text));
    wanted.deviceRules.push({
      ...{ allow: true, type: type as "a" | "b" | "c" },
      ...{ major: number(major), minor: number(minor), access: access! },
    });
  }
}

/** Which lockc-runc starts it, by Docker's own settings. */
function readRuntime(
  service: Section,
  { runtimes, defaultRuntime }: ComposeHost,
): Pick<Foreseen, "calledAs" | "flag"> {
  const name = service.text("runtime") ?? defaultRuntime ?? "runc";
  const runtime = runtimes.get(name);
  const calledAs = basename(runtime?.path ?? "");
  if (runtime === undefined || !calledAs.startsWith("lockc-runc")) {
    service.notes.elsewhere.push(
      `whether lockc-runc starts it at all: its runtime, ${name}, is another one; it is judged as if that were lockc-runc`,
    );
    return { calledAs: "lockc-runc", flag: undefined };
  }
  const at = runtime.args.indexOf("--lockc-policy");
  const joined = runtime.args.find((word) => word.startsWith("--lockc-policy="));
  return { calledAs, flag: at >= 0 ? runtime.args[at + 1] : joined?.slice(15) };
}
