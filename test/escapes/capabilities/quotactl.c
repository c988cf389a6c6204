// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/quota.h>

ESCAPE("changes the quotas of the host's file system", .rule = "capabilities", .policy = "debugger")
{
	return past_permission(quotactl(QCMD(Q_QUOTAOFF, USRQUOTA), "/dev/vda", 0, NULL), ESRCH);
}
