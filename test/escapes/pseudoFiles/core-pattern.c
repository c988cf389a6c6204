// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("names a program for the host to execute when one dumps core", .rule = "pseudoFiles")
{
	return write_to("/proc/sys/kernel/core_pattern", "core");
}
