// SPDX-License-Identifier: Apache-2.0
/** The checks of containers that run. */

import { nameOfContainer } from "../../core/ids.ts";
import { listed } from "../../core/words.ts";
import { describeFreed } from "../container/freed.ts";
import type { Stray } from "../container/strays.ts";
import { shellWord } from "../screen/terminal.ts";
import { type DoctorFacts, fault, ok, type Said } from "./finding.ts";

export function checkStrays({ strays }: DoctorFacts): Said[] {
  if (strays === undefined) return [];
  if (strays.length === 0) return [ok("every process in a container is held by its policy")];
  const called = ({ name, container, key }: Stray) =>
    JSON.stringify(nameOfContainer({ name, id: container ?? key }));
  const list = listed(
    strays.map((it) => `${JSON.stringify(it.command)} (${it.pid}) in container ${called(it)}`),
  );
  const are = strays.length === 1 ? "1 process is" : `${strays.length} processes are`;
  const containers = listed([...new Set(strays.map(called))]);
  return [
    fault(`${are} in a container, but held by no policy: ${list}`, `stop ${containers}; report it`),
  ];
}

export function checkFreed({ freed }: DoctorFacts): Said[] {
  return freed.map((one) => {
    const called = JSON.stringify(nameOfContainer(one));
    return fault(`container ${called} ${describeFreed(one)}`, `stop ${called} and start it anew`);
  });
}

export function checkLoosened({ loosened }: DoctorFacts): Said[] {
  return loosened.map((one) => {
    const { policy, rules } = one;
    return fault(
      `container ${JSON.stringify(nameOfContainer(one))} is only audited at ${listed(rules)}, which its policy "${policy}" refuses: lockctl learn watches it or was killed, or the policy was made stricter since`,
      `unless lockctl learn runs: lockctl container policy ${shellWord(nameOfContainer(one))} ${policy}`,
    );
  });
}
