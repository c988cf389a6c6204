// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/reboot.h>

ESCAPE("says what Ctrl-Alt-Del does to the machine; next it would stop it", .rule = "capabilities",
       .policy = "debugger")
{
	return reboot(RB_DISABLE_CAD);
}
