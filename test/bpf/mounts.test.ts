// SPDX-License-Identifier: Apache-2.0
/** What of user code's mounts is the container's: mounts.c asks the kernel half's own programs. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { GrantFlag, Rule } from "../../core/generated/layout.ts";
import { compileOnHost } from "./on-host.ts";

const program = compileOnHost("mounts");

/** One answer for each question that has one. */
function ask(...questions: readonly string[]): number[] {
  const said = execFileSync(program, { input: `${questions.join("\n")}\n`, encoding: "utf8" });
  return said.trim().split("\n").map(Number);
}

const ALLOWED = `rules ${Rule.FILES} 0`;
const AUDITED = `rules ${Rule.FILES | Rule.MOUNT} ${Rule.MOUNT}`;
const REFUSED = `rules ${Rule.FILES | Rule.MOUNT} 0`;

const FOREIGN = ["cgroup", "cgroup2", "fuseblk", "virtiofs", "ext4", "nfs", "9p", "debugfs"];

test("a file system that user code makes is the container's where it shows nothing else", () => {
  const types = ["tmpfs", "ramfs", "proc", "sysfs", "devpts", "mqueue"];
  for (const policy of [ALLOWED, AUDITED]) {
    for (const type of [...types, "bpf", "fuse"]) {
      assert.deepEqual(ask(policy, `mount ${type} 1`, "open"), [1, 1], type);
    }
    for (const type of ["devtmpfs", ...FOREIGN]) {
      assert.deepEqual(ask(policy, `mount ${type} 1`), [0], type);
    }
  }
});

test("one that somebody else has already is not", () => {
  for (const type of ["tmpfs", "sysfs", "proc", "cgroup2", "mqueue", "fuse"]) {
    assert.deepEqual(ask(`mount ${type} 2`), [0], type);
  }
});

test("from 6.18 on mount(2) has made the mount already, and fsconfig(2) has not", () => {
  const [MOUNT, FSCONFIG] = [165, 431];
  const mounts = ["mount sysfs 1", "mount sysfs 2", "mount sysfs 3"];
  assert.deepEqual(ask(`kernel 18 ${MOUNT}`, ...mounts), [0, 1, 0]);
  assert.deepEqual(ask(`kernel 18 ${FSCONFIG}`, ...mounts), [1, 0, 0]);
  assert.deepEqual(ask(`kernel 12 ${MOUNT}`, ...mounts), [1, 0, 0]);
});

test("nothing is where the policy refuses mounts, and what was stays", () => {
  assert.deepEqual(ask(REFUSED, "mount tmpfs 1"), [-1]);
  assert.deepEqual(ask("mount tmpfs 1", REFUSED, "open"), [1, 1]);
});

test("what has the address of a file system that is gone is somebody else's", () => {
  assert.deepEqual(ask("mount tmpfs 1", "gone"), [1, 0]);
  for (const rules of [ALLOWED, REFUSED]) {
    assert.deepEqual(ask(rules, "made tmpfs 1", "gone"), [1, 0]);
    assert.deepEqual(ask(rules, "made sysfs 2", "gone"), [1, 0]); // of a network that another one had first
  }
  assert.deepEqual(ask("mount tmpfs 1", "mount ext4 1"), [1, 0]);
});

const GIVEN = ["grant /root 0", `grant /srv/d ${GrantFlag.HOST}`];

test("what the runtime mounts is the container's, whoever else has it", () => {
  for (const rules of [ALLOWED, REFUSED]) {
    assert.deepEqual(ask(rules, "made tmpfs 1", "made cgroup2 2", "open"), [1, 1, 1]);
  }
});

test("a bind of what was given, or of a part of it, is the container's, and no other", () => {
  const paths = ["/root", "/root/a", "/root/a/b/c", "/srv/d", "/srv/d/x"];
  const others = ["/", "/srv", "/srv/e", "/srv/e/d", "/roots", "/etc"];
  const binds = [...paths, ...others].map((path) => `bind ${path}`);
  const all = [...paths.map(() => 1), ...others.map(() => 0)];
  assert.deepEqual(ask(...GIVEN, ALLOWED, ...binds), all);
  assert.deepEqual(ask(...GIVEN, AUDITED, ...binds), all);
  const given = [...paths, ...others].map((path) => Number(["/root", "/srv/d"].includes(path)));
  assert.deepEqual(ask(...GIVEN, REFUSED, ...binds), given);
});

test("an overlay is, if each of its layers is", () => {
  const overlays: readonly (readonly [layers: string, own: number])[] = [
    ["- - /root/a", 1],
    ["- - /root/a /srv/d /srv/d/x", 1],
    ["- - /srv", 0],
    ["- - /root/a /srv/d /etc", 0],
    ["- - /etc /root/a", 0],
    ["/root/u /root/w /root/a", 1],
    ["/root/u /root/w /root/a /etc", 0],
    ["/etc/u /etc/w /root/a", 0],
    ["/root/u /etc/w /root/a", 0],
    ["/srv/d/u /root/w /root/a", 0],
    ["/root/u /srv/d/w /root/a", 0],
  ];
  const questions = overlays.map(([layers]) => `overlay ${layers}`);
  assert.deepEqual(
    ask(...GIVEN, ...questions),
    overlays.map(([, own]) => own),
  );
});
