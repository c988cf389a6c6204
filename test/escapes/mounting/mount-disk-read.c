// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the host's files from its disk, mounted", .rule = "mounting", .alone = "hostFiles")
{
	must(unshare(CLONE_NEWNS));
	if (mount("/dev/vda", "/mnt", "ext4", 0, NULL))
		return -1;
	return read_from("/mnt/etc/shadow");
}
