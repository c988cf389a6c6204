// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/swap.h>

ESCAPE("has the machine swap to a file", .rule = "capabilities", .policy = "debugger")
{
	must(open("/tmp/swap", O_CREAT | O_WRONLY, 0600));
	return past_permission(swapon("/tmp/swap", 0), EINVAL);
}
