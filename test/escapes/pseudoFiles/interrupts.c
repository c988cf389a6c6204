// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("watches the machine's interrupts, which tell of keys that others type",
       .rule = "pseudoFiles")
{
	return read_from("/proc/interrupts");
}
