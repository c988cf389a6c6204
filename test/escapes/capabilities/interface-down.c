// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <net/if.h>

ESCAPE("configures the host's network interfaces", .rule = "capabilities", .policy = "debugger")
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	must(ioctl(fd, SIOCGIFFLAGS, &request));
	return ioctl(fd, SIOCSIFFLAGS, &request);
}
