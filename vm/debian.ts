// SPDX-License-Identifier: Apache-2.0
/** Debian's packages as a root file system, and a directory as a disk. */
import { spawnSync } from "node:child_process";
import { requireTools, run } from "../tool/run.ts";
import { aptOptions, sourceLines } from "./mirror.ts";

/** What no program reads. */
export const UNREAD = [
  "/usr/share/doc/*",
  "/usr/share/info/*",
  "/usr/share/locale/*",
  "/usr/share/man/*",
] as const;

export interface Installation {
  readonly suite: string;
  /** Whether the suite has a security archive. */
  readonly security: boolean;
  /** Which packages come without being asked for, in mmdebstrap's words. */
  readonly variant: "essential" | "minbase";
  readonly packages: readonly string[];
  /** Patterns of paths that are not unpacked. */
  readonly excluded: readonly string[];
  /** Further words for mmdebstrap. */
  readonly options: readonly string[];
  /** The directory to fill. */
  readonly target: string;
}

/** Installs packages of the archives that this host's apt uses. */
export function installDebian(installation: Installation): void {
  const { suite, security, variant, packages, excluded, options, target } = installation;
  requireTools("mmdebstrap");
  if (process.getuid?.() !== 0) throw new Error("only root can build a guest's image");
  const args = [
    ...["--mode=root", `--variant=${variant}`, "--format=directory"],
    ...aptOptions().map((option) => `--aptopt=${option}`),
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    "--dpkgopt=force-unsafe-io",
    ...excluded.map((glob) => `--dpkgopt=path-exclude=${glob}`),
    ...options,
    `--include=${packages.join(",")}`,
    ...[suite, target],
    ...sourceLines(suite, security),
  ];
  const result = spawnSync("mmdebstrap", args, {
    encoding: "utf8",
    maxBuffer: 256 << 20,
    // The kernel package's hooks would build an initramfs of their own.
    env: { ...process.env, INITRD: "No", DEBIAN_FRONTEND: "noninteractive" },
  });
  if (result.status === 0) return;
  const words = `${result.error?.message ?? ""}${result.stdout}${result.stderr}`.trimEnd();
  throw new Error(`mmdebstrap failed:\n${words.split("\n").slice(-15).join("\n")}`);
}

/** Makes `disk`, a sparse ext4 image of `size` with what is in `directory`. */
export function makeDisk(directory: string, disk: string, size: string): void {
  requireTools("mke2fs");
  // No journal: nothing of a guest's disk outlives it.
  const features = "^has_journal,^metadata_csum";
  const extended = "root_owner=0:0,lazy_itable_init=1";
  run("mke2fs", [
    ...["-q", "-t", "ext4", "-O", features, "-E", extended, "-m", "0"],
    ...["-d", directory, disk, size],
  ]);
}
