// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts bpffs and makes a directory there", .rule = "mounting", .alone = "bpf")
{
	must(unshare(CLONE_NEWNS));
	if (mount("none", "/mnt", "bpf", 0, NULL))
		return -1;
	return mkdir("/mnt/escape", 0700);
}
