// SPDX-License-Identifier: Apache-2.0
/** In the place of ctl/kernel/programs.ts: maps as in the product, and no programs. */
import type * as product from "../../ctl/kernel/programs.ts";

export {
  chooseHooks,
  expectedPrograms,
  hookFinder,
  Links,
  moveToFunctions,
  need,
  needsPrograms,
} from "../../ctl/kernel/programs.ts";

export const chooseAttach: typeof product.chooseAttach = () => "lsm";

export const loadPrograms: typeof product.loadPrograms = (object) => {
  object.skipPrograms();
  object.load();
};

export const attachAll: typeof product.attachAll = () => {};

export const areAttached: typeof product.areAttached = () => true;
