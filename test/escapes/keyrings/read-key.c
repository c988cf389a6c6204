// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

#define USER_KEYRING -4
#define SESSION_KEYRING -3
static int add(void)
{
	return syscall(SYS_add_key, "user", "host", "secret", 6, USER_KEYRING);
}

ESCAPE("reads a key of the host's root", .rule = "keyrings", .host = add)
{
	char secret[16];
	int key;

	if (syscall(SYS_keyctl, 8 /* KEYCTL_LINK */, USER_KEYRING, SESSION_KEYRING))
		return -1;
	key = syscall(SYS_keyctl, 10 /* KEYCTL_SEARCH */, USER_KEYRING, "user", "host", 0);
	return key < 0 ? -1
		       : syscall(SYS_keyctl, 11 /* KEYCTL_READ */, key, secret, sizeof(secret));
}
