// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads its token by its own root in /proc", .rule = "serviceAccountToken")
{
	return read_from("/proc/self/root" ACCOUNT "/token");
}
