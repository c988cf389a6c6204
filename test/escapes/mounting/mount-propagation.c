// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes mounts appear wherever this one is shared", .rule = "mounting")
{
	return mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL);
}
