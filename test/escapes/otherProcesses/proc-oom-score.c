// SPDX-License-Identifier: Apache-2.0
/* Whoever is root may write it: no right over the process is asked for. */
#include "runner/escape.h"

ESCAPE("makes a process of the host the first to be killed for memory", .rule = "otherProcesses")
{
	return write_to(of_victim("oom_score_adj"), "1000");
}
