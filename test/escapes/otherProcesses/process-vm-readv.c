// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the memory of a process of the host", .rule = "otherProcesses")
{
	char here[8];
	struct iovec local = { here, sizeof(here) }, remote = { marker, sizeof(marker) };

	return process_vm_readv(victim, &local, 1, &remote, 1, 0);
}
