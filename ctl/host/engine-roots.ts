// SPDX-License-Identifier: Apache-2.0
/**
 * Where the engines of this host keep their containers: what their own files say, the units
 * that start them, and the command lines of those that run. Everything that root wrote
 * counts, also where one of it takes the place of another: a directory too many is one more
 * that no container is given.
 */
import {
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { quietly } from "../../core/errors.ts";
import { isWithin } from "../../core/path.ts";
import { filesBelow } from "./drop-ins.ts";
import { NoRegularFile, readRegularFile } from "./regular-file.ts";
import { parseToml, stringOf, stringsOf, type TomlTable, tableAt } from "./toml.ts";

/** Where engines keep their containers when nobody told them another place. */
export const USUAL_ROOTS: readonly string[] = [
  "/var/lib/docker",
  "/run/docker",
  "/var/lib/containerd",
  "/run/containerd",
  "/var/lib/buildkit",
  "/var/lib/containers/storage",
  "/run/containers/storage",
  "/var/lib/kubelet",
];

export interface EngineRoot {
  readonly path: string;
  /** The file, or the program whose command line says so. */
  readonly from: string;
}

export interface EngineRoots {
  /** Each path once, in their order; none that lies in another one, or in a usual one. */
  readonly roots: readonly EngineRoot[];
  /** Files that are there and tell nothing, and values that are no directory's path, in words. */
  readonly faults: readonly string[];
}

/** Path on the host → where it is. */
type At = (path: string) => string;

interface Told {
  readonly value: string;
  readonly from: string;
}

/** How a program is started, or could be: its command line, its unit, what that reads. */
interface Command {
  readonly program: string;
  readonly words: readonly string[];
  /** Completes "--root". */
  readonly from: string;
}

/** @param base where the host's root directory is. */
export function findEngineRoots(base = "/"): EngineRoots {
  const at = (path: string) => join(base, path);
  const faults: string[] = [];
  const commands = readCommands(at, faults);
  const told = [
    ...readDaemonJson(at, commands, faults),
    ...readContainerd(at, commands, faults),
    ...readStorage(at, commands, faults),
    ...readDistributions(at),
    ...commands.flatMap(({ program, words, from }) =>
      optionsOf(words, PROGRAMS[program]!.names).map(([name, value]) => ({
        value,
        from: `${name} ${from}`,
      })),
    ),
  ];
  const roots = new Map<string, EngineRoot>();
  for (const { value, from } of told) {
    const path = normalize(value).replace(/(?<=.)\/+$/, "");
    if (value === "") continue;
    if (!path.startsWith("/") || path === "/" || path.includes("\0")) {
      faults.push(`"${value}" (${from}) is no directory that an engine could have for itself`);
    } else if (!roots.has(path)) roots.set(path, { path, from });
  }
  // What lies in another one needs no name of its own (Docker's own containerd), and comes and
  // goes with its engine.
  const around = [...USUAL_ROOTS, ...roots.keys()];
  const outer = [...roots.values()].filter(
    ({ path }) => !around.some((other) => other !== path && isWithin(path, other)),
  );
  return { roots: outer.sort((a, b) => (a.path < b.path ? -1 : 1)), faults };
}

/**
 * Every name of each directory: as it is written, and without symbolic links, as far as it
 * is there already. What containers are given is known by the latter.
 */
export function withRealNames(paths: readonly string[], base = "/"): string[] {
  return [...new Set(paths.flatMap((path) => [path, realName(path, base)]))];
}

function realName(path: string, base: string): string {
  let existing = path;
  for (let rest = ""; existing !== "/"; existing = dirname(existing)) {
    const real = quietly(() => realpathSync.native(join(base, existing)));
    if (real !== undefined) return join("/", real.slice(base === "/" ? 0 : base.length), rest);
    rest = join(basename(existing), rest);
  }
  return path;
}

/** Docker's own file (dockerd(8)); "graph" is data-root's name before Docker 17.05. */
function readDaemonJson(at: At, commands: readonly Command[], faults: string[]): Told[] {
  const files = ["/etc/docker/daemon.json", ...filesOf(commands, "dockerd", ["--config-file"])];
  return [...new Set(files)].flatMap((file) => {
    const text = readIfThere(at(file), file, faults);
    if (text === undefined || text.trim() === "") return [];
    let config: unknown;
    try {
      config = JSON.parse(text);
    } catch {
      faults.push(`${file} is not JSON`);
      return [];
    }
    return ["data-root", "graph", "exec-root"].flatMap((key) => {
      const value = (config as Record<string, unknown> | null)?.[key];
      return typeof value === "string" ? [{ value, from: `${key} in ${file}` }] : [];
    });
  });
}

/** The files of containerd itself, and of those that Kubernetes' distributions bring along. */
const CONTAINERD = [
  "/etc/containerd/config.toml",
  "/run/docker/containerd/containerd.toml",
  "/var/lib/rancher/k3s/agent/etc/containerd/config.toml",
  "/var/lib/rancher/rke2/agent/etc/containerd/config.toml",
  "/etc/k0s/containerd.toml",
  "/var/snap/microk8s/current/args/containerd.toml",
];

interface Distribution {
  /** It is here if this is. */
  readonly home: string;
  readonly roots: readonly string[];
}

/**
 * Kubernetes' distributions start containerd and the kubelet themselves, by options that are in
 * no file, maybe after lockc was loaded: where they keep things where nobody says otherwise.
 */
const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  k3s: {
    home: "/var/lib/rancher/k3s",
    roots: ["/var/lib/rancher/k3s/agent/containerd", "/run/k3s/containerd"],
  },
  RKE2: {
    home: "/var/lib/rancher/rke2",
    roots: ["/var/lib/rancher/rke2/agent/containerd", "/run/k3s/containerd"],
  },
  k0s: {
    home: "/var/lib/k0s",
    roots: ["/var/lib/k0s/containerd", "/run/k0s/containerd", "/var/lib/k0s/kubelet"],
  },
  MicroK8s: {
    home: "/var/snap/microk8s/common",
    roots: ["var/lib/containerd", "run/containerd", "var/lib/kubelet"].map(
      (path) => `/var/snap/microk8s/common/${path}`,
    ),
  },
};

function readDistributions(at: At): Told[] {
  return Object.entries(DISTRIBUTIONS)
    .filter(([, { home }]) => existsSync(at(home)))
    .flatMap(([name, { home, roots }]) =>
      roots.map((value) => ({ value, from: `${name}, which has ${home}` })),
    );
}

/** Top-level root and state, and those of the files that it imports (containerd-config.toml(5)). */
function readContainerd(at: At, commands: readonly Command[], faults: string[]): Told[] {
  const left = [...CONTAINERD, ...filesOf(commands, "containerd", ["--config", "-c"])];
  const seen = new Set<string>();
  const told: Told[] = [];
  for (let file = left.shift(); file !== undefined; file = left.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readIfThere(at(file), file, faults);
    if (text === undefined) continue;
    const config = tomlOf(text, file, faults);
    told.push(...valuesOf(config, file, [], ["root", "state"]));
    const imports = stringsOf(config?.imports);
    left.push(...imports.flatMap((pattern) => matching(at, pattern, dirname(file))));
  }
  return told;
}

/** Files that a pattern stands for; a relative one is meant from the file that imports. */
function matching(at: At, pattern: string, directory: string): string[] {
  const absolute = pattern.startsWith("/") ? pattern : join(directory, pattern);
  if (!/[*?[{]/.test(absolute)) return [absolute];
  const top = at("/");
  return globSync(at(absolute)).map((path) => join("/", path.slice(top.length)));
}

/** Podman's and CRI-O's storage (containers-storage.conf(5), crio.conf(5)), and nerdctl's. */
function readStorage(at: At, commands: readonly Command[], faults: string[]): Told[] {
  const read = (files: readonly string[], table: readonly string[], keys: readonly string[]) =>
    files.flatMap((file) => {
      const text = readIfThere(at(file), file, faults);
      if (text === undefined) return [];
      return valuesOf(tomlOf(text, file, faults), file, table, keys);
    });
  const dropIns = (directory: string) => matching(at, `${directory}/*.conf`, "/").sort();
  const crios = (...names: readonly string[]) => filesOf(commands, "crio", names);
  return [
    ...read(
      [
        "/usr/share/containers/storage.conf",
        ...dropIns("/usr/share/containers/storage.conf.d"),
        "/etc/containers/storage.conf",
        ...dropIns("/etc/containers/storage.conf.d"),
      ],
      ["storage"],
      ["graphroot", "runroot"],
    ),
    ...read(
      [
        ...["/etc/crio/crio.conf", ...crios("--config", "-c")],
        ...["/etc/crio/crio.conf.d", ...crios("--config-dir", "-d")].flatMap((directory) =>
          filesBelow(directory, at("/")),
        ),
      ],
      ["crio"],
      ["root", "runroot"],
    ),
    ...read(
      [
        "/usr/share/containers/containers.conf",
        ...dropIns("/usr/share/containers/containers.conf.d"),
        "/etc/containers/containers.conf",
        ...dropIns("/etc/containers/containers.conf.d"),
      ],
      ["engine"],
      ["static_dir", "graphroot", "runroot"],
    ).map((one) => ({
      ...one,
      // static_dir is GRAPHROOT/libpod unless it is said otherwise.
      value: one.value.replace(/\/libpod\/?$/, ""),
    })),
    ...read(["/etc/nerdctl/nerdctl.toml"], [], ["data_root"]),
  ];
}

/** A file that is not valid tells nothing, here as to its engine. */
function tomlOf(text: string, file: string, faults: string[]): TomlTable | undefined {
  const config = quietly(() => parseToml(text));
  if (config === undefined) faults.push(`${file} is not TOML`);
  return config;
}

function valuesOf(
  config: TomlTable | undefined,
  file: string,
  table: readonly string[],
  keys: readonly string[],
): Told[] {
  const values = tableAt(config, table);
  return keys.flatMap((key) => {
    const value = stringOf(values?.[key]);
    return value === undefined ? [] : [{ value, from: `${key} in ${file}` }];
  });
}

/** Program → unit that starts it, and the options that name directories. */
const PROGRAMS: Readonly<
  Record<string, { readonly unit: string; readonly names: readonly string[] }>
> = {
  dockerd: { unit: "docker", names: ["--data-root", "--graph", "-g", "--exec-root"] },
  containerd: { unit: "containerd", names: ["--root", "--state"] },
  buildkitd: { unit: "buildkit", names: ["--root"] },
  crio: { unit: "crio", names: ["--root", "-r", "--runroot"] },
  kubelet: { unit: "kubelet", names: ["--root-dir"] },
  // --kubelet-arg=root-dir=…
  k3s: { unit: "k3s", names: ["root-dir"] },
  rke2: { unit: "rke2-server", names: ["root-dir"] },
};

function readCommands(at: At, faults: string[]): Command[] {
  return Object.entries(PROGRAMS).flatMap(([program, { unit }]) => [
    ...running(at, program).map((words) => ({ program, words, from: "of the one that runs" })),
    ...readUnit(at, unit, faults).map(({ words, file }) => ({
      program,
      words,
      from: `in ${file}`,
    })),
  ]);
}

/** The values that follow an option, after a blank or an equals sign. */
function optionsOf(words: readonly string[], names: readonly string[]): [string, string][] {
  return words.flatMap((word, index) =>
    names.flatMap((name): [string, string][] => {
      const found = patternOf(name).exec(word);
      const value = found?.[1] ?? (found === null ? undefined : words[index + 1]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function patternOf(name: string): RegExp {
  if (!name.startsWith("-")) return new RegExp(`(?:^|=)-*${name}=(.*)`, "s");
  // Go's flags take one dash for two.
  return new RegExp(`^${name.replace(/^--/, "--?")}(?:=(.*))?$`, "s");
}

function filesOf(
  commands: readonly Command[],
  program: string,
  names: readonly string[],
): string[] {
  return commands
    .filter((command) => command.program === program)
    .flatMap(({ words }) => optionsOf(words, names).map(([, file]) => file))
    .filter((file) => file.startsWith("/"));
}

/** Where systemd reads units, from what is least important (systemd.unit(5)). */
const UNIT_DIRECTORIES = [
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
  "/run/systemd/system",
  "/etc/systemd/system",
];

/** A unit's files, its drop-ins and their files of variables, each as words. */
function readUnit(at: At, unit: string, faults: string[]) {
  const files = UNIT_DIRECTORIES.flatMap((directory) => [
    `${directory}/${unit}.service`,
    ...matching(at, `${directory}/${unit}.service.d/*.conf`, "/").sort(),
  ]);
  return files.flatMap((file) => {
    const text = readIfThere(at(file), file, faults);
    if (text === undefined) return [];
    const variables = [...text.matchAll(/^\s*EnvironmentFile=-?(\/\S+)/gm)].flatMap(([, name]) => {
      const content = readIfThere(at(name!), name!, faults);
      return content === undefined ? [] : [{ file: name!, words: wordsOf(content) }];
    });
    return [{ file, words: wordsOf(text) }, ...variables];
  });
}

/** Lines that begin with a sign of a comment are left out, and quotes. */
function wordsOf(text: string): string[] {
  return (
    text
      .replaceAll("\\\n", " ")
      .split("\n")
      .filter((line) => !/^\s*[#;]/.test(line))
      .flatMap((line) => line.split(/[\s"']+/))
      // KEY=--option: the option begins behind the equals sign.
      .map((word) => word.replace(/^(?:[A-Za-z_]\w*=)+(?=-)/, ""))
      .filter((word) => word !== "")
  );
}

/** The command lines of a program that root runs in the host's mount namespace. */
function running(at: At, name: string): string[][] {
  const host = quietly(() => readlinkSync(at("/proc/1/ns/mnt")));
  const pids = (quietly(() => readdirSync(at("/proc"))) ?? []).filter((pid) => /^\d+$/.test(pid));
  return pids.flatMap((pid) => {
    const file = (of: string) => at(`/proc/${pid}/${of}`);
    const command = quietly(() => readFileSync(file("cmdline"), "utf8"));
    const words = command?.split("\0").slice(0, -1);
    if (words === undefined || basename(words[0] ?? "") !== name) return [];
    const own = quietly(() => statSync(at(`/proc/${pid}`)).uid === 0);
    const there = quietly(() => readlinkSync(file("ns/mnt")));
    return own && host !== undefined && there === host ? [words] : [];
  });
}

function readIfThere(path: string, name: string, faults: string[]): string | undefined {
  try {
    return readRegularFile(path).toString();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof NoRegularFile) faults.push(`${name}: ${error.message}`);
    else if (code !== "ENOENT" && code !== "ENOTDIR")
      faults.push(`${name} cannot be read (${code})`);
    return undefined;
  }
}
