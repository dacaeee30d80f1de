/* What the policy on the screen would make of the base, found out while no key comes. */
#include "tui/policy.h"

#include <stdio.h>
#include <string.h>

enum { BITE = 4 }; /* see app_go_on */

const struct policy *policy_shown(const struct policy_screen *s)
{
	return s->typing && !s->wrong[0] ? &s->typed : &s->edited;
}

/* What follows the general rules is no change of its own. */
bool policy_changed(const struct policy_screen *s, const struct policy_item *x)
{
	return !policy_item_same(&s->base, &s->edited, x) &&
	       (policy_item_own(&s->edited, x) || policy_item_own(&s->base, x));
}

int policy_changes(const struct policy_screen *s)
{
	int n = 0;

	for (int i = 0; i < policy_items(); i++) {
		struct policy_item x;

		policy_item(i, &x);
		n += policy_changed(s, &x);
	}
	return n;
}

void policy_let_go(struct policy_screen *s)
{
	policy_trial_free(&s->trial);
	s->fresh = false;
}

/* What was edited goes on top of what the policy is by now. */
static void carry_over(struct app *a, struct policy_screen *s)
{
	struct policy next = *book_policy(a->book);

	for (int i = 0; i < policy_items(); i++) {
		struct policy_item x;

		policy_item(i, &x);
		policy_item_carry(&next, &x, &s->base, &s->edited);
	}
	s->base = *book_policy(a->book);
	s->edited = next;
	s->version = book_policy_version(a->book);
}

/* The first time it is shown, or when it was saved, here or elsewhere. */
static void begin_anew(struct app *a, struct policy_screen *s)
{
	const bool first = s->version == 0;
	int changes;

	if (first) {
		s->base = s->edited = *book_policy(a->book);
		policy_draft_take(a, s);
	}
	carry_over(a, s);
	policy_rows(s);
	changes = policy_changes(s);
	if (!first)
		policy_draft_keep(a, s);
	if (changes && first)
		app_say(a,
			"changed last time and not saved: %d value%s, on top of version "
			"%d",
			changes, TEXT_S(changes), (int)s->version);
	else if (changes)
		app_say(a,
			"policy version %d was saved meanwhile: your changes are on top "
			"of it",
			(int)s->version);
}

void policy_take_up(struct app *a, struct policy_screen *s)
{
	struct err e = { .status = ST_OK };

	if (!a->book)
		return;
	if (s->version != book_policy_version(a->book))
		begin_anew(a, s);
	if (s->trial && s->generation == book_generation(a->book))
		return;
	policy_let_go(s);
	s->problem[0] = '\0';
	if (policy_trial_new(a->book, &s->trial, &e) != ST_OK)
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	s->generation = book_generation(a->book);
	policy_try(a, s);
}

void policy_try(struct app *a, struct policy_screen *s)
{
	s->fresh = false;
	if (s->trial)
		policy_trial_set(s->trial, policy_shown(s));
	a->dirty |= APP_PAINT;
}

void policy_work(struct app *a, struct policy_screen *s)
{
	struct err e = { .status = ST_OK };
	enum status st = ST_OK;

	if (!s->trial || s->fresh)
		return;
	if (a->pace.hurry) {
		a->pace.owed |= OWED_PICTURE;
		return;
	}
	for (int i = 0;
		st == ST_OK && !policy_trial_effect(s->trial) && app_go_on(a, i, BITE);
		i++)
		st = policy_trial_step(s->trial, &e);
	if (st != ST_OK) {
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
		policy_let_go(s);
	} else if (policy_trial_effect(s->trial)) {
		policy_fill_side(s, policy_trial_effect(s->trial));
	} else {
		a->pace.owed |= OWED_PICTURE;
	}
}
