// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reaches what lockc has pinned in bpffs", .rule = "bpf")
{
	return open("/host/sys/fs/bpf/lockc", O_RDONLY);
}
