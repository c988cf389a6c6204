// SPDX-License-Identifier: Apache-2.0
/* The host's modprobe is one that leaves a sign. */
#include "runner/escape.h"

#define SIGN "/requested"
static int set_sign(void)
{
	unlink(HOST_SHARED SIGN);
	must(system("printf '#!/bin/sh\\n:>" HOST_SHARED SIGN
		    "' >/run/modprobe; chmod 755 /run/modprobe"));
	return write_to("/proc/sys/kernel/modprobe", "/run/modprobe");
}

static void put_back(void)
{
	write_to("/proc/sys/kernel/modprobe", "/sbin/modprobe");
	unlink(HOST_SHARED SIGN);
}

ESCAPE("has the kernel load a module that nobody uses, by a socket", .cve = "CVE-2017-6074",
       .rule = "moduleRequests", .policy = "restricted", .as_user = 1, .refused = EAFNOSUPPORT,
       .host = set_sign, .undo = put_back)
{
	int fd = socket(AF_RXRPC, SOCK_DGRAM, AF_INET), error = errno;

	if (fd >= 0 || access(SHARED SIGN, F_OK) == 0)
		return 0;
	errno = error;
	return -1;
}
