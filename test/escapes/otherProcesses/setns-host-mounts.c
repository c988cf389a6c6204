// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("joins the host's mount namespace by its file in /proc", .rule = "otherProcesses",
       .refused = EACCES)
{
	int namespace = open("/proc/1/ns/mnt", O_RDONLY);

	return namespace < 0 ? -1 : setns(namespace, CLONE_NEWNS);
}
