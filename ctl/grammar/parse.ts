// SPDX-License-Identifier: Apache-2.0
/** lockctl's grammar and what it says of itself: help, manual and the shells' completion are made of it. Pure. */
import type { ExplainSubject } from "../foresight/wanted.ts";
import { readLearn } from "../verb/learn.ts";
import { readMetricsFlags } from "../verb/metrics.ts";
import { intervalOf } from "../verb/watch.ts";
import type { Command } from "../verbs.ts";
import { isGroup, named } from "./find.ts";
import { listingOf } from "./listing.ts";
import { isHelp, readWords, untilDashes } from "./read.ts";
import { usage } from "./usage.ts";

export const PURPOSE = "mandatory access control for containers";

export const INTRODUCTION = `lockc-runc stands where an engine expects runc, decides each container's policy
and hands over to the real runc; programs in the kernel enforce the policy.
lockctl brings those programs into the kernel and works with policies.`;

export const EXAMPLES: Readonly<Record<string, string>> = {
  "lockctl status": "can this host run lockc?",
  "sudo lockctl load": "yes: load it",
  "docker run --runtime lockc …": "a container under the default policy",
  "lockctl policy diff baseline restricted": "what would break there?",
};

export const FILES: Readonly<Record<string, string>> = {
  "/etc/lockc/lockc.yaml": "settings: default policy, low-level runtime",
  "/etc/lockc/policy/NAME.yaml": "policies of your own, beside the built-in ones",
};

/**
 * The words after `lockctl` → what to do.
 * @throws LOCKC_E_USAGE
 */
export function parseCommandLine(words: readonly string[]): Command {
  const [first] = words;
  if (first === undefined || isHelp(first)) return { verb: "help", about: "" };
  if (first === "--version" || first === "-V") return { verb: "version" };
  if (first === "help") return { verb: "help", about: subjectOf(words.slice(1)) };
  if (isGroup(first) && (words.length === 1 || isHelp(words[1]!))) {
    return { verb: "help", about: first };
  }
  const { verb, rest } = named(words);
  if (untilDashes(rest).some(isHelp)) return { verb: "help", about: verb };
  const { flags, operands } = readWords(verb, rest);
  const json = flags.has("--json");
  switch (verb) {
    case "load":
      return { verb, check: flags.has("--check") };
    case "why":
      return { verb, word: operands[0], json };
    case "learn":
      return readLearn(flags, operands);
    case "unload":
      return { verb, force: flags.has("--force") };
    case "status":
    case "doctor":
    case "policy list":
    case "engine list":
      return { verb, json };
    case "engine register":
    case "engine unregister": {
      const [runtime, policy] = [flags.get("--runtime-name"), flags.get("--policy")];
      const asked = { engine: operands[0]!, runtime, policy, dryRun: flags.has("--dry-run"), json };
      if (verb === "engine unregister") return { verb, ...asked };
      return { verb, ...asked, isDefault: flags.has("--default") };
    }
    case "metrics":
      return { verb, ...readMetricsFlags(flags) };
    case "policy validate":
      return { verb, files: operands };
    case "policy show":
      return { verb, name: operands[0]!, json };
    case "policy diff":
      return { verb, from: operands[0]!, to: operands[1]!, json };
    case "policy explain":
      return { verb, subject: readSubject(flags, operands), policy: flags.get("--policy"), json };
    case "events": {
      const [since, container, policy] = ["--since", "--container", "--policy"].map((flag) =>
        flags.get(flag),
      );
      const [follow, debug] = [flags.has("--follow"), flags.has("--debug")];
      const text = flags.has("--text");
      if (json && text) throw usage("events are shown as --json or as --text", { about: verb });
      return { verb, follow, since, container, policy, debug, json, text };
    }
    case "policy reload":
      return { verb, running: flags.has("--running") };
    case "container list":
      return { verb, ...listingOf(flags) };
    case "container show":
      return { verb, container: operands[0]!, json };
    case "container policy": {
      const [container = "", policy = ""] = operands;
      return { verb, container, policy, force: flags.has("--force"), json };
    }
    case "report": {
      const [bundle, output] = [flags.has("--bundle"), flags.get("--output")];
      if (output !== undefined && !bundle) throw usage("--output is for --bundle", { about: verb });
      return { verb, bundle, output };
    }
    case "process list":
      return { verb, container: flags.get("--container"), ...listingOf(flags) };
    case "watch":
      return { verb, intervalMs: intervalOf(flags), once: flags.has("--once"), json };
  }
}

function readSubject(
  flags: ReadonlyMap<string, string>,
  [word]: readonly string[],
): ExplainSubject {
  const about = "policy explain";
  const [directory, compose, pod, id] = ["--bundle", "--compose", "--pod", "--id"].map((flag) =>
    flags.get(flag),
  );
  const ways = [directory, compose, pod].filter((way) => way !== undefined);
  if (ways.length > 1 || (ways.length === 0 && word === undefined)) {
    throw usage(`${about} takes a container, or one of --bundle, --compose and --pod`, { about });
  }
  if (word !== undefined && (directory ?? pod) !== undefined) {
    throw usage(`${about} takes no "${word}" beside --bundle and --pod`, { about });
  }
  if (id !== undefined && directory === undefined) {
    throw usage("--id goes with --bundle", { about });
  }
  if (directory !== undefined) return { kind: "bundle", directory, id };
  if (compose !== undefined) return { kind: "compose", file: compose, service: word };
  if (pod !== undefined) return { kind: "pod", file: pod };
  return { kind: "container", word: word! };
}

/** What `lockctl help` is asked about. */
function subjectOf(words: readonly string[]): string {
  const [first, second] = words;
  if (first === undefined) return "";
  return second === undefined && isGroup(first) ? first : named(words).verb;
}
