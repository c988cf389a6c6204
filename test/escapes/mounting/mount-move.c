// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("moves a mount, so that what it hid comes to light", .rule = "mounting")
{
	return mount("/dev/shm", "/mnt", NULL, MS_MOVE, NULL);
}
