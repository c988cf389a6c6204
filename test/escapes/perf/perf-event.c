// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/perf_event.h>

ESCAPE("counts what all processes of the host do", .rule = "perf")
{
	struct perf_event_attr event = { .type = PERF_TYPE_SOFTWARE,
					 .size = sizeof(event),
					 .config = PERF_COUNT_SW_CONTEXT_SWITCHES };

	return syscall(SYS_perf_event_open, &event, -1, 0, -1, 0);
}
