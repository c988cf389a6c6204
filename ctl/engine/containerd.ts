// SPDX-License-Identifier: Apache-2.0
/**
 * containerd's registration of runtimes, for its CRI plugin: /etc/containerd/config.toml, in
 * version 2 (containerd 1.x, and 2.x) or 3 (2.x); see containerd's docs/cri/config.md. Pure.
 */

import {
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
  cannot,
  parseSource,
  type Registration,
  requireSame,
  type Source,
  taken,
  takeOutOwned,
  type Wish,
} from "./registration.ts";
import { addBase, addBlock, setKey } from "./toml-edit.ts";

const SHIM = "io.containerd.runc.v2";
const ANNOTATION = "org.lockc.policy";

/** Version of the file → the plugin that has the runtimes. */
const PLUGINS: Readonly<Record<string, string>> = {
  2: "io.containerd.grpc.v1.cri",
  3: "io.containerd.cri.v1.runtime",
};

export const containerd: Registration = {
  name: "containerd",
  program: "containerd",
  file: "/etc/containerd/config.toml",
  others: [],
  apply: "systemctl restart containerd",
  applyDefault: "systemctl restart containerd",
  use: (runtime) => `a RuntimeClass with handler: ${runtime}`,

  register(file, wish) {
    const source = file ?? { path: this.file, text: "" };
    const { version, plugin } = versionOf(source);
    const { runtimes, usual, top } = stateOf(parseSource(source), plugin);
    const present = runtimes[wish.runtime];
    if (present !== undefined && programOf(present) !== wish.program) {
      throw taken(source.path, "its", wish.runtime, programOf(present) ?? "another one");
    }
    let { text } = source;
    const wanted = parseToml(text);
    if (Object.keys(wanted).length === 0) {
      text = addBase(text, "version", [`version = ${version}`]);
      wanted.version = version;
    }
    if (runtimes.runc === undefined && usual === "runc") {
      // A table of runtimes takes the place of the built-in one.
      text = addBase(text, "runtime runc", [
        `[${headerOf(plugin, "runc")}]`,
        `  runtime_type = "${SHIM}"`,
      ]);
      put(wanted, [...top, "runtimes", "runc"], { runtime_type: SHIM });
    }
    if (present === undefined) {
      const cgroups = tableAt(runtimes.runc, ["options"])?.SystemdCgroup === true;
      text = addBlock(text, wish.runtime, linesOf(plugin, wish, cgroups));
      put(wanted, [...top, "runtimes", wish.runtime], runtimeOf(wish, cgroups));
    }
    if (wish.isDefault && usual !== wish.runtime) {
      const value = JSON.stringify(wish.runtime);
      text = setKey(text, wish.runtime, pluginHeader(plugin), "default_runtime_name", value);
      put(wanted, [...top, "default_runtime_name"], wish.runtime);
    }
    requireSame(source.path, text, wanted);
    return { text, runtimes: [wish.runtime], notes: notesOn(wanted, source.path) };
  },

  unregister: takeOutOwned,
};

/** A file that says nothing is one of version 2, which every containerd reads. */
function versionOf(source: Source): { version: number; plugin: string } {
  const config = parseSource(source);
  const version = Object.keys(config).length === 0 ? 2 : config.version;
  const plugin = PLUGINS[String(version)];
  if (plugin !== undefined) return { version: Number(version), plugin };
  throw cannot(
    source.path,
    version === undefined
      ? "it has no version, so containerd does not take it for one of version 2 or 3"
      : `it is of version ${String(version)}, and lockctl knows 2 and 3`,
    "bring it to version 2 or 3 first (containerd config migrate; containerd config default shows a whole file)",
  );
}

function stateOf(config: TomlTable, plugin: string) {
  const top = ["plugins", plugin, "containerd"];
  const table = tableAt(config, top);
  const runtimes: TomlTable = tableAt(table, ["runtimes"]) ?? {};
  return { top, runtimes, usual: stringOf(table?.default_runtime_name) ?? "runc" };
}

function programOf(runtime: unknown): string | undefined {
  return stringOf(tableAt(runtime, ["options"])?.BinaryName);
}

function pluginHeader(plugin: string): string {
  return `plugins."${plugin}".containerd`;
}

function headerOf(plugin: string, runtime: string): string {
  return `${pluginHeader(plugin)}.runtimes.${keyOf(runtime)}`;
}

/** Without the annotations nobody could ask for a policy. */
function linesOf(plugin: string, { runtime, program }: Wish, systemdCgroup: boolean): string[] {
  return [
    `[${headerOf(plugin, runtime)}]`,
    `  runtime_type = "${SHIM}"`,
    `  pod_annotations = ["${ANNOTATION}"]`,
    `  container_annotations = ["${ANNOTATION}"]`,
    `  [${headerOf(plugin, runtime)}.options]`,
    `    BinaryName = ${JSON.stringify(program)}`,
    ...(systemdCgroup ? ["    SystemdCgroup = true"] : []),
  ];
}

function runtimeOf({ program }: Wish, systemdCgroup: boolean): unknown {
  return {
    runtime_type: SHIM,
    pod_annotations: [ANNOTATION],
    container_annotations: [ANNOTATION],
    options: { BinaryName: program, ...(systemdCgroup && { SystemdCgroup: true }) },
  };
}

function notesOn(config: TomlTable, path: string): string[] {
  const isOff = stringsOf(config.disabled_plugins).some((name) => /(^|\.)cri($|\.)/.test(name));
  const imports = stringsOf(config.imports);
  return [
    ...(isOff ? [`disabled_plugins in ${path} has its CRI plugin, which reads this`] : []),
    ...(imports.length > 0
      ? [
          `${path} imports ${imports.join(", ")}, which may take the place of this; lockctl engine list tells`,
        ]
      : []),
  ];
}

/** What doctor wants to know of a file, or of what containerd makes of several. */
interface ContainerdFacts {
  readonly runtimes: readonly {
    readonly name: string;
    readonly isKnown: boolean;
    readonly program: string | undefined;
    readonly passes: boolean;
  }[];
  readonly usual: string | undefined;
}

/** How containerd writes and matches what it passes on. */
const PASSES = [ANNOTATION, "org.lockc.*", "org.*", "*"];

export function understandContainerd(config: TomlTable): ContainerdFacts {
  const plugins = Object.values(tableAt(config, ["plugins"]) ?? {});
  const tables = tablesAt(plugins, ["containerd"]);
  return {
    runtimes: tables.flatMap((table) =>
      Object.entries(tableAt(table, ["runtimes"]) ?? {}).map(([name, runtime]) => ({
        name,
        isKnown: tableAt(runtime, [])?.runtime_type !== undefined,
        program: programOf(runtime),
        passes: ["pod_annotations", "container_annotations"].every((list) =>
          stringsOf(tableAt(runtime, [])?.[list]).some((value) => PASSES.includes(value)),
        ),
      })),
    ),
    usual: tables.flatMap((table) => stringOf(table.default_runtime_name) ?? []).at(-1),
  };
}
