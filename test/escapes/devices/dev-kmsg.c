// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the kernel log by its device", .rule = "devices", .alone = "kernelLog")
{
	return open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
}
