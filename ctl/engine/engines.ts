// SPDX-License-Identifier: Apache-2.0
/** Which engines this host has, and whether they know lockc-runc: what their own files say. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { quietly } from "../../core/errors.ts";
import { isLauncher } from "../../core/runtime.ts";
import { filesBelow } from "../host/drop-ins.ts";
import { readRegularFile } from "../host/regular-file.ts";
import { parseToml, type TomlTable } from "../host/toml.ts";
import { understandContainerd } from "./containerd.ts";
import { understandCrio } from "./crio.ts";
import { parseDocker, programOf } from "./docker.ts";
import { understandPodman } from "./podman.ts";

export type EngineName = "Docker" | "containerd" | "Podman" | "CRI-O" | "kubelet";

export interface EngineFacts {
  readonly name: EngineName;
  /** What its file calls the runtimes that are lockc-runc. */
  readonly registered: readonly string[];
  /** Those of them whose name or arguments select a policy, and which. */
  readonly selects?: Readonly<Record<string, string>>;
  /** The runtime that it takes when nobody says which, where its file names one. */
  readonly usual: string | undefined;
  /** A file of its own that is there and cannot be read or understood. */
  readonly unreadable?: string;
  readonly builds?: BuildFacts;
  /** What dockerd says it is. */
  readonly version?: string;
  /** Runtimes that are lockc-runc and are not told what a pod's annotation asks for. */
  readonly dropsRequests?: readonly string[];
  /** It has runtimes, but not the one that it takes when nobody says which: it refuses all pods. */
  readonly lacksUsual?: true;
}

/** Whether the steps of docker build go through lockc-runc: that is said in dockerd's environment. */
interface BuildFacts {
  /** The version of dockerd; undefined when it does not say. */
  readonly major: number | undefined;
  /** Some drop-in of its unit says so. */
  readonly written: boolean;
  /** The dockerd that runs was told; undefined when none runs, or when its environment is not for this user. */
  readonly running: boolean | undefined;
}

const PROGRAMS: Readonly<Record<EngineName, string>> = {
  Docker: "dockerd",
  containerd: "containerd",
  Podman: "podman",
  "CRI-O": "crio",
  kubelet: "kubelet",
};
const DIRECTORIES = ["usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin"];

/** @param base where the host's root directory is. */
export function readEngines(base = "/"): EngineFacts[] {
  const at = (path: string) => join(base, path);
  return (Object.keys(PROGRAMS) as EngineName[]).flatMap((name) => {
    const paths = DIRECTORIES.map((folder) => at(join(folder, PROGRAMS[name])));
    const program = paths.find((path) => existsSync(path));
    return program === undefined ? [] : [{ name, ...READERS[name](at, program) }];
  });
}

type At = (path: string) => string;
type Read = (at: At, program: string) => Omit<EngineFacts, "name">;

const READERS: Readonly<Record<EngineName, Read>> = {
  Docker: readDocker,
  containerd: (at, program) => {
    const file = at("etc/containerd/config.toml");
    // What it makes of its file and of those that this imports, as a file without a version is
    // none of version 2, and a table of runtimes takes the place of the built-in one.
    const { status, stdout } = spawnSync(program, ["--config", file, "config", "dump"], {
      encoding: "utf8",
      timeout: 5000,
    });
    if (status === 0 && stdout.includes("[plugins")) {
      const made = quietly(() => parseToml(stdout));
      return made === undefined
        ? { registered: [], usual: undefined, unreadable: file }
        : readContainerd([made]);
    }
    const facts = readTables([file], readContainerd);
    const isThere = facts.unreadable === undefined && existsSync(file);
    return isThere && status !== 0 ? { ...facts, unreadable: file } : facts;
  },
  Podman: (at) =>
    readTables(
      [
        at("usr/share/containers/containers.conf"),
        at("etc/containers/containers.conf"),
        ...filesIn(at("etc/containers/containers.conf.d")),
      ],
      readPodman,
    ),
  "CRI-O": (at) =>
    readTables([at("etc/crio/crio.conf"), ...filesBelow(at("etc/crio/crio.conf.d"))], readCrio),
  kubelet: () => ({ registered: [], usual: undefined }), // it asks containerd or CRI-O
};

type Registered = readonly [name: string, path: string, words?: readonly string[] | undefined];

/** What they are called, and the policies that some of them select (core/policy/select.ts). */
function choices(runtimes: readonly Registered[]): Pick<EngineFacts, "registered" | "selects"> {
  const selects = runtimes.flatMap(([name, path, words = []]) => {
    const policy = policyOfWords(words) ?? /^lockc-runc-(.+)$/.exec(basename(path))?.[1];
    return policy === undefined ? [] : [[name, policy] as const];
  });
  return {
    registered: runtimes.map(([name]) => name),
    ...(selects.length > 0 && { selects: Object.fromEntries(selects) }),
  };
}

function policyOfWords(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^--?lockc-policy(=|$)/.test(word));
  const [, , value] = /^--?lockc-policy(=(.*))?$/.exec(words[at] ?? "") ?? [];
  return at === -1 ? undefined : (value ?? words[at + 1]);
}

function readDocker(at: At, program: string): Omit<EngineFacts, "name"> {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 5000 });
  const [, version] = /^Docker version (\d+\.[^\s,]+)/.exec(stdout ?? "") ?? [];
  const builds = readBuilds(at, version);
  const told = { builds, ...(version !== undefined && { version }) };
  const file = at("etc/docker/daemon.json");
  try {
    const text = existsSync(file) ? readRegularFile(file).toString() : "";
    const config = parseDocker({ path: file, text });
    const runtimes = Object.entries(config.runtimes ?? {});
    const registered = runtimes.filter(([, runtime]) => isOurs(programOf(runtime)));
    return {
      ...choices(
        registered.map(([name, runtime]) => [name, programOf(runtime)!, runtime?.runtimeArgs]),
      ),
      usual: config["default-runtime"] ?? "runc",
      ...told,
    };
  } catch {
    return { registered: [], usual: undefined, unreadable: file, ...told };
  }
}

const BUILD_VARIABLE = /\bDOCKER_BUILDKIT_RUNC_COMMAND=([^\s"'\0]+)/;

function readBuilds(at: At, version: string | undefined): BuildFacts {
  const tells = (text: string | undefined) => isOurs(BUILD_VARIABLE.exec(text ?? "")?.[1]);
  const dropIns = filesIn(at("etc/systemd/system/docker.service.d"));
  const pid = read(at("run/docker.pid"))?.trim();
  const environment = pid && /^\d+$/.test(pid) ? read(at(`proc/${pid}/environ`)) : undefined;
  return {
    major: version === undefined ? undefined : Number.parseInt(version, 10),
    written: [at("etc/default/docker"), ...dropIns].some((file) => tells(read(file))),
    running: environment === undefined ? undefined : tells(environment),
  };
}

type Understood = Omit<EngineFacts, "name" | "unreadable" | "builds" | "version">;

/** A file that is not valid is one that its engine refuses, too. */
function readTables(
  files: readonly string[],
  understand: (tables: readonly TomlTable[]) => Understood,
): Omit<EngineFacts, "name"> {
  const there = files.filter((file) => existsSync(file));
  const tables = there.map((file) => quietly(() => parseToml(readRegularFile(file).toString())));
  const unreadable = there.find((_, index) => tables[index] === undefined);
  const facts = understand(tables.filter((table) => table !== undefined));
  return unreadable === undefined ? facts : { ...facts, unreadable };
}

function readContainerd(tables: readonly TomlTable[]): Understood {
  const files = tables.map(understandContainerd);
  const runtimes = files.flatMap((file) => file.runtimes);
  const usual = files.flatMap((file) => file.usual ?? []).at(-1);
  const known = runtimes.filter(({ isKnown }) => isKnown).map(({ name }) => name);
  const ours = runtimes.filter(({ program }) => isOurs(program));
  const drops = ours.filter(({ passes }) => !passes).map(({ name }) => name);
  return {
    ...choices(ours.map(({ name, program }) => [name, program!])),
    usual,
    ...(drops.length > 0 && { dropsRequests: drops }),
    ...(known.length > 0 && !known.includes(usual ?? "runc") && { lacksUsual: true as const }),
  };
}

function readPodman(tables: readonly TomlTable[]): Understood {
  const { runtimes, usual } = understandPodman(tables);
  const ours = runtimes.filter(([, program]) => isOurs(program));
  const named = isOurs(usual) ? [[usual!, usual!] as const] : [];
  return { ...choices([...ours, ...named]), usual };
}

function readCrio(tables: readonly TomlTable[]): Understood {
  const { runtimes, usual } = understandCrio(tables);
  return { ...choices(runtimes.filter(([, program]) => isOurs(program))), usual };
}

/** Whether a path is lockc-runc, by whatever name. */
export function isOurs(path: string | undefined): boolean {
  try {
    return path !== undefined && statSync(path).isFile() && isLauncher(realpathSync(path));
  } catch {
    return false;
  }
}

function filesIn(directory: string): string[] {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith(".conf"));
    return names.sort().map((name) => join(directory, name));
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readRegularFile(file).toString();
  } catch {
    return undefined;
  }
}
