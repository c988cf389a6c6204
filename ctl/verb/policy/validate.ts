// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy validate`. */
import { realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type LockcError, toLockcError } from "../../../core/errors.ts";
import { resolveRuntime } from "../../../core/runtime.ts";
import { defineVerb, ExitStatus } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { compile, compilePolicy } from "../../policy/compile.ts";
import { warnOfHostPaths, withRealHostPaths } from "../../policy/host-paths.ts";
import { type ResolvedPolicy, resolvePolicy, type Source } from "../../policy/resolve.ts";
import { readSettings } from "../../policy/settings.ts";
import { readPolicyFile, readPolicySources, readValidPolicies } from "../../policy/sources.ts";
import { tell } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "check policy files, or lockc.yaml, without loading them",
  explanation: `Checks each file against its schema and, together with the policies of this
host, whether what it extends exists. A file called lockc.yaml is checked as
settings. Mistakes are told with file, line and column, all of a file at once.`,
  options: {},
  operands: ["FILE…"],

  run: (_values, files) => tellValidity(validateFiles(hostPlaces(), files)),
});

/** Valid files are named as well, so that nobody wonders whether one was looked at. */
function tellValidity(files: readonly Validity[]): ExitStatus {
  for (const { file, error, warnings } of files) {
    for (const text of warnings) tell(2, `note: ${text}\n`);
    if (error === undefined) tell(1, `${file}: valid\n`);
    else tell(2, `${error.message}\n  ${error.hint} [${error.code}]\n`);
  }
  return files.every(({ error }) => error === undefined) ? ExitStatus.OK : ExitStatus.FAILED;
}

/** What became of one file. */
interface Validity {
  readonly file: string;
  /** What is wrong, undefined when nothing is. */
  readonly error: LockcError | undefined;
  /** What is not wrong, but may not be what was meant. */
  readonly warnings: readonly string[];
}

/** Checks each file by itself and among the host's policies; one fault hides no other file's. */
export function validateFiles(places: Places, files: readonly string[]): Validity[] {
  return files.map((file) => {
    try {
      return { file, error: undefined, warnings: validateFile(places, file) };
    } catch (error) {
      return { file, error: toLockcError(error), warnings: [] };
    }
  });
}

/** @returns warnings */
function validateFile(places: Places, file: string): string[] {
  if (basename(file) === basename(places.settings)) {
    const { policies, broken } = readValidPolicies(places.policies);
    const { runtime } = readSettings(file, policies.map(compile), {
      mustExist: true,
      broken: broken.map(({ name }) => name),
    });
    if (runtime !== undefined) resolveRuntime(runtime);
    return broken.map(({ name, error }) => `policy "${name}" is not valid: ${error.message}`);
  }
  const source = readPolicyFile(file);
  const faults: unknown[] = [];
  const sources = putAmong(
    readPolicySources(places.policies, (fault) => faults.push(fault)),
    source,
    places,
  );
  let policy: ResolvedPolicy;
  try {
    policy = resolvePolicy(source, sources);
  } catch (error) {
    throw faults[0] ?? error; // what it extends may be there, but broken
  }
  compilePolicy(withRealHostPaths(policy)); // does it fit?
  return warnOfHostPaths(source);
}

/** The host's policies with the file in its own place, or in that of administrators' policies. */
function putAmong(sources: readonly Source[], source: Source, { policies }: Places): Source[] {
  const own = realpathSync(source.file);
  if (sources.some(({ file }) => realpathSync(file) === own)) {
    return sources.map((other) => (realpathSync(other.file) === own ? source : other));
  }
  const replaced = (other: Source) =>
    other.written.name === source.written.name && dirname(other.file) === policies.at(-1);
  return [...sources.filter((other) => !replaced(other)), source];
}
