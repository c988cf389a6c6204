// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int pass(void)
{
	hand_over(LEAKED_FILE);
	return 0;
}

ESCAPE("is given an open file of the host over a socket", .rule = "hostFiles", .refused = EBADF,
       .host = pass)
{
	char byte;
	int file = take_over();

	return file < 0 ? -1 : pread(file, &byte, 1, 0);
}
