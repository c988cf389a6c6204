// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens a file that a process of the host has open", .rule = "otherProcesses",
       .refused = EACCES)
{
	char name[16];

	snprintf(name, sizeof(name), "fd/%d", LEAKED_FILE);
	return open(of_victim(name), O_RDONLY);
}
