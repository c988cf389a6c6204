// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes the mode of a file of the host that the runtime left open", .rule = "hostFiles",
       .enter = only_leak)
{
	return fchmod(LEAKED_FILE, 0600);
}
