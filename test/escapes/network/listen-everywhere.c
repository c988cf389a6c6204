// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("serves other machines", .rule = "network", .policy = "offline")
{
	return listen(socket(AF_INET, SOCK_STREAM, 0), 1);
}
