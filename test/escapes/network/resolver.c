// SPDX-License-Identifier: Apache-2.0
/* dockerd listens there, in the networks that users make, and asks whoever knows. */
#include "runner/escape.h"
#include <arpa/inet.h>

static struct sockaddr_in resolver(void)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons(5311),
				     .sin_addr.s_addr = inet_addr("127.0.0.11") };
}

static int listen_there(void)
{
	struct sockaddr_in address = resolver();
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	must(bind(fd, (void *)&address, sizeof(address)));
	return listen(fd, 1);
}

ESCAPE("asks Docker's resolver", .rule = "network", .policy = "offline", .host = listen_there)
{
	struct sockaddr_in address = resolver();

	return connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&address, sizeof(address));
}
