// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("types into the terminal of whoever started it", .cve = "CVE-2017-5226",
       .rule = "terminalInjection", .enter = only_leak)
{
	return ioctl(LEAKED_TERMINAL, TIOCSTI, "x");
}
