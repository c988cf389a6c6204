// SPDX-License-Identifier: Apache-2.0
/** Podman's registration of runtimes: a file of lockc's own among containers.conf(5)'s. Pure. */
import { basename } from "node:path";
import {
  asTable,
  keyOf,
  parseToml,
  put,
  stringOf,
  stringsOf,
  type TomlTable,
  tableAt,
  tablesAt,
} from "../host/toml.ts";
import {
  parseSource,
  type Registration,
  requireSame,
  taken,
  takeOutOwned,
} from "./registration.ts";
import { setKey } from "./toml-edit.ts";

/** Whose refusals Podman reads when no file says it (containers.conf(5), runtime_supports_json). */
const SUPPORT_JSON = ["crun", "runc", "kata", "runsc", "youki", "krun"];

export const podman: Registration = {
  name: "Podman",
  program: "podman",
  file: "/etc/containers/containers.conf.d/lockc.conf",
  others: [
    "/usr/share/containers/containers.conf",
    "/etc/containers/containers.conf",
    "/etc/containers/containers.conf.d",
  ],
  apply: null,
  applyDefault: null,
  use: (runtime) => `podman --runtime ${runtime} run …`,

  register(file, { runtime, program, isDefault }, others) {
    const source = file ?? { path: this.file, text: "" };
    const tables = [...others.filter(({ path }) => path !== source.path), source].map(parseSource);
    const known = tables.flatMap((one) =>
      stringsOf(tableAt(one, ["engine", "runtimes"])?.[runtime]),
    );
    if (known.some((one) => one !== program)) {
      throw taken(source.path, "Podman's", runtime, known.join(", "));
    }
    let { text } = source;
    const wanted = parseToml(text);
    const set = (header: string, key: string, value: unknown) => {
      text = setKey(text, runtime, header, keyOf(key), tomlOf(value));
      put(wanted, [...header.split("."), key], value);
    };
    const supports = tables.map((one) => tableAt(one, ["engine"])?.runtime_supports_json);
    const present = stringsOf(supports.findLast((one) => one !== undefined) ?? SUPPORT_JSON);
    const lacking = [runtime, basename(program)].filter((name) => !present.includes(name));
    if (lacking.length > 0) {
      set("engine", "runtime_supports_json", [...new Set([...present, ...lacking])]);
    }
    const usual = tables.flatMap((one) => stringOf(tableAt(one, ["engine"])?.runtime) ?? []).at(-1);
    if (isDefault && usual !== runtime) set("engine", "runtime", runtime);
    if (known.length === 0) set("engine.runtimes", runtime, [program]);
    requireSame(source.path, text, wanted);
    return { text: text === "" ? undefined : text, runtimes: [runtime], notes: [] };
  },

  unregister: takeOutOwned,
};

function tomlOf(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(tomlOf).join(", ")}]` : JSON.stringify(value);
}

/** What its files say together, a later one before an earlier one. */
export function understandPodman(files: readonly TomlTable[]): {
  readonly runtimes: readonly (readonly [name: string, program: string])[];
  readonly usual: string | undefined;
} {
  const engines = tablesAt(files, ["engine"]);
  return {
    runtimes: engines.flatMap((engine) =>
      Object.entries(asTable(engine.runtimes) ?? {}).flatMap(([name, paths]) => {
        const [program] = stringsOf(paths);
        return program === undefined ? [] : [[name, program] as const];
      }),
    ),
    usual: engines.flatMap((engine) => stringOf(engine.runtime) ?? []).at(-1),
  };
}
