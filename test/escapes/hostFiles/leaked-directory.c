// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens a file by a directory that the runtime leaked", .cve = "CVE-2016-9962",
       .rule = "hostFiles", .enter = only_leak)
{
	return openat(LEAKED, "secret", O_RDONLY);
}
