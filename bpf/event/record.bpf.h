/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One act, and the event that is made of it: who acted, by which program, on what.
 */
#ifndef LOCKC_EVENT_RECORD_BPF_H
#define LOCKC_EVENT_RECORD_BPF_H

#include "event/path.bpf.h"

/* One act. All are numbers, so that it can be handed from one function to another. */
struct event_act {
	__u64 container; /* key, 0: of none */
	__u64 number;
	__u64 at;
	__u64 mnt;
	__u64 ino;
	__u64 object; /* as in struct lockc_event */
	__u32 dev;
	__u32 size;
	__u32 kind;
	__u32 rule;
	__u32 hook;
	__u32 what;
};

/* The program that the task runs; of a longer path its end. */
static __always_inline void event_tell_program(struct event_slot *slot)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct file *file = BPF_CORE_READ(task, mm, exe_file);
	__u64 start;

	if (!file)
		return;
	event_walk_up(slot, (__u64)BPF_CORE_READ(file, f_path.dentry),
		      (__u64)BPF_CORE_READ(file, f_path.mnt));
	start = slot->start;
	if (start < EVENT_END - (LOCKC_EXE_SIZE - 1))
		start = EVENT_END - (LOCKC_EXE_SIZE - 1);
	bpf_probe_read_kernel(slot->event.exe, ((EVENT_END - start) & (LOCKC_EXE_SIZE - 1)) + 1,
			      &slot->back[start & EVENT_END]);
}

/* How many bytes the object's path or name has, with its NUL. */
static __always_inline __u32 event_tell_text(struct event_slot *slot, const struct event_act *act)
{
	struct task_struct *task = (void *)act->at;
	__u64 start, length;
	long copied;

	switch (act->what) {
	case LOCKC_OBJECT_FILE:
	case LOCKC_OBJECT_DEVICE:
		event_walk_up(slot, act->at, act->mnt);
		start = slot->start;
		length = ((EVENT_END - start) & EVENT_END) + 1;
		bpf_probe_read_kernel(slot->path, length, &slot->back[start & EVENT_END]);
		return length;
	case LOCKC_OBJECT_PROCESS:
		copied = BPF_CORE_READ_STR_INTO(&slot->path, task, comm);
		break;
	case LOCKC_OBJECT_NAME:
		length = act->size;
		if (length > LOCKC_SHORT_SIZE - 1)
			length = LOCKC_SHORT_SIZE - 1;
		if (act->number) {
			slot->path[0] = act->number;
			copied = bpf_probe_read_kernel_str(slot->path + 1, length,
							   (void *)act->at + 1);
			copied += copied > 0;
		} else {
			copied = bpf_probe_read_kernel_str(slot->path, LOCKC_SHORT_SIZE,
							   (void *)act->at);
		}
		break;
	default:
		return 0;
	}
	return copied > 0 ? copied : 0;
}

static __always_inline __u32 event_ns_pid(struct task_struct *task)
{
	struct pid *pid = BPF_CORE_READ(task, group_leader, thread_pid);
	__u64 level = BPF_CORE_READ(pid, level);
	__u32 number = 0;

	if (pid)
		bpf_probe_read_kernel(&number, sizeof(number),
				      (char *)pid + bpf_core_field_offset(struct pid, numbers) +
					      level * bpf_core_type_size(struct upid) +
					      bpf_core_field_offset(struct upid, nr));
	return number;
}

static __always_inline void event_fill_actor(struct lockc_event *event)
{
	struct task_struct *task = bpf_get_current_task_btf();
	__u64 ids = bpf_get_current_pid_tgid();

	event->pid = ids >> 32;
	event->tid = ids;
	event->ns_pid = event_ns_pid(task);
	event->uid = bpf_get_current_uid_gid();
	bpf_get_current_comm(event->comm, sizeof(event->comm));
}

/* The three that the record and the event have one behind the other. */
#define EVENT_TEXTS (LOCKC_POLICY_SIZE + LOCKC_NAME_SIZE + LOCKC_ID_SIZE)

static __always_inline void event_fill(struct lockc_event *event, const struct event_act *act,
				       __u64 count)
{
	__u64 key = act->container;
	struct lockc_container *container = key ? bpf_map_lookup_elem(&containers, &key) : NULL;
	__u32 size = act->size;

	__builtin_memset(event, 0, sizeof(*event));
	event->time_ns = bpf_ktime_get_boot_ns();
	event->container = key;
	event->count = count;
	event->object = act->object;
	event->ino = act->ino;
	event->number = act->what == LOCKC_OBJECT_NAME ? 0 : act->number;
	event->kind = act->kind;
	event->rule = act->rule;
	event->hook = act->hook;
	event->what = act->what;
	event->dev = act->dev;
	if (act->what == LOCKC_OBJECT_ADDRESS) {
		if (size > sizeof(event->address))
			size = sizeof(event->address);
		bpf_probe_read_kernel(event->address, size, (void *)act->at);
	}
	event_fill_actor(event);
	if (container)
		bpf_probe_read_kernel(event->policy, EVENT_TEXTS, container->policy);
}

#endif
