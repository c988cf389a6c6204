// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Puts as many events into the ring buffer as a test asks for, and counts them as the kernel half does. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "lockc.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lockc_event_counts);
} event_counts SEC(".maps");

struct record {
	struct lockc_event event;
	char path[LOCKC_SHORT_SIZE];
};

struct request {
	__u64 times;
	struct record record;
};

static long put(__u32 index, struct request **asked)
{
	struct request *request = *asked;
	struct record *record;
	__u64 sequence;
	__u32 first = 0;
	struct lockc_event_counts *counts = bpf_map_lookup_elem(&event_counts, &first);

	if (!counts)
		return 1;
	sequence = __sync_fetch_and_add(&counts->sequence, 1) + 1;
	record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record) {
		__sync_fetch_and_add(&counts->dropped, 1);
		__sync_fetch_and_add(&counts->lost, request->record.event.count);
		return 0;
	}
	bpf_probe_read_kernel(record, sizeof(*record), &request->record);
	record->event.time_ns = bpf_ktime_get_boot_ns();
	record->event.sequence = sequence;
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 0;
}

SEC("syscall")
int put_events(struct request *request)
{
	bpf_loop(request->times, put, &request, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
