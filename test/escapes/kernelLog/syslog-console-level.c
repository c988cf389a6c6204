// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/klog.h>

ESCAPE("says how much of the kernel log the console shows", .rule = "kernelLog")
{
	return klogctl(8 /* SYSLOG_ACTION_CONSOLE_LEVEL */, NULL, 4);
}
