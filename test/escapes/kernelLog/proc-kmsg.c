// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the kernel log by /proc", .rule = "kernelLog")
{
	return open("/proc/kmsg", O_RDONLY | O_NONBLOCK);
}
