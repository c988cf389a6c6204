// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("listens to what the kernel says of the host's devices", .rule = "network",
       .policy = "offline")
{
	return socket(AF_NETLINK, SOCK_RAW, 15 /* NETLINK_KOBJECT_UEVENT */);
}
