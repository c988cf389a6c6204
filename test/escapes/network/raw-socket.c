// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <netinet/in.h>

ESCAPE("makes a raw socket", .rule = "network", .policy = "offline")
{
	return socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
}
