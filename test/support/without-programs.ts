// SPDX-License-Identifier: Apache-2.0
/**
 * Has load and reload do without programs, as a build that measures does, where they are imported
 * after this file: by import(), since static imports are there before. Not every kernel takes the
 * programs, and whether they attach is for test/vm to show.
 */
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { instead } from "../../tool/measure/files.ts";

/** Who uses what is exchanged; loaded anew, since somebody's static import may have been first. */
const USERS = /\/ctl\/kernel\/(load|reload)\.ts$/;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (!found.url.startsWith("file:") || !context.parentURL?.startsWith("file:")) return found;
    if (USERS.test(found.url)) return { ...found, url: `${found.url}?without-programs` };
    const other = instead(fileURLToPath(found.url), fileURLToPath(context.parentURL));
    return other === undefined ? found : { ...found, url: pathToFileURL(other).href };
  },
});
