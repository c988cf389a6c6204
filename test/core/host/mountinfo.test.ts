// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { mountsBelow, otherNames, parseMountinfo } from "../../../core/host/mountinfo.ts";
import { isWithin } from "../../../core/path.ts";

const TABLE = parseMountinfo(`22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:5 / /proc rw - proc proc rw
31 22 8:1 /etc /var/lib/docker/volumes/v/_data rw - ext4 /dev/sda1 rw
32 22 8:2 / /home rw shared:3 master:1 - xfs /dev/sda2 rw
33 32 0:40 / /home/x/my\\040disk rw - fuse.x src rw
`);

test("mountinfo's optional fields and octal escapes are read", () => {
  assert.equal(TABLE.length, 5);
  assert.deepEqual(TABLE[4], {
    id: 33,
    device: "0:40",
    root: "/",
    mountpoint: "/home/x/my disk",
    type: "fuse.x",
    source: "src",
    options: "rw",
  });
});

test("a bind mount is told by its other name", () => {
  assert.deepEqual(otherNames(TABLE, TABLE[2]!, "/var/lib/docker/volumes/v/_data/ssh"), [
    "/etc/ssh",
  ]);
  assert.deepEqual(otherNames(TABLE, TABLE[2]!, "/var/lib/docker/volumes/v/_data"), ["/etc"]);
  assert.deepEqual(otherNames(TABLE, TABLE[0]!, "/etc/ssh"), [
    "/var/lib/docker/volumes/v/_data/ssh",
  ]);
  assert.deepEqual(otherNames(TABLE, TABLE[3]!, "/home/x"), []);
});

test("mounts below a directory do not include itself or its neighbours", () => {
  assert.deepEqual(
    mountsBelow(TABLE, "/home").map(({ id }) => id),
    [33],
  );
  assert.deepEqual(
    mountsBelow(TABLE, "/hom").map(({ id }) => id),
    [],
  );
});

test("this host's own table is read whole", () => {
  const text = readFileSync("/proc/self/mountinfo", "utf8");
  const mounts = parseMountinfo(text);
  assert.equal(mounts.length, text.trimEnd().split("\n").length);
  assert.ok(mounts.some(({ mountpoint }) => mountpoint === "/"));
});

test("no text makes the parser fail, and names stay on path boundaries", () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseMountinfo(text))));
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 4 }),
      fc.stringMatching(/^[a-z]{1,3}$/),
      (parts, extra) => {
        const directory = `/${parts.join("/")}`;
        assert.ok(isWithin(directory === "/" ? `/${extra}` : `${directory}/${extra}`, directory));
        if (directory !== "/") assert.ok(!isWithin(`${directory}${extra}`, directory));
      },
    ),
  );
});

test("a volume of a whole file system is also what the host mounts of it", () => {
  const mounts = parseMountinfo(
    [
      "20 1 0:30 /@rootfs / rw - btrfs /dev/vda rw",
      "21 20 0:30 /@home /home rw - btrfs /dev/vda rw",
      "22 20 0:30 / /var/lib/docker/volumes/v/_data rw - btrfs /dev/vda rw",
      "23 20 0:31 / /srv rw - ext4 /dev/vdb rw",
      "24 23 0:31 /a /srv/b rw - ext4 /dev/vdb rw",
    ].join("\n"),
  );
  const names = (id: number, path: string) =>
    otherNames(mounts, mounts.find((mount) => mount.id === id)!, path);
  assert.deepEqual(names(22, "/var/lib/docker/volumes/v/_data"), ["/", "/home"]);
  assert.deepEqual(names(23, "/srv"), [], "what is mounted below itself is no other place");
  assert.deepEqual(names(23, "/srv/a"), ["/srv/b"]);
});
