// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads where the kernel's functions are", .rule = "pseudoFiles")
{
	return read_from("/proc/kallsyms");
}
