// SPDX-License-Identifier: Apache-2.0
/* A terminal that is no console refuses it last of all. */
#include "runner/escape.h"
#include <linux/tiocl.h>
#include <pty.h>

ESCAPE("pastes into a terminal", .rule = "terminalInjection")
{
	char paste = TIOCL_PASTESEL;
	int terminal, other;

	must(openpty(&terminal, &other, NULL, NULL, NULL));
	return past_permission(ioctl(other, TIOCLINUX, &paste), ENOTTY);
}
