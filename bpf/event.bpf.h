/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events: what was refused, to whom, and what it was about. All of it is put together
 * only then; whoever is allowed pays nothing.
 *
 *   verdict.bpf.h    each refusal, and what is only audited   DENIED, AUDITED
 *   runtimes.bpf.h   the guard's                              DENIED, AUDITED
 *   lifecycle.bpf.h  what becomes of containers, if wanted    REGISTERED, STARTED, JOINED, RELEASED
 *   apply.bpf.h      other rules for one that runs            CHANGED
 *   lockc_report     lockc-runc and lockctl, by BPF_PROG_TEST_RUN
 *   lockc_flush      the reader, each second: tells what waits in `recent`
 *
 * Refusals of the same (container, rule, object, and whether it was let through) wait in
 * `recent` until LOCKC_MERGE_NS after the last event about it; what makes room there, what
 * its container's end takes away and what comes later is told with its count. So at any
 * moment, and for each container:
 *
 *   denials + audits = counts of its events, told or lost, + what is pending of it
 *   over all: sum of `totals` without rule 0 = counts of events read + `lost` + pending
 *
 * An element of `recent` is one writer's at a time (`lock`). Nobody waits for it: who
 * meets another there tells its refusal as an event of its own. Programs may be preempted,
 * so a path is not put together in memory of the processor's but in one of EVENT_SLOTS;
 * when all are taken the event has no path and no program.
 *
 * Known gaps: who is refused at thousands of objects a second fills the ring buffer, and then
 * events of others are lost as well; their refusals are counted. A container's last refusals
 * wait for the next flush where somebody else is at their element as it ends.
 *
 * A path leads to the top of the mounts: from the container's root, or for what a
 * container was never given from the host's. Nobody is kept from renaming meanwhile;
 * then it may be part of each.
 */
#ifndef LOCKC_EVENT_BPF_H
#define LOCKC_EVENT_BPF_H

#include "maps.bpf.h"

/* Steps up from a file: as many components as LOCKC_PATH_SIZE can hold, and as many mounts. */
#define EVENT_CLIMB LOCKC_PATH_SIZE
#define EVENT_END (LOCKC_PATH_SIZE - 1) /* in `back`: the NUL's place */
#define EVENT_WAYS 4			/* elements of `recent` where an object may be */
#define EVENT_NAME 64			/* bytes of a name that tell it from others */

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

/* What changes on the way up is in the slot, where the verifier does not follow it. */
struct event_walk {
	struct event_slot *slot;
};

/* Writes a name before the path; it does not go over the start. */
static __always_inline bool event_prepend(struct event_slot *slot, struct dentry *dentry,
					  bool slash)
{
	__u64 length = BPF_CORE_READ(dentry, d_name.len);
	__u64 start = slot->start;

	if (length > 255 || start <= length)
		return 0;
	start -= length;
	bpf_probe_read_kernel(&slot->back[start & EVENT_END], length,
			      BPF_CORE_READ(dentry, d_name.name));
	if (slash)
		slot->back[--start & EVENT_END] = '/';
	slot->start = start;
	return 1;
}

static long event_climb(__u32 index, struct event_walk *walk)
{
	struct event_slot *slot = walk->slot;
	struct dentry *dentry = (void *)slot->at, *parent;
	struct mount *mount = (void *)slot->mount;
	char first = '/';

	if (mount && dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
		struct mount *above = BPF_CORE_READ(mount, mnt_parent);

		slot->at = (__u64)BPF_CORE_READ(mount, mnt_mountpoint);
		slot->mount = (__u64)above;
		return above == mount;
	}
	parent = BPF_CORE_READ(dentry, d_parent);
	if (parent == dentry) {
		bpf_probe_read_kernel(&first, 1, BPF_CORE_READ(dentry, d_name.name));
		if (first != '/')
			event_prepend(slot, dentry, 0);
		return 1;
	}
	if (!event_prepend(slot, dentry, 1)) {
		slot->start++; /* the slash of the first name that did fit: so it shows */
		return 1;
	}
	slot->at = (__u64)parent;
	return 0;
}

/* Puts the path together in the slot's `back`. */
static __noinline int event_walk_up(struct event_slot *slot, __u64 dentry, __u64 mnt)
{
	struct event_walk walk = { .slot = slot };

	slot->at = dentry;
	slot->mount = mnt ? mnt - bpf_core_field_offset(struct mount, mnt) : 0;
	slot->start = EVENT_END;
	bpf_loop(EVENT_CLIMB, event_climb, &walk, 0);
	if (slot->start >= EVENT_END) {
		slot->start = EVENT_END - 1;
		slot->back[EVENT_END - 1] = '/';
	}
	return 0;
}

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

static __always_inline struct lockc_event_counts *event_get_counts(void)
{
	__u32 first = 0;

	return bpf_map_lookup_elem(&event_counts, &first);
}

static __always_inline __u64 event_next(struct lockc_event_counts *counts)
{
	return __sync_fetch_and_add(&counts->sequence, 1) + 1;
}

static __always_inline void event_lose(struct lockc_event_counts *counts, __u64 count)
{
	__sync_fetch_and_add(&counts->dropped, 1);
	__sync_fetch_and_add(&counts->lost, count);
}

/* `length` bytes are behind it. Nobody is woken: who reads looks each second. */
static __always_inline void event_output(struct lockc_event *event, __u32 length)
{
	struct lockc_event_counts *counts = event_get_counts();

	if (!counts)
		return;
	barrier_var(length); /* else clang compares something else, and 6.1 does not see it */
	if (length > LOCKC_PATH_SIZE)
		length = LOCKC_PATH_SIZE;
	event->sequence = event_next(counts);
	event->length = length;
	if (bpf_ringbuf_output(&events, event, sizeof(*event) + length, BPF_RB_NO_WAKEUP))
		event_lose(counts, event->count);
}

static __always_inline struct event_slot *event_take_slot(void)
{
	int i;

	for (i = 0; i < EVENT_SLOTS; i++) {
		__u32 index = i;
		struct event_slot *slot = bpf_map_lookup_elem(&event_slots, &index);

		if (slot && !__sync_val_compare_and_swap(&slot->taken, 0, 1))
			return slot;
	}
	return NULL;
}

static __always_inline void event_remember(struct lockc_recent *place,
					   const struct lockc_event *event, const char *path)
{
	long copied = 0;

	bpf_probe_read_kernel(&place->event, sizeof(place->event), event);
	if (event->length)
		copied = bpf_probe_read_kernel_str(place->path, sizeof(place->path), path);
	place->event.length = copied > 0 ? copied : 0;
}

/* All slots are taken: without what they are needed for. */
static __always_inline void event_tell_short(const struct event_act *act, __u64 count,
					     struct lockc_recent *place)
{
	struct lockc_event_counts *counts = event_get_counts();
	struct lockc_event *event;

	if (!counts)
		return;
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		event_next(counts);
		event_lose(counts, count);
		return;
	}
	event_fill(event, act, count);
	event->sequence = event_next(counts);
	if (place)
		event_remember(place, event, NULL);
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

/* `place`: NULL, or where it is remembered, which is the caller's. */
static __noinline int event_tell(const struct event_act *act, __u64 count,
				 struct lockc_recent *place)
{
	struct event_slot *slot = event_take_slot();
	__u32 length;

	if (!slot) {
		event_tell_short(act, count, place);
		return 0;
	}
	event_fill(&slot->event, act, count);
	event_tell_program(slot);
	length = event_tell_text(slot, act);
	event_output(&slot->event, length);
	if (place)
		event_remember(place, &slot->event, slot->path);
	__sync_lock_test_and_set(&slot->taken, 0);
	return 0;
}

/* Tells what has waited in an element that is the caller's. */
static __always_inline void event_tell_pending(struct lockc_recent *place)
{
	__u32 length = place->event.length;

	if (!place->pending)
		return;
	if (length > sizeof(place->path))
		length = sizeof(place->path);
	place->event.count = place->pending;
	place->pending = 0;
	event_output(&place->event, length);
}

static __always_inline struct lockc_recent *event_place(__u32 index)
{
	return bpf_map_lookup_elem(&recent, &index);
}

/* Where the object is, or else what was told the longest ago of the places where it could be. */
static __always_inline struct lockc_recent *event_find(__u64 object)
{
	__u32 first = object % LOCKC_RECENT & ~(EVENT_WAYS - 1), found = first, i;
	__u64 oldest = ~0ul;

	for (i = first; i < first + EVENT_WAYS; i++) {
		struct lockc_recent *place = event_place(i);

		if (!place)
			continue;
		if (place->event.object == object)
			return place;
		if (place->told_ns < oldest) {
			oldest = place->told_ns;
			found = i;
		}
	}
	return event_place(found);
}

/* Whether the element is the caller's now. */
static __always_inline bool event_lock(struct lockc_recent *place)
{
	return !__sync_val_compare_and_swap(&place->lock, 0, 1);
}

static __always_inline void event_unlock(struct lockc_recent *place)
{
	__sync_lock_test_and_set(&place->lock, 0);
}

static __always_inline __u64 event_mix(__u64 hash, __u64 value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ul;
	return hash ^ hash >> 29;
}

/* A file is what it is by its inode; what does not exist, by its directory and name. */
static __always_inline void event_identify_file(struct event_act *act)
{
	struct dentry *dentry = (void *)act->at;

	act->ino = BPF_CORE_READ(dentry, d_inode, i_ino);
	if (act->what == LOCKC_OBJECT_FILE) {
		act->dev = BPF_CORE_READ(dentry, d_sb, s_dev);
		act->number |= !act->mnt;
	}
	if (!act->ino) {
		act->object = event_mix(act->object, BPF_CORE_READ(dentry, d_name.hash));
		act->object = event_mix(act->object, BPF_CORE_READ(dentry, d_parent, d_inode, i_ino));
	}
}

static __always_inline void event_identify_text(struct event_act *act)
{
	__u64 text[EVENT_NAME / sizeof(__u64)] = {};
	__u32 size = act->size, i;

	if (size > EVENT_NAME)
		size = EVENT_NAME;
	if (act->what == LOCKC_OBJECT_NAME && !act->number)
		bpf_probe_read_kernel_str(text, sizeof(text), (void *)act->at);
	else
		bpf_probe_read_kernel(text, size, (void *)act->at);
	for (i = 0; i < EVENT_NAME / sizeof(__u64); i++)
		act->object = event_mix(act->object, text[i]);
}

/* Completes what the caller did not look up, and gives the object its name. */
static __noinline int event_identify(struct event_act *act)
{
	struct task_struct *task = (void *)act->at;

	act->object = event_mix(act->container, (__u64)act->kind << 32 | act->what);
	act->object = event_mix(act->object, act->number);
	switch (act->what) {
	case LOCKC_OBJECT_NONE:
		act->object = event_mix(act->object, act->hook); /* the act is what it is about */
		break;
	case LOCKC_OBJECT_DEVICE:
		act->dev = act->size;
		event_identify_file(act);
		break;
	case LOCKC_OBJECT_FILE:
		event_identify_file(act);
		break;
	case LOCKC_OBJECT_PROCESS:
		act->number = BPF_CORE_READ(task, tgid);
		act->object = event_mix(act->object, act->number);
		break;
	case LOCKC_OBJECT_ADDRESS:
	case LOCKC_OBJECT_NAME:
		event_identify_text(act);
		break;
	}
	act->object = event_mix(act->object, (__u64)act->rule << 32 | act->dev);
	act->object = event_mix(act->object, act->ino);
	if (!act->object)
		act->object = 1;
	return 0;
}

/* `policy`: LOCKC_POLICY_SIZE bytes, NULL: of no container. */
static __noinline int event_count_total(const char *policy, __u32 rule, bool denied)
{
	struct lockc_total_key key = { .rule = rule };
	struct lockc_total *total;

	if (policy)
		bpf_probe_read_kernel(key.policy, sizeof(key.policy), policy);
	total = bpf_map_lookup_elem(&totals, &key);
	if (!total) {
		struct lockc_total none = {};

		bpf_map_update_elem(&totals, &key, &none, BPF_NOEXIST);
		total = bpf_map_lookup_elem(&totals, &key);
	}
	if (total)
		__sync_fetch_and_add(denied ? &total->denials : &total->audits, 1);
	return 0;
}

/* How many refusals the next event about this stands for; 0: it waits. The element is the caller's. */
static __always_inline __u64 event_merge(struct lockc_recent *place, const struct event_act *act)
{
	__u64 now = bpf_ktime_get_boot_ns(), count = 1;
	struct lockc_event_counts *counts = event_get_counts();

	if (place->event.object != act->object) {
		event_tell_pending(place);
		place->total = 0;
	} else if (now - place->told_ns < LOCKC_MERGE_NS) {
		place->total++;
		place->pending++;
		place->event.time_ns = now;
		if (counts)
			__sync_fetch_and_add(&counts->merged, 1);
		return 0;
	} else {
		count += place->pending;
	}
	place->pending = 0;
	place->total++;
	place->told_ns = now;
	return count;
}

/*
 * Something was refused, or is only audited. A function of its own for the verifier, which
 * looks at it once for each program and not for each place that refuses.
 */
__noinline int event_refusal(struct event_act *act)
{
	struct lockc_container *container = NULL;
	struct lockc_recent *place;
	__u64 count = 1, key;

	if (!act)
		return 0;
	key = act->container;
	if (key)
		container = bpf_map_lookup_elem(&containers, &key);
	event_count_total(container ? container->policy : NULL, act->rule,
			  act->kind == LOCKC_EVENT_DENIED);
	event_identify(act);
	place = event_find(act->object);
	if (place && !event_lock(place))
		place = NULL;
	if (place)
		count = event_merge(place, act);
	if (count)
		event_tell(act, count, place);
	if (place)
		event_unlock(place);
	return 0;
}

/* Places that refuse are many: there it takes five numbers, the second of them event_pack's. */
static __noinline int event_refuse(__u64 container, __u64 packed, __u64 at, __u64 mnt,
				   __u64 number)
{
	struct event_act act = {
		.container = container,
		.number = number,
		.at = at,
		.mnt = mnt,
		.size = packed >> 32,
		.kind = packed & 0xff,
		.hook = packed >> 8 & 0xff,
		.what = packed >> 16 & 0xff,
		.rule = 1u << (packed >> 24 & 31),
	};

	return event_refusal(&act);
}

static __always_inline void event_tell_refusal(__u64 container, __u32 hook, __u32 rule,
					       bool denied, struct event_object object)
{
	__u32 kind = denied ? LOCKC_EVENT_DENIED : LOCKC_EVENT_AUDITED;

	event_refuse(container,
		     kind | hook << 8 | object.what << 16 | (__u64)__builtin_ctz(rule) << 24 |
			     (__u64)object.size << 32,
		     object.at, object.mnt, object.number);
}

/* Another thing that became of a container than a refusal. */
__noinline int event_change(__u64 container, __u32 kind, __u32 hook)
{
	struct event_act act = { .container = container, .kind = kind, .hook = hook };

	return event_tell(&act, 1, NULL);
}

static __always_inline void event_tell_debug(__u64 container, __u32 kind, __u32 hook)
{
	__u32 first = 0;
	__u32 *wanted = bpf_map_lookup_elem(&event_debug, &first);

	if (wanted && *wanted)
		event_change(container, kind, hook);
}

struct event_flush {
	__u64 container; /* whose; 0: of all, what has waited for LOCKC_MERGE_NS */
};

static long event_flush_place(__u32 index, struct event_flush *flush)
{
	struct lockc_recent *place = event_place(index);
	__u64 now;

	if (!place || !place->pending)
		return 0;
	if (flush->container && place->event.container != flush->container)
		return 0;
	now = bpf_ktime_get_boot_ns();
	if (!flush->container && now - place->told_ns < LOCKC_MERGE_NS)
		return 0;
	if (!event_lock(place))
		return 0; /* whoever has it tells it, or the next flush does */
	event_tell_pending(place);
	place->told_ns = now;
	event_unlock(place);
	return 0;
}

__noinline int event_flush(__u64 container)
{
	struct event_flush flush = { .container = container };

	bpf_loop(LOCKC_RECENT, event_flush_place, &flush, 0);
	return 0;
}

/* The container has ended. */
static __always_inline void event_end(__u64 container, __u32 hook)
{
	event_flush(container);
	event_tell_debug(container, LOCKC_EVENT_RELEASED, hook);
}

SEC("syscall")
int lockc_flush(void *context)
{
	return event_flush(0);
}

static __always_inline void event_fill_report(struct lockc_event *event,
					      const struct lockc_report *report)
{
	__builtin_memset(event, 0, sizeof(*event));
	event->time_ns = bpf_ktime_get_boot_ns();
	event->container = report->event.container;
	event->count = 1;
	event->number = report->event.number;
	event->kind = report->event.kind;
	event->rule = report->event.rule;
	event->what = report->event.what;
	event_fill_actor(event);
	bpf_probe_read_kernel(event->policy, EVENT_TEXTS, report->event.policy);
	/* Whoever reads looks for their end. */
	event->policy[LOCKC_POLICY_SIZE - 1] = 0;
	event->name[LOCKC_NAME_SIZE - 1] = 0;
	event->id[LOCKC_ID_SIZE - 1] = 0;
}

/* 0; -EBUSY: try again. */
SEC("syscall")
int lockc_report(struct lockc_report *report)
{
	__u32 length = report->event.length;
	struct event_slot *slot = event_take_slot();

	if (!slot)
		return -EBUSY;
	/* A look at its end makes the kernel insist on all of it. */
	if (length > LOCKC_PATH_SIZE || report->path[LOCKC_PATH_SIZE - 1])
		length = LOCKC_PATH_SIZE;
	event_fill_report(&slot->event, report);
	event_tell_program(slot);
	bpf_probe_read_kernel(slot->path, length, report->path);
	if (length)
		slot->path[(length - 1) & EVENT_END] = 0;
	if (report->event.kind == LOCKC_EVENT_REFUSED || report->event.kind == LOCKC_EVENT_TOLERATED)
		event_count_total(slot->event.policy, 0,
				  report->event.kind == LOCKC_EVENT_REFUSED);
	event_output(&slot->event, length);
	__sync_lock_test_and_set(&slot->taken, 0);
	return 0;
}

#endif
