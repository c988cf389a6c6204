// SPDX-License-Identifier: Apache-2.0
/** Each engine's registration, as texts: what is added, that it is all, and that it goes again. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { containerd, understandContainerd } from "../../../ctl/engine/containerd.ts";
import { crio, understandCrio } from "../../../ctl/engine/crio.ts";
import { docker } from "../../../ctl/engine/docker.ts";
import { podman, understandPodman } from "../../../ctl/engine/podman.ts";
import type { Registration, Wish } from "../../../ctl/engine/registration.ts";
import { parseToml } from "../../../ctl/host/toml.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/registration");
const fixtures = (prefix: string) =>
  readdirSync(FIXTURES)
    .filter((name) => name.startsWith(prefix))
    .map((name) => [name, readFileSync(join(FIXTURES, name), "utf8")] as const);

const wish = (more: Partial<Wish> = {}): Wish => ({
  runtime: "lockc",
  program: "/usr/bin/lockc-runc",
  isDefault: false,
  ...more,
});
const SHOP = wish({ runtime: "lockc-shop", program: "/usr/bin/lockc-runc-shop" });
const isOurs = (program: string | undefined) => program?.startsWith("/usr/bin/lockc-runc") === true;

function add(engine: Registration, text: string | undefined, one: Wish, others: string[] = []) {
  const file = text === undefined ? undefined : { path: engine.file, text };
  const sources = others.map((other, index) => ({ path: `/other${index}`, text: other }));
  return engine.register(file, one, sources).text!;
}

function remove(engine: Registration, text: string, runtime?: string, backup?: string) {
  return engine.unregister({ path: engine.file, text }, runtime, backup, isOurs).text;
}

const refusal = (message: RegExp) => (error: { code?: string; message: string }) =>
  error.code === "LOCKC_E_ENGINE" && message.test(error.message);

const TOML: readonly (readonly [string, Registration, string])[] = [
  ...fixtures("containerd").map(([name, text]) => [name, containerd, text] as const),
  ["containerd, an empty file", containerd, ""],
  ["containerd, comments alone", containerd, "# nothing yet\n"],
  ["Podman, no file", podman, ""],
  ["CRI-O, no file", crio, ""],
  ["Podman, a file of somebody", podman, '[engine] # ours\nevents_logger = "file"\n'],
  ["CRI-O, a file of somebody", crio, '[crio.runtime]\ndefault_runtime = "crun"\n\n\n'],
];

describe("what is put into TOML comes out again to the byte", () => {
  for (const [name, engine, text] of TOML) {
    for (const isDefault of [false, true]) {
      test(`${name}${isDefault ? ", as the default" : ""}`, () => {
        const one = add(engine, text, wish({ isDefault }));
        assert.notEqual(one, text);
        assert.equal(add(engine, one, wish({ isDefault })), one, "again changes nothing");
        const both = add(engine, one, { ...SHOP, isDefault });
        assert.equal(remove(engine, both, "lockc-shop"), one, "the last one first");
        assert.equal(remove(engine, one), text);
        assert.equal(remove(engine, both), text, "all at once");
        const shop = remove(engine, both, "lockc")!;
        assert.deepEqual(parseToml(remove(engine, shop)!), parseToml(text), "the first one first");
      });
    }
  }
});

describe("containerd", () => {
  const understood = (text: string) => understandContainerd(parseToml(text));

  for (const [name, text] of fixtures("containerd")) {
    test(`${name}: both runtimes are whole, and nothing else changes`, () => {
      const after = add(containerd, add(containerd, text, wish()), { ...SHOP, isDefault: true });
      const { runtimes, usual } = understood(after);
      assert.equal(usual, "lockc-shop");
      for (const [runtime, program] of [
        ["lockc", "/usr/bin/lockc-runc"],
        ["lockc-shop", "/usr/bin/lockc-runc-shop"],
      ]) {
        const found = runtimes.find((one) => one.name === runtime);
        assert.deepEqual(found, { name: runtime, isKnown: true, program, passes: true });
      }
      assert.ok(
        runtimes.some((one) => one.name === "runc" && one.isKnown),
        "pods still start",
      );
      const kept = text.split("\n").filter((line) => !line.includes("default_runtime_name"));
      const lines = after.split("\n");
      assert.deepEqual(
        kept.filter((line) => !lines.includes(line)),
        [],
        "what stands there stays",
      );
    });
  }

  test("a runtime takes over how runc's cgroups are made", () => {
    const [, text] = fixtures("containerd-1.7")[0]!;
    assert.match(
      add(containerd, text, wish()),
      /begin of runtime "lockc"[\s\S]*SystemdCgroup = true/,
    );
  });

  test("the runtime runc that lockctl added stays while one of its own needs it", () => {
    const [, text] = fixtures("containerd-1.6")[0]!;
    const both = add(containerd, add(containerd, text, wish()), SHOP);
    const left = remove(containerd, both, "lockc")!;
    assert.deepEqual(
      understood(left).runtimes.map(({ name }) => name),
      ["runc", "lockc-shop"],
    );
  });

  test("a default that was lockc's goes with it, though another one took its place", () => {
    const [, text] = fixtures("containerd-1.7")[0]!;
    const both = add(containerd, add(containerd, text, wish({ isDefault: true })), {
      ...SHOP,
      isDefault: true,
    });
    const left = remove(containerd, both, "lockc")!;
    assert.equal(understood(left).usual, "lockc-shop");
    assert.equal(understood(remove(containerd, left)!).usual, "runc");
  });

  for (const [why, text, message] of [
    [
      "not TOML",
      "version = 2\n[plugins\n",
      /config.toml" was left as it is: it is not valid TOML \(line 2\)/,
    ],
    ["without a version", "disabled_plugins = ['cri']\n", /it has no version/],
    ["of version 1", "version = 1\n[plugins.cri]\n", /it is of version 1/],
    [
      "a table written inline",
      'version = 2\nplugins = { "io.containerd.grpc.v1.cri" = { } }\n',
      /in a way that lockctl cannot add/,
    ],
    [
      "a table in a string of several lines",
      `version = 3\nx = """\n[plugins."io.containerd.cri.v1.runtime".containerd]\n"""\n`,
      /in a way that lockctl cannot add/,
    ],
    [
      "another runtime of that name",
      'version = 3\n[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.lockc.options]\nBinaryName = "/x"\n',
      /its runtime "lockc" is \/x/,
    ],
  ] as const) {
    test(`is left alone: ${why}`, () => {
      assert.throws(() => add(containerd, text, wish({ isDefault: true })), refusal(message));
    });
  }

  test("a plugin that is switched off, and imports, are told", () => {
    const text =
      'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\nimports = ["/x"]\n';
    const { notes } = containerd.register({ path: "/c", text }, wish(), []);
    assert.match(notes.join("\n"), /CRI plugin[\s\S]*imports \/x/);
  });
});

describe("Podman", () => {
  test("has its runtime, and reads refusals of it besides those of others", () => {
    const others = ['[engine]\nruntime_supports_json = ["crun", "own"]\nruntime = "crun"\n'];
    const text = add(podman, undefined, wish({ isDefault: true }), others);
    const { runtimes, usual } = understandPodman([parseToml(text)]);
    assert.deepEqual([runtimes, usual], [[["lockc", "/usr/bin/lockc-runc"]], "lockc"]);
    assert.match(text, /runtime_supports_json = \["crun", "own", "lockc", "lockc-runc"\]/);
  });

  test("a name that another file has for another program is refused, and a broken file too", () => {
    const other = '[engine.runtimes]\nlockc = ["/x"]\n';
    assert.throws(() => add(podman, undefined, wish(), [other]), refusal(/"lockc" is \/x/));
    assert.throws(
      () => add(podman, undefined, wish(), ["[engine"]),
      refusal(/other0.*not valid TOML/),
    );
  });
});

test("CRI-O has its runtime and the default", () => {
  const text = add(crio, undefined, wish({ isDefault: true }));
  assert.deepEqual(understandCrio([parseToml(text)]), {
    runtimes: [["lockc", "/usr/bin/lockc-runc"]],
    usual: "lockc",
  });
});

describe("Docker", () => {
  const usualOf = (text: string) => JSON.parse(text)["default-runtime"];
  for (const [name, text] of fixtures("docker")) {
    test(`${name}: order and form of what is there stay, and all goes again to the byte`, () => {
      const one = add(docker, text, wish());
      const both = add(docker, one, SHOP);
      const { runtimes, ...rest } = JSON.parse(both);
      const { runtimes: before = {}, ...others } = JSON.parse(text);
      assert.deepEqual(rest, others);
      assert.deepEqual(runtimes, {
        ...before,
        lockc: { path: "/usr/bin/lockc-runc" },
        "lockc-shop": { path: "/usr/bin/lockc-runc-shop" },
      });
      assert.equal(add(docker, both, SHOP), both, "again changes nothing");
      assert.equal(remove(docker, both, "lockc-shop", text), one);
      assert.equal(remove(docker, both, undefined, text), text);
      assert.deepEqual(
        JSON.parse(remove(docker, both)!).runtimes ?? {},
        before,
        "without a backup",
      );
    });

    test(`${name}: the default goes back to what it was, else to runc`, () => {
      const after = add(docker, text, wish({ isDefault: true }));
      assert.equal(usualOf(after), "lockc");
      const left = remove(docker, after, undefined, text)!;
      const before = usualOf(text);
      assert.equal(usualOf(left), before ?? "runc");
      if (before !== undefined) assert.equal(left, text);
    });
  }

  test("a file of ours alone goes, and one that was empty does not", () => {
    const text = add(docker, undefined, wish());
    assert.equal(
      text,
      '{\n  "runtimes": {\n    "lockc": {\n      "path": "/usr/bin/lockc-runc"\n    }\n  }\n}\n',
    );
    assert.equal(remove(docker, text), undefined);
    assert.equal(remove(docker, add(docker, "{ }\n", wish()), undefined, "{ }\n"), "{ }\n");
  });

  test("what others wrote of lockc-runc goes too, and a runtime keeps what it has besides", () => {
    const text = JSON.stringify({
      runtimes: {
        own: { path: "/usr/bin/lockc-runc-own" },
        lockc: { path: "/opt/lockc/bin/lockc-runc", runtimeArgs: ["--debug"] },
      },
    });
    const after = JSON.parse(add(docker, text, wish()));
    assert.deepEqual(after.runtimes.lockc, {
      path: "/usr/bin/lockc-runc",
      runtimeArgs: ["--debug"],
    });
    assert.equal(remove(docker, text), undefined);
  });

  for (const [why, text, message] of [
    ["not JSON", "{", /daemon.json" was left as it is: it is not valid JSON/],
    ["no object", "[]", /no JSON object/],
    ["runtimes are no object", '{"runtimes":[]}', /"runtimes" is no object/],
    [
      "another runtime of that name",
      '{"runtimes":{"lockc":{"path":"/x"}}}',
      /its runtime "lockc" is \/x/,
    ],
  ] as const) {
    test(`is left alone: ${why}`, () => {
      assert.throws(() => add(docker, text, wish()), refusal(message));
    });
  }
});
