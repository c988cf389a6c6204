// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <arpa/inet.h>

ESCAPE("makes a packet socket by io_uring", .rule = "network", .policy = "offline")
{
	return ring_socket(AF_PACKET, SOCK_RAW, htons(3 /* ETH_P_ALL */));
}
