// SPDX-License-Identifier: Apache-2.0
/* The classic way out of chroot(2): with a second one the working directory is outside. */
#include "runner/escape.h"

ESCAPE("leaves a root directory by a second chroot, from a leaked directory", .rule = "hostFiles",
       .enter = only_leak)
{
	int up;

	mkdir("/tmp/jail", 0700);
	must(fchdir(LEAKED));
	must(chroot("/tmp/jail"));
	for (up = 0; up < 8; up++)
		must(chdir(".."));
	return open("home/secret/secret", O_RDONLY);
}
