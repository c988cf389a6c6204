// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("gives a file of a leaked directory another name", .rule = "hostFiles", .enter = only_leak)
{
	return linkat(LEAKED, "secret", LEAKED, "linked", 0) ? -1 : unlinkat(LEAKED, "linked", 0);
}
