// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's file systems from an open directory", .rule = "pseudoFiles")
{
	int directory = open("/sys/fs/ext4", O_PATH);

	must(directory);
	return openat(directory, ".", O_RDONLY | O_DIRECTORY);
}
