// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's file systems as its working directory", .rule = "pseudoFiles")
{
	must(chdir("/sys/fs/ext4"));
	return open(".", O_RDONLY | O_DIRECTORY);
}
