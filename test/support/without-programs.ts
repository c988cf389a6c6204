// SPDX-License-Identifier: Apache-2.0
/**
 * Has what is imported after this one (by import(), since static imports are there before) do
 * without programs, as a build that measures does: not every kernel takes them, and whether
 * they attach is for test/vm to show.
 */
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { instead } from "../../tool/measure/files.ts";

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (!found.url.startsWith("file:") || !context.parentURL?.startsWith("file:")) return found;
    const other = instead(fileURLToPath(found.url), fileURLToPath(context.parentURL));
    return other === undefined ? found : { ...found, url: pathToFileURL(other).href };
  },
});
