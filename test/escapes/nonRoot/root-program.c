// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("executes a program as root, as docker exec -u 0 does", .rule = "nonRoot",
       .policy = "restricted")
{
	return after_exec(only_leak);
}
