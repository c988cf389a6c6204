// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's disks as an ordinary user", .rule = "pseudoFiles", .as_user = 1)
{
	return open("/sys/block", O_RDONLY | O_DIRECTORY);
}
