// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/bpf.h>

ESCAPE("loads a BPF program that traces the kernel", .rule = "bpf")
{
	struct bpf_insn code[] = { { .code = 0xb7 }, { .code = 0x95 } }; /* r0 = 0; exit */
	union bpf_attr program = { .prog_type = BPF_PROG_TYPE_TRACEPOINT,
				   .insn_cnt = 2,
				   .insns = (__u64)code,
				   .license = (__u64) "GPL" };

	return syscall(SYS_bpf, BPF_PROG_LOAD, &program, sizeof(program));
}
