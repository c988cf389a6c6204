// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("has the kernel parse a file system's parameters", .cve = "CVE-2022-0185",
       .rule = "mounting")
{
	int context = syscall(SYS_fsopen, "tmpfs", 0);

	must(context);
	return syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", "1m", 0);
}
