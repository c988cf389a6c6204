// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts debugfs, which shows the kernel's inside", .rule = "mounting")
{
	return mount("none", "/mnt", "debugfs", 0, NULL);
}
