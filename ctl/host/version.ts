// SPDX-License-Identifier: Apache-2.0

/** Set by `npm run build` from package.json. */
declare const LOCKC_VERSION: string | undefined;

/** lockc's version, or "source" when it runs from its source tree. */
export const VERSION = typeof LOCKC_VERSION === "undefined" ? "source" : LOCKC_VERSION;
