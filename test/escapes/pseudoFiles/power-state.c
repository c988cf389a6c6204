// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("puts the machine to sleep", .rule = "pseudoFiles")
{
	return open("/sys/power/state", O_WRONLY);
}
