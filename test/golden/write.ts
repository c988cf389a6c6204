// SPDX-License-Identifier: Apache-2.0
/** `npm run golden`: writes the texts anew, after a change that is meant. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderTexts } from "./texts.ts";

const FOLDER = join(import.meta.dirname, "texts");

rmSync(FOLDER, { recursive: true, force: true });
for (const [path, text] of await renderTexts()) {
  const file = join(FOLDER, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
