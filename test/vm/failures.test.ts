// SPDX-License-Identifier: Apache-2.0
/** Whatever is broken, no container starts and the user reads one clear sentence. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { configJson, makeBundle } from "./bundle.ts";
import { assertRefused, HELD, Session, SHARED } from "./session.ts";

const session = new Session();
const run = session.run.bind(session);
const ok = session.ok.bind(session);

before(async () => {
  await makeBundle(session, "/tmp/b");
});

/** Asserts one sentence with the code, exit status 1, and that nothing came of it. */
async function assertOneSentence(code: string, words: RegExp, verb = "run"): Promise<void> {
  const { status, stdout, stderr } = await run(
    `cd /tmp/b && ${HELD} --log /tmp/log.json --log-format json ${verb} broken`,
  );
  assert.equal(status, 1, stderr);
  assert.equal(stdout, "");
  assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
  assert.match(stderr, words);
  assert.ok(stderr.includes(`[${code}]`), stderr);
  const logged = JSON.parse((await ok("tail -n 1 /tmp/log.json")) || "{}");
  assert.equal(logged.level, "error");
  assert.match(logged.msg, words);
  assert.equal((await run("runc state broken")).status, 1);
}

describe("config.json", () => {
  const broken: readonly [title: string, command: string, words: RegExp][] = [
    ["missing", "rm config.json", /does not exist/],
    ["cut off", "truncate -s 100 config.json", /not JSON/],
    ["empty", ": >config.json", /not JSON/],
    ["of 100 MB", "head -c 100000000 /dev/zero >config.json", /100000000 bytes/],
    ["a directory", "rm config.json; mkdir config.json", /no regular file|cannot be opened/],
    ["with a number as root path", `sed -i 's/"rootfs"/5/' config.json`, /\/root\/path/],
    [
      "with mounts that are no list",
      `sed -i 's/"mounts":\\[/"mounts":{"a":[/; s/$/}/' config.json`,
      /not JSON|\/mounts/,
    ],
    [
      "with a namespace that does not exist",
      `sed -i 's/"uts"/"nope"/' config.json`,
      /\/linux\/namespaces\/2\/type/,
    ],
  ];

  for (const [title, command, words] of broken) {
    test(`${title} is refused`, async () => {
      await ok("rm -rf /tmp/b/config.json");
      await ok("cat >/tmp/b/config.json", JSON.stringify(configJson()));
      await ok(`cd /tmp/b && ${command}`);
      await assertOneSentence("LOCKC_E_CONFIG", words);
      await ok("rm -rf /tmp/b/config.json");
      await ok("cat >/tmp/b/config.json", JSON.stringify(configJson()));
      assert.deepEqual(await session.containers(), []);
    });
  }
});

describe("the container", () => {
  const configured = async (options: object) =>
    ok("cat >/tmp/b/config.json", JSON.stringify(configJson(options)));

  test("without a mount namespace of its own is refused", async () => {
    await configured({ namespaces: [{ type: "pid" }] });
    await assertOneSentence("LOCKC_E_NAMESPACE", /mount namespace of its own/);
    await configured({ namespaces: [{ type: "mount", path: "/proc/1/ns/mnt" }] });
    await assertOneSentence("LOCKC_E_NAMESPACE", /mount namespace of its own/);
  });

  test("may tighten its policy by annotation, not loosen it", async () => {
    await configured({ annotations: { "org.lockc.policy": "privileged" } });
    await assertOneSentence("LOCKC_E_POLICY", /asks for policy "privileged"/);
    await configured({ annotations: { "org.lockc.policy": "careless" } });
    assertRefused(
      await run(`cd /tmp/b && ${HELD} --lockc-policy privileged run tight`),
      "tightened",
    );
    await configured({});
    assert.equal((await run(`cd /tmp/b && ${HELD} --lockc-policy privileged run loose`)).status, 0);
  });

  test("with an unknown policy is refused", async () => {
    const { status, stderr } = await run(`cd /tmp/b && ${HELD} --lockc-policy nope run x`);
    assert.equal(status, 1);
    assert.match(stderr, /policy "nope" \(--lockc-policy\) does not exist/);
  });

  test("is not restored under a policy that confines", async () => {
    await assertOneSentence("LOCKC_E_RESTORE", /cannot restore/, "restore");
  });

  test("with a file system of a disk is refused", async () => {
    await configured({ mounts: [{ destination: "/disk", type: "ext4", source: "/dev/vda" }] });
    await assertOneSentence("LOCKC_E_MOUNT", /type "ext4" on "\/disk"/);
    await configured({ mounts: [{ destination: "/b", type: "bpf", source: "bpf" }] });
    await assertOneSentence("LOCKC_E_MOUNT", /type "bpf"/);
    await configured({});
  });

  test("on the host's own root file system is refused", async () => {
    await ok("cat >/tmp/b/config.json", JSON.stringify({ ...configJson(), root: { path: "/" } }));
    await assertOneSentence("LOCKC_E_MOUNT", /as root file system/);
    await configured({});
  });
});

describe("the kernel half", () => {
  test("with a full map refuses the container and keeps no part of it", async () => {
    await ok(`${SHARED}/probe fill /sys/fs/bpf/lockc/maps/containers`);
    await assertOneSentence("LOCKC_E_ENROLL", /tables .* are full/);
    await ok(
      `lockctl unload --force && lockctl load && ${SHARED}/probe fill /sys/fs/bpf/lockc/maps/grants`,
    );
    await assertOneSentence("LOCKC_E_ENROLL", /tables .* are full/);
    assert.deepEqual(await session.containers(), []);
    await ok("lockctl unload --force && lockctl load");
    assertRefused(await run(`cd /tmp/b && ${HELD} run again`), "enforced again");
  });

  test("with a program detached is no kernel half", async () => {
    await ok("rm /sys/fs/bpf/lockc/links/lockc_inode_getattr");
    await assertOneSentence("LOCKC_E_NOT_LOADED", /not all attached/);
    assert.deepEqual(await session.containers(), []);
    await ok("lockctl load");
    assertRefused(await run(`cd /tmp/b && ${HELD} run again`), "enforced again");
  });

  test("not loaded, or bpffs missing, means no container, while other commands go on", async () => {
    await ok("lockctl unload");
    await assertOneSentence("LOCKC_E_NOT_LOADED", /not loaded.*lockctl load/);
    assert.equal((await run("lockctl status")).status, 3);
    assert.equal(await ok("lockc-runc list -q"), await ok("runc list -q"));
    await ok("umount /sys/fs/bpf");
    await assertOneSentence("LOCKC_E_NOT_LOADED", /not loaded/);
    await ok("lockctl load");
    assertRefused(await run(`cd /tmp/b && ${HELD} run again`), "enforced again");
  });

  test("refuses to be unloaded under a running container, unless forced", async () => {
    await ok(
      "cat >/tmp/b/config.json",
      JSON.stringify(configJson({ args: ["/bin/sleep", "1000"] })),
    );
    await ok(`cd /tmp/b && ${HELD} run -d up >/dev/null 2>&1 </dev/null`);
    const { status, stderr } = await run("lockctl unload");
    assert.notEqual(status, 0);
    assert.match(stderr, /"?up"?/);
    assertRefused(await run("lockc-runc exec up /x/probe syslog"), "still enforced");
    await ok("lockctl load");
    assertRefused(
      await run("lockc-runc exec up /x/probe syslog"),
      "enforced through a second load",
    );
    await ok("lockc-runc delete -f up");
  });
});
