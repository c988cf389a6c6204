// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("names a program for core dumps in a copy of the host's /proc", .rule = "pseudoFiles")
{
	return write_to("/host/proc/sys/kernel/core_pattern", "core");
}
