// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/bpf.h>

ESCAPE("makes a BPF map", .rule = "bpf")
{
	union bpf_attr map = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1
	};

	return syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof(map));
}
