// SPDX-License-Identifier: Apache-2.0
/** Containers that exist, by what their runtime keeps of them; on real maps, in folders of our own. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test } from "node:test";
import type { LockcError } from "../../../core/errors.ts";
import { findExisting } from "../../../ctl/foresight/existing.ts";
import { explain } from "../../../ctl/verb/policy/explain.ts";
import { load, OWN, PLACES, register, SCRATCH, writePolicy } from "../../support/loaded.ts";

const RUN = join(SCRATCH, "run-state");
const DOCKER = join(SCRATCH, "docker");
const ID = "0123456789abcdef".repeat(4);

/** What runc, or crun, keeps of a container, with its bundle. */
function leave(root: string, id: string, runtime: "runc" | "crun" = "runc"): string {
  const bundle = join(SCRATCH, "bundles", id);
  mkdirSync(join(bundle, "rootfs"), { recursive: true });
  const config = {
    ociVersion: "1.2.0",
    root: { path: "rootfs" },
    process: { cwd: "/" },
    linux: { namespaces: [{ type: "mount" }] },
  };
  writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
  mkdirSync(join(root, id), { recursive: true });
  const [file, state] =
    runtime === "runc"
      ? ["state.json", { config: { labels: [`bundle=${bundle}`] } }]
      : ["status", { bundle }];
  writeFileSync(join(root, id, file), JSON.stringify(state));
  return bundle;
}

const find = (word: string) =>
  findExisting(PLACES, word, [DOCKER], [`${RUN}/runtime-*/*`, `${RUN}/crun`]);

function fault(word: string): LockcError {
  try {
    find(word);
  } catch (error) {
    return error as LockcError;
  }
  return assert.fail(word);
}

beforeEach(() => {
  rmSync(RUN, { recursive: true, force: true });
  rmSync(DOCKER, { recursive: true, force: true });
  load(PLACES);
});

describe("a container that exists", () => {
  test("is found where runc and crun keep their state, by ID, its beginning or Docker's name", () => {
    const docker = leave(join(RUN, "runtime-runc/moby"), ID);
    const podman = leave(join(RUN, "crun"), "fedcba", "crun");
    mkdirSync(join(DOCKER, "containers", ID), { recursive: true });
    writeFileSync(
      join(DOCKER, "containers", ID, "config.v2.json"),
      JSON.stringify({ Name: "/web", Config: {} }),
    );
    for (const word of [ID, "0123", "web"]) {
      assert.deepEqual(find(word), { id: ID, directory: docker, policy: undefined }, word);
    }
    assert.equal(find("fed").directory, podman);
  });

  test("under lockc has the policy under which it runs, whatever it would get anew", () => {
    const root = join(SCRATCH, "held");
    const directory = leave(root, "box");
    writePolicy(OWN, "wide", "bpf: { allow: false }");
    register("box", { policy: "wide", root, name: "shop" });
    assert.deepEqual(find("shop"), { id: "box", directory, policy: "wide" });
    const request = { subject: { kind: "container", word: "shop" }, policy: undefined } as const;
    const [explained] = explain(PLACES, request);
    assert.deepEqual(
      [explained!.policy, explained!.reasons, explained!.verdict],
      ["wide", ["the container runs under it"], "admitted"],
    );
  });

  test("under lockc is one, by whatever name its record has of the runtime's directory", () => {
    leave(join(RUN, "crun"), "box");
    symlinkSync(RUN, join(SCRATCH, "other-name"));
    writePolicy(OWN, "wide", "bpf: { allow: false }");
    register("box", { policy: "wide", root: join(SCRATCH, "other-name/crun") });
    assert.equal(find("box").policy, "wide");
  });

  test("is not guessed: none, several and one without a bundle are told", () => {
    assert.match(fault("nobody").hint, /--bundle, --compose or --pod/);
    assert.match(fault("").message, /no container that exists/);
    leave(join(RUN, "crun"), "aa1");
    leave(join(RUN, "crun"), "aa2");
    assert.match(fault("aa").message, /more than one container: aa1, aa2/);
    assert.equal(fault("ab1").hint, 'did you mean "aa1"?');
    rmSync(join(RUN, "crun/aa1/state.json"));
    assert.match(fault("aa1").message, /tells no bundle/);
  });
});
