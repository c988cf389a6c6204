// SPDX-License-Identifier: Apache-2.0
/** Sources → the files that lockc's own Node runs. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { TOP } from "./compile-bpf.ts";
import { type Carried, carriedBy } from "./licences.ts";
import { instead } from "./measure/files.ts";

/**
 * shim.js, the code that the Node in the same folder makes of it, and the loader
 * that joins the two (shim/loader.ts), which is written last.
 * @param folder has `node` already.
 * @returns what of others is in them.
 */
export async function bundleCompiled(
  entry: string,
  folder: string,
  measure: boolean,
): Promise<readonly Carried[]> {
  const { text, carried } = await bundleWhole(entry, measure);
  const body = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const name = createHash("sha256").update(body).digest("hex");
  const shim = join(folder, "shim.js");
  writeFileSync(shim, `/*${name}*/${body}\n`);
  const words = [...nodeFlags(), "-e", COMPILE, shim, name, join(folder, "shim.cache")];
  execFileSync(join(folder, "node"), words, { env: {} });
  const loader = await bundleWhole("shim/loader.ts", measure);
  writeFileSync(join(folder, "shim.cjs"), loader.text);
  return [...carried, ...loader.carried];
}

/** What the launcher starts Node with: V8 refuses code that was made under other flags. */
export function nodeFlags(): string[] {
  const launcher = readFileSync(join(TOP, "shim/launcher.sh"), "utf8");
  const [, flags] = /^ *exec "\$LOCKC_LIB\/node" (.+) "\$LOCKC_LIB\/shim\.cjs" /m.exec(launcher)!;
  return flags!.split(" ");
}

/**
 * Compiles every function of a script, not only those that run at once, and writes
 * V8's form of it to a file, after its name. V8 compares its flags with those at the end of this.
 */
const COMPILE = `
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");
const { readFileSync, writeFileSync } = require("node:fs");
const [, file, name, target] = process.argv;
const source = readFileSync(file, "latin1");
setFlagsFromString("--no-lazy");
const script = new Script(source, { filename: file });
setFlagsFromString("--lazy");
writeFileSync(target, Buffer.concat([Buffer.from(name, "latin1"), script.createCachedData()]));
`;

/** A bundle, and the packages of others that it has code of. */
export interface Bundle {
  readonly text: string;
  readonly carried: readonly Carried[];
}

/** The text of `bundleWhole`. */
export async function bundle(entry: string, measure: boolean): Promise<string> {
  return (await bundleWhole(entry, measure)).text;
}

/**
 * One CommonJS text for lockc's own Node. Not minified, so that a stack trace can
 * be read; ASCII, which V8 reads fastest.
 */
export async function bundleWhole(entry: string, measure: boolean): Promise<Bundle> {
  const { version } = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as {
    version: string;
  };
  const { outputFiles, metafile } = await build({
    absWorkingDir: TOP,
    entryPoints: [entry],
    write: false,
    metafile: true,
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    charset: "ascii",
    legalComments: "none",
    // pino requires it as it is loaded, and needs it only for transports, which run in threads.
    alias: { "thread-stream": join(TOP, "tool/no-threads.ts") },
    plugins: measure ? [MEASURING] : [],
    banner: { js: "// SPDX-License-Identifier: Apache-2.0" },
    define: {
      LOCKC_VERSION: JSON.stringify(version),
      // Only code for the source tree uses it, and CommonJS has none.
      "import.meta.dirname": '""',
      "import.meta.filename": "__filename",
      "import.meta.main": "false",
    },
    logLevel: "warning",
  });
  return { text: outputFiles[0]!.text, carried: carriedBy(metafile) };
}

/** esbuild's own alias takes packages only. */
const MEASURING: Plugin = {
  name: "measuring",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, importer }) => {
      const other = instead(join(resolveDir, path), importer);
      return other === undefined ? undefined : { path: other };
    });
  },
};
