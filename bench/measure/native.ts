// SPDX-License-Identifier: Apache-2.0
/**
 * What lockc costs natively, against plain runc in the same run, alternating; run by
 * itself it prints the figures as JSON. Ratios first: the machine's own speed cancels
 * out. The host keeps nothing of it (host.ts).
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Admission, measureAdmission } from "./admission.ts";
import { removeGroup } from "./cgroup.ts";
import { measureCommands } from "./containers.ts";
import { Docker, makeRootfs } from "./docker.ts";
import {
  configure,
  endOrderly,
  findRunc,
  installLockc,
  LOCKC_RUNC,
  makeNoop,
  runApart,
} from "./host.ts";
import { type Load, measureLoad } from "./load.ts";
import {
  measureLives,
  measureNoopCreates,
  measureScale,
  type Repeated,
  type Scale,
} from "./scale.ts";
import { type Many, measureMany, measureShim, type ShimAlone, useExitRuntime } from "./shim.ts";
import { measureSizes, type Sizes } from "./sizes.ts";
import { alternate, alternateBoth, durations, makeSpawn, type Spawn } from "./spawn.ts";
import { type Comparison, compare } from "./statistics.ts";

/** How much is measured. */
export interface Amount {
  /** Measurements of each kind. */
  readonly runs: number;
  /** Containers that exist at the same time under plain runc, and as many under lockc. */
  readonly containers: number;
  /** Containers that are created one after the other. */
  readonly creates: number;
}

export interface NativeFigures {
  readonly docker: readonly Comparison[];
  readonly commands: readonly Comparison[];
  readonly shim: ShimAlone;
  readonly admission: Admission;
  readonly many: Many;
  readonly scale: Scale;
  readonly lives: Repeated;
  /** Creates with a shim that does nothing, see makeNoop. */
  readonly noop: Repeated;
  readonly load: Load;
  readonly sizes: Sizes;
}

/** Takes some minutes. */
export function measureNative(amount: Amount): NativeFigures {
  const measured = JSON.parse(runApart(import.meta.filename, [JSON.stringify(amount)]));
  return { ...measured, sizes: measureSizes() };
}

/** As people type it: with the network that Docker gives by default, a bridge. */
const dockerRun = (docker: Docker, runtime: string, ...options: string[]) => ({
  words: docker.words("run", "--rm", ...options, "--runtime", runtime, "busybox", "/bin/true"),
});

const NO_NETWORK = ["--network", "none"];

function measureDocker(spawn: Spawn, docker: Docker, runs: number): Comparison[] {
  const kinds = [
    () => dockerRun(docker, "runc"),
    () => dockerRun(docker, "lockc"),
    () => dockerRun(docker, "noop"),
    () => dockerRun(docker, "runc", ...NO_NETWORK),
    () => dockerRun(docker, "lockc", ...NO_NETWORK),
  ];
  const [runc, lockc, noop, runcAlone, lockcAlone] = alternate(spawn, 2 * runs, kinds).map(
    durations,
  );
  const ids = ["runc", "lockc"].map((runtime) => docker.keep(runtime));
  const exec = (id: string) => ({ words: docker.words("exec", id, "/bin/true") });
  return [
    compare("docker run --rm", runc!, lockc!),
    compare("docker run --rm, no-op shim", runc!, noop!),
    compare("docker run --rm --network none", runcAlone!, lockcAlone!),
    alternateBoth(spawn, "docker exec", 8 * runs, exec(ids[0]!), exec(ids[1]!)),
  ];
}

/** Commands that no container answers: of runc's own time little is left. */
function measurePassed(spawn: Spawn, runc: string, folder: string, runs: number): Comparison[] {
  const passed: readonly (readonly [name: string, status: number, ...words: string[]])[] = [
    ["list", 0, "list", "-q"],
    ["features", 0, "features"],
    ["state of none", 1, "state", "nope"],
    ["kill of none", 1, "kill", "nope"],
  ];
  return passed.map(([name, status, ...words]) => {
    const command = (program: string) => ({
      words: [program, "--root", join(folder, "root-none"), ...words],
      status,
    });
    return alternateBoth(spawn, name, runs, command(runc), command(LOCKC_RUNC));
  });
}

async function measure(amount: Amount): Promise<Omit<NativeFigures, "sizes">> {
  const { runs, containers, creates } = amount;
  const folder = mkdtempSync(join(tmpdir(), "lockc-bench-"));
  const cgroup = folder.slice(folder.lastIndexOf("/") + 1);
  let docker: Docker | undefined;
  endOrderly();
  try {
    say("building");
    installLockc();
    const spawn = makeSpawn(folder);
    const rootfs = makeRootfs(folder);
    const runc = findRunc();
    const noop = makeNoop(folder, runc);
    docker = Docker.start(folder, rootfs, cgroup, noop);
    const id = docker.keep("runc");
    const bundle = docker.bundleOf(id);
    const config = readFileSync(join(bundle, "config.json"), "utf8");
    const site = { folder, rootfs, config, cgroup, runc, noop };

    say("docker run and exec");
    const dockers = measureDocker(spawn, docker, runs);
    say("each command of a container");
    const commands = [
      ...measureCommands(spawn, site, runs),
      ...measurePassed(spawn, runc, folder, runs),
    ];
    say(`${containers} containers at once`);
    const scale = measureScale(spawn, site, containers);
    say("as many with a shim that does nothing");
    const unjudged = measureNoopCreates(spawn, site, containers);
    say(`${containers} docker run at once`);
    const lives = measureLives(
      spawn,
      containers,
      dockerRun(docker, "runc"),
      dockerRun(docker, "lockc"),
    );
    say("the admission and the shim alone");
    const admission = await measureAdmission(folder, bundle, id, runs);
    const alone = { folder, bundle, id, exit: useExitRuntime(folder) };
    const shim = measureShim(spawn, alone, 2 * runs);
    say(`${creates} creates`);
    const many = measureMany(spawn, alone, creates, runs);
    configure("");
    say("lockctl load");
    const load = measureLoad(spawn, runs);
    return { docker: dockers, commands, shim, admission, many, scale, lives, noop: unjudged, load };
  } finally {
    try {
      await docker?.stop();
    } finally {
      removeGroup(cgroup);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

const began = performance.now();
function say(what: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(3);
  process.stderr.write(`bench: ${seconds} s: ${what}\n`);
}

if (import.meta.main) {
  process.stdout.write(JSON.stringify(await measure(JSON.parse(process.argv[2]!))));
}
