// SPDX-License-Identifier: Apache-2.0
/* Nothing but a user namespace is needed, where nobody is asked for capabilities. */
#include "runner/escape.h"

static int parse(void)
{
	int context;

	must(own_users());
	must(unshare(CLONE_NEWNS));
	context = syscall(SYS_fsopen, "tmpfs", 0);
	if (context < 0)
		return -1;
	return syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", "1m", 0);
}

ESCAPE("has the kernel parse a file system's parameters, in a user namespace",
       .cve = "CVE-2022-0185", .rule = "mounting")
{
	return in_child(parse);
}
