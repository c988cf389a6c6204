// SPDX-License-Identifier: Apache-2.0
/** Variables that steer a hook; what the policy says of them is in admission.test.ts. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PLACES, STEERING, steers } from "../../../core/rule/steering.ts";

test("what an image needs steers nothing", () => {
  for (const variable of [
    "LANG=C.UTF-8",
    "TERM=xterm",
    "TZ=Europe/Berlin",
    "NODE_VERSION=22",
    "NODE_ENV=production",
    "JAVA_HOME=/opt/java",
    "NVIDIA_VISIBLE_DEVICES=all",
    "CUDA_VERSION=12",
    "OLD_LD_PRELOAD=x",
    "ld_preload=x",
    "LD_PRELOAD=",
    "LD_PRELOAD",
    "=LD_PRELOAD",
    "",
  ]) {
    assert.equal(steers(variable), undefined, variable);
  }
});

test("what glibc takes from set-user-ID programs steers, but for limits of malloc", () => {
  // sysdeps/generic/unsecvars.h
  for (const name of "GCONV_PATH GETCONF_DIR GLIBC_TUNABLES HOSTALIASES LD_AUDIT LD_BIND_NOT LD_BIND_NOW LD_DEBUG LD_DEBUG_OUTPUT LD_DYNAMIC_WEAK LD_HWCAP_MASK LD_LIBRARY_PATH LD_ORIGIN_PATH LD_PRELOAD LD_PROFILE LD_SHOW_AUXV LD_USE_LOAD_BIAS LOCALDOMAIN LOCPATH MALLOC_TRACE NIS_PATH NLSPATH RESOLV_HOST_CONF RES_OPTIONS TMPDIR TZDIR".split(
    " ",
  )) {
    assert.equal(steers(`${name}=x`)?.name, name);
  }
});

test("an exported function of bash steers", () => {
  assert.deepEqual(steers("BASH_FUNC_ldconfig%%=() { id; }"), { name: "BASH_FUNC_ldconfig%%" });
});

test("of places each counts", () => {
  assert.deepEqual(steers("PATH=/a:b::/c"), { name: "PATH", places: ["/a", "b", "", "/c"] });
  assert.deepEqual(steers("PATH="), { name: "PATH", places: [""] });
  assert.equal(steers("HOME="), undefined);
});

test("the documents have each of them", () => {
  const text = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");
  for (const [who, names] of Object.entries(STEERING)) {
    assert.ok(text.includes(`| ${who} | ${names.join(", ").replaceAll("*", "\\*")} |`), who);
  }
  const last = PLACES.at(-1);
  const places = `${PLACES.slice(0, -1).join(", ")} and ${last}`;
  assert.ok(text.replaceAll("\n", " ").includes(places));
});
