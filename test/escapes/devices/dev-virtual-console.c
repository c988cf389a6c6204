// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens what a virtual console shows", .rule = "devices")
{
	return open("/dev/vcs", O_RDONLY);
}
