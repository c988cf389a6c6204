// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/vm_sockets.h>

static int pass_socket(void)
{
	struct sockaddr_vm any = { .svm_family = AF_VSOCK,
				   .svm_cid = VMADDR_CID_ANY,
				   .svm_port = 4712 };
	int fd;

	must_be(!system("modprobe vsock_loopback"), "modprobe");
	fd = socket(AF_VSOCK, SOCK_STREAM, 0);
	must(bind(fd, (void *)&any, sizeof(any)));
	must(listen(fd, 1));
	hand_over(socket(AF_VSOCK, SOCK_STREAM, 0));
	return 0;
}

ESCAPE("connects to a service of the host by an AF_VSOCK socket that was passed in",
       .rule = "abstractSockets", .host = pass_socket)
{
	struct sockaddr_vm host = { .svm_family = AF_VSOCK,
				    .svm_cid = VMADDR_CID_LOCAL,
				    .svm_port = 4712 };
	int fd = take_over();

	return fd < 0 ? -1 : connect(fd, (void *)&host, sizeof(host));
}
