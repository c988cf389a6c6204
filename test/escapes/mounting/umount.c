// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("removes a mount that covers something", .rule = "mounting")
{
	return umount2("/dev/shm", MNT_DETACH);
}
