// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/io.h>

ESCAPE("takes rights on every port of the machine", .rule = "kernelLockdown")
{
	return iopl(3);
}
