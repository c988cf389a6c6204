// SPDX-License-Identifier: Apache-2.0
/*
 *   notify listen PATH   prints each datagram that arrives there, until killed
 *   notify               tells $NOTIFY_SOCKET that it is ready, says how that went, and stays
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const char *path = argc > 2 ? argv[2] : getenv("NOTIFY_SOCKET");
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	char text[256];
	ssize_t length;

	if (!path)
		return 2;
	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	if (argc < 3) {
		length = sendto(fd, "READY=1", 7, 0, (void *)&at, sizeof(at));
		printf("told=%s\n", length < 0 ? strerrorname_np(errno) : "ok");
		fflush(stdout);
		return sleep(1000);
	}
	if (bind(fd, (void *)&at, sizeof(at)))
		return 1;
	while ((length = recv(fd, text, sizeof(text), 0)) > 0) {
		printf("%.*s\n", (int)length, text);
		fflush(stdout);
	}
	return 1;
}
