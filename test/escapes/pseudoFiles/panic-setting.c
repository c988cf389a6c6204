// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("says what the machine does when the kernel stumbles", .rule = "pseudoFiles")
{
	return write_to("/proc/sys/kernel/panic_on_oops", "0");
}
