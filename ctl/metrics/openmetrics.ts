// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers as the text that Prometheus reads. Pure.
 *
 *   openmetrics   OpenMetrics 1.0, what a scraper asks for
 *   textfile      Prometheus's own format 0.0.4, what node_exporter's textfile collector
 *                 and promtool read; counters are called there like their samples
 */
import { visibleLines } from "../screen/terminal.ts";

type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number | bigint;
}

/** A metric with all its samples. */
export interface Family {
  /** Without the suffix that its samples have by its type. */
  readonly name: string;
  readonly type: "gauge" | "counter" | "info";
  /** One line, without quotes and backslashes, which the two formats write differently. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

export const FORMATS = {
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
  textfile: "text/plain; version=0.0.4; charset=utf-8",
} as const;
export type Format = keyof typeof FORMATS;

const SUFFIXES = { gauge: "", counter: "_total", info: "_info" } as const;

export function formatFamilies(families: readonly Family[], format: Format): string {
  const texts = families.map((family) => formatFamily(family, format));
  return `${texts.join("")}${format === "openmetrics" ? "# EOF\n" : ""}`;
}

function formatFamily({ name, type, help, samples }: Family, format: Format): string {
  const full = `${name}${SUFFIXES[type]}`;
  const [title, kind] =
    format === "openmetrics" ? [name, type] : [full, type === "info" ? "gauge" : type];
  const lines = [
    `# HELP ${title} ${help}`,
    `# TYPE ${title} ${kind}`,
    ...samples.map(({ labels = {}, value }) => `${full}${formatLabels(labels)} ${value}`),
  ];
  return `${lines.join("\n")}\n`;
}

function formatLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${quote(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

/** Harmless on a terminal too; ends of lines have an escape of their own. */
function quote(text: string): string {
  return visibleLines(text).replace(/[\\"\n]/g, (character) => ESCAPES[character]!);
}
