/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AF_UNIX: user code talks to sockets of its own container and to those in directories
 * that it was given, and what a socket brings in is judged as if it were opened.
 *
 *   socket_bind          a socket that user code names is its container's (net.bpf.h asks), and so
 *                        is that by which the runtime waits for READY=1
 *   unix_stream_connect  connect(2) of streams and packets in sequence
 *   unix_may_send        each datagram, and connect(2) of such a socket; both name a
 *                        socket of which the kernel is to choose the name
 *   file_receive         a descriptor arrives: SCM_RIGHTS, pidfd_getfd(2), seccomp
 *
 *   the other socket              rule       refused
 *   the container's own, unnamed  –          never
 *   an engine's                   ENGINES    always
 *   bound to a path               FILES      unless that lies on what the container was given, and
 *                                            not only to look at (access: read-all)
 *   bound to an abstract name     ABSTRACT   in the network namespace of the runtime: the host's
 *
 * A socket is known by the file that it was bound to, not by the name that led to it:
 * a link, a bind mount, a leaked directory or /proc/PID/root change nothing. An
 * engine's is known by the path inside its file system, since each start of a daemon
 * makes a new inode. Containers of one pod share a network that is not the host's.
 *
 * Where create and start are two commands, runc names that socket in the second, which is nobody's,
 * and attached by fmod_ret programs cannot mark it: there its directory is what was given
 * (prospect.bpf.h).
 *
 * Known gaps: a socket that is connected when it is passed in goes on as it is. A host
 * that renames an engine's socket after binding it hides it from ENGINES, not from FILES.
 * Attached by fmod_ret, programs cannot mark sockets: there ABSTRACT refuses a container
 * in the host's network its own abstract sockets as well.
 */
#ifndef LOCKC_HOOK_UNIX_BPF_H
#define LOCKC_HOOK_UNIX_BPF_H

#include "hook/file.bpf.h"

struct unix_walk {
	__u64 at;
	__u64 path; /* hash of the path down to where it is */
	__u32 depth;
	bool arrived; /* at the top */
	bool unknown; /* a name could not be read */
};

/* To the top, whatever that is: with NFS it need not be the superblock's root. */
static long unix_climb(__u32 index, struct unix_walk *walk)
{
	struct dentry *dentry = (void *)walk->at;
	__u64 parent = (__u64)BPF_CORE_READ(dentry, d_parent);

	if (parent == walk->at) {
		walk->arrived = 1;
		return 1;
	}
	walk->depth = index + 1;
	walk->at = parent;
	return 0;
}

static long unix_descend(__u32 index, struct unix_walk *walk)
{
	__u64 dentry = pseudo_ancestor(walk->at, walk->depth - 1 - index);

	walk->unknown = !pseudo_hash_name(&walk->path, (struct dentry *)dentry);
	return walk->unknown;
}

/* No engine's socket has more than LOCKC_PSEUDO_DEPTH components inside its file system. */
static __noinline bool unix_is_engine(__u64 at)
{
	struct dentry *dentry = (void *)at;
	struct unix_walk walk = { .at = at, .path = PSEUDO_FNV_START };
	struct lockc_socket_key key = { .dev = BPF_CORE_READ(dentry, d_sb, s_dev) };

	bpf_loop(PSEUDO_CLIMB, unix_climb, &walk, 0);
	if (!walk.arrived)
		return 1; /* nobody can say */
	if (walk.depth > LOCKC_PSEUDO_DEPTH)
		return 0;
	walk.at = at;
	bpf_loop(walk.depth, unix_descend, &walk, 0);
	if (walk.unknown)
		return 1; /* cannot happen */
	key.path = walk.path;
	return bpf_map_lookup_elem(&engine_sockets, &key);
}

static __always_inline struct event_object unix_abstract(struct unix_address *addr)
{
	return event_abstract(addr->name[0].sun_path,
			      BPF_CORE_READ(addr, len) - sizeof(addr->name[0].sun_family));
}

/* `other` is locked and has not been closed. */
static __always_inline int unix_verdict(struct member *m, struct sock *other)
{
	struct unix_sock *peer = (void *)other;
	struct lockc_socket *label = NULL;
	struct unix_address *addr;
	struct dentry *dentry;
	int failed;

	if (!kernel_by_function)
		label = bpf_sk_storage_get(&sockets, other, NULL, 0);
	if (label && label->container == m->key)
		return 0;
	dentry = BPF_CORE_READ(peer, path.dentry);
	if (dentry) {
		struct event_object file = event_file(BPF_CORE_READ(peer, path.mnt), dentry);

		if (verdict_holds(m, LOCKC_RULE_ENGINES) &&
		    unix_is_engine((__u64)dentry)) {
			failed = verdict_deny(m, LOCKC_RULE_ENGINES, file);
			if (failed)
				return failed;
		}
		if (verdict_holds(m, LOCKC_RULE_FILES) && !grant_talks(m, dentry))
			return verdict_deny(m, LOCKC_RULE_FILES, file);
		return 0;
	}
	addr = BPF_CORE_READ(peer, addr);
	if (!verdict_holds(m, LOCKC_RULE_ABSTRACT) || !addr)
		return 0;
	if (m->container &&
	    (__u64)BPF_CORE_READ(other, __sk_common.skc_net.net) != m->container->runtime_netns)
		return 0;
	return verdict_deny(m, LOCKC_RULE_ABSTRACT, unix_abstract(addr));
}

static __always_inline int unix_check(__u32 hook, struct sock *own, struct sock *other)
{
	struct member m = member_current(hook);
	int failed;

	if (!verdict_confined(&m))
		return 0;
	failed = member_label(&m, own);
	return failed ? failed : unix_verdict(&m, other);
}

/*
 * From 6.16 on the kernel brings a core to the host's server (fs/coredump.c,
 * coredump_sock_connect). The flag stays, and what user code left in an io_uring is done after that.
 */
static __always_inline bool unix_brings_core(struct task_struct *task)
{
	return LINUX_KERNEL_VERSION >= KERNEL_VERSION(6, 16, 0) && (task->flags & PF_DUMPCORE) &&
	       bpf_core_field_exists(task->io_uring) && !task->io_uring;
}

SEC("lsm/unix_stream_connect")
int BPF_PROG(lockc_unix_stream_connect, struct sock *sock, struct sock *other)
{
	if (unix_brings_core(bpf_get_current_task_btf()))
		return 0;
	return unix_check(LOCKC_HOOK_UNIX_STREAM_CONNECT, sock, other);
}

SEC("lsm/unix_may_send")
int BPF_PROG(lockc_unix_may_send, struct socket *sock, struct socket *other)
{
	struct sock *own = sock->sk, *peer = other->sk;

	return own && peer ? unix_check(LOCKC_HOOK_UNIX_MAY_SEND, own, peer) : 0;
}

SEC("lsm/file_receive")
int BPF_PROG(lockc_file_receive, struct file *file)
{
	struct member m = member_current(LOCKC_HOOK_FILE_RECEIVE);
	int failed = file_use_verdict(&m, file);

	return failed ? failed : token_verdict_open(&m, file);
}

#endif
