// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the caches of the host's file systems", .rule = "pseudoFiles")
{
	return open("/sys/devices/virtual/bdi", O_RDONLY | O_DIRECTORY);
}
