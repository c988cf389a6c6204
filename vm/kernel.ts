// SPDX-License-Identifier: Apache-2.0
/** Takes from an installed Debian root what QEMU and the initramfs need of its kernel. */

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

/** Enough to reach the root file system and the channel; the rest is loaded from there. */
const MODULES = ["virtio_pci", "virtio_blk", "ext4", "virtio_console"];

/** ext4 asks for this one by an alias that no dependency names; built in from 6.14 on. */
const WHERE_MODULAR = ["crc32c_generic"];

/**
 * Writes `target`/vmlinux and `target`/modules/NN-NAME.ko, in the order to load
 * them, from the root at `root`. Returns the kernel's version.
 */
export function extractKernel(root: string, target: string): string {
  const versions = readdirSync(join(root, "usr/lib/modules"));
  if (versions.length !== 1) throw new Error(`expected one kernel, found ${versions.join(", ")}`);
  const version = versions[0]!;
  const image = [`boot/vmlinuz-${version}`, `usr/lib/modules/${version}/vmlinuz`]
    .map((path) => join(root, path))
    .find((path) => existsSync(path));
  if (!image) throw new Error(`no kernel image of ${version} in '${root}'`);
  writeFileSync(join(target, "vmlinux"), unpackKernel(readFileSync(image)));
  extractModules(join(root, "usr/lib/modules", version), join(target, "modules"));
  return version;
}

/**
 * The ELF image inside a bzImage (Documentation/arch/x86/boot.rst,
 * payload_offset): emulated, unpacking takes the kernel 4 s, and QEMU starts an
 * ELF image by its PVH entry. The bzImage itself when its packing is unknown.
 */
function unpackKernel(bzImage: Buffer): Buffer {
  const setupSectors = bzImage.readUInt8(0x1f1) || 4;
  const start = (setupSectors + 1) * 512 + bzImage.readUInt32LE(0x248);
  const payload = bzImage.subarray(start, start + bzImage.readUInt32LE(0x24c));
  const magic = payload.subarray(0, 4).toString("hex");
  // All but gzip are followed by the unpacked size (scripts/Makefile.lib, size_append).
  const body = payload.subarray(0, -4);
  if (magic.startsWith("1f8b")) return gunzipSync(payload);
  if (magic === "28b52ffd") return zstdDecompressSync(body);
  if (magic === "fd377a58") return unxz(body);
  return bzImage;
}

function unxz(packed: Buffer): Buffer {
  const result = spawnSync("xz", ["-dc"], { input: packed, maxBuffer: 1 << 30 });
  if (result.status !== 0) throw new Error(`xz cannot unpack: ${result.stderr}`);
  return result.stdout;
}

function extractModules(source: string, target: string): void {
  const order: string[] = [];
  const dependencies = readDependencies(join(source, "modules.dep"));
  const builtin = readFileSync(join(source, "modules.builtin"), "utf8");
  const visit = (path: string) => {
    for (const dependency of dependencies.get(path) ?? []) visit(dependency);
    if (!order.includes(path)) order.push(path);
  };
  for (const name of [...WHERE_MODULAR, ...MODULES]) {
    const path = [...dependencies.keys()].find((key) => moduleName(key) === name);
    if (path) visit(path);
    else if (!WHERE_MODULAR.includes(name) && !builtin.includes(`/${name}.ko\n`)) {
      throw new Error(`the guest's kernel has no module ${name}`);
    }
  }
  mkdirSync(target);
  for (const [index, path] of order.entries()) {
    const file = join(target, `${String(index).padStart(2, "0")}-${moduleName(path)}.ko`);
    if (path.endsWith(".xz")) writeFileSync(file, unxz(readFileSync(join(source, path))));
    else if (path.endsWith(".zst")) {
      writeFileSync(file, zstdDecompressSync(readFileSync(join(source, path))));
    } else copyFileSync(join(source, path), file);
  }
}

function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko(\.\w+)?$/, "")
    .replaceAll("-", "_");
}

function readDependencies(file: string): Map<string, string[]> {
  const dependencies = new Map<string, string[]>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [path, needs = ""] = line.split(":");
    // modules.dep lists all of a module's needs, the deepest last.
    if (path) dependencies.set(path, needs.split(" ").filter(Boolean).reverse());
  }
  return dependencies;
}
