// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes the owner of a file of a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	return fchownat(LEAKED, "secret", 0, 0, 0);
}
