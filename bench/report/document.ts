// SPDX-License-Identifier: Apache-2.0
/** The native half's figures as the tables of docs/performance.md. Pure. */
import type { NativeFigures } from "../measure/native.ts";
import { type Comparison, type Estimate, margin } from "../measure/statistics.ts";
import { type Figure, judgeTarget, nativeFigures } from "./figures.ts";
import { eachMs } from "./report.ts";
import type { Host } from "./results.ts";

const BEGIN = "<!-- native figures: npm run bench -- --document -->\n";
const END = "<!-- end of native figures -->\n";

/** Files of at least so many bytes have a line of their own. */
const LARGE = 16_384;

/**
 * The document with new tables in the place of its old ones.
 * @throws when it has no place for them.
 */
export function replaceTables(document: string, tables: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the document lacks ${BEGIN}or ${END}`);
  return `${document.slice(0, begin)}${BEGIN}\n${tables}\n${document.slice(end)}`;
}

export function nativeDocument(native: NativeFigures, { kernel, cpus, node }: Host): string {
  const { docker, commands, shim } = native;
  return [
    `Linux ${kernel}, ${cpus} processors, Node ${node}.\n`,
    compared("against plain runc", "plain runc", [...docker, ...commands]),
    compared("the shim alone against `node -e 0`", "`node -e 0`", [shim.create, shim.cpu]),
    rows(["", "measured", ""], others(native)),
    rows(["installed", "bytes"], files(native)),
    rows(["promise", "measured", ""], promises(nativeFigures(native))),
  ].join("\n");
}

/** The first column to the left, the others to the right. */
function rows(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const rule = heads.map((_, at) => (at === 0 ? "---" : "---:"));
  return [heads, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

const around = (estimate: Estimate, digits: number): string =>
  `${estimate.value.toFixed(digits)} ± ${margin(estimate).toFixed(digits)}`.replace("-", "−");

function compared(title: string, plain: string, comparisons: readonly Comparison[]): string {
  return rows(
    [title, "ratio", "more, ms", `${plain}, ms`, "lockc, ms"],
    comparisons.map(({ name, ratio, moreMs, plainMs, lockcMs }) => [
      name,
      `**${around(ratio, 3)}**`,
      around(moreMs, 2),
      plainMs.value.toFixed(2),
      lockcMs.value.toFixed(2),
    ]),
  );
}

function others({ scale, lives, noop, many, load, admission, shim }: NativeFigures): string[][] {
  const { create, remove, block } = scale;
  return [
    [
      `${lives.containers} docker run --rm, ${lives.jobs} at a time, to plain runc's`,
      around(lives.ratio, 3),
      eachMs(lives.times, lives.block),
    ],
    [
      `${scale.containers} creates, ${scale.jobs} at a time, to plain runc's`,
      around(scale.createRatio, 3),
      eachMs(create, block),
    ],
    [
      `${noop.containers} creates, ${noop.jobs} at a time, with a no-op shim`,
      around(noop.ratio, 3),
      eachMs(noop.times, noop.block),
    ],
    [
      `${scale.containers} deletes, ${scale.jobs} at a time, to plain runc's`,
      around(scale.removeRatio, 3),
      eachMs(remove, block),
    ],
    [
      `create after ${many.points.at(-1)!.after} others, to the first`,
      around(many.lastToFirst, 3),
      "",
    ],
    ["containers at a time, at most", String(many.limit), ""],
    [
      "kernel memory left by a container, more than by plain runc's",
      `${around(scale.leftBytes, 0)} bytes`,
      "",
    ],
    ["`lockctl load`", `${around(load.firstMs, 0)} ms`, ""],
    ["`lockctl load` again", `${around(load.againMs, 0)} ms`, ""],
    [
      "admission of Docker's config.json, of the shim's time",
      `${around(admission.totalMs, 2)} ms`,
      "",
    ],
    [
      "the program that the shim becomes, by itself, of the same",
      `${around(shim.exitMs, 2)} ms`,
      "",
    ],
  ];
}

function files({ sizes }: NativeFigures): string[][] {
  const bytes = (count: number) => count.toLocaleString("en");
  const all = Object.entries(sizes.files);
  const small = all.filter(([, size]) => size < LARGE);
  const smallBytes = small.reduce((sum, [, size]) => sum + size, 0);
  return [
    ...all.filter(([, size]) => size >= LARGE).map(([path, size]) => [`\`${path}\``, bytes(size)]),
    [`${small.length} others`, bytes(smallBytes)],
    [`all ${all.length} files`, `**${bytes(sizes.totalBytes)}**`],
    ["in blocks of 4 KiB", bytes(sizes.blocksBytes)],
  ];
}

function promises(figures: readonly Figure[]): string[][] {
  return figures.flatMap((figure) => {
    const { name, unit, target } = figure;
    if (target === undefined) return [];
    const { verdict, sure } = judgeTarget(figure, target);
    const digits = unit === "ratio" ? 3 : 2;
    const limit = unit === "ms" ? `${target} ms` : target.toFixed(2);
    const word = verdict === "missed" ? "**missed**" : verdict;
    return [
      [`${name}, at most ${limit}`, around(figure, digits), sure ? word : `${word}, not surely`],
    ];
  });
}
