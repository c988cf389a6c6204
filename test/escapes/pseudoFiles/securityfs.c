// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reaches the security modules by securityfs", .rule = "pseudoFiles")
{
	return open("/host/sys/kernel/security/lsm", O_RDONLY);
}
