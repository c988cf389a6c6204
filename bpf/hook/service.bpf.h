/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel does for whoever asks, and would do for a container as well.
 *
 *   hook                 asked by                                   rule
 *   syslog               syslog(2), /proc/kmsg, /dev/kmsg           SYSLOG
 *   bpf                  bpf(2): the maps and links of lockc too    BPF
 *   perf_event_open      perf_event_open(2)                         PERF
 *   kernel_read_file     finit_module(2), kexec_file_load(2)        MODULES
 *   kernel_load_data     init_module(2), kexec_load(2), firmware    MODULES
 *   kernel_module_request  a socket, a file system, a format that   REQUESTS
 *                        nobody has used since the host started
 *   key_alloc            add_key(2), keyctl(2)                      KEYRINGS
 *   key_permission       keyctl(2), request_key(2)                  KEYRINGS
 *   locked_down          what kernel_lockdown(7) lists: iopl(2),    LOCKDOWN
 *                        /dev/mem, raw input and output, …
 *   quotactl             quotactl(2)                                MOUNT
 *
 * Not here, since capable() is asked in the same breath (cred.bpf.h): settimeofday(2)
 * and its kin (security/commoncap.c, cap_settime), reboot(2), swapon(2), acct(2),
 * sethostname(2); and delete_module(2), which the rule MODULES refuses there.
 */
#ifndef LOCKC_HOOK_SERVICE_BPF_H
#define LOCKC_HOOK_SERVICE_BPF_H

#include "verdict.bpf.h"

/* enum kernel_read_file_id, <linux/kernel_read_file.h>: the kernel's own choice of a file. */
enum { SERVICE_READING_FIRMWARE = 1, SERVICE_READING_X509 = 6 };

SEC("lsm/syslog")
int BPF_PROG(lockc_syslog, int type)
{
	return verdict_refuse(LOCKC_HOOK_SYSLOG, LOCKC_RULE_SYSLOG, event_number(type));
}

SEC("lsm/bpf")
int BPF_PROG(lockc_bpf, int command)
{
	return verdict_refuse(LOCKC_HOOK_BPF, LOCKC_RULE_BPF, event_number(command));
}

SEC("lsm/perf_event_open")
int BPF_PROG(lockc_perf_event_open)
{
	return verdict_refuse(LOCKC_HOOK_PERF_EVENT_OPEN, LOCKC_RULE_PERF, event_nothing());
}

/* There may be none, read as a number (process.bpf.h, task_kill). */
static __always_inline struct event_object service_file(const void *argument)
{
	struct file *file = NULL;

	bpf_probe_read_kernel(&file, sizeof(file), argument);
	return file ? event_file(BPF_CORE_READ(file, f_path.mnt), BPF_CORE_READ(file, f_path.dentry)) :
		      event_nothing();
}

SEC("lsm/kernel_read_file")
int BPF_PROG(lockc_kernel_read_file, struct file *file, int id)
{
	if (id == SERVICE_READING_FIRMWARE || id == SERVICE_READING_X509)
		return 0;
	return verdict_refuse(LOCKC_HOOK_KERNEL_READ_FILE, LOCKC_RULE_MODULES, service_file(&ctx[0]));
}

SEC("lsm/kernel_load_data")
int BPF_PROG(lockc_kernel_load_data, int id)
{
	return verdict_refuse(LOCKC_HOOK_KERNEL_LOAD_DATA, LOCKC_RULE_MODULES, event_number(id));
}

SEC("lsm/kernel_module_request")
int BPF_PROG(lockc_kernel_module_request, char *name)
{
	return verdict_refuse(LOCKC_HOOK_KERNEL_MODULE_REQUEST, LOCKC_RULE_REQUESTS, event_name(name));
}

SEC("lsm/key_alloc")
int BPF_PROG(lockc_key_alloc)
{
	return verdict_refuse(LOCKC_HOOK_KEY_ALLOC, LOCKC_RULE_KEYRINGS, event_nothing());
}

SEC("lsm/key_permission")
int BPF_PROG(lockc_key_permission)
{
	return verdict_refuse(LOCKC_HOOK_KEY_PERMISSION, LOCKC_RULE_KEYRINGS, event_nothing());
}

SEC("lsm/locked_down")
int BPF_PROG(lockc_locked_down, int what)
{
	return verdict_refuse(LOCKC_HOOK_LOCKED_DOWN, LOCKC_RULE_LOCKDOWN, event_number(what));
}

SEC("lsm/quotactl")
int BPF_PROG(lockc_quotactl, int command)
{
	return verdict_refuse(LOCKC_HOOK_QUOTACTL, LOCKC_RULE_MOUNT, event_number(command));
}

#endif
