// SPDX-License-Identifier: Apache-2.0
/* What is in a cgroup is killed, frozen and starved by whoever may write there. */
#include "runner/escape.h"

ESCAPE("takes a process of the host into its own cgroup", .rule = "otherProcesses")
{
	char path[256], line[200] = "", number[16];
	FILE *own = fopen("/proc/self/cgroup", "r");

	must_be(own && fgets(line, sizeof(line), own), "/proc/self/cgroup");
	line[strcspn(line, "\n")] = 0;
	snprintf(path, sizeof(path), "/host/sys/fs/cgroup%s/cgroup.procs", line + strlen("0::"));
	snprintf(number, sizeof(number), "%d", victim);
	return write_to(path, number);
}
