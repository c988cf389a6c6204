// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a network namespace", .rule = "capabilities", .policy = "debugger")
{
	return unshare(CLONE_NEWNET);
}
