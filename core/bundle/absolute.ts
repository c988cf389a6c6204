// SPDX-License-Identifier: Apache-2.0
/** The bundle's directory as runc takes it: from the runtime's own, links and all. */
import { realpathSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { LockcError } from "../errors.ts";

export function absolute(bundle: string): string {
  try {
    return realpathSync.native(isAbsolute(bundle) ? bundle : resolve(bundle));
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    const reason =
      code !== "ENOENT"
        ? code
        : syscall === "uv_cwd"
          ? "the working directory does not exist any more"
          : "it does not exist";
    throw new LockcError(
      "LOCKC_E_CONFIG",
      `cannot find the bundle "${bundle}": ${reason}`,
      "pass --bundle the absolute path of the directory that holds config.json",
      { cause },
    );
  }
}
