// SPDX-License-Identifier: Apache-2.0
/** A JSON text, token by token. Pure. It is JSON: whoever reads it here has parsed it before. */

/** Not what runc's decoder takes; completes the sentence that begins with the file. */
export interface Unreadable {
  readonly reason: string;
  readonly hint: string;
}

/** Thrown where a text is not what runc's decoder takes. */
export class Refused extends Error {
  readonly why: Unreadable;
  constructor(reason: string, hint: string) {
    super(reason);
    this.why = { reason, hint };
  }
}

/** Go's decoder gives up there (encoding/json, maxNestingDepth). */
const MAX_DEPTH = 10_000;

/** A quotation mark, a bracket, or a number, true, false or null. */
const TOKEN = /["{}[\]]|[^"{}[\],:\s]+/g;

/** Reads a text from its beginning to its end. */
export class Tokens {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Calls `act` with each name of an object, when its value is next. */
  members(act: (name: string) => void): void {
    this.elements(() => {
      const name = this.string();
      this.#expect(":");
      act(name);
    });
  }

  /** Calls `act` before each element of a list, or member of an object. */
  elements(act: () => void): void {
    this.#at++;
    for (;;) {
      const next = this.peek();
      if (next === "]" || next === "}") break;
      if (next === ",") this.#at++;
      this.peek();
      act();
    }
    this.#at++;
  }

  /** The next character that is no space. */
  peek(): string {
    while (" \t\r\n".includes(this.#text[this.#at]!)) this.#at++;
    return this.#text[this.#at]!;
  }

  /**
   * Passes a value by, in one loop however deep it is.
   * @param depth how many lists and objects it is in.
   * @returns its text.
   * @throws Refused where something in it is deeper than Go's decoder goes.
   */
  skip(depth: number): string {
    this.peek();
    const start = this.#at;
    let inside = depth;
    for (;;) {
      TOKEN.lastIndex = this.#at;
      const [token] = TOKEN.exec(this.#text)!;
      this.#at = TOKEN.lastIndex;
      if (token === '"') {
        this.#at--;
        this.#string();
      } else if (token === "{" || token === "[") {
        inside++;
        if (inside > MAX_DEPTH) {
          throw new Refused(`nests deeper than ${MAX_DEPTH} levels`, "flatten it");
        }
      } else if (token === "}" || token === "]") inside--;
      if (inside === depth) return this.#text.slice(start, this.#at);
    }
  }

  /** What the string says that is next. */
  string(): string {
    return textOf(this.#string());
  }

  #string(): string {
    const start = this.#at;
    for (let quote = start; ; ) {
      quote = this.#text.indexOf('"', quote + 1);
      let escapes = quote;
      while (this.#text[escapes - 1] === "\\") escapes--;
      if ((quote - escapes) % 2 === 1) continue;
      this.#at = quote + 1;
      return this.#text.slice(start, this.#at);
    }
  }

  #expect(character: string): void {
    this.peek();
    this.#at += character.length;
  }
}

/** What a string between its quotation marks says. */
function textOf(string: string): string {
  return string.includes("\\") ? (JSON.parse(string) as string) : string.slice(1, -1);
}
