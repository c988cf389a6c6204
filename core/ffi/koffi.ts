// SPDX-License-Identifier: Apache-2.0
/**
 * Loads koffi's native file and nothing else of koffi: its JavaScript only
 * searches for that file and wraps deprecated names, which costs more than the
 * load itself. The bundle has koffi.node beside it; the source tree has it in
 * node_modules.
 */
import { LockcError } from "../errors.ts";

/** koffi's API: `load`, `struct`, `decode`, `errno`, … as koffi documents it. */
type Koffi = typeof import("koffi");

let loaded: Koffi | undefined;

/**
 * The koffi API, loaded on the first call (so that a failure reaches main's
 * report instead of ending the module's import).
 */
export function koffi(): Koffi {
  loaded ??= loadNative(nativeFile());
  return loaded;
}

function nativeFile(): string {
  // Only CommonJS, thus only the bundle, has __dirname.
  if (typeof __dirname === "string") return `${__dirname}/koffi.node`;
  const modules = `${import.meta.dirname}/../../node_modules`;
  return `${modules}/@koromix/koffi-linux-x64/linux_x64/koffi.node`;
}

function loadNative(file: string): Koffi {
  const native = { exports: {} as Koffi };
  try {
    process.dlopen(native, file);
  } catch (cause) {
    throw new LockcError(
      "LOCKC_E_BUG",
      `cannot load "${file}", a part of lockc`,
      "install lockc again",
      { cause },
    );
  }
  return native.exports;
}
