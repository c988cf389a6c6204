// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("loads a module from a file", .rule = "kernelModules")
{
	int file = open(SHARED "/escapes", O_RDONLY);

	must(file);
	return past_permission(syscall(SYS_finit_module, file, "", 0), ENOEXEC);
}
