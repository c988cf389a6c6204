// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/bpf.h>

ESCAPE("takes one of lockc's maps", .rule = "bpf")
{
	union bpf_attr get = { .pathname = (__u64) "/host/sys/fs/bpf/lockc/maps/containers" };

	return syscall(SYS_bpf, BPF_OBJ_GET, &get, sizeof(get));
}
