// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/klog.h>

ESCAPE("reads the kernel log", .rule = "kernelLog")
{
	char text[256];

	return klogctl(3 /* SYSLOG_ACTION_READ_ALL */, text, sizeof(text));
}
