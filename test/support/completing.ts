// SPDX-License-Identifier: Apache-2.0
/** `lockctl __complete` on a host with policies and containers of its own. */
import { complete, formatOffer, joinBash, partBash } from "../../ctl/grammar/complete.ts";

const NAMES = {
  policies: () => ["baseline", "offline", "privileged", "restricted"],
  containers: () => ["c0ffee", "web", "x$(touch pwned)", "c0ffee2"],
};

const [shell, ...words] = process.argv.slice(3);
const offer =
  shell === "bash" ? partBash(complete(joinBash(words), NAMES)) : complete(words, NAMES);
process.stdout.write(formatOffer(offer));
