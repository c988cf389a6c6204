// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes the times of a file of a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	return utimensat(LEAKED, "secret", NULL, 0);
}
