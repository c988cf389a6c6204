// SPDX-License-Identifier: Apache-2.0
/* Deeper than any path is long: there nobody can say that it is the container's at all. */
#include "runner/escape.h"

static void tidy(void)
{
	system("rm -rf " HOST_SHARED "/deep " HOST_SHARED "/program");
}

static int make(void)
{
	tidy(); /* what one left that was too slow */
	return dig(HOST_SHARED "/deep", 2100);
}

ESCAPE("leaves a set-user-ID program deeper than a path can name, and moves it up",
       .rule = "hostFiles", .host = make, .undo = tidy)
{
	return fchmod(make_below(SHARED "/deep"), 04755) ? -1 : move_up(SHARED "/program");
}
