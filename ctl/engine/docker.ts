// SPDX-License-Identifier: Apache-2.0
/** Docker's registration of runtimes: /etc/docker/daemon.json (dockerd(8), "runtimes"). Pure. */
import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../core/engine/docker.ts";
import { removeMember, setMember } from "./json-edit.ts";
import { cannot, type Edit, type Registration, type Source, taken } from "./registration.ts";

/** By its path, or as containerd's shim is told. */
interface DockerRuntime {
  readonly path?: string;
  readonly runtimeArgs?: readonly string[];
  readonly options?: { readonly BinaryName?: string } | null;
}

interface DockerConfig {
  readonly runtimes?: Readonly<Record<string, DockerRuntime | null>> | null;
  readonly "default-runtime"?: string;
}

export function programOf(runtime: DockerRuntime | null | undefined): string | undefined {
  return runtime?.path ?? runtime?.options?.BinaryName;
}

/** @throws LOCKC_E_ENGINE */
export function parseDocker({ path, text }: Source): DockerConfig {
  if (text.trim() === "") return {}; // dockerd takes it for {}
  const wrong = (why: string) => cannot(path, why, "correct it and do this again");
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw wrong(`it is not valid JSON: ${(error as Error).message}`);
  }
  if (!isObject(config)) throw wrong("it is no JSON object");
  const { runtimes = {} } = config;
  if (!isObject(runtimes)) throw wrong('its "runtimes" is no object');
  return config as DockerConfig;
}

export const docker: Registration = {
  name: "Docker",
  program: "dockerd",
  file: "/etc/docker/daemon.json",
  others: [],
  apply: "systemctl reload docker",
  applyDefault: "systemctl restart docker",
  use: (runtime) => `docker run --runtime ${runtime} …`,

  register(file, { runtime, program, isDefault }) {
    const path = file?.path ?? this.file;
    const config = file === undefined ? {} : parseDocker(file);
    const present = config.runtimes?.[runtime];
    const known = programOf(present);
    if (known !== undefined && known !== program && !/(^|\/)lockc-runc(-|$)/.test(known)) {
      throw taken(path, "its", runtime, known);
    }
    let text = file === undefined || file.text.trim() === "" ? "{}\n" : file.text;
    if (known !== program) {
      text =
        present?.path !== undefined || known === undefined
          ? setMember(text, ["runtimes", runtime], { ...present, path: program })
          : setMember(text, ["runtimes", runtime, "options", "BinaryName"], program);
    }
    if (isDefault && config["default-runtime"] !== runtime) {
      text = setMember(text, ["default-runtime"], runtime);
    }
    const isChanged = known !== program || (isDefault && config["default-runtime"] !== runtime);
    return { text: isChanged ? text : file!.text, runtimes: [runtime], notes: [] };
  },

  unregister(file, runtime, backup, isOurs): Edit {
    const config = parseDocker(file);
    const all = Object.entries(config.runtimes ?? {});
    const ours = all.filter(([name, one]) => name === "lockc" || isOurs(programOf(one)));
    const chosen = ours.map(([name]) => name).filter((name) => (runtime ?? name) === name);
    if (chosen.length === 0) return { text: file.text, runtimes: [], notes: [] };
    let text = chosen.reduce((rest, name) => removeMember(rest, ["runtimes", name]), file.text);
    if (all.length === chosen.length) text = removeMember(text, ["runtimes"]);
    const before = backup === undefined ? undefined : earlier(backup);
    const usual = config["default-runtime"];
    if (usual !== undefined && chosen.includes(usual)) {
      const old = before?.["default-runtime"];
      const isGone = old === undefined || chosen.includes(old);
      // Some versions of dockerd keep the default that a file does not name any more.
      text = setMember(text, ["default-runtime"], isGone ? "runc" : old);
    }
    const left = parseDocker({ path: file.path, text });
    if (before !== undefined && isDeepStrictEqual(plain(left), plain(before))) text = backup!;
    else if (Object.keys(left).length === 0)
      return { text: undefined, runtimes: chosen, notes: [] };
    return { text, runtimes: chosen, notes: [] };
  },
};

/** The file as it was; undefined when nothing can be made of it. */
function earlier(backup: string): DockerConfig | undefined {
  try {
    return parseDocker({ path: "", text: backup });
  } catch {
    return undefined;
  }
}

/** No runtimes are as good as an empty list of them. */
function plain({ runtimes, ...rest }: DockerConfig): unknown {
  return Object.keys(runtimes ?? {}).length === 0 ? rest : { ...rest, runtimes };
}
