/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terminals: user code types nothing into one on behalf of whoever sits there
 * (CVE-2016-9016 and its kin).
 *
 *   file_ioctl         TIOCSTI, and TIOCLINUX, which pastes on the console
 *   file_ioctl_compat  the same from 32-bit programs (optional: from 6.8, and stable 6.1)
 */
#ifndef LOCKC_TERMINAL_BPF_H
#define LOCKC_TERMINAL_BPF_H

#include "verdict.bpf.h"

static __always_inline int terminal_check(unsigned int act)
{
	return act == TIOCSTI || act == TIOCLINUX ? verdict_refuse(LOCKC_RULE_TERMINAL) : 0;
}

SEC("lsm/file_ioctl")
int BPF_PROG(lockc_file_ioctl, struct file *file, unsigned int act)
{
	return terminal_check(act);
}

SEC("?lsm/file_ioctl_compat")
int BPF_PROG(lockc_file_ioctl_compat, struct file *file, unsigned int act)
{
	return terminal_check(act);
}

#endif
