// SPDX-License-Identifier: Apache-2.0
/** The native half's figures, and comparisons with earlier ones, as text. Pure. */
import type { Colour, Paint } from "../../ctl/screen/terminal.ts";
import type { NativeFigures } from "../measure/native.ts";
import { align, type Comparison, type Estimate, margin, quotient } from "../measure/statistics.ts";
import type { Change, Difference } from "./against.ts";
import {
  judgeTarget,
  LOAD_TARGET_MS,
  moreTarget,
  RATIO_TARGETS,
  SCALE_TARGET,
  type Unit,
} from "./figures.ts";

const plusMinus = (estimate: Estimate, digits: number) => `±${margin(estimate).toFixed(digits)}`;
const signed = (value: number, digits: number) =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

interface Promised {
  readonly estimate: Estimate;
  readonly target: number | undefined;
}

/** Whether what is promised is so. */
function verdict({ estimate, target }: Promised): string {
  if (target === undefined) return "";
  const { verdict, sure } = judgeTarget(estimate, target);
  return sure ? verdict : `${verdict}?`;
}

const COLOURS: Readonly<Record<string, Colour>> = {
  kept: "green",
  "kept?": "yellow",
  missed: "red",
  "missed?": "yellow",
  better: "green",
  worse: "red",
};

/** Heads in bold; a word that has a colour in it. */
function table(rows: readonly (readonly string[])[], paint: Paint): string {
  return align(rows, (text, row) => paint(row === 0 ? "bold" : COLOURS[text.trim()], text));
}

function comparisonRow(comparison: Comparison, name = comparison.name): string[] {
  const { ratio, moreMs, plainMs, lockcMs, runs } = comparison;
  const ratioTarget = RATIO_TARGETS[comparison.name];
  const target = moreTarget(comparison.name);
  return [
    name,
    ratio.value.toFixed(3),
    plusMinus(ratio, 3),
    signed(moreMs.value, 2),
    plusMinus(moreMs, 2),
    ratioTarget !== undefined
      ? ratioTarget.toFixed(2)
      : target !== undefined
        ? `+${target.toFixed(2)} ms`
        : "",
    ratioTarget !== undefined
      ? verdict({ estimate: ratio, target: ratioTarget })
      : verdict({ estimate: moreMs, target }),
    plainMs.value.toFixed(2),
    lockcMs.value.toFixed(2),
    String(runs),
  ];
}

const HEADS = ["ratio", "", "more, ms", "", "at most", "", "plain, ms", "lockc, ms", "runs"];

export function nativeTables(native: NativeFigures, paint: Paint): string {
  const { docker, commands, shim } = native;
  return [
    table(
      [
        ["against plain runc", ...HEADS],
        ...[...docker, ...commands].map((one) => comparisonRow(one)),
      ],
      paint,
    ),
    table(
      [
        ["against node -e 0", ...HEADS],
        comparisonRow(shim.create, "the shim alone"),
        comparisonRow(shim.cpu, "… its CPU time"),
      ],
      paint,
    ),
    table(scaleRows(native), paint),
    table(loadRows(native), paint),
    table(sizeRows(native), paint),
  ].join("\n");
}

function scaleRows({ scale, lives, noop, many }: NativeFigures): string[][] {
  const { createRatio, removeRatio, containers, jobs, create, remove, block, leftBytes } = scale;
  const ratio = (name: string, estimate: Estimate, target?: number) => [
    name,
    estimate.value.toFixed(3),
    plusMinus(estimate, 3),
    target === undefined ? "" : target.toFixed(2),
    verdict({ estimate, target }),
  ];
  const [first, ...later] = many.points;
  return [
    ["at scale", "ratio", "", "at most", "", ""],
    [
      ...ratio(
        `${lives.containers} docker run --rm, ${lives.jobs} at a time`,
        lives.ratio,
        SCALE_TARGET,
      ),
      eachMs(lives.times, lives.block),
    ],
    [
      ...ratio(`${containers} creates, ${jobs} at a time`, createRatio, SCALE_TARGET),
      eachMs(create, block),
    ],
    [
      ...ratio(`${noop.containers} creates, ${noop.jobs} at a time, no-op shim`, noop.ratio),
      eachMs(noop.times, noop.block),
    ],
    [...ratio(`${containers} deletes, ${jobs} at a time`, removeRatio), eachMs(remove, block)],
    ...later.map(({ after, create: { lockcMs, ratio: toNode } }) => [
      ...ratio(`create after ${after} others, to the first`, quotient(toNode, first!.create.ratio)),
      `${first!.create.lockcMs.value.toFixed(1)} → ${lockcMs.value.toFixed(1)} ms`,
    ]),
    ["containers at a time, at most", String(many.limit), "", "", "", ""],
    [
      "kernel memory left by a container, bytes more",
      leftBytes.value.toFixed(0),
      plusMinus(leftBytes, 0),
      ...["", "", ""],
    ],
  ];
}

/** What one of a block of so many took under plain runc and under lockc. */
export const eachMs = ({ plainMs, lockcMs }: Comparison, block: number): string =>
  `${(plainMs.value / block).toFixed(1)} → ${(lockcMs.value / block).toFixed(1)} ms each`;

function loadRows({ load, admission }: NativeFigures): string[][] {
  const row = (name: string, estimate: Estimate, target?: number) => [
    name,
    estimate.value.toFixed(2),
    plusMinus(estimate, 2),
    target === undefined ? "" : String(target),
    verdict({ estimate, target }),
  ];
  return [
    ["by itself", "ms", "", "at most", ""],
    row("lockctl load", load.firstMs, LOAD_TARGET_MS),
    row("lockctl load, again", load.againMs),
    row("admission of Docker's config.json", admission.totalMs),
    row("… read and validate", admission.readMs),
    row("… choose the policy and judge", admission.judgeMs),
  ];
}

function sizeRows({ sizes }: NativeFigures): string[][] {
  const bytes = (count: number) => count.toLocaleString("en");
  const files = Object.entries(sizes.files).map(([path, size]) => [path, bytes(size)]);
  return [
    ["installed", "bytes"],
    ["all files", bytes(sizes.totalBytes)],
    ["in blocks of 4 KiB", bytes(sizes.blocksBytes)],
    ...files,
  ];
}

const DIGITS: Readonly<Record<Unit, number>> = {
  ratio: 3,
  ms: 2,
  bytes: 0,
  instructions: 0,
  containers: 0,
};
/** What has changed first. */
const ORDER: readonly Change[] = ["worse", "better", "new", "gone", "same"];

/** Worse first, then better; each with the band that it had to exceed. */
export function differenceTable(differences: readonly Difference[], paint: Paint): string {
  const sorted = ORDER.flatMap((change) => differences.filter((one) => one.change === change));
  const rows = sorted.map(({ name, unit, was, is, band, change }) => {
    const digits = DIGITS[unit];
    const show = (value: number | undefined) => value?.toFixed(digits) ?? "–";
    const grown = was === undefined || is === undefined ? "" : signed(is - was, digits);
    return [name, change, show(was), show(is), grown, `±${band.toFixed(digits)}`, unit];
  });
  const counts = ORDER.map(
    (change) => `${differences.filter((one) => one.change === change).length} ${change}`,
  );
  const heads = ["", "was", "is", "change", "band", "unit"];
  return `${table([["against the earlier run", ...heads], ...rows], paint)}${counts.join(", ")}\n`;
}
