// SPDX-License-Identifier: Apache-2.0
/* The link leads to where the container sees the host's /dev. */
#include "runner/escape.h"

static int name_terminal(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/host%s", ttyname(LEAKED_TERMINAL));
	unlink(HOST_SHARED "/terminal");
	return symlink(name, HOST_SHARED "/terminal");
}

static void tidy(void)
{
	unlink(HOST_SHARED "/terminal");
}

ESCAPE("writes to the terminal of a user of the host",
       .gap = "whoever is given the host's /dev/pts may use it; admission refuses that mount",
       .host = name_terminal, .undo = tidy)
{
	return open(SHARED "/terminal", O_RDWR | O_NOCTTY);
}
