// SPDX-License-Identifier: Apache-2.0
/** The checks of who can change lockc's files and pins. */
import { listed } from "../../core/words.ts";
import { type DoctorFacts, type FileFact, fault, ok, type Said, warning } from "./finding.ts";

export function checkPins({ loaded, pins, pinNames }: DoctorFacts): Said[] {
  if (pins.length === 0) return [];
  const found: Said[] = [];
  const open = pins.filter(({ uid, mode }) => uid !== 0 || (mode & 0o077) !== 0);
  if (open.length > 0) {
    found.push(
      fault(
        `others than root may have reached lockc's pins: ${listed(open.map(describeFile))}`,
        "find out who changed them, then lockctl unload --force and lockctl load",
      ),
    );
  }
  const known = new Set(["", "maps", "links", ...pinNames]);
  const foreign = pins.map(({ path }) => path).filter((path) => !known.has(path));
  if (foreign.length > 0 && loaded !== "other") {
    found.push(
      warning(
        `lockc's directory of pins has what this version did not put there: ${listed(foreign)}`,
        "lockctl load removes what a crash left; remove the rest by hand",
      ),
    );
  }
  return found.length > 0 ? found : [ok("only root reaches lockc's pins")];
}

export function checkFiles({ files }: DoctorFacts): Said[] {
  // In a sticky directory others cannot replace what is root's.
  const isOpen = ({ uid, mode }: FileFact) =>
    uid !== 0 || ((mode & 0o022) !== 0 && (mode & 0o1000) === 0);
  const open = files.filter(isOpen);
  if (open.length === 0) return [ok("only root can change lockc's files and the runtime")];
  const list = listed(open.map(describeFile));
  const remedy = "chown root and chmod go-w what is named, after a look at what it holds";
  return [fault(`others than root can change lockc's files or the runtime: ${list}`, remedy)];
}

export function octal({ mode }: Pick<FileFact, "mode">): string {
  return `mode ${mode.toString(8).padStart(4, "0")}`;
}

function describeFile(file: FileFact): string {
  const path = file.path === "" ? "their directory" : file.path;
  return `${path} (${file.uid === 0 ? "" : `user ${file.uid}, `}${octal(file)})`;
}
