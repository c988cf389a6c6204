// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LockcError } from "../../../core/errors.ts";
import { formatHelp } from "../../../ctl/grammar/help.ts";
import { type Command, parseCommandLine } from "../../../ctl/grammar/parse.ts";
import { ExitStatus } from "../../../ctl/grammar/verb.ts";
import { widthOf } from "../../../ctl/screen/terminal.ts";

/** Splits on spaces; no word of these tests has one. */
const read = (line: string): Command => parseCommandLine(line === "" ? [] : line.split(" "));

function refusal(line: string): LockcError {
  try {
    read(line);
  } catch (error) {
    assert.ok(error instanceof LockcError && error.code === "LOCKC_E_USAGE", String(error));
    return error;
  }
  return assert.fail(`"${line}" was accepted`);
}

function help(line: string): string {
  const command = read(line);
  assert.ok(command.kind === "help", line);
  return formatHelp(command.about, undefined);
}

const GROUPED = ["validate", "list", "show", "diff", "explain", "reload"];
const COMMANDS = [
  ...["load", "unload", "status", "doctor", "metrics", ...GROUPED.map((name) => `policy ${name}`)],
  ...[
    "container list",
    "container show",
    "container policy",
    "process list",
    "watch",
    "why",
    "learn",
  ],
];

const TABLE = { json: false, format: undefined, header: true, whole: false };

const LEARN = {
  container: undefined,
  policy: undefined,
  forMs: undefined,
  output: undefined,
  force: false,
};

describe("commands, operands and flags", () => {
  /** What a verb that takes its words as they come is run with. */
  const plain = (name: string, values: object, ...operands: string[]): Command => ({
    kind: "verb",
    name,
    request: [values, operands],
  });
  /** One that makes something else of them. */
  const made = (name: string, request: unknown): Command => ({ kind: "verb", name, request });
  const EVENTS = {
    follow: false,
    since: undefined,
    container: undefined,
    policy: undefined,
    debug: false,
    json: false,
    text: false,
  };
  const ENGINE = { "runtime-name": undefined, policy: undefined, "dry-run": false, json: false };
  const lines: Record<string, Command> = {
    load: plain("load", { check: false }),
    "load --check": plain("load", { check: true }),
    unload: plain("unload", { force: false }),
    "unload --force": plain("unload", { force: true }),
    status: plain("status", { json: false }),
    "status --json": plain("status", { json: true }),
    doctor: plain("doctor", { json: false }),
    "doctor --json": plain("doctor", { json: true }),
    metrics: made("metrics", { listen: undefined, textfile: false }),
    "metrics --textfile": made("metrics", { listen: undefined, textfile: true }),
    "metrics --listen [::1]:9": made("metrics", {
      listen: { host: "::1", port: 9 },
      textfile: false,
    }),
    report: made("report", { bundle: false, output: undefined }),
    "report --bundle --output x.tar.gz": made("report", { bundle: true, output: "x.tar.gz" }),
    "events --text --since 2026-01-01": made("events", {
      ...EVENTS,
      since: "2026-01-01",
      text: true,
    }),
    "events --follow --container box": made("events", {
      ...EVENTS,
      follow: true,
      container: "box",
    }),
    "--version": { kind: "version" },
    "-V": { kind: "version" },
    "policy validate a.yaml": plain("policy validate", {}, "a.yaml"),
    "policy validate a.yaml b.yaml": plain("policy validate", {}, "a.yaml", "b.yaml"),
    "why web": plain("why", { json: false }, "web"),
    why: plain("why", { json: false }),
    "why --json 12": plain("why", { json: true }, "12"),
    "learn web": made("learn", { ...LEARN, container: "web" }),
    "learn --policy shop": made("learn", { ...LEARN, policy: "shop" }),
    "learn web --for 10m --force --output x.yaml": made("learn", {
      ...LEARN,
      container: "web",
      forMs: 600_000,
      force: true,
      output: "x.yaml",
    }),
    "policy list": plain("policy list", { json: false }),
    "policy list --json": plain("policy list", { json: true }),
    "policy show web": plain("policy show", { json: false }, "web"),
    "policy show --json web": plain("policy show", { json: true }, "web"),
    "policy show web --json": plain("policy show", { json: true }, "web"),
    "policy diff a b": plain("policy diff", { json: false }, "a", "b"),
    "policy diff a --json b": plain("policy diff", { json: true }, "a", "b"),
    "policy reload": plain("policy reload", { running: false }),
    "policy reload --running": plain("policy reload", { running: true }),
    "engine list": plain("engine list", { json: false }),
    "engine register docker --default": plain(
      "engine register",
      { ...ENGINE, default: true },
      "docker",
    ),
    "engine unregister crio --runtime-name x": plain(
      "engine unregister",
      { ...ENGINE, "runtime-name": "x" },
      "crio",
    ),
    "container list": made("container list", TABLE),
    "container list --json": made("container list", { ...TABLE, json: true }),
    "container list --format id,policy --no-header": made("container list", {
      json: false,
      format: "id,policy",
      header: false,
      whole: false,
    }),
    "container list --no-trunc": made("container list", { ...TABLE, whole: true }),
    "container show box": plain("container show", { json: false }, "box"),
    "container policy box restricted": plain(
      "container policy",
      { force: false, json: false },
      "box",
      "restricted",
    ),
    "container policy --force box baseline --json": plain(
      "container policy",
      { force: true, json: true },
      "box",
      "baseline",
    ),
    "process list": made("process list", { container: undefined, listing: TABLE }),
    watch: made("watch", { intervalMs: 1000, once: false, json: false }),
    "completion zsh": made("completion", "zsh"),
    "__complete bash pol -h": { kind: "complete", words: ["bash", "pol", "-h"] },
    "watch --interval 0.25 --once --json": made("watch", {
      intervalMs: 250,
      once: true,
      json: true,
    }),
    "process list --container=box": made("process list", { container: "box", listing: TABLE }),
  };
  for (const [line, command] of Object.entries(lines)) {
    test(`"${line}" is read`, () => assert.deepEqual(read(line), command));
  }

  test("a flag's value is the next word or stands after an equals sign, and the last counts", () => {
    const explained = (subject: object, more: object = {}) =>
      made("policy explain", { json: false, policy: undefined, subject, ...more });
    const bundle = (directory: string) => explained({ kind: "bundle", directory, id: undefined });
    assert.deepEqual(read("policy explain --bundle B"), bundle("B"));
    assert.deepEqual(read("policy explain --bundle=B"), bundle("B"));
    assert.deepEqual(read("policy explain --bundle=A=B"), bundle("A=B"));
    assert.deepEqual(read("policy explain --bundle A --bundle B"), bundle("B"));
    assert.deepEqual(read("policy explain W"), explained({ kind: "container", word: "W" }));
    assert.deepEqual(read("policy explain --pod -"), explained({ kind: "pod", file: "-" }));
    assert.deepEqual(
      read("policy explain --compose F W"),
      explained({ kind: "compose", file: "F", service: "W" }),
    );
    assert.deepEqual(
      read("policy explain --json --id I --policy P --bundle B"),
      explained({ kind: "bundle", directory: "B", id: "I" }, { policy: "P", json: true }),
    );
    assert.deepEqual(read("policy explain --bundle --json"), bundle("--json"));
  });

  test("learn takes a container or a policy, and a duration with its unit", () => {
    for (const line of ["learn", "learn web --policy shop"]) {
      assert.match(refusal(line).message, /either a container or --policy/, line);
    }
    for (const duration of ["10", "x", "1.5h", "10 m", "-1s"]) {
      assert.match(refusal(`learn web --for=${duration.replace(" ", "")}x`).message, /no duration/);
    }
    assert.match(refusal("learn a b").message, /learn takes no "b"/);
  });

  test("after -- every word is an operand, also one that looks like a flag", () => {
    assert.deepEqual(
      read("policy validate -- --json -h -- x"),
      plain("policy validate", {}, "--json", "-h", "--", "x"),
    );
    assert.deepEqual(
      read("policy show -- --json"),
      plain("policy show", { json: false }, "--json"),
    );
    assert.deepEqual(read("policy validate -"), plain("policy validate", {}, "-"));
  });
});

describe("what is refused", () => {
  const lines: Record<string, [message: string, hint: string]> = {
    frobnicate: ['there is no command "frobnicate"', "see lockctl --help"],
    "--json": ['there is no command "--json"', "see lockctl --help"],
    laod: ['there is no command "laod"', 'did you mean "load"?'],
    unlaod: ['there is no command "unlaod"', 'did you mean "unload"?'],
    stats: ['there is no command "stats"', 'did you mean "status"?'],
    polcy: ['there is no command "polcy"', 'did you mean "policy"?'],
    validate: ['there is no command "validate"', 'did you mean "policy validate"?'],
    reload: ['there is no command "reload"', 'did you mean "policy reload"?'],
    "load --force": ['load takes no "--force"', "see lockctl help load"],
    "status --force": ['status takes no "--force"', "see lockctl help status"],
    "unload --json": ['unload takes no "--json"', "see lockctl help unload"],
    "load x": ['load takes no "x"', "see lockctl help load"],
    "load -- x": ['load takes no "x"', "see lockctl help load"],
    "status --jsno": ['status takes no "--jsno"', 'did you mean "--json"?'],
    "status --json=1": ['status takes no "--json=1"', 'did you mean "--json"?'],
    "status -x": ['status takes no "-x"', "see lockctl help status"],
    "status -xy": ['status takes no "-xy"', "see lockctl help status"],
    "status -json": ['status takes no "-json"', 'did you mean "--json"?'],
    "status --=json": ['status takes no "--=json"', "see lockctl help status"],
    "status --json --jsn x": ['status takes no "--jsn"', 'did you mean "--json"?'],
    "status --no-json": ['status takes no "--no-json"', 'did you mean "--json"?'],
    "policy shwo": ['policy has no command "shwo"', 'did you mean "show"?'],
    "policy load": ['policy has no command "load"', 'did you mean "reload"?'],
    "policy quux": ['policy has no command "quux"', "see lockctl help policy"],
    "policy --json": ['policy has no command "--json"', "see lockctl help policy"],
    "policy validate": ["policy validate needs FILE…", "see lockctl help policy validate"],
    "policy show": ["policy show needs NAME", "see lockctl help policy show"],
    "policy show a b": ['policy show takes no "b"', "see lockctl help policy show"],
    "policy diff": ["policy diff needs FROM TO", "see lockctl help policy diff"],
    "policy diff a": ["policy diff needs TO", "see lockctl help policy diff"],
    "policy list x": ['policy list takes no "x"', "see lockctl help policy list"],
    "policy explain": [
      "policy explain takes a container, or one of --bundle, --compose and --pod",
      "see lockctl help policy explain",
    ],
    "policy explain --pod A --compose B": [
      "policy explain takes a container, or one of --bundle, --compose and --pod",
      "see lockctl help policy explain",
    ],
    "policy explain B --bundle C": [
      'policy explain takes no "B" beside --bundle and --pod',
      "see lockctl help policy explain",
    ],
    "policy explain B --id C": ["--id goes with --bundle", "see lockctl help policy explain"],
    "policy explain --bundle": [
      "--bundle needs a value: --bundle DIR",
      "see lockctl help policy explain",
    ],
    "policy explain --bundle=": [
      "--bundle needs a value: --bundle DIR",
      "see lockctl help policy explain",
    ],
    "policy explain --bundel B": ['policy explain takes no "--bundel"', 'did you mean "--bundle"?'],
    "container list --json --format id": [
      "--json prints everything: --format is for tables",
      "see lockctl --help",
    ],
    "report --output x": ["--output is for --bundle", "see lockctl help report"],
    "events --json --text": ["events are shown as --json or as --text", "see lockctl help events"],
    "container policy box": ["container policy needs POLICY", "see lockctl help container policy"],
    ...Object.fromEntries(
      ["0", "0.09", "3601", "1s", "-1", "1e3", ".5", "NaN"].map((text) => [
        `watch --interval=${text}`,
        [`--interval is 0.1 to 3600 seconds, not "${text}"`, "see lockctl help watch"],
      ]),
    ),
    "completion fihs": ['there is no completion for "fihs"', 'did you mean "fish"?'],
    completion: ["completion needs bash|zsh|fish", "see lockctl help completion"],
    "policy reload --runing": ['policy reload takes no "--runing"', 'did you mean "--running"?'],
  };
  for (const [line, [message, hint]] of Object.entries(lines)) {
    test(`"${line}" is answered with: ${message}; ${hint}`, () => {
      const error = refusal(line);
      assert.deepEqual([error.message, error.hint], [message, hint]);
    });
  }

  test("words from Object's prototype are no commands and no flags", () => {
    for (const word of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      for (const before of ["", "policy ", "help ", "help policy ", "status ", "policy list "]) {
        refusal(`${before}${word}`);
        refusal(`status --${word}`);
      }
    }
  });
});

describe("help", () => {
  test("the overview names every command and every exit status, in lines that fit a screen", () => {
    const text = help("--help");
    for (const name of COMMANDS) assert.ok(text.includes(`\n  lockctl ${name} `), name);
    for (const status of Object.values(ExitStatus)) {
      assert.match(text, new RegExp(`^  ${status}  `, "m"));
    }
    for (const line of ["-h", "help", ""]) assert.equal(help(line), text);
  });

  test("a group of commands has an overview of its own, asked for in four ways", () => {
    const text = help("help policy");
    for (const name of GROUPED) assert.ok(text.includes(`\n  lockctl policy ${name} `), name);
    assert.ok(!text.includes("lockctl unload"));
    assert.equal(help("policy --help"), text);
    assert.equal(help("policy -h"), text);
    assert.equal(help("policy"), text);
  });

  for (const name of COMMANDS) {
    test(`${name} has help of its own, asked for in four ways`, () => {
      const text = help(`help ${name}`);
      assert.ok(text.startsWith(`lockctl ${name}`));
      assert.match(text, /^Exit status:$/m);
      for (const line of [`${name} --help`, `${name} -h`, `${name} x --nonsense -h`]) {
        assert.equal(help(line), text);
      }
    });
  }

  for (const width of [60, 80, 120]) {
    test(`no line is longer than a terminal of ${width} columns, and no word is broken`, () => {
      const words = (text: string) => text.split(/\s+/).filter(Boolean);
      for (const about of ["", "policy", "container", "process", ...COMMANDS, "events"]) {
        const text = formatHelp(about, width);
        for (const line of text.split("\n")) assert.ok(widthOf(line) <= width, line);
        assert.deepEqual(words(text), words(formatHelp(about, 1000)), about);
      }
    });
  }

  test("a flag and its value stay in one line", () => {
    assert.match(formatHelp("events", 60), /\[--since WHEN\]/);
  });

  test("the first line tells what is needed from what may be left out", () => {
    assert.match(
      help("help policy explain").replace(/\s+/g, " "),
      /^lockctl policy explain \[--bundle DIR\] \[--compose FILE\] \[--pod FILE\] \[--policy NAME\] \[--id ID\] \[--json\] \[CONTAINER\|SERVICE\]:\s/,
    );
    assert.match(help("help policy diff"), /^lockctl policy diff \[--json\] FROM TO: /);
    assert.match(help("help policy validate"), /^lockctl policy validate FILE…: /);
    assert.match(help("help load"), /^lockctl load \[--check\]: /);
  });

  test("help about what does not exist is a usage error", () => {
    assert.equal(refusal("help laod").hint, 'did you mean "load"?');
    assert.equal(refusal("help policy shwo").hint, 'did you mean "show"?');
  });
});

test("no words do anything but a command or a usage error", () => {
  const word = fc.oneof(
    fc.constantFrom("load", "status", "help", "policy", ...GROUPED),
    fc.constantFrom("--json", "-h", "--", "--bundle", "--bundle=", "--id=x", "-", "--running"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      try {
        parseCommandLine(words);
      } catch (error) {
        assert.ok(error instanceof LockcError && error.code === "LOCKC_E_USAGE", String(error));
        assert.ok(error.hint.length > 0);
      }
    }),
    { numRuns: 3000 },
  );
});
