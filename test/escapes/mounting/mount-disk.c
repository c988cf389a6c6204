// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts the host's root file system from its disk", .rule = "mounting")
{
	return mount("/dev/vda", "/mnt", "ext4", 0, NULL);
}
