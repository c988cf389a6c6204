// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens the host's disk for writing", .rule = "devices")
{
	return open("/dev/vda", O_RDWR);
}
