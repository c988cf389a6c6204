// SPDX-License-Identifier: Apache-2.0
/*
 * The runtime's binary is opened through /proc/PID/exe and written once the runtime has
 * ended. Here it is a copy of this program that the host executes.
 */
#include "runner/escape.h"

#define RUNTIME HOST_DIRECTORY "/runtime"

static int execute_runtime(void)
{
	must(system("cp " HOST_SHARED "/escapes " RUNTIME));
	ready();
	return execl(RUNTIME, "runtime", "pause", NULL);
}

ESCAPE("overwrites the runtime's binary", .cve = "CVE-2019-5736", .rule = "otherProcesses",
       .refused = EACCES, .host = execute_runtime)
{
	char path[64];
	int binary;

	usleep(200000); /* until the runtime runs */
	binary = open(of_victim("exe"), O_RDONLY);
	if (binary < 0)
		return -1;
	must(kill(victim, SIGKILL));
	usleep(200000); /* until it has ended */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", binary);
	binary = open(path, O_WRONLY);
	return binary < 0 ? -1 : write(binary, "#!", 2);
}
