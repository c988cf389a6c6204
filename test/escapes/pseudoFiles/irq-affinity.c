// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("moves the machine's interrupts", .rule = "pseudoFiles")
{
	return open("/proc/irq/default_smp_affinity", O_WRONLY);
}
