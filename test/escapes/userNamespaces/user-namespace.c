// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a user namespace, in which it is root", .rule = "userNamespaces",
       .policy = "restricted", .as_user = 1)
{
	return unshare(CLONE_NEWUSER);
}
