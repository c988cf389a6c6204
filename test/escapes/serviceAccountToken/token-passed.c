// SPDX-License-Identifier: Apache-2.0
/* Opened by the mount that the container has of it, so that it lies on what was given. */
#include "runner/escape.h"

static int pass(void)
{
	char path[128];
	int token;

	snprintf(path, sizeof(path), "/proc/%d/root" ACCOUNT "/token", inside);
	token = open(path, O_RDONLY);
	must(token);
	hand_over(token);
	return 0;
}

ESCAPE("is given its token open over a socket", .rule = "serviceAccountToken", .refused = EBADF,
       .host = pass)
{
	char byte;
	int file = take_over();

	return file < 0 ? -1 : pread(file, &byte, 1, 0);
}
