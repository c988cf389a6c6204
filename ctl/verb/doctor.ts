// SPDX-License-Identifier: Apache-2.0
/** `lockctl doctor`. */
import { examine } from "../doctor/checks.ts";
import { readDoctorFacts } from "../doctor/facts.ts";
import { formatFindings } from "../doctor/lines.ts";
import { defineVerb, ExitStatus, JSON_FLAG } from "../grammar/verb.ts";
import { hostPlaces } from "../host/places.ts";
import { json, say } from "../screen/print.ts";
import { readTerminal } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "check this host, and say what to do",
  explanation: `Checks kernel, bpffs, programs, processes that no policy holds, pins, files, the
low-level runtime and its known flaws, engines, policies, engines' sockets, guard
and events. Each line is ok, a warning or a fault, with what to do about it.
Warnings alone leave the exit status 0, a fault makes it 1. It changes nothing,
works before load and without root, and says what it then cannot see.`,
  options: { json: JSON_FLAG },
  operands: [],

  run({ json: asJson }) {
    const findings = examine(readDoctorFacts(hostPlaces()));
    say(1, asJson ? json(findings) : formatFindings(findings, readTerminal()));
    return findings.some(({ level }) => level === "fault") ? ExitStatus.FAILED : ExitStatus.OK;
  },
});
