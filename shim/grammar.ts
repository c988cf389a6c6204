// SPDX-License-Identifier: Apache-2.0
/** The low-level runtime whose command line lockc-runc takes. */
import { realpathSync } from "node:fs";
import { basename } from "node:path";
import type { Grammar } from "./argv/argv.ts";

/** Which command line the runtime reads, told by the name of its file, links resolved. */
export function grammarOf(runtime: string): Grammar {
  const name = basename(realpathSync.native(runtime));
  if (name.includes("crun")) return "crun";
  return name.includes("runc") ? "runc" : "unknown";
}
