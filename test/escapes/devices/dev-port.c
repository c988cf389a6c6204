// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens the ports of the machine", .rule = "devices", .alone = "kernelLockdown")
{
	return open("/dev/port", O_RDWR);
}
