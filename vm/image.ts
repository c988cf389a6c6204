// SPDX-License-Identifier: Apache-2.0
/** The guest's base: a Debian release as an ext4 image, its kernel and its first modules. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireTools } from "../tool/run.ts";
import { cached, digest } from "./cache.ts";
import { makeBusyboxImage, makeImage } from "./containers.ts";
import { installDebian, makeDisk, UNREAD } from "./debian.ts";
import { extractKernel } from "./kernel.ts";
import { RELEASES, type Release } from "./releases.ts";

/** Raised when the way an image is made changes and the recipe below does not show it. */
const EDITION = 1;

/** Where in the guest the container images are, as archives for `docker load`. */
export const IMAGES = "/usr/share/lockc-vm";

/** Sparse: what is written while a guest runs goes to a temporary file. */
const DISK_SIZE = "8G";

/** Read by nobody in a guest, and a third of the time it takes to unpack the packages. */
const EXCLUDED = [
  ...UNREAD,
  "*/modules/*/kernel/drivers/gpu/*",
  "*/modules/*/kernel/drivers/infiniband/*",
  "*/modules/*/kernel/drivers/media/*",
  "*/modules/*/kernel/drivers/net/ethernet/*",
  "*/modules/*/kernel/drivers/net/wireless/*",
  "*/modules/*/kernel/drivers/staging/*",
  "*/modules/*/kernel/sound/*",
];

const FILES: Readonly<Record<string, string>> = {
  "etc/hostname": "guest\n",
  "etc/hosts": "127.0.0.1 localhost guest\n::1 localhost\n",
  // Engines copy it; Docker replaces one that names only loopback servers.
  "etc/resolv.conf": "nameserver 192.0.2.53\n",
  "etc/fstab": "",
  "etc/containers/policy.json": '{"default":[{"type":"insecureAcceptAnything"}]}\n',
  // No second network device, no netfilter: neither has a use in a guest without a network.
  "etc/docker/daemon.json": `${JSON.stringify(
    {
      bridge: "none",
      iptables: false,
      "ip-forward": false,
      "userland-proxy": false,
      runtimes: { lockc: { path: "/usr/bin/lockc-runc" } },
    },
    null,
    2,
  )}\n`,
};

/** A finished base image in the cache. */
export interface BaseImage {
  readonly rootDisk: string;
  readonly kernel: string;
  /** Modules for the initramfs, in the order to load them by name. */
  readonly modules: string;
  readonly busybox: string;
  /** Names the content; anything made from this image takes it into its own name. */
  readonly id: string;
}

/**
 * The base image of `release`, made now if the cache has none: packages from
 * the archives that the host's apt uses, by mmdebstrap.
 */
export async function baseImage(release: Release, say: (line: string) => void): Promise<BaseImage> {
  const recipe = JSON.stringify([EDITION, RELEASES[release], EXCLUDED, FILES, DISK_SIZE]);
  const id = digest(recipe);
  const path = await cached(`${release}-${id}`, 2, (target) => {
    const startMs = Date.now();
    say(`building the ${release} guest (once; a minute or two)`);
    build(release, target);
    say(`built the ${release} guest in ${((Date.now() - startMs) / 1000).toFixed(0)} s`);
  });
  return {
    rootDisk: join(path, "root.ext4"),
    kernel: join(path, "vmlinux"),
    modules: join(path, "modules"),
    busybox: join(path, "busybox"),
    id: `${release}-${id}`,
  };
}

function build(release: Release, target: string): void {
  requireTools("xz");
  if (process.getuid?.() !== 0) throw new Error("only root can build a guest's image");
  const root = join(target, "root");
  const layer = join(target, "debian.layer");
  mkdirSync(target, { recursive: true });
  bootstrap(release, root, layer);
  extractKernel(root, target);
  copyFileSync(join(root, "usr/bin/busybox"), join(target, "busybox"));
  mkdirSync(join(root, IMAGES), { recursive: true });
  makeBusyboxImage(join(target, "busybox"), join(root, IMAGES, "busybox.tar"));
  makeImage("debian:latest", layer, "bash", join(root, IMAGES, "debian.tar"));
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    rmSync(join(root, path), { force: true });
    writeFileSync(join(root, path), content);
  }
  makeDisk(root, join(target, "root.ext4"), DISK_SIZE);
  rmSync(root, { recursive: true });
}

/** Fills `root`; `layer` becomes a tar file of the essential packages alone. */
function bootstrap(release: Release, root: string, layer: string): void {
  const { packages, security } = RELEASES[release];
  installDebian({
    suite: release,
    security,
    variant: "essential",
    packages,
    excluded: EXCLUDED,
    options: [
      `--essential-hook=tar -C "$1" --one-file-system --exclude=./var/cache/apt --exclude=./var/lib/apt -cf '${layer}' .`,
    ],
    target: root,
  });
}
