// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("truncates a file of a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	must(fchdir(LEAKED));
	return truncate("secret", 7);
}
