// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int pass(void)
{
	int context = syscall(SYS_fsopen, "tmpfs", 0);

	must(context);
	hand_over(context);
	return 0;
}

ESCAPE("has the kernel parse parameters of a file system that the host began",
       .cve = "CVE-2022-0185", .rule = "mounting", .host = pass)
{
	int context = take_over();

	must(context);
	return syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", "1m", 0);
}
