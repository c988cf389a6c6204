// SPDX-License-Identifier: Apache-2.0
/* The kernel executes the release agent on the host, as root, when a group becomes empty. */
#include "runner/escape.h"

ESCAPE("names a program for the host to execute when a group of cgroup v1 empties",
       .cve = "CVE-2022-0492", .rule = "mounting")
{
	if (mount("none", "/mnt", "cgroup", 0, "none,name=escape"))
		return -1;
	return write_to("/mnt/release_agent", "/bin/true");
}
