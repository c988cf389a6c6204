// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/timex.h>

ESCAPE("makes the machine's clock go faster", .rule = "capabilities", .policy = "debugger")
{
	struct timex same = { 0 };

	must(adjtimex(&same));
	same.modes = ADJ_FREQUENCY;
	return adjtimex(&same);
}
