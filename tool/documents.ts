// SPDX-License-Identifier: Apache-2.0
/** The documents, and how they are installed: links lead to what is installed, too. */
import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { TOP } from "./compile-bpf.ts";

/** What people read: README, the documents beside it, and docs/ with all that is in it; relative to the top. */
export function listDocuments(): string[] {
  const docs = readdirSync(join(TOP, "docs"), { recursive: true, withFileTypes: true });
  const inside = docs
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => posix.relative(TOP, posix.join(parentPath, name)));
  return ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ...inside.sort()];
}

/** Where a path of the source tree is installed, both relative: to the tree's top, to usr/. */
type Placed = (path: string) => string | undefined;

const LINK = /\[([^\]\n]+)\]\(([^)\s]+)\)/g;

/**
 * The text of `file` with its relative links made to fit where it is installed. What is not
 * installed, sources and tests, stays as plain words.
 * @param file of the source tree, relative to its top; it is installed itself.
 * @throws Error when `file` is not installed.
 */
export function withInstalledLinks(text: string, file: string, placed: Placed): string {
  const own = placed(file);
  if (own === undefined) throw new Error(`'${file}' is not installed`);
  return text.replace(LINK, (link, words: string, target: string) => {
    if (/^(#|[a-z]+:)/.test(target)) return link;
    const [path, anchor] = target.split("#", 2) as [string, string | undefined];
    const place = placed(posix.join(posix.dirname(file), path));
    if (place === undefined) return words;
    const to = posix.relative(posix.dirname(own), place);
    return `[${words}](${to}${anchor === undefined ? "" : `#${anchor}`})`;
  });
}
