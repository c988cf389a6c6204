// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("traces the kernel by tracefs", .rule = "pseudoFiles")
{
	return open("/host/sys/kernel/tracing/uprobe_events", O_WRONLY);
}
