// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes the flags of a mount", .rule = "mounting")
{
	return mount(NULL, "/proc", NULL, MS_REMOUNT | MS_BIND | MS_NOATIME, NULL);
}
