// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run check`: types, lint and format, rooms, generated files, shell
 * scripts, licence headers, and words that have no place in the product.
 * Everything is looked at; the exit status is 1 if anything was found.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "./compile-bpf.ts";
import { generate, staleFiles } from "./generate.ts";
import { findProgram, requireTools, run } from "./run.ts";

type Check = readonly [name: string, run: () => Promise<string[]> | string[]];

/** Files that git knows or would add, as paths from the top. */
function listFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  return run("git", args, TOP).split("\n").filter(Boolean);
}

/** Only there may the pattern appear; see "Rooms" in docs/architecture.md. */
const ROOMS: readonly { readonly pattern: RegExp; readonly only: readonly string[] }[] = [
  { pattern: /\bprocess\.exit\(/, only: ["shim/main.ts"] },
  { pattern: /\bfrom "koffi"|import\("koffi"\)|\bdlopen\(/, only: ["core/ffi/koffi.ts"] },
  { pattern: /\bfrom "(\.\.?\/)+(core\/ffi\/)?koffi\.ts"/, only: ["core/ffi/", "ctl/ffi/"] },
];

function checkRooms(files: readonly string[]): string[] {
  const sources = files.filter((file) => /^(core|shim|ctl)\/.*\.ts$/.test(file));
  return sources.flatMap((file) => {
    const text = readFileSync(join(TOP, file), "utf8");
    return ROOMS.filter(
      ({ pattern, only }) => pattern.test(text) && !only.some((room) => file.startsWith(room)),
    ).map(({ pattern, only }) => `${file}: ${pattern.source} belongs to ${only.join(", ")}`);
  });
}

/** The same for the kernel half: which files of bpf/ the pattern has no place in, and why. */
const KERNEL_ROOMS: readonly {
  readonly pattern: RegExp;
  readonly not: RegExp;
  readonly why: string;
}[] = [
  {
    pattern: /^SEC\("/m,
    not: /^bpf\/(?!hook\/|event\/report\.bpf\.h$)/,
    why: "programs belong to bpf/hook/ and bpf/event/report.bpf.h",
  },
  {
    pattern: /^#include "(.*\/)?maps\.bpf\.h"/m,
    not: /^bpf\/hook\//,
    why: "a hook asks questions (member, grant, verdict, …), and maps.bpf.h comes with them",
  },
  {
    pattern: /^#include "(.*\/)?hook\//m,
    not: /^bpf\/(?!hook\/|lockc\.bpf\.c$)/,
    why: "nothing that hooks ask stands on a hook",
  },
];

function checkKernelRooms(files: readonly string[]): string[] {
  return files
    .filter((file) => /^bpf\/.*\.[ch]$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(TOP, file), "utf8");
      return KERNEL_ROOMS.filter(({ pattern, not }) => not.test(file) && pattern.test(text)).map(
        ({ why }) => `${file}: ${why}`,
      );
    });
}

/** Written so that this file does not find itself. */
const FORBIDDEN: readonly RegExp[] = [
  /\/work\/(?:main|shared)\b/,
  /registry[.]npmjs|deb[.]debian[.]org|security[.]debian[.]org/,
  /\b(?:TO[D]O|XX[X]|HA[C]K)\b/,
  /not (?:yet )?implemente[d]/i,
];

function checkWords(files: readonly string[]): string[] {
  return files
    .filter((file) => !/^(LICENSE|bpf\/COPYING|package-lock\.json)$/.test(file))
    .flatMap((file) => {
      const lines = readFileSync(join(TOP, file), "utf8").split("\n");
      return lines.flatMap((line, index) =>
        FORBIDDEN.filter((word) => word.test(line)).map(
          (word) => `${file}:${index + 1}: ${word.exec(line)?.[0]} has no place here`,
        ),
      );
    });
}

function checkHeaders(files: readonly string[]): string[] {
  return files
    .filter((file) => /\.(ts|js|c|h|sh|service)$/.test(file))
    .flatMap((file) => {
      const start = readFileSync(join(TOP, file), "utf8").slice(0, 200);
      const expected = /^bpf\//.test(file)
        ? /SPDX-License-Identifier: GPL-2\.0-only/
        : /SPDX-License-Identifier: Apache-2\.0/;
      return expected.test(start) ? [] : [`${file}: its first lines lack ${expected.source}`];
    });
}

function checkShell(files: readonly string[]): string[] {
  requireTools("shellcheck");
  const scripts = files.filter((file) => file.endsWith(".sh"));
  return said(() => run("shellcheck", ["--shell=dash", "--exclude=SC1091", ...scripts], TOP));
}

/** A program's complaint as what it found. */
function said(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

const npmBin = (name: string) => join(TOP, "node_modules/.bin", name);
const files = listFiles();

const CHECKS: readonly Check[] = [
  ["types", () => said(() => run(npmBin("tsc"), ["-p", "."], TOP))],
  [
    "lint and format",
    () => said(() => run(npmBin("biome"), ["check", "--error-on-warnings"], TOP)),
  ],
  ["rooms", () => [...checkRooms(files), ...checkKernelRooms(files)]],
  [
    "generated files",
    async () =>
      staleFiles(await generate()).map(
        (name) => `core/generated/${name} is not what its source gives; run: npm run generate`,
      ),
  ],
  ["shell", () => checkShell(files)],
  ["licence headers", () => checkHeaders(files)],
  ["words", () => checkWords(files)],
];

if (!findProgram("git")) throw new Error("the check needs git to list the files");
for (const [name, check] of CHECKS) {
  const started = performance.now();
  const found = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${found.length === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  for (const line of found) console.log(line);
  if (found.length > 0) process.exitCode = 1;
}
