// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a cgroup namespace, the first step of many", .rule = "capabilities",
       .policy = "debugger")
{
	return unshare(CLONE_NEWCGROUP);
}
