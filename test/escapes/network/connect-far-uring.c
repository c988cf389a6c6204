// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <arpa/inet.h>

ESCAPE("connects to another machine by io_uring", .rule = "network", .policy = "offline")
{
	struct sockaddr_in far = { .sin_family = AF_INET,
				   .sin_port = htons(9),
				   .sin_addr.s_addr = inet_addr("192.0.2.1") };

	return past_permission(ring_connect(socket(AF_INET, SOCK_STREAM, 0), &far, sizeof(far)),
			       ENETUNREACH);
}
