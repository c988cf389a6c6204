// SPDX-License-Identifier: Apache-2.0
/** In a mount namespace of mounts.test.ts: what the table says of each path in argv, as JSON. */
import { closeSync, readFileSync } from "node:fs";
import { mountsBelow, otherNames, parseMountinfo } from "../../core/host/mountinfo.ts";
import { type Located, MountTable } from "../../core/host/mounts.ts";

const all = parseMountinfo(readFileSync("/proc/self/mountinfo", "utf8"));
const table = new MountTable();

/** The mount that the kernel names for a descriptor, from another of its files. */
function mountOf({ fd }: Located) {
  const info = readFileSync(`/proc/self/fdinfo/${fd}`, "utf8");
  const id = Number(/^mnt_id:\s*(\d+)$/m.exec(info)![1]);
  return all.find((mount) => mount.id === id)!;
}

const said = process.argv.slice(2).map((path) => {
  const located = table.locate(path);
  const below = table.locateBelow(path);
  const mount = mountOf(located);
  const result = {
    path,
    mountpoint: [located.mountpoint, mount.mountpoint],
    filesystem: [located.filesystem, mount.type],
    names: [located.otherNames, otherNames(all, mount, located.path)],
    below: [
      below.map(({ mountpoint }) => mountpoint),
      mountsBelow(all, path).map(({ mountpoint }) => mountpoint),
    ],
  };
  for (const { fd } of [located, ...below]) closeSync(fd);
  return result;
});
process.stdout.write(JSON.stringify(said));
