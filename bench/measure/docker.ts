// SPDX-License-Identifier: Apache-2.0
/** A dockerd of our own with an image of busybox, and containers of it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram, requireTools, run } from "../../tool/run.ts";
import { LOCKC_RUNC } from "./host.ts";

const PATIENCE_MS = 60_000;

/** A root file system of busybox alone, with /bin/true. */
export function makeRootfs(folder: string): string {
  requireTools("busybox");
  const rootfs = join(folder, "rootfs");
  mkdirSync(join(rootfs, "bin"), { recursive: true });
  run("cp", [findProgram("busybox")!, join(rootfs, "bin/busybox")]);
  symlinkSync("busybox", join(rootfs, "bin/true"));
  for (const name of ["dev", "proc", "sys", "etc"]) mkdirSync(join(rootfs, name));
  return rootfs;
}

export class Docker {
  readonly #folder: string;
  readonly #daemon: ChildProcess;

  private constructor(folder: string, daemon: ChildProcess) {
    this.#folder = folder;
    this.#daemon = daemon;
  }

  /**
   * @param cgroup the control group below which containers get theirs.
   * @param noop see makeNoop; the runtime of that name.
   */
  static start(folder: string, rootfs: string, cgroup: string, noop: string): Docker {
    const settings = {
      hosts: [`unix://${folder}/docker.sock`],
      pidfile: `${folder}/docker.pid`,
      "exec-root": `${folder}/exec`,
      "exec-opts": ["native.cgroupdriver=cgroupfs"],
      "cgroup-parent": `/${cgroup}/docker`,
      runtimes: { lockc: { path: LOCKC_RUNC }, noop: { path: noop } },
    };
    writeFileSync(`${folder}/daemon.json`, JSON.stringify(settings));
    const daemon = spawn("dockerd", ["--config-file", `${folder}/daemon.json`], {
      stdio: "ignore",
      detached: true, // who interrupts us does not interrupt it: stop needs it
    });
    const docker = new Docker(folder, daemon);
    docker.#await();
    run("tar", ["-C", rootfs, "-cf", `${folder}/image.tar`, "."]);
    docker.do("import", `${folder}/image.tar`, "busybox");
    return docker;
  }

  #await(): void {
    const until = Date.now() + PATIENCE_MS;
    const [program, ...words] = this.words("info");
    while (spawnSync(program!, words).status !== 0) {
      if (Date.now() > until) throw new Error("dockerd did not come up");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }

  /** A command line of this dockerd's client. */
  words(...words: readonly string[]): readonly string[] {
    return ["docker", "-H", `unix://${this.#folder}/docker.sock`, ...words];
  }

  do(...words: readonly string[]): string {
    const [program, ...rest] = this.words(...words);
    return run(program!, rest).trim();
  }

  /** A container that waits; its ID. */
  keep(runtime: string): string {
    const words = ["--network", "none", "--runtime", runtime, "busybox"];
    return this.do("run", "-d", ...words, "/bin/busybox", "sleep", "100000");
  }

  /** Where containerd has the bundle of a running container. */
  bundleOf(id: string): string {
    const paths = [this.#folder, "/run"];
    return run("find", [...paths, "-path", `*.task/moby/${id}`, "-prune", "-print"]).trim();
  }

  async stop(): Promise<void> {
    const containers = this.do("ps", "-aq").split("\n").filter(Boolean);
    if (containers.length > 0) this.do("rm", "-f", ...containers);
    if (this.#daemon.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#daemon.once("exit", resolve));
    this.#daemon.kill("SIGTERM");
    await ended;
  }
}
