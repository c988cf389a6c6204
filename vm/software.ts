// SPDX-License-Identifier: Apache-2.0
/**
 * Ordinary software: a Debian userland for containers, the same on each guest's
 * kernel. It is a disk, not an image to import, which emulation would take
 * minutes for: placeSoftware shows it where Docker keeps the layer of an image.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached, digest } from "./cache.ts";
import { installDebian, makeDisk, UNREAD } from "./debian.ts";

const EDITION = 1;
const SUITE = "bookworm";

const PACKAGES = [
  "cron",
  "curl",
  "libeclipse-jdt-core-java",
  "gcc",
  "git",
  "golang-go",
  "hwloc-nox",
  "libc6-dev",
  "make",
  "mariadb-client-core",
  "mariadb-server-core",
  "nginx",
  "nodejs",
  "npm",
  "numactl",
  "openjdk-17-jre-headless",
  "openssh-client",
  "openssh-server",
  "postgresql-15",
  "procps",
  "prometheus-node-exporter",
  "python3",
  "python3-pip",
  "qemu-user-static",
  "redis-server",
  "sqlite3",
  "systemd",
  "tini",
  "wrk",
] as const;

const HELLO_JAVA = `public class Hello {
  public static void main(String[] words) throws Exception {
    Thread thread = new Thread(() -> System.out.println("hello from a thread"));
    thread.start();
    thread.join();
    System.out.println(Runtime.version().feature() + " " + System.getProperty("user.dir"));
  }
}
`;

/** QEMU for processors that no build is made for here, and Go's tests of itself. */
const EXCLUDED = [
  ...UNREAD,
  "/usr/bin/qemu-[!a]*",
  "/usr/bin/qemu-arm*",
  "/usr/bin/qemu-alpha*",
  "/usr/share/go-*/test/*",
];

/**
 * Run in the new userland, at this host's speed: what would take an emulated
 * processor long and is nobody's everyday work. "app" is the user for services; the
 * 100,000 files in tree are for bench/measure/software.ts.
 */
const PREPARE = `set -e
useradd --uid 1000 --create-home app
mkdir -p /srv/debs /srv/java /srv/postgres /srv/mariadb
for folder in $(seq 1000); do mkdir -p /srv/tree/$folder; done
for folder in /srv/tree/*; do (cd $folder && seq 100 | xargs touch); done
(cd /srv/debs && apt-get -qq -o APT::Sandbox::User=root download hello)
mkdir -p /srv/arm64/bin && cd /tmp
apt-get -qq -o APT::Sandbox::User=root download busybox-static:arm64
dpkg-deb -x busybox-static_*.deb busybox
mv busybox/bin/busybox /srv/arm64/bin
rm -r busybox*
mkdir /srv/go /srv/cloud
printf 'package main\\n\\nimport "runtime"\\n\\nfunc main() { println(runtime.NumCPU(), runtime.GOMAXPROCS(0)) }\\n' >/srv/go/cpus.go
HOME=/tmp/home go build -o /srv/go/cpus /srv/go/cpus.go
rm -rf /tmp/home
apt-get -qq -o APT::Sandbox::User=root download cloud-init
dpkg-deb --fsys-tarfile cloud-init_*.deb | tar -x -C /srv/cloud --strip-components 4 ./usr/lib/cloud-init/ds-identify
rm cloud-init_*.deb
cat >/srv/java/Hello.java
java -cp /usr/share/java/eclipse-jdt-core.jar org.eclipse.jdt.internal.compiler.batch.Main -proc:none -17 -d /srv/java /srv/java/Hello.java
chown app: /srv/postgres /srv/mariadb
as_app="setpriv --reuid app --regid app --init-groups"
$as_app /usr/lib/postgresql/15/bin/initdb -D /srv/postgres -E UTF8 --locale=C --wal-segsize=1 --auth=trust
$as_app mariadb-install-db --datadir=/srv/mariadb --innodb-log-file-size=4M --skip-test-db --auth-root-authentication-method=normal
`;

/** The disk with the userland, made now if the cache has none. */
export async function softwareDisk(say: (line: string) => void): Promise<string> {
  const recipe = JSON.stringify([EDITION, SUITE, PACKAGES, EXCLUDED, HELLO_JAVA, PREPARE]);
  const path = await cached(`software-${digest(recipe)}`, 2, (target) => {
    const startMs = Date.now();
    say("building the userland of containers (once; a minute or two)");
    build(target);
    say(`built the userland in ${((Date.now() - startMs) / 1000).toFixed(0)} s`);
  });
  return join(path, "root.ext4");
}

function build(target: string): void {
  const root = join(target, "root");
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "Hello.java"), HELLO_JAVA);
  writeFileSync(join(target, "prepare.sh"), PREPARE);
  installDebian({
    suite: SUITE,
    security: true,
    variant: "minbase",
    packages: PACKAGES,
    excluded: EXCLUDED,
    options: [
      // For busybox of that processor.
      "--architectures=amd64,arm64",
      // The JRE's package makes links there.
      '--essential-hook=mkdir -p "$1/usr/share/man/man1"',
      `--customize-hook=chroot "$1" sh -c "$(cat '${target}/prepare.sh')" <'${target}/Hello.java'`,
    ],
    target: root,
  });
  makeDisk(root, join(target, "root.ext4"), "3G");
  rmSync(root, { recursive: true });
}

/** The step of a guest's boot that makes the image software of the disk with that number. */
export function placeSoftware(disk: number): readonly [command: string, what: string] {
  const device = `/dev/vd${"abcd"[disk]}`;
  return [
    `set -e; cd /run/lockc-vm && touch software && tar -c software | docker import -c 'CMD ["bash"]' - software >/dev/null
    mount -t ext4 -o ro,noatime ${device} "$(docker inspect -f '{{.GraphDriver.Data.UpperDir}}' software)"`,
    "placing the image software",
  ];
}
