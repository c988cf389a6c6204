// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts sysfs again, where it can be written", .rule = "mounting")
{
	return mount("sysfs", "/mnt", "sysfs", 0, NULL);
}
