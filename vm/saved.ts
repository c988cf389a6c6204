// SPDX-License-Identifier: Apache-2.0
/**
 * Saved guests: memory and disk of one that has booted, kept in the cache, so
 * that the next one like it is up in a second instead of booting again.
 */
import { mkdirSync } from "node:fs";
import { copyFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { requireTools, run } from "../tool/run.ts";
import type { Qmp } from "./qmp.ts";

/** The memory and devices of the guest that is saved in a directory. */
function memoryFile(directory: string): string {
  return join(directory, "memory");
}

/** What the guest that is saved in a directory had written on its root disk. */
export function diskFile(directory: string): string {
  return join(directory, "root.qcow2");
}

/** What the guest to be saved runs on; without a name once it is copied, gone with the guest. */
function workingDisk(directory: string): string {
  return join(directory, "working.qcow2");
}

/** A word for /bin/sh, which QEMU hands `exec:` addresses to. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Prepares `directory` for saveGuest: gives a disk over `base` for the guest to
 * be saved to run on. QEMU must not make this one itself (snapshot=on): its
 * copies of such a disk unlink what they are based on (block/file-posix.c,
 * BDRV_O_TEMPORARY is inherited).
 */
export function prepareDisk(directory: string, base: string): string {
  requireTools("qemu-img");
  mkdirSync(directory);
  const disk = workingDisk(directory);
  run("qemu-img", ["create", "-q", "-f", "qcow2", "-b", base, "-F", "raw", disk]);
  return disk;
}

/** Saves the guest behind `qmp` in its prepared `directory`; it goes on running. */
export async function saveGuest(qmp: Qmp, directory: string): Promise<void> {
  await start(qmp);
  // QEMU's default of 128 MiB/s is meant for networks.
  await qmp.execute("migrate-set-parameters", { "max-bandwidth": 2 ** 40 });
  await qmp.execute("stop");
  const migrated = migration(qmp);
  await qmp.execute("migrate", { uri: `exec:cat >${quote(memoryFile(directory))}` });
  await migrated;
  // QEMU tells of the end a moment before it is over (migration/migration.c).
  while (((await qmp.execute("query-status")) as { status: string }).status === "finish-migrate") {
    await setTimeout(20);
  }
  // Now QEMU has written out the disk; it opens it again, by name, to continue.
  await copyFile(workingDisk(directory), diskFile(directory));
  await qmp.execute("cont");
  await unlink(workingDisk(directory));
}

/** Makes the QEMU behind `qmp`, which waits for it, go on from the guest in `directory`. */
export async function resumeGuest(qmp: Qmp, directory: string): Promise<void> {
  await start(qmp);
  const migrated = migration(qmp);
  await qmp.execute("migrate-incoming", { uri: `exec:cat ${quote(memoryFile(directory))}` });
  await migrated;
  // It was saved while it stood still.
  await qmp.execute("cont");
}

async function start(qmp: Qmp): Promise<void> {
  await qmp.execute("qmp_capabilities");
  await qmp.execute("migrate-set-capabilities", {
    capabilities: [{ capability: "events", state: true }],
  });
}

function migration(qmp: Qmp): Promise<void> {
  return new Promise((resolve, reject) => {
    qmp.on("MIGRATION", (data) => {
      const { status } = data as { status: string };
      if (status === "completed") resolve();
      if (status === "failed") reject(new Error("QEMU could not carry the guest's memory"));
    });
  });
}
