// SPDX-License-Identifier: Apache-2.0
/** lockctl report: what goes into the archive, and that no secret does. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { REDACTED, redact, redactValue, withoutComments } from "../../../ctl/screen/redact.ts";
import { writeArchive } from "../../../ctl/screen/ustar.ts";
import { formatReport, readReport, writeReport } from "../../../ctl/verb/report.ts";
import { VERBS } from "../../../ctl/verbs.ts";
import {
  enter,
  load,
  OWN,
  PLACES,
  RUNTIME,
  register,
  SCRATCH,
  writePolicy,
} from "../../support/loaded.ts";
import { capability, forget, remember } from "../../support/recent.ts";

const TIME = Date.UTC(2026, 2, 1, 12);

function tar(words: string[], input?: Buffer): string {
  const { status, stdout, stderr } = spawnSync("tar", words, { encoding: "utf8", input });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe("an archive", () => {
  test("is one that tar reads, whatever the files' sizes", () => {
    const sizes = [0, 1, 511, 512, 513, 5000];
    const entries = sizes.map((size) => ({ path: `a/${size}`, text: "é".repeat(size) }));
    const folder = join(SCRATCH, "unpacked");
    mkdirSync(folder);
    const bytes = writeArchive("top", entries, TIME);
    assert.equal(bytes.length % 512, 0);
    tar(["-x", "-C", folder], bytes);
    for (const { path, text } of entries) {
      assert.equal(readFileSync(join(folder, "top", path), "utf8"), text);
    }
    const { mode, mtimeMs } = statSync(join(folder, "top/a/512"));
    assert.deepEqual([mode & 0o7777, mtimeMs], [0o600, TIME]);
    rmSync(folder, { recursive: true });
    assert.throws(() => writeArchive("top", [{ path: "x".repeat(101), text: "" }], TIME));
  });
});

describe("a secret", () => {
  const SECRET = "hunter2";
  test("is replaced wherever it is written like one", () => {
    for (const text of [
      `password=${SECRET}`,
      `DB_PASSWORD=${SECRET}`,
      `MYSQL_ROOT_PASSWORD: ${SECRET}`,
      `"password": "${SECRET}"`,
      `Authorization: Bearer ${SECRET}`,
      `token = '${SECRET}'`,
      `api_key: ${SECRET}`,
      `https://user:${SECRET}@example.org/x`,
      `https://${SECRET}@example.org/x`,
      `mysql --password ${SECRET} -h x`,
      `tool --db-token ${SECRET}`,
      `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
      `-----BEGIN PRIVATE KEY-----\n${SECRET}`,
    ]) {
      const said = redact(text);
      assert.ok(!said.includes(SECRET) && said.includes(REDACTED), said);
    }
    for (const text of [
      `eyJ${"a".repeat(20)}.${"b".repeat(20)}.c-_d`,
      "AKIAABCDEFGHIJKLMNOP",
      `ghp_${"a".repeat(36)}`,
      `glpat-${"a".repeat(20)}`,
    ]) {
      assert.equal(redact(`x ${text} y`), `x ${REDACTED} y`);
    }
  });

  test("is nothing that lockc itself says", () => {
    const id = "0123456789abcdef".repeat(4);
    for (const text of [
      "serviceAccountToken:\n  allow: false\n",
      "serviceAccountToken: { allow: false }",
      `"id": "${id}"`,
      "the object file's SHA-256: 0a1b",
      "filesystem: proc, path: /sys/kernel/keys, access: none",
      "http://127.0.0.1:9737/metrics",
      "keyrings: { allow: false }",
    ]) {
      assert.equal(redact(text), text);
    }
  });

  test("is replaced in JSON by its key too, and the rest stays JSON", () => {
    const value = {
      a: [`say "password=${SECRET}"`, 1, null, true],
      db_password: SECRET,
      token_grants: 3,
      secret: { of: SECRET },
    };
    const said = JSON.parse(JSON.stringify(redactValue(value)));
    assert.deepEqual(said.a.slice(1), [1, null, true]);
    assert.deepEqual([said.db_password, said.token_grants], [REDACTED, 3]);
    assert.ok(!said.a[0].includes(SECRET));
  });

  test("in a comment goes with it, wherever a comment may stand", () => {
    const text = `# ${SECRET}
name: web # ${SECRET}
# ${SECRET}

bpf: # ${SECRET}
  # ${SECRET}
  allow: false # ${SECRET}
list:
  # ${SECRET}
  - { path: /a } # ${SECRET}
  - b # ${SECRET}
# ${SECRET}
`;
    const said = withoutComments(text)!;
    assert.ok(!said.includes(SECRET) && !said.includes("#"), said);
    assert.deepEqual(parse(said), parse(text));
    assert.equal(withoutComments("a: [\n# x"), undefined);
    assert.equal(withoutComments("# only\n")?.includes("only"), false);
  });
});

describe("a report", () => {
  const SECRETS = [
    "s3cret-in-comment",
    "s3cret-in-settings",
    "s3cret-in-environment",
    "s3cret-arg",
  ];
  const parts = async () => {
    const { entries, missing } = await readReport(PLACES);
    return { missing, text: new Map(entries.map(({ path, text }) => [path, text])) };
  };

  test("has everything that its help says, and no secret", async () => {
    forget();
    writePolicy(OWN, "web", `extends: baseline\n# password: ${SECRETS[0]}`);
    writePolicy(OWN, "broken", `token: ${SECRETS[1]}`);
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\n# ${SECRETS[1]}\n`);
    load(PLACES);
    register("0123456789abcdef".repeat(4), { name: "web\x1b[2J" });
    remember({ ...capability("KILL"), comm: "tool" });
    const words = ["-c", "read forever", `--password=${SECRETS[3]}`];
    const child = spawn("sh", words, {
      env: { ...process.env, TOKEN: SECRETS[2] },
      stdio: ["pipe", "ignore", "ignore"],
    });
    await once(child, "spawn");
    enter(child.pid!);
    process.env.LOCKC_TEST_TOKEN = SECRETS[2];
    const { text, missing } = await parts();
    delete process.env.LOCKC_TEST_TOKEN;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    assert.deepEqual(missing, []);
    const all = [...text.values()].join("");
    for (const secret of SECRETS) assert.ok(!all.includes(secret), secret);
    assert.ok(!all.includes("\x1b"));
    assert.deepEqual(
      [...text.keys()].filter((path) => !/^policies\/built-in/.test(path)),
      [
        ...["README.txt", "versions.json", "kernel.json", "status.json", "status.txt"],
        ...["doctor.json", "doctor.txt", "engines.json", "programs.json", "maps.json"],
        ...["metrics.txt", "policies/loaded.json", "settings/loaded.json", "settings/lockc.yaml"],
        ...["policies/own/broken.yaml", "policies/own/web.yaml", "events.jsonl"],
        ...["journal/lockc.service.txt", "journal/lockc-metrics.service.txt"],
      ],
    );
    const read = (path: string) => JSON.parse(text.get(path)!);
    const versions = read("versions.json");
    assert.match(versions.libbpf, /^v1\./);
    assert.ok(versions.lockc.abi > 0 && versions.kernel.startsWith("Linux version "));
    assert.match(read("kernel.json").cgroup, /^v[12]/);
    assert.equal(read("status.json").containers[0].name, "web\x1b[2J");
    assert.equal(read("policies/loaded.json").length, 2);
    assert.equal(read("settings/loaded.json").runtime, RUNTIME);
    const maps: { name: string; elements: number | null }[] = read("maps.json");
    assert.equal(maps.find(({ name }) => name === "containers")?.elements, 1);
    assert.equal(maps.find(({ name }) => name === "policies")?.elements, 2);
    assert.match(text.get("doctor.txt")!, /^\d+ faults?, \d+ warnings?$/m);
    assert.match(text.get("settings/lockc.yaml")!, /^runtime: /);
    for (const path of text.keys()) {
      if (path !== "README.txt") assert.ok(text.get("README.txt")!.includes(`  ${path}\n`), path);
    }
    const whole = formatReport(await readReport(PLACES));
    assert.ok(whole.startsWith("==> README.txt <==\n") && whole.includes("==> doctor.txt <==\n"));
  });

  test("without anything loaded, and with what cannot be read, says so and goes on", async () => {
    rmSync(PLACES.object);
    mkdirSync(join(OWN, "odd.yaml"));
    writeFileSync(join(OWN, "torn.yaml"), "a: [ # x");
    const { text, missing } = await parts();
    assert.equal(text.get("policies/loaded.json"), "null\n");
    assert.match(
      missing.join("\n"),
      /^policies\/own\/odd\.yaml: it is a directory, no regular file$/m,
    );
    assert.match(text.get("policies/own/torn.yaml")!, /no YAML, so it is left out/);
    assert.match(
      text.get("README.txt")!,
      /Could not be read:\n(.*\n)* {2}policies\/own\/odd\.yaml/,
    );
    rmSync(join(OWN, "odd.yaml"), { recursive: true });
  });

  test("is a file for root alone, and takes no other's place", async () => {
    load(PLACES);
    const report = await readReport(PLACES);
    const file = join(SCRATCH, "report.tar.gz");
    assert.equal(writeReport(report, file, TIME), file);
    const { mode, uid } = statSync(file);
    assert.deepEqual([mode & 0o7777, uid], [0o600, 0]);
    const listed = tar(["-tzf", file]).trim().split("\n");
    assert.deepEqual(
      listed,
      report.entries.map(({ path }) => `lockc-report-20260301T120000Z/${path}`),
    );
    const before = readFileSync(file);
    const refused = { code: "LOCKC_E_WRITE", message: /it exists already/ };
    assert.throws(() => writeReport(report, file, TIME), refused);
    assert.ok(readFileSync(file).equals(before));
    const link = join(SCRATCH, "link.tar.gz");
    symlinkSync(join(SCRATCH, "elsewhere"), link);
    assert.throws(() => writeReport(report, link, TIME), refused);
    assert.ok(!existsSync(join(SCRATCH, "elsewhere")));
    assert.throws(() => writeReport(report, "/dev/full/x", TIME), { code: "LOCKC_E_WRITE" });
    rmSync(file);
  });

  test("is for root, and its help says what goes in", async () => {
    process.seteuid!(65534);
    try {
      await assert.rejects(readReport(PLACES), { code: "LOCKC_E_PRIVILEGE" });
    } finally {
      process.seteuid!(0);
    }
    const { explanation } = VERBS.report!;
    for (const word of ["versions", "events", "policies", "Not in it", "Needs root"]) {
      assert.ok(explanation.includes(word), word);
    }
  });
});
