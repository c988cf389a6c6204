// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads where a module of the kernel lies", .rule = "pseudoFiles")
{
	return open("/sys/module/binfmt_misc/sections", O_RDONLY | O_DIRECTORY);
}
