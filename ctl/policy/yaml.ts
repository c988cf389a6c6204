// SPDX-License-Identifier: Apache-2.0
/** Values → YAML that is harmless on a terminal, whatever text is in them. Pure. */
import { type CreateNodeOptions, Document, type ToStringOptions, visit } from "yaml";
import { escapeYaml, isVisible } from "../screen/terminal.ts";

/** YAML with the same meaning: text that a terminal would obey is quoted and escaped. */
export function writeYaml(value: unknown, options: CreateNodeOptions & ToStringOptions): string {
  const document = new Document(value, options);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && !isVisible(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return escapeYaml(document.toString(options));
}
