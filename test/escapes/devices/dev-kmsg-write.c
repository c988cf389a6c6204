// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("writes into the kernel log by its device", .rule = "devices", .alone = "kernelLog")
{
	return write_to("/dev/kmsg", "escapes was here");
}
