// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("leaves a symbolic link in a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	return symlinkat("/", LEAKED, "link") ? -1 : unlinkat(LEAKED, "link", 0);
}
