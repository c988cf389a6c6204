// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's disks through a symbolic link", .rule = "pseudoFiles")
{
	unlink("/tmp/disks");
	must(symlink("/sys/class/block", "/tmp/disks"));
	return open("/tmp/disks", O_RDONLY | O_DIRECTORY);
}
