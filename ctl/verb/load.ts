// SPDX-License-Identifier: Apache-2.0
/** `lockctl load`. */
import { defineVerb, ExitStatus } from "../grammar/verb.ts";
import { hostPlaces } from "../host/places.ts";
import { check, type LoadKind, type LoadReport, load } from "../kernel/load.ts";
import * as log from "../screen/log.ts";
import { tellSentences } from "../screen/print.ts";

export const verb = defineVerb({
  summary: "load policies and programs into the kernel",
  explanation: `Reads the policies (built in, then /etc/lockc/policy/*.yaml) and the settings
(/etc/lockc/lockc.yaml), attaches lockc's programs and pins them under
/sys/fs/bpf/lockc, where they stay until unload or reboot; no daemon is needed.
Run it again after a change of policies or settings: containers that run keep
the rules they were started with. After an update of lockc it puts the new
programs in the old ones' place without a gap. If anything fails, nothing
changes. Needs root. At boot, lockc.service runs it.

When nothing is in force yet, a policy that is not valid is left out with those
that build on it, and the exit status is 6: every container that would get one is
refused. Where policies are in force, such a policy fails the load.

Where the kernel did not start the security module bpf, the programs go before
the functions that would ask it (fmod_ret), if they hold there; the setting
attach says otherwise. With --check it only tells, also without root.`,
  options: {
    check: { meaning: "only say whether and how the programs can be attached here" },
  },
  operands: [],

  run({ check: isCheck }) {
    if (!isCheck) return tellLoaded(load(hostPlaces()));
    tellSentences(formatCheck(check(hostPlaces())));
    return ExitStatus.OK;
  },
});

const DONE: Readonly<Record<LoadKind, string>> = {
  fresh: "loaded",
  replace: "loaded: new programs took the old ones' place",
  refresh: "loaded already: policies and settings brought up to date",
};

function formatCheck({ attach, facts }: ReturnType<typeof check>): string {
  return `kernel ${facts.release}: the programs can be attached by ${attach}\n`;
}

function formatReport(report: LoadReport): string {
  const { kind, programs, attach, policies, runtime, lacking, guard, warnings } = report;
  return [
    `${DONE[kind]}; ${programs} programs${attach === "lsm" ? "" : ` by ${attach}`}, policies ${policies.join(", ")}`,
    runtime ? `low-level runtime ${runtime}` : `no container can start yet: ${lacking}`,
    ...(guard === "off" ? [] : [`guard: ${guard}`]),
    ...warnings.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}

/** Policies that are left out are told where the journal of a boot has them. */
function tellLoaded(report: LoadReport): ExitStatus {
  tellSentences(formatReport(report));
  for (const { name, error } of report.broken) {
    log.error(
      error,
      `policy "${name}" is left out, and every container that would get it is refused: `,
    );
  }
  return report.broken.length === 0 ? ExitStatus.OK : ExitStatus.LEFT_OUT;
}
