// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl policy explain`: the same judgement as at creation, and its reasons. */
import { closeSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type Check, CONTROLS, describe, type Finding } from "../shim/admission.ts";
import { readBundle } from "../shim/bundle.ts";
import { toLockcError } from "../shim/errors.ts";
import { type Judgement, judge } from "../shim/judge.ts";
import type { RuleName } from "../shim/rules.ts";
import { compile, namesOfRules } from "./compile.ts";
import type { Places } from "./places.ts";
import { readSources } from "./sources.ts";
import { visible } from "./terminal.ts";

export interface ExplainRequest {
  readonly bundle: string;
  readonly policy: string | undefined;
  readonly id: string | undefined;
}

/** What `--json` prints; its keys stay. */
export interface Explanation {
  readonly id: string;
  readonly bundle: string;
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
}

export interface ExplainedCheck {
  readonly rule: RuleName;
  /** The control of the Pod Security Standards. */
  readonly control: string | null;
  readonly result: Check["result"];
  readonly findings: readonly { readonly message: string; readonly remedy: string }[];
}

/** Judges a bundle by the policies and settings as they are written. Creates nothing. */
export function explain(places: Places, request: ExplainRequest): Explanation {
  const { settings, policies, broken } = readSources(places);
  const compiled = new Map(policies.map((policy) => [policy.name, compile(policy)]));
  const id = request.id ?? basename(resolve(request.bundle));
  const unknown = { id, bundle: request.bundle, engine: "unknown", namespace: null };
  try {
    const bundle = readBundle(request.bundle);
    const judgement = judge({
      id,
      bundle,
      settings,
      flag: request.policy,
      calledAs: "lockc-runc",
      find: (name) => {
        const fault = broken.find((policy) => policy.name === name);
        if (fault !== undefined) throw fault.error; // lockc-runc knows no more than that there is none
        return compiled.get(name);
      },
      names: () => [...compiled.keys()],
    });
    for (const { fd } of judgement.given) closeSync(fd);
    return { id, bundle: bundle.directory, ...explainJudgement(judgement) };
  } catch (thrown) {
    const { code, message, hint } = toLockcError(thrown);
    if (code === "LOCKC_E_BUG") throw thrown;
    return {
      ...unknown,
      policy: null,
      reasons: [],
      verdict: "refused",
      checks: [],
      held: [],
      error: { code, message, hint },
    };
  }
}

function explainJudgement(judgement: Judgement): Omit<Explanation, "id" | "bundle"> {
  const { origin, policy, reasons, checks } = judgement;
  return {
    engine: origin.engine,
    namespace: origin.namespace ?? null,
    policy: policy.name,
    reasons,
    verdict: checks.some(({ result }) => result === "deny") ? "refused" : "admitted",
    checks: checks.map(({ rule, result, findings }) => ({
      rule,
      control: CONTROLS[rule] ?? null,
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

/** One screen for people; what config.json says stays on its line. */
export function formatExplanation(explanation: Explanation): string {
  const { id, engine, namespace, policy, reasons, checks, held, error, verdict } = explanation;
  if (error !== null) {
    return linesOf([
      `container   ${id}`,
      `refused     ${error.message};`,
      `            ${error.hint} [${error.code}]`,
    ]);
  }
  const width = Math.max(...checks.map(({ rule }) => rule.length));
  return linesOf([
    `container   ${id}`,
    `engine      ${engine}${namespace === null ? "" : `, namespace ${namespace}`}`,
    `policy      ${policy}`,
    ...reasons.map((reason) => `            ${reason}`),
    "",
    ...checks.flatMap(({ rule, control, result, findings }) => [
      `  ${result.padEnd(10)} ${rule.padEnd(width)} ${control === null ? "" : `  ${control}`}`.trimEnd(),
      ...findings.flatMap(({ message, remedy }) => [
        `${" ".repeat(13)}${message};`,
        `${" ".repeat(13)}${remedy}`,
      ]),
    ]),
    "",
    `${verdict}${verdict === "admitted" && held.length > 0 ? `; the kernel will hold ${held.join(", ")}` : ""}`,
  ]);
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${visible(line)}\n`).join("");
}
