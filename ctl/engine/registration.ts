// SPDX-License-Identifier: Apache-2.0
/**
 * What it is to register lockc-runc with an engine. Each engine is a file beside this one that
 * reads, says and writes it; what is pure there gets texts and gives texts. Pure.
 */
import { LockcError } from "../../core/errors.ts";
import { isSame, parseToml, type TomlTable } from "../host/toml.ts";
import { ownersOf, takeOut } from "./toml-edit.ts";

/** A runtime as an engine is to know it. */
export interface Wish {
  /** What the engine calls it. */
  readonly runtime: string;
  /** Absolute path of lockc-runc, or of a link to it whose name selects a policy. */
  readonly program: string;
  /** It is also the one for containers that name none. */
  readonly isDefault: boolean;
}

/** A file that exists: its path and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What a file becomes; undefined: there is none, or none any more. */
export interface Edit {
  readonly text: string | undefined;
  /** The runtimes that were put there or taken out. */
  readonly runtimes: readonly string[];
  readonly notes: readonly string[];
}

export type EngineWord = "docker" | "containerd" | "podman" | "crio";

/** One engine's registration. */
export interface Registration {
  /** As people write it. */
  readonly name: string;
  /** Program by which it is seen that the engine is here. */
  readonly program: string;
  /** The file that lockctl changes. */
  readonly file: string;
  /** Files and directories of files that the engine reads too, from what counts least. */
  readonly others: readonly string[];
  /** What puts a changed file in force; null: the next command does. */
  readonly apply: string | null;
  readonly applyDefault: string | null;
  /** How it is used. */
  readonly use: (runtime: string) => string;
  /**
   * The file with a runtime more; as it is when that is there already.
   * @param others the texts of `others`.
   * @throws LOCKC_E_ENGINE, LOCKC_E_USAGE
   */
  readonly register: (file: Source | undefined, wish: Wish, others: readonly Source[]) => Edit;
  /**
   * The file without runtimes.
   * @param runtime undefined: all that are lockc-runc.
   * @param backup the file as it was before the first runtime of ours, where that was kept.
   * @throws LOCKC_E_ENGINE
   */
  readonly unregister: (
    file: Source,
    runtime: string | undefined,
    backup: string | undefined,
    isOurs: (program: string | undefined) => boolean,
  ) => Edit;
}

export function cannot(path: string, why: string, hint: string): LockcError {
  return new LockcError("LOCKC_E_ENGINE", `"${path}" was left as it is: ${why}`, hint);
}

/** @throws LOCKC_E_ENGINE */
export function parseSource({ path, text }: Source): TomlTable {
  try {
    return parseToml(text);
  } catch (error) {
    const { line } = error as { line?: number };
    const [said] = (error as Error).message.split("\n");
    throw cannot(
      path,
      `it is not valid TOML${line === undefined ? "" : ` (line ${line})`}: ${said}`,
      "correct it and do this again",
    );
  }
}

/** The name is another program's already; `whose` begins the sentence, "its" or an engine's. */
export function taken(path: string, whose: string, runtime: string, program: string): LockcError {
  return cannot(
    path,
    `${whose} runtime "${runtime}" is ${program}`,
    "choose another --runtime-name, or take that one out first",
  );
}

/**
 * Proves that an edit changed what it was to change, and nothing else.
 * @throws LOCKC_E_ENGINE
 */
export function requireSame(path: string, text: string, wanted: TomlTable): void {
  let got: TomlTable | undefined;
  try {
    got = parseToml(text);
  } catch {
    // Such as a table that is written inline, to which no other can be added.
  }
  if (got !== undefined && isSame(got, wanted)) return;
  throw cannot(
    path,
    "it is written in a way that lockctl cannot add to or take from without changing something else",
    "do it by hand; README (Use it) and lockctl doctor say how",
  );
}

/** Unregistering where lockctl's own comments say what is whose. */
export function takeOutOwned(file: Source, runtime: string | undefined): Edit {
  parseSource(file);
  const owners = ownersOf(file.text);
  const chosen = runtime === undefined ? owners : owners.filter((owner) => owner === runtime);
  const text = takeOut(file.text, chosen);
  parseSource({ path: file.path, text });
  return { text, runtimes: chosen, notes: [] };
}
