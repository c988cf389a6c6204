// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the types that the kernel is made of", .rule = "pseudoFiles")
{
	return open("/sys/kernel/btf/vmlinux", O_RDONLY);
}
