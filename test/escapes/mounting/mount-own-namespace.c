// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts in a mount namespace of its own", .rule = "mounting")
{
	must(unshare(CLONE_NEWNS));
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}
