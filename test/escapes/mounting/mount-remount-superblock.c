// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes a file system that the runtime mounted", .rule = "mounting")
{
	return mount(NULL, "/proc", NULL, MS_REMOUNT, "hidepid=0");
}
