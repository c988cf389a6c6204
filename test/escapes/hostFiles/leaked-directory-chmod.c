// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes the mode of a file of a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	return fchmodat(LEAKED, "secret", 0600, 0);
}
