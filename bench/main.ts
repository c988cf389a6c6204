// SPDX-License-Identifier: Apache-2.0
/** `npm run bench`: what lockc costs; native.ts, kernel.ts and software.ts measure. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { parseArgs } from "node:util";
import { type Paint, readTerminal } from "../ctl/screen/terminal.ts";
import { isRelease, RELEASES, type Release } from "../vm/guest.ts";
import { type KernelFigures, measureKernel } from "./measure/kernel.ts";
import { type Amount, measureNative } from "./measure/native.ts";
import { measureSoftware, type SoftwareFigures } from "./measure/software.ts";
import { compareFigures } from "./report/against.ts";
import { renderChart } from "./report/chart.ts";
import { nativeDocument, replaceTables } from "./report/document.ts";
import { kernelFigures, nativeFigures, softwareFigures } from "./report/figures.ts";
import { kernelTables } from "./report/kernel-table.ts";
import { differenceTable, nativeTables } from "./report/report.ts";
import { mergeResults, parseResults, type Results } from "./report/results.ts";
import { softwareTable } from "./report/software-table.ts";

const USAGE = `Usage: npm run bench [-- OPTION…]

Native half: times docker run and exec, each command of a container, many containers,
the shim alone and lockctl load, alternating with plain runc, and lists what is installed.
Kernel half: counts instructions for each system call in a guest, against nothing,
AppArmor, Landlock and empty programs, and the memory of the maps.
Software: counts instructions of real programs in a guest's containers, under plain runc
and under baseline in turn.

  --only native|kernel|software
                         leave the others out
  --release NAME         for what needs a guest: ${Object.keys(RELEASES).join(", ")}; may be
                         repeated; default bookworm
  --json FILE            write the figures there as JSON
  --against FILE         say which figures are better, the same or worse than in the JSON
                         of an earlier run, and by how much they may differ by chance
  --chart FILE           draw the figures there as SVG
  --document FILE        put the native half's tables into docs/performance.md
  --from FILE            measure nothing, take the figures from the JSON of an earlier run;
                         may be repeated, for parts that were measured apart
  --runs N               measurements of each kind, at least 5 (default 40)
  --containers N         containers at once, of each kind (default 500)
  --creates N            containers one after the other, at least 1000 (default 5000)
  --help                 this text
`;

class UsageError extends Error {}

const PARTS = ["native", "kernel", "software"] as const;
type Part = (typeof PARTS)[number];

interface Request {
  readonly parts: readonly Part[];
  readonly releases: readonly Release[];
  readonly amount: Amount;
  readonly json: string | undefined;
  readonly against: string | undefined;
  readonly chart: string | undefined;
  readonly document: string | undefined;
  readonly from: readonly string[];
}

function parse(): Request | undefined {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      release: { type: "string", multiple: true, default: ["bookworm"] },
      json: { type: "string" },
      against: { type: "string" },
      chart: { type: "string" },
      document: { type: "string" },
      from: { type: "string", multiple: true, default: [] },
      runs: { type: "string", default: "40" },
      containers: { type: "string", default: "500" },
      creates: { type: "string", default: "5000" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return undefined;
  const { only, release: releases, json, against, chart, document, from } = values;
  const parts = PARTS.filter((part) => only === undefined || part === only);
  if (parts.length === 0) throw new UsageError(`there is no part '${only}'`);
  if (!releases.every(isRelease)) throw new UsageError(`there is no guest '${releases}'`);
  const amount = {
    runs: wholeNumber("--runs", values.runs, 5),
    containers: wholeNumber("--containers", values.containers, 1),
    creates: wholeNumber("--creates", values.creates, 1000),
  };
  return { parts, releases, amount, json, against, chart, document, from };
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new UsageError(`${option} takes a whole number from ${least}`);
}

function readResults(file: string): Results {
  const results = parseResults(readFileSync(file, "utf8"));
  if (results !== undefined) return results;
  throw new UsageError(`'${file}' is not what --json writes`);
}

async function measure({ parts, releases, amount }: Request, paint: Paint): Promise<Results> {
  const say = (line: string) => process.stderr.write(`bench: ${line}\n`);
  const native = parts.includes("native") ? measureNative(amount) : undefined;
  if (native) process.stdout.write(nativeTables(native, paint));
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
  const figures = [
    ...(native ? nativeFigures(native) : []),
    ...kernels.flatMap(kernelFigures),
    ...software.flatMap(softwareFigures),
  ];
  const host = { kernel: release(), cpus: cpus().length, node: process.version };
  return { host, ...(native && { native }), kernels, software, figures };
}

function showResults({ native, kernels, software }: Results, paint: Paint): void {
  if (native) process.stdout.write(nativeTables(native, paint));
  for (const figures of kernels) process.stdout.write(kernelTables(figures));
  for (const figures of software) process.stdout.write(softwareTable(figures));
}

async function bench(request: Request): Promise<void> {
  const { from, json, against, chart, document } = request;
  const { paint } = readTerminal();
  // Before anything is measured: a name mistyped is told at once.
  const earlier = against === undefined ? undefined : readResults(against);
  const [first, ...more] = from.map(readResults);
  const results = first ? mergeResults([first, ...more]) : await measure(request, paint);
  if (first) showResults(results, paint);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  if (chart !== undefined) writeFileSync(chart, renderChart(results.figures));
  if (document !== undefined && results.native) {
    const tables = nativeDocument(results.native, results.host);
    writeFileSync(document, replaceTables(readFileSync(document, "utf8"), tables));
  }
  if (earlier === undefined) return;
  const differences = compareFigures(earlier.figures, results.figures);
  process.stdout.write(`\n${differenceTable(differences, paint)}`);
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
