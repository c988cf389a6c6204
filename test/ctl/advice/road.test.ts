// SPDX-License-Identifier: Apache-2.0
/** The commands that put an advised policy in place: a shell runs each as it is printed. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { formatRoad, placeByText, plainWord, roadTo } from "../../../ctl/advice/road.ts";
import { parseCommandLine } from "../../../ctl/grammar/parse.ts";
import { compile } from "../../../ctl/policy/compile.ts";
import { readSettings } from "../../../ctl/policy/settings.ts";
import { readPolicies } from "../../../ctl/policy/sources.ts";
import { shellWord } from "../../../ctl/screen/terminal.ts";
import { formatLearned } from "../../../ctl/verb/learn.ts";

const SCRATCH = mkdtempSync(join(tmpdir(), "lockc-road-"));
const ETC = join(SCRATCH, "etc");
const PLACES = {
  policies: [join(import.meta.dirname, "../../../policy"), join(ETC, "policy")],
  settings: join(ETC, "lockc.yaml"),
  entrances: ["/usr/bin/lockc-runc"],
};
const SHOP = "name: shop\ndescription: It's $HOME's \\ `id`.\nextends: baseline\n";

after(() => rmSync(SCRATCH, { recursive: true }));
beforeEach(() => {
  rmSync(ETC, { recursive: true, force: true });
  mkdirSync(ETC);
});

function road(settings: string | undefined, running?: string) {
  if (settings !== undefined) writeFileSync(PLACES.settings, settings);
  const place = placeByText("shop", SHOP, PLACES);
  return roadTo({ name: "shop", place, running }, { places: PLACES, settingsText: settings });
}

/** What the commands leave, all but those of lockctl, which are for guests to try. */
function walk(settings: string | undefined) {
  const { commands, byHand } = road(settings);
  for (const command of commands.filter((each) => !each.startsWith("lockctl "))) {
    execFileSync("sh", ["-ec", command], { env: { PATH: process.env.PATH, HOME: "/nowhere" } });
  }
  const policies = readPolicies(PLACES.policies).map(compile);
  const { requests } = readSettings(PLACES.settings, policies);
  return { requests, byHand, commands };
}

describe("the commands", () => {
  test("place the policy's text as it is, whatever is in it, and let it be asked for", () => {
    const { requests, byHand, commands } = walk(undefined);
    assert.equal(readFileSync(join(ETC, "policy/shop.yaml"), "utf8"), SHOP);
    assert.deepEqual([requests, byHand], [{ also: ["shop"] }, []]);
    assert.deepEqual(commands.slice(-2), [
      `echo 'requests: { also: [shop] }' >>${PLACES.settings}`,
      "lockctl policy reload",
    ]);
  });

  test("give a container that runs the policy at once", () => {
    assert.equal(
      road(undefined, "web").commands.at(-1),
      "lockctl container policy web shop --force",
    );
  });

  const HEAD = "# mine\nruntime: /usr/bin/runc\n";
  const SETTINGS: Record<string, [before: string, after: string]> = {
    "of comments only": ["# none\n", "# none\nrequests: { also: [shop] }\n"],
    "without requests": [HEAD, `${HEAD}requests: { also: [shop] }\n`],
    "without an end of line": [
      "floor: privileged",
      "floor: privileged\nrequests: { also: [shop] }\n",
    ],
    "that say tighten": [
      `${HEAD}requests: tighten\nguard: audit\n`,
      `${HEAD}requests: { also: [shop] }\nguard: audit\n`,
    ],
    "that list others": [
      `${HEAD}requests: { tighten: false, also: [offline, "team-*"] }\n`,
      `${HEAD}requests: { tighten: false, also: [offline, "team-*", shop] }\n`,
    ],
    "that list it already": ["requests: { also: [shop] }\n", "requests: { also: [shop] }\n"],
    "that let anything be asked for": ["requests: any\n", "requests: any\n"],
  };
  for (const [which, [before, expected]] of Object.entries(SETTINGS)) {
    test(`change no more than that in settings ${which}`, () => {
      assert.deepEqual(walk(before).byHand, []);
      assert.equal(readFileSync(PLACES.settings, "utf8"), expected);
    });
  }

  const BY_HAND: Record<string, [settings: string, said: RegExp]> = {
    "on several lines": [
      "requests:\n  also:\n    - offline\n",
      /say requests: \{ also: \[offline, shop\] \}$/,
    ],
    "with a comment": ["requests: tighten # or else\n", /say requests: \{ also: \[shop\] \}$/],
    "that no label passes": [
      "requests: ignore\n",
      /requests: ignore, .*tighten: false, also: \[shop\]/,
    ],
    "as one mapping": ["{ floor: privileged }\n", /let requests\.also in .* list shop$/],
    "of an engine": [
      "engines: { docker: { requests: any } }\n",
      /where engines\.docker\.requests in /,
    ],
  };
  for (const [which, [settings, said]] of Object.entries(BY_HAND)) {
    test(`leave requests ${which} to a person, and say what to write`, () => {
      const { byHand } = walk(settings);
      assert.equal(byHand.length, 1, String(byHand));
      assert.match(byHand[0]!, said);
      assert.ok(readFileSync(PLACES.settings, "utf8").startsWith(settings));
    });
  }

  test("touch no settings that cannot be read", () => {
    const broken = "requests: [\n";
    const { commands, byHand } = road(broken);
    assert.match(byHand[0]!, /once that file is in order/);
    assert.ok(!commands.some((command) => command.includes(PLACES.settings)));
    assert.ok(!existsSync(join(ETC, "policy")));
  });
});

test("no terminal is too narrow for a command to stand as it is, in why's words and learn's", () => {
  const told = road("defaultPolicy: baseline\n", "a-container-of-some-length");
  const learned = { text: "", name: "shop", refusals: 3, left: 1, notes: ["One."], road: told };
  for (const width of [20, 60, 80, undefined]) {
    for (const text of [formatRoad(told, width), formatLearned(learned, "x.yaml", width)]) {
      const [, commands] = /to allow\s+it, as\s+root:\n\n(.*?)\n\n {2}then/s.exec(text) ?? [];
      assert.equal(commands, told.commands.join("\n"), String(width));
      if (width === 20) continue;
      assert.match(text, /--label org\.lockc\.policy=shop /);
      assert.match(text, /lockctl engine register docker --policy shop,/);
      assert.match(text, /docker run --runtime lockc-shop;/);
    }
  }
});

test("lockctl takes each of its own commands", () => {
  const commands = road(undefined, "web.1").commands.filter((each) => each.startsWith("lockctl "));
  assert.deepEqual(
    commands.map((command) => {
      const parsed = parseCommandLine(command.split(" ").slice(1));
      return parsed.kind === "verb" && parsed.name;
    }),
    ["policy reload", "container policy"],
  );
});

test("words for a shell need no quotes, or have them", () => {
  assert.equal(plainWord("$(id)", "-x", null, "web.1"), "web.1");
  assert.equal(plainWord("a b", undefined), undefined);
  for (const path of ["/tmp/a b", "/tmp/it's", "/tmp/$(id)", "-rf"]) {
    const said = execFileSync("sh", ["-c", `printf %s ${shellWord(path)}`], { encoding: "utf8" });
    assert.equal(said, path === "-rf" ? "./-rf" : path);
  }
});
