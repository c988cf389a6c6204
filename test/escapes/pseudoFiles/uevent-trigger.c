// SPDX-License-Identifier: Apache-2.0
/* uevent_helper is no longer built into Debian's kernels; what would set it off is there. */
#include "runner/escape.h"

ESCAPE("makes the kernel announce a device, which sets uevent_helper off", .rule = "pseudoFiles")
{
	return write_to("/sys/class/mem/null/uevent", "change");
}
