// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("gives a process of the host another scheduler", .rule = "otherProcesses")
{
	return sched_setscheduler(victim, SCHED_IDLE, &(struct sched_param){ 0 });
}
