// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the host's disk", .rule = "devices")
{
	return read_from("/dev/vda");
}
