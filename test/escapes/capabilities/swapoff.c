// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/swap.h>

ESCAPE("takes the machine's swap away", .rule = "capabilities", .policy = "debugger")
{
	must(open("/tmp/swap", O_CREAT | O_WRONLY, 0600));
	return past_permission(swapoff("/tmp/swap"), EINVAL);
}
