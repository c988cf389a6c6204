// SPDX-License-Identifier: Apache-2.0
/** What a service of a compose file mounts: volumes, directories of the host, secrets, configs. Pure. */
import { resolve } from "node:path";
import { isMapping, Section } from "./section.ts";
import type { Wanted } from "./wanted.ts";

/** What the file says beside the service. */
export interface Mountable {
  /** Where the file lies. */
  readonly folder: string;
  readonly volumes: ReadonlyMap<string, Section>;
  /** Secrets and configs. */
  readonly files: ReadonlyMap<string, Section>;
}

/** Options that say nothing of what is judged. */
const QUIET = new Set(
  "z Z cached delegated consistent nocopy rw slave rslave private rprivate rbind".split(" "),
);

export function readVolumes(service: Section, wanted: Wanted, around: Mountable): void {
  for (const [index, entry] of service.list("volumes").entries()) {
    const key = `volumes[${index}]`;
    if (isMapping(entry)) {
      readLong(new Section(entry, service.where(key), service.notes, true), wanted, around);
      continue;
    }
    const text = service.plain(key, entry);
    const [source = "", target, mode = "", ...rest] = text?.split(":") ?? [];
    if (target === undefined) continue; // a volume without a name
    const options = mode.split(",").filter(Boolean);
    const unknown = options.filter(
      (option) => !QUIET.has(option) && !/^(ro|r?shared)$/.test(option),
    );
    if (rest.length > 0 || unknown.length > 0) {
      service.refuse(
        key,
        `${JSON.stringify(entry)} has more than SOURCE:TARGET:OPTIONS that are known`,
      );
    }
    const readOnly = options.includes("ro");
    const shared = options.some((option) => /^r?shared$/.test(option));
    if (/^[./~]/.test(source))
      bind(service, key, wanted, around, { source, target, readOnly, shared });
    else useVolume(service, key, wanted, around, { source, target, readOnly });
  }
  if (service.flag("use_api_socket") === true) {
    const source = "/var/run/docker.sock";
    wanted.mounts.push({ destination: source, type: "bind", source, options: ["rbind"] });
  }
}

function readLong(volume: Section, wanted: Wanted, around: Mountable): void {
  const type = volume.text("type");
  const source = volume.text("source") ?? "";
  const target = volume.text("target");
  const readOnly = volume.flag("read_only") ?? false;
  const options = volume.section("bind");
  const propagation = options?.text("propagation") ?? "";
  options?.close(new Set(["create_host_path", "selinux", "recursive"]));
  volume.close(new Set(["consistency", "tmpfs", "volume"]));
  if (target === undefined) volume.refuse("target", "it is missing");
  else if (type === "bind") {
    const shared = /^r?shared$/.test(propagation);
    bind(volume, "source", wanted, around, { source, target, readOnly, shared });
  } else if (type === "volume" || type === undefined) {
    if (source !== "") useVolume(volume, "source", wanted, around, { source, target, readOnly });
  } else if (type !== "tmpfs")
    volume.refuse("type", `what a mount of type ${JSON.stringify(type)} shows is not known`);
}

interface Bind {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly shared?: boolean;
}

function bind(
  at: Section,
  key: string,
  wanted: Wanted,
  { folder }: Pick<Mountable, "folder">,
  { source, target, readOnly, shared = false }: Bind,
): void {
  if (source === "" || source.startsWith("~")) {
    at.refuse(
      key,
      `${JSON.stringify(source)} is no path that everybody reads alike; write it from / on`,
    );
    return;
  }
  const options = ["rbind", ...(readOnly ? ["ro"] : []), ...(shared ? ["rshared"] : ["rprivate"])];
  wanted.mounts.push({
    destination: target,
    type: "bind",
    source: resolve(folder, source),
    options,
  });
}

/** A volume is Docker's own, unless it is made to show a directory of the host. */
function useVolume(
  at: Section,
  key: string,
  wanted: Wanted,
  around: Mountable,
  { source, target, readOnly }: Bind,
): void {
  const written = around.volumes.get(source);
  if (written === undefined) {
    at.refuse(key, `the file has no volume ${JSON.stringify(source)}`);
    return;
  }
  const { notes } = at;
  const volume = new Section(written.raw, written.at, notes, true);
  if (volume.any("external") !== undefined && volume.any("external") !== false) {
    notes.elsewhere.push(`what the volume ${source} shows, which is made elsewhere`);
  }
  const driver = volume.text("driver") ?? "local";
  const options = volume.section("driver_opts");
  const [type, device, how] = ["type", "device", "o"].map((name) => options?.text(name));
  options?.close(new Set());
  volume.close(new Set(["external", "name", "labels"]));
  if (driver !== "local")
    volume.refuse("driver", `what the driver ${JSON.stringify(driver)} shows is not known`);
  if (device === undefined) return;
  if (/(^|,)r?bind(,|$)/.test(how ?? "") && device.startsWith("/")) {
    bind(at, key, wanted, around, { source: device, target, readOnly });
  } else if (type !== "tmpfs") {
    volume.refuse(
      "driver_opts",
      `what a mount of type ${JSON.stringify(type ?? "")} from ${JSON.stringify(device)} shows is seen when it is made`,
    );
  }
}

/** Secrets and configs that are files of the host are mounted for reading. */
export function readFiles(service: Section, wanted: Wanted, around: Mountable): void {
  for (const [group, folder] of [
    ["secrets", "/run/secrets/"],
    ["configs", "/"],
  ] as const) {
    for (const [index, entry] of service.list(group).entries()) {
      const long = isMapping(entry) ? entry : { source: entry };
      const source = String(long.source ?? "");
      const written = around.files.get(source);
      if (written === undefined) {
        service.refuse(`${group}[${index}]`, `the file has no ${JSON.stringify(source)}`);
        continue;
      }
      const file = new Section(written.raw, written.at, service.notes, true);
      const path = file.text("file");
      file.close(new Set(["name", "content", "environment", "labels", "template_driver"]));
      if (file.has("external")) file.refuse("external", "what is made elsewhere is not known");
      const name = String(long.target ?? source);
      const target = name.startsWith("/") ? name : `${folder}${name}`;
      if (path !== undefined)
        bind(file, "file", wanted, around, { source: path, target, readOnly: true });
    }
  }
}
