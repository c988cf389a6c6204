/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The contract between the kernel half (bpf/) and the userspace half (shim/,
 * ctl/): every struct, enum and size that both sides read or write. TypeScript
 * gets its offsets from this header through the object's BTF
 * (core/generated/layout.ts); nothing is remembered twice.
 *
 * Who writes a field is said beside it: "shim" before the runtime starts,
 * "kernel" from then on, "load" for lockctl load, "apply" for the program lockc_apply.
 */
#ifndef LOCKC_H
#define LOCKC_H

/* Raised with every change of a layout or of what a value says; a loader refuses to reuse maps of another. */
#define LOCKC_ABI 13

#define LOCKC_ID_SIZE 256	/* NAME_MAX + 1: runc keeps its state in ROOT/ID, one path component */
#define LOCKC_ROOT_SIZE 256
#define LOCKC_POLICY_SIZE 64
#define LOCKC_DOCUMENT_SIZE 32768
#define LOCKC_COMM_SIZE 16	/* TASK_COMM_LEN */
#define LOCKC_SLOTS 8192	/* of the map `places`, in struct lockc_common; a power of 2 */
#define LOCKC_NAMESPACES 4	/* mount namespaces one container's runtime may pivot in (hooks count) */
#define LOCKC_BURIED 1024	/* mount namespaces of ended containers that are still known; a power of 2 */
#define LOCKC_PAGE_GRANTS 16	/* in struct lockc_grant_page */
#define LOCKC_RULES 32		/* bits of enum lockc_rule: counters have this many places */
#define LOCKC_ANY_MINOR 0x100000 /* in struct lockc_device_key; minors have 20 bits */
#define LOCKC_NAME_SIZE 64
#define LOCKC_EXE_SIZE 256
#define LOCKC_SHORT_SIZE 256	/* of a path in `recent` */
#define LOCKC_PATH_SIZE 4096	/* PATH_MAX: of a path behind a struct lockc_event */
#define LOCKC_RECENT 256	/* entries of `recent`; a power of 2 */
#define LOCKC_WANTED_SHIFT 16	/* in an event's number: enum lockc_access bits, 0: the rule asks not */
#define LOCKC_MERGE_NS 1000000000 /* refusals of the same within this time are one event */
#define LOCKC_PSEUDO_DEPTH 16	/* components that a path in `pseudo` may have; each costs a climb */
#define LOCKC_PSEUDO_REACH 32	/* components of a file's path that rules with "**" are looked for in */

/* Where a task stands on its way into a container. Order matters: it only ever rises. */
enum lockc_phase {
	LOCKC_PHASE_NONE = 0,
	LOCKC_PHASE_ENTERED = 1,   /* came through lockc-runc, while the guard is on; no container */
	LOCKC_PHASE_ENROLLING = 2, /* the shim: each path it stats becomes a grant */
	LOCKC_PHASE_RUNTIME = 3,   /* runc and its hooks: the host's own code, unrestricted */
	LOCKC_PHASE_JOINING = 4,   /* an exec in a container's place, not yet committed */
	LOCKC_PHASE_CONFINED = 5,  /* user code: the policy holds */
};

/* What a policy makes the kernel refuse. A container without any bit is only accounted. */
enum lockc_rule {
	LOCKC_RULE_FILES = 1 << 0,  /* files of mounts the container was not given */
	LOCKC_RULE_MOUNT = 1 << 1,  /* making, moving, changing or removing mounts */
	LOCKC_RULE_SYSLOG = 1 << 2, /* the kernel log */
	LOCKC_RULE_BPF = 1 << 3,    /* bpf(2) and bpffs */
	LOCKC_RULE_CAPABILITY = 1 << 4, /* capabilities outside `capabilities` */
	LOCKC_RULE_USERNS = 1 << 5,	/* making user namespaces */
	LOCKC_RULE_NETWORK = 1 << 6,	/* sockets that reach further than AF_UNIX and loopback */
	LOCKC_RULE_PSEUDO = 1 << 7,	/* files of proc, sysfs and the like by the path inside them */
	LOCKC_RULE_PROCESS = 1 << 8,	/* tracing, signalling and changing processes of others */
	LOCKC_RULE_ROOT = 1 << 9,	/* becoming the host's user 0 */
	LOCKC_RULE_ESCALATION = 1 << 10, /* gaining privilege by execve(2) */
	LOCKC_RULE_PERF = 1 << 11,	/* perf_event_open(2) */
	LOCKC_RULE_MODULES = 1 << 12,	/* loading code into the kernel */
	LOCKC_RULE_REQUESTS = 1 << 13,	/* making the kernel load a module that it misses */
	LOCKC_RULE_KEYRINGS = 1 << 14,	/* the kernel's key retention service */
	LOCKC_RULE_LOCKDOWN = 1 << 15,	/* what kernel_lockdown(7) forbids */
	LOCKC_RULE_PROGRAMS = 1 << 16,	/* executing a file that has no name */
	LOCKC_RULE_MAPPINGS = 1 << 17,	/* mapping code of a file that has no name */
	LOCKC_RULE_SETUID = 1 << 18,	/* set-user-ID files and the like in the host's directories */
	LOCKC_RULE_TERMINAL = 1 << 19,	/* typing into a terminal on behalf of its user */
	LOCKC_RULE_DEVICES = 1 << 20,	/* devices outside `devices` */
	LOCKC_RULE_ENGINES = 1 << 21,	/* sockets of container engines */
	LOCKC_RULE_ABSTRACT = 1 << 22,	/* abstract sockets of others in the host's network */
	LOCKC_RULE_HOOKS = 1 << 23,	/* hooks of the host that run what is the container's */
	LOCKC_RULE_TOKEN = 1 << 24,	/* Kubernetes' token for a service account; absent without one */
	LOCKC_RULE_ENTRY = 1 << 29,	/* of no policy, of events only: entering what has ended */
	LOCKC_RULE_GUARD = 1 << 30,	/* of no policy, of events only: runtimes past lockc-runc */
};

/* What an event tells. */
enum lockc_event_kind {
	LOCKC_EVENT_DENIED = 1,	    /* user code was refused something; or, rule GUARD, a host's task */
	LOCKC_EVENT_AUDITED = 2,    /* the same, let through since the rule is only audited */
	LOCKC_EVENT_REFUSED = 3,    /* lockc-runc created no container; path: "RULE: " and what it said */
	LOCKC_EVENT_TOLERATED = 4,  /* lockc-runc let through what is only audited; path: the same */
	LOCKC_EVENT_REGISTERED = 5, /* the shim registered a container */
	LOCKC_EVENT_STARTED = 6,    /* its user code runs */
	LOCKC_EVENT_JOINED = 7,	    /* a further process entered it and became user code */
	LOCKC_EVENT_CHANGED = 8,    /* it has another policy, or that has other rules */
	LOCKC_EVENT_RELEASED = 9,   /* its last task ended */
};

/*
 * What the object of an event is, and which of its fields say so. A path that does not
 * begin with "/" lacks its start (it is longer than LOCKC_PATH_SIZE), or lies nowhere:
 * memfd:NAME.
 */
enum lockc_object {
	LOCKC_OBJECT_NONE = 0,
	LOCKC_OBJECT_FILE = 1,	     /* dev, ino, path; number: wanted; 1: relative to its file system */
	LOCKC_OBJECT_PROCESS = 2,    /* number: its thread group on the host; path: its name */
	LOCKC_OBJECT_CAPABILITY = 3, /* number */
	LOCKC_OBJECT_ADDRESS = 4,    /* address: what it was to bind, connect or send to */
	LOCKC_OBJECT_SOCKET = 5,     /* number: family << 32 | type << 16 | protocol */
	LOCKC_OBJECT_DEVICE = 6,     /* dev: its number; number: wanted, S_IFCHR or S_IFBLK; path */
	LOCKC_OBJECT_NAME = 7,	     /* path: an abstract socket (@…), a module, a refusal's sentence */
	LOCKC_OBJECT_NUMBER = 8,     /* number: a command, an option, a flag of the hook */
};

/* Where the kernel asked: the LSM hooks and tracepoints that have programs. */
enum lockc_hook {
	LOCKC_HOOK_NONE = 0,
	LOCKC_HOOK_BPF,
	LOCKC_HOOK_BPRM_COMMITTING_CREDS,
	LOCKC_HOOK_BPRM_CREDS_FROM_FILE,
	LOCKC_HOOK_CAPABLE,
	LOCKC_HOOK_FILE_FCNTL,
	LOCKC_HOOK_FILE_IOCTL,
	LOCKC_HOOK_FILE_IOCTL_COMPAT,
	LOCKC_HOOK_FILE_MPROTECT,
	LOCKC_HOOK_FILE_OPEN,
	LOCKC_HOOK_FILE_RECEIVE,
	LOCKC_HOOK_FS_CONTEXT_PARSE_PARAM,
	LOCKC_HOOK_INODE_FILE_SETATTR,
	LOCKC_HOOK_INODE_GETATTR,
	LOCKC_HOOK_INODE_REMOVE_ACL,
	LOCKC_HOOK_INODE_REMOVEXATTR,
	LOCKC_HOOK_INODE_SET_ACL,
	LOCKC_HOOK_INODE_SETATTR,
	LOCKC_HOOK_INODE_SETXATTR,
	LOCKC_HOOK_KERNEL_LOAD_DATA,
	LOCKC_HOOK_KERNEL_MODULE_REQUEST,
	LOCKC_HOOK_KERNEL_READ_FILE,
	LOCKC_HOOK_KEY_ALLOC,
	LOCKC_HOOK_KEY_PERMISSION,
	LOCKC_HOOK_LOCKED_DOWN,
	LOCKC_HOOK_MMAP_ADDR,
	LOCKC_HOOK_MMAP_FILE,
	LOCKC_HOOK_MOVE_MOUNT,
	LOCKC_HOOK_PATH_CHMOD,
	LOCKC_HOOK_PATH_CHOWN,
	LOCKC_HOOK_PATH_CHROOT,
	LOCKC_HOOK_PATH_LINK,
	LOCKC_HOOK_PATH_MKDIR,
	LOCKC_HOOK_PATH_MKNOD,
	LOCKC_HOOK_PATH_NOTIFY,
	LOCKC_HOOK_PATH_RENAME,
	LOCKC_HOOK_PATH_RMDIR,
	LOCKC_HOOK_PATH_SYMLINK,
	LOCKC_HOOK_PATH_TRUNCATE,
	LOCKC_HOOK_PATH_UNLINK,
	LOCKC_HOOK_PERF_EVENT_OPEN,
	LOCKC_HOOK_PTRACE_ACCESS_CHECK,
	LOCKC_HOOK_PTRACE_TRACEME,
	LOCKC_HOOK_QUOTACTL,
	LOCKC_HOOK_SB_KERN_MOUNT,
	LOCKC_HOOK_SB_MOUNT,
	LOCKC_HOOK_SB_PIVOTROOT,
	LOCKC_HOOK_SB_REMOUNT,
	LOCKC_HOOK_SB_UMOUNT,
	LOCKC_HOOK_SCHED_PROCESS_EXIT,
	LOCKC_HOOK_SCHED_PROCESS_FREE,
	LOCKC_HOOK_SCHED_WAKEUP_NEW,
	LOCKC_HOOK_SOCKET_BIND,
	LOCKC_HOOK_SOCKET_CONNECT,
	LOCKC_HOOK_SOCKET_CREATE,
	LOCKC_HOOK_SOCKET_LISTEN,
	LOCKC_HOOK_SOCKET_SENDMSG,
	LOCKC_HOOK_SOCKET_SETSOCKOPT,
	LOCKC_HOOK_SYSLOG,
	LOCKC_HOOK_TASK_ALLOC,
	LOCKC_HOOK_TASK_FIX_SETUID,
	LOCKC_HOOK_TASK_KILL,
	LOCKC_HOOK_TASK_MOVEMEMORY,
	LOCKC_HOOK_TASK_SETIOPRIO,
	LOCKC_HOOK_TASK_SETNICE,
	LOCKC_HOOK_TASK_SETPGID,
	LOCKC_HOOK_TASK_SETRLIMIT,
	LOCKC_HOOK_TASK_SETSCHEDULER,
	LOCKC_HOOK_UNIX_MAY_SEND,
	LOCKC_HOOK_UNIX_STREAM_CONNECT,
	LOCKC_HOOK_USERNS_CREATE,
};

/* What an element of `pseudo` or `devices` leaves open. */
enum lockc_access {
	LOCKC_ACCESS_READ = 1 << 0,
	LOCKC_ACCESS_WRITE = 1 << 1,
	LOCKC_ACCESS_OWN = 1 << 2,  /* pseudo: writing in the container's own cgroup */
	LOCKC_ACCESS_MAKE = 1 << 3, /* devices: mknod(2) */
	LOCKC_ACCESS_RUNTIME = 1 << 4, /* pseudo: the runtime writes it, for whom config.json asks */
	LOCKC_ACCESS_BELOW = 1 << 5,   /* pseudo: there are rules for names anywhere below it */
};

/* One for each grant; several at once are looked for. */
enum lockc_grant_kind {
	LOCKC_GRANT_NONE = 0,
	LOCKC_GRANT_MOUNT = 1 << 0,	 /* mounts whose root is this inode */
	LOCKC_GRANT_SUPERBLOCK = 1 << 1, /* any mount of this superblock (ino is 0) */
	LOCKC_GRANT_FILE = 1 << 2,	 /* this inode itself: stdio that the runtime handed over */
};

/* Value of `guard`: what becomes of a runtime's exec that did not come through lockc-runc. */
enum lockc_guard {
	LOCKC_GUARD_OFF = 0,
	LOCKC_GUARD_AUDIT = 1,
	LOCKC_GUARD_ENFORCE = 2,
};

/* Value of `runtimes`. */
enum lockc_binary {
	LOCKC_BINARY_RUNTIME = 1,  /* runc and its like */
	LOCKC_BINARY_ENTRANCE = 2, /* lockc-runc, lockctl: who executes it may execute a runtime */
};

/* What is known of a grant. */
enum lockc_grant_flag {
	LOCKC_GRANT_FLAG_HOST = 1 << 0, /* a directory of the host, neither root nor the engine's */
	LOCKC_GRANT_FLAG_READ = 1 << 1, /* GRANT_FILE: it was handed over for reading … */
	LOCKC_GRANT_FLAG_WRITE = 1 << 2, /* … and for writing. GRANT_MOUNT: it is mounted so */
	LOCKC_GRANT_FLAG_TOKEN = 1 << 3, /* a service account's token, or the directory that has it */
	LOCKC_GRANT_FLAG_TALK = 1 << 4, /* GRANT_MOUNT: sockets that lie there may be connected to */
};

/*
 * What hooks of the host may mount for a container, a value of `prospects`: read-only, or in
 * any mode. Several about one inode add up; nearer ones come first.
 */
enum lockc_prospect {
	LOCKC_PROSPECT_READ = 1 << 0, /* it itself */
	LOCKC_PROSPECT_WRITE = 1 << 1,
	LOCKC_PROSPECT_NEVER = 1 << 2, /* … whatever is above it */
	LOCKC_PROSPECT_BELOW_READ = 1 << 3, /* the same of what lies below it */
	LOCKC_PROSPECT_BELOW_WRITE = 1 << 4,
	LOCKC_PROSPECT_BELOW_NEVER = 1 << 5,
	LOCKC_PROSPECT_OWN = 1 << 6, /* that is the container's own, not the host's */
};

/* In `looked` of struct lockc_way: at processes of more than one container. */
#define LOCKC_LOOKED_SEVERAL (~0ull)

/* What user code of a container could make in a mount namespace, where a policy holds anything. */
enum lockc_could {
	LOCKC_COULD_COPY = 1 << 0, /* one of the host's user namespace: it has CAP_SYS_ADMIN */
	LOCKC_COULD_SHOW = 1 << 1, /* one with the root of who looked: it was given that, or may mount */
};

/* Where a process may be going; the kernel's alone. Its other threads have it of the first. */
struct lockc_way {
	__u64 home;	       /* mount namespace where it is the host's own code; 0: unknown … */
	__u64 home_superblock; /* … and the root that it had there … */
	__u64 home_ino;	       /* … by its number (kernel_number) … */
	__u32 home_generation; /* … and its i_generation … */
	__u32 could;	       /* enum lockc_could bits of all that it looked at, as that was then */
	__u64 home_users; /* … and the address of its user namespace */
	__u64 looked;	  /* container whose process it looked at, maybe to enter; 0: none */
	__u64 seen;	  /* the mount namespace of the last such process */
	__u64 other;	  /* that of the last process that it looked at since and is in no container */
	__u64 made;	  /* one that it made itself: it mounted something there, or looked first */
};

/* Value of `tasks`, task storage. */
struct lockc_task {
	__u64 container; /* shim, kernel: key of `containers`; 0: of none */
	__u32 phase;	 /* shim, kernel: enum lockc_phase */
	__u32 counted;	 /* shim, kernel: 1 when the container's `tasks` includes this task */
	/* kernel: copied from the container's record, so that hooks need not look it up: */
	__u64 root_superblock;
	__u64 root_ino;
	__u64 copied; /* one more than `generation` then; they hold while that is so */
	__u32 rules;
	__u32 pivoted; /* kernel: 1 while the container's `pivoters` includes this task */
	__u64 left_mm; /* kernel: address of the memory that it had as it became user code, if it still has */
	__u64 was_container; /* kernel: of who is JOINING: what it was before … */
	__u32 was_phase;     /* … and is again where its exec failed */
	__u32 prospect;	     /* shim, ENROLLING: enum lockc_prospect bits of what it stats; 0: it is given */
	struct lockc_way way;
};

/* Value of `common`, one entry: what hooks read before they look anything up. */
struct lockc_common {
	__u64 generation; /* kernel: raised when a record's rules change and when it ends */
	__u32 starting; /* kernel: containers with grants whose user code does not run yet */
	__u32 burials; /* kernel: of ended containers' namespaces so far, modulo 2^32 */
	__u32 slots[LOCKC_SLOTS]; /* kernel: entries of `places` whose key has this slot */
	__u64 buried[LOCKC_BURIED]; /* kernel: a ring of them, oldest overwritten; 0: none yet */
};

/* Value of `containers`; the key is unique for the host's uptime, whatever the ID. */
struct lockc_container {
	__u64 mntns[LOCKC_NAMESPACES]; /* kernel: unique ids of its mount namespaces, set at pivot */
	__u64 runtime_mntns;	       /* kernel: the shim's mount namespace, never the container's */
	__u64 root_superblock;	       /* kernel: first grant, the root file system: its superblock */
	__u64 root_ino;		       /* kernel: … and its root's number (kernel_number), compared first */
	__u64 root_dentry;	       /* kernel: … and the address of its dentry */
	__u64 layer_cred;	       /* kernel: address of the credentials its layers are opened with */
	__u64 cgroup;		       /* kernel: id of its own on cgroup v2, 0: none, or not `started` */
	__u64 shim_cgroup;	       /* kernel: the shim's, which is not the container's own */
	__u64 runtime_netns;	       /* kernel: address of the shim's network namespace, the host's */
	__u64 denials[LOCKC_RULES];    /* kernel: refusals so far, for each bit of enum lockc_rule */
	__u64 audits[LOCKC_RULES];     /* kernel: what is only audited and was let through */
	__u64 admitted;		       /* shim: what admission let through since it is only audited */
	__u64 capabilities;	       /* shim, apply: RULE_CAPABILITY: bit n: capability n may be used */
	__u64 pseudo;		       /* shim, apply: RULE_PSEUDO: which set of `pseudo` holds */
	__u64 devices;		       /* shim, apply: RULE_DEVICES: which set of `devices` holds */
	__u64 created_ns;	       /* shim: CLOCK_MONOTONIC, nanoseconds */
	__u64 pid_namespace;	       /* kernel: address of its first process's, 0: none ran user code */
	__u64 token_superblock;	       /* kernel: where its token lies; 0: it has none, ~0: on several */
	__u32 rules;		       /* shim, apply: enum lockc_rule bits of its policy */
	__u32 audit;		       /* shim, apply: which of `rules` are only audited */
	__u32 grants;		       /* kernel: grants recorded while ENROLLING */
	__u32 granted;		       /* kernel: places taken in its pages of `grants` */
	__u32 prospects;	       /* kernel: … and of `prospects` */
	__u32 own_grants;	       /* shim: the first so many are the engine's, later ones the host's … */
	__u32 token_grants;	       /* shim: … of which those up to this one have a token */
	__u32 writable_grants;	       /* shim: the first so many are not mounted read-only */
	__u32 talking_grants;	       /* shim: of later ones than so many no socket may be connected to */
	__u32 tasks;		       /* shim (1), kernel: counted tasks alive, any phase */
	__u32 confined;		       /* kernel: of these, in PHASE_CONFINED */
	__u32 creator_tgid;	       /* kernel: thread group of lockc-runc, from its first exec on */
	__u32 init_tgid;	       /* kernel: thread group of its first process: who pivoted, who started */
	__u32 creator_gone;	       /* kernel: 1 once that has ended */
	__u32 pivoters;		       /* kernel: tasks that pivoted and run no user code yet: the first to be */
	__u32 over;		       /* kernel: 1: somebody is removing this record */
	__u32 starting;		       /* kernel: 1 while it counts in struct lockc_common's */
	__u32 started;		       /* kernel: 1 once its first process ran user code */
	__u32 pid;		       /* shim: of lockc-runc, which becomes the runtime */
	__u32 user_level;	       /* kernel: depth of its user namespace below the host's */
	__u32 hooked;		       /* shim: 1: hooks of the host run for it before user code */
	__u32 root_generation;	       /* kernel: i_generation of its root, which the pivot compares */
	__u32 ran;		       /* kernel: 1 once any user code ran, its first process's or a hook's */
	__u32 shared_pids;	       /* kernel: 1: processes of others are in its PID namespace */
	__u32 could;		       /* kernel: enum lockc_could bits of policies that it had before */
	char policy[LOCKC_POLICY_SIZE]; /* shim, apply: NUL-terminated */
	char name[LOCKC_NAME_SIZE];	/* shim: what its engine calls it, cut to fit; empty: nothing */
	char id[LOCKC_ID_SIZE];		/* shim: NUL-terminated, cut to fit */
	char root[LOCKC_ROOT_SIZE];	/* shim: the runtime's --root, NUL-terminated, cut to fit */
};

/* Key of `grants` and of `prospect_list`, where a page is one of them. */
struct lockc_grant_key {
	__u64 container;
	__u32 page; /* from 0 */
	__u32 unused; /* zero */
};

/* Key of `prospects`, each member as in struct lockc_grant_page. */
struct lockc_prospect_key {
	__u64 container;
	__u64 superblock;
	__u64 ino;
	__u32 dev;
	__u32 generation;
};

/* Value of `grants`: some of what a container was given. A kind that is not 0 is written last. */
struct lockc_grant_page {
	__u64 superblock[LOCKC_PAGE_GRANTS]; /* its address: a reused s_dev is not mistaken for it */
	__u64 ino[LOCKC_PAGE_GRANTS]; /* number (kernel_number) of a mount's root, or of a file; else 0 */
	__u32 dev[LOCKC_PAGE_GRANTS]; /* s_dev in the kernel's encoding: major << 20 | minor */
	__u32 generation[LOCKC_PAGE_GRANTS]; /* i_generation of that inode, whose number is used again */
	__u8 kind[LOCKC_PAGE_GRANTS]; /* enum lockc_grant_kind */
	__u8 flags[LOCKC_PAGE_GRANTS]; /* enum lockc_grant_flag bits */
};

/* Key of `engine_sockets`; its value is a __u32, 1. */
struct lockc_socket_key {
	__u64 path;   /* load: hash of the path inside the file system, as in struct lockc_pseudo_key */
	__u32 dev;    /* load: the file system's s_dev, as in struct lockc_grant_page */
	__u32 unused; /* zero */
};

/* Value of `sockets`, socket storage. */
struct lockc_socket {
	__u64 container; /* kernel: key of the container whose user code named it */
};

/* Value of `policies`, keyed by name (char[LOCKC_POLICY_SIZE], zero padded). */
struct lockc_policy {
	__u64 capabilities;		    /* load: as in struct lockc_container … */
	__u64 pseudo;			    /* load */
	__u64 devices;			    /* load */
	__u32 rules;			    /* load: enum lockc_rule bits */
	__u32 audit;			    /* load */
	__u32 size;			    /* load: bytes of `document` */
	__u32 unused;			    /* zero */
	char document[LOCKC_DOCUMENT_SIZE]; /* load: the compiled policy, JSON, for the shim */
};

/*
 * Key of `pseudo`; its value is a __u32 of enum lockc_access bits. The rule holds for
 * the file and all below it, unless a rule that reaches deeper has another. In proc, "/self"
 * is each process's directory; "**" stands for any way down to the last component.
 */
struct lockc_pseudo_key {
	__u64 set;  /* load: names the set by its content, so that a changed policy gets a new one */
	__u64 path; /* load: FNV-1a, 64 bits, of the path inside the file system; "" is its root */
	__u64 magic; /* load: the file system's magic, <linux/magic.h> or bpf/kernel.bpf.h */
};

/* Key of `devices`; its value is a __u32 of enum lockc_access bits. */
struct lockc_device_key {
	__u64 set;    /* load: as in struct lockc_pseudo_key */
	__u32 type;   /* load: S_IFCHR or S_IFBLK */
	__u32 major;  /* load */
	__u32 minor;  /* load: or LOCKC_ANY_MINOR */
	__u32 unused; /* zero */
};

/* Context of the program lockc_apply: a running container gets other rules. */
struct lockc_change {
	__u64 container; /* load: key of `containers` */
	__u64 capabilities;
	__u64 pseudo;
	__u64 devices;
	__u32 rules;
	__u32 audit;
	char policy[LOCKC_POLICY_SIZE];
};

/* Key of `runtimes`: a file by its inode, or by its directory's and its name in there. */
struct lockc_binary_key {
	__u64 ino;
	__u64 name;	  /* FNV-1a, 64 bits, of "/NAME"; 0: the inode is the file's own */
	__u32 dev;	  /* s_dev in the kernel's encoding */
	__u32 generation; /* i_generation: inode numbers are used again */
};

/* Context of the program lockc_identify: a file that lockctl has open, as the kernel knows it. */
struct lockc_identity {
	__u32 fd; /* load */
	__u32 dev; /* kernel: as in struct lockc_binary_key … */
	__u64 ino; /* kernel */
	__u32 generation; /* kernel */
	__u32 unused;
};

/* Value of `guard_hits`, one entry. */
struct lockc_guard_hits {
	__u64 denials; /* kernel: runtimes refused … */
	__u64 audits;  /* kernel: … and let through, since the guard only audits */
	__u32 pid;     /* kernel: who was the last, and its name */
	char comm[LOCKC_COMM_SIZE];
	__u32 unused;
};

/* Value of `settings`, one entry. */
struct lockc_settings {
	__u32 abi;			    /* load: LOCKC_ABI */
	__u32 size;			    /* load: bytes of `document` */
	char document[LOCKC_DOCUMENT_SIZE]; /* load: /etc/lockc/lockc.yaml, JSON, for the shim */
};

/*
 * A record of `events`: this, and behind it `length` bytes of the object's path or name
 * with its NUL. Text is what the kernel has: any bytes but NUL.
 */
struct lockc_event {
	__u64 sequence;	 /* from 1; each event has its own as long as the maps live */
	__u64 time_ns;	 /* CLOCK_BOOTTIME, nanoseconds: of the last of what is merged */
	__u64 container; /* key of `containers`, 0: of none */
	__u64 count;	 /* how many like it since the event before of the same container, rule, object */
	__u64 object;	 /* names container, rule and object; the same for what is merged */
	__u64 ino;
	__u64 number;
	__u32 kind;   /* enum lockc_event_kind */
	__u32 rule;   /* one bit of enum lockc_rule; 0: of none */
	__u32 hook;   /* enum lockc_hook */
	__u32 what;   /* enum lockc_object */
	__u32 dev;    /* in the kernel's encoding */
	__u32 pid;    /* who acted: thread group … */
	__u32 tid;    /* … and thread, in the host's PID namespace */
	__u32 ns_pid; /* thread group in its own PID namespace */
	__u32 uid;    /* on the host */
	__u32 length; /* of what is behind */
	__u8 address[32]; /* struct sockaddr_in or sockaddr_in6, zero padded */
	char comm[LOCKC_COMM_SIZE];
	char policy[LOCKC_POLICY_SIZE]; /* these three of the container's record */
	char name[LOCKC_NAME_SIZE];
	char id[LOCKC_ID_SIZE];
	char exe[LOCKC_EXE_SIZE]; /* the program's path, cut at its start to fit; empty: unknown */
};

/* Element of `recent`: what was refused last, and how often since it was told. */
struct lockc_recent {
	__u64 pending;	 /* kernel: counted since the last event about it */
	__u64 total;	 /* kernel: since the element is about this object */
	__u64 told_ns;	 /* kernel: CLOCK_BOOTTIME of the last event about it */
	__u64 lock;	 /* kernel: 1 while somebody writes it */
	struct lockc_event event; /* kernel: as told last, time_ns of the last; `object` 0: it is free */
	char path[LOCKC_SHORT_SIZE]; /* kernel: cut at its end, NUL-terminated */
};

/* Value of `event_counts`, one entry. */
struct lockc_event_counts {
	__u64 sequence; /* kernel: events made so far */
	__u64 dropped;	/* kernel: of these lost, since `events` was full … */
	__u64 lost;	/* kernel: … and the sum of their counts */
	__u64 merged;	/* kernel: refusals that waited in `recent`, to be told with another */
};

/* Key of `totals`. */
struct lockc_total_key {
	char policy[LOCKC_POLICY_SIZE];
	__u32 rule; /* one bit of enum lockc_rule; 0: what lockc-runc refused to create, or tolerated */
	__u32 unused; /* zero */
};

/* Value of `totals`: since the maps were made, of containers that ended as well. */
struct lockc_total {
	__u64 denials;
	__u64 audits;
};

/* Context of the program lockc_report: what lockc-runc and lockctl put among the events. */
struct lockc_report {
	struct lockc_event event; /* in: kind, rule, what, number, policy, name, id; the rest is the kernel's */
	char path[LOCKC_PATH_SIZE]; /* in: event.length bytes of it count */
};

#endif
