// SPDX-License-Identifier: Apache-2.0
/** What doctor reads of a host, on a real bpffs with real maps. */
import assert from "node:assert/strict";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { u32Key, update } from "../../../core/ffi/bpf.ts";
import * as MAPS from "../../../core/generated/maps.ts";
import { encode } from "../../../core/kernel/record.ts";
import { readDoctorFacts } from "../../../ctl/doctor/facts.ts";
import { lockFile } from "../../../ctl/ffi/libc.ts";
import {
  load,
  map,
  OWN,
  PLACES,
  RUNTIME,
  SCRATCH,
  settings,
  writePolicy,
} from "../../support/loaded.ts";

const read = () => readDoctorFacts(PLACES);

function write(
  spec: typeof MAPS.event_counts | typeof MAPS.guard_hits | typeof MAPS.recent,
  values: object,
): void {
  update(map(spec), u32Key(0), encode(spec.value, values));
}

test("before load: nothing is loaded, nothing is pinned, and what is written is judged", () => {
  const facts = read();
  assert.deepEqual([facts.loaded, facts.pins, facts.stale, facts.wrong], ["no", [], [], undefined]);
  assert.deepEqual([facts.guard, facts.events], [undefined, undefined]);
  assert.equal(facts.runtime.told, undefined);
  assert.equal(facts.bpffs!.mode & 0o777, 0o700);
  writePolicy(OWN, "broken", "bpf: nonsense");
  const { wrong, broken } = read();
  assert.equal(wrong, undefined);
  assert.deepEqual(
    broken.map(({ name, inForce }) => [name, inForce]),
    [["broken", false]],
  );
  assert.match(broken[0]!.sentence, /broken\.yaml:\d+/);
});

test("what a default runtime would come to: by policies and settings as they are written", () => {
  writePolicy(OWN, "open", "bpf: { allow: true }");
  writePolicy(OWN, "looking", "bpf: { allow: false, mode: audit }");
  writeFileSync(
    PLACES.settings,
    `runtime: ${RUNTIME}\nengines: { docker: { defaultPolicy: open } }\n`,
  );
  const { policies, defaults } = read().selection!;
  assert.deepEqual(Object.fromEntries(policies), {
    baseline: "holds",
    looking: "audits",
    open: "nothing",
  });
  assert.deepEqual([defaults.Docker, defaults.Podman], ["open", "baseline"]);
});

test("after load: pins as they are, and policies in force as they are written", () => {
  load(PLACES);
  const facts = read();
  assert.deepEqual([facts.loaded, facts.stale, facts.programs.current], ["yes", [], true]);
  assert.equal(facts.runtime.told, true);
  const paths = facts.pins.map(({ path }) => path);
  assert.ok(paths.includes("") && paths.includes("maps") && paths.includes("maps/tasks"));
  assert.deepEqual(
    facts.pins.filter(({ uid, mode }) => uid !== 0 || mode & 0o077),
    [],
  );
  assert.ok(facts.pinNames.includes("maps/tasks") && facts.pinNames.includes("links/lockc_syslog"));
});

test("what was changed since: policies, settings, the runtime, the object file", () => {
  load(PLACES);
  writePolicy(OWN, "web");
  writePolicy(OWN, "baseline", "kernelLog: { allow: false }");
  assert.deepEqual(read().stale, ["policy baseline", "policy web"]);
  writePolicy(OWN, "baseline", "bpf: nonsense");
  assert.deepEqual(read().stale, ["policy web"]);
  assert.deepEqual(
    read().broken.map(({ name, inForce }) => [name, inForce]),
    [["baseline", true]],
  );
  rmSync(join(OWN, "web.yaml"));
  rmSync(join(OWN, "baseline.yaml"));
  const other = join(SCRATCH, "other-runc");
  writeFileSync(other, "#!/bin/sh\necho runc version 1.1.5\n", { mode: 0o755 });
  writeFileSync(PLACES.settings, `runtime: ${other}\nengineSockets: [/run/docker.sock]\n`);
  const facts = read();
  assert.deepEqual(facts.stale, ["settings", "engines' sockets"]);
  assert.deepEqual(facts.runtime.version, { name: "runc", version: "1.1.5" });
  assert.equal(facts.runtime.told, false);
  assert.equal(facts.runtime.package, undefined);
  writeFileSync(PLACES.object, "\n", { flag: "a" });
  assert.equal(read().programs.current, false);
});

test("a policy that is in force and not written any more is told as well", () => {
  writePolicy(OWN, "web");
  load(PLACES);
  rmSync(join(OWN, "web.yaml"));
  assert.deepEqual(read().stale, ["policy web"]);
});

test("pins that others may reach, and what lockc did not put there", () => {
  load(PLACES);
  chmodSync(join(PLACES.pins, "maps"), 0o755);
  chownSync(join(PLACES.pins, "maps/tasks"), 65534, 0);
  mkdirSync(join(PLACES.pins, "links-7"), { mode: 0o700 });
  const facts = new Map(read().pins.map((fact) => [fact.path, fact]));
  assert.equal(facts.get("maps")?.mode, 0o755);
  assert.equal(facts.get("maps/tasks")?.uid, 65534);
  assert.ok(facts.has("links-7"));
});

test("files that others may change, wherever a link leads", () => {
  const folder = join(SCRATCH, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(PLACES.entrances[0]!, "", { mode: 0o755 });
  chmodSync(folder, 0o777);
  const facts = new Map(read().files.map((fact) => [fact.path, fact]));
  assert.equal(facts.get(folder)?.mode, 0o777);
  assert.equal(facts.get(PLACES.entrances[0]!)?.mode, 0o755);
  assert.equal(facts.get("/")?.path, "/");
  assert.ok(facts.has(PLACES.object) && facts.has(PLACES.settings));
  rmSync(folder, { recursive: true });
});

test("maps of another version are not read", () => {
  load(PLACES);
  update(settings(), u32Key(0), new Uint8Array(MAPS.settings.value.size).fill(1, 0, 1));
  const facts = read();
  assert.deepEqual([facts.loaded, facts.guard, facts.events], ["other", undefined, undefined]);
});

test("the guard's mode and hits", () => {
  load(PLACES);
  write(MAPS.guard_hits, { denials: 2n, audits: 3n, pid: 4, comm: "sh" });
  const { mode, denials, audits, comm } = read().guard!;
  assert.deepEqual([mode, denials, audits, comm], ["off", 2n, 3n, "sh"]);
});

test("events: counts, the newest refusal's age, and whether somebody holds the reader's lock", () => {
  load(PLACES);
  assert.equal(read().events?.newestAgeMs, undefined);
  write(MAPS.event_counts, { sequence: 9n, dropped: 1n });
  write(MAPS.recent, { told_ns: 1_000_000n });
  const lock = join(dirname(PLACES.lock), "events.lock");
  assert.equal(read().events?.isRead, false);
  const fd = openSync(lock, "a");
  assert.equal(read().events?.isRead, false);
  lockFile(fd);
  const { made, dropped, isRead, newestAgeMs } = read().events!;
  assert.deepEqual([made, dropped, isRead], [9n, 1n, true]);
  assert.ok(newestAgeMs! > 60_000);
  closeSync(fd);
  assert.equal(read().events?.isRead, false);
});

test("sockets that engines listen at are found, those that the settings leave out are named", async () => {
  const [one, other] = ["a", "b"].map((name) => join(SCRATCH, name, "docker.sock")) as [
    string,
    string,
  ];
  const servers = await Promise.all(
    [one, other].map(async (path) => {
      mkdirSync(dirname(path), { recursive: true });
      const server = createServer().listen(path);
      await once(server, "listening");
      return server;
    }),
  );
  try {
    writeFileSync(PLACES.settings, `engineSockets: [${one}]\n`);
    const { found, uncovered } = read().sockets;
    assert.ok(found.includes(one) && found.includes(other), found.join());
    assert.ok(uncovered.includes(other) && !uncovered.includes(one), uncovered.join());
  } finally {
    for (const server of servers) server.close();
  }
});
