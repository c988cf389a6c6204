// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("talks to containerd, which gives root on the host", .rule = "engineSockets")
{
	return connect_to("/host/run/containerd/containerd.sock", SOCK_STREAM);
}
