// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("keeps a key where every container of the user finds it", .rule = "keyrings",
       .refused = ENOKEY)
{
	return syscall(SYS_add_key, "user", "escape", "x", 1, -4 /* KEY_SPEC_USER_KEYRING */);
}
