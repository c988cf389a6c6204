// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("prepares another kernel", .rule = "kernelModules", .alone = "kernelLockdown")
{
	return syscall(SYS_kexec_load, 0, 0, NULL, 0);
}
