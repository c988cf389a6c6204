// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's disks", .rule = "pseudoFiles")
{
	return open("/sys/class/block", O_RDONLY | O_DIRECTORY);
}
