// SPDX-License-Identifier: Apache-2.0
/*
 * What lockc's events say of one container, as JSON: each of the ring buffer, and what waits
 * in `recent` as another of the same object. Whoever asks is the ring's only reader.
 */
#include "events.h"
#include "escape.h"
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "../../../bpf/lockc.h"

#define PINS "/sys/fs/bpf/lockc/maps/"
#define RING_SIZE (256 * 1024) /* maps.bpf.h: events */
#define PAGE 4096
#define BUSY (1u << 31)
#define DISCARD (1u << 30)

/* The kernel's layout of a ring buffer: kernel/bpf/ringbuf.c. */
static volatile __u64 *consumed, *produced;
static const char *data;
static int recent;

static int bpf(int command, union bpf_attr *attributes)
{
	return syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

static int open_map(const char *path)
{
	union bpf_attr get = { .pathname = (__u64)path };
	int fd = bpf(BPF_OBJ_GET, &get);

	must(fd);
	return fd;
}

static void *map_pages(int fd, size_t from, size_t size, int access)
{
	void *at = mmap(NULL, size, access, MAP_SHARED, fd, from);

	must_be(at != MAP_FAILED, "mmap of the ring buffer");
	return at;
}

void events_open(void)
{
	int ring = open_map(PINS "events");

	consumed = map_pages(ring, 0, PAGE, PROT_READ | PROT_WRITE);
	produced = map_pages(ring, PAGE, PAGE, PROT_READ);
	data = map_pages(ring, 2 * PAGE, 2 * RING_SIZE, PROT_READ);
	recent = open_map(PINS "recent");
}

static int look_up(__u32 place, struct lockc_recent *element)
{
	union bpf_attr get = {
		.map_fd = recent, .key = (__u64)&place, .value = (__u64)element
	};

	must(bpf(BPF_MAP_LOOKUP_ELEM, &get));
	return element->event.object != 0;
}

void events_forget(void)
{
	static struct lockc_recent element, none;
	__u32 place;

	for (place = 0; place < LOCKC_RECENT; place++) {
		union bpf_attr set = {
			.map_fd = recent, .key = (__u64)&place, .value = (__u64)&none
		};

		if (look_up(place, &element))
			must(bpf(BPF_MAP_UPDATE_ELEM, &set));
	}
	*consumed = *produced;
}

/* `text` may be anything, and is cut. */
static void print_string(const char *name, const char *text, int limit)
{
	printf(",\"%s\":\"", name);
	for (; *text && limit > 0; text++, limit--) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else
			putchar((unsigned char)*text < ' ' || *text & 0x80 ? '?' : *text);
	}
	putchar('"');
}

static void print_event(const struct lockc_event *event, __u64 count, const char *path,
			const char *comma)
{
	printf("%s{\"object\":\"%llx\",\"count\":%llu,\"kind\":%u,\"rule\":%u,\"hook\":%u,\"what\":%u",
	       comma, event->object, count, event->kind, event->rule, event->hook, event->what);
	print_string("id", event->id, sizeof(event->id));
	print_string("policy", event->policy, sizeof(event->policy));
	print_string("exe", event->exe, sizeof(event->exe));
	print_string("path", event->length ? path : "", 200);
	putchar('}');
}

void events_print(__u64 container)
{
	static struct lockc_recent element;
	const char *comma = "";
	__u64 at;
	__u32 place;

	for (at = *consumed; at < *produced;) {
		const char *record = data + at % RING_SIZE;
		const struct lockc_event *event = (void *)(record + 8);
		__u32 head = *(volatile __u32 *)record;

		if (head & BUSY)
			continue; /* somebody is about to complete it */
		if (!(head & DISCARD) && event->container == container) {
			print_event(event, event->count, (char *)(event + 1), comma);
			comma = ",";
		}
		at += ((head & ~(BUSY | DISCARD)) + 8 + 7) & ~7u;
	}
	*consumed = at;
	for (place = 0; place < LOCKC_RECENT; place++) {
		if (!look_up(place, &element) || !element.pending ||
		    element.event.container != container)
			continue;
		print_event(&element.event, element.pending, element.path, comma);
		comma = ",";
	}
}
