// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("says where the kernel writes down what was executed", .rule = "capabilities",
       .policy = "debugger")
{
	return acct(NULL);
}
