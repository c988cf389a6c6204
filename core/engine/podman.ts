// SPDX-License-Identifier: Apache-2.0
/**
 * Podman keeps labels and names to itself: config.json has annotations alone, and what else there
 * is of a container is in libpod's database beside the storage, BoltDB until 4.7 and SQLite where a later one
 * made it (libpod/boltdb_state.go, sqlite_state.go). They are there before the runtime is
 * called: libpod adds the container first.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { quietly } from "../errors.ts";
import { isEnginesId } from "../ids.ts";

export interface PodmanFacts {
  /** Those of the container and its image together. */
  readonly labels: Readonly<Record<string, string>>;
  /** What Podman calls the container; undefined where it cannot be told. */
  readonly name: string | undefined;
}

/** Below the graph root; libpod's own directory is its static_dir by default. */
const SQLITE = ["libpod/db.sql", "db.sql"];
const BOLT = ["libpod/bolt_state.db"];

/** Somebody else may write to it at the moment. */
const BUSY_MS = 5000;
/** A database of thousands of containers. */
const MAX_BYTES = 256 << 20;

/**
 * What Podman knows of the container with that bundle.
 * @param bundle GRAPHROOT/DRIVER-containers/ID/userdata
 * @returns undefined when no database that can be read knows the container.
 */
export function readPodmanFacts(bundle: string): PodmanFacts | undefined {
  return readPodmanFactsIn(dirname(dirname(dirname(bundle))), basename(dirname(bundle)));
}

/** The same by its ID, where its storage's graph root is known. */
export function readPodmanFactsIn(root: string, id: string): PodmanFacts | undefined {
  if (!isEnginesId(id)) return undefined;
  const at = (names: readonly string[]) =>
    names.map((name) => `${root}/${name}`).filter((file) => existsSync(file));
  return (
    first(at(SQLITE), (file) => readSqlite(file, id)) ??
    first(at(BOLT), (file) => readBolt(file, id))
  );
}

function first(
  files: readonly string[],
  read: (file: string) => PodmanFacts | undefined,
): PodmanFacts | undefined {
  for (const file of files) {
    const facts = quietly(() => read(file));
    if (facts !== undefined) return facts;
  }
  return undefined;
}

function readSqlite(file: string, id: string): PodmanFacts | undefined {
  // Node reads it in half a millisecond; others than Podman's containers do not pay for it.
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  using database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  const row = database.prepare("SELECT JSON FROM ContainerConfig WHERE ID = ?").get(id);
  // libpod gives the driver bytes, so the column of texts has blobs.
  if (row?.JSON instanceof Uint8Array) return factsOf(Buffer.from(row.JSON).toString(), id);
  return typeof row?.JSON === "string" ? factsOf(row.JSON, id) : undefined;
}

/**
 * BoltDB keeps a value in one piece, so the container's configuration is found as the text that
 * it is: it begins with its spec, and in no string of it are quotation marks without a
 * backslash. Pages that are not in use any more may have an older copy: labels never change, the
 * name does where the container was renamed, and then nobody can tell which is the present one.
 */
function readBolt(file: string, id: string): PodmanFacts | undefined {
  if (statSync(file).size > MAX_BYTES) return undefined;
  const bytes = readFileSync(file);
  const found = new Map<string, PodmanFacts>();
  const names = new Set<string | undefined>();
  const key = `"id":"${id}"`;
  for (let at = bytes.indexOf(key); at !== -1; at = bytes.indexOf(key, at + 1)) {
    const start = bytes.lastIndexOf('{"spec":', at);
    const text = start === -1 ? undefined : objectAt(bytes, start);
    const facts = text === undefined ? undefined : quietly(() => factsOf(text, id));
    if (facts === undefined) continue;
    found.set(JSON.stringify(facts.labels), facts);
    names.add(facts.name);
  }
  const [facts] = found.values();
  if (facts === undefined || found.size > 1) return undefined;
  return names.size === 1 ? facts : { ...facts, name: undefined };
}

/** The object of JSON that begins there, as text; undefined when it has no end. */
function objectAt(bytes: Buffer, start: number): string | undefined {
  const [quote, backslash, open, close] = [0x22, 0x5c, 0x7b, 0x7d];
  let depth = 0;
  let inString = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === backslash) at++;
    else if (byte === quote) inString = !inString;
    else if (!inString && byte === open) depth++;
    else if (!inString && byte === close && --depth === 0) {
      return bytes.toString("utf8", start, at + 1);
    }
  }
  return undefined;
}

/** undefined for what is not this container's, or not as Podman writes it. */
function factsOf(text: string, id: string): PodmanFacts | undefined {
  const config = JSON.parse(text) as { id?: unknown; name?: unknown; labels?: unknown } | null;
  if (config?.id !== id) return undefined;
  const labels = config.labels ?? {};
  const isTexts = typeof labels === "object" && !Array.isArray(labels);
  if (!isTexts || !Object.values(labels).every((value) => typeof value === "string")) {
    return undefined;
  }
  const name = typeof config.name === "string" && config.name !== "" ? config.name : undefined;
  return { labels: labels as PodmanFacts["labels"], name };
}
