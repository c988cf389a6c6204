// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("takes back the user ID 0 that it kept", .rule = "nonRoot", .policy = "restricted",
       .as_user = 1)
{
	return seteuid(0);
}
