// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens its token by io_uring", .rule = "serviceAccountToken")
{
	return ring_open(AT_FDCWD, ACCOUNT "/token", O_RDONLY);
}
