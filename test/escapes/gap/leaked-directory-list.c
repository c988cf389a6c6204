// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists a leaked directory",
       .gap = "what a process inherits it may use as it is; only opening again is refused",
       .enter = only_leak)
{
	char names[1024];

	return syscall(SYS_getdents64, LEAKED, names, sizeof(names));
}
