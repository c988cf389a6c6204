// SPDX-License-Identifier: Apache-2.0
/**
 * What is known to be wrong with versions of the low-level runtimes, and with dockerd as far as it
 * runs or opens by itself what is a container's: no policy holds that. Pure.
 * Sources: the advisories of opencontainers/runc, containers/crun and moby/moby (GHSA-…); where none
 * is named, what the releases with the fix, or distributions about them, say.
 */

export type RuntimeName = "runc" | "crun";

export interface Flaw {
  readonly cve: string;
  /** The first version of each series that has the fix; later series have it too. */
  readonly fixed: readonly string[];
  /** The first version that has the flaw, where not all before had it. */
  readonly since?: string;
  readonly what: string;
  readonly source?: string;
}

/** Whose versions are looked at. */
type FlawedName = RuntimeName | "dockerd";

export const FLAWS: Readonly<Record<FlawedName, readonly Flaw[]>> = {
  runc: [
    {
      cve: "CVE-2024-21626",
      fixed: ["1.1.12"],
      what: "a leaked directory of the host",
      source: "GHSA-xr7r-f8xq-vfvv",
    },
    {
      cve: "CVE-2024-45310",
      fixed: ["1.1.14", "1.2.0-rc.3"],
      what: "empty files made on the host",
      source: "GHSA-jfvp-7x6p-h2pv",
    },
    {
      cve: "CVE-2025-31133",
      fixed: ["1.2.8", "1.3.3", "1.4.0-rc.3"],
      what: "masked paths left open",
      source: "GHSA-9493-h29p-rfm2",
    },
    {
      cve: "CVE-2025-52565",
      fixed: ["1.2.8", "1.3.3", "1.4.0-rc.3"],
      what: "/dev/console mounted elsewhere",
      source: "GHSA-qw9x-cqr3-wc7r",
    },
    {
      cve: "CVE-2025-52881",
      fixed: ["1.2.8", "1.3.3", "1.4.0-rc.3"],
      what: "writes to /proc redirected",
      source: "GHSA-cgrx-mc8f-2prm",
    },
    {
      cve: "CVE-2026-41579",
      fixed: ["1.3.6", "1.4.3", "1.5.0-rc.3"],
      what: "links made on the host through /dev",
      source: "GHSA-xjvp-4fhw-gc47",
    },
    {
      cve: "CVE-2026-119101",
      fixed: ["1.3.7", "1.4.4", "1.5.3", "1.6.0-rc.2"],
      what: "a directory of the host in a restored container",
    },
  ],
  crun: [
    {
      cve: "CVE-2019-18837",
      fixed: ["0.10.5"],
      what: "files of the host through links",
      source: "GHSA-992m-xc3g-r7rj",
    },
    { cve: "CVE-2022-27650", fixed: ["1.4.4"], what: "inheritable capabilities at exec" },
    {
      cve: "CVE-2025-24965",
      fixed: ["1.20"],
      what: "files made on the host by krun",
      source: "GHSA-f42g-r5jj-qh4j",
    },
    { cve: "CVE-2026-30892", since: "1.19", fixed: ["1.27"], what: "exec --user 1 taken for root" },
    {
      cve: "CVE-2026-47766",
      fixed: ["1.28"],
      what: "links made on the host through /dev",
      source: "GHSA-7vwr-4279-7gq5",
    },
    { cve: "CVE-2026-84042", fixed: ["1.30.1"], what: "the payload run unconfined by krun" },
    {
      cve: "CVE-2026-88264",
      fixed: ["1.30"],
      what: "/dev/console made on the host",
      source: "GHSA-j87h-qqch-77vc",
    },
    {
      cve: "CVE-2026-88265",
      fixed: ["1.30"],
      what: "a file of the host as standard output",
      source: "GHSA-5j66-q287-fhqw",
    },
    { cve: "CVE-2026-115520", fixed: ["1.31"], what: "a path of the host in a restored container" },
    { cve: "CVE-2026-115521", fixed: ["1.31"], what: "a root file system left writable" },
  ],
  dockerd: [
    {
      cve: "CVE-2026-41567",
      fixed: ["29.5.1"],
      what: "docker cp of a compressed archive runs the image's xz or unpigz as the host's root",
      source: "GHSA-x86f-5xw2-fm2r",
    },
    {
      cve: "CVE-2026-41568",
      fixed: ["29.5.1"],
      what: "docker cp makes files on the host",
      source: "GHSA-vp62-88p7-qqf5",
    },
  ],
};

/** What `runc --version` or `crun --version` says; undefined for anything else. */
export function parseVersion(
  text: string,
): { readonly name: RuntimeName; readonly version: string } | undefined {
  const [, name, version] = /^(runc|crun) version v?(\d+\.\d+\S*)$/m.exec(text) ?? [];
  return name === undefined ? undefined : { name: name as RuntimeName, version: version! };
}

export function flawsOf(name: FlawedName, version: string): Flaw[] {
  return FLAWS[name].filter(
    ({ since, fixed }) =>
      (since === undefined || compare(version, since) >= 0) && !hasFix(version, fixed),
  );
}

/** Fixed when its own series has the fix from an earlier version on, or when it is a later series. */
function hasFix(version: string, fixed: readonly string[]): boolean {
  const own = fixed.find((first) => series(first) === series(version));
  return fixed.every((first) => compare(version, first) >= 0) || isFrom(version, own);
}

function isFrom(version: string, first: string | undefined): boolean {
  return first !== undefined && compare(version, first) >= 0;
}

function series(version: string): string {
  return parts(version).slice(0, 2).join(".");
}

/** Major, minor, patch and release candidate, of which there is none after a release. */
function parts(version: string): number[] {
  const [, major, minor, patch = "0", candidate] =
    /^(\d+)\.(\d+)(?:\.(\d+))?(?:[-~+]?rc\.?(\d+))?/.exec(version) ?? [];
  return [major, minor, patch, candidate ?? Number.POSITIVE_INFINITY].map(Number);
}

/** Negative, 0 or positive; what distributions append counts for nothing. */
export function compare(one: string, other: string): number {
  const others = parts(other);
  const differing = parts(one).flatMap((part, index) =>
    part === others[index] ? [] : part < others[index]! ? -1 : 1,
  );
  return differing[0] ?? 0;
}
