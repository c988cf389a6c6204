// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts as root of a user namespace of its own", .rule = "mounting")
{
	must(own_users());
	must(unshare(CLONE_NEWNS));
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}
