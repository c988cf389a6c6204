// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("renames a file of a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	return renameat(LEAKED, "secret", LEAKED, "moved")
		       ? -1
		       : renameat(LEAKED, "moved", LEAKED, "secret");
}
