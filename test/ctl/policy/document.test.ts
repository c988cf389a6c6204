// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LockcError } from "../../../core/errors.ts";
import { validate as validatePolicy } from "../../../core/generated/policy-validator.js";
import { validate as validateSettings } from "../../../core/generated/settings-validator.js";
import { RULE_NAMES } from "../../../core/rule/rules.ts";
import { parseYaml } from "../../../ctl/policy/document.ts";
import policySchema from "../../../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../../../schemas/settings.schema.json" with { type: "json" };

const HEAD = "name: web\ndescription: For web servers.\nextends: baseline\n";

const policy = (text: string) => parseYaml("web.yaml", text, validatePolicy, policySchema);
const settings = (text: string) =>
  parseYaml("lockc.yaml", text, validateSettings, settingsSchema, {});

/** The lines of a refusal. */
function faults(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof LockcError && error.code === "LOCKC_E_SETTINGS", String(error));
    return error.message.split("\n");
  }
  return assert.fail("it was accepted");
}

/** What is said of rules that begin in line 4, without the file. */
const told = (rules: string) =>
  faults(() => policy(HEAD + rules)).map((line) => line.replace(/^web\.yaml:/, ""));

const accepted = (rules: string) => policy(HEAD + rules).value as object as Record<string, unknown>;

const MAPPING = "is not a mapping (key: value); its keys are";
const PATH =
  'An absolute path without ".", ".." or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself; / means every place.';
const CAPABILITIES = '"any", or a list of names without CAP_ (capabilities(7)).';
const TRUSTED =
  '"any"; "trusted": programs and sockets outside the container\'s files that only root can change; or a list of trusted ones.';

/** A mistake, what is said of it, and the permitted twin. */
const MISTAKES: Record<string, [wrong: string, said: readonly string[], right: string]> = {
  "a rule that is misspelt": [
    "mountType: { allow: [proc] }",
    ['4:1: unknown key "mountType"; did you mean "mountTypes"?'],
    "mountTypes: { allow: [proc] }",
  ],
  "a rule in another case and with a dash": [
    "host-paths: { allow: [] }",
    ['4:1: unknown key "host-paths"; did you mean "hostPaths"?'],
    "hostPaths: { allow: [] }",
  ],
  "a key of a rule that is misspelt": [
    "hostPaths:\n  alow: []",
    ['5:3: hostPaths: unknown key "alow"; did you mean "allow"?'],
    "hostPaths:\n  allow: []",
  ],
  "allow where a rule requires": [
    "seccomp: { allow: always }",
    ['4:12: seccomp: unknown key "allow"; known are mode, require'],
    "seccomp: { require: always }",
  ],
  "a capability with CAP_": [
    "capabilities: { allow: [KILL, CAP_CHOWN] }",
    ['4:31: capabilities.allow[1]: "CAP_CHOWN" is not known; did you mean "CHOWN"?'],
    "capabilities: { allow: [KILL, CHOWN] }",
  ],
  "a capability in small letters": [
    "capabilities: { add: [net_admin] }",
    ['4:23: capabilities.add[0]: "net_admin" is not known; did you mean "NET_ADMIN"?'],
    "capabilities: { add: [NET_ADMIN] }",
  ],
  "ALL capabilities": [
    "capabilities: { allow: [ALL] }",
    [
      `4:25: capabilities.allow[0]: "ALL" is not one of CHOWN, DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, LINUX_IMMUTABLE, NET_BIND_SERVICE, NET_BROADCAST and 29 more (${CAPABILITIES})`,
    ],
    "capabilities: { allow: any }",
  ],
  "a single capability where a list belongs": [
    "capabilities: { allow: CHOWN }",
    [`4:17: capabilities.allow: "CHOWN" does not fit: ${CAPABILITIES}`],
    "capabilities: { allow: [CHOWN] }",
  ],
  "a list in place of a rule": [
    "capabilities: [CHOWN]",
    [`4:1: capabilities: ["CHOWN"] ${MAPPING} mode, allow, add`],
    "capabilities: { allow: [CHOWN] }",
  ],
  "any in place of a rule": [
    "capabilities: any",
    [`4:1: capabilities: "any" ${MAPPING} mode, allow, add`],
    "capabilities: { allow: any }",
  ],
  "yes, which YAML 1.2 takes for a word": [
    "kernelLog: { allow: yes }",
    ['4:14: kernelLog.allow: "yes" is not true or false'],
    "kernelLog: { allow: true }",
  ],
  "false in quotes": [
    'kernelLog: { allow: "false" }',
    ['4:14: kernelLog.allow: "false" is not true or false'],
    "kernelLog: { allow: false }",
  ],
  "false in place of a rule": [
    "kernelLog: false",
    [`4:1: kernelLog: false ${MAPPING} mode, allow`],
    "kernelLog: { allow: false }",
  ],
  "a rule with nothing behind it": [
    "capabilities:",
    [
      "4:1: capabilities: there is nothing, but it takes a mapping (key: value); its keys are mode, allow, add",
    ],
    "capabilities: { allow: [] }",
  ],
  "a rule that says nothing": [
    "capabilities: {}",
    ["4:1: capabilities: it says nothing; its keys are mode, allow, add"],
    "capabilities: { mode: audit }",
  ],
  "a kind of namespace that has another name": [
    "hostNamespaces: { allow: [net, uts] }",
    ['4:27: hostNamespaces.allow[0]: "net" is not known; did you mean "network"?'],
    "hostNamespaces: { allow: [network, uts] }",
  ],
  "a kind of namespace that there is none of": [
    "hostNamespaces: { allow: [disk] }",
    [
      '4:27: hostNamespaces.allow[0]: "disk" is not one of pid, network, ipc, uts, cgroup, user, time, mount',
    ],
    "hostNamespaces: { allow: [] }",
  ],
  "one host path in place of a list": [
    "hostPaths:\n  allow:\n    path: /srv\n    access: read-write",
    [
      '5:3: hostPaths.allow: {"path":"/srv","access":"read-write"} does not fit: "any", or a list of places. An empty list admits none.',
    ],
    "hostPaths:\n  allow:\n    - path: /srv\n      access: read-write",
  ],
  "host paths without access": [
    "hostPaths: { allow: [/srv] }",
    [`4:22: hostPaths.allow[0]: "/srv" ${MAPPING} path, access`],
    "hostPaths: { allow: [{ path: /srv, access: read-only }] }",
  ],
  "a host path that lacks its access": [
    "hostPaths:\n  allow:\n    - path: /srv",
    [
      `6:7: hostPaths.allow[0]: the key "access" is missing (read-only: only mounts with the option ro. read-write: both. read-all: only with ro, and with engines' and lockc's own files that lie there; no socket there is connected to.)`,
    ],
    "hostPaths:\n  allow:\n    - path: /srv\n      access: read-only",
  ],
  "a misspelt access, told once": [
    "hostPaths:\n  allow:\n    - { path: /srv, acess: read-only }",
    ['6:21: hostPaths.allow[0]: unknown key "acess"; did you mean "access"?'],
    "hostPaths:\n  allow:\n    - { path: /srv, access: read-only }",
  ],
  "an access that mount(8) knows": [
    "hostPaths:\n  allow:\n    - { path: /srv, access: ro }",
    ['6:21: hostPaths.allow[0].access: "ro" is not one of read-only, read-write, read-all'],
    "hostPaths:\n  allow:\n    - { path: /srv, access: read-only }",
  ],
  "a text in place of the list to add": [
    "hostPaths: { add: /srv }",
    ['4:14: hostPaths.add: "/srv" is not a list'],
    "hostPaths: { add: [] }",
  ],
  "two faults of one list, each told": [
    "hostPaths:\n  add:\n    - { path: srv, access: read-only }\n    - { path: /home/*/x, access: rw }",
    [
      `6:9: hostPaths.add[0].path: "srv" does not fit: ${PATH}`,
      `7:9: hostPaths.add[1].path: "/home/*/x" does not fit: ${PATH}`,
      '7:26: hostPaths.add[1].access: "rw" is not one of read-only, read-write, read-all',
    ],
    "hostPaths:\n  add:\n    - { path: /srv, access: read-only }\n    - { path: /home/*, access: read-write }",
  ],
  "a device that lacks its access": [
    "devices: { allow: [{ path: /dev/fuse }] }",
    [
      '4:20: devices.allow[0]: the key "access" is missing (What the container may do with it, some of r (read), w (write), m (make nodes of it), in this order.)',
    ],
    "devices: { allow: [{ path: /dev/fuse, access: rw }] }",
  ],
  "a device by number that lacks a number": [
    "devices: { allow: [{ type: c, major: 10, access: rw }] }",
    ['4:20: devices.allow[0]: the key "minor" is missing (Minor number, or any.)'],
    "devices: { allow: [{ type: c, major: 10, minor: 229, access: rw }] }",
  ],
  "a device by path and by number": [
    "devices: { allow: [{ path: /dev/fuse, type: c, major: 10, minor: 229, access: rw }] }",
    ['4:22: devices.allow[0]: unknown key "path"; known are type, major, minor, access'],
    "devices: { allow: [{ type: c, major: 10, minor: any, access: rw }] }",
  ],
  "a device's minor number that means all": [
    'devices: { allow: [{ type: c, major: 10, minor: "*", access: rw }] }',
    ['4:42: devices.allow[0].minor: "*" does not fit: Minor number, or any.'],
    "devices: { allow: [{ type: c, major: 10, minor: any, access: rw }] }",
  ],
  "a device's type in full": [
    "devices: { allow: [{ type: char, major: 10, minor: 1, access: rw }] }",
    ['4:22: devices.allow[0].type: "char" is not one of c, b'],
    "devices: { allow: [{ type: c, major: 10, minor: 1, access: rw }] }",
  ],
  "a device's access in another order": [
    "devices: { allow: [{ path: /dev/fuse, access: wr }] }",
    [
      '4:39: devices.allow[0].access: "wr" does not fit: What the container may do with it, some of r (read), w (write), m (make nodes of it), in this order.',
    ],
    "devices: { allow: [{ path: /dev/fuse, access: rw }] }",
  ],
  "a device as a text": [
    "devices: { allow: [/dev/fuse] }",
    [
      '4:20: devices.allow[0]: "/dev/fuse" does not fit: A device: the one that the host has at a path, or one by its numbers.',
    ],
    "devices: { allow: [{ path: /dev/fuse, access: r }] }",
  ],
  "a number out of range": [
    "oomScoreAdj: { min: -2000 }",
    ["4:16: oomScoreAdj.min: -2000 does not fit: The lowest process.oomScoreAdj, -1000 to 1000."],
    "oomScoreAdj: { min: -1000 }",
  ],
  "no number where one belongs": [
    "oomScoreAdj: { min: .nan }",
    ["4:16: oomScoreAdj.min: NaN is not an integer"],
    "oomScoreAdj: { min: 0x10 }",
  ],
  "half a word where words are alternatives to a list": [
    "hooks: { allow: trust }",
    [`4:10: hooks.allow: "trust" does not fit: ${TRUSTED}`],
    "hooks: { allow: trusted }",
  ],
  "a program without its directory": [
    "hooks: { allow: [nvidia] }",
    [`4:18: hooks.allow[0]: "nvidia" does not fit: ${TRUSTED}`],
    "hooks: { allow: [/usr/bin/nvidia] }",
  ],
  "a kernel parameter in capitals": [
    "sysctls: { allow: [Net.X] }",
    ['4:20: sysctls.allow[0]: "Net.X" does not fit; did you mean "net.x"?'],
    "sysctls: { allow: [net.x] }",
  ],
  "a slash too many": [
    "maskedPaths: { require: [/proc/acpi/] }",
    ['4:26: maskedPaths.require[0]: "/proc/acpi/" does not fit; did you mean "/proc/acpi"?'],
    "maskedPaths: { require: [/proc/acpi] }",
  ],
  "a mode of another program": [
    "mode: complain",
    ['4:1: mode: "complain" is not one of enforce, audit'],
    "mode: audit",
  ],
  "extends as a list": ["", ['3:1: extends: ["baseline"] is not a string'], "bpf: { allow: true }"],
};

describe("a mistake in a policy", () => {
  for (const [what, [wrong, said, right]] of Object.entries(MISTAKES)) {
    test(`${what} is answered with ${said[0]}`, () => {
      const lines =
        what === "extends as a list"
          ? faults(() => policy(HEAD.replace("baseline", "[baseline]"))).map((l) => l.slice(9))
          : told(wrong);
      assert.deepEqual(lines, said);
      accepted(right);
    });
  }

  test("name and description follow rules that are told", () => {
    const head = (from: string, to: string) => faults(() => policy(HEAD.replace(from, to)));
    assert.deepEqual(head("web", "Web"), [
      'web.yaml:1:1: name: "Web" does not fit; did you mean "web"?',
    ]);
    assert.deepEqual(head("web", "7"), ["web.yaml:1:1: name: 7 is not a string"]);
    assert.deepEqual(head("For web servers.", "' '"), [
      'web.yaml:2:1: description: " " does not fit: One sentence that says what the policy is for.',
    ]);
    assert.deepEqual(head("name: web\n", ""), [
      "web.yaml:1:1: the key \"name\" is missing (The policy's name, the same as its file's: lower-case letters, digits and dashes, at most 63.)",
    ]);
  });

  test("what is no policy at all is told so", () => {
    const others = RULE_NAMES.length - 2;
    const keys = `its keys are name, description, extends, mode, privileged, hostNamespaces and ${others} more`;
    for (const [text, what] of [
      ["", "there is nothing, but it takes a mapping (key: value)"],
      ["# only a comment\n", "there is nothing, but it takes a mapping (key: value)"],
      ["baseline\n", '"baseline" is not a mapping (key: value)'],
      ["- name: web\n", '[{"name":"web"}] is not a mapping (key: value)'],
    ] as const) {
      assert.deepEqual(
        faults(() => policy(text)),
        [`web.yaml:1:1: ${what}; ${keys}`],
      );
    }
  });

  test("an unknown key that resembles none is told with all that there are", () => {
    const [line = ""] = told("confine: { files: true }");
    assert.match(line, /^4:1: unknown key "confine"; known are name, description, extends, mode, /);
    for (const rule of Object.keys(policySchema.properties)) assert.ok(line.includes(rule), rule);
  });

  test("more than twenty faults are counted, not told", () => {
    const lines = told(Array.from({ length: 30 }, (_, i) => `bad${i}: 1\n`).join(""));
    assert.equal(lines.length, 21);
    assert.equal(lines[20], " and 10 more");
  });

  test("a key or value with line breaks and controls stays on its line", () => {
    assert.deepEqual(
      told('"a\\nb": 1\nmode: "\\e[31m\\n"').map((line) => line.split(";")[0]),
      ['4:1: unknown key "a\\nb"', '5:1: mode: "\\u001b[31m\\n" is not one of enforce, audit'],
    );
  });
});

describe("a mistake in the settings", () => {
  const mistakes: Record<string, [wrong: string, said: string, right: string]> = {
    "a key of an older version": [
      "annotations: tighten",
      '1:1: unknown key "annotations"; known are runtime, attach, defaultPolicy, floor, ceiling, requests, engines, namespaces, guard, guardedRuntimes, events, engineRoots, engineSockets',
      "requests: tighten",
    ],
    "a policy's name in capitals": [
      "defaultPolicy: Baseline",
      '1:1: defaultPolicy: "Baseline" does not fit; did you mean "baseline"?',
      "defaultPolicy: baseline",
    ],
    "an engine that is misspelt": [
      "engines: { dokcer: { floor: baseline } }",
      '1:12: engines: unknown key "dokcer"; did you mean "docker"?',
      "engines: { docker: { floor: baseline } }",
    ],
    "a policy in place of an engine's settings": [
      "engines: { docker: restricted }",
      `1:12: engines.docker: "restricted" ${MAPPING} defaultPolicy, floor, ceiling, requests`,
      "engines: { docker: { defaultPolicy: restricted } }",
    ],
    "a namespace that no cluster can have": [
      "namespaces: { Team_A: { floor: baseline } }",
      '1:15: namespaces: the key "Team_A" does not fit: Other values for the pods of a Kubernetes namespace, by its name; team-* means all that begin so, of several the longest decides. They go before those of engines.',
      "namespaces: { team-a: { floor: baseline } }",
    ],
    "a star in the middle of a namespace": [
      'namespaces:\n  "te*am": { floor: baseline }',
      '2:3: namespaces: the key "te*am" does not fit: Other values for the pods of a Kubernetes namespace, by its name; team-* means all that begin so, of several the longest decides. They go before those of engines.',
      'namespaces:\n  "te*": { floor: baseline }',
    ],
    "a mistake deep in a namespace": [
      'namespaces:\n  "*":\n    request: any',
      '3:5: namespaces.*: unknown key "request"; did you mean "requests"?',
      'namespaces:\n  "*":\n    requests: any',
    ],
    "what requests may do": [
      "requests: allow",
      '1:1: requests: "allow" is not one of tighten, any, ignore, nor a mapping with tighten, also',
      "requests: any",
    ],
    "a request that is misspelt": [
      "requests: tigthen",
      '1:1: requests: "tigthen" is not known; did you mean "tighten"?',
      "requests: tighten",
    ],
    "requests that list nothing": [
      "requests: { tighten: true }",
      '1:1: requests: the key "also" is missing (Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.)',
      "requests: { tighten: true, also: [shop] }",
    ],
    "a star in front of what requests list": [
      'requests: { also: ["*-shop"] }',
      '1:20: requests.also[0]: "*-shop" does not fit: Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.',
      'requests: { also: ["shop-*"] }',
    ],
    "a star alone, which would be any": [
      'engines: { docker: { requests: { also: ["*"] } } }',
      '1:41: engines.docker.requests.also[0]: "*" does not fit: Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.',
      "engines: { docker: { requests: any } }",
    ],
    "one directory in place of a list": [
      "engineRoots: /var/lib/docker",
      '1:1: engineRoots: "/var/lib/docker" is not a list',
      "engineRoots: [/var/lib/docker]",
    ],
    "a runtime by name": [
      "runtime: runc",
      '1:1: runtime: "runc" does not fit: Absolute path of the low-level runtime (runc or crun) that lockc-runc becomes. Without it, the first that is found in the usual places.',
      "runtime: /usr/sbin/runc",
    ],
  };
  for (const [what, [wrong, said, right]] of Object.entries(mistakes)) {
    test(`${what} is answered with ${said}`, () => {
      assert.deepEqual(
        faults(() => settings(wrong)),
        [`lockc.yaml:${said}`],
      );
      settings(right);
    });
  }

  test("an empty file, and one of comments, have every default", () => {
    assert.deepEqual(settings("").value, {});
    assert.deepEqual(settings("# nothing\n").value, {});
  });
});

describe("YAML", () => {
  test("a value's place is known, also that of what the key stands for", () => {
    const { value, locate } = policy(
      `${HEAD}hostPaths:\n  allow:\n    - path: /srv/*\n      access: read-only\n`,
    );
    assert.deepEqual(value.hostPaths, { allow: [{ path: "/srv/*", access: "read-only" }] });
    assert.equal(locate(["hostPaths", "allow", 0, "access"]), "web.yaml:7:7");
    assert.equal(locate(["hostPaths", "allow", 0]), "web.yaml:6:7");
    assert.equal(locate(["hostPaths", "mode"]), "web.yaml:4:1");
    assert.equal(locate([]), "web.yaml:1:1");
  });

  const broken: Record<string, [text: string, said: RegExp]> = {
    "a tab": ["hostPaths:\n\tallow: []", /^5:1: a tab; YAML is indented with spaces$/],
    "a key that is there twice": ["bpf: {}\nbpf: {}", /^5:1: this key is there twice$/],
    "a key twice in a rule": [
      "bpf: { allow: true, allow: false }",
      /^4:21: this key is there twice$/,
    ],
    "a bracket that is not closed": ["hostPaths: {", /^\d:\d+: Flow map/],
    "an indentation that changes": ["hostPaths:\n   allow: []\n  add: []", /^\d:\d+: /],
    "a second document": [
      "---\nname: other",
      /^4:1: a second document begins here; a file holds one$/,
    ],
    "a key that is no text": ["? [a]\n: x", /^4:3: a key must be plain text$/],
    "a tag": ["bpf: !!js/function x", /^4:6: Unresolved tag: /],
    "an alias without its anchor": ["bpf: *none", /^4:6: Unresolved alias .*: none$/],
    "a merge key": ["bpf: { <<: { allow: true } }", /^4:8: bpf: unknown key "<<"/],
    "a value that contains itself": ["bpf: &a { allow: *a }", /^4:11: bpf\.allow: .*itself/],
  };
  for (const [what, [text, said]] of Object.entries(broken)) {
    test(`${what} is told with its place: ${said.source}`, () => {
      assert.match(told(text)[0]!, said);
    });
  }

  test("YAML 1.1, where no is false and 010 is eight, is refused; 1.2 may be said", () => {
    assert.deepEqual(
      faults(() => policy(`%YAML 1.1\n---\n${HEAD}bpf: { allow: yes }`)),
      ["web.yaml:1:1: it says YAML 1.1; leave that out, 1.2 is what is read"],
    );
    policy(`%YAML 1.2\n---\n${HEAD}bpf: { allow: true }`);
    policy(`\ufeff${HEAD}`);
  });

  test("anchors may save typing, but not grow without end", () => {
    const both = accepted(
      "maskedPaths: { require: &p [/proc/acpi] }\nreadonlyPaths: { require: *p }",
    );
    assert.deepEqual(both.readonlyPaths, { require: ["/proc/acpi"] });
    const letters = "abcdefghi";
    const rows = [...letters].map((letter, index) => {
      const items =
        index === 0
          ? "1, 1"
          : Array(9)
              .fill(`*${letters[index - 1]}`)
              .join(", ");
      return `${letter}: &${letter} [${items}]`;
    });
    assert.match(
      faults(() => policy(rows.join("\n")))[0]!,
      /^web\.yaml:2:\d+: aliases \(\*\) make/,
    );
  });

  test("what is nested too deeply is told, not a crash", () => {
    for (const text of ["[".repeat(20_000), "- ".repeat(20_000), "? ".repeat(20_000)]) {
      const lines = faults(() => policy(text));
      assert.ok(lines.some((line) => line.endsWith("it is nested too deeply")));
      for (const line of lines) assert.match(line, /^web\.yaml:/);
    }
  });
});
