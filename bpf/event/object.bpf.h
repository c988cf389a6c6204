/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an act was about, as a hook hands it over: only what needs no look-up. Whoever is
 * allowed pays for none of it.
 */
#ifndef LOCKC_EVENT_OBJECT_BPF_H
#define LOCKC_EVENT_OBJECT_BPF_H

#include "maps.bpf.h"

/* What an act was about. Only what needs no look-up; event_refusal does the rest. */
struct event_object {
	__u32 what;   /* enum lockc_object */
	__u32 size;   /* ADDRESS, NAME: bytes at `at`; DEVICE: its number */
	__u64 number; /* as in struct lockc_event */
	__u64 at;     /* FILE, DEVICE: dentry; PROCESS: task; ADDRESS, NAME: where it is */
	__u64 mnt;    /* FILE, DEVICE: struct vfsmount; 0: the hook is told none */
};

static __always_inline struct event_object event_nothing(void)
{
	return (struct event_object){ 0 };
}

static __always_inline struct event_object event_file(const struct vfsmount *mnt,
						      const struct dentry *dentry)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_FILE, .at = (__u64)dentry, .mnt = (__u64)mnt
	};
}

static __always_inline struct event_object event_path(const struct path *path)
{
	return event_file(path->mnt, path->dentry);
}

/* `wanted`: enum lockc_access bits. */
static __always_inline struct event_object event_access(const struct vfsmount *mnt,
							const struct dentry *dentry, __u32 wanted)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_FILE,
		.number = (__u64)wanted << LOCKC_WANTED_SHIFT,
		.at = (__u64)dentry,
		.mnt = (__u64)mnt,
	};
}

/* `type`: S_IFCHR or S_IFBLK. */
static __always_inline struct event_object event_device(__u32 type, __u32 dev,
							const struct vfsmount *mnt,
							const struct dentry *dentry, __u32 wanted)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_DEVICE,
		.size = dev,
		.number = type | (__u64)wanted << LOCKC_WANTED_SHIFT,
		.at = (__u64)dentry,
		.mnt = (__u64)mnt,
	};
}

static __always_inline struct event_object event_process(const struct task_struct *task)
{
	return (struct event_object){ .what = LOCKC_OBJECT_PROCESS, .at = (__u64)task };
}

static __always_inline struct event_object event_capability(int cap)
{
	return (struct event_object){ .what = LOCKC_OBJECT_CAPABILITY, .number = cap };
}

/* The address is in the kernel's memory, and so many bytes long. */
static __always_inline struct event_object event_address(const void *address, int size)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_ADDRESS, .size = size, .at = (__u64)address
	};
}

static __always_inline struct event_object event_socket(__u32 family, __u32 type, __u32 protocol)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_SOCKET,
		.number = (__u64)family << 32 | (type & 0xffff) << 16 | (protocol & 0xffff),
	};
}

/* Text in the kernel's memory, with a NUL at its end. */
static __always_inline struct event_object event_name(const char *name)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_NAME, .size = LOCKC_SHORT_SIZE, .at = (__u64)name
	};
}

/* … without one, and its first byte, which is NUL, shall be "@". */
static __always_inline struct event_object event_abstract(const char *name, __u32 size)
{
	return (struct event_object){
		.what = LOCKC_OBJECT_NAME, .size = size, .number = '@', .at = (__u64)name
	};
}

static __always_inline struct event_object event_number(__u64 number)
{
	return (struct event_object){ .what = LOCKC_OBJECT_NUMBER, .number = number };
}

#endif
