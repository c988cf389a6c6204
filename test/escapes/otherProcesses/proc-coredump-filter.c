// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("says what a process of the host leaves in its core", .rule = "otherProcesses")
{
	return write_to(of_victim("coredump_filter"), "0x33");
}
