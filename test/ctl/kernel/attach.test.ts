// SPDX-License-Identifier: Apache-2.0
/** Whether programs can be attached to functions: each hook on each kernel. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Rule } from "../../../core/generated/layout.ts";
import { openObject } from "../../../ctl/ffi/libbpf.ts";
import {
  type Attach,
  isNeeded,
  planTargets,
  SIGNATURE_PREFIXES,
} from "../../../ctl/kernel/attach.ts";
import { readSignatures, type Signature } from "../../../ctl/kernel/btf.ts";
import { compileBpf, compileKernelHalf } from "../../../tool/compile-bpf.ts";
import { requireTools } from "../../../tool/run.ts";

const folder = mkdtempSync(join(tmpdir(), "lockc-attach-"));
after(() => rmSync(folder, { recursive: true }));

/** Kernel → its hooks and functions, as tool/signatures.ts found them. */
function readFixture(): ReadonlyMap<string, ReadonlyMap<string, Signature>> {
  const text = readFileSync(join(import.meta.dirname, "../../fixtures/signatures.txt"), "utf8");
  const kernels = new Map<string, Map<string, Signature>>();
  for (const line of text.trimEnd().split("\n")) {
    const [, having, name, returns, takes] = /^(\S+) (\w+): (.*?)\((.*)\)$/.exec(line)!;
    for (const kernel of having!.split(",")) {
      if (!kernels.has(kernel)) kernels.set(kernel, new Map());
      const signature = { returns: returns!, takes: takes === "" ? [] : takes!.split(", ") };
      kernels.get(kernel)!.set(name!, signature);
    }
  }
  return kernels;
}
const KERNELS = readFixture();

function sectionsOf(
  file: string,
  signatures?: ReadonlyMap<string, Signature>,
): ReadonlyMap<string, string> {
  using object = openObject(file, (hook) =>
    (signatures?.has(`bpf_lsm_${hook}`) ?? true) ? "wanted" : "lacking",
  );
  return object.sections;
}

/** One program, on a kernel whose hook and function are as given. */
function plan(section: string, signatures: Record<string, Signature> = {}) {
  return planTargets(new Map([["it", section]]), new Map(Object.entries(signatures))).get("it");
}
const FILE: Signature = { returns: "int", takes: ["struct file *"] };

describe("programs attached by fmod_ret", () => {
  const object = join(folder, "lockc.bpf.o");
  compileKernelHalf(object);

  for (const [kernel, signatures] of KERNELS) {
    test(`every program has its function on ${kernel}`, () => {
      const sections = sectionsOf(object, signatures);
      const targets = planTargets(sections, signatures);
      const hooks = [...sections].filter(([, section]) => section.startsWith("lsm"));
      assert.deepEqual(
        [...targets.keys()],
        hooks.map(([program]) => program),
      );
      assert.ok(targets.size > 30);
      assert.deepEqual(targets.get("lockc_bprm_committing_creds"), {
        function: "security_bprm_committing_creds",
        answers: false,
      });
      assert.deepEqual(targets.get("lockc_userns_create"), {
        function: "security_create_user_ns",
        answers: true,
      });
    });

    test(`a hook that gets other arguments than its function is refused on ${kernel}`, () => {
      const one = (hook: string) => planTargets(new Map([["it", `lsm/${hook}`]]), signatures);
      const refused = /"it" cannot be attached by fmod_ret: .*inode_rename/;
      assert.throws(() => one("inode_rename"), refused);
      assert.equal(one("file_mprotect").size, 1);
      // The programs for these know what the functions take, and that it stays so is checked.
      for (const hook of ["mmap_file", "inode_setattr"]) {
        assert.equal(one(hook).size, 1);
        const other = new Map(signatures).set(`security_${hook}`, FILE);
        assert.throws(() => planTargets(new Map([["it", `lsm/${hook}`]]), other), /cannot/);
      }
    });
  }

  test("tracepoints and programs that are called stay what they are", () => {
    assert.equal(plan("tp_btf/sched_process_exit"), undefined);
    assert.equal(plan("syscall"), undefined);
  });

  test("what is missing is named", () => {
    const both = { bpf_lsm_file_open: FILE, security_file_open: FILE };
    assert.equal(plan("lsm/file_open", both)?.function, "security_file_open");
    assert.throws(
      () => plan("lsm/file_open", { bpf_lsm_file_open: FILE }),
      /no function "security_file_open"/,
    );
    assert.throws(() => plan("lsm/file_open", { security_file_open: FILE }), /no hook "file_open"/);
  });

  test("a program that sleeps, or that interrupts call, is refused", () => {
    const both = { bpf_lsm_file_open: FILE, security_file_open: FILE };
    assert.throws(() => plan("lsm.s/file_open", both), /may sleep/);
    const asked = { bpf_lsm_inet_conn_request: FILE, security_inet_conn_request: FILE };
    assert.throws(() => plan("lsm/inet_conn_request", asked), /interrupts/);
  });
});

describe("optional programs", () => {
  const need = (attach: Attach, rules: number) =>
    ["mmap_addr", "mmap_file", "file_mprotect", "bprm_committing_creds"].map((hook) =>
      isNeeded(hook, { attach, rules }),
    );

  test("those of a rule that nobody has are not needed, nor under lsm what fmod_ret lacks", () => {
    assert.deepEqual(need("lsm", Rule.PROGRAMS), [false, false, false, false]);
    assert.deepEqual(need("lsm", Rule.PROGRAMS | Rule.MAPPINGS), [true, true, true, false]);
    assert.deepEqual(need("fmod_ret", 0), [false, false, false, true]);
  });

  test("any other is", () => {
    for (const hook of ["inode_set_acl", "file_ioctl_compat", "constructor"]) {
      assert.ok(isNeeded(hook, { attach: "lsm", rules: 0 }));
    }
  });
});

describe("BTF", () => {
  const source = join(folder, "functions.c");

  test("gives the arguments of functions, whatever types stand between", () => {
    requireTools("objcopy");
    writeFileSync(
      source,
      `typedef unsigned int mode;
       struct a { int x; }; union u { int x; }; enum e { ONE };
       typedef const struct a *pointer;
       #define BODY { return 0; }
       __attribute__((noinline)) int security_one(const struct a *a, pointer b, volatile mode c) BODY
       __attribute__((noinline)) long bpf_lsm_two(union u *u, enum e e, void *p, char **q) BODY
       __attribute__((noinline)) int other(void) BODY
       __attribute__((section("x"))) void security_none(void) {}`,
    );
    const object = join(folder, "functions.o");
    compileBpf(source, object);
    const elf = readFileSync(object);
    elf.writeUInt16LE(62, 18); // e_machine: objcopy knows EM_X86_64, not EM_BPF
    writeFileSync(object, elf);
    const btf = join(folder, "functions.btf");
    execFileSync("objcopy", ["--dump-section", `.BTF=${btf}`, object]);
    const found = readSignatures(readFileSync(btf), SIGNATURE_PREFIXES);
    assert.deepEqual(Object.fromEntries(found), {
      security_one: { returns: "int", takes: ["struct a *", "struct a *", "unsigned int"] },
      bpf_lsm_two: { returns: "long", takes: ["union u *", "enum e", "void *", "char * *"] },
      security_none: { returns: "void", takes: [] },
    });
  });

  test("that is none is refused", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(64)]) {
      assert.throws(() => readSignatures(bytes, SIGNATURE_PREFIXES), /BTF cannot be read/);
    }
  });
});

test("a program learns that it is at a function: that is the object's only constant", () => {
  const file = join(folder, "constant.bpf.o");
  compileKernelHalf(file);
  using object = openObject(file, () => "wanted");
  object.moveToFunction("lockc_file_open", "security_file_open", true);
});
