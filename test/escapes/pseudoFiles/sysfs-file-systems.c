// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's file systems", .rule = "pseudoFiles")
{
	return open("/sys/fs/ext4", O_RDONLY | O_DIRECTORY);
}
