// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compare,
  FLAWS,
  flawsOf,
  parseVersion,
  type RuntimeName,
} from "../../../ctl/doctor/flaws.ts";

test("what the runtimes say of their version", () => {
  const runc = "runc version 1.1.5+ds1\ncommit: 1.1.5+ds1-1+deb12u1\nspec: 1.0.2-dev\n";
  assert.deepEqual(parseVersion(runc), { name: "runc", version: "1.1.5+ds1" });
  const crun = "crun version 1.8.1\ncommit: f8a09\nrundir: /run/crun\nspec: 1.0.0\n";
  assert.deepEqual(parseVersion(crun), { name: "crun", version: "1.8.1" });
  for (const other of ["", "youki version 0.3.0", "runc version unknown", "not runc version 1.1"]) {
    assert.equal(parseVersion(other), undefined, other);
  }
});

test("which version is earlier", () => {
  const rising = ["0.10.5", "1.0.0-rc95", "1.0.0", "1.1.2", "1.1.12", "1.2.0~rc3", "1.2.0", "1.20"];
  for (const [index, version] of rising.entries()) {
    for (const [place, other] of rising.entries()) {
      assert.equal(
        Math.sign(compare(version, other)),
        Math.sign(index - place),
        `${version} ${other}`,
      );
    }
  }
  assert.equal(compare("1.1.15+ds1", "1.1.15"), 0);
  assert.equal(compare("1.20", "1.20.0"), 0);
});

test("a version has a flaw until its own series, or an earlier one that it follows, was mended", () => {
  const rows: readonly [RuntimeName, string, readonly string[]][] = [
    ["runc", "1.1.11", ["21626", "45310", "31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.1.12", ["45310", "31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.1.14", ["31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.1.15+ds1", ["31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.2.0-rc.2", ["45310", "31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.2.0-rc.3", ["31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.2.7", ["31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.2.8", ["41579", "119101"]],
    ["runc", "1.2.9", ["41579", "119101"]],
    ["runc", "1.3.2", ["31133", "52565", "52881", "41579", "119101"]],
    ["runc", "1.3.3", ["41579", "119101"]],
    ["runc", "1.3.6+ds1", ["119101"]],
    ["runc", "1.3.7", []],
    ["runc", "1.4.0-rc.3", ["41579", "119101"]],
    ["runc", "1.4.4", []],
    ["runc", "1.5.2", ["119101"]],
    ["runc", "1.6.0-rc.1", ["119101"]],
    ["runc", "1.6.0", []],
    ["runc", "2.0.0", []],
    ["crun", "1.4.3", ["27650", "24965", "47766", "84042", "88264", "88265", "115520", "115521"]],
    ["crun", "1.18.2", ["24965", "47766", "84042", "88264", "88265", "115520", "115521"]],
    ["crun", "1.19", ["24965", "30892", "47766", "84042", "88264", "88265", "115520", "115521"]],
    ["crun", "1.27", ["47766", "84042", "88264", "88265", "115520", "115521"]],
    ["crun", "1.29.1", ["84042", "88264", "88265", "115520", "115521"]],
    ["crun", "1.30", ["84042", "115520", "115521"]],
    ["crun", "1.30.1", ["115520", "115521"]],
    ["crun", "1.31", []],
  ];
  for (const [name, version, numbers] of rows) {
    const found = flawsOf(name, version).map(({ cve }) => cve.split("-")[2]);
    assert.deepEqual(found, numbers, `${name} ${version}`);
  }
});

test("each flaw is named once, with versions that can be compared", () => {
  for (const flaws of Object.values(FLAWS)) {
    assert.equal(new Set(flaws.map(({ cve }) => cve)).size, flaws.length);
    for (const { cve, fixed, since = "1.0", what } of flaws) {
      assert.match(cve, /^CVE-20\d\d-\d{4,6}$/);
      for (const version of [...fixed, since])
        assert.match(version, /^\d+\.\d+(\.\d+(-rc\.\d+)?)?$/);
      assert.ok(what.length > 5);
    }
  }
});
