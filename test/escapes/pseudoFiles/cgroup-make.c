// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a group beside its own", .rule = "pseudoFiles")
{
	return mkdir("/host/sys/fs/cgroup/escape", 0755) ? -1 : rmdir("/host/sys/fs/cgroup/escape");
}
