// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts a new file system", .rule = "mounting")
{
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}
