// SPDX-License-Identifier: Apache-2.0
/** What `lockctl policy reload` says. */
import type { ReloadReport } from "../../kernel/reload.ts";
import { visible } from "../../screen/terminal.ts";

export function formatReload({ policies, changed, kept, warnings }: ReloadReport): string {
  return [
    `in force: policies ${policies.join(", ")}`,
    ...(changed.length > 0
      ? [`running containers with new rules: ${changed.map(visible).join(", ")}`]
      : []),
    ...(kept.length > 0
      ? [`running containers that keep their old rules: ${kept.map(visible).join(", ")}`]
      : []),
    ...warnings.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}
