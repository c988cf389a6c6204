// SPDX-License-Identifier: Apache-2.0
/** What of hooks' mounts becomes the container's: prospects.c asks the kernel half's own programs. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { GrantFlag, Prospect, Rule } from "../../core/generated/layout.ts";
import { compileOnHost } from "./on-host.ts";

const program = compileOnHost("prospects");

/** One answer for each question that has one. */
function ask(...questions: readonly string[]): number[] {
  const said = execFileSync(program, { input: `${questions.join("\n")}\n`, encoding: "utf8" });
  return said.trim().split("\n").map(Number);
}

const { READ, WRITE, NEVER, BELOW_READ, BELOW_WRITE, BELOW_NEVER, OWN } = Prospect;
const READING = READ | BELOW_READ;
const WRITING = READING | WRITE | BELOW_WRITE;
const NOT = -1;
const HOST = GrantFlag.HOST;
const WRITABLE = GrantFlag.HOST | GrantFlag.WRITE;
const ROOT = ["grant /root", `expect /root ${NEVER}`, "mount 1 1 /root rw"];

/** What becomes of mounts of these paths, each alone. */
function becomes(setup: readonly string[], mounts: readonly string[]): Record<string, number> {
  const entries = mounts.map((mount) => {
    const [path] = mount.split(" ");
    const [flags] = ask(...ROOT, ...setup, `mount 2 1 ${mount}`, "execute", `given ${path}`);
    return [mount, flags!] as const;
  });
  return Object.fromEntries(entries);
}

test("a mount of what is named, and of what lies below, in the mode that is named", () => {
  const setup = [
    `expect /r ${READING}`,
    `expect /w ${WRITING}`,
    `expect /b ${BELOW_READ | BELOW_WRITE}`,
  ];
  assert.deepEqual(
    becomes(setup, ["/r ro", "/r/a/b ro", "/r rw", "/r/a rw", "/w ro", "/w rw", "/w/a rw"]),
    {
      ...{ "/r ro": HOST, "/r/a/b ro": HOST, "/r rw": NOT, "/r/a rw": NOT },
      ...{ "/w ro": HOST, "/w rw": WRITABLE, "/w/a rw": WRITABLE },
    },
  );
  assert.deepEqual(becomes(setup, ["/b ro", "/b/a ro", "/b/a rw", "/ ro", "/rr ro", "/x ro"]), {
    ...{ "/b ro": NOT, "/b/a ro": HOST, "/b/a rw": WRITABLE, "/ ro": NOT, "/rr ro": NOT },
    "/x ro": NOT,
  });
});

test("entries add up, and what is never to be mounted counts before what is above it", () => {
  const setup = [
    ...[`expect /v ${BELOW_READ | BELOW_WRITE}`, `expect /v ${READ}`, `expect /v/lib ${NEVER}`],
    ...[`expect /v/lib/engine ${NEVER | BELOW_NEVER}`, `expect /v/lib/engine/logs ${READING}`],
  ];
  const mounts = ["/v ro", "/v rw", "/v/log rw", "/v/lib ro", "/v/lib/x rw", "/v/lib/engine ro"];
  assert.deepEqual(becomes(setup, mounts), {
    ...{ "/v ro": HOST, "/v rw": NOT, "/v/log rw": WRITABLE, "/v/lib ro": NOT },
    ...{ "/v/lib/x rw": WRITABLE, "/v/lib/engine ro": NOT },
  });
  assert.deepEqual(becomes(setup, ["/v/lib/engine/x ro", "/v/lib/engine/logs/x ro"]), {
    ...{ "/v/lib/engine/x ro": NOT, "/v/lib/engine/logs/x ro": HOST },
  });
  // For reading near and for writing further up, as config.json is judged.
  assert.deepEqual(becomes([`expect /w ${WRITING}`, `expect /w/r ${READING}`], ["/w/r/a rw"]), {
    "/w/r/a rw": WRITABLE,
  });
});

test("a part of the container's own is no directory of the host", () => {
  const setup = [`expect /root ${BELOW_READ | BELOW_WRITE | OWN}`, `expect / ${WRITING}`];
  assert.deepEqual(becomes(setup, ["/root/a rw", "/root/a ro", "/roots rw"]), {
    ...{ "/root/a rw": GrantFlag.WRITE, "/root/a ro": 0, "/roots rw": WRITABLE },
  });
  assert.deepEqual(ask(...ROOT, ...setup, "execute", "given /root"), [GrantFlag.WRITE]);
});

test("a socket does not", () => {
  const setup = [`expect /run ${WRITING}`, `expect /run/a.sock ${WRITING}`];
  assert.deepEqual(becomes(setup, ["/run/a.sock rw", "/run/a.sock ro"]), {
    ...{ "/run/a.sock rw": NOT, "/run/a.sock ro": NOT },
  });
});

test("what is mounted in a mode that is not named, anywhere, does not", () => {
  const setup = [...ROOT, `expect /r ${READING}`];
  for (const [one, other] of [
    ["ro", "rw"],
    ["rw", "ro"],
  ] as const) {
    const mounts = [`mount 2 1 /r/a ${one}`, `mount 3 2 /r/a ${other}`, "mount 4 1 /r/b ro"];
    const asked = ["given /r/a", "given /r/b"];
    assert.deepEqual(ask(...setup, ...mounts, "execute", ...asked), [NOT, HOST]);
    assert.deepEqual(ask(...setup, ...mounts, "execute", "execute", ...asked), [NOT, HOST]);
  }
});

test("all mounts are met, in any depth, and those of other namespaces are not", () => {
  const tree = [
    ...["mount 2 1 /d/2 rw", "mount 3 2 /d/3 rw", "mount 4 3 /d/4 rw", "mount 5 1 /d/5 rw"],
    ...["mount 6 3 /d/6 rw", "mount 7 2 /d/7 rw", "mount 8 5 /d/8 rw"],
  ];
  const asked = [2, 3, 4, 5, 6, 7, 8].map((number) => `given /d/${number}`);
  const setup = [...ROOT, `expect /d ${WRITING}`, ...tree];
  assert.deepEqual(ask(...setup, "execute", ...asked), Array(7).fill(WRITABLE));
  const foreign = ask(...setup, "foreign 3", "execute", ...asked);
  assert.deepEqual(foreign, [WRITABLE, NOT, ...Array(5).fill(WRITABLE)]);
});

test("where the tree changes meanwhile the walk ends, and what it missed is the host's", () => {
  const setup = [...ROOT, `expect /d ${WRITING}`, "mount 2 1 /d/2 rw", "mount 3 1 /d/3 rw"];
  assert.deepEqual(ask(...setup, "loop 2", "execute", "given /d/2", "given /d/3"), [WRITABLE, NOT]);
});

test("what could not be marked is no prospect for reading", () => {
  const full = Array.from({ length: 125 }, () => "expect /x 0"); // with the rest, all that has room here
  const mounts = ["mount 2 1 /r/a ro", "mount 3 1 /r/a rw", "mount 4 1 /w/a ro"];
  const setup = [...ROOT, `expect /r ${READING}`, ...full, `expect /w ${WRITING}`];
  const asked = ["given /r/a", "given /w/a"];
  assert.deepEqual(ask(...setup, ...mounts, "execute", ...asked), [NOT, HOST]);
});

test("nor where the walk for marks did not come to its end", () => {
  const setup = [...ROOT, `expect /r ${READING}`, `expect /w ${WRITING}`];
  const mounts = ["mount 2 1 /r/a ro", "mount 3 1 /w/a ro", "mount 4 1 /r/a rw", "loop 3"];
  const asked = ["given /r/a", "given /w/a"];
  assert.deepEqual(ask(...setup, ...mounts, "execute", ...asked), [NOT, HOST]);
});

test("what a laxer policy let user code mount is not added under a stricter one", () => {
  const setup = [`rules ${Rule.FILES}`, ...ROOT, `expect /d ${WRITING}`, "mount 2 1 /d/2 rw"];
  const stricter = `apply ${Rule.FILES | Rule.MOUNT}`;
  assert.deepEqual(ask(...setup, "ran", stricter, "execute", "given /d/2"), [NOT]);
  assert.deepEqual(ask(...setup, stricter, "execute", "given /d/2"), [WRITABLE]);
});

test("of a container that may mount, only before any of its user code", () => {
  const setup = [...ROOT, `expect /d ${WRITING}`, "mount 2 1 /d/2 rw"];
  const may = `rules ${Rule.FILES}`;
  assert.deepEqual(ask(...setup, "ran", "execute", "given /d/2"), [WRITABLE]);
  assert.deepEqual(ask(...setup, may, "execute", "given /d/2"), [WRITABLE]);
  assert.deepEqual(ask(...setup, may, "ran", "execute", "given /d/2"), [NOT]);
});

test("nowhere but in a place of the container's", () => {
  const setup = [...ROOT, `expect /d ${WRITING}`, "mount 2 1 /d/2 rw"];
  assert.deepEqual(ask(...setup, "place 2", "execute", "given /d/2"), [NOT]);
});

test("many prospects count, and go with the container", () => {
  const many = Array.from({ length: 40 }, (_, index) => `expect /n${index} ${WRITING}`);
  const setup = [...ROOT, ...many, "mount 2 1 /n1 rw", "mount 3 1 /n39 rw"];
  assert.deepEqual(ask(...setup, "prospects", "execute", "given /n1", "given /n39", "end"), [
    ...[41, WRITABLE, WRITABLE, 0],
  ]);
});

test("they go as user code starts, and nothing is added any more", () => {
  const setup = [...ROOT, `expect /n ${WRITING}`, "mount 2 1 /n rw"];
  const late = ["created", "start", "left", "execute", "given /n", "left"];
  assert.deepEqual(ask(...setup, "start", "left", ...late), [4, 0, NOT, 0]);
  // What a later hook mounted is there still.
  assert.deepEqual(ask(...setup, "start", "execute", "given /n"), [WRITABLE]);
});
