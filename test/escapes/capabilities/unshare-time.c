// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a time namespace", .rule = "capabilities", .policy = "debugger")
{
	return unshare(CLONE_NEWTIME);
}
