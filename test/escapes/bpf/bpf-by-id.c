// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/bpf.h>

ESCAPE("finds lockc's programs by their numbers", .rule = "bpf")
{
	union bpf_attr get = { .start_id = 0 };

	if (syscall(SYS_bpf, BPF_LINK_GET_NEXT_ID, &get, sizeof(get)))
		return -1;
	get = (union bpf_attr){ .link_id = get.next_id };
	return syscall(SYS_bpf, BPF_LINK_GET_FD_BY_ID, &get, sizeof(get));
}
