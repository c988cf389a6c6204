// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * Events (bpf/event/event.bpf.h) on this host, without a kernel. Reads from stdin, a line each:
 *
 *   now NS                          the time
 *   refuse KEY RULE d|a NUMBER      a container is refused that rule's bit, or it is audited
 *   file PATH [AT]…                 container 1 is refused that file, in a file system mounted
 *                                   AT a directory of the next one, and so on; all from "/"
 *   dentry PATH                     the same, at a hook that is told no mount
 *   stray PATH                      the same; the file is not below its mount's root any more
 *   nameless NAME                   the same, for a file that lies nowhere
 *   name TEXT, abstract TEXT        the same, for a name, an abstract socket
 *   runs PATH                       what the task's program is called
 *   end KEY, flush                  a container has ended; lockc_flush
 *   full 0|1, slots N, hold 0|1     no room in the ring; so many slots free; others at `recent`
 *   state                           answers with the counters and the sum of what is pending
 *
 * Each event is a line: kind, key, rule's bit, hook, count, sequence, time, object, number,
 * program, path.
 */
#include <stdio.h>
#include <stdlib.h>

#define HOST_EVENTS
#include "lockc.bpf.c"

int LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);

static struct file program;
static struct mm_struct mm;
static struct task_struct task = { .group_leader = &task, .mm = &mm };
static struct lockc_container container = { .policy = "p", .name = "n", .id = "i" };
static struct lockc_recent elements[LOCKC_RECENT];
static struct event_slot slots[EVENT_SLOTS];
static struct lockc_event_counts counts;
static struct {
	struct lockc_total_key key;
	struct lockc_total total;
} all_totals[64];
static unsigned total_count;
static unsigned long long now;
static int full;

void *host_task(void)
{
	return &task;
}

unsigned long long host_now(void)
{
	return now;
}

void *host_look_up(void *map, const void *key)
{
	unsigned index = *(const unsigned *)key, i;

	if (map == &containers)
		return &container;
	if (map == &recent)
		return index < LOCKC_RECENT ? &elements[index] : NULL;
	if (map == &event_slots)
		return index < EVENT_SLOTS ? &slots[index] : NULL;
	if (map == &event_counts)
		return &counts;
	for (i = 0; map == &totals && i < total_count; i++)
		if (!memcmp(&all_totals[i].key, key, sizeof(all_totals[i].key)))
			return &all_totals[i].total;
	return NULL;
}

long host_update(void *map, const void *key, const void *value)
{
	if (map == &totals)
		memcpy(&all_totals[total_count++].key, key, sizeof(struct lockc_total_key));
	return 0;
}

static struct {
	struct lockc_event event;
	char path[LOCKC_PATH_SIZE];
} reserved;

void *host_reserve(unsigned long size)
{
	return full ? NULL : memset(&reserved.event, 0xee, size);
}

long host_output(const void *data, unsigned long size)
{
	const struct lockc_event *event = data;
	const char *path = (const char *)(event + 1);

	if (full)
		return -1;
	if (size != sizeof(*event) + event->length || (event->length && path[event->length - 1]))
		exit(3);
	printf("%u %llu %d %u %llu %llu %llu %llx %llu %s %s\n", event->kind, event->container,
	       event->rule ? __builtin_ctz(event->rule) : -1, event->hook, event->count,
	       event->sequence, event->time_ns, event->object, event->number,
	       *event->exe ? event->exe : "-", event->length ? path : "-");
	return 0;
}

/* The dentries of a path in a file system of its own, the root first; its last one. */
static struct dentry *make_dentries(char *path, struct super_block *sb, struct dentry **root)
{
	struct dentry *at = calloc(1, sizeof(*at));
	char *name, *rest;

	*at = (struct dentry){ .d_parent = at, .d_sb = sb,
			       .d_name = { .len = 1, .name = (unsigned char *)"/" } };
	*root = at;
	for (name = strtok_r(path, "/", &rest); name; name = strtok_r(NULL, "/", &rest)) {
		struct dentry *child = calloc(1, sizeof(*child));
		unsigned hash = 5381, i;

		for (i = 0; name[i]; i++)
			hash = hash * 33 + (unsigned char)name[i];
		*child = (struct dentry){
			.d_parent = at, .d_sb = sb,
			.d_name = { .hash = hash, .len = strlen(name),
				    .name = (unsigned char *)strdup(name) },
		};
		at = child;
	}
	return at;
}

/* The words are PATH and where it is mounted, each in the file system of the next. */
static struct event_object make_file(char *words)
{
	static struct super_block sb = { .s_dev = 9 };
	struct mount *inner = NULL, *first = NULL;
	struct dentry *file = NULL;
	char *word, *rest;

	for (word = strtok_r(words, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) {
		struct mount *mount = calloc(1, sizeof(*mount));
		struct dentry *root, *last = make_dentries(word, &sb, &root);

		mount->mnt.mnt_root = root;
		mount->mnt_parent = mount;
		mount->mnt_mountpoint = root;
		if (inner) {
			inner->mnt_parent = mount;
			inner->mnt_mountpoint = last;
		} else {
			first = mount;
			file = last;
		}
		inner = mount;
	}
	return event_file(&first->mnt, file);
}

static void refuse(struct event_object object)
{
	event_tell_refusal(1, LOCKC_HOOK_FILE_OPEN, LOCKC_RULE_FILES, 1, object);
}

static void print_state(void)
{
	unsigned long long pending = 0, denials = 0, audits = 0;
	unsigned i;

	for (i = 0; i < LOCKC_RECENT; i++)
		pending += elements[i].pending;
	for (i = 0; i < total_count; i++) {
		denials += all_totals[i].total.denials;
		audits += all_totals[i].total.audits;
	}
	printf("state %llu %llu %llu %llu %llu %llu %llu\n", counts.sequence, counts.dropped,
	       counts.lost, counts.merged, pending, denials, audits);
}

static void set_locks(int held)
{
	unsigned i;

	for (i = 0; i < LOCKC_RECENT; i++)
		elements[i].lock = held;
}

static void set_slots(unsigned available)
{
	unsigned i;

	for (i = 0; i < EVENT_SLOTS; i++)
		slots[i].taken = i >= available;
}

static void act(const char *what, char *rest)
{
	struct event_object object;
	unsigned rule, number;
	unsigned long long key;
	char kind;

	if (!strcmp(what, "now"))
		now = atoll(rest);
	else if (!strcmp(what, "refuse") &&
		 sscanf(rest, "%llu %u %c %u", &key, &rule, &kind, &number) == 4)
		event_tell_refusal(key, LOCKC_HOOK_CAPABLE, 1u << rule, kind == 'd',
				   event_capability(number));
	else if (!strcmp(what, "end"))
		event_end(atoll(rest), LOCKC_HOOK_SCHED_PROCESS_EXIT);
	else if (!strcmp(what, "flush"))
		lockc_flush(NULL);
	else if (!strcmp(what, "full"))
		full = atoi(rest);
	else if (!strcmp(what, "slots"))
		set_slots(atoi(rest));
	else if (!strcmp(what, "hold"))
		set_locks(atoi(rest));
	else if (!strcmp(what, "state"))
		print_state();
	else if (!strcmp(what, "file"))
		refuse(make_file(rest));
	else if (!strcmp(what, "name"))
		refuse(event_name(strtok(rest, "\n")));
	else if (!strcmp(what, "abstract")) {
		static char address[110];

		memcpy(address + 1, rest, strcspn(rest, "\n"));
		refuse(event_abstract(address, strcspn(rest, "\n") + 1));
	} else if (!strcmp(what, "runs")) {
		object = make_file(rest);
		program.f_path.mnt = (void *)object.mnt;
		program.f_path.dentry = (void *)object.at;
		mm.exe_file = &program;
	} else if (!strcmp(what, "dentry")) {
		object = make_file(rest);
		object.mnt = 0;
		refuse(object);
	} else if (!strcmp(what, "stray")) {
		object = make_file(rest);
		((struct vfsmount *)object.mnt)->mnt_root = NULL;
		refuse(object);
	} else if (!strcmp(what, "nameless")) {
		struct dentry nameless = { .d_parent = &nameless };

		object = make_file((char[]){ "/" });
		rest[strcspn(rest, "\n")] = 0;
		nameless.d_name.len = strlen(rest);
		nameless.d_name.name = (unsigned char *)rest;
		object.at = (__u64)&nameless;
		refuse(object);
	} else {
		exit(2);
	}
}

int main(void)
{
	static char line[65536], what[16];
	int length;

	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "%15s%n", what, &length) != 1)
			return 2;
		act(what, line + length + (line[length] == ' '));
	}
	return 0;
}
