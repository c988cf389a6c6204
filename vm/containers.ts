// SPDX-License-Identifier: Apache-2.0
/** Container images made on the spot: one layer, in the archive format of `docker save`. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tool/run.ts";

/** Makes `target`, an archive of the image busybox:latest around a static busybox. */
export function makeBusyboxImage(busybox: string, target: string): void {
  const root = `${target}.root`;
  for (const folder of ["bin", "dev", "etc", "home", "proc", "root", "sys", "tmp", "var"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  run("chmod", ["1777", join(root, "tmp")]);
  copyFileSync(busybox, join(root, "bin/busybox"));
  for (const applet of run(busybox, ["--list"]).split("\n")) {
    if (applet && applet !== "busybox") symlinkSync("busybox", join(root, "bin", applet));
  }
  writeFileSync(join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
  writeFileSync(join(root, "etc/group"), "root:x:0:\n");
  const layer = `${target}.layer`;
  run("tar", ["--owner=0", "--group=0", "--numeric-owner", "-C", root, "-cf", layer, "."]);
  rmSync(root, { recursive: true });
  makeImage("busybox:latest", layer, "sh", target);
}

/** Packs `layer`, a tar file that is used up, as the only layer of the image `name`. */
export function makeImage(name: string, layer: string, command: string, target: string): void {
  const folder = `${target}.parts`;
  mkdirSync(folder);
  run("mv", [layer, join(folder, "layer.tar")]);
  const layerHash = sha256(readFileSync(join(folder, "layer.tar")));
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    config: {
      Cmd: [command],
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${layerHash}`] },
    history: [{ created: "1970-01-01T00:00:00Z" }],
  });
  const configName = `${sha256(config)}.json`;
  writeFileSync(join(folder, configName), config);
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify([{ Config: configName, RepoTags: [name], Layers: ["layer.tar"] }]),
  );
  run("tar", ["-C", folder, "-cf", target, configName, "layer.tar", "manifest.json"]);
  rmSync(folder, { recursive: true });
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
