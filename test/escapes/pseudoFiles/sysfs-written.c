// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads how much was written to the host's disk", .rule = "pseudoFiles")
{
	return open("/sys/fs/ext4/vda/session_write_kbytes", O_RDONLY);
}
