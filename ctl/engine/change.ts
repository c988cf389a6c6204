// SPDX-License-Identifier: Apache-2.0
/**
 * Registers lockc-runc in an engine's file, and takes it back: reads, asks the engine's own file
 * beside this one what becomes of the text, and puts it in place in one step.
 */
import {
  chmodSync,
  chownSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { LockcError, quietly } from "../../core/errors.ts";
import { closing } from "../ffi/opened.ts";
import { filesBelow } from "../host/drop-ins.ts";
import { readRegularFile } from "../host/regular-file.ts";
import { writeFault } from "../screen/output.ts";
import { containerd } from "./containerd.ts";
import { crio } from "./crio.ts";
import { docker } from "./docker.ts";
import { isOurs } from "./engines.ts";
import { podman } from "./podman.ts";
import { cannot, type EngineWord, type Registration, type Source } from "./registration.ts";

export const ENGINES: Readonly<Record<EngineWord, Registration>> = {
  docker,
  containerd,
  podman,
  crio,
};

/** What an engine's runtime is called, and which policy its name selects. */
export interface Chosen {
  /** What the engine calls it; undefined: by its policy. */
  readonly runtime: string | undefined;
  readonly policy: string | undefined;
}

/** What is to be done, and what was read for it. */
export interface Change {
  readonly engine: Registration;
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly runtimes: readonly string[];
  readonly notes: readonly string[];
  /** Links to lockc-runc that are made, or are removed. */
  readonly links: readonly string[];
  readonly isDefault: boolean;
}

/** Not among drop-ins: CRI-O reads all that is in their directory, whatever it is called. */
function backupOf(file: string): string {
  const folder = dirname(file);
  const at = folder.endsWith(".d") ? dirname(folder) : folder;
  return join(at, `${basename(file)}.lockc-backup`);
}

/** By this target lockctl knows the links that it made: nobody writes one so. */
const TARGET = "./lockc-runc";

/**
 * What registering would change; nothing is changed yet.
 * @param launcher lockc-runc's path.
 * @param base where the host's root directory is.
 * @throws LOCKC_E_ENGINE, LOCKC_E_USAGE
 */
export function planRegister(
  engine: Registration,
  { runtime = undefined, policy }: Chosen,
  isDefault: boolean,
  launcher: string,
  base = "/",
): Change {
  const program = policy === undefined ? launcher : `${launcher}-${policy}`;
  const links = policy === undefined ? [] : linksToMake(program, base);
  const name = runtime ?? nameFor(policy);
  requireName(name);
  const source = readSource(engine.file, base);
  const others = engine.others.flatMap((path) => readSources(path, base));
  const wish = { runtime: name, program, isDefault };
  const { text, runtimes, notes } = engine.register(source, wish, others);
  const isThere = DIRECTORIES.some((folder) => existsSync(join(base, folder, engine.program)));
  return {
    engine,
    file: engine.file,
    before: source?.text,
    after: text,
    runtimes,
    notes: isThere ? notes : [...notes, `${engine.name} is not installed here`],
    links,
    isDefault,
  };
}

const DIRECTORIES = ["usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin"];

function nameFor(policy: string | undefined): string {
  return policy === undefined ? "lockc" : `lockc-${policy}`;
}

/** Names that engines have for runtimes of their own. */
const TAKEN = ["runc", "crun", "io.containerd.runc.v2"];

function requireName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]*$/.test(name) && !TAKEN.includes(name)) return;
  throw new LockcError(
    "LOCKC_E_USAGE",
    `no runtime of lockc's can be called "${name}"`,
    "take letters, digits, dots and dashes, and none that engines have already",
  );
}

/** @throws LOCKC_E_ENGINE when something else is there */
function linksToMake(path: string, base: string): readonly string[] {
  const found = quietly(() => lstatSync(join(base, path)));
  if (found === undefined) return [path];
  const target = found.isSymbolicLink() ? readlinkSync(join(base, path)) : undefined;
  if (target !== undefined && basename(target) === "lockc-runc") return [];
  throw cannot(path, "it is no link to lockc-runc", "move it away and do this again");
}

/**
 * What unregistering would change.
 * @throws LOCKC_E_ENGINE
 */
export function planUnregister(
  engine: Registration,
  { runtime, policy }: Chosen,
  launcher: string,
  base = "/",
): Change {
  const source = readSource(engine.file, base);
  const name = runtime ?? (policy === undefined ? undefined : nameFor(policy));
  const nothing = {
    engine,
    file: engine.file,
    runtimes: [],
    notes: [],
    links: [],
    isDefault: false,
  };
  if (source === undefined) return { ...nothing, before: undefined, after: undefined };
  const backup = readSource(backupOf(engine.file), base)?.text;
  const known = (program: string | undefined) =>
    program !== undefined && (isNamed(program, launcher) || isOurs(join(base, program)));
  const { text, runtimes, notes } = engine.unregister(source, name, backup, known);
  const isGone = text === "" && backup === undefined;
  return {
    ...nothing,
    before: source.text,
    after: isGone ? undefined : text,
    runtimes,
    notes,
    links: linksToRemove(launcher, source, text ?? "", base),
  };
}

/** Also one that is not there any more. */
function isNamed(program: string, launcher: string): boolean {
  return dirname(program) === dirname(launcher) && /^lockc-runc(-|$)/.test(basename(program));
}

/** Links that lockctl made, and that no engine's file names any more. */
function linksToRemove(
  launcher: string,
  source: Source,
  left: string,
  base: string,
): readonly string[] {
  const named = [...source.text.matchAll(/"([^"\\]+)"/g)].map(([, path]) => path!);
  const gone = new Set(named.filter((path) => path.startsWith(`${launcher}-`)));
  const made = [...gone].filter((path) => quietly(() => readlinkSync(join(base, path))) === TARGET);
  if (made.length === 0) return [];
  const files = Object.values(ENGINES).flatMap(({ file, others }) => [file, ...others]);
  const sources = files.flatMap((path) => readSources(path, base));
  const texts = [left, ...sources.flatMap(({ path, text }) => (path === source.path ? [] : text))];
  return made.filter((path) => !texts.some((text) => text.includes(JSON.stringify(path))));
}

/**
 * Makes a planned change: a link before the file that names it.
 * @throws LOCKC_E_ENGINE, LOCKC_E_WRITE
 */
export function registerAs(change: Change, base = "/"): void {
  const { file, before, after, links } = change;
  const backup = backupOf(file);
  for (const link of links) attempt(link, () => symlinkSync(TARGET, join(base, link)));
  try {
    if (before === after) return;
    // What was kept before the first runtime of ours stays what it is.
    if (before !== undefined && isWorthKeeping(change, base)) write(backup, before, file, base);
    write(file, after!, file, base);
  } catch (error) {
    for (const link of links) rmSync(join(base, link), { force: true });
    throw error;
  }
}

/** Whether a file is as it was before lockc, or has something besides and no backup yet. */
function isWorthKeeping({ engine, file, before }: Change, base: string): boolean {
  if (before?.includes("lockc-runc") !== true) return true;
  if (existsSync(join(base, backupOf(file)))) return false;
  const { text } = engine.unregister(
    { path: file, text: before },
    undefined,
    undefined,
    (program) => (program === undefined ? false : basename(program).startsWith("lockc-runc")),
  );
  return text !== undefined && text !== "";
}

/** @throws LOCKC_E_ENGINE, LOCKC_E_WRITE */
export function unregisterAs({ file, before, after, links }: Change, base = "/"): void {
  const backup = join(base, backupOf(file));
  if (before !== after) {
    if (after === undefined) attempt(file, () => rmSync(realName(join(base, file))));
    else write(file, after, file, base);
    // Nothing of ours is left, so it is not needed, or would be of no use the next time.
    if (quietly(() => readRegularFile(backup).toString()) === after)
      rmSync(backup, { force: true });
  }
  for (const link of links) rmSync(join(base, link), { force: true });
}

/** Whole or not at all; owner and mode are those of `like`, where that exists. */
function write(path: string, text: string, like: string, base: string): void {
  const target = realName(join(base, path));
  const fresh = `${target}.lockc-new`;
  attempt(path, () => {
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    rmSync(fresh, { force: true });
    const owner = quietly(() => statSync(join(base, like)));
    try {
      using file = closing(openSync(fresh, "wx", 0o600));
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file.fd, bytes, at);
      fsyncSync(file.fd);
      if (owner !== undefined) chownSync(fresh, owner.uid, owner.gid);
      chmodSync(fresh, owner === undefined ? 0o644 : owner.mode & 0o7777);
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
  });
}

/** A file that is a link stays one. */
function realName(path: string): string {
  return quietly(() => realpathSync(path)) ?? path;
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw writeFault(`"${path}"`, error);
  }
}

/** @throws LOCKC_E_ENGINE */
function readSource(path: string, base: string): Source | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      readRegularFile(join(base, path)),
    );
    return { path, text };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const why =
      error instanceof TypeError ? "it is not UTF-8" : `it cannot be read (${code ?? message})`;
    throw cannot(path, why, "see what it is, and do this again");
  }
}

/** A file, or the files of a directory that engines would read there. */
function readSources(path: string, base: string): Source[] {
  const isFile = quietly(() => readdirSync(join(base, path))) === undefined;
  const paths = isFile ? [path] : filesBelow(path, base);
  return paths.flatMap((one) => readSource(one, base) ?? []);
}
