// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a socket to other machines by RDS, which no network namespace keeps apart",
       .rule = "abstractSockets")
{
	return past_permission(socket(AF_RDS, SOCK_SEQPACKET, 0), EAFNOSUPPORT);
}
