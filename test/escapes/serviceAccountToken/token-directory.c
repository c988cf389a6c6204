// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads its token by a descriptor of the directory", .rule = "serviceAccountToken")
{
	int directory = open(ACCOUNT, O_RDONLY | O_DIRECTORY);

	must(directory);
	return openat(directory, "token", O_RDONLY);
}
