// SPDX-License-Identifier: Apache-2.0
/** Another policy for a running container, by the real program on real maps. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test } from "node:test";
import type { LockcError } from "../../../../core/errors.ts";
import { lookUp, u64Key } from "../../../../core/ffi/bpf.ts";
import { peek } from "../../../../ctl/event/reader.ts";
import { parseCommandLine } from "../../../../ctl/grammar/parse.ts";
import { PLAIN } from "../../../../ctl/screen/terminal.ts";
import { formatStatus } from "../../../../ctl/status/lines.ts";
import { readStatus } from "../../../../ctl/status/read.ts";
import {
  type ChangeRequest,
  changePolicy,
  formatChange,
} from "../../../../ctl/verb/container/policy.ts";
import {
  container,
  containers,
  enter,
  load,
  loadedPolicy,
  OWN,
  PLACES,
  pinProgram,
  RUNTIME,
  register,
  reload,
  SCRATCH,
  writePolicy,
} from "../../../support/loaded.ts";

const STATE = join(SCRATCH, "state");
const DOCKER = join(SCRATCH, "io.containerd.runtime.v2.task/moby/box");

const change = (policy: string, more: Partial<ChangeRequest> = {}) =>
  changePolicy(PLACES, { container: "box", policy, force: false, ...more });

/** A container under a loaded policy, whose runtime keeps its state where it says. */
function running(policy: string, more: object = {}): void {
  register("box", { policy, root: STATE, ...loadedPolicy(policy)!.kernel, ...more });
}

/** What runc leaves behind of a container that Docker had it create. */
function leaveState(annotations: Record<string, string> = {}, bundle = DOCKER): void {
  mkdirSync(join(STATE, "box"), { recursive: true });
  mkdirSync(bundle, { recursive: true });
  const config = { ociVersion: "1.2.0", root: { path: "r" }, process: { cwd: "/" }, annotations };
  writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
  const state = { id: "box", config: { labels: ["a=b", `bundle=${bundle}`] } };
  writeFileSync(join(STATE, "box/state.json"), JSON.stringify(state));
}

beforeEach(() => {
  for (const path of [STATE, DOCKER]) rmSync(path, { recursive: true, force: true });
  writePolicy(OWN, "loose", "bpf: { allow: true }");
  writePolicy(OWN, "middle", "bpf: { allow: false }");
  writePolicy(
    OWN,
    "strict",
    "bpf: { allow: false }\nmounting: { allow: false }\nkernelLog: { allow: false }",
  );
  writePolicy(OWN, "audited", "mode: audit\nbpf: { allow: false }\nmounting: { allow: false }");
});

/** Nothing has changed when it fails. */
function refused(policy: string, more: Partial<ChangeRequest> = {}): LockcError {
  const before = lookUp(containers(), u64Key(7n));
  let found: unknown;
  assert.throws(
    () => change(policy, more),
    (error) => {
      found = error;
      return true;
    },
  );
  assert.deepEqual(lookUp(containers(), u64Key(7n)), before);
  return found as LockcError;
}

describe("container policy", () => {
  test("a stricter one holds at once, and counters stay", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    running("middle", { denials: [0n, 0n, 0n, 4n], name: "web" });
    const said = change("strict");
    assert.deepEqual(said, {
      key: "0000000000000007",
      id: "box",
      name: "web",
      from: "middle",
      to: "strict",
      looser: [],
      changed: true,
      started: true,
      warnings: [],
    });
    assert.equal(formatChange(said), "web: policy middle → strict\n");
    const now = container();
    assert.deepEqual([now.policy, now.denials[3]], ["strict", 4n]);
    const { kernel } = loadedPolicy("strict")!;
    assert.deepEqual({ ...now, ...kernel }, now);
  });

  test("one that refuses user 0 says which processes are user 0 already, and what fails", async () => {
    writePolicy(OWN, "users", "bpf: { allow: false }\nnonRoot: { require: true }");
    load(PLACES);
    pinProgram("lockc_apply");
    running("middle", { name: "web" });
    const children = [0, 1000].map((uid) => spawn("/bin/sleep", ["100"], { uid }));
    await Promise.all(children.map((child) => once(child, "spawn")));
    try {
      for (const { pid } of children) enter(pid!);
      const said = formatChange(change("users"));
      assert.equal(
        said,
        `web: policy middle → users\nnote: processes of it run as the host's user 0, which "users" refuses (nonRoot): "sleep" (${children[0]!.pid}); they go on, and every program that they or docker exec start as that user fails; start the container anew with --user, or take a policy with nonRoot: { require: false }\n`,
      );
      children[0]!.kill();
      await once(children[0]!, "exit");
      assert.deepEqual(change("users").warnings, []);
    } finally {
      for (const child of children) child.kill();
    }
  });

  test("it is told among the events, and only when something has changed", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    running("strict", { name: "web" });
    refused("middle");
    change("strict");
    assert.deepEqual(peek(PLACES)?.events, []);
    change("middle", { force: true });
    assert.deepEqual(
      peek(PLACES)?.events.map(({ event, policy, container }) => [event, policy, container?.name]),
      [["changed", "middle", "web"]],
    );
  });

  test("a looser one needs --force, and is told with its rules", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    running("strict");
    const error = refused("middle");
    assert.equal(error.code, "LOCKC_E_POLICY");
    assert.equal(
      error.message,
      'policy "middle" is looser than "strict", under which "box" runs (it allows more at mounting, kernelLog)',
    );
    const said = change("middle", { force: true });
    assert.deepEqual(said.looser, ["mounting", "kernelLog"]);
    assert.equal(
      formatChange(said),
      "box: policy strict → middle (looser at mounting, kernelLog)\n",
    );
    assert.equal(container().policy, "middle");
  });

  test("one that only audits is looser than one that enforces, not the other way round", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    running("middle");
    assert.match(refused("audited").message, /allows more at bpf\)$/);
    change("audited", { force: true });
    assert.deepEqual(change("middle").looser, []);
  });

  test("one whose rules are only audited is held again by the command that status tells", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    const { rules } = loadedPolicy("middle")!.kernel;
    for (const name of ["web", "it's; $(id)"]) {
      running("middle", { audit: rules, name });
      const [, words] = /: lockctl (container policy .*)$/m.exec(
        formatStatus(readStatus(PLACES), PLAIN),
      )!;
      const asked = spawnSync("sh", ["-c", `printf '%s\\n' ${words}`], { encoding: "utf8" });
      const command = parseCommandLine(asked.stdout.trimEnd().split("\n"));
      assert.ok(command.kind === "verb" && command.name === "container policy");
      const [, operands] = command.request as [object, [container: string, policy: string]];
      const [called, policy] = operands;
      const request = { container: called, policy, force: false };
      assert.deepEqual(command.request, [{ force: false, json: false }, operands]);
      assert.deepEqual(changePolicy(PLACES, request).looser, []);
      assert.equal(container().audit, 0);
      assert.deepEqual(readStatus(PLACES).loosened, []);
    }
  });

  test("names that would steer a terminal are shown, not sent", () => {
    load(PLACES);
    running("middle", { name: "evil\x1b[2J\n" });
    assert.equal(formatChange(change("middle")), "evil\\x1b[2J\\x0a: policy middle, as before\n");
    register("\x1b[2Ja", {}, 8n);
    register("\x1b[2Jb", {}, 9n);
    assert.doesNotMatch(refused("strict", { container: "\x1b[2J" }).message.slice(6), /\p{Cc}/u);
  });

  test("the policy that it has already changes nothing, and says so", () => {
    load(PLACES);
    running("middle"); // and there is no program to change it with
    const said = change("middle");
    assert.equal(said.changed, false);
    assert.equal(formatChange(said), "box: policy middle, as before\n");
  });

  test("after a reload the container's own old rules are what counts", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    running("strict");
    writePolicy(OWN, "strict", "bpf: { allow: false }");
    reload(PLACES, false);
    assert.match(refused("strict").message, /allows more at mounting, kernelLog\)$/);
    change("strict", { force: true });
    assert.equal(container().rules, loadedPolicy("strict")!.kernel.rules);
  });

  test("lists of which only the kernel's half is left count as looser when they differ", () => {
    const list = (path: string) =>
      `pseudoFiles: { restrict: [{ filesystem: proc, path: ${path}, access: none }] }`;
    writePolicy(OWN, "listed", list("/a"));
    load(PLACES);
    pinProgram("lockc_apply");
    running("listed");
    writePolicy(OWN, "listed", list("/b"));
    writePolicy(OWN, "more", `${list("/b")}\nbpf: { allow: false }`);
    reload(PLACES, false);
    assert.match(refused("more").message, /allows more at pseudoFiles\)$/);
    change("more", { force: true });
    assert.deepEqual(change("listed", { force: true }).looser, ["bpf"]);
  });

  test("before the container's own code runs it is noted that nothing holds yet", () => {
    load(PLACES);
    pinProgram("lockc_apply");
    running("middle", { started: 0 });
    assert.match(formatChange(change("strict")), /\nnote: it holds once the container's own code/);
  });
});

describe("what is refused changes nothing", () => {
  test("an unknown container, and a word that means several", () => {
    load(PLACES);
    running("middle");
    register("boxer", {}, 8n);
    assert.equal(refused("strict", { container: "nobody" }).code, "LOCKC_E_CONTAINER");
    assert.match(refused("strict", { container: "bo" }).message, /means more than one container/);
  });

  test("a policy that is not loaded, written or not, forced or not", () => {
    load(PLACES);
    running("middle");
    writePolicy(OWN, "later");
    for (const name of ["later", "nonsense", "", "x".repeat(100), "loose\0"]) {
      const error = refused(name, { force: true });
      assert.equal(error.code, "LOCKC_E_POLICY");
      assert.match(error.hint, /lockctl policy reload/);
    }
  });

  test("nothing loaded, no program to do it, no root", () => {
    assert.throws(() => change("strict"), { code: "LOCKC_E_NOT_LOADED" });
    load(PLACES);
    running("middle");
    assert.match(refused("strict").message, /program that changes running containers/);
    process.seteuid!(65534);
    try {
      assert.throws(() => change("strict"), { code: "LOCKC_E_PRIVILEGE" });
    } finally {
      process.seteuid!(0);
    }
  });
});

describe("floor and ceiling", () => {
  const bounded = (text: string) => {
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\ndefaultPolicy: middle\n${text}\n`);
    load(PLACES);
    pinProgram("lockc_apply");
    running("middle");
  };

  test("the host's hold for every container, and --force does not change that", () => {
    bounded("floor: middle\nceiling: middle");
    leaveState();
    assert.match(refused("loose", { force: true }).message, /looser than the floor "middle"/);
    assert.match(refused("strict", { force: true }).message, /stricter than the ceiling "middle"/);
  });

  test("an engine's hold for its containers, known by the bundle that the runtime has noted", () => {
    bounded("engines: { docker: { floor: middle }, podman: { ceiling: middle } }");
    leaveState();
    assert.match(refused("loose", { force: true }).message, /looser than the floor "middle"/);
    assert.equal(change("strict").changed, true); // podman's ceiling is not Docker's
  });

  test("a Kubernetes namespace's hold for its pods", () => {
    bounded("namespaces: { team: { ceiling: middle } }");
    const bundle = join(SCRATCH, "io.containerd.runtime.v2.task/k8s.io/box");
    const annotations = (namespace: string) => ({
      "io.kubernetes.cri.container-type": "container",
      "io.kubernetes.cri.sandbox-namespace": namespace,
    });
    leaveState(annotations("team"), bundle);
    assert.match(refused("strict").message, /stricter than the ceiling/);
    leaveState(annotations("other"), bundle);
    assert.equal(change("strict").changed, true);
  });

  test("crun notes the bundle in its own way", () => {
    bounded("engines: { docker: { ceiling: middle } }");
    leaveState();
    rmSync(join(STATE, "box/state.json"));
    writeFileSync(join(STATE, "box/status"), JSON.stringify({ bundle: DOCKER }));
    assert.match(refused("strict").message, /stricter than the ceiling/);
    const other = join(SCRATCH, "by-hand");
    leaveState({}, other);
    rmSync(join(STATE, "box/state.json"));
    writeFileSync(join(STATE, "box/status"), JSON.stringify({ bundle: other }));
    assert.equal(change("strict").changed, true);
  });

  test("of a container whose engine cannot be told, all of them hold", () => {
    bounded("engines: { podman: { floor: middle } }\nnamespaces: { team: { ceiling: middle } }");
    assert.match(refused("loose", { force: true }).message, /looser than the floor/);
    assert.match(refused("strict").message, /stricter than the ceiling/);
    leaveState();
    rmSync(join(DOCKER, "config.json"));
    assert.match(refused("strict").message, /stricter than the ceiling/);
  });
});
