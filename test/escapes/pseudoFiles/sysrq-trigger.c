// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("presses the magic key: here for help, else to stop the machine", .rule = "pseudoFiles")
{
	return write_to("/proc/sysrq-trigger", "h");
}
