// SPDX-License-Identifier: Apache-2.0
/* No LSM hook sees this call; what it needs is CAP_SYS_MODULE. */
#include "runner/escape.h"

ESCAPE("removes a module", .rule = "kernelModules", .alone = "capabilities")
{
	return past_permission(syscall(SYS_delete_module, "absent", O_NONBLOCK), ENOENT);
}
