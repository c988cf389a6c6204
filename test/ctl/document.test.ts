// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseYaml } from "../../ctl/document.ts";
import policySchema from "../../schemas/policy.schema.json" with { type: "json" };
import { LockcError } from "../../shim/errors.ts";
import { validate } from "../../shim/generated/policy-validator.js";

const GOOD = `name: web
description: For web servers.
confine: { files: true, mounts: true, kernelLog: true, bpf: true }
hostPaths:
  - path: /srv/*
    access: read-only
mountTypes: any
mountNamespace: own
`;

const parse = (text: string) => parseYaml("web.yaml", text, validate, policySchema);

/** The lines of the refusal of GOOD with `from` replaced by `to`. */
function refusal(from: string, to: string): string[] {
  assert.ok(GOOD.includes(from));
  try {
    parse(GOOD.replace(from, to));
  } catch (error) {
    assert.ok(error instanceof LockcError && error.code === "LOCKC_E_SETTINGS");
    return error.message.split("\n");
  }
  return assert.fail("it was accepted");
}

test("a policy that follows the schema is read", () => {
  const { value, locate } = parse(GOOD);
  assert.deepEqual(value.hostPaths, [{ path: "/srv/*", access: "read-only" }]);
  assert.equal(locate(["hostPaths", 0, "access"]), "web.yaml:6:5");
});

test("an unknown key is told with its place and the key that was meant", () => {
  for (const [typo, meant] of [
    ["mountTypes", "mountTypse"],
    ["mountTypes", "mount-types"],
    ["mountTypes", "mounttypes"],
  ] as const) {
    const lines = refusal(typo, meant);
    assert.ok(
      lines.includes(`web.yaml:7:1: unknown key "${meant}"; did you mean "mountTypes"?`),
      lines.join("\n"),
    );
  }
});

test("an unknown key that resembles none is told with those that there are", () => {
  const [, unknown] = refusal("mountTypes", "firewall");
  assert.match(unknown!, /^web.yaml:7:1: unknown key "firewall"; known are name, description/);
});

test("an unknown key deep inside is told with its path", () => {
  const lines = refusal("access", "acess");
  assert.ok(
    lines.includes('web.yaml:6:5: hostPaths[0]: unknown key "acess"; did you mean "access"?'),
  );
});

test("a value outside a list of words is told with the words", () => {
  assert.deepEqual(refusal("access: read-only", "access: rw"), [
    'web.yaml:6:5: hostPaths[0].access: "rw" is not one of read-only, read-write',
  ]);
});

test("a value of the wrong type is told with the right one", () => {
  assert.deepEqual(refusal("bpf: true", "bpf: yes"), [
    'web.yaml:3:56: confine.bpf: "yes" is not true or false',
  ]);
});

test("a missing key is told with its meaning", () => {
  const [line] = refusal(", bpf: true", "");
  assert.match(line!, /^web.yaml:3:1: confine: the key "bpf" is missing \(The bpf system call/);
});

test("a value that fits neither alternative is told once, with both", () => {
  const lines = refusal("mountTypes: any", "mountTypes: 5");
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /^web.yaml:7:1: mountTypes: 5 is not allowed: .*"any", or a list/);
});

test("host paths that could mean several places are refused, plain ones are not", () => {
  for (const path of [
    "srv",
    "/",
    "/*",
    "/srv/",
    "//srv",
    "/srv/../etc",
    "/srv/./x",
    "/a/*/b",
    "/a*",
  ]) {
    const [line] = refusal("path: /srv/*", `path: "${path}"`);
    assert.match(line!, /^web.yaml:5:5: hostPaths\[0\].path: .* is not allowed: An absolute path/);
  }
  for (const path of ["/srv", "/srv/*", "/srv/a b", "/srv/..data", "/srv/.x/*"]) {
    parse(GOOD.replace("path: /srv/*", `path: "${path}"`));
  }
});

test("broken YAML is told with its place", () => {
  assert.match(refusal("mountTypes: any", "mountTypes: [")[0]!, /^web.yaml:\d+:\d+: /);
  assert.match(
    refusal("mountTypes: any", "name: web")[0]!,
    /^web.yaml:7:1: Map keys must be unique/,
  );
});

test("aliases that grow without end are refused", () => {
  const rows = ["a: &a [1, 1]"];
  for (let i = 1; i < 9; i++) {
    const [name, before] = [String.fromCharCode(97 + i), String.fromCharCode(96 + i)];
    rows.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  assert.throws(() => parse(rows.join("\n")), { code: "LOCKC_E_SETTINGS" });
});

test("no text makes the reader fail other than with LOCKC_E_SETTINGS", () => {
  const piece = fc.oneof(
    fc.constantFrom(...GOOD.split(/(?<=[\s:{}[\],])/)),
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "__proto__: ",
      "? ",
      "- ",
      "\t",
      "!!js/x ",
      "&a ",
      "*a ",
      "---\n",
      "%YAML 9\n",
      "\0",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      try {
        parse(pieces.join(""));
      } catch (error) {
        assert.ok(error instanceof LockcError, String(error));
        assert.equal(error.code, "LOCKC_E_SETTINGS");
        assert.match(error.message, /^web\.yaml/);
      }
    }),
    { numRuns: 2000 },
  );
});
