// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <arpa/inet.h>

ESCAPE("sends to another machine", .rule = "network", .policy = "offline")
{
	struct sockaddr_in far = { .sin_family = AF_INET,
				   .sin_port = htons(9),
				   .sin_addr.s_addr = inet_addr("192.0.2.1") };

	return past_permission(
		sendto(socket(AF_INET, SOCK_DGRAM, 0), "x", 1, 0, (void *)&far, sizeof(far)),
		ENETUNREACH);
}
