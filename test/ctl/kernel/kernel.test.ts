// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bootParameter,
  judgeKernel,
  type KernelFacts,
  type Preemption,
  type PreemptionFacts,
  preemptionOf,
  whyUnsound,
} from "../../../ctl/kernel/probe.ts";
import { hookFinder } from "../../../ctl/kernel/programs.ts";

const DEBIAN: KernelFacts = {
  release: "6.1.0-40-amd64",
  btf: true,
  lsm: ["lockdown", "capability", "landlock", "yama", "apparmor", "tomoyo", "bpf"],
  built: true,
  configured: ["landlock", "lockdown", "yama", "apparmor", "bpf"],
  preemption: {
    version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)",
    mode: "voluntary",
    parameter: undefined,
    built: "voluntary",
  },
  lto: false,
};
const NO_BPF: KernelFacts = {
  ...DEBIAN,
  lsm: ["lockdown", "capability", "landlock", "yama", "apparmor"],
};
/** The same with other facts of preemption. */
const preempting = (facts: Partial<PreemptionFacts>, kernel = NO_BPF): KernelFacts => ({
  ...kernel,
  preemption: { ...kernel.preemption, ...facts },
});

test("a kernel with bpf among its security modules is fit", () => {
  assert.deepEqual(judgeKernel(DEBIAN), { bpfLsm: "active", attach: "lsm" });
});

test("a kernel that did not start bpf gets the exact boot parameter", () => {
  const { bpfLsm, attach, why, remedy } = judgeKernel(preempting({ mode: "full" }));
  assert.equal(attach, undefined);
  assert.equal(bpfLsm, "inactive");
  assert.match(why!, /6\.1\.0-40-amd64/);
  assert.match(remedy!, /boot with lsm=lockdown,landlock,yama,apparmor,bpf \(/);
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
  const { bpfLsm, remedy } = judgeKernel({ ...DEBIAN, built: false, lsm: ["yama"] });
  assert.equal(bpfLsm, "not built");
  assert.doesNotMatch(remedy!, /lsm=/);
});

test("a kernel without BTF is unfit even with bpf active", () => {
  const { why, remedy } = judgeKernel({ ...DEBIAN, btf: false });
  assert.match(why!, /BTF/);
  assert.match(remedy!, /CONFIG_DEBUG_INFO_BTF/);
});

test("which mode of preemption is in force", () => {
  const dynamic = "#1 SMP PREEMPT_DYNAMIC Debian";
  const rows: readonly [Preemption, Partial<PreemptionFacts>][] = [
    ["none", { version: "#1 SMP Debian 5.10.0", built: "none" }],
    ["none", { version: "#1 SMP Debian 5.10.0", built: "voluntary" }],
    ["none", { version: "#1 SMP" }],
    ["full", { version: "#1 SMP", built: "full" }],
    ["full", { version: "#1 SMP PREEMPT Fri Jan 1", built: "full" }],
    ["full", { version: "#1 SMP PREEMPT Fri Jan 1" }],
    ["lazy", { version: "#1 SMP PREEMPT Fri Jan 1", built: "lazy" }],
    ["rt", { version: "#1 SMP PREEMPT_RT Debian", built: "full" }],
    ["rt", { version: "#1 SMP PREEMPT_RT Debian", mode: "none" }],
    ["rt", { version: dynamic, mode: "none", built: "rt" }],
    // What is in force is more than how it was booted.
    ["voluntary", { version: dynamic, mode: "voluntary", built: "full", parameter: "full" }],
    ["full", { version: dynamic, mode: "full", built: "voluntary" }],
    ["lazy", { version: dynamic, mode: "lazy", built: "voluntary", parameter: "none" }],
    ["unknown", { version: dynamic, mode: "odd", built: "voluntary" }],
    ["unknown", { version: dynamic, mode: "unknown", built: "voluntary" }],
    // Where that cannot be read.
    ["voluntary", { version: dynamic, built: "voluntary" }],
    ["none", { version: dynamic, built: "voluntary", parameter: "none" }],
    ["full", { version: dynamic, built: "voluntary", parameter: "full" }],
    ["unknown", { version: dynamic, built: "voluntary", parameter: "odd" }],
    ["full", { version: dynamic, built: "full" }],
    ["lazy", { version: dynamic, built: "lazy" }],
    ["full", { version: dynamic, parameter: "full" }],
    ["unknown", { version: dynamic }],
    ["unknown", { version: dynamic, parameter: "none" }],
    // From 7.0 on the parameter is not known there, and the kernel stays as it was built.
    ["unknown", { version: dynamic, built: "lazy", parameter: "none" }],
    ["unknown", { version: dynamic, built: "full", parameter: "voluntary" }],
  ];
  for (const [expected, facts] of rows) {
    const all = { version: "", mode: undefined, parameter: undefined, built: undefined, ...facts };
    assert.equal(preemptionOf(all), expected, JSON.stringify(facts));
  }
});

test("how the programs are attached: settings and kernel → verdict", () => {
  const lazy = preempting({ mode: "lazy" });
  const rows = [
    ["auto", DEBIAN, "lsm"],
    ["lsm", DEBIAN, "lsm"],
    ["fmod_ret", DEBIAN, "fmod_ret"],
    ["auto", preempting({ mode: "full" }, DEBIAN), /before 6\.2 .* preempted \(full\)/],
    ["lsm", preempting({ mode: "full" }, DEBIAN), /before 6\.2 .* preempted \(full\)/],
    ["auto", preempting({ version: "#1 SMP PREEMPT_RT" }, DEBIAN), /preempted \(rt\)/],
    ["auto", preempting({ mode: "odd" }, DEBIAN), /before 6\.2 .* cannot be told/],
    ["auto", preempting({ mode: "full" }, { ...DEBIAN, release: "6.2.0" }), "lsm"],
    ["lsm", preempting({ mode: "full" }, { ...DEBIAN, release: "7.0.3-1" }), "lsm"],
    ["fmod_ret", preempting({ mode: "full" }, DEBIAN), /preempted \(full\)/],
    ["auto", NO_BPF, "fmod_ret"],
    ["fmod_ret", NO_BPF, "fmod_ret"],
    ["lsm", NO_BPF, /settings say attach: lsm/],
    ["auto", preempting({ mode: "none" }), "fmod_ret"],
    ["auto", lazy, /did not start the security module "bpf", .* preempted \(lazy\)/],
    ["fmod_ret", lazy, /preempted \(lazy\)/],
    ["auto", preempting({ version: "#1 SMP PREEMPT_RT" }), /preempted \(rt\)/],
    ["auto", preempting({ mode: undefined, built: undefined }), /cannot be told/],
    ["auto", { ...NO_BPF, lto: true }, /was linked with CONFIG_LTO_CLANG/],
    ["auto", { ...NO_BPF, lto: undefined }, /may have been linked with CONFIG_LTO_CLANG/],
    ["auto", { ...NO_BPF, btf: false }, /no BTF/],
    ["fmod_ret", { ...NO_BPF, built: false }, /without CONFIG_BPF_LSM/],
    ["auto", { ...DEBIAN, lsm: undefined }, "lsm"],
    ["auto", { ...NO_BPF, lsm: undefined, configured: ["yama"] }, "fmod_ret"],
  ] as const;
  for (const [wanted, facts, expected] of rows) {
    const { attach, why, remedy } = judgeKernel(facts, wanted);
    if (typeof expected === "string") {
      assert.deepEqual([attach, why], [expected, undefined], JSON.stringify([wanted, facts]));
    } else {
      assert.equal(attach, undefined, JSON.stringify([wanted, facts]));
      assert.match(why!, expected);
      assert.ok(remedy);
    }
  }
});

test("programs that hold by fmod_ret no longer do when the mode changes under them", () => {
  assert.equal(whyUnsound(NO_BPF, "fmod_ret"), undefined);
  assert.match(whyUnsound(preempting({ mode: "full" }), "fmod_ret")!, /skipped now and then/);
});

test("programs attached by lsm no longer hold before 6.2 when the mode changes under them", () => {
  assert.equal(whyUnsound(DEBIAN, "lsm"), undefined);
  const full = preempting({ mode: "full" }, DEBIAN);
  assert.match(whyUnsound(full, "lsm")!, /not be told now and then which container/);
  for (const release of ["6.2.0", "6.12.9-amd64", "7.0-rc1"]) {
    assert.equal(whyUnsound({ ...full, release }, "lsm"), undefined);
  }
});

test("a hook is one that the kernel's BTF names, whole", () => {
  const hasHook = hookFinder();
  assert.deepEqual(["file_open", "file_ope", "ile_open", "none"].map(hasHook), [
    ...[true, false, false, false],
  ]);
});
