// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { bootParameter, judgeKernel, type KernelFacts } from "../../ctl/kernel.ts";

const DEBIAN: KernelFacts = {
  release: "6.1.0-40-amd64",
  btf: true,
  lsm: ["lockdown", "capability", "landlock", "yama", "apparmor", "tomoyo", "bpf"],
  built: true,
  configured: ["landlock", "lockdown", "yama", "apparmor", "bpf"],
};

test("a kernel with bpf among its security modules is fit", () => {
  assert.deepEqual(judgeKernel(DEBIAN), { bpfLsm: "active" });
});

test("a kernel that did not start bpf gets the exact boot parameter", () => {
  const lsm = ["lockdown", "capability", "landlock", "yama", "apparmor"];
  const { bpfLsm, why, cure } = judgeKernel({ ...DEBIAN, lsm });
  assert.equal(bpfLsm, "inactive");
  assert.match(why!, /6\.1\.0-40-amd64/);
  assert.match(cure!, /boot with lsm=lockdown,landlock,yama,apparmor,bpf \(/);
});

test("capability is not named in the boot parameter, since it always runs", () => {
  assert.equal(bootParameter(["capability", "yama"]), "lsm=yama,bpf");
});

test("where the list cannot be read, the configuration decides what is certain", () => {
  const unread = { ...DEBIAN, lsm: undefined };
  assert.equal(judgeKernel(unread).bpfLsm, "unknown");
  assert.equal(judgeKernel({ ...unread, configured: ["yama"] }).bpfLsm, "inactive");
  assert.equal(judgeKernel({ ...unread, configured: undefined }).bpfLsm, "unknown");
});

test("a kernel built without BPF LSM is told apart from one that did not start it", () => {
  const { bpfLsm, cure } = judgeKernel({ ...DEBIAN, built: false, lsm: ["yama"] });
  assert.equal(bpfLsm, "not built");
  assert.doesNotMatch(cure!, /lsm=/);
});

test("a kernel without BTF is unfit even with bpf active", () => {
  const { why, cure } = judgeKernel({ ...DEBIAN, btf: false });
  assert.match(why!, /BTF/);
  assert.match(cure!, /CONFIG_DEBUG_INFO_BTF/);
});
