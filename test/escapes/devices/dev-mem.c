// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens the memory of the machine", .rule = "devices", .alone = "kernelLockdown")
{
	return open("/dev/mem", O_RDONLY);
}
