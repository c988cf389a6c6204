// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <arpa/inet.h>

ESCAPE("reads every packet of the host's network", .rule = "network", .policy = "offline")
{
	return socket(AF_PACKET, SOCK_RAW, htons(3 /* ETH_P_ALL */));
}
