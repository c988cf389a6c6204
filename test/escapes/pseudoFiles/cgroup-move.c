// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("moves to the host's group, where no limits are", .rule = "pseudoFiles")
{
	return open("/host/sys/fs/cgroup/cgroup.procs", O_WRONLY);
}
