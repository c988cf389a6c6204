// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("empties the host's caches", .rule = "pseudoFiles")
{
	return write_to("/proc/sys/vm/drop_caches", "2");
}
