// SPDX-License-Identifier: Apache-2.0
/* No guest has /sbin/request-key, for which the kernel looks then. */
#include "runner/escape.h"

ESCAPE("asks for a key that the kernel has a program of the host make", .rule = "keyrings")
{
	char name[32];

	snprintf(name, sizeof(name), "absent-%d", getpid()); /* a key that is missing stays known */
	return past_permission(syscall(SYS_request_key, "user", name, "x", 0), ENOENT);
}
