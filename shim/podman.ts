// SPDX-License-Identifier: Apache-2.0
/**
 * Podman keeps labels to itself: config.json has annotations alone, and the container's labels
 * are in libpod's database beside the storage, BoltDB until 4.7 and SQLite where a later one
 * made it (libpod/boltdb_state.go, sqlite_state.go). They are there before the runtime is
 * called: libpod adds the container first.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { quietly } from "./errors.ts";

type Labels = Readonly<Record<string, string>>;

/** Below the graph root; libpod's own directory is its static_dir by default. */
const SQLITE = ["libpod/db.sql", "db.sql"];
const BOLT = ["libpod/bolt_state.db"];

/** Somebody else may write to it at the moment. */
const BUSY_MS = 5000;
/** A database of thousands of containers. */
const MAX_BYTES = 256 << 20;

/**
 * A container's labels, its image's among them.
 * @param bundle GRAPHROOT/DRIVER-containers/ID/userdata
 * @returns undefined when no database that can be read knows the container.
 */
export function readPodmanLabels(bundle: string): Labels | undefined {
  const id = basename(dirname(bundle));
  if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
  const root = dirname(dirname(dirname(bundle)));
  const at = (names: readonly string[]) =>
    names.map((name) => `${root}/${name}`).filter((file) => existsSync(file));
  return (
    first(at(SQLITE), (file) => readSqlite(file, id)) ??
    first(at(BOLT), (file) => readBolt(file, id))
  );
}

function first(
  files: readonly string[],
  read: (file: string) => Labels | undefined,
): Labels | undefined {
  for (const file of files) {
    const labels = quietly(() => read(file));
    if (labels !== undefined) return labels;
  }
  return undefined;
}

function readSqlite(file: string, id: string): Labels | undefined {
  // Node reads it in half a millisecond; others than Podman's containers do not pay for it.
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    const row = database.prepare("SELECT JSON FROM ContainerConfig WHERE ID = ?").get(id);
    // libpod gives the driver bytes, so the column of texts has blobs.
    if (row?.JSON instanceof Uint8Array) return labelsOf(Buffer.from(row.JSON).toString(), id);
    return typeof row?.JSON === "string" ? labelsOf(row.JSON, id) : undefined;
  } finally {
    database.close();
  }
}

/**
 * BoltDB keeps a value in one piece, so the container's configuration is found as the text that
 * it is: it begins with its spec, and in no string of it are quotation marks without a
 * backslash. Pages that are not in use any more may have an older copy: labels never change.
 */
function readBolt(file: string, id: string): Labels | undefined {
  if (statSync(file).size > MAX_BYTES) return undefined;
  const bytes = readFileSync(file);
  const found = new Map<string, Labels>();
  const key = `"id":"${id}"`;
  for (let at = bytes.indexOf(key); at !== -1; at = bytes.indexOf(key, at + 1)) {
    const start = bytes.lastIndexOf('{"spec":', at);
    const text = start === -1 ? undefined : objectAt(bytes, start);
    const labels = text === undefined ? undefined : quietly(() => labelsOf(text, id));
    if (labels !== undefined) found.set(JSON.stringify(labels), labels);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
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
function labelsOf(text: string, id: string): Labels | undefined {
  const config = JSON.parse(text) as { id?: unknown; labels?: unknown } | null;
  if (config?.id !== id) return undefined;
  const labels = config.labels ?? {};
  const isTexts = typeof labels === "object" && !Array.isArray(labels);
  return isTexts && Object.values(labels).every((value) => typeof value === "string")
    ? (labels as Labels)
    : undefined;
}
