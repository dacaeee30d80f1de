/*
 * Trying policies on the whole base. A trial reads the facts of a day once and holds them
 * packed; then what another policy would make of them takes no reading, and only what the
 * values that differ have an influence on is made again (RULES.md, trying a policy).
 *
 * All of it goes in steps of a few milliseconds, so that whoever waits for keys can put
 * it off. It is of one state of the book: when that changed, begin another one.
 */
#ifndef CORE_POLICY_TRIAL_H
#define CORE_POLICY_TRIAL_H

#include "core/book.h"
#include "core/policy_effect.h"

struct policy_trial;

/* Begins with the policy in force, as of the book's day. */
enum status policy_trial_new(
	struct book *b, struct policy_trial **out, struct err *e) MUST_USE;
void policy_trial_free(struct policy_trial **t);

/* What is tried from now on; weights that don't add up yet are shares all the same. */
void policy_trial_set(struct policy_trial *t, const struct policy *p);
/* One step; nothing when it is done. */
enum status policy_trial_step(struct policy_trial *t, struct err *e) MUST_USE;
/* NULL: there are steps left. Borrowed until another policy is set. */
const struct policy_effect *policy_trial_effect(const struct policy_trial *t);
/* Accounts read so far of *total; false: they are all there. */
bool policy_trial_reading(const struct policy_trial *t, uint32_t *read, uint32_t *total);
/* All steps that are left. */
enum status policy_trial_finish(struct policy_trial *t, struct err *e) MUST_USE;

/* The figures of the policy that is tried, once there are no steps left. */
const struct policy_figures *policy_trial_figures(const struct policy_trial *t);
/* Bytes that the facts take. */
size_t policy_trial_size(const struct policy_trial *t);

#endif
