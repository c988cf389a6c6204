// SPDX-License-Identifier: Apache-2.0
/* Of messages to the same address the kernel asks about the first one only. */
#include "runner/escape.h"
#include <arpa/inet.h>
#include <net/if.h>

ESCAPE("sends by another interface in a second message, with a system call's number of more than 32 bits",
       .rule = "network", .policy = "offline")
{
	struct sockaddr_in near = { .sin_family = AF_INET,
				    .sin_port = htons(9),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control = { .header = { .cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo)),
				  .cmsg_level = SOL_IP,
				  .cmsg_type = IP_PKTINFO } };
	struct iovec data = { "x", 1 };
	struct mmsghdr messages[2] = {
		{ .msg_hdr = { .msg_name = &near,
			       .msg_namelen = sizeof(near),
			       .msg_iov = &data,
			       .msg_iovlen = 1 } },
	};
	int sent;

	messages[1] = messages[0];
	messages[1].msg_hdr.msg_control = &control;
	messages[1].msg_hdr.msg_controllen = sizeof(control);
	((struct in_pktinfo *)CMSG_DATA(&control.header))->ipi_ifindex = if_nametoindex("docker0");
	sent = high_syscall(SYS_sendmmsg, socket(AF_INET, SOCK_DGRAM, 0), (long)messages, 2, 0);
	return sent == 2 ? 0 : -1;
}
