// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a socket to the modem, which no network namespace keeps apart",
       .rule = "abstractSockets")
{
	return past_permission(socket(AF_QIPCRTR, SOCK_DGRAM, 0), EAFNOSUPPORT);
}
