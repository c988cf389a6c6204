// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("loads a module from memory", .rule = "kernelModules")
{
	char module[4096] = "not one"; /* long enough to be looked at */

	return past_permission(syscall(SYS_init_module, module, sizeof(module), ""), ENOEXEC);
}
