// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes a parameter of the kernel's modules", .rule = "pseudoFiles")
{
	return write_to("/sys/module/printk/parameters/time", "Y");
}
