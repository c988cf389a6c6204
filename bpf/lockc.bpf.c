// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockc's kernel half: one object, one program per hook, all of them thin.
 * Each part below asks member.bpf.h who acts and verdict.bpf.h what follows.
 *
 * A program runs after another on the same hook only if that one returned 0
 * (kernel/bpf/trampoline.c, modify_return), so no hook looks at an earlier verdict.
 */
#include "lifecycle.bpf.h"
#include "mount.bpf.h"
#include "file.bpf.h"
#include "cred.bpf.h"
#include "net.bpf.h"
#include "process.bpf.h"
#include "service.bpf.h"
#include "unix.bpf.h"
#include "ioctl.bpf.h"
#include "apply.bpf.h"

char LICENSE[] SEC("license") = "GPL";
