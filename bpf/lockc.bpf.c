// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockc's kernel half: one object, one program per hook, all of them thin.
 * Each part below asks member.bpf.h who acts and verdict.bpf.h what follows.
 *
 *   hook/    the programs, by what their hooks are about: the only ones
 *   event/   what is told, and two programs that userspace calls for that
 *   beside   the contract (lockc.h), the ground (kernel, maps), and what hooks ask
 *
 * Includes are written from here. A hook may include any of it but maps.bpf.h, which comes with
 * what it asks; nothing but this file and hook/ includes a hook. `npm run check` looks.
 *
 * A program runs after another on the same hook only if that one returned 0
 * (kernel/bpf/trampoline.c, modify_return), so no hook looks at an earlier verdict.
 */
#include "hook/lifecycle.bpf.h"
#include "hook/mount.bpf.h"
#include "hook/file.bpf.h"
#include "hook/cred.bpf.h"
#include "hook/net.bpf.h"
#include "hook/process.bpf.h"
#include "hook/service.bpf.h"
#include "hook/unix.bpf.h"
#include "hook/ioctl.bpf.h"
#include "hook/apply.bpf.h"

char LICENSE[] SEC("license") = "GPL";
