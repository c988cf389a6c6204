// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the host's files by an overlay over its disk", .rule = "mounting",
       .alone = "hostFiles")
{
	must(unshare(CLONE_NEWNS));
	if (mount("/dev/vda", "/mnt", "ext4", 0, NULL))
		return -1;
	if (mount("none", "/home", "overlay", 0, "lowerdir=/mnt/etc:/mnt/usr"))
		return -1;
	return read_from("/home/shadow");
}
