// SPDX-License-Identifier: Apache-2.0
/** The mount table is searched as text; what it says must be what parsing all of it gives. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "lockc-mounts-"));
after(() => rmSync(folder, { recursive: true }));

const PLACES = ["plain", "with space", "back\\slash", "tab\tand\nline", "ünïcode", "plain2"];

/** Each place is a file system, with one mounted in it, and a bind of that one beside it. */
const SCRIPT = `
for place; do
  mount -t tmpfs none "$place"
  mkdir "$place/in" "$place/again"
  mount -t tmpfs none "$place/in"
  mkdir "$place/in/deep"
  mount --bind "$place/in/deep" "$place/again"
done
exec "$NODE" "$INSIDE" / "$@"
`;

test("a place's mount, its other names and what is mounted below it", () => {
  const places = PLACES.map((name) => join(folder, name));
  for (const place of places) mkdirSync(place);
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--propagation", "private", "sh", "-ec", SCRIPT, "sh", ...places],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        NODE: process.execPath,
        INSIDE: join(import.meta.dirname, "../../support/mounts-inside.ts"),
      },
    },
  );
  assert.equal(status, 0, stderr);
  const said = JSON.parse(stdout) as Record<string, [unknown, unknown]>[];
  assert.equal(said.length, places.length + 1);
  for (const { path, ...pairs } of said) {
    for (const [what, [told, parsed]] of Object.entries(pairs)) {
      if (what === "below" && path === ("/" as unknown)) {
        assert.ok((told as string[]).length > 2 * places.length); // some are hidden by later ones
      } else {
        assert.deepEqual(told, parsed, `${what} of ${path}`);
      }
    }
  }
  for (const [at, place] of places.entries()) {
    assert.deepEqual(said[at + 1]!.below![0], [`${place}/in`, `${place}/again`]);
    assert.deepEqual(said[at + 1]!.names![0], []);
  }
});
