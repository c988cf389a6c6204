// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads which machine it is on", .rule = "pseudoFiles")
{
	static const char *const names[] = { "product_serial", "product_uuid", "board_serial",
					     "chassis_serial", "bios_version", "modalias" };
	char path[64];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "/sys/class/dmi/id/%s", names[i]);
		if (!access(path, F_OK))
			break; /* not each machine has all of them */
	}
	return open(path, O_RDONLY);
}
