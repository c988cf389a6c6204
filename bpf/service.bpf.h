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
 * and its kin (security/commoncap.c, cap_settime), delete_module(2), reboot(2),
 * swapon(2), acct(2), sethostname(2).
 */
#ifndef LOCKC_SERVICE_BPF_H
#define LOCKC_SERVICE_BPF_H

#include "verdict.bpf.h"

/* enum kernel_read_file_id, <linux/kernel_read_file.h>: the kernel's own choice of a file. */
enum { SERVICE_READING_FIRMWARE = 1, SERVICE_READING_X509 = 6 };

SEC("lsm/syslog")
int BPF_PROG(lockc_syslog)
{
	return verdict_refuse(LOCKC_RULE_SYSLOG);
}

SEC("lsm/bpf")
int BPF_PROG(lockc_bpf)
{
	return verdict_refuse(LOCKC_RULE_BPF);
}

SEC("lsm/perf_event_open")
int BPF_PROG(lockc_perf_event_open)
{
	return verdict_refuse(LOCKC_RULE_PERF);
}

SEC("lsm/kernel_read_file")
int BPF_PROG(lockc_kernel_read_file, struct file *file, int id)
{
	if (id == SERVICE_READING_FIRMWARE || id == SERVICE_READING_X509)
		return 0;
	return verdict_refuse(LOCKC_RULE_MODULES);
}

SEC("lsm/kernel_load_data")
int BPF_PROG(lockc_kernel_load_data)
{
	return verdict_refuse(LOCKC_RULE_MODULES);
}

SEC("lsm/kernel_module_request")
int BPF_PROG(lockc_kernel_module_request)
{
	return verdict_refuse(LOCKC_RULE_REQUESTS);
}

SEC("lsm/key_alloc")
int BPF_PROG(lockc_key_alloc)
{
	return verdict_refuse(LOCKC_RULE_KEYRINGS);
}

SEC("lsm/key_permission")
int BPF_PROG(lockc_key_permission)
{
	return verdict_refuse(LOCKC_RULE_KEYRINGS);
}

SEC("lsm/locked_down")
int BPF_PROG(lockc_locked_down)
{
	return verdict_refuse(LOCKC_RULE_LOCKDOWN);
}

SEC("lsm/quotactl")
int BPF_PROG(lockc_quotactl)
{
	return verdict_refuse(LOCKC_RULE_MOUNT);
}

#endif
