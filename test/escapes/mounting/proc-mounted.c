// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes what handles core dumps by a proc that it mounts", .rule = "mounting",
       .alone = "pseudoFiles")
{
	must(unshare(CLONE_NEWNS));
	if (mount("none", "/mnt", "proc", 0, NULL))
		return -1;
	return open("/mnt/sys/kernel/core_pattern", O_WRONLY);
}
