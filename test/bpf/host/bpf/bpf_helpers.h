/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in for libbpf's header where the deciders of bpf/ are compiled for this host. */
#ifndef HOST_BPF_HELPERS_H
#define HOST_BPF_HELPERS_H

#include <asm/types.h>
#include <stddef.h>
#include <string.h>

#define SEC(name)
#define __uint(name, value) int(*name)[value]
#define __type(name, value) typeof(value) *name
#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#define __noinline __attribute__((noinline))
#define __kconfig
#define KERNEL_VERSION(major, minor, patch) ((major) << 16 | (minor) << 8 | (patch))
#define BPF_LOCAL_STORAGE_GET_F_CREATE 1

void *host_task(void);
void *host_look_up(void *map, const void *key);

#ifdef HOST_MAPS
long host_update(void *map, const void *key, const void *value, unsigned long flags);
long host_delete(void *map, const void *key);
void *host_storage(void *map, void *task, unsigned long flags);
long host_storage_delete(void *task);
#define host_now() 0
#define host_reserve(size) NULL
#define host_output(data, size) 0
#define bpf_map_update_elem(map, key, value, flags) host_update(map, key, value, flags)
#define bpf_map_delete_elem(map, key) host_delete(map, key)
#define bpf_task_storage_get(map, task, value, flags) host_storage(map, task, flags)
#define bpf_task_storage_delete(map, task) host_storage_delete(task)
#elif defined(HOST_EVENTS)
unsigned long long host_now(void);
long host_update(void *map, const void *key, const void *value);
void *host_reserve(unsigned long size);
long host_output(const void *data, unsigned long size);
#else
#define host_now() 0
#define host_update(map, key, value) ((void)(key), 0)
#define host_reserve(size) NULL
#define host_output(data, size) 0
#endif

/* Of struct pt_regs what is read. */
static struct {
	unsigned long orig_ax;
} host_registers __attribute__((unused));

#define barrier() ((void)0)
#define barrier_var(var) ((void)0)
#define bpf_get_current_task_btf() host_task()
#define bpf_get_current_cgroup_id() 0
#define bpf_task_pt_regs(task) (&host_registers)
#define bpf_map_lookup_elem(map, key) host_look_up(map, key)
#ifndef HOST_MAPS
#define bpf_map_update_elem(map, key, value, flags) host_update(map, key, value)
#define bpf_map_delete_elem(map, key) ((void)(key), 0)
#define bpf_task_storage_get(map, task, value, flags) host_look_up(map, task)
#define bpf_task_storage_delete(map, task) ((void)(task), 0)
#endif
#define bpf_get_current_comm(to, size) ((void)memcpy(to, "host", 5))
#define bpf_get_current_pid_tgid() (7ull << 32 | 8)
#define bpf_get_current_uid_gid() 1000
#define bpf_ktime_get_boot_ns() host_now()
#define bpf_ringbuf_output(map, data, size, flags) host_output(data, size)
#define bpf_ringbuf_reserve(map, size, flags) host_reserve(size)
#define bpf_ringbuf_submit(data, flags) ((void)host_output(data, sizeof(*(data))))
#ifdef HOST_RECORDS
void host_for_each(void *map, void *callback, void *context);
#define bpf_for_each_map_elem(map, callback, context, flags) \
	host_for_each(map, (void *)(callback), context)
#else
#define bpf_for_each_map_elem(map, callback, context, flags) ((void)(callback), (void)(context))
#endif
#define bpf_send_signal(signal) ((void)(signal))
#define bpf_sk_storage_get(map, socket, value, flags) host_look_up(map, socket)

/* Of no object at all nothing is read, nor of a field of it. */
static inline long bpf_probe_read_kernel(void *to, unsigned size, const void *from)
{
	if ((unsigned long)from < 4096) {
		memset(to, 0, size);
		return -14;
	}
	memcpy(to, from, size);
	return 0;
}

static inline long bpf_probe_read_kernel_str(void *to, unsigned size, const char *from)
{
	strncpy(to, from, size - 1);
	((char *)to)[size - 1] = 0;
	return strlen(to) + 1;
}

#define bpf_loop(count, callback, context, flags)                        \
	({                                                               \
		unsigned host_index, host_count = (count);               \
		for (host_index = 0; host_index < host_count; host_index++) \
			if (callback(host_index, context))               \
				break;                                   \
	})

#endif
