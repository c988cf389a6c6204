// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/inotify.h>

ESCAPE("watches what happens in a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	must(fchdir(LEAKED));
	return inotify_add_watch(inotify_init(), ".", IN_OPEN);
}
