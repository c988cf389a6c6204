// SPDX-License-Identifier: Apache-2.0
/* Here a directory of its own; next the links by which lockc's programs are attached. */
#include "runner/escape.h"

ESCAPE("removes what is pinned in bpffs", .rule = "bpf")
{
	return mkdir("/host/sys/fs/bpf/escape", 0700) ? -1 : rmdir("/host/sys/fs/bpf/escape");
}
