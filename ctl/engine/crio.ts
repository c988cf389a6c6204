// SPDX-License-Identifier: Apache-2.0
/** CRI-O's registration of runtimes: a file of lockc's own among crio.conf.d(5)'s. Pure. */

import {
  keyOf,
  parseToml,
  put,
  stringOf,
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
import { addBlock, setKey } from "./toml-edit.ts";

const RUNTIMES = ["crio", "runtime", "runtimes"];
/** Where runc keeps its containers' state; CRI-O's own default for runc, said since it is per runtime. */
const ROOT = "/run/runc";

export const crio: Registration = {
  name: "CRI-O",
  program: "crio",
  // After others, as a later file's default is the one that counts.
  file: "/etc/crio/crio.conf.d/90-lockc.conf",
  others: ["/etc/crio/crio.conf", "/etc/crio/crio.conf.d"],
  apply: "systemctl restart crio",
  applyDefault: "systemctl restart crio",
  use: (runtime) => `a RuntimeClass with handler: ${runtime}`,

  register(file, { runtime, program, isDefault }, others) {
    const source = file ?? { path: this.file, text: "" };
    const tables = [...others.filter(({ path }) => path !== source.path), source].map(parseSource);
    const present = tablesAt(tables, [...RUNTIMES, runtime]);
    const known = present.map((one) => stringOf(one.runtime_path) ?? "another one");
    if (known.some((one) => one !== program)) {
      throw taken(source.path, "CRI-O's", runtime, known.join(", "));
    }
    let { text } = source;
    const wanted = parseToml(text);
    if (known.length === 0) {
      text = addBlock(text, runtime, [
        `[${RUNTIMES.join(".")}.${keyOf(runtime)}]`,
        `runtime_path = ${JSON.stringify(program)}`,
        'runtime_type = "oci"',
        `runtime_root = "${ROOT}"`,
      ]);
      put(wanted, [...RUNTIMES, runtime], {
        runtime_path: program,
        runtime_type: "oci",
        runtime_root: ROOT,
      });
    }
    if (isDefault && understandCrio(tables).usual !== runtime) {
      text = setKey(text, runtime, "crio.runtime", "default_runtime", JSON.stringify(runtime));
      put(wanted, ["crio", "runtime", "default_runtime"], runtime);
    }
    requireSame(source.path, text, wanted);
    return { text: text === "" ? undefined : text, runtimes: [runtime], notes: [] };
  },

  unregister: takeOutOwned,
};

/** What its files say together, a later one before an earlier one. */
export function understandCrio(files: readonly TomlTable[]): {
  readonly runtimes: readonly (readonly [name: string, program: string])[];
  readonly usual: string | undefined;
} {
  return {
    runtimes: files.flatMap((file) =>
      Object.entries(tableAt(file, RUNTIMES) ?? {}).flatMap(([name, runtime]) => {
        const program = stringOf(tableAt(runtime, [])?.runtime_path);
        return program === undefined ? [] : [[name, program] as const];
      }),
    ),
    usual: files
      .flatMap((file) => stringOf(tableAt(file, ["crio", "runtime"])?.default_runtime) ?? [])
      .at(-1),
  };
}
