// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("writes the memory of a process of the host", .rule = "otherProcesses")
{
	char here[8] = "changed";
	struct iovec local = { here, sizeof(here) }, remote = { marker, sizeof(marker) };

	return process_vm_writev(victim, &local, 1, &remote, 1, 0);
}
