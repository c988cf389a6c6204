// SPDX-License-Identifier: Apache-2.0
/**
 * Figures as an SVG: bars with their intervals, and promises as marks. It brings its own
 * background, light or dark as the reader's, so that it can be read on any page. Pure.
 */
import { PROGRAMS } from "../measure/software.ts";
import { type Figure, judgeTarget, type Unit } from "./figures.ts";

interface Panel {
  readonly title: string;
  readonly unit: Unit;
  /** Where bars begin. */
  readonly from: number;
  readonly digits: number;
  /** Names of figures, and what the chart calls them. */
  readonly bars: readonly (readonly [name: string, label: string])[];
}

const COMMANDS = ["start", "state", "kill", "delete", "ps", "events", "pause", "update"];
const CALLS = {
  open: "open+close",
  stat: "stat",
  connect: "connect on loopback",
  fork: "fork+exit",
  execve: "execve",
};

const PANELS: readonly Panel[] = [
  {
    title: "Time, as a ratio to plain runc",
    unit: "ratio",
    from: 1,
    digits: 2,
    bars: [
      ["docker run --rm: ratio", "docker run --rm"],
      ["docker run --rm, no-op shim: ratio", "… with a no-op shim"],
      ["docker run --rm --network none: ratio", "… --network none"],
      ["docker exec: ratio", "docker exec"],
      ["many docker run at once: ratio", "many docker run at once"],
      ["many creates at once: ratio", "many creates at once"],
      ["many creates at once, no-op shim: ratio", "… with a no-op shim"],
    ],
  },
  {
    title: "The shim alone, as a ratio to node -e 0; the last of many creates, to the first",
    unit: "ratio",
    from: 1,
    digits: 2,
    bars: [
      ["shim alone, lockc-runc create: ratio", "lockc-runc create"],
      ["last create: ratio to the first", "last create"],
    ],
  },
  {
    title: "Commands that are handed on: milliseconds more than plain runc",
    unit: "ms",
    from: 0,
    digits: 2,
    bars: COMMANDS.map((verb) => [`runc ${verb}: more`, verb] as const),
  },
  {
    title: "lockctl load, milliseconds",
    unit: "ms",
    from: 0,
    digits: 0,
    bars: [
      ["lockctl load", "lockctl load"],
      ["lockctl load again", "… again"],
    ],
  },
  {
    title:
      "A contained process on Debian 12: instructions more; promised: fewer than docker-default",
    unit: "instructions",
    from: 0,
    digits: 0,
    bars: Object.entries(CALLS).map(
      ([call, label]) => [`bookworm ${call} under baseline`, label] as const,
    ),
  },
  {
    title: "Programs under baseline on Debian 12: instructions, as a ratio to plain runc",
    unit: "ratio",
    from: 1,
    digits: 3,
    bars: Object.keys(PROGRAMS).map((name) => [`bookworm ${name}: ratio`, name] as const),
  },
];

const WIDTH = 760;
const LABELS = 190;
const VALUES = 120;
const MARGIN = 20;
const TITLE = 46;
const ROW = 26;
const BAR = 14;

const STYLE = `
  .page { fill: #ffffff } .text { fill: #1f2328 } .faint { fill: #59636e } .axis { stroke: #8c959f }
  .kept { fill: #2f81c7 } .missed { fill: #c4432b } .noise { stroke: #1f2328 } .mark { stroke: #b35900 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } .text { fill: #e6edf3 } .faint { fill: #9198a1 } .axis { stroke: #656c76 }
    .kept { fill: #4493f8 } .missed { fill: #f0644c } .noise { stroke: #e6edf3 } .mark { stroke: #f0b429 }
  }
  text { font: 13px system-ui, sans-serif } .title { font-weight: 600 } .small { font-size: 11px }
  .noise { stroke-width: 1.5 } .mark { stroke-width: 2.5; stroke-dasharray: 4 2 }`;

/** Panels of which nothing was measured are left out. */
export function renderChart(figures: readonly Figure[]): string {
  const byName = new Map(figures.map((figure) => [figure.name, figure]));
  let top = MARGIN;
  const parts: string[] = [];
  for (const panel of PANELS) {
    const bars = panel.bars.flatMap(([name, label]) => {
      const figure = byName.get(name);
      return figure === undefined ? [] : [{ figure, label }];
    });
    if (bars.length === 0) continue;
    parts.push(`<g transform="translate(0 ${top})">\n${renderPanel(panel, bars)}\n</g>`);
    top += TITLE + bars.length * ROW + MARGIN;
  }
  const legend = `<text class="faint small" x="${MARGIN}" y="${top + 4}">Thin line: 95 % confidence interval of the median; of instructions, what runs differ by. Dashed: what is promised, at most. Red: missed.</text>`;
  const height = top + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="What lockc costs">`,
    "<!-- SPDX-License-Identifier: Apache-2.0; made by npm run bench from the JSON of a run -->",
    `<style>${STYLE}\n</style>`,
    `<rect class="page" width="${WIDTH}" height="${height}" rx="8"/>`,
    ...parts,
    legend,
    "</svg>\n",
  ].join("\n");
}

interface Bar {
  readonly figure: Figure;
  readonly label: string;
}

function renderPanel({ title, from, digits }: Panel, bars: readonly Bar[]): string {
  const ends = bars.flatMap(({ figure: { low, high, value, target } }) => [
    low,
    high,
    value,
    target ?? from,
  ]);
  const least = Math.min(from, ...ends);
  const most = Math.max(...ends, from + Number.EPSILON);
  const room = WIDTH - LABELS - VALUES - 2 * MARGIN;
  const at = (value: number) => round(MARGIN + LABELS + ((value - least) / (most - least)) * room);
  const bottom = TITLE - 10 + bars.length * ROW;
  return [
    `<text class="text title" x="${MARGIN}" y="14">${escapeText(title)}</text>`,
    `<line class="axis" x1="${at(from)}" x2="${at(from)}" y1="${TITLE - 14}" y2="${bottom}"/>`,
    `<text class="faint small" x="${at(from)}" y="${TITLE - 16}" text-anchor="middle">${from}</text>`,
    ...bars.map((bar, index) => renderBar(bar, TITLE - 10 + index * ROW, from, digits, at)),
  ].join("\n");
}

function renderBar(
  { figure, label }: Bar,
  top: number,
  from: number,
  digits: number,
  at: (value: number) => number,
): string {
  const { value, low, high, target } = figure;
  const missed = target !== undefined && judgeTarget(figure, target).verdict === "missed";
  const [left, right] = [Math.min(at(from), at(value)), Math.max(at(from), at(value))];
  const middle = top + BAR / 2;
  const shown = value.toFixed(digits);
  const promised = target === undefined ? "" : `(≤ ${target.toFixed(digits)})`;
  const width = round(Math.max(1, right - left));
  const mark =
    target === undefined
      ? []
      : [
          `<line class="mark" x1="${at(target)}" x2="${at(target)}" y1="${top - 4}" y2="${top + BAR + 4}"/>`,
        ];
  return [
    `<text class="text" x="${MARGIN + LABELS - 10}" y="${middle + 4}" text-anchor="end">${escapeText(label)}</text>`,
    `<rect class="${missed ? "missed" : "kept"}" x="${left}" y="${top}" width="${width}" height="${BAR}" rx="2"><title>${escapeText(label)}: ${shown} ${promised}</title></rect>`,
    `<line class="noise" x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}"/>`,
    ...mark,
    `<text class="text" x="${WIDTH - MARGIN}" y="${middle + 4}" text-anchor="end">${shown} <tspan class="faint">${promised}</tspan></text>`,
  ].join("\n");
}

const round = (value: number): number => Math.round(value * 10) / 10;

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
