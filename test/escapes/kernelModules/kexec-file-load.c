// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("prepares another kernel from a file", .rule = "kernelModules")
{
	int file = open(SHARED "/escapes", O_RDONLY);

	must(file);
	return past_permission(syscall(SYS_kexec_file_load, file, -1, 1, "", 4 /* NO_INITRAMFS */),
			       ENOEXEC);
}
