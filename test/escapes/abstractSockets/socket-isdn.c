// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a socket to an ISDN card, which no network namespace keeps apart",
       .rule = "abstractSockets")
{
	return past_permission(socket(AF_ISDN, SOCK_RAW, 0), EAFNOSUPPORT);
}
