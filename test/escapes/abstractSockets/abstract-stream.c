// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int listen_there(void)
{
	return listen_at("@/host/shim", SOCK_STREAM);
}

ESCAPE("connects to an abstract socket of the host, such as containerd's shim",
       .cve = "CVE-2020-15257", .rule = "abstractSockets", .host = listen_there)
{
	return connect_to("@/host/shim", SOCK_STREAM);
}
