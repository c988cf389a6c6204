// SPDX-License-Identifier: Apache-2.0
/* Who sends to the unspecified address sends to the one that he is bound to. */
#include "runner/escape.h"
#include <arpa/inet.h>

ESCAPE("asks Docker's resolver by sending from its address to nowhere", .rule = "network",
       .policy = "offline")
{
	struct sockaddr_in resolver = { .sin_family = AF_INET,
					.sin_addr.s_addr = inet_addr("127.0.0.11") };
	struct sockaddr_in nowhere = { .sin_family = AF_INET, .sin_port = htons(53) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (bind(fd, (void *)&resolver, sizeof(resolver)))
		return -1;
	return sendto(fd, "x", 1, 0, (void *)&nowhere, sizeof(nowhere));
}
