// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("names a program for the host to execute when a module is missing", .rule = "pseudoFiles")
{
	return write_to("/proc/sys/kernel/modprobe", "/sbin/modprobe");
}
