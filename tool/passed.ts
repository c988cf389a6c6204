// SPDX-License-Identifier: Apache-2.0
/** That `npm test` has passed, and on which files: build/passed, for `npm run test:all`. */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TOP } from "./compile-bpf.ts";
import { run } from "./run.ts";

const NOTE = "build/passed";

/** What npm has installed, which git does not know. */
const INSTALLED = "node_modules/.package-lock.json";

/** Type, mode and content of a file; "gone" for one that git knows and nobody has. */
function contentOf(path: string): string | Uint8Array {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return "gone";
  const content = stat.isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
  return Buffer.concat([Buffer.from(`${stat.mode}:`), Buffer.from(content)]);
}

/**
 * SHA-256 of every file of the tree that git knows or would add, of what npm has installed, and of
 * Node's version.
 * @param top the tree, by default this one.
 */
export function treeDigest(top = TOP): string {
  const listed = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], top);
  const paths = [...new Set(listed.split("\0").filter(Boolean))].sort();
  const hash = createHash("sha256").update(process.version);
  for (const path of [...paths, INSTALLED]) {
    const content = contentOf(join(top, path));
    hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Notes that `npm test` passed on the files of that digest. */
export function noteQuickPassed(digest: string, top = TOP): void {
  const file = join(top, NOTE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${digest} ${new Date().toISOString()}\n`);
}

/** When `npm test` passed on the files of that digest last; undefined when it did not. */
export function quickPassedOn(digest: string, top = TOP): string | undefined {
  const stat = lstatSync(join(top, NOTE), { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const [noted, when] = readFileSync(join(top, NOTE), "utf8").trim().split(" ");
  return noted === digest ? when : undefined;
}
