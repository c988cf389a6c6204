// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's devices", .rule = "pseudoFiles", .policy = "restricted")
{
	return open("/sys/bus/pci/devices", O_RDONLY | O_DIRECTORY);
}
