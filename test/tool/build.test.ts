// SPDX-License-Identifier: Apache-2.0
/** The build's own promise: the shim starts from compiled code, and without it as well. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { nodeFlags } from "../../tool/bundle.ts";
import { TOP } from "../../tool/compile-bpf.ts";
import { type Carried, carriedBy, licenceName, licenceOf } from "../../tool/licences.ts";

const LIB = join(TOP, "dist/usr/lib/lockc");

describe("the built shim", () => {
  before(() => {
    if (existsSync(join(LIB, "shim.cache"))) return;
    execFileSync(process.execPath, [join(TOP, "tool/build.ts")], { cwd: TOP });
  });

  /** A copy of the shim's files in which `change` may spoil something. */
  const start = (change: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), "lockc-build-"));
    try {
      for (const name of ["shim.cjs", "shim.js", "shim.cache"]) {
        cpSync(join(LIB, name), join(folder, name));
      }
      symlinkSync(join(LIB, "koffi.node"), join(folder, "koffi.node"));
      change(folder);
      return spawnSync(join(LIB, "node"), [join(folder, "shim.cjs"), "run", "--nonsense", "x"], {
        encoding: "utf8",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  /** The shim ran: it complains that no launcher started it. */
  const assertRan = ({ status, stderr }: { status: number | null; stderr: string }) => {
    assert.equal(status, 1);
    assert.match(stderr, /^lockc: .*\[LOCKC_E_\w+\]\n$/);
  };

  test("is taken by the Node that lockc ships as compiled already", () => {
    const script = `
      const { Script } = require("node:vm");
      const { readFileSync } = require("node:fs");
      const source = readFileSync(process.argv[1] + "/shim.js", "latin1");
      const cache = readFileSync(process.argv[1] + "/shim.cache");
      const { cachedDataRejected } = new Script(source, { cachedData: cache.subarray(64) });
      process.stdout.write(String(cachedDataRejected || source.slice(2, 66) !== cache.toString("latin1", 0, 64)));
    `;
    assert.equal(
      execFileSync(join(LIB, "node"), [...nodeFlags(), "-e", script, LIB], { encoding: "utf8" }),
      "false",
    );
  });

  test("starts with its compiled code, without, with another's and with a spoiled one", () => {
    assertRan(start(() => {}));
    assertRan(start((folder) => rmSync(join(folder, "shim.cache"))));
    assertRan(start((folder) => writeFileSync(join(folder, "shim.cache"), "")));
    assertRan(
      start((folder) => {
        const cache = readFileSync(join(folder, "shim.cache"));
        writeFileSync(
          join(folder, "shim.cache"),
          Buffer.concat([Buffer.from("0"), cache.subarray(1)]),
        );
      }),
    );
    assertRan(
      start((folder) => {
        const cache = readFileSync(join(folder, "shim.cache"));
        cache.fill(0xff, 64 + 4, 64 + 24); // V8's own header
        writeFileSync(join(folder, "shim.cache"), cache);
      }),
    );
  });

  test("carries nothing of lockctl's log, and that starts no thread", () => {
    const parts = (file: string) =>
      new Set(
        [
          ...readFileSync(join(LIB, file), "utf8").matchAll(/^\s*\/\/ node_modules\/(\S+?)\//gm),
        ].map(([, name]) => name),
      );
    assert.deepEqual(parts("shim.js"), new Set());
    assert.ok(parts("lockctl.cjs").has("pino"));
    assert.ok(!parts("lockctl.cjs").has("thread-stream"));
    assert.doesNotMatch(readFileSync(join(LIB, "lockctl.cjs"), "utf8"), /new Worker\(/);
  });

  test("has the licence of each program of others in it", () => {
    const bundles = readdirSync(LIB).filter((name) => /\.c?js$/.test(name));
    assert.ok(bundles.length > 5);
    const names = bundles.flatMap((name) => {
      const text = readFileSync(join(LIB, name), "utf8");
      return [...text.matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(
        (m) => m[1]!,
      );
    });
    for (const name of ["yaml", "pino", "sonic-boom", "@pinojs/redact"]) {
      assert.ok(names.includes(name), name);
    }
    const own = ["node", "koffi", "Apache-2.0", "GPL-2.0"].map((name) => `${name}.txt`);
    const others = [...new Set(names)].map((name) => `${name.replace("/", "-")}.txt`);
    const placed = readdirSync(join(TOP, "dist/usr/share/doc/lockc/licences"));
    assert.deepEqual(placed.sort(), [...own, ...others].sort());
  });

  test("cannot be built with a package that has no licence", () => {
    const top = mkdtempSync(join(tmpdir(), "lockc-licences-"));
    try {
      const input = { bytesInOutput: 1 };
      const inputs = {
        "ctl/entry.ts": input,
        "node_modules/a/index.js": input,
        "node_modules/a/lib/b.js": input,
        "node_modules/a/node_modules/@s/c/index.js": input,
        "node_modules/shaken/index.js": { bytesInOutput: 0 },
      };
      const output = { bytes: 1, inputs, imports: [], exports: [] };
      const carried = carriedBy({ inputs: {}, outputs: { "<stdout>": output } });
      assert.deepEqual(carried, [
        { name: "a", folder: "node_modules/a" },
        { name: "@s/c", folder: "node_modules/a/node_modules/@s/c" },
      ]);
      assert.deepEqual(carried.map(licenceName), ["a.txt", "@s-c.txt"]);
      for (const [at, file] of ["license", "LICENCE.md"].entries()) {
        const one: Carried = carried[at]!;
        mkdirSync(join(top, one.folder), { recursive: true });
        writeFileSync(join(top, one.folder, "index.js"), "");
        assert.throws(() => licenceOf(one, top), /is in a bundle, and .* has no licence/);
        writeFileSync(join(top, one.folder, file), "");
        assert.equal(licenceOf(one, top), join(top, one.folder, file));
      }
    } finally {
      rmSync(top, { recursive: true });
    }
  });

  test("is loaded as it is, whatever package.json files stand above it", () => {
    const usr = mkdtempSync(join(tmpdir(), "lockc-usr-"));
    try {
      const lib = join(usr, "lib/lockc");
      for (const name of readdirSync(LIB)) {
        const big = ["node", "koffi.node", "lockc.bpf.o"].includes(name);
        if (!big) cpSync(join(LIB, name), join(lib, name));
      }
      symlinkSync(join(LIB, "koffi.node"), join(lib, "koffi.node"));
      cpSync(join(TOP, "dist/usr/share/lockc"), join(usr, "share/lockc"), { recursive: true });
      const bundle = join(usr, "bundle");
      mkdirSync(bundle);
      const explain = (config: string) => {
        writeFileSync(join(bundle, "config.json"), config);
        const words = [join(lib, "lockctl.cjs"), "policy", "explain", "--bundle", bundle];
        const { stdout, stderr } = spawnSync(join(LIB, "node"), words, { encoding: "utf8" });
        return (stdout + stderr).replace(/\s+/g, " ");
      };
      const exports = { "./*": "./steered.js", "./faults.cjs": "./steered.js" };
      for (const text of [
        JSON.stringify({ type: "module" }),
        JSON.stringify({ name: ".", type: "module", exports }),
        "no JSON",
      ]) {
        writeFileSync(join(usr, "package.json"), text);
        writeFileSync(join(usr, "lib/package.json"), text);
        writeFileSync(join(usr, "lib/steered.js"), "process.exit(0)");
        assert.match(explain('{"root":{}}'), /must have required property 'path'; .*_E_CONFIG/);
        assert.match(explain('{"root":{"path":"r"},"root":{"path":"s"}}'), /"root" twice/);
        assertRan(spawnSync(join(LIB, "node"), [join(lib, "shim.cjs")], { encoding: "utf8" }));
      }
    } finally {
      rmSync(usr, { recursive: true });
    }
  });

  test("is ASCII, as the loader reads it", () => {
    assert.ok(readFileSync(join(LIB, "shim.js")).every((byte) => byte < 0x80));
  });
});

describe("the documents that are installed", () => {
  const USR = join(TOP, "dist/usr");
  const DOC = join(USR, "share/doc/lockc");
  const texts = () =>
    readdirSync(DOC, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => [join(DOC, name), readFileSync(join(DOC, name), "utf8")] as const);

  test("are all that README links, and every link of theirs leads to something", () => {
    const links = texts().flatMap(([file, text]) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => [file, target!] as const),
    );
    const dead = links
      .filter(([, target]) => !/^[a-z]+:/.test(target))
      .filter(([file, target]) => {
        const [path, anchor] = target.split("#", 2) as [string, string | undefined];
        const led = path === "" ? file : join(dirname(file), path);
        if (!existsSync(led)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(led, "utf8")).includes(anchor);
      });
    assert.deepEqual(dead, []);
    assert.ok(links.some(([, target]) => target === "docs/first-steps.md"));
    assert.ok(links.some(([, target]) => target.endsWith("policy/examples/database.yaml")));
  });
});

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
