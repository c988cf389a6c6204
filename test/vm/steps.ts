// SPDX-License-Identifier: Apache-2.0
/** A document's commands with what stands below each: "    $ COMMAND", then its output. Pure. */

export interface Step {
  /** A document that follows "<<'END'" comes with it. */
  readonly command: string;
  /** Its output as the document has it, "…" for what differs from host to host. */
  readonly said: string;
}

/** The steps of a document, in order. */
export function readSteps(text: string): Step[] {
  const blocks = [...text.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) =>
    block.replace(/^ {4}/gm, ""),
  );
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((step) => {
        const [command = ""] = /^.*<<'END'\n[\s\S]*?^END$|^.*/m.exec(step) ?? [];
        return { command, said: step.slice(command.length).trim() };
      }),
  );
}

/** Whether what was said is what stands there, however it is wrapped; "…" is any text, of any length. */
export function fits(said: string, output: string): boolean {
  const parts = flat(said)
    .split(/ ?… ?/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(flat(output));
}

/** On one line; Docker quotes quotes in what a runtime says. */
function flat(text: string): string {
  return text.replaceAll('\\"', '"').replace(/\s+/g, " ").trim();
}
