/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allow or deny: the one place that yields -EPERM, and what makes an event of it.
 *
 *   phase                rule in the policy   verdict
 *   none, ENTERED,
 *   ENROLLING, RUNTIME,
 *   JOINING              –                    allow: the host's own code
 *   CONFINED             absent               allow
 *   CONFINED             present, audited     allow, counted in `audits`
 *   CONFINED             present              deny, counted in `denials`
 *   CONFINED, no record  –                    deny: fails closed, cannot happen
 *
 * RUNTIME is taken for CONFINED where it acts on what the container made (inside.bpf.h).
 */
#ifndef LOCKC_VERDICT_BPF_H
#define LOCKC_VERDICT_BPF_H

#include "event/event.bpf.h"
#include "member.bpf.h"

/* Whether any rule can hold. */
static __always_inline bool verdict_confined(const struct member *m)
{
	return m->phase == LOCKC_PHASE_CONFINED;
}

/* Whether it is a rule for the task at all. Needs no look-up, so `container` may be NULL after it. */
static __always_inline bool verdict_concerns(const struct member *m, __u32 rule)
{
	return verdict_confined(m) && (m->rules & rule);
}

/* The same, and `container` is NULL only where its record is gone. */
static __always_inline bool verdict_holds(struct member *m, __u32 rule)
{
	if (!verdict_concerns(m, rule))
		return 0;
	member_load(m);
	return 1;
}

/* The kernel only wants to know whether: what follows is not worth a count or an event. */
static __always_inline int verdict_deny_quietly(struct member *m, __u32 rule)
{
	int denied = -EPERM;

	barrier_var(denied); /* else clang negates a boolean, and 6.12 loses sight of its range */
	member_load(m);
	return m->container && (m->container->audit & rule) ? 0 : denied;
}

/* `rule` is one bit, known when this is compiled; `object` is what the act is about. */
static __always_inline int verdict_deny(struct member *m, __u32 rule, struct event_object object)
{
	int verdict = verdict_deny_quietly(m, rule);
	int place = __builtin_ctz(rule);

	if (m->container)
		__sync_fetch_and_add(
			verdict ? &m->container->denials[place] : &m->container->audits[place], 1);
	event_tell_refusal(m->key, m->hook, rule, verdict, object);
	return verdict;
}

/* For acts that a rule forbids whatever their object is. */
static __always_inline int verdict_refuse(__u32 hook, __u32 rule, struct event_object object)
{
	struct member m = member_current(hook);

	return verdict_holds(&m, rule) ? verdict_deny(&m, rule, object) : 0;
}

#endif
