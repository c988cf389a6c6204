// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	rename(HOST_SECRETS "/moved", HOST_ACCOUNT "/token");
}

ESCAPE("moves its token elsewhere, to read it there", .rule = "serviceAccountToken", .undo = tidy)
{
	return rename(ACCOUNT "/token", SECRETS "/moved") ? -1 : read_from(SECRETS "/moved");
}
