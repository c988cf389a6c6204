// SPDX-License-Identifier: Apache-2.0
/**
 * What install.sh --uninstall takes back and what it leaves, on a host of stand-ins: /etc, /run
 * and /var/lib are this process's own mounts. test/vm/install.test.ts has the real thing.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { mountPseudo } from "../../ctl/ffi/libc.ts";
import { bundle } from "../../tool/bundle.ts";
import { enterPrivateMounts, unmount } from "../support/private-mounts.ts";

const TOP = join(import.meta.dirname, "../..");
const SCRATCH = enterPrivateMounts();
const MOUNTS = ["/etc", "/run", "/var/lib"];
for (const target of MOUNTS) mountPseudo("tmpfs", target);
after(() => {
  for (const target of MOUNTS) unmount(target);
  rmSync(SCRATCH, { recursive: true, force: true });
});

const PREFIX = join(SCRATCH, "usr");
const RUNTIME = join(PREFIX, "bin/lockc-runc");
const LOCKCTL = join(PREFIX, "lib/lockc/lockctl.cjs");
const KOFFI = join(TOP, "node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node");
const lockctl = await bundle("ctl/entry.ts", false);
const DAEMON_JSON = "/etc/docker/daemon.json";

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}

function place(path: string, text: string): void {
  write(path, text, 0o755);
  write("/var/lib/lockc/files", `${readFileSync("/var/lib/lockc/files", "utf8")}${path}\n`);
}

beforeEach(() => {
  for (const path of [PREFIX, "/etc/docker", "/etc/lockc", "/etc/containers", "/etc/containerd"]) {
    rmSync(path, { recursive: true, force: true });
  }
  write("/var/lib/lockc/prefix", `${PREFIX}\n`);
  write("/var/lib/lockc/files", "");
  // Engines are real, the kernel is not.
  place(
    join(PREFIX, "bin/lockctl"),
    `#!/bin/sh\ncase $1 in engine) exec "${process.execPath}" "${LOCKCTL}" "$@" ;; esac\necho "$*" >>/run/asked\n`,
  );
  rmSync("/run/asked", { force: true });
  write(LOCKCTL, lockctl);
  copyFileSync(KOFFI, join(dirname(LOCKCTL), "koffi.node"));
  copyFileSync(join(TOP, "shim/launcher.sh"), RUNTIME);
  place(RUNTIME, readFileSync(RUNTIME, "utf8"));
  write(
    join(SCRATCH, "bin/docker"),
    "#!/bin/sh\ncase $1 in ps) echo 1; echo 2 ;; inspect) echo '/web lockc-shop'; echo '/db runc' ;; esac\n",
    0o755,
  );
});

const daemon = (config: object) => write(DAEMON_JSON, JSON.stringify(config));

function uninstall(...words: string[]) {
  const env = { PATH: `${join(SCRATCH, "bin")}:/usr/sbin:/usr/bin:/sbin:/bin` };
  return spawnSync("sh", [join(TOP, "install.sh"), "--uninstall", ...words], {
    encoding: "utf8",
    env,
  });
}

describe("install.sh --uninstall", () => {
  test("takes back every runtime whose program is lockc's, and a default that is one", () => {
    const elsewhere = join(SCRATCH, "copied-launcher");
    copyFileSync(RUNTIME, elsewhere);
    symlinkSync("lockc-runc", `${RUNTIME}-shop`);
    const runtimes = {
      lockc: { path: RUNTIME },
      "lockc-shop": { path: `${RUNTIME}-shop` },
      dangling: { path: `${RUNTIME}-gone` },
      copy: { path: elsewhere },
      shim: { runtimeType: "io.containerd.runc.v2", options: { BinaryName: RUNTIME } },
      crun: { path: "/usr/bin/crun" },
    };
    daemon({ "default-runtime": "lockc-shop", labels: ["kept"], runtimes });
    write("/etc/lockc/policy/shop.yaml", "name: shop\n");
    const { status, stdout, stderr } = uninstall();
    assert.equal(status, 0, stdout + stderr);
    assert.deepEqual(JSON.parse(readFileSync(DAEMON_JSON, "utf8")), {
      "default-runtime": "runc",
      labels: ["kept"],
      runtimes: { crun: { path: "/usr/bin/crun" } },
    });
    assert.match(stdout, /taken out of .*daemon\.json: lockc, lockc-shop, dangling, copy, shim\n/);
    assert.match(stdout, /name a runtime that is gone, .*: web \(lockc-shop\)\n/);
    assert.match(stdout, /keeping \/etc\/lockc\/policy\/shop\.yaml\n/);
    assert.match(stdout, /keeping .*\/lockc-runc-shop, a link that leads nowhere/);
    assert.match(stdout, /lockc is gone\.\n$/);
    assert.equal(existsSync(RUNTIME), false);
  });

  test("names Podman's containers that keep a runtime which is gone", () => {
    const podman = join(SCRATCH, "bin/podman");
    const told = `web ${RUNTIME}\nshop ${RUNTIME}-shop\ndb crun\nother /opt/lockc-runc\n`;
    write(
      podman,
      `#!/bin/sh\ncase $1 in ps) echo 1; echo 2 ;; inspect) printf '%b' '${told}' ;; esac\n`,
      0o755,
    );
    try {
      const { status, stdout } = uninstall();
      assert.equal(status, 0);
      const said = `name a runtime that is gone, and do not start any more; remove them and create them anew: web (${RUNTIME}), shop (${RUNTIME}-shop)\n`;
      assert.ok(stdout.includes(said), stdout);
    } finally {
      rmSync(podman);
    }
  });

  test("gives back a default that there was before, and leaves one that is not lockc's", () => {
    write(`${DAEMON_JSON}.lockc-backup`, '{"default-runtime": "crun"}');
    const runtimes = { lockc: { path: RUNTIME } };
    daemon({ "default-runtime": "lockc", runtimes });
    assert.equal(uninstall().status, 0);
    assert.equal(readFileSync(DAEMON_JSON, "utf8"), '{"default-runtime": "crun"}');
  });

  test("refuses while another engine's file names lockc-runc, and says where; then goes on", () => {
    daemon({ runtimes: { lockc: { path: RUNTIME } } });
    const before = readFileSync(DAEMON_JSON, "utf8");
    write(
      "/etc/containers/containers.conf",
      `# lockc-runc is good\n[engine.runtimes]\n  lockc-runc = ["${RUNTIME}"]\n`,
    );
    const { status, stderr } = uninstall();
    assert.equal(status, 1);
    assert.match(
      stderr,
      /nothing was removed, .*:\n\/etc\/containers\/containers\.conf:3: lockc-runc = /,
    );
    assert.equal(readFileSync(DAEMON_JSON, "utf8"), before);
    assert.ok(existsSync(RUNTIME) && !existsSync("/run/asked"), "it is loaded as it was");
    rmSync("/etc/containers/containers.conf");
    assert.equal(uninstall().status, 0);
  });

  test("refuses while Docker's file is no JSON, before anything is unloaded", () => {
    write(DAEMON_JSON, "{");
    const { status, stderr } = uninstall();
    assert.equal(status, 1);
    assert.match(
      stderr,
      /daemon\.json" was left as it is: it is not valid JSON[\s\S]*nothing was removed/,
    );
    assert.ok(existsSync(RUNTIME) && !existsSync("/run/asked"));
  });

  test("--dry-run tells all of that and changes nothing", () => {
    daemon({ runtimes: { lockc: { path: RUNTIME }, "lockc-shop": { path: RUNTIME } } });
    const { status, stdout } = uninstall("--dry-run");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /would take out of .*: lockc, lockc-shop\n/);
    assert.match(
      stdout,
      /do not start any more; .*: web \(lockc-shop\)\n[\s\S]*Nothing was changed\.\n$/,
    );
    assert.ok(existsSync(RUNTIME) && !existsSync("/run/asked"));
    assert.match(readFileSync(DAEMON_JSON, "utf8"), /lockc-shop/);
  });
});
