// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	system("rm -f " HOST_SECRETS "/other && echo secret >" HOST_ACCOUNT
	       "/token && chmod 755 " HOST_ACCOUNT "/token");
}

ESCAPE("exchanges its token for another file, to read it there", .rule = "serviceAccountToken",
       .undo = tidy)
{
	must(open(SECRETS "/other", O_CREAT | O_WRONLY, 0755));
	if (renameat2(AT_FDCWD, SECRETS "/other", AT_FDCWD, ACCOUNT "/token", RENAME_EXCHANGE))
		return -1;
	return read_from(SECRETS "/other");
}
