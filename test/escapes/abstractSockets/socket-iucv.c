// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a socket to the hypervisor of a mainframe, which no network namespace keeps apart",
       .rule = "abstractSockets")
{
	return past_permission(socket(AF_IUCV, SOCK_STREAM, 0), EAFNOSUPPORT);
}
