// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int make_spare(void)
{
	return open(HOST_DIRECTORY "/spare", O_CREAT | O_WRONLY, 0600);
}

ESCAPE("removes a file of a leaked directory by io_uring", .rule = "hostFiles", .enter = only_leak,
       .host = make_spare)
{
	return ring_unlink(LEAKED, "spare");
}
