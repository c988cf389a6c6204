// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Family, formatFamilies } from "../../../ctl/metrics/openmetrics.ts";

const FAMILIES: readonly Family[] = [
  {
    name: "a_build",
    type: "info",
    help: "What it is.",
    samples: [{ labels: { version: "1" }, value: 1 }],
  },
  {
    name: "a_hits",
    type: "counter",
    help: "How often.",
    samples: [
      { labels: { policy: 'a "b" \\ c\nd', rule: "é" }, value: 2n ** 60n },
      { labels: { policy: "", rule: "x" }, value: 0 },
    ],
  },
  { name: "a_seconds", type: "gauge", help: "How long.", samples: [{ value: 0.5 }] },
];

test("OpenMetrics: a family is called without its suffix, and the end is marked", () => {
  assert.equal(
    formatFamilies(FAMILIES, "openmetrics"),
    String.raw`# HELP a_build What it is.
# TYPE a_build info
a_build_info{version="1"} 1
# HELP a_hits How often.
# TYPE a_hits counter
a_hits_total{policy="a \"b\" \\ c\nd",rule="é"} 1152921504606846976
a_hits_total{policy="",rule="x"} 0
# HELP a_seconds How long.
# TYPE a_seconds gauge
a_seconds 0.5
# EOF
`,
  );
});

test("a label cannot steer a terminal that shows it, and ordinary text stays as it is", () => {
  const written = (label: string) =>
    formatFamilies([{ ...FAMILIES[2]!, samples: [{ labels: { label }, value: 1 }] }], "textfile");
  assert.ok(written("a\x1b[2J\x9b\u202e").includes(String.raw`a\\x1b[2J\\x9b\\u{202e}`));
  assert.ok(written("é日本語👍").includes("é日本語👍"));
});

test("Prometheus's own format: a family is called like its samples", () => {
  const titles = formatFamilies(FAMILIES, "textfile").match(/^#.*$/gm);
  assert.deepEqual(titles, [
    "# HELP a_build_info What it is.",
    "# TYPE a_build_info gauge",
    "# HELP a_hits_total How often.",
    "# TYPE a_hits_total counter",
    "# HELP a_seconds How long.",
    "# TYPE a_seconds gauge",
  ]);
});
