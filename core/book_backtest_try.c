/* What is proposed, as a policy; what it would change; and that a backtest was made. */
#include "core/book_backtest_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/backtest_text.h"
#include "core/policy_trial.h"

/* ---- as a policy file ----------------------------------------------------------------
 */

enum { FILE_MAX = 4000 };

struct writing {
	char text[FILE_MAX];
	size_t n;
};

__attribute__((format(printf, 2, 3))) static void put(
	struct writing *w, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(w->text + w->n, sizeof(w->text) - w->n, format, ap);
	va_end(ap);
	w->n += (size_t)n;
	if (w->n >= sizeof(w->text))
		w->n = sizeof(w->text) - 1;
}

/* As lines of a comment that a policy may hold. */
static void put_words(struct writing *w, const char *text)
{
	enum { WIDTH = 88 };

	while (*text) {
		size_t n = strlen(text);

		if (n > WIDTH) {
			for (n = WIDTH; n > 0 && text[n] != ' ';)
				n--;
			n = n ? n : WIDTH;
		}
		put(w, "; %.*s\n", (int)n, text);
		text += n + (text[n] == ' ');
	}
}

static void put_weights(struct writing *w, const struct backtest_proposal *p, bool set)
{
	put(w, "%s[health]\n", set ? "" : "; ");
	for (int c = 0; c < COMP_COUNT; c++)
		put(w, "%s%s = %d%s\n", set ? "" : "; ", component_name[c], p->then[c],
			p->held[c] ? " ; could not be judged: as it is" : "");
}

static void put_curve(struct writing *w, const struct backtest_proposal *p)
{
	const char *mark = p->sharper && !p->better ? "" : "; ";

	put(w, "%s[triage]\n%sfloor = %.4f\n%sspan = %.4f\n", mark, mark,
		p->curve_then.floor, mark, p->curve_then.span);
}

const char *book_backtest_policy(const struct backtest *t, struct arena *a)
{
	const struct backtest_proposal *p = &t->proposal;
	char text[BACKTEST_TEXT_MAX], day[DAY_TEXT_MAX];
	struct writing *w = calloc(1, sizeof(*w));
	const char *out = NULL;

	if (!w)
		return NULL;
	put(w,
		"; Proposed by the backtest as of %s over %d days, against policy "
		"version "
		"%d.\n; Nothing is changed until somebody says so:\n"
		";   tierdesk policy diff FILE\n"
		";   tierdesk policy apply FILE --reason TEXT\n\n; Weights\n",
		day_format(t->as_of, day), t->horizon, (int)t->policy_version);
	put_words(w, backtest_weights_text(p, text));
	put_weights(w, p, p->better);
	put(w, "\n; The churn curve of triage, as the chance to leave within %d days\n",
		t->horizon);
	put_words(w, backtest_curve_text(p, text));
	put_words(w,
		"Opportunities keep their rank of a share of ARR: where p becomes less, "
		"they come before more of the accounts at risk.");
	if (p->better)
		put_words(w, "It belongs to the weights in force: set those above first, "
			     "and have it found anew.");
	put_curve(w, p);
	out = arena_copy(a, w->text, w->n);
	free(w);
	return out;
}

/* ---- what it would change ------------------------------------------------------------
 */

/* Healths under the policy in force, of those that are active. */
static uint8_t *keep_healths(const struct policy_trial *t)
{
	const struct scores *s = &policy_trial_figures(t)->scores;
	uint8_t *out = malloc((size_t)s->n + 1);

	if (out && s->n)
		memcpy(out, s->health, s->n);
	return out;
}

static void compare(const struct policy *now, const struct policy *then,
	const uint8_t *was, const struct policy_trial *t, struct backtest_proposal *p)
{
	const struct scores *s = &policy_trial_figures(t)->scores;
	const struct policy_effect *x = policy_trial_effect(t);

	for (uint32_t i = 0; i < s->n; i++)
		if (was[i] != HEALTH_NONE && s->health[i] != HEALTH_NONE)
			p->other_band += health_band(now, was[i]) !=
					 health_band(then, s->health[i]);
	for (int k = 0; k < 4; k++) {
		p->band_now[k] = x->was.band[k];
		p->band_then[k] = x->is.band[k];
	}
	p->active = x->active;
	p->other_tier = x->moves;
	p->tried = true;
	/* A day that later tiers followed can't be reviewed: then it is not known. */
	p->tiers_tried = x->reviewed;
}

static enum status try_policy(struct book *b, const struct policy *then,
	struct backtest_proposal *p, struct err *e)
{
	struct policy_trial *t = NULL;
	uint8_t *was = NULL;
	enum status st = policy_trial_new(b, &t, e);

	if (st == ST_OK)
		st = policy_trial_finish(t, e);
	if (st == ST_OK && !(was = keep_healths(t)))
		st = err_set(e, ST_NOMEM, "not enough memory for the backtest");
	if (st == ST_OK) {
		policy_trial_set(t, then);
		st = policy_trial_finish(t, e);
	}
	if (st == ST_OK)
		compare(&b->policy, then, was, t, p);
	free(was);
	policy_trial_free(&t);
	return st;
}

enum status backtest_try(struct book *b, struct backtest *t, struct err *e)
{
	struct writing *w = calloc(1, sizeof(*w));
	struct policy then;
	enum status st = ST_OK;

	if (!w)
		return err_set(e, ST_NOMEM, "not enough memory for the backtest");
	put_weights(w, &t->proposal, true);
	st = policy_merge(&b->policy, w->text, "proposed weights", &then, NULL, e);
	free(w);
	return st == ST_OK ? try_policy(b, &then, &t->proposal, e) : st;
}

/* ---- that it was made ----------------------------------------------------------------
 */

enum status book_backtest_record(struct book *b, const struct backtest *t, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	char title[BACKTEST_TEXT_MAX];
	struct operation o = { .kind = OPERATION_RECALC, .actor = text_of(b->me) };
	struct book_info info;
	enum status st = ops->info(b->store, &info, e);

	if (st != ST_OK || info.read_only)
		return st;
	o.at = b->clock.now(&b->clock);
	o.title = text_of(backtest_title(t, title));
	st = ops->begin(b->store, e);
	if (st != ST_OK)
		return st;
	st = history_record(b->store, &o, e);
	/* Nothing that any picture shows is changed by it. */
	if (st == ST_OK)
		st = ops->picture_keep(b->store, (uint32_t[]){ 0 }, 0, e);
	if (st == ST_OK)
		st = ops->commit(b->store, e);
	if (st != ST_OK)
		ops->rollback(b->store);
	return st;
}

struct finding {
	struct arena *arena;
	struct text title;
	int64_t at;
};

static enum status take_operation(void *arg, const struct operation *o, struct err *e)
{
	const size_t n = sizeof(BACKTEST_TITLE) - 1;
	struct finding *f = arg;
	const char *copy;

	if (o->kind != OPERATION_RECALC || o->subject || o->title.n < n ||
		memcmp(o->title.s, BACKTEST_TITLE, n) != 0)
		return ST_OK;
	copy = arena_copy(f->arena, o->title.s, o->title.n);
	if (!copy)
		return err_set(e, ST_NOMEM, "not enough memory");
	f->title = (struct text){ copy, o->title.n };
	f->at = o->at;
	return ST_CANCELLED;
}

enum status book_backtest_recorded(
	struct book *b, struct arena *a, struct text *out, int64_t *at, struct err *e)
{
	const struct operation_query all = { 0 };
	struct finding f = { a, { NULL, 0 }, 0 };
	const enum status st =
		b->store->ops->operations(b->store, &all, take_operation, &f, e);

	*out = f.title;
	*at = f.at;
	return st == ST_CANCELLED ? ST_OK : st;
}
