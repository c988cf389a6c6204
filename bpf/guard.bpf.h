/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel log and lockc itself.
 *
 *   syslog  syslog(2), /proc/kmsg and /dev/kmsg
 *   bpf     bpf(2): the maps and links that hold every policy
 */
#ifndef LOCKC_GUARD_BPF_H
#define LOCKC_GUARD_BPF_H

#include "verdict.bpf.h"

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

#endif
