// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the size of the host's disk through /proc/self/root", .rule = "pseudoFiles")
{
	return open("/proc/self/root/sys/block/vda/size", O_RDONLY);
}
