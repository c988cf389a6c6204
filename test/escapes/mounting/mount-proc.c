// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts proc again, where nothing of it is hidden", .rule = "mounting")
{
	return mount("proc", "/mnt", "proc", 0, NULL);
}
