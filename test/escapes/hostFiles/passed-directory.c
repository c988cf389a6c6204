// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int pass(void)
{
	hand_over(LEAKED);
	return 0;
}

ESCAPE("is given a directory of the host over a socket", .rule = "hostFiles", .refused = EBADF,
       .host = pass)
{
	int directory = take_over();

	return directory < 0 ? -1 : openat(directory, "secret", O_RDONLY);
}
