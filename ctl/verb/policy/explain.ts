// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl policy explain`: the same judgement as at creation, and its reasons. */
import { closeSync } from "node:fs";
import { basename, resolve } from "node:path";
import { readBundle } from "../../../core/bundle/read.ts";
import { toLockcError } from "../../../core/errors.ts";
import { placesOf } from "../../../core/host/mounts.ts";
import { shortId } from "../../../core/ids.ts";
import { type Check, describe, type Finding } from "../../../core/judge/admission.ts";
import { type Judgement, judge } from "../../../core/judge/judge.ts";
import type { Settings } from "../../../core/policy/policy.ts";
import type { PolicyRequest } from "../../../core/policy/select.ts";
import { namesOfRules } from "../../../core/rule/bits.ts";
import { RULES } from "../../../core/rule/rules.ts";
import type { RuleName } from "../../../core/rule/values.ts";
import { findExisting } from "../../foresight/existing.ts";
import { foresee, readComposeFile, readPodFile } from "../../foresight/foresee.ts";
import type { ExplainSubject, Foreseen } from "../../foresight/wanted.ts";
import { usage } from "../../grammar/usage.ts";
import { defineVerb, ExitStatus, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { compile } from "../../policy/compile.ts";
import { readHostFacts, readWritten, resolveWritten } from "../../policy/sources.ts";
import { json, tell } from "../../screen/print.ts";
import { hangLines, readTerminal, visible } from "../../screen/terminal.ts";

export const verb = defineVerb({
  summary: "say which policy a container would get, and what it says to it",
  explanation: `Judges just as lockc-runc would, and creates nothing: which engine made it, which
policy is chosen and why, then each rule with pass, deny or audit and, where it
denies, the remedy. The policies are those of the files, loaded or not. CONTAINER is one that exists, by its ID, how that begins, or its name;
of a compose file is judged what Docker would make of it, of a manifest what
containerd would.

A container that runs under lockc is judged by its own policy, one that runs without
it by the one that it would get. A file is judged as far as it decides, as if the
host's other engines' settings were the usual ones: lines "not known" say what it does
not decide, such as the image's user, and lines "not understood" what is not read.
FILE may be - for standard input: docker compose config | lockctl policy explain
--compose - has variables replaced and other files read.

Exit status 0 when each is admitted, 1 when one would be refused, 7 when none would,
but something of the file is not understood. JSON is a list for files.`,
  options: {
    bundle: {
      value: "DIR",
      meaning: "a bundle, a directory with config.json",
    },
    compose: { value: "FILE", meaning: "the services of a compose file, or SERVICE alone" },
    pod: { value: "FILE", meaning: "the containers of a Kubernetes manifest" },
    policy: { value: "NAME", meaning: "as if lockc-runc were given --lockc-policy NAME" },
    id: { value: "ID", meaning: "of --bundle, the container's ID; default: DIR's name" },
    json: JSON_FLAG,
  },
  operands: ["[CONTAINER|SERVICE]"],

  read: ({ json, policy, ...ways }, [word]) => ({ json, policy, subject: readSubject(ways, word) }),
  run({ json: asJson, policy, subject }) {
    const explained = explain(hostPlaces(), { subject, policy });
    const single = ["bundle", "container"].includes(subject.kind);
    const { width } = readTerminal();
    tell(
      1,
      asJson ? json(single ? explained[0] : explained) : formatExplanations(explained, width),
    );
    if (explained.some(({ verdict }) => verdict === "refused")) return ExitStatus.FAILED;
    return explained.some(isUnsure) ? ExitStatus.UNSURE : ExitStatus.OK;
  },
});

interface Ways {
  readonly bundle: string | undefined;
  readonly compose: string | undefined;
  readonly pod: string | undefined;
  readonly id: string | undefined;
}

/** @throws LOCKC_E_USAGE unless it is just one thing that is to be judged. */
function readSubject(ways: Ways, word: string | undefined): ExplainSubject {
  const about = "policy explain";
  const { bundle: directory, compose, pod, id } = ways;
  const given = [directory, compose, pod].filter((way) => way !== undefined);
  if (given.length > 1 || (given.length === 0 && word === undefined)) {
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

interface ExplainRequest {
  readonly subject: ExplainSubject;
  /** As if lockc-runc were given it. */
  readonly policy: string | undefined;
}

/** What `--json` prints; its keys stay. */
export interface Explanation {
  /** The container's; of a file the service, or POD/CONTAINER. */
  readonly id: string;
  /** null: there is none yet. */
  readonly bundle: string | null;
  readonly engine: string;
  readonly namespace: string | null;
  readonly policy: string | null;
  readonly reasons: readonly string[];
  readonly verdict: "admitted" | "refused";
  readonly checks: readonly ExplainedCheck[];
  /** The rules that the kernel will hold. */
  readonly held: readonly RuleName[];
  /** What kept the bundle from being judged at all. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  /** What of the file is not understood, and so was not judged. */
  readonly unread: readonly string[];
  /** What the file does not decide. */
  readonly elsewhere: readonly string[];
}

interface ExplainedCheck {
  readonly rule: RuleName;
  /** The control of the Pod Security Standards. */
  readonly control: string | null;
  readonly result: Check["result"];
  readonly findings: readonly { readonly message: string; readonly remedy: string }[];
}

interface Ground {
  readonly settings: Settings;
  readonly lookup: Pick<PolicyRequest, "find" | "names">;
}

/**
 * Judges by the policies and settings as they are written. Creates nothing.
 * @returns one for each container; of a file there may be several.
 * @throws LOCKC_E_USAGE for a file that holds none; LOCKC_E_CONTAINER
 */
export function explain(places: Places, { subject, policy }: ExplainRequest): Explanation[] {
  const resolved = resolveWritten(readWritten(places));
  const { policies, broken } = resolved;
  const { settings } = readHostFacts(resolved);
  const compiled = new Map(policies.map((each) => [each.name, compile(each)]));
  const lookup = {
    find: (name: string) => {
      const fault = broken.find((each) => each.name === name);
      if (fault !== undefined) throw fault.error; // lockc-runc knows no more than that there is none
      return compiled.get(name);
    },
    names: () => [...compiled.keys()],
  };
  const ground: Ground = { settings, lookup };
  switch (subject.kind) {
    case "bundle": {
      const { directory } = subject;
      const id = subject.id ?? basename(resolve(directory));
      return [explainBundle(ground, { id, directory, policy })];
    }
    case "container": {
      const found = findExisting(places, subject.word, settings.engineRoots);
      const explained = explainBundle(ground, { ...found, policy: policy ?? found.policy });
      return [policy === undefined ? asItRuns(explained, found.policy) : explained];
    }
    case "compose":
      return explainFile(readComposeFile(places, subject.file, subject.service), ground, policy);
    case "pod":
      return explainFile(readPodFile(subject.file), ground, policy);
  }
}

interface BundleRequest {
  readonly id: string;
  readonly directory: string;
  readonly policy: string | undefined;
}

function explainBundle({ settings, lookup }: Ground, request: BundleRequest): Explanation {
  const { id, directory, policy } = request;
  return orFault({ id, bundle: directory }, () => {
    const bundle = readBundle(directory);
    const question = { id, bundle, settings, flag: policy, calledAs: "lockc-runc", ...lookup };
    const judgement = judge(question);
    for (const { fd } of placesOf(judgement.given)) closeSync(fd);
    return { id, bundle: bundle.directory, ...explainJudgement(judgement) };
  });
}

/** Nobody chooses a policy any more for a container that runs. */
function asItRuns(explained: Explanation, policy: string | undefined): Explanation {
  if (policy === undefined || explained.error !== null) return explained;
  const [, ...bounds] = explained.reasons;
  return { ...explained, reasons: ["the container runs under it", ...bounds] };
}

function explainFile(
  containers: readonly Foreseen[],
  { settings, lookup }: Ground,
  policy: string | undefined,
): Explanation[] {
  return containers.map((container) => {
    const { name: id, notes } = container;
    const explained = orFault({ id, bundle: null }, () => {
      const foresight = foresee(container, settings, lookup, policy);
      const { elsewhere } = foresight;
      return { id, bundle: null, ...explainJudgement(foresight), elsewhere };
    });
    return { ...explained, unread: notes.unread };
  });
}

/** What keeps a container from being judged is what it would be refused with. */
function orFault(
  about: Pick<Explanation, "id" | "bundle">,
  judged: () => Explanation,
): Explanation {
  try {
    return judged();
  } catch (thrown) {
    const { code, message, hint } = toLockcError(thrown);
    if (code === "LOCKC_E_BUG") throw thrown;
    return {
      ...about,
      engine: "unknown",
      namespace: null,
      policy: null,
      reasons: [],
      verdict: "refused",
      checks: [],
      held: [],
      error: { code, message, hint },
      unread: [],
      elsewhere: [],
    };
  }
}

function explainJudgement(
  judgement: Pick<Judgement, "origin" | "policy" | "reasons" | "checks">,
): Omit<Explanation, "id" | "bundle"> {
  const { origin, policy, reasons, checks } = judgement;
  return {
    unread: [],
    elsewhere: [],
    engine: origin.engine,
    namespace: origin.namespace ?? null,
    policy: policy.name,
    reasons,
    verdict: checks.some(({ result }) => result === "deny") ? "refused" : "admitted",
    checks: checks.map(({ rule, result, findings }) => ({
      rule,
      control: RULES[rule].control,
      result,
      findings: findings.map((finding: Finding) => ({
        message: describe(policy, finding),
        remedy: finding.remedy,
      })),
    })),
    held: namesOfRules(policy.kernel.rules),
    error: null,
  };
}

/** Whether the answer is whole: nothing refuses, but something was not understood. */
export function isUnsure({ verdict, unread }: Explanation): boolean {
  return verdict === "admitted" && unread.length > 0;
}

/** One after the other. */
export function formatExplanations(
  explanations: readonly Explanation[],
  width?: number | undefined,
): string {
  return explanations.map((each) => formatExplanation(each, width)).join("\n");
}

/**
 * For people, with an engine's ID in short; what config.json says moves no cursor.
 * @param width undefined: no line is wrapped.
 */
export function formatExplanation(explanation: Explanation, width?: number | undefined): string {
  const id = shortId(explanation.id);
  const { engine, namespace, policy, reasons, checks, held, error, verdict } = explanation;
  const limits = [
    ...explanation.unread.map((text) => `not understood: ${text}`),
    ...explanation.elsewhere.map((text) => `not known: ${text}`),
  ];
  const far = isUnsure(explanation) ? ", as far as the file is understood" : "";
  const linesOf = (lines: readonly string[]) =>
    lines.map((line) => `${hangLines(visible(line), width)}\n`).join("");
  if (error !== null) {
    return linesOf([
      `container   ${id}`,
      `refused     ${error.message};`,
      `            ${error.hint} [${error.code}]`,
      ...limits,
    ]);
  }
  const longest = Math.max(...checks.map(({ rule }) => rule.length));
  return linesOf([
    `container   ${id}`,
    `engine      ${engine}${namespace === null ? "" : `, namespace ${namespace}`}`,
    `policy      ${policy}`,
    ...reasons.map((reason) => `            ${reason}`),
    "",
    ...checks.flatMap(({ rule, control, result, findings }) => [
      `  ${result.padEnd(10)} ${rule.padEnd(longest)} ${control === null ? "" : `  ${control}`}`.trimEnd(),
      ...findings.flatMap(({ message, remedy }) => [
        `${" ".repeat(13)}${message};`,
        `${" ".repeat(13)}${remedy}`,
      ]),
    ]),
    "",
    ...limits,
    `${verdict}${far}${verdict === "admitted" && held.length > 0 ? `; the kernel will hold ${held.join(", ")}` : ""}`,
  ]);
}
