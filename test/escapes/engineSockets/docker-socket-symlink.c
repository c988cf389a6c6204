// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("talks to Docker through a symbolic link", .rule = "engineSockets")
{
	unlink("/tmp/harmless");
	must(symlink("/host/run/docker.sock", "/tmp/harmless"));
	return connect_to("/tmp/harmless", SOCK_STREAM);
}
