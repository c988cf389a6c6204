// SPDX-License-Identifier: Apache-2.0
/* What a file may do was copied up as if the user namespace's root were the host's. */
#include "runner/escape.h"

ESCAPE("mounts an overlay in a user namespace, to have a program's rights copied",
       .cve = "CVE-2023-0386", .rule = "mounting")
{
	must(own_users());
	must(unshare(CLONE_NEWNS));
	if (mount("none", "/mnt", "tmpfs", 0, NULL))
		return -1;
	must(mkdir("/mnt/lower", 0755));
	must(mkdir("/mnt/upper", 0755));
	must(mkdir("/mnt/work", 0755));
	return mount("none", "/mnt", "overlay", 0,
		     "lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work");
}
