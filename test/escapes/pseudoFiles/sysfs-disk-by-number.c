// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("finds the host's disk by its number", .rule = "pseudoFiles")
{
	return open("/sys/dev/block", O_RDONLY | O_DIRECTORY);
}
