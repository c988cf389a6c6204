// SPDX-License-Identifier: Apache-2.0
/** The checks of what is in force: policies, sockets, guard and events. */
import { listed } from "../../core/words.ts";
import { type DoctorFacts, fault, ok, type Said, warning } from "./finding.ts";

export function checkPolicies({ wrong, broken, stale, loaded }: DoctorFacts): Said[] {
  if (wrong !== undefined) return [fault(wrong.sentence, wrong.remedy)];
  const faults = broken.map(({ name, sentence, remedy, inForce }) => {
    const what = inForce
      ? "is in force as it was loaded, and will be left out at the next boot"
      : "is left out, so every container that would get it is refused";
    return fault(`policy "${name}" ${what}: ${sentence}`, `${remedy}: lockctl policy reload`);
  });
  if (faults.length > 0 && stale.length === 0) return faults;
  if (loaded !== "yes") return [ok("policies and settings are valid")];
  if (stale.length === 0)
    return [ok("policies and settings are valid, and in force as they are written")];
  return [
    ...faults,
    warning(`not in force as written: ${listed(stale)}`, "run lockctl policy reload"),
  ];
}

export function checkSockets({ sockets }: DoctorFacts): Said[] {
  const { found, uncovered } = sockets;
  if (uncovered.length > 0) {
    return [
      warning(
        `no policy knows of these engines' sockets: ${uncovered.join(", ")}`,
        "add them to engineSockets in /etc/lockc/lockc.yaml, and run lockctl policy reload",
      ),
    ];
  }
  return found.length === 0 ? [] : [ok(`engineSockets covers ${found.join(", ")}`)];
}

export function checkGuard({ guard }: DoctorFacts): Said[] {
  if (guard === undefined) return [];
  const { mode, denials, audits, comm } = guard;
  const last = comm === "" ? "" : `, the last by ${JSON.stringify(comm)}`;
  if (mode !== "enforce" && audits > 0n) {
    return [
      warning(
        `low-level runtimes were executed past lockc-runc ${audits} times${last}`,
        "register lockc-runc there, then set guard: enforce in /etc/lockc/lockc.yaml",
      ),
    ];
  }
  if (mode === "off")
    return [ok("the guard is off: nobody looks who executes runc past lockc-runc")];
  return [ok(`the guard is on (${mode}), and has refused ${denials}${denials > 0n ? last : ""}`)];
}

export function checkEvents({ events }: DoctorFacts): Said[] {
  if (events === undefined) return [];
  const { made, dropped, isRead, newestAgeMs } = events;
  if (newestAgeMs !== undefined && newestAgeMs < -1000) {
    const remedy = "report it: the kernel's clock and lockctl's differ";
    return [fault(`the newest refusal is ${ageOf(-newestAgeMs)} ahead of the clock`, remedy)];
  }
  const age = newestAgeMs === undefined ? "" : `, the newest refusal ${ageOf(newestAgeMs)} old`;
  const start = "systemctl enable --now lockc-events.service";
  if (dropped > 0n) {
    const remedy = isRead ? "see in the journal why lockc-events.service was late" : start;
    return [
      warning(`${dropped} of ${made} events were lost, since nobody read in time${age}`, remedy),
    ];
  }
  if (isRead) return [ok(`${made} events so far, none lost${age}`)];
  return [warning(`nobody reads the events (${made} so far${age})`, start)];
}

function ageOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
