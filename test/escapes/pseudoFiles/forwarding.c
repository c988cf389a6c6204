// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes how the host forwards packets", .rule = "pseudoFiles")
{
	return write_to("/proc/sys/net/ipv4/conf/all/forwarding", "1");
}
