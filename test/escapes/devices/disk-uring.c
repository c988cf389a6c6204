// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens the host's disk by io_uring", .rule = "devices")
{
	return ring_open(AT_FDCWD, "/dev/vda", O_RDONLY);
}
