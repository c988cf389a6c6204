// SPDX-License-Identifier: Apache-2.0
/**
 * A mapping of somebody else's file, read key by key: what has not the form that is known, or
 * is a key that nobody knows, is named and never passed over. Pure.
 */
import { visible } from "../screen/terminal.ts";

/** What of a file cannot be judged; whoever reads it adds to both. */
export interface Notes {
  /** What of the file is not understood. */
  readonly unread: string[];
  /** What others decide, so that the file cannot tell. */
  readonly elsewhere: string[];
}

type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export class Section {
  readonly at: string;
  readonly notes: Notes;
  readonly #value: Mapping;
  readonly #variables: boolean;
  readonly #seen = new Set<string>();

  /** @param variables whether "$" begins a variable that only the file's own tool replaces. */
  constructor(value: Mapping, at: string, notes: Notes, variables = false) {
    this.#value = value;
    this.at = at;
    this.notes = notes;
    this.#variables = variables;
  }

  /** As it was given. */
  get raw(): Mapping {
    return this.#value;
  }

  where(key: string): string {
    return this.at === "" ? key : `${this.at}.${key}`;
  }

  /** Tells that the value is not understood. */
  refuse(key: string, why: string): undefined {
    this.notes.unread.push(visible(`${this.where(key)}: ${why}`));
    return undefined;
  }

  has(key: string): boolean {
    return this.any(key) !== undefined;
  }

  any(key: string): unknown {
    this.#seen.add(key);
    return this.#value[key] ?? undefined;
  }

  text(key: string): string | undefined {
    const value = this.any(key);
    return value === undefined ? undefined : this.plain(key, value);
  }

  /** undefined also for what is neither true nor false, which is told. */
  flag(key: string): boolean | undefined {
    const text = this.text(key);
    if (text === undefined || text === "true" || text === "false") return text && text === "true";
    return this.refuse(key, `${JSON.stringify(text)} is neither true nor false`);
  }

  number(key: string): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    if (/^-?\d{1,15}$/.test(text)) return Number(text);
    return this.refuse(key, `${JSON.stringify(text)} is no number`);
  }

  list(key: string): readonly unknown[] {
    const value = this.any(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.refuse(key, "it is not a list");
    return [];
  }

  texts(key: string): string[] {
    return this.list(key).flatMap((item, index) => this.plain(`${key}[${index}]`, item) ?? []);
  }

  /** A mapping of texts, or a list of NAME=VALUE. */
  pairs(key: string): Readonly<Record<string, string>> {
    const value = this.any(key);
    if (Array.isArray(value)) {
      const words = this.texts(key).map((word) => {
        const [name = "", ...rest] = word.split("=");
        return [name, rest.join("=")];
      });
      return Object.fromEntries(words);
    }
    if (value === undefined) return {};
    if (!isMapping(value)) {
      this.refuse(key, "it is neither a mapping nor a list");
      return {};
    }
    const told = Object.entries(value).flatMap(([name, member]) => {
      const text = member === null ? "" : this.plain(`${key}.${name}`, member);
      return text === undefined ? [] : [[name, text]];
    });
    return Object.fromEntries(told);
  }

  section(key: string): Section | undefined {
    const value = this.any(key);
    if (value === undefined) return undefined;
    if (isMapping(value)) return this.#below(key, value);
    return this.refuse(key, "it is not a mapping");
  }

  /** The members of a mapping of mappings; a member that is empty counts as {}. */
  members(key: string): [name: string, section: Section][] {
    const value = this.any(key);
    if (value === undefined) return [];
    if (!isMapping(value)) {
      this.refuse(key, "it is not a mapping");
      return [];
    }
    return Object.entries(value).flatMap(([name, member]): [string, Section][] => {
      if (member === null) return [[name, this.#below(`${key}.${name}`, {})]];
      if (isMapping(member)) return [[name, this.#below(`${key}.${name}`, member)]];
      this.refuse(`${key}.${name}`, "it is not a mapping");
      return [];
    });
  }

  /** The mappings of a list; other members are told. */
  sections(key: string): Section[] {
    return this.list(key).flatMap((item, index) => {
      if (isMapping(item)) return [this.#below(`${key}[${index}]`, item)];
      this.refuse(`${key}[${index}]`, "it is not a mapping");
      return [];
    });
  }

  /** @param harmless keys that decide nothing of what is judged. */
  close(harmless: ReadonlySet<string>): void {
    for (const key of Object.keys(this.#value)) {
      if (this.#seen.has(key) || harmless.has(key) || key.startsWith("x-")) continue;
      this.refuse(key, "this key is not known");
    }
  }

  #below(key: string, value: Mapping): Section {
    return new Section(value, this.where(key), this.notes, this.#variables);
  }

  /** The text of a value that stands at `key`; undefined for what is none, which is told. */
  plain(key: string, value: unknown): string | undefined {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      return this.refuse(key, "it is not plain text");
    }
    const text = String(value);
    if (!this.#variables || !text.includes("$")) return text;
    if (/\$(?!\$)/.test(text.replaceAll("$$", ""))) {
      return this.refuse(
        key,
        `${JSON.stringify(text)} has a variable; docker compose config replaces it`,
      );
    }
    return text.replaceAll("$$", "$");
  }
}
