// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("names the machine", .rule = "capabilities", .policy = "debugger")
{
	char name[65];

	must(gethostname(name, sizeof(name)));
	return sethostname(name, strlen(name));
}
