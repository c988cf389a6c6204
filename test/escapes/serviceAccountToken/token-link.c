// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	unlink(HOST_SECRETS "/linked");
}

ESCAPE("links its token elsewhere, to read it there", .rule = "serviceAccountToken", .undo = tidy)
{
	return link(ACCOUNT "/token", SECRETS "/linked") ? -1 : read_from(SECRETS "/linked");
}
