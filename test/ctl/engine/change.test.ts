// SPDX-License-Identifier: Apache-2.0
/** Registering in files below a directory that stands for the host's root. */
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  type Chosen,
  ENGINES,
  planRegister,
  planUnregister,
  registerAs,
  unregisterAs,
} from "../../../ctl/engine/change.ts";
import type { EngineWord } from "../../../ctl/engine/registration.ts";
import { formatEngineReport, reportOf } from "../../../ctl/engine/report.ts";
import { engineOf } from "../../../ctl/engine/words.ts";
import { parseCommandLine } from "../../../ctl/grammar/parse.ts";

const LAUNCHER = "/usr/bin/lockc-runc";
const LOCKC: Chosen = { runtime: undefined, policy: undefined };
const LINK = "/usr/bin/lockc-runc-shop";
const SHOP: Chosen = { runtime: undefined, policy: "shop" };

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "lockc-register-"));
  mkdirSync(join(base, "usr/bin"), { recursive: true });
});
afterEach(() => rmSync(base, { recursive: true }));

const at = (path: string) => join(base, path);
const read = (path: string) => readFileSync(at(path), "utf8");
function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

function register(word: EngineWord, chosen = LOCKC, isDefault = false) {
  const change = planRegister(ENGINES[word], chosen, isDefault, LAUNCHER, base);
  registerAs(change, base);
  return reportOf(change, "registered", false);
}

function unregister(word: EngineWord, chosen = LOCKC) {
  const change = planUnregister(ENGINES[word], chosen, LAUNCHER, base);
  unregisterAs(change, base);
  return reportOf(change, "taken out", false);
}

const inventory = () =>
  readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [path, existsSync(path) ? readFileSync(path, "utf8") : readlinkSync(path)]);

const FILES: Readonly<Record<EngineWord, string>> = {
  docker: '{\n\t"debug": true\n}\n',
  containerd:
    'version = 3\n[plugins."io.containerd.cri.v1.runtime".containerd]\n  snapshotter = "x" # y\n',
  podman: "# mine\n",
  crio: "# mine\n",
};

for (const word of Object.keys(FILES) as EngineWord[]) {
  describe(word, () => {
    const { file } = ENGINES[word];
    // Not among drop-ins, where CRI-O would read it.
    const backup = `${file.replace(/[^/]+\.d\//, "")}.lockc-backup`;

    test("what was registered, with a link for its policy, goes to the last file and byte", () => {
      for (const there of [false, true]) {
        if (there) write(file, FILES[word]);
        const clean = inventory();
        register(word);
        const { links } = register(word, SHOP);
        assert.deepEqual(links, [LINK]);
        assert.equal(readlinkSync(at(LINK)), "./lockc-runc");
        assert.equal(existsSync(at(backup)), there);
        if (there) assert.equal(read(backup), FILES[word]);
        assert.equal(register(word).changed, false);
        assert.deepEqual(unregister(word, SHOP).links, links);
        assert.deepEqual(unregister(word).runtimes, [{ name: "lockc" }]);
        assert.deepEqual(inventory(), clean);
        assert.deepEqual(unregister(word).runtimes, [], "twice is once");
      }
    });

    test("a plan alone changes nothing", () => {
      write(file, FILES[word]);
      const clean = inventory();
      const change = planRegister(ENGINES[word], SHOP, true, LAUNCHER, base);
      const text = formatEngineReport(reportOf(change, "would register", true));
      assert.match(
        text,
        /^--- .*\n\+\+\+ .*\n[\s\S]*\+.*lockc-runc-shop[\s\S]*would register: lockc-shop\n/,
      );
      assert.match(text, /would be made: the link \/usr\/bin\/lockc-runc-shop/);
      assert.deepEqual(inventory(), clean);
    });

    test("a file that is not valid is left alone, and no link made", () => {
      write(file, "= {");
      const clean = inventory();
      assert.throws(() => register(word, SHOP), { code: "LOCKC_E_ENGINE" });
      assert.throws(() => unregister(word), { code: "LOCKC_E_ENGINE" });
      assert.deepEqual(inventory(), clean);
    });

    test("bytes that are no text, and what is no file, are left alone", () => {
      mkdirSync(dirname(at(file)), { recursive: true });
      writeFileSync(at(file), Buffer.from([0xff, 0xfe, 0x0a]));
      assert.throws(() => register(word), /it is not UTF-8/);
      rmSync(at(file));
      mkdirSync(at(file));
      assert.throws(() => register(word), { code: "LOCKC_E_ENGINE" });
    });
  });
}

test("mode and links of a file stay", () => {
  write("/srv/daemon.json", FILES.docker);
  chmodSync(at("/srv/daemon.json"), 0o640);
  mkdirSync(at("/etc/docker"), { recursive: true });
  symlinkSync("../../srv/daemon.json", at("/etc/docker/daemon.json"));
  register("docker");
  assert.equal(readlinkSync(at("/etc/docker/daemon.json")), "../../srv/daemon.json");
  assert.equal(statSync(at("/srv/daemon.json")).mode & 0o777, 0o640);
  unregister("docker");
  assert.equal(read("/srv/daemon.json"), FILES.docker);
});

test("what somebody wrote after lockc came stays, and the backup of before with it", () => {
  write("/etc/containerd/config.toml", FILES.containerd);
  register("containerd");
  const changed = `${read("/etc/containerd/config.toml")}\n[debug]\nlevel = "debug"\n`;
  write("/etc/containerd/config.toml", changed);
  unregister("containerd");
  assert.equal(
    read("/etc/containerd/config.toml"),
    `${FILES.containerd}\n[debug]\nlevel = "debug"\n`,
  );
  assert.equal(read("/etc/containerd/config.toml.lockc-backup"), FILES.containerd);
});

test("a link that lockctl did not make, or that another engine names, stays", () => {
  symlinkSync("lockc-runc", at("/usr/bin/lockc-runc-shop"));
  assert.deepEqual(register("podman", SHOP).links, []);
  assert.deepEqual(unregister("podman", SHOP).links, []);
  assert.equal(readlinkSync(at("/usr/bin/lockc-runc-shop")), "lockc-runc");
  rmSync(at("/usr/bin/lockc-runc-shop"));
  register("podman", SHOP);
  register("docker", SHOP);
  assert.deepEqual(unregister("podman").links, []);
  register("docker", { runtime: "own", policy: "own" });
  assert.deepEqual(unregister("docker").links, [LINK, "/usr/bin/lockc-runc-own"]);
});

test("what is in the link's place, and names that are no runtime of lockc's, are refused", () => {
  write("/usr/bin/lockc-runc-shop", "x");
  assert.throws(() => register("docker", SHOP), /it is no link to lockc-runc/);
  for (const runtime of ["runc", "", "a b", "-x", "../x"]) {
    assert.throws(() => register("docker", { runtime, policy: undefined }), {
      code: "LOCKC_E_USAGE",
    });
  }
  assert.throws(() => engineOf("dokcer"), /docker, containerd, podman or crio/);
  assert.equal(engineOf("CRI-O"), "crio");
});

test("the command line", () => {
  const words = "engine register docker --policy shop --default --dry-run".split(" ");
  assert.deepEqual(parseCommandLine(words), {
    kind: "verb",
    name: "engine register",
    request: [
      {
        "runtime-name": undefined,
        policy: "shop",
        default: true,
        "dry-run": true,
        json: false,
      },
      ["docker"],
    ],
  });
  assert.throws(() => parseCommandLine(["engine", "unregister", "docker", "--default"]), {
    code: "LOCKC_E_USAGE",
  });
});
