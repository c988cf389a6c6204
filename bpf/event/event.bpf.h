/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events: what was refused, to whom, and what it was about. All of it is put together
 * only then; whoever is allowed pays nothing.
 *
 *   verdict.bpf.h    each refusal, and what is only audited   DENIED, AUDITED
 *   runtimes.bpf.h   the guard's                              DENIED, AUDITED
 *   lifecycle.bpf.h  what becomes of containers, if wanted    REGISTERED, STARTED, JOINED, RELEASED
 *   apply.bpf.h      other rules for one that runs            CHANGED
 *   lockc_report     lockc-runc and lockctl, by BPF_PROG_TEST_RUN
 *   lockc_flush      the reader, each second: tells what waits in `recent`
 *
 * Refusals of the same (container, rule, object, and whether it was let through) wait in
 * `recent` until LOCKC_MERGE_NS after the last event about it; what makes room there, what
 * its container's end takes away and what comes later is told with its count. So at any
 * moment, and for each container:
 *
 *   denials + audits = counts of its events, told or lost, + what is pending of it
 *   over all: sum of `totals` without rule 0 = counts of events read + `lost` + pending
 *
 * An element of `recent` is one writer's at a time (`lock`). Nobody waits for it: who
 * meets another there tells its refusal as an event of its own. Programs may be preempted,
 * so a path is not put together in memory of the processor's but in one of EVENT_SLOTS;
 * when all are taken the event has no path and no program.
 *
 * Known gaps: who is refused at thousands of objects a second fills the ring buffer, and then
 * events of others are lost as well; their refusals are counted. A container's last refusals
 * wait for the next flush where somebody else is at their element as it ends.
 *
 * A path leads to the top of the mounts: from the container's root, or for what a
 * container was never given from the host's. Nobody is kept from renaming meanwhile;
 * then it may be part of each.
 *
 * The parts, each on those before it; each is included by this file alone or by a part:
 *
 *   object   what an act was about, as a hook hands it over
 *   path     the way up from a dentry, as text
 *   record   one act, and the event that is made of it
 *   ring     an event's number and its way into the ring buffer
 *   recent   what waits, and what tells one object from another
 *   tell     what hooks call: a refusal, a change, an end
 *   report   the programs that userspace calls
 */
#ifndef LOCKC_EVENT_BPF_H
#define LOCKC_EVENT_BPF_H

#include "event/object.bpf.h"
#include "event/path.bpf.h"
#include "event/record.bpf.h"
#include "event/ring.bpf.h"
#include "event/recent.bpf.h"
#include "event/tell.bpf.h"
#include "event/report.bpf.h"

#endif
