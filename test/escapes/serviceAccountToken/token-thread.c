// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int look(void)
{
	return read_from(ACCOUNT "/token");
}

ESCAPE("reads its token in another thread", .rule = "serviceAccountToken")
{
	return in_thread(look);
}
