// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/perf_event.h>

ESCAPE("samples a process of the host", .rule = "perf")
{
	struct perf_event_attr event = { .type = PERF_TYPE_SOFTWARE,
					 .size = sizeof(event),
					 .config = PERF_COUNT_SW_TASK_CLOCK };

	return syscall(SYS_perf_event_open, &event, victim, -1, -1, 0);
}
