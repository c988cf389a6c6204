// SPDX-License-Identifier: Apache-2.0
/* No network namespace keeps these sockets apart; CID 1 is this machine. */
#include "runner/escape.h"
#include <linux/vm_sockets.h>

static int listen_there(void)
{
	struct sockaddr_vm any = { .svm_family = AF_VSOCK,
				   .svm_cid = VMADDR_CID_ANY,
				   .svm_port = 4711 };
	int fd;

	must_be(!system("modprobe vsock_loopback"), "modprobe");
	fd = socket(AF_VSOCK, SOCK_STREAM, 0);
	must(bind(fd, (void *)&any, sizeof(any)));
	return listen(fd, 1);
}

ESCAPE("connects to a service of the host over AF_VSOCK", .rule = "abstractSockets",
       .host = listen_there)
{
	struct sockaddr_vm host = { .svm_family = AF_VSOCK,
				    .svm_cid = VMADDR_CID_LOCAL,
				    .svm_port = 4711 };
	int fd = socket(AF_VSOCK, SOCK_STREAM, 0);

	return fd < 0 ? -1 : connect(fd, (void *)&host, sizeof(host));
}
