// SPDX-License-Identifier: Apache-2.0
/** The initramfs: busybox, the first modules, the agent and the scripts, about 8 MiB. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireTools, run } from "../tool/run.ts";
import { cached, digest } from "./cache.ts";
import type { BaseImage } from "./image.ts";

const HERE = import.meta.dirname;
const SCRIPTS = ["place.sh", "engines.sh", "agent.service"];

/** The initramfs for `base` in the cache, made now when one of its parts changed. */
export async function initramfs(base: BaseImage): Promise<string> {
  const parts = ["agent.c", "init.sh", ...SCRIPTS].map((name) => readFileSync(join(HERE, name)));
  return cached(`initramfs-${digest(base.id, ...parts)}.cpio`, 3, (target) => {
    requireTools("gcc", "/usr/lib/x86_64-linux-gnu/libc.a", "cpio");
    const root = `${target}.root`;
    for (const folder of ["bin", "dev", "proc", "root"]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    copyFileSync(base.busybox, join(root, "bin/busybox"));
    cpSync(base.modules, join(root, "modules"), { recursive: true });
    for (const name of SCRIPTS) copyFileSync(join(HERE, name), join(root, name));
    copyFileSync(join(HERE, "init.sh"), join(root, "init"));
    run("gcc", [
      "-static",
      "-O2",
      "-s",
      "-o",
      join(root, "agent"),
      join(HERE, "agent.c"),
      "-lutil",
    ]);
    run("chmod", ["-R", "u=rwX,go=rX", root]);
    run("chmod", ["755", join(root, "init")]);
    // Not compressed: unpacking would be emulated too.
    run("sh", ["-c", `cd '${root}' && find . | cpio -o -H newc -R 0:0 --quiet >'${target}'`]);
    rmSync(root, { recursive: true });
  });
}
