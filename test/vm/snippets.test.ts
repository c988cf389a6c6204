// SPDX-License-Identifier: Apache-2.0
/** What README tells people to write into engines' files, as the engines of each release read it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { makeBundle } from "./bundle.ts";
import { Session } from "./session.ts";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** The indented block after the line that begins so. */
function snippetAfter(start: string): string {
  const [, block] = README.slice(README.indexOf(`\n${start}`)).split("\n\n", 3);
  return `${block!.replace(/^ {4}/gm, "")}\n`;
}

const INSTALLER = readFileSync(join(import.meta.dirname, "../../install.sh"), "utf8");

/** What install.sh prints for an engine: the same, but that Podman's has a default runtime. */
function printedFor(engine: string): string {
  const [, block] = new RegExp(`^  ${engine}: (?:.*\\n)*?((?: {4}.*\\n)+)EOF$`, "m").exec(
    INSTALLER,
  )!;
  return block!.replace(/^ {4}/gm, "").replaceAll("$PREFIX", "/usr");
}

test("install.sh prints what README says", () => {
  assert.equal(printedFor("containerd"), snippetAfter("containerd 1.6, 1.7 and 2"));
  assert.equal(
    printedFor("Podman").replace('  runtime = "lockc-runc"\n', ""),
    snippetAfter("Podman, /etc/containers/containers.conf"),
  );
});

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(release, () => {
    const session = new Session({ release });
    const ok = session.ok.bind(session);
    const CONFIG = "/etc/containerd/config.toml";
    const dump = `containerd --config ${CONFIG} config dump`;
    /** A containerd of its own, for as long as it is asked which plugins it has. */
    const plugins = `rm -rf /tmp/c; mkdir /tmp/c; cd /tmp/c; containerd --config ${CONFIG} --root /tmp/c/r --state /tmp/c/s --address /tmp/c/c.sock >/tmp/c/log 2>&1 &
pid=$!; for i in $(seq 100); do ctr -a /tmp/c/c.sock plugins ls >/tmp/c/list 2>/dev/null && break; sleep 0.5; done; kill $pid; cat /tmp/c/list; grep -E 'level=(warning|error).*cri' /tmp/c/log || true`;
    const ofContainerd = async () => {
      const { stdout } = await session.run("lockctl doctor --json");
      const findings = JSON.parse(stdout) as { check: string; sentence: string }[];
      return findings.filter(({ check }) => check === "containerd").map((it) => it.sentence);
    };

    test("containerd's snippet is a whole file: pods have both runtimes, and may ask for a policy", async () => {
      await ok(
        `mkdir -p /etc/containerd && cat >${CONFIG}`,
        snippetAfter("containerd 1.6, 1.7 and 2"),
      );
      const config = await ok(dump);
      for (const name of ["lockc", "runc"])
        assert.match(config, new RegExp(`runtimes\\.${name}\\]`));
      const list = await ok(plugins);
      assert.match(list, /^io\.containerd\.(grpc|cri)\.v1 +(cri|runtime) +\S+ +ok/m, list);
      assert.deepEqual(await ofContainerd(), [
        "containerd knows lockc, but its default runtime is runc, so containers that name no runtime are not contained",
      ]);
    });

    test("with Podman's a runtime is known by its name, and its label is a request like an annotation", async () => {
      await ok(
        "mkdir -p /etc/containers && cat >/etc/containers/containers.conf",
        snippetAfter("Podman, /etc/containers/containers.conf"),
      );
      await makeBundle(session, "/tmp/probe");
      await ok("tar -C /tmp/probe/rootfs -c . | podman --events-backend file import - busybox");
      const podman = (flags: string) =>
        session.run(
          `podman --runtime lockc-runc --cgroup-manager cgroupfs --events-backend file run --rm --network none ${flags} busybox id -u`,
        );
      assert.equal((await podman("")).stdout, "0\n");
      const label = "--label org.lockc.policy";
      const root = await podman(`${label}=restricted`);
      assert.match(root.stderr, /policy \\?"restricted\\?" /, root.stdout);
      assert.match(
        (await podman(`${label}=nope`)).stderr,
        /\(label org\.lockc\.policy\) does not exist/,
      );
      assert.match((await podman(`${label}=privileged`)).stderr, /label .* which is looser than/);
      assert.match((await podman("--label org.lockc.polcy=x")).stderr, /is none that lockc knows/);
      assert.equal((await podman(`${label}=offline`)).stdout, "0\n");
      await ok("cat >/etc/containers/containers.conf", printedFor("Podman"));
      const usual = await session.run(
        `podman --cgroup-manager cgroupfs --events-backend file run --rm --network none ${label}=nope busybox true`,
      );
      assert.match(usual.stderr, /\(label org\.lockc\.policy\) does not exist/);
    });

    test("doctor tells what is left out of it", async () => {
      await ok(`sed -i '/runtimes.runc\\]/,+1d; /_annotations/d' ${CONFIG}`);
      const [runtimes, drops] = await ofContainerd();
      // containerd 2 has a runtime "runc" also where its file does not say so.
      const whole = release === "sid";
      assert.match(
        runtimes!,
        whole ? /its default runtime is runc/ : /^containerd has no runtime "runc", its default/,
      );
      assert.match(drops!, /^a pod's annotation org\.lockc\.policy asks for nothing under lockc/);
      const runs = /^io\.containerd\.(grpc|cri)\.v1 +(cri|runtime) +\S+ +ok/m;
      assert.equal(runs.test(await ok(plugins)), whole);
    });
  });
}
