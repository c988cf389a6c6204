// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int stand_in_it(void)
{
	return fchdir(LEAKED);
}

ESCAPE("starts in a directory of the host that the runtime leaked", .cve = "CVE-2024-21626",
       .rule = "hostFiles", .enter = stand_in_it)
{
	return open("secret", O_RDONLY);
}
