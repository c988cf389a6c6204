// SPDX-License-Identifier: Apache-2.0
/** Metrics of real maps, and what a real Prometheus makes of them. */
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { callProgram, u32Key, update } from "../../../core/ffi/bpf.ts";
import {
  CHANGE,
  EVENT_COUNTS,
  GUARD_HITS,
  LOCKC_ABI,
  Rule,
  TOTAL,
  TOTAL_KEY,
} from "../../../core/generated/layout.ts";
import * as MAPS from "../../../core/generated/maps.ts";
import { encode } from "../../../core/kernel/record.ts";
import { openObject, pin } from "../../../ctl/ffi/libbpf.ts";
import { formatAddress } from "../../../ctl/grammar/address.ts";
import { readMetrics } from "../../../ctl/metrics/families.ts";
import { type Listener, listen } from "../../../ctl/metrics/listener.ts";
import { FORMATS, type Format } from "../../../ctl/metrics/openmetrics.ts";
import { findProgram, requireTools } from "../../../tool/run.ts";
import {
  BUILT_IN,
  load,
  map,
  PLACES,
  register,
  SCRATCH,
  settings,
  unload,
  writePolicy,
} from "../../support/loaded.ts";

requireTools("promtool");

/** As the kernel half would count. */
function count(policy: string, rule: number, denials: bigint, audits: bigint): void {
  const key = encode(TOTAL_KEY, { policy, rule });
  update(map(MAPS.totals), key, encode(TOTAL, { denials, audits }));
}

function countEvents(sequence: bigint, dropped: bigint, merged: bigint): void {
  const value = encode(EVENT_COUNTS, { sequence, dropped, merged });
  update(map(MAPS.event_counts), u32Key(0), value);
}

/** The samples by their name and labels. */
function samples(format: Format = "openmetrics"): Map<string, string> {
  const lines = readMetrics(PLACES, format).split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value!] as const];
    }),
  );
}

describe("what is counted", () => {
  test("before load: that nothing is, and no number that is not known", () => {
    const seen = samples();
    assert.equal(seen.get("lockc_loaded"), "0");
    assert.equal(seen.get("lockc_programs_attached"), "0");
    assert.ok(Number(seen.get("lockc_programs_expected")) > 20);
    assert.equal(seen.get(`lockc_build_info{version="source",abi="${LOCKC_ABI}"}`), "1");
    assert.deepEqual(
      [...seen.keys()].filter((name) => /denials|containers|events|guard/.test(name)),
      [],
    );
  });

  test("containers and tasks by policy; a policy without containers has none", () => {
    writePolicy(BUILT_IN, "other");
    load(PLACES);
    register("one", { tasks: 3 }, 1n);
    register("two", { tasks: 4 }, 2n);
    register("old", { tasks: 1, policy: "gone" }, 3n);
    const seen = samples();
    assert.equal(seen.get("lockc_loaded"), "1");
    const rows = ["containers", "tasks"].map((name) =>
      ["baseline", "gone", "other"].map((policy) => seen.get(`lockc_${name}{policy="${policy}"}`)),
    );
    assert.deepEqual(rows, [
      ["2", "1", "0"],
      ["7", "1", "0"],
    ]);
  });

  test("refusals by policy and rule, from zero for what a policy holds, also when it has gone", () => {
    writePolicy(
      BUILT_IN,
      "other",
      "bpf: { allow: false, mode: audit }\nkernelLog: { allow: false }",
    );
    load(PLACES);
    const named = (name: string) => [...samples()].filter(([key]) => key.startsWith(name));
    assert.deepEqual(named("lockc_denials"), [
      ['lockc_denials_total{policy="baseline",rule="bpf"}', "0"],
      ['lockc_denials_total{policy="other",rule="kernelLog"}', "0"],
    ]);
    assert.deepEqual(named("lockc_audits"), [
      ['lockc_audits_total{policy="other",rule="bpf"}', "0"],
    ]);
    count("baseline", Rule.BPF, 5n, 0n);
    count("gone", Rule.FILES, 2n ** 53n + 1n, 1n);
    count("gone", 1 << 30, 1n, 0n);
    count("other", Rule.BPF, 0n, 7n);
    count("other", 0, 3n, 4n);
    assert.deepEqual(named("lockc_denials"), [
      ['lockc_denials_total{policy="baseline",rule="bpf"}', "5"],
      ['lockc_denials_total{policy="gone",rule="1073741824"}', "1"],
      ['lockc_denials_total{policy="gone",rule="hostFiles"}', "9007199254740993"],
      ['lockc_denials_total{policy="other",rule="kernelLog"}', "0"],
    ]);
    assert.deepEqual(named("lockc_audits"), [
      ['lockc_audits_total{policy="gone",rule="hostFiles"}', "1"],
      ['lockc_audits_total{policy="other",rule="bpf"}', "7"],
    ]);
    assert.deepEqual(named("lockc_creates"), [
      ['lockc_creates_refused_total{policy="baseline"}', "0"],
      ['lockc_creates_refused_total{policy="other"}', "3"],
      ['lockc_creates_tolerated_total{policy="baseline"}', "0"],
      ['lockc_creates_tolerated_total{policy="other"}', "4"],
    ]);
  });

  test("the guard's hits and the events", () => {
    load(PLACES);
    const hits = encode(GUARD_HITS, { denials: 2n, audits: 3n, pid: 4, comm: "sneaky" });
    update(map(MAPS.guard_hits), u32Key(0), hits);
    countEvents(10n, 1n, 90n);
    const seen = samples();
    assert.deepEqual(
      ['guard_hits_total{verdict="denied"}', 'guard_hits_total{verdict="audited"}', "events_total"]
        .concat("events_dropped_total", "events_merged_total")
        .map((name) => seen.get(`lockc_${name}`)),
      ["2", "3", "10", "1", "90"],
    );
    assert.doesNotMatch(readMetrics(PLACES, "openmetrics"), /sneaky/);
  });

  test("nothing that names a container", () => {
    load(PLACES);
    register("secret-id", { name: "secret-name", root: "/secret" });
    assert.doesNotMatch(readMetrics(PLACES, "openmetrics"), /secret/);
  });

  test("maps of another version: not loaded, and not read", () => {
    load(PLACES);
    register("one");
    update(settings(), u32Key(0), new Uint8Array(MAPS.settings.value.size).fill(1, 0, 1));
    const seen = samples();
    assert.equal(seen.get("lockc_loaded"), "0");
    assert.equal(seen.get('lockc_containers{policy="baseline"}'), undefined);
  });

  test("how often and how long programs ran, while the kernel measures that", () => {
    load(PLACES);
    const sysctl = "/proc/sys/kernel/bpf_stats_enabled";
    const before = readFileSync(sysctl, "latin1");
    using object = openObject(PLACES.object, () => "wanted");
    try {
      object.skipPrograms("lockc_apply");
      object.load();
      const { fd } = object.attach("lockc_apply");
      mkdirSync(join(PLACES.pins, "links"), { recursive: true });
      pin(fd, join(PLACES.pins, "links/lockc_apply"));
      writeFileSync(sysctl, "0");
      assert.deepEqual(
        [...samples().keys()].filter((name) => name.includes("program_run")),
        [],
      );
      writeFileSync(sysctl, "1");
      for (let turn = 0; turn < 10; turn++) callProgram(fd, encode(CHANGE, { container: 99n }));
      const seen = samples();
      assert.equal(seen.get('lockc_program_runs_total{program="lockc_apply"}'), "10");
      const seconds = Number(seen.get('lockc_program_run_seconds_total{program="lockc_apply"}'));
      assert.ok(seconds > 1e-7 && seconds < 1, String(seconds));
      assert.equal(seen.get("lockc_program_skips_total"), "0");
    } finally {
      writeFileSync(sysctl, before);
    }
  });
});

describe("what Prometheus makes of it", () => {
  /** The kernel's file names and a policy file could not have such a name, maps can. */
  const ODD = 'a"b\\c\nd';
  const children: ChildProcess[] = [];
  const listeners: Listener[] = [];
  after(async () => {
    for (const child of children) {
      const gone = child.exitCode === null ? once(child, "exit") : undefined;
      child.kill("SIGKILL");
      await gone;
    }
    for (const listener of listeners) await listener.close();
  });

  async function serve(): Promise<string> {
    const listener = await listen(
      { host: "127.0.0.1", port: 0 },
      "/metrics",
      (accept) => {
        const format = accept.includes("openmetrics") ? "openmetrics" : "textfile";
        return { type: FORMATS[format], text: readMetrics(PLACES, format) };
      },
      (error) => assert.fail(String(error)),
    );
    listeners.push(listener);
    return formatAddress(listener.address);
  }

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, "close");
    return port;
  }

  /** A Prometheus that scrapes `target` every second: what asks it. */
  async function startPrometheus(target: string): Promise<(query: string) => Promise<unknown[]>> {
    const folder = join(SCRATCH, "prometheus");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const config = join(folder, "prometheus.yml");
    const scrape = `{ job_name: lockc, scrape_interval: 1s, scrape_timeout: 1s, static_configs: [{ targets: ["${target}"] }] }`;
    writeFileSync(config, `scrape_configs: [${scrape}]\n`);
    execFileSync(findProgram("promtool")!, ["check", "config", config]);
    const at = `127.0.0.1:${await freePort()}`;
    const options = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`];
    const child = spawn(findProgram("prometheus")!, [...options, `--web.listen-address=${at}`], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    children.push(child);
    let log = "";
    child.stderr!.on("data", (chunk) => {
      log += chunk;
    });
    const ask = async (query: string) => {
      const url = `http://${at}/api/v1/query?query=${encodeURIComponent(query)}`;
      const answer = (await (await fetch(url)).json()) as {
        data: { result: { metric: unknown; value: [number, string] }[] };
      };
      return answer.data.result.map(({ metric, value }) => [metric, value[1]]);
    };
    for (let turn = 0; ; turn++) {
      const answered = await ask("up").catch(() => []);
      if (answered.length > 0) return ask;
      assert.ok(turn < 300 && child.exitCode === null, log);
      await sleep(100);
    }
  }

  test("promtool finds nothing to say of it", () => {
    load(PLACES);
    register("one", { policy: ODD });
    count(ODD, Rule.BPF, 5n, 0n);
    countEvents(10n, 1n, 90n);
    const input = readMetrics(PLACES, "textfile");
    const checked = spawnSync(findProgram("promtool")!, ["check", "metrics"], { input });
    assert.deepEqual([checked.status, `${checked.stdout}${checked.stderr}`], [0, ""]);
    const broken = input.replace("# HELP lockc_loaded", "# HELP lockc_Loaded");
    const refused = spawnSync(findProgram("promtool")!, ["check", "metrics"], { input: broken });
    assert.notEqual(refused.status, 0);
  });

  test("it scrapes OpenMetrics, answers queries, and sees lockc go and come", async () => {
    load(PLACES);
    register("one", { policy: ODD });
    count(ODD, Rule.BPF, 5n, 0n);
    const target = await serve();
    const { headers } = await fetch(`http://${target}/metrics`, {
      headers: { Accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.4" },
    });
    assert.match(headers.get("content-type")!, /^application\/openmetrics-text; version=1\.0\.0/);
    const ask = await startPrometheus(target);
    const until = async (query: string, expected: unknown) => {
      let seen: unknown[] = [];
      for (let turn = 0; turn < 100; turn++, await sleep(100)) {
        seen = await ask(query);
        if (JSON.stringify(seen) === JSON.stringify(expected)) return;
      }
      assert.deepEqual(seen, expected, query);
    };
    await until("up", [[{ __name__: "up", instance: target, job: "lockc" }, "1"]]);
    await until("sum by (policy) (lockc_containers) > 0", [[{ policy: ODD }, "1"]]);
    await until("sum by (policy, rule) (lockc_denials_total) > 0", [
      [{ policy: ODD, rule: "bpf" }, "5"],
    ]);
    count(ODD, Rule.BPF, 9n, 0n);
    await until("sum(lockc_denials_total)", [[{}, "9"]]);
    unload(PLACES, true);
    await until("max(lockc_loaded)", [[{}, "0"]]);
    await until("sum(lockc_denials_total)", []);
    load(PLACES);
    await until("max(lockc_loaded)", [[{}, "1"]]);
    await until("sum(lockc_denials_total)", [[{}, "0"]]);
    await until("min(up)", [[{}, "1"]]);
  });
});
