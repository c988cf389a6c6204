// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes another mount its root", .rule = "mounting")
{
	must(chdir(SHARED));
	return syscall(SYS_pivot_root, ".", ".");
}
