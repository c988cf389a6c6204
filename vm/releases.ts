// SPDX-License-Identifier: Apache-2.0
/** The Debian releases that a guest can be, and what is in each. */

/** What every guest has. */
const COMMON = [
  "apparmor",
  "busybox-static",
  "conmon",
  "containerd",
  "crun",
  "dbus",
  "docker.io",
  "iproute2",
  "kmod",
  "libatomic1",
  "libbpf1",
  "libelf1",
  "libstdc++6",
  "linux-image-amd64",
  "podman",
  "procps",
  "python3-minimal",
  "runc",
  "strace",
  "systemd",
  "systemd-sysv",
] as const;

interface Recipe {
  /** Whether the release has a security archive. */
  readonly security: boolean;
  readonly packages: readonly string[];
}

export const RELEASES = {
  bookworm: { security: true, packages: [...COMMON, "buildah"] },
  trixie: { security: true, packages: [...COMMON, "docker-cli", "docker-buildx"] },
  sid: { security: false, packages: [...COMMON, "docker-cli", "docker-buildx"] },
} as const satisfies Record<string, Recipe>;

export type Release = keyof typeof RELEASES;

export function isRelease(name: string): name is Release {
  return Object.hasOwn(RELEASES, name);
}
