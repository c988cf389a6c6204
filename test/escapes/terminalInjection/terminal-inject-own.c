// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <pty.h>

ESCAPE("types into a terminal that it opened", .rule = "terminalInjection")
{
	int terminal, other;

	must(openpty(&terminal, &other, NULL, NULL, NULL));
	return ioctl(other, TIOCSTI, "x");
}
