// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/xattr.h>

ESCAPE("sets an attribute of a file of a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	must(fchdir(LEAKED));
	return setxattr("secret", "trusted.escape", "x", 1, 0);
}
