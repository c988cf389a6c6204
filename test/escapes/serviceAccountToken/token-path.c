// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens its token, which it holds by O_PATH, once more", .rule = "serviceAccountToken")
{
	char path[64];
	int token = open(ACCOUNT "/token", O_PATH);

	must(token);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", token);
	return read_from(path);
}
