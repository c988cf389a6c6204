// SPDX-License-Identifier: Apache-2.0
/**
 * What lockc-runc costs natively, against plain runc in the same run, alternating:
 * native.ts RUNS prints the figures as JSON. Ratios first: the machine's own speed
 * cancels out.
 *
 * Uses the measuring build, which does all of a create but needs no program
 * attached, so that it also runs where the kernel refuses BPF LSM programs.
 * Everything happens in a mount namespace of its own (its own bpffs, /run/lockc,
 * /etc/lockc and /var/lib/docker) with its own dockerd; the host keeps nothing.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, completeSettings } from "../ctl/compile.ts";
import { readPolicies } from "../ctl/sources.ts";
import type { Policy } from "../shim/policy.ts";
import { bundleCompiled } from "../tool/bundle.ts";
import { type Comparison, compare, quantile } from "./statistics.ts";

const TOP = join(import.meta.dirname, "..");
const MEASURE = join(TOP, "build/measure/usr");

function must(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}${stdout}`);
  return stdout.trim();
}

/** Runs once; how long it took, in milliseconds. */
function timed(
  command: string,
  args: readonly string[],
  statuses: readonly number[] = [0],
): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (!statuses.includes(status ?? -1)) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return ms;
}

/** Where lockc and dockerd keep state; covered by a tmpfs each in our namespace. */
const COVERED = ["/etc/lockc", "/run/lockc", "/run/docker", "/run/containerd", "/var/lib/docker"];

/** Measures in a mount namespace of its own: the children inherit it, the host does not see it. */
export function measureNative(runs: number): NativeFigures {
  const made = COVERED.map((path) => mkdirSync(path, { recursive: true, mode: 0o755 }));
  try {
    const words = [process.execPath, import.meta.filename, String(runs)];
    return JSON.parse(must("unshare", ["--mount", "--propagation", "private", ...words]));
  } finally {
    for (const path of made) if (path !== undefined) rmSync(path, { recursive: true });
  }
}

function prepareNamespace(): void {
  for (const path of COVERED) must("mount", ["-t", "tmpfs", "none", path]);
  must("mount", ["-t", "bpf", "none", "/sys/fs/bpf"]);
}

/** The measuring build, its launcher pointed at it. Returns lockc-runc's path. */
function installMeasure(folder: string): string {
  must("npm", ["run", "--silent", "build", "--prefix", TOP, "--", "--measure"]);
  const launcher = join(folder, "lockc-runc");
  const text = readFileSync(join(MEASURE, "bin/lockc-runc"), "utf8");
  writeFileSync(
    launcher,
    text.replace("LOCKC_LIB=/usr/lib/lockc", `LOCKC_LIB=${MEASURE}/lib/lockc`),
  );
  chmodSync(launcher, 0o755);
  must(`${MEASURE}/lib/lockc/node`, [`${MEASURE}/lib/lockc/lockctl.cjs`, "load"]);
  return launcher;
}

class Docker {
  readonly #socket: string;
  readonly #daemon;

  constructor(folder: string, launcher: string) {
    this.#socket = `unix://${folder}/docker.sock`;
    writeFileSync(
      `${folder}/daemon.json`,
      JSON.stringify({
        bridge: "none",
        iptables: false,
        ip6tables: false,
        hosts: [this.#socket],
        pidfile: `${folder}/docker.pid`,
        "exec-root": `${folder}/exec`,
        runtimes: { lockc: { path: launcher } },
      }),
    );
    this.#daemon = spawn("dockerd", ["--config-file", `${folder}/daemon.json`], {
      stdio: "ignore",
    });
  }

  command(args: readonly string[]): readonly [string, readonly string[]] {
    return ["docker", ["-H", this.#socket, ...args]];
  }

  start(folder: string): void {
    const until = Date.now() + 60_000;
    while (spawnSync(...this.#info()).status !== 0) {
      if (Date.now() > until) throw new Error("dockerd did not come up");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
    const root = join(folder, "rootfs/bin");
    mkdirSync(root, { recursive: true });
    must("cp", ["/bin/busybox", root]);
    must("ln", ["-s", "busybox", join(root, "true")]);
    must("tar", ["-C", join(folder, "rootfs"), "-cf", join(folder, "image.tar"), "."]);
    must(...this.command(["import", join(folder, "image.tar"), "busybox"]));
  }

  #info(): [string, string[]] {
    const [command, args] = this.command(["info"]);
    return [command, [...args]];
  }

  async stop(): Promise<void> {
    if (this.#daemon.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#daemon.once("exit", resolve));
    this.#daemon.kill("SIGTERM");
    await ended;
  }
}

function findRunc(): string {
  const found = ["/usr/bin/runc", "/usr/sbin/runc"].find((path) => existsSync(path));
  if (found === undefined) throw new Error("runc is missing: apt-get install runc");
  return found;
}

/** One measurement of each kind in turn, so that what disturbs one disturbs the other. */
function alternate(
  name: string,
  runs: number,
  plain: () => number,
  lockc: () => number,
): Comparison {
  const times: [number[], number[]] = [[], []];
  plain();
  lockc();
  for (let run = 0; run < runs; run++) {
    const order = run % 2 === 0 ? [0, 1] : [1, 0];
    for (const which of order) times[which as 0 | 1].push(which === 0 ? plain() : lockc());
  }
  return compare(name, times[0], times[1]);
}

/** What a create spends on config.json and policy, once Node runs; medians, in milliseconds. */
export interface Admission {
  readonly runs: number;
  readonly readMs: number;
  readonly judgeMs: number;
  readonly totalMs: number;
}

/** Judges the bundle of a running Docker container, each time in a fresh process. */
async function measureAdmission(docker: Docker, folder: string, runs: number): Promise<Admission> {
  const id = must(
    ...docker.command([
      "run",
      "-d",
      "--network",
      "none",
      "busybox",
      "/bin/busybox",
      "sleep",
      "600",
    ]),
  );
  const bundle = must("find", [folder, "/run", "-path", `*.task/moby/${id}`, "-prune", "-print"]);
  const lib = join(folder, "admission");
  mkdirSync(lib);
  symlinkSync(`${MEASURE}/lib/lockc/node`, join(lib, "node"));
  await bundleCompiled("bench/admission.ts", lib, true);
  const policies = readPolicies([join(TOP, "policy")]).map(compile);
  const loaded = join(folder, "policies.json");
  const text = (policy: Policy) => JSON.stringify({ ...policy, kernel: { rules: 0 } });
  writeFileSync(
    loaded,
    JSON.stringify({
      settings: completeSettings({}),
      policies: Object.fromEntries(policies.map((policy) => [policy.name, text(policy)])),
    }),
  );
  const times = Array.from({ length: runs }, () =>
    JSON.parse(must(join(lib, "node"), [join(lib, "shim.cjs"), bundle, id, loaded])),
  ) as { readMs: number; judgeMs: number }[];
  must(...docker.command(["rm", "-f", id]));
  const median = (pick: (time: { readMs: number; judgeMs: number }) => number) =>
    quantile(times.map(pick), 0.5);
  return {
    runs,
    readMs: median(({ readMs }) => readMs),
    judgeMs: median(({ judgeMs }) => judgeMs),
    totalMs: median(({ readMs, judgeMs }) => readMs + judgeMs),
  };
}

export interface NativeFigures {
  readonly comparisons: readonly Comparison[];
  readonly admission: Admission;
}

async function measure(runs: number): Promise<NativeFigures> {
  const folder = mkdtempSync(join(tmpdir(), "lockc-bench-"));
  const runc = findRunc();
  prepareNamespace();
  const launcher = installMeasure(folder);
  const docker = new Docker(folder, launcher);
  try {
    docker.start(folder);
    const dockerRun = (runtime: string) =>
      timed(
        ...docker.command([
          "run",
          "--rm",
          "--network",
          "none",
          "--runtime",
          runtime,
          "busybox",
          "true",
        ]),
      );
    const passed = (words: readonly string[], statuses: readonly number[] = [0]) =>
      alternate(
        words.at(-1) === "nope" ? `${words[0]} (no such container)` : words.join(" "),
        200,
        () => timed(runc, ["--root", `${folder}/root`, ...words], statuses),
        () => timed(launcher, ["--root", `${folder}/root`, ...words], statuses),
      );
    const admission = await measureAdmission(docker, folder, Math.max(runs, 30));
    const comparisons = [
      alternate(
        "docker run --rm",
        runs,
        () => dockerRun("runc"),
        () => dockerRun("lockc"),
      ),
      passed(["list", "-q"]),
      passed(["features"]),
      passed(["state", "nope"], [1]),
      passed(["kill", "nope"], [1]),
    ];
    return { comparisons, admission };
  } finally {
    await docker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  process.stdout.write(JSON.stringify(await measure(Number(process.argv[2]))));
}
