// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("keeps the processors from sleeping", .rule = "devices")
{
	return open("/dev/cpu_dma_latency", O_RDWR);
}
