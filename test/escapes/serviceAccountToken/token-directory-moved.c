// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	rename(HOST_SECRETS "/account", HOST_ACCOUNT);
}

ESCAPE("moves the directory of its token, to read it there", .rule = "serviceAccountToken",
       .undo = tidy)
{
	must(rename(ACCOUNT, SECRETS "/account"));
	return read_from(SECRETS "/account/token");
}
