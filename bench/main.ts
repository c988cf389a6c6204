// SPDX-License-Identifier: Apache-2.0
/** `npm run bench`: what lockc costs; native.ts and kernel.ts measure, this prints. */
import { writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { parseArgs } from "node:util";
import { isRelease, RELEASES, type Release } from "../vm/guest.ts";
import { type KernelFigures, measureKernel } from "./kernel.ts";
import { kernelTables } from "./kernel-table.ts";
import { measureNative, type NativeFigures } from "./native.ts";
import { measureSoftware, type SoftwareFigures } from "./software.ts";
import { softwareTable } from "./software-table.ts";
import { table } from "./statistics.ts";

const USAGE = `Usage: npm run bench [-- OPTION…]

Native half: times docker run and the commands that lockc-runc passes through,
alternating with plain runc, and prints medians and ratios; and the admission of
Docker's config.json alone, after Node has started.
Kernel half: counts instructions for each system call in a guest, against nothing,
AppArmor, Landlock and empty programs, and the memory of the maps.
Software: counts instructions of real programs in a guest's containers, under plain runc
and under baseline in turn.

  --only native|kernel|software
                         leave the others out
  --release NAME         for what needs a guest: ${Object.keys(RELEASES).join(", ")}; may be
                         repeated; default bookworm
  --json FILE            write the figures there as JSON
  --runs N               docker runs of each kind, at least 5 (default 30)
  --help                 this text
`;

class UsageError extends Error {}

const PARTS = ["native", "kernel", "software"] as const;
type Part = (typeof PARTS)[number];

interface Request {
  readonly parts: readonly Part[];
  readonly releases: readonly Release[];
  readonly runs: number;
  readonly json: string | undefined;
}

function parse(): Request | undefined {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      release: { type: "string", multiple: true, default: ["bookworm"] },
      json: { type: "string" },
      runs: { type: "string", default: "30" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return undefined;
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 5) {
    throw new UsageError("--runs takes a whole number from 5");
  }
  const { only, release: releases, json } = values;
  const parts = PARTS.filter((part) => only === undefined || part === only);
  if (parts.length === 0) throw new UsageError(`there is no part '${only}'`);
  if (!releases.every(isRelease)) throw new UsageError(`there is no guest '${releases}'`);
  return { parts, releases, runs, json };
}

function printNative({ comparisons, admission }: NativeFigures): void {
  const { readMs, judgeMs, totalMs } = admission;
  process.stdout.write(
    `${table(comparisons)}admission of Docker's config.json, after Node has started: ${totalMs.toFixed(2)} ms (read and validate ${readMs.toFixed(2)}, choose the policy and judge ${judgeMs.toFixed(2)}; median of ${admission.runs})\n`,
  );
}

async function bench({ parts, releases, runs, json }: Request): Promise<void> {
  const say = (line: string) => process.stderr.write(`bench: ${line}\n`);
  const measured = parts.includes("native") ? measureNative(runs) : undefined;
  if (measured) printNative(measured);
  const kernels: KernelFigures[] = [];
  for (const name of parts.includes("kernel") ? releases : []) {
    const figures = await measureKernel(name, say);
    process.stdout.write(kernelTables(figures));
    kernels.push(figures);
  }
  const software: SoftwareFigures[] = [];
  for (const name of parts.includes("software") ? releases : []) {
    const figures = await measureSoftware(name, say);
    process.stdout.write(softwareTable(figures));
    software.push(figures);
  }
  if (json === undefined) return;
  const host = { kernel: release(), cpus: cpus().length, node: process.version };
  writeFileSync(json, `${JSON.stringify({ host, ...measured, kernels, software }, null, 2)}\n`);
}

try {
  const request = parse();
  if (request) await bench(request);
  else process.stdout.write(USAGE);
} catch (error) {
  const code = (error as { code?: unknown }).code;
  if (!(error instanceof UsageError) && !String(code).startsWith("ERR_PARSE_ARGS")) throw error;
  process.stderr.write(`bench: ${(error as Error).message}; see --help\n`);
  process.exitCode = 2;
}
