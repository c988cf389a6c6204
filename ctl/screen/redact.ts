// SPDX-License-Identifier: Apache-2.0
/**
 * Text without what may be a secret, for others to read. What lockc writes has none, but
 * people's files, paths and other programs' words may. Pure.
 */
import { parseDocument, visit } from "yaml";

export const REDACTED = "[redacted]";

/** Words that a secret stands behind, whole ones: serviceAccountToken is a rule. */
const NAMES =
  "pass(?:word|wd|phrase)?|secret|token|credentials?|authorization|bearer|(?:api|access|private|secret|auth|session)[-_]?(?:key|token|id)";

const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // PEM, with or without an end
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, REDACTED],
  // user:password@ of a URL
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${REDACTED}@`],
  // JSON Web Tokens
  [/\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, REDACTED],
  // keys as providers mark them: AWS, GitHub, GitLab, Slack
  [
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{20,}|\bglpat-[\w-]{16,}|\bxox[a-z]-[\w-]{10,}/g,
    REDACTED,
  ],
  // NAME=value, NAME: value, variables that end so (DB_PASSWORD=…)
  [
    new RegExp(
      `(\\b(?:[A-Z0-9]+_)*(?:${NAMES})\\b["']?\\s*[=:]\\s*)(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s,;}"'[{][^\\n,;}]*)`,
      "gi",
    ),
    `$1${REDACTED}`,
  ],
  // --password VALUE
  [new RegExp(`(\\s--?(?:[a-z0-9]+-)*(?:${NAMES})\\s+)[^\\s-]\\S*`, "gi"), `$1${REDACTED}`],
];

/** The text with what looks like a secret replaced. */
export function redact(text: string): string {
  return PATTERNS.reduce((rest, [pattern, put]) => rest.replace(pattern, put), text);
}

const SECRET_KEY = new RegExp(`^(?:\\w*[_-])?(?:${NAMES})$`, "i");

/** The same for each text of a value of JSON, and for texts that have such a name. */
export function redactValue(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      typeof part === "string" && SECRET_KEY.test(key) ? REDACTED : redactValue(part),
    ]),
  );
}

/**
 * A YAML file of people's without its comments, in which they may write anything.
 * @returns undefined for what is no YAML.
 */
export function withoutComments(yaml: string): string | undefined {
  const document = parseDocument(yaml, { logLevel: "silent" });
  if (document.errors.length > 0) return undefined;
  document.commentBefore = null;
  document.comment = null;
  visit(document, {
    Node(_, node) {
      node.commentBefore = null;
      node.comment = null;
    },
    Pair(_, { key }) {
      if (key !== null && typeof key === "object" && "commentBefore" in key) {
        key.commentBefore = null;
      }
    },
  });
  return document.toString();
}
