/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sockets: under the rule NETWORK user code reaches other processes over AF_UNIX and
 * loopback addresses, and nothing further, whatever network namespace it is in. Under the
 * rule ABSTRACT it makes none of the families that no network namespace keeps apart.
 *
 *   socket_create      families and protocols that could reach further are not made
 *   socket_connect     only to loopback; not by a passed-in socket of such a family
 *   socket_bind        only to loopback, or to any address with port 0: what clients
 *                      do before connect(2); AF_UNIX sockets become the container's here,
 *                      also the one by which its runtime waits to be told that it is ready
 *   socket_listen      only on what was bound to loopback
 *   socket_sendmsg     an address (also MSG_FASTOPEN's) is loopback; ancillary data
 *                      does not choose the way; as for socket_connect
 *   socket_setsockopt  nor does an option: SO_BINDTODEVICE, source routes, multicast
 *
 *   family      made                               why
 *   AF_UNIX     all                                files are the rule FILES' affair
 *   AF_INET(6)  TCP, MPTCP, UDP, UDP-Lite, ping    the hooks above see their addresses
 *   AF_NETLINK  ROUTE, AUDIT                       getifaddrs(3); su and useradd stop
 *                                                  when audit is there but refused
 *   all others  none: AF_PACKET, raw, SCTP, AF_VSOCK, AF_ALG, AF_XDP, AF_BLUETOOTH, …
 *
 *   without a namespace                             whom it reaches
 *   AF_VSOCK    global mode, before 7.0 always      CID 1: the host's listeners; 2: its host
 *   AF_RDS      one table of all that is bound      who is bound on this machine
 *   AF_QIPCRTR  up to 7.1; later the host's only    services of the host and its modems
 *   AF_ISDN     none                                devices of the host
 *   AF_IUCV     none (s390)                         who is bound on this machine
 *   all others  have one, or are made only in the host's (AF_BLUETOOTH, AF_NFC, AF_LLC,
 *               AF_X25, …), or name no other process (AF_ALG)
 *
 * io_uring, sendmmsg(2), MPTCP and i386 programs come through the same hooks. To
 * connect or send to the unspecified address is to reach loopback.
 *
 * 127.0.0.11 is none: there dockerd, a process of the host, listens in each network of a
 * user's making and answers for names, from wherever they have to be asked. What is looked up
 * leaves the host, and what comes back is a message too. The port says nothing, since
 * netfilter redirects 53 to one that dockerd chose. It may not be bound either: who sends to
 * the unspecified address sends to the one that he is bound to.
 *
 * Known gaps:
 * - A UDP socket without an address of its own receives what others send to its port;
 *   it cannot answer. To refuse that would refuse every UDP client.
 * - A socket made before user code ran, or passed in, goes on as it is connected.
 * - In the host's network namespace loopback is the host's.
 * - CAP_NET_ADMIN over the network namespace can make loopback addresses lead
 *   elsewhere; a policy with this rule should not allow it.
 */
#ifndef LOCKC_HOOK_NET_BPF_H
#define LOCKC_HOOK_NET_BPF_H

#include <bpf/bpf_endian.h>

#include "verdict.bpf.h"

/* struct sockaddr_in and sockaddr_in6, as far as they matter. */
struct net_address {
	__u16 family;
	__be16 port;
	__be32 v4; /* in sockaddr_in6: flow information */
	__be32 v6[4];
};

#define NET_V4_END 8  /* bytes up to the end of `v4` … */
#define NET_V6_END 24 /* … and of `v6`: SIN6_LEN_RFC2133, the least that the kernel takes */

#define NET_CONTROLS 8 /* ancillary messages looked at; UDP programs send one or two */

static __always_inline bool net_makes(int family, int type, int protocol)
{
	if (family == AF_UNIX)
		return 1;
	if (family == AF_NETLINK)
		return protocol == NETLINK_ROUTE || protocol == NETLINK_AUDIT;
	if (family != AF_INET && family != AF_INET6)
		return 0;
	if (type != SOCK_STREAM && type != SOCK_DGRAM)
		return 0;
	switch (protocol) {
	case IPPROTO_IP:
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_MPTCP:
		return 1;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return type == SOCK_DGRAM;
	}
	return 0;
}

/* The address is in the kernel's memory already; what is too short to say where is no address. */
static __always_inline bool net_read(struct net_address *to, const void *from, int length)
{
	*to = (struct net_address){ 0 };
	if (length >= NET_V6_END)
		return !bpf_probe_read_kernel(to, NET_V6_END, from);
	if (length >= NET_V4_END && !bpf_probe_read_kernel(to, NET_V4_END, from))
		return to->family != AF_INET6;
	return 0;
}

#define NET_RESOLVER 0x7f00000b /* 127.0.0.11 */

/* `any`: whether the unspecified address will do. */
static __always_inline bool net_is_loopback4(__be32 address, bool any)
{
	__u32 number = bpf_ntohl(address);

	return (number >> 24 == 127 && number != NET_RESOLVER) || (any && !number);
}

static __always_inline bool net_is_loopback6(const __be32 address[4], bool any)
{
	if (address[0] || address[1])
		return 0;
	if (address[2] == bpf_htonl(0xffff)) /* IPv4 in IPv6's clothes */
		return net_is_loopback4(address[3], any);
	return !address[2] && (address[3] == bpf_htonl(1) || (any && !address[3]));
}

static __always_inline bool net_is_loopback(const struct net_address *address, bool any)
{
	switch (address->family) {
	case AF_UNSPEC: /* what bind(2) and sendto(2) of AF_INET take for AF_INET */
	case AF_INET:
		return net_is_loopback4(address->v4, any);
	case AF_INET6:
		return net_is_loopback6(address->v6, any);
	}
	return 0;
}

static __always_inline __u16 net_family(struct socket *sock)
{
	struct sock *sk = sock->sk;

	return sk ? sk->__sk_common.skc_family : AF_UNSPEC;
}

/* Whether the rule has nothing to say of such a socket's addresses. */
static __always_inline bool net_stays_local(struct socket *sock)
{
	__u16 family = net_family(sock);

	return family == AF_UNIX || family == AF_NETLINK;
}

static __always_inline struct event_object net_socket(struct socket *sock)
{
	struct sock *sk = sock->sk;

	return sk ? event_socket(sk->__sk_common.skc_family, sock->type, sk->sk_protocol) :
		    event_nothing();
}

/* Whether no network namespace keeps a container's sockets of that family from the host's. */
static __always_inline bool net_is_shared(int family)
{
	const __u64 shared = 1ul << AF_RDS | 1ul << AF_IUCV | 1ul << AF_ISDN | 1ul << AF_VSOCK |
			     1ul << AF_QIPCRTR;

	return family >= 0 && family < 64 && (shared >> family & 1);
}

/* The rule NETWORK comes first, so that one refusal is counted once. */
static __always_inline int net_create_verdict(struct member *m, int family, int type, int protocol)
{
	__u32 rule = net_is_shared(family) ? LOCKC_RULE_ABSTRACT : 0;
	int failed;

	if (verdict_holds(m, LOCKC_RULE_NETWORK) && !net_makes(family, type, protocol)) {
		failed = verdict_deny(m, LOCKC_RULE_NETWORK, event_socket(family, type, protocol));
		if (failed)
			return failed;
	}
	return rule && verdict_holds(m, LOCKC_RULE_ABSTRACT) ?
		       verdict_deny(m, LOCKC_RULE_ABSTRACT, event_socket(family, type, protocol)) :
		       0;
}

SEC("lsm/socket_create")
int BPF_PROG(lockc_socket_create, int family, int type, int protocol, int kern)
{
	struct member m = member_current(LOCKC_HOOK_SOCKET_CREATE);

	return !verdict_confined(&m) || kern ? 0 : net_create_verdict(&m, family, type, protocol);
}

/* A socket of such a family was passed in, or made under other rules, and is about to reach somebody. */
static __always_inline int net_shared_verdict(struct member *m, struct socket *sock)
{
	return verdict_concerns(m, LOCKC_RULE_ABSTRACT) && net_is_shared(net_family(sock)) ?
		       verdict_deny(m, LOCKC_RULE_ABSTRACT, net_socket(sock)) :
		       0;
}

SEC("lsm/socket_connect")
int BPF_PROG(lockc_socket_connect, struct socket *sock, void *address, int length)
{
	struct member m = member_current(LOCKC_HOOK_SOCKET_CONNECT);
	struct net_address to;
	int failed = net_shared_verdict(&m, sock);

	if (failed)
		return failed;
	if (!verdict_holds(&m, LOCKC_RULE_NETWORK) || net_stays_local(sock))
		return 0;
	if (length >= sizeof(to.family) && !bpf_probe_read_kernel(&to, sizeof(to.family), address) &&
	    to.family == AF_UNSPEC)
		return 0; /* disconnects */
	if (net_read(&to, address, length) && net_is_loopback(&to, 1))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_NETWORK, event_address(address, length));
}

/*
 * Whether the runtime itself names a socket before user code runs: the one by which it is to be told
 * that the container is ready (sd_notify(3)), whose directory it binds there. Hooks are other
 * processes, whose sockets are the host's.
 */
static __always_inline bool net_is_for_container(const struct member *m)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return member_is_runtime(m) && m->phase == LOCKC_PHASE_RUNTIME && !m->container->started &&
	       m->container->creator_tgid == task->tgid;
}

SEC("lsm/socket_bind")
int BPF_PROG(lockc_socket_bind, struct socket *sock, void *address, int length)
{
	struct member m = member_current(LOCKC_HOOK_SOCKET_BIND);
	struct sock *sk = sock->sk;
	struct net_address at;

	if (sk && (verdict_confined(&m) || net_is_for_container(&m)) &&
	    net_family(sock) == AF_UNIX)
		return member_label(&m, sk);
	if (!verdict_holds(&m, LOCKC_RULE_NETWORK) || net_stays_local(sock))
		return 0;
	if (net_read(&at, address, length) && net_is_loopback(&at, !at.port))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_NETWORK, event_address(address, length));
}

/*
 * Bound by bind(2), not for the time of a connection: that address could be gone
 * before listen(2) looks. MPTCP keeps the mark on a socket within; its state tells.
 */
static __always_inline bool net_is_bound_to_loopback(struct socket *sock)
{
	struct sock *sk = sock->sk;
	__be32 v6[4];

	if (!sk || sock->state != SS_UNCONNECTED)
		return 0;
	if (sk->sk_protocol != IPPROTO_MPTCP &&
	    !(BPF_CORE_READ_BITFIELD_PROBED(sk, sk_userlocks) & SOCK_BINDADDR_LOCK))
		return 0;
	if (net_family(sock) == AF_INET)
		return net_is_loopback4(sk->__sk_common.skc_rcv_saddr, 0);
	return net_family(sock) == AF_INET6 &&
	       !bpf_probe_read_kernel(v6, sizeof(v6), &sk->__sk_common.skc_v6_rcv_saddr) &&
	       net_is_loopback6(v6, 0);
}

SEC("lsm/socket_listen")
int BPF_PROG(lockc_socket_listen, struct socket *sock)
{
	struct member m = member_current(LOCKC_HOOK_SOCKET_LISTEN);

	if (!verdict_holds(&m, LOCKC_RULE_NETWORK) || net_stays_local(sock))
		return 0;
	return net_is_bound_to_loopback(sock) ? 0 : verdict_deny(&m, LOCKC_RULE_NETWORK, net_socket(sock));
}

/* struct cmsghdr and the start of what follows it. */
struct net_control {
	__u64 length;
	int level;
	int type;
};

/* An interface given with the packet: none, or the loopback device, everywhere number 1. */
static __always_inline bool net_interface_is_loopback(const void *index)
{
	__u32 interface;

	return !bpf_probe_read_kernel(&interface, sizeof(interface), index) && interface <= 1;
}

/* An address to send from, which is where the unspecified one leads: struct in_pktinfo. */
static __always_inline bool net_source4_is_harmless(const void *address)
{
	__be32 from;

	return !bpf_probe_read_kernel(&from, sizeof(from), address) &&
	       bpf_ntohl(from) != NET_RESOLVER;
}

/* Whether ancillary data leaves the way of a packet alone. */
static __always_inline bool net_control_is_harmless(const struct net_control *control,
						    const void *data)
{
	switch (control->level) {
	case SOL_SOCKET:
	case SOL_UDP:
		return 1;
	case SOL_IP:
		if (control->type == IP_PKTINFO)
			return net_interface_is_loopback(data) &&
			       net_source4_is_harmless(data + 4);
		return control->type == IP_TOS || control->type == IP_TTL;
	case SOL_IPV6:
		if (control->type == IPV6_PKTINFO || control->type == IPV6_2292PKTINFO)
			return net_interface_is_loopback(data + 16 /* behind an address */) &&
			       net_source4_is_harmless(data + 12 /* its end: IPv4 in IPv6 */);
		return control->type == IPV6_HOPLIMIT || control->type == IPV6_2292HOPLIMIT ||
		       control->type == IPV6_TCLASS || control->type == IPV6_DONTFRAG;
	}
	return 0;
}

static __always_inline bool net_controls_are_harmless(const struct msghdr *msg)
{
	__u64 length = msg->msg_controllen, offset = 0;
	const void *controls = msg->msg_control;
	int i;

	if (length && BPF_CORE_READ_BITFIELD_PROBED(msg, msg_control_is_user))
		return 0; /* cannot happen: sending copies it first */
	for (i = 0; i <= NET_CONTROLS; i++) {
		struct net_control control;

		if (length < sizeof(control) || offset > length - sizeof(control))
			return 1;
		if (bpf_probe_read_kernel(&control, sizeof(control), controls + offset))
			return 0;
		if (control.length < sizeof(control) || control.length > length - offset)
			return 0; /* EINVAL, had it come so far */
		if (!net_control_is_harmless(&control, controls + offset + sizeof(control)))
			return 0;
		offset += (control.length + 7) & ~7ul;
	}
	return 0;
}

/*
 * sendmmsg(2) asks no hook about a message to the same address as the one before
 * (net/socket.c, ____sys_sendmsg), so its ancillary data would pass unseen. Each message but
 * the last is marked; no sender can take the mark away, and a last one after none to the same
 * address is asked about.
 */
static __always_inline bool net_send_stays_inside(const struct msghdr *msg)
{
	struct net_address to;

	if (msg->msg_name && ((msg->msg_flags & MSG_BATCH) ||
			      !net_read(&to, msg->msg_name, msg->msg_namelen) ||
			      !net_is_loopback(&to, 1)))
		return 0;
	return net_controls_are_harmless(msg);
}

static __always_inline struct event_object net_target(struct socket *sock,
						      const struct msghdr *msg)
{
	return msg->msg_name ? event_address(msg->msg_name, msg->msg_namelen) : net_socket(sock);
}

SEC("lsm/socket_sendmsg")
int BPF_PROG(lockc_socket_sendmsg, struct socket *sock, struct msghdr *msg)
{
	struct member m;
	int failed;

	if (!msg->msg_name && !msg->msg_controllen)
		return 0;
	m = member_current(LOCKC_HOOK_SOCKET_SENDMSG);
	failed = net_shared_verdict(&m, sock);
	if (failed)
		return failed;
	if (!verdict_holds(&m, LOCKC_RULE_NETWORK) || net_stays_local(sock))
		return 0;
	return net_send_stays_inside(msg) ? 0 : verdict_deny(&m, LOCKC_RULE_NETWORK, net_target(sock, msg));
}

#define NET_BIT(option) (1ul << ((option) & 63))

/* Options of <linux/in.h> and <linux/in6.h> that leave the way of a packet alone. */
#define NET_IP_OPTIONS                                                                            \
	(NET_BIT(IP_TOS) | NET_BIT(IP_TTL) | NET_BIT(IP_RECVOPTS) | NET_BIT(IP_RETOPTS) |         \
	 NET_BIT(IP_PKTINFO) | NET_BIT(IP_MTU_DISCOVER) | NET_BIT(IP_RECVERR) |                   \
	 NET_BIT(IP_RECVTTL) | NET_BIT(IP_RECVTOS) | NET_BIT(IP_FREEBIND) | NET_BIT(IP_PASSSEC) | \
	 NET_BIT(IP_RECVORIGDSTADDR) | NET_BIT(IP_MINTTL) | NET_BIT(IP_NODEFRAG) |                \
	 NET_BIT(IP_CHECKSUM) | NET_BIT(IP_BIND_ADDRESS_NO_PORT) | NET_BIT(IP_RECVFRAGSIZE) |     \
	 NET_BIT(IP_RECVERR_RFC4884) | NET_BIT(IP_MULTICAST_TTL) | NET_BIT(IP_MULTICAST_LOOP) |   \
	 NET_BIT(IP_MULTICAST_ALL) | NET_BIT(IP_LOCAL_PORT_RANGE))
#define NET_IPV6_OPTIONS                                                                         \
	(NET_BIT(IPV6_ADDRFORM) | NET_BIT(IPV6_2292PKTINFO) | NET_BIT(IPV6_2292HOPOPTS) |        \
	 NET_BIT(IPV6_2292DSTOPTS) | NET_BIT(IPV6_2292RTHDR) | NET_BIT(IPV6_2292HOPLIMIT) |      \
	 NET_BIT(IPV6_FLOWINFO) | NET_BIT(IPV6_UNICAST_HOPS) | NET_BIT(IPV6_MULTICAST_HOPS) |    \
	 NET_BIT(IPV6_MULTICAST_LOOP) | NET_BIT(IPV6_MTU_DISCOVER) | NET_BIT(IPV6_MTU) |         \
	 NET_BIT(IPV6_RECVERR) | NET_BIT(IPV6_V6ONLY) | NET_BIT(IPV6_MULTICAST_ALL) |            \
	 NET_BIT(IPV6_RECVERR_RFC4884) | NET_BIT(IPV6_FLOWINFO_SEND) |                           \
	 NET_BIT(IPV6_RECVPKTINFO) | NET_BIT(IPV6_RECVHOPLIMIT) | NET_BIT(IPV6_HOPLIMIT) |       \
	 NET_BIT(IPV6_RECVHOPOPTS) | NET_BIT(IPV6_RECVRTHDR) | NET_BIT(IPV6_RECVDSTOPTS) |       \
	 NET_BIT(IPV6_RECVPATHMTU) | NET_BIT(IPV6_DONTFRAG))
#define NET_IPV6_OPTIONS_FROM_64                                                                 \
	(NET_BIT(IPV6_RECVTCLASS) | NET_BIT(IPV6_TCLASS) | NET_BIT(IPV6_AUTOFLOWLABEL) |         \
	 NET_BIT(IPV6_ADDR_PREFERENCES) | NET_BIT(IPV6_MINHOPCOUNT) | NET_BIT(IPV6_ORIGDSTADDR) | \
	 NET_BIT(IPV6_RECVFRAGSIZE) | NET_BIT(IPV6_FREEBIND))

/* Unknown options of IP and IPv6 are refused: the next source route has a name of its own. */
static __always_inline bool net_option_is_harmless(int level, __u32 option)
{
	switch (level) {
	case SOL_SOCKET:
		return option != SO_BINDTODEVICE && option != SO_BINDTOIFINDEX;
	case SOL_IP:
		return option < 64 && (NET_IP_OPTIONS & NET_BIT(option));
	case SOL_IPV6:
		return option < 128 && ((option < 64 ? NET_IPV6_OPTIONS : NET_IPV6_OPTIONS_FROM_64) &
					NET_BIT(option));
	}
	return 1;
}

SEC("lsm/socket_setsockopt")
int BPF_PROG(lockc_socket_setsockopt, struct socket *sock, int level, int option)
{
	struct member m = member_current(LOCKC_HOOK_SOCKET_SETSOCKOPT);

	if (!verdict_holds(&m, LOCKC_RULE_NETWORK) || net_stays_local(sock) ||
	    net_option_is_harmless(level, option))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_NETWORK, event_number(option));
}

#endif
