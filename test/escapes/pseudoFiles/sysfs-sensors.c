// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists what measures the host's temperatures", .rule = "pseudoFiles")
{
	return open("/sys/class/thermal", O_RDONLY | O_DIRECTORY);
}
