// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/capability.h>
#include <sys/xattr.h>

#define PROGRAM "/program"

static int make(void)
{
	struct vfs_cap_data one = { .magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE,
				    .data = { { 1u << CAP_SETUID, 0 } } };

	must(system("cp " HOST_SHARED "/escapes " HOST_SHARED PROGRAM));
	return setxattr(HOST_SHARED PROGRAM, "security.capability", &one, sizeof(one), 0);
}

static void tidy(void)
{
	unlink(HOST_SHARED PROGRAM);
}

static int execute(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };
	char *arguments[] = { "program", "seteuid-0", NULL };

	must(setresuid(-1, -1, 1000));
	must(syscall(SYS_capset, &header, none));
	return execve(SHARED PROGRAM, arguments, arguments + 2);
}

ESCAPE("gains a capability by a program that has it", .rule = "noNewPrivileges",
       .policy = "restricted", .as_user = 1, .host = make, .undo = tidy)
{
	return in_child(execute);
}
