// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run generate`: writes core/generated/ from bpf/lockc.h, bpf/maps.bpf.h and schemas/.
 * With --check it writes nothing and fails where the files differ.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "./compile-bpf.ts";
import { compileContract, renderLayout, renderMaps } from "./layout.ts";
import { generateFromSchemas } from "./schemas.ts";

const FOLDER = join(TOP, "core/generated");

/** Every generated file: name → text. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  const contract = compileContract();
  return new Map([
    ["layout.ts", renderLayout(contract)],
    ["maps.ts", renderMaps(contract)],
    ...(await generateFromSchemas()),
  ]);
}

/** Names of the files in core/generated/ that differ from a fresh generation. */
export function staleFiles(fresh: ReadonlyMap<string, string>, folder = FOLDER): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const differing = [...fresh].filter(([name, text]) => {
    const path = join(folder, name);
    return !existsSync(path) || readFileSync(path, "utf8") !== text;
  });
  return [...differing.map(([name]) => name), ...present.filter((name) => !fresh.has(name))];
}

if (import.meta.main) {
  const fresh = await generate();
  const stale = staleFiles(fresh);
  if (process.argv.includes("--check")) {
    for (const name of stale) {
      console.error(`core/generated/${name} is not what its source gives; run: npm run generate`);
    }
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    mkdirSync(FOLDER, { recursive: true });
    for (const name of stale) {
      const text = fresh.get(name);
      if (text === undefined) rmSync(join(FOLDER, name));
      else writeFileSync(join(FOLDER, name), text);
      console.log(`core/generated/${name}`);
    }
  }
}
