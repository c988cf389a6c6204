// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens the host's disk in a copy of /dev", .rule = "devices")
{
	return open("/host/dev/vda", O_RDONLY);
}
