// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/io.h>

ESCAPE("takes rights on a port of the machine", .rule = "kernelLockdown")
{
	return ioperm(0x80, 1, 1);
}
