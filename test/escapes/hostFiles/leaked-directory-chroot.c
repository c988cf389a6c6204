// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a leaked directory its root", .rule = "hostFiles", .enter = only_leak)
{
	must(fchdir(LEAKED));
	return chroot(".") ? -1 : open("/secret", O_RDONLY);
}
