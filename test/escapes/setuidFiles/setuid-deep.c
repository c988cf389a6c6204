// SPDX-License-Identifier: Apache-2.0
/* Who looks up from a file for whose directory it is has to arrive there. */
#include "runner/escape.h"

static void tidy(void)
{
	system("rm -rf " HOST_SHARED "/deep " HOST_SHARED "/program");
}

ESCAPE("makes a set-user-ID program far below a host's directory, and moves it up",
       .rule = "setuidFiles", .undo = tidy)
{
	dig(SHARED "/deep", 400);
	return fchmod(make_below(SHARED "/deep"), 04755) ? -1 : move_up(SHARED "/program");
}
