// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens the host's serial console", .rule = "devices")
{
	return open("/dev/ttyS0", O_RDWR | O_NOCTTY | O_NONBLOCK);
}
