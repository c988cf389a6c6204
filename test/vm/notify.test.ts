// SPDX-License-Identifier: Apache-2.0
/** READY=1 on each kernel; attach.test.ts has the same where programs are attached by fmod_ret. */
import { describe } from "node:test";
import type { Release } from "../../vm/guest.ts";
import { compileNotify, describeNotify } from "./notify.ts";
import { Session } from "./session.ts";

const RELEASES: readonly Release[] = ["bookworm", "trixie", "sid"];
const folder = compileNotify();

for (const release of RELEASES) {
  describe(release, () => {
    describeNotify(new Session({ release, mounts: [folder] }), folder);
  });
}
