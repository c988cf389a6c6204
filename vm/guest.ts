// SPDX-License-Identifier: Apache-2.0
/** A Debian guest with this build in it: boot one, run commands in it, throw it away. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import type { Duplex } from "node:stream";
import { buildDisk } from "./build.ts";
import { cached, digest, emptyDirectory, keepLog } from "./cache.ts";
import { Channel, type Command, type Terminal } from "./channel.ts";
import { baseImage, IMAGES } from "./image.ts";
import { initramfs } from "./initramfs.ts";
import {
  CHANNEL_FD,
  CONTROL_FD,
  hasKvm,
  type Machine,
  qemuArguments,
  qemuIdentity,
  startQemu,
} from "./qemu.ts";
import { Qmp } from "./qmp.ts";
import type { Release } from "./releases.ts";
import { diskFile, prepareDisk, resumeGuest, saveGuest } from "./saved.ts";
import { placeSoftware, softwareDisk } from "./software.ts";

export type { Command, Terminal } from "./channel.ts";
export { isRelease, RELEASES, type Release } from "./releases.ts";

export interface GuestOptions {
  readonly release?: Release | undefined;
  /** Host directories that appear at the same path, writable. */
  readonly mounts?: readonly string[] | undefined;
  /** Start containerd and dockerd and have the image busybox in it. */
  readonly docker?: boolean | undefined;
  /** Have the image software too: a Debian userland with the servers of vm/software.ts. */
  readonly software?: boolean | undefined;
  /** "small": a few mounts and no services (default). "systemd": Debian's own boot. */
  readonly init?: "small" | "systemd" | undefined;
  /** Place the build in /usr; default true. */
  readonly install?: boolean | undefined;
  /** The build to place; default dist/, built now if a source is newer. */
  readonly build?: string | undefined;
  /** `lockctl load` before anything else; default true when there is a build. */
  readonly load?: boolean | undefined;
  /** Boot although a saved guest like this one is in the cache, and save none; default false. */
  readonly cold?: boolean | undefined;
  readonly icount?: boolean | undefined;
  readonly memoryMiB?: number | undefined;
  readonly cpus?: number | undefined;
  /** Further kernel parameters. */
  readonly append?: string | undefined;
  /** For the boot; default two minutes. */
  readonly bootTimeoutMs?: number | undefined;
  /** Hears of slow steps; default: standard error. */
  readonly say?: ((line: string) => void) | undefined;
}

export interface ExecOptions {
  readonly input?: string | Uint8Array | undefined;
  /** Then the command's session is killed and the status is 124. */
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
  /** Stdout and stderr come as one stream, as stdout. */
  readonly terminal?: Terminal | undefined;
}

export interface ExecResult {
  /** As a shell says it: 128 + N after signal N; 124 after a timeout. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Shell text, or a program with its arguments, word for word. */
export type CommandLine = string | readonly string[];

/** The guest ended although nobody asked it to; the message has the end of its console. */
export class GuestError extends Error {}

const TIMED_OUT = 124;
const SIGKILL = 9;
/** How long a killed command may take to be gone, in milliseconds. */
const KILL_GRACE_MS = 5000;
/** For each step after the boot, in milliseconds; Docker's start may take half a minute. */
const STEP_LIMIT_MS = 180_000;
/** How many directories a guest can have mounted without booting for it. */
const SHARES = 4;
/** A saved guest is some 500 MB and of no use after the next build. */
const SAVED_DAYS = 0.1;

const ENVIRONMENT = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/root",
  LANG: "C.UTF-8",
};

/** A running guest. */
export class Guest {
  /** From the start to the moment when commands can run, without builds, in milliseconds. */
  bootMs = 0;
  readonly pid: number;
  readonly #qemu: ChildProcess;
  readonly #channel: Channel;
  readonly #qmp: Qmp;
  readonly #ended: Promise<void>;
  #console = "";
  #closing = false;

  constructor(machine: Machine) {
    this.#qemu = startQemu(machine);
    this.pid = this.#qemu.pid ?? 0;
    this.#channel = new Channel(this.#socket(CHANNEL_FD));
    this.#qmp = new Qmp(this.#socket(CONTROL_FD));
    const keep = (data: Buffer) => {
      this.#console = (this.#console + data.toString("latin1")).slice(-200_000);
    };
    this.#qemu.stdout?.on("data", keep);
    this.#qemu.stderr?.on("data", keep);
    this.#ended = new Promise((resolve) => {
      this.#qemu.on("close", () => resolve());
      this.#qemu.on("error", (error) => {
        this.#console += error.message;
        resolve();
      });
    });
  }

  /** The kernel's console so far (its last 200,000 characters). */
  get console(): string {
    return this.#console;
  }

  /** Resolves when a guest that boots can run commands. */
  async ready(timeoutMs: number): Promise<void> {
    await this.#unlessLate(once(this.#channel, "ready"), timeoutMs);
  }

  /** Goes on from the guest saved in `directory`, with the host's time. */
  async resume(directory: string, timeoutMs: number): Promise<void> {
    await this.#unlessLate(resumeGuest(this.#qmp, directory), timeoutMs);
    await this.must(["date", "-s", `@${Date.now() / 1000}`], "setting the clock");
  }

  /** Saves the guest in `directory`; it goes on after a second or two. */
  async save(directory: string): Promise<void> {
    await this.#unlessEnded(saveGuest(this.#qmp, directory));
  }

  /** Starts a command and leaves its streams to the caller. */
  start(command: CommandLine, options: Omit<ExecOptions, "input" | "timeoutMs"> = {}): Command {
    return this.#channel.spawn({
      argv: typeof command === "string" ? ["/bin/sh", "-c", command] : command,
      cwd: options.cwd ?? "/root",
      env: { ...ENVIRONMENT, ...options.env },
      terminal: options.terminal,
    });
  }

  /** Waits for a started command; rejects with a GuestError when the guest ends first. */
  async wait(command: Command): Promise<number> {
    const [status] = await this.#unlessEnded(once(command, "exit") as Promise<[number]>);
    return status;
  }

  /** Runs a command to its end. Any number may run at the same time. */
  async exec(command: CommandLine, options: ExecOptions = {}): Promise<ExecResult> {
    const running = this.start(command, options);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    running.on("stdout", (data) => stdout.push(data));
    running.on("stderr", (data) => stderr.push(data));
    if (options.input !== undefined) running.write(Buffer.from(options.input));
    running.end();
    const status = await this.#limit(running, options.timeoutMs);
    return {
      status,
      stdout: Buffer.concat(stdout).toString("utf8"),
      stderr: Buffer.concat(stderr).toString("utf8"),
    };
  }

  /** Ends the guest; what it wrote on its disks is gone. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#qemu.kill("SIGKILL");
    await this.#ended;
  }

  /** Runs a step of the boot that must work. */
  async must(command: CommandLine, what: string): Promise<void> {
    const { status, stdout, stderr } = await this.exec(command, { timeoutMs: STEP_LIMIT_MS });
    if (status === 0) return;
    throw new GuestError(`in the guest, ${what} failed with status ${status}:\n${stdout}${stderr}`);
  }

  async #limit(command: Command, timeoutMs: number | undefined): Promise<number> {
    if (timeoutMs === undefined) return this.wait(command);
    const { promise: late, resolve } = Promise.withResolvers<number>();
    let killed = false;
    let timer = setTimeout(() => {
      killed = true;
      command.signal(SIGKILL);
      timer = setTimeout(() => resolve(TIMED_OUT), KILL_GRACE_MS);
    }, timeoutMs);
    try {
      const status = await Promise.race([this.wait(command), late]);
      return killed ? TIMED_OUT : status;
    } finally {
      clearTimeout(timer);
    }
  }

  #socket(fd: number): Duplex {
    const socket = this.#qemu.stdio[fd] as unknown as Duplex;
    // QEMU's end is gone when it is killed; its exit says so.
    socket.on("error", () => {});
    return socket;
  }

  async #unlessLate(event: Promise<unknown>, timeoutMs: number): Promise<void> {
    const late = Promise.withResolvers<"late">();
    const timer = setTimeout(() => late.resolve("late"), timeoutMs);
    try {
      const came = await this.#unlessEnded(Promise.race([event, late.promise]));
      if (came === "late") {
        throw this.#error(`the guest was not up after ${Math.round(timeoutMs / 1000)} s`);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #unlessEnded<T>(event: Promise<T>): Promise<T> {
    const ended = this.#ended.then(() => {
      throw this.#error("the guest ended");
    });
    return Promise.race([event, ended]);
  }

  #error(what: string): GuestError {
    if (this.#closing) return new GuestError("the guest was closed");
    const log = keepLog(this.#console);
    return new GuestError(`${what}; from its console (all of it is in '${log}'):\n${this.#tail()}`);
  }

  /** What a person would look at first: the panic if there is one, else the last lines. */
  #tail(): string {
    const lines = this.#console.replaceAll("\r", "").trimEnd().split("\n");
    const panic = lines.findIndex((line) => /Kernel panic|\bBUG: |\bOops: /.test(line));
    return (panic < 0 ? lines.slice(-25) : lines.slice(panic, panic + 40)).join("\n");
  }
}

/**
 * A guest that is up: booted, the build placed and loaded, engines started.
 * The first of a release builds its image, which takes minutes; the first with
 * some build and options boots and is saved; further ones go on from there.
 */
export async function bootGuest(options: GuestOptions = {}): Promise<Guest> {
  const startMs = performance.now();
  const plan = await planGuest(options);
  const guest = await (plan.savedName ? bootOrResume(plan, plan.savedName) : boot(plan));
  try {
    for (const [index, path] of plan.mounts.entries()) {
      const command = ["/bin/sh", "-c", MOUNT_SHARE, "sh", `mount${index}`, path];
      await guest.must(command, `mounting '${path}'`);
    }
  } catch (error) {
    await guest.close();
    throw error;
  }
  guest.bootMs = performance.now() - startMs - plan.prepareMs;
  return guest;
}

/** What is to be booted, and all that was made ready for it. */
interface Plan {
  readonly machine: Machine;
  readonly mounts: readonly string[];
  /** Commands that make the guest what the options ask for, each with what it is for. */
  readonly steps: readonly (readonly [command: string, what: string])[];
  readonly timeoutMs: number;
  /** The saved guest's name in the cache; undefined when one may not be used. */
  readonly savedName: string | undefined;
  readonly prepareMs: number;
}

async function planGuest(options: GuestOptions): Promise<Plan> {
  const startMs = performance.now();
  const say = options.say ?? ((line: string) => process.stderr.write(`vm: ${line}\n`));
  const base = await baseImage(options.release ?? "bookworm", say);
  const build = (options.install ?? true) ? await buildDisk(options.build, say) : undefined;
  const software = options.software ? await softwareDisk(say) : undefined;
  const disks = [base.rootDisk, build, software].filter((path) => path !== undefined);
  const load = build !== undefined && (options.load ?? true);
  const systemd = options.init === "systemd";
  const mounts = options.mounts ?? [];
  // A saved guest's devices must be there again, so each guest has the same number of shares.
  const unused = Array(SHARES).fill(emptyDirectory());
  const machine: Machine = {
    kernel: base.kernel,
    initramfs: await initramfs(base),
    disks: disks.map((path) => ({ path, format: "raw" })),
    shares: [...mounts.map((path) => realpathSync(path)), ...unused.slice(mounts.length)],
    memoryMiB: options.memoryMiB ?? 2048,
    cpus: options.cpus ?? 1,
    icount: options.icount ?? false,
    append: [...(systemd ? systemdParameters(options, load) : []), options.append ?? ""].join(" "),
  };
  const docker = options.docker ?? false;
  const steps = [
    ...(systemd ? systemdSteps(docker) : smallSteps(build !== undefined, load, docker)),
    ...(software ? [placeSoftware(disks.indexOf(software))] : []),
  ];
  const savable = !options.cold && !machine.icount && !hasKvm();
  const name = digest(
    JSON.stringify([qemuArguments({ ...machine, shares: unused }), steps, qemuIdentity()]),
  );
  return {
    machine,
    mounts,
    steps,
    timeoutMs: options.bootTimeoutMs ?? 120_000,
    savedName: savable && mounts.length <= SHARES ? `saved-${name}` : undefined,
    prepareMs: performance.now() - startMs,
  };
}

function smallSteps(build: boolean, load: boolean, docker: boolean): Plan["steps"] {
  return [
    ...(build ? [["sh /run/lockc-vm/place.sh /", "placing the build"] as const] : []),
    ...(load ? [["modprobe overlay; lockctl load", "lockctl load"] as const] : []),
    ...(docker ? [["sh /run/lockc-vm/engines.sh", "starting Docker"] as const, LOAD_BUSYBOX] : []),
  ];
}

function systemdSteps(docker: boolean): Plan["steps"] {
  // "degraded", status 1, is for the command to find out about.
  const up = ["systemctl is-system-running --wait >/dev/null || true", "systemd's boot"] as const;
  return docker ? [up, LOAD_BUSYBOX] : [up];
}

async function boot(plan: Plan, machine = plan.machine): Promise<Guest> {
  const guest = new Guest(machine);
  try {
    await guest.ready(plan.timeoutMs);
    for (const [command, what] of plan.steps) await guest.must(command, what);
  } catch (error) {
    await guest.close();
    throw error;
  }
  return guest;
}

async function bootOrResume(plan: Plan, name: string): Promise<Guest> {
  const [root, ...disks] = plan.machine.disks;
  let first: Guest | undefined;
  const saved = await cached(name, SAVED_DAYS, async (target) => {
    const disk = {
      path: prepareDisk(target, root!.path),
      format: "qcow2",
      writable: true,
    } as const;
    first = await boot(plan, { ...plan.machine, disks: [disk, ...disks] });
    await first.save(target);
  }).catch(async (error: unknown) => {
    await first?.close();
    throw error;
  });
  if (first) return first;
  const guest = new Guest({
    ...plan.machine,
    disks: [{ path: diskFile(saved), format: "qcow2" }, ...disks],
    incoming: true,
  });
  try {
    await guest.resume(saved, plan.timeoutMs);
  } catch (error) {
    await guest.close();
    throw error;
  }
  return guest;
}

const LOAD_BUSYBOX = [
  `docker load -q -i ${IMAGES}/busybox.tar`,
  "loading the image busybox",
] as const;

const MOUNT_SHARE =
  'mkdir -p "$2" && mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 "$1" "$2"';

function systemdParameters(options: GuestOptions, load: boolean): string[] {
  const engines = ["docker.service", "docker.socket", "containerd.service"];
  return [
    "lockc.vm=systemd",
    "systemd.unit=multi-user.target",
    "systemd.show_status=0",
    ...(options.docker ? [] : engines.map((unit) => `systemd.mask=${unit}`)),
    ...(load ? ["systemd.wants=lockc.service"] : []),
  ];
}
