// SPDX-License-Identifier: Apache-2.0
/** "Did you mean": pure. */

/**
 * The candidate nearest to `word`: one that is near enough to be a slip of the hand,
 * else one that `word` abbreviates (net, network) or has something put before (CAP_KILL).
 */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  return findSlip(word, candidates) ?? findAffix(plain(word), candidates);
}

function findSlip(word: string, candidates: readonly string[]): string | undefined {
  const allowed = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: countEdits(plain(word), plain(candidate)) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

function findAffix(word: string, candidates: readonly string[]): string | undefined {
  const short = 3;
  return candidates.find((candidate) => {
    const other = plain(candidate);
    return (
      (word.length >= short && other.startsWith(word)) ||
      (other.length >= short && word.endsWith(other))
    );
  });
}

/** host_paths, host-paths and HostPaths are slips for hostPaths. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, "");
}

/** Levenshtein distance: insertions, removals and replacements between two words. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same));
    }
    row = next;
  }
  return row[to.length]!;
}
