// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { LockcError } from "../../../core/errors.ts";
import { LOCKC_DOCUMENT_SIZE, POLICY } from "../../../core/generated/layout.ts";
import { decode } from "../../../core/kernel/record.ts";
import type { Places } from "../../../ctl/host/places.ts";
import { compile } from "../../../ctl/policy/compile.ts";
import { compileImage } from "../../../ctl/policy/image.ts";
import { DEFAULT_SETTINGS, readSettings } from "../../../ctl/policy/settings.ts";
import {
  type Asked,
  readHostFacts,
  readPolicies,
  readPolicyFile,
  readWritten,
  resolveWritten,
} from "../../../ctl/policy/sources.ts";

const TOP = join(import.meta.dirname, "../../..");
const BUILT_IN = join(TOP, "policy");
const SCRATCH = mkdtempSync(join(tmpdir(), "lockc-sources-"));
const PLACES: Places = {
  object: "/none",
  policies: [join(SCRATCH, "builtin"), join(SCRATCH, "etc")],
  settings: join(SCRATCH, "lockc.yaml"),
  runtime: "/none",
  lock: "/none",
  entrances: [],
  docker: "/none",
  bpffs: "/none",
  pins: "/none",
};
const [BUILTIN, OWN] = PLACES.policies as [string, string];

/** A host that has no runtime and no engine. */
const NOTHING: Asked = {
  unsafeAnnotations: () => [],
  engineRoots: () => ({ roots: [], faults: [] }),
};

after(() => rmSync(SCRATCH, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(SCRATCH, { recursive: true, force: true });
  for (const folder of PLACES.policies) mkdirSync(folder, { recursive: true });
});

const write = (file: string, text: string) => writeFileSync(file, text);
const policy = (folder: string, name: string, rest = "", file = `${name}.yaml`) =>
  write(join(folder, file), `name: ${name}\ndescription: ${name}.\n${rest}`);

function refusal(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof LockcError && error.code === "LOCKC_E_SETTINGS", String(error));
    return [error.message.replaceAll(`${SCRATCH}/`, ""), error.hint];
  }
  return assert.fail("it was accepted");
}

describe("directories of policies", () => {
  const names = () => readPolicies(PLACES.policies).map(({ name, file }) => [name, file]);

  test("each .yaml and .yml is a policy, and nothing else is", () => {
    policy(BUILTIN, "a");
    policy(OWN, "b", "", "b.yml");
    policy(OWN, "c", "", "c.yaml.bak");
    policy(OWN, "d", "", "d");
    mkdirSync(join(OWN, "examples"));
    policy(join(OWN, "examples"), "e");
    assert.deepEqual(names(), [
      ["a", join(BUILTIN, "a.yaml")],
      ["b", join(OWN, "b.yml")],
    ]);
  });

  test("a directory that does not exist has no policies; one that is none is told", () => {
    rmSync(OWN, { recursive: true });
    assert.deepEqual(names(), []);
    write(OWN, "");
    assert.deepEqual(refusal(names), [
      "etc: it cannot be read (ENOTDIR)",
      "see its owner, mode and kind (ls -ld)",
    ]);
  });

  test("an administrator's policy takes the place of the built-in one, and may build on it", () => {
    policy(BUILTIN, "web", "bpf: { allow: false }");
    policy(OWN, "web", "extends: web\nmounting: { allow: false }");
    const [web, ...others] = readPolicies(PLACES.policies);
    assert.equal(others.length, 0);
    assert.deepEqual([web!.rules.bpf.value, web!.rules.mounting.value], [false, false]);
    assert.deepEqual(web!.extends, ["web"]);
  });

  test("one policy in two files of a directory is refused, in two directories it is not", () => {
    policy(OWN, "web");
    policy(OWN, "web", "", "web.yml");
    assert.deepEqual(refusal(names), [
      'etc/web.yml: policy "web" is in web.yaml already',
      "remove one of them",
    ]);
    rmSync(join(OWN, "web.yml"));
    policy(BUILTIN, "web", "", "web.yml");
    assert.equal(names().length, 1);
  });

  test("a policy must have its file's name", () => {
    policy(OWN, "web", "", "shop.yaml");
    assert.deepEqual(refusal(names), [
      'etc/shop.yaml:1:1: name: "web" is not the file\'s, "shop"',
      "name the file and the policy alike",
    ]);
  });

  test("what cannot be read is told by its name, a link to a policy is one", () => {
    mkdirSync(join(OWN, "web.yaml"));
    assert.deepEqual(refusal(names)[0], "etc/web.yaml: it is a directory, no regular file");
    rmSync(join(OWN, "web.yaml"), { recursive: true });
    symlinkSync("nowhere", join(OWN, "web.yaml"));
    assert.deepEqual(refusal(names), ["etc/web.yaml: it does not exist", "correct the path"]);
    rmSync(join(OWN, "web.yaml"));
    policy(SCRATCH, "web");
    symlinkSync("../web.yaml", join(OWN, "web.yaml"));
    assert.equal(names().length, 1);
  });

  for (const [filesystem, outer, inner] of [
    ["proc", "/proc/kcore", "/kcore"],
    ["proc", "/proc", "/"],
    ["sysfs", "/sys/firmware", "/firmware"],
    ["cgroup2", "/sys/fs/cgroup/system.slice", "/system.slice"],
    ["devtmpfs", "/dev", "/"],
  ]) {
    for (const key of ["restrict", "add"]) {
      test(`pseudoFiles.${key}: ${outer} of ${filesystem} is refused and ${inner} is offered`, () => {
        const rules = (path: string) =>
          `extends: base\npseudoFiles:\n  ${key}:\n    - { filesystem: ${filesystem}, path: ${path}, access: none }\n`;
        policy(OWN, "web", rules(outer!));
        assert.deepEqual(
          refusal(() => readPolicyFile(join(OWN, "web.yaml"))),
          [
            `etc/web.yaml:6:${filesystem!.length + 23}: pseudoFiles.${key}[0].path: "${outer}" is meant inside ${filesystem}, which has no such file`,
            `write "${inner}"`,
          ],
        );
        policy(OWN, "web", rules(inner!));
        readPolicyFile(join(OWN, "web.yaml"));
      });
    }
  }

  test("a process's directory is none of the names anywhere below a path", () => {
    const rule = (path: string) =>
      `pseudoFiles: { restrict: [{ filesystem: proc, path: ${path}, access: none }] }`;
    policy(OWN, "web", rule("/**/self"));
    assert.deepEqual(
      refusal(() => readPolicyFile(join(OWN, "web.yaml"))),
      [
        'etc/web.yaml:3:47: pseudoFiles.restrict[0].path: "/**/self" stands for no process\'s directory, which is only found as /self',
        'write "/self"',
      ],
    );
    policy(OWN, "web", rule("/**/statm"));
    readPolicyFile(join(OWN, "web.yaml"));
  });

  test("only of cgroup v2 can a part be the container's own", () => {
    const rule = (filesystem: string) =>
      `pseudoFiles: { restrict: [{ filesystem: ${filesystem}, path: /, access: own-cgroup }] }`;
    policy(OWN, "web", rule("cgroup"));
    assert.deepEqual(
      refusal(() => readPolicyFile(join(OWN, "web.yaml"))),
      [
        "etc/web.yaml:3:58: pseudoFiles.restrict[0].access: only cgroup2 has cgroups whose owner the kernel can tell",
        'write "read-only"',
      ],
    );
    policy(OWN, "web", rule("cgroup2"));
    readPolicyFile(join(OWN, "web.yaml"));
  });

  test("proc has a directory called sys, and names that only begin like proc are others", () => {
    const list = ["proc, path: /sys/kernel", "proc, path: /process", "sysfs, path: /system"];
    const items = list.map((item) => `  - { filesystem: ${item}, access: none }\n`).join("");
    policy(OWN, "web", `pseudoFiles:\n  restrict:\n${items}`);
    readPolicyFile(join(OWN, "web.yaml"));
  });
});

describe("settings", () => {
  const BUILT_INS = readPolicies([BUILT_IN]).map(compile);
  const read = (text: string) => {
    write(PLACES.settings, text);
    return readSettings(PLACES.settings, BUILT_INS);
  };
  const said = (text: string) => refusal(() => read(text));

  test("without a file everything has its default, unless a file is asked for", () => {
    rmSync(PLACES.settings, { force: true });
    assert.deepEqual(readSettings(PLACES.settings, BUILT_INS), {});
    const asked = () => readSettings(PLACES.settings, BUILT_INS, { mustExist: true });
    assert.deepEqual(refusal(asked), ["lockc.yaml: it does not exist", "correct the path"]);
    write(PLACES.settings, "");
    assert.deepEqual(asked(), {});
  });

  const names: Record<string, [wrong: string, said: string, right: string]> = {
    "a default that no policy has": [
      "defaultPolicy: basline",
      '1:1: defaultPolicy: no policy is called "basline"; did you mean "baseline"?',
      "defaultPolicy: baseline",
    ],
    "a floor that resembles none": [
      "\nfloor: x",
      '2:1: floor: no policy is called "x"; there are baseline, offline, privileged, restricted',
      "\nfloor: privileged",
    ],
    "an engine's ceiling that no policy has": [
      "engines:\n  docker:\n    ceiling: restrictd",
      '3:5: engines.docker.ceiling: no policy is called "restrictd"; did you mean "restricted"?',
      "engines:\n  docker:\n    ceiling: restricted",
    ],
    "a request for a policy that no policy has": [
      'requests: { also: ["team-*", ofline] }',
      '1:30: requests.also[1]: no policy is called "ofline"; did you mean "offline"?',
      'requests: { also: ["team-*", offline] }',
    ],
    "a namespace's request for one": [
      "namespaces: { shop: { requests: { tighten: false, also: [shop] } } }",
      '1:58: namespaces.shop.requests.also[0]: no policy is called "shop"; there are baseline, offline, privileged, restricted',
      "namespaces: { shop: { requests: { tighten: false, also: [privileged] } } }",
    ],
    "a namespace's default that no policy has": [
      'namespaces:\n  "team-*": { defaultPolicy: ofline }',
      '2:15: namespaces.team-*.defaultPolicy: no policy is called "ofline"; did you mean "offline"?',
      'namespaces:\n  "team-*": { defaultPolicy: offline }',
    ],
  };
  for (const [what, [wrong, message, right]] of Object.entries(names)) {
    test(`${what} is answered with ${message}`, () => {
      assert.deepEqual(said(wrong), [`lockc.yaml:${message}`, "correct the file and try again"]);
      read(right);
    });
  }

  const at =
    "(at capabilities, hostPaths, seccomp, maskedPaths, readonlyPaths, nonRoot and 4 more)";
  const bounds: Record<string, [wrong: string, said: string, right: string]> = {
    "a default below the floor": [
      "floor: baseline\ndefaultPolicy: privileged",
      '2:1: defaultPolicy: "privileged" is looser than the floor "baseline" (at privileged, hostNamespaces, capabilities, hostPaths, engineSockets, mountTypes and 28 more)',
      "floor: baseline\ndefaultPolicy: restricted",
    ],
    "a default above the ceiling": [
      "defaultPolicy: restricted\nceiling: baseline",
      `1:1: defaultPolicy: "restricted" is stricter than the ceiling "baseline" ${at}`,
      "defaultPolicy: restricted\nceiling: restricted",
    ],
    "a floor above the default that is not written": [
      "requests: any\nfloor: restricted",
      `2:1: floor: the default policy "baseline" is looser than "restricted" ${at}`,
      "defaultPolicy: restricted\nfloor: restricted",
    ],
    "a ceiling below the default that is not written": [
      "ceiling: privileged",
      '1:1: ceiling: the default policy "baseline" is stricter than "privileged" (at privileged, hostNamespaces, capabilities, hostPaths, engineSockets, mountTypes and 28 more)',
      "ceiling: privileged\ndefaultPolicy: privileged",
    ],
    "an engine's floor above the host's default": [
      "engines: { docker: { floor: restricted } }",
      `1:22: engines.docker.floor: the default policy "baseline" is looser than "restricted" ${at}`,
      "engines: { docker: { floor: restricted, defaultPolicy: restricted } }",
    ],
    "an engine's default below the host's floor": [
      "floor: baseline\nengines: { docker: { defaultPolicy: privileged } }",
      '2:22: engines.docker.defaultPolicy: "privileged" is looser than the floor "baseline" (at privileged, hostNamespaces, capabilities, hostPaths, engineSockets, mountTypes and 28 more)',
      "floor: baseline\nengines: { docker: { defaultPolicy: privileged, floor: privileged } }",
    ],
    "a namespace's default below the floor of Kubernetes": [
      "engines: { kubernetes: { floor: baseline } }\nnamespaces: { kube-system: { defaultPolicy: privileged } }",
      '2:30: namespaces.kube-system.defaultPolicy: "privileged" is looser than the floor "baseline" (at privileged, hostNamespaces, capabilities, hostPaths, engineSockets, mountTypes and 28 more)',
      "engines: { docker: { floor: baseline } }\nnamespaces: { kube-system: { defaultPolicy: privileged } }",
    ],
    "a floor and a ceiling that leave nothing between them": [
      "floor: restricted\nceiling: baseline\ndefaultPolicy: restricted",
      `3:1: defaultPolicy: "restricted" is stricter than the ceiling "baseline" ${at}`,
      "floor: baseline\nceiling: restricted\ndefaultPolicy: restricted",
    ],
  };
  for (const [what, [wrong, message, right]] of Object.entries(bounds)) {
    test(`${what} is refused: ${message}`, () => {
      assert.equal(said(wrong)[0], `lockc.yaml:${message}`);
      read(right);
    });
  }

  test("what the installed lockc.yaml shows is what holds without it", () => {
    const text = readFileSync(join(TOP, "etc/lockc.yaml"), "utf8");
    assert.deepEqual(read(text), {});
    const shown = read(text.replace(/^#(?=\w| {2}- )/gm, ""));
    const { runtime, engineRoots, ...rest } = shown;
    assert.deepEqual(engineRoots, []);
    assert.match(runtime!, /^\/usr\/s?bin\/runc$/);
    assert.deepEqual({ ...DEFAULT_SETTINGS, ...rest }, DEFAULT_SETTINGS);
    assert.ok(Object.keys(rest).length >= 3);
  });
});

describe("everything that a load writes", () => {
  const read = (places: Places = PLACES, asked: Asked = NOTHING) => {
    const resolved = resolveWritten(readWritten(places));
    const host = readHostFacts(resolved, asked);
    const image = compileImage(resolved, host, { object: "0".repeat(64), binaries: [] });
    return { ...resolved, ...host, image };
  };

  test("policies that share a list of pseudo files share its elements", () => {
    const kcore = "pseudoFiles: { restrict: [{ filesystem: proc, path: /kcore, access: none }] }";
    policy(BUILTIN, "baseline", kcore);
    for (const name of ["a", "b", "c"]) policy(OWN, name, "extends: baseline");
    assert.equal(read().image.pseudo.length, 1);
    policy(OWN, "d", kcore.replace("none", "read-only"));
    const { image, policies } = read();
    assert.deepEqual([image.pseudo.length, image.policies.length], [2, 5]);
    assert.deepEqual(
      policies.map(({ name }) => name),
      ["a", "b", "baseline", "c", "d"],
    );
  });

  test("devices by path are those that the host has now; what is none is told", () => {
    const path = (name: string) => `{ path: ${name}, access: rw }`;
    policy(
      BUILTIN,
      "baseline",
      `devices: { allow: [${["/dev/null", "/dev/nope", "/etc/passwd", "/dev"].map(path)}] }`,
    );
    policy(OWN, "a", "extends: baseline");
    const { image, nodes, warnings } = read();
    assert.deepEqual([...nodes], [["/dev/null", { type: "c", major: 1, minor: 3 }]]);
    assert.deepEqual(
      warnings.map((text) => /device (\S+),/.exec(text)?.[1]),
      ["/dev/nope", "/etc/passwd", "/dev"],
    );
    assert.equal(image.devices.length, 1);
  });

  test("the runtime of the settings is asked for the annotations it calls unsafe", () => {
    policy(BUILTIN, "baseline");
    write(PLACES.settings, "runtime: /usr/bin/crun");
    const asked: (string | undefined)[] = [];
    const { settings } = read(PLACES, {
      ...NOTHING,
      unsafeAnnotations: (runtime) => {
        asked.push(runtime);
        return ["x.y"];
      },
    });
    assert.deepEqual([asked, settings.unsafeAnnotations], [["/usr/bin/crun"], ["x.y"]]);
    assert.deepEqual(read().settings.unsafeAnnotations, []);
  });

  test("engines' roots are known by each of their names, and what tells of none is a warning", () => {
    policy(BUILTIN, "baseline");
    const real = join(SCRATCH, "real");
    const link = join(SCRATCH, "link");
    mkdirSync(real);
    symlinkSync(real, link);
    write(PLACES.settings, `engineRoots: [${link}/docker]`);
    const { settings, warnings } = read(PLACES, {
      ...NOTHING,
      engineRoots: () => ({ roots: [{ path: link, from: "a file" }], faults: ["x is not JSON"] }),
    });
    for (const path of [real, link, `${real}/docker`, `${link}/docker`, "/var/lib/docker"]) {
      assert.ok(settings.engineRoots.includes(path), path);
    }
    assert.match(warnings.join(), /engines' roots: x is not JSON; .* engineRoots in/);
  });

  test("the built-in policies fit, and leave more than half of their place free", () => {
    const { image } = read({ ...PLACES, policies: [BUILT_IN] });
    assert.ok(image.policies.length >= 4);
    for (const { value } of image.policies) {
      const { size } = decode(POLICY, value);
      assert.ok(size > 0 && size < LOCKC_DOCUMENT_SIZE / 2, `${size} bytes`);
    }
  });
});
