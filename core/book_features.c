#include "core/book_features.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"

struct book_features {
	struct book *book;       /* borrowed */
	const struct revenue *r; /* borrowed */
	struct features f;
	struct arena names;
	uint32_t kind[FEATURES_MAX]; /* of the signals, by bit */
	struct part part;
	int32_t first_use[PART_ACCOUNTS]; /* of the part at hand */
	uint32_t part_at;
	int reading; /* bit of the feature that is read */
	bool done;
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the features");
}

/* ---- which there are ---- */

static bool is_feature(struct text signal, struct text *name)
{
	static const struct text prefix = { "feature:", 8 };

	if (signal.n <= prefix.n ||
		!text_ieq((struct text){ signal.s, prefix.n }, prefix))
		return false;
	*name = text_trim((struct text){ signal.s + prefix.n, signal.n - prefix.n });
	return name->n > 0;
}

/* Of more than there is room for the last by name goes; bits are given afterwards. */
static enum status take_kind(void *arg, uint32_t kind, struct text signal, struct err *e)
{
	struct book_features *x = arg;
	struct features *f = &x->f;
	struct text name;
	int at = f->n;

	if (!is_feature(signal, &name))
		return ST_OK;
	if (!arena_keep(&x->names, &name))
		return no_memory(e);
	while (at > 0 && text_cmp(name, f->feature[at - 1].name) < 0)
		at--;
	if (f->n == FEATURES_MAX) {
		f->more++;
		if (at == FEATURES_MAX)
			return ST_OK;
		f->n--;
	}
	memmove(f->feature + at + 1, f->feature + at,
		(size_t)(f->n - at) * sizeof(*f->feature));
	memmove(x->kind + at + 1, x->kind + at, (size_t)(f->n - at) * sizeof(*x->kind));
	f->feature[at] = (struct feature){ .name = name, .since = DAY_NONE };
	x->kind[at] = kind;
	f->n++;
	return ST_OK;
}

static enum status begin(struct book_features *x, struct err *e)
{
	struct store *s = x->book->store;
	const size_t n = (size_t)x->r->n + 1;
	enum status st = part_init(&x->part, e);

	if (st == ST_OK)
		st = s->ops->signal_kinds(s, take_kind, x, e);
	for (int k = 0; k < x->f.n; k++)
		x->f.feature[k].bit = (uint8_t)k;
	x->f.accounts = x->r->n;
	x->f.side = calloc(n, sizeof(*x->f.side));
	x->f.used = calloc(n, sizeof(*x->f.used));
	x->f.at_first = calloc(n, sizeof(*x->f.at_first));
	x->f.start = malloc(n * sizeof(*x->f.start));
	if (st == ST_OK && (!x->f.side || !x->f.used || !x->f.at_first || !x->f.start))
		st = no_memory(e);
	for (uint32_t i = 0; st == ST_OK && i < x->r->n; i++)
		x->f.start[i] = DAY_NONE;
	return st;
}

enum status book_features_new(struct book *b, const struct revenue *r, int days,
	struct book_features **out, struct err *e)
{
	struct book_features *x;
	enum status st;

	*out = NULL;
	if (days < 1 || days > FEATURES_DAYS_MAX)
		return err_set(e, ST_USAGE,
			"the first days of an account are 1 to %d, not %d",
			FEATURES_DAYS_MAX, days);
	x = calloc(1, sizeof(*x));
	if (!x)
		return no_memory(e);
	arena_init(&x->names);
	x->book = b;
	x->r = r;
	x->f.from = r->asked.from;
	x->f.to = r->asked.to;
	x->f.days = days;
	st = begin(x, e);
	if (st == ST_OK)
		*out = x;
	else
		book_features_free(&x);
	return st;
}

static void forget_making(struct book_features *x)
{
	part_clear(&x->part);
}

void book_features_free(struct book_features **f)
{
	struct book_features *x = *f;

	*f = NULL;
	if (!x)
		return;
	forget_making(x);
	free(x->f.start);
	free(x->f.side);
	free(x->f.used);
	free(x->f.at_first);
	arena_clear(&x->names);
	free(x);
}

const struct features *book_features_known(const struct book_features *f)
{
	return f->done ? &f->f : NULL;
}

/* ---- a part ---- */

static enum status take_value(
	void *arg, uint32_t account, int32_t day, double value, struct err *e)
{
	struct book_features *x = arg;
	const uint32_t i = account - x->part.first_id, at = account - 1;
	const uint64_t bit = UINT64_C(1) << x->reading;
	int32_t *since = &x->f.feature[x->reading].since, start;

	(void)e;
	if (i >= x->part.n || day > x->f.to)
		return ST_OK;
	if (*since == DAY_NONE || day < *since)
		*since = day;
	start = x->f.start[at];
	if (start == DAY_NONE || day < start || day - start >= x->f.days || !(value > 0))
		return ST_OK;
	x->f.used[at] |= bit;
	if (x->first_use[i] == DAY_NONE || day < x->first_use[i]) {
		x->first_use[i] = day;
		x->f.at_first[at] = 0;
	}
	if (day == x->first_use[i])
		x->f.at_first[at] |= bit;
	return ST_OK;
}

static enum status read_part(struct book_features *x, struct err *e)
{
	struct store *s = x->book->store;
	const uint32_t first = x->part_at * PART_ACCOUNTS;
	enum status st;

	x->part.brief = true;
	st = s->ops->part(s, x->part_at, x->f.to, &x->part, e);
	if (st != ST_OK)
		return st;
	/* Another program may have added accounts meanwhile. */
	if (x->part.n > x->r->n - first)
		x->part.n = x->r->n - first;
	for (uint32_t i = 0; i < x->part.n; i++) {
		const int32_t onboarding = x->part.onboarding[i];

		x->first_use[i] = DAY_NONE;
		if (x->part.flags[i] & ACC_PRESENT)
			x->f.start[first + i] = onboarding != DAY_NONE
							? onboarding
							: x->part.contract_start[i];
	}
	for (x->reading = 0; st == ST_OK && x->reading < x->f.n; x->reading++)
		st = s->ops->signals(
			s, x->kind[x->reading], x->part_at, take_value, x, e);
	return st;
}

/* ---- at the end ---- */

static bool is_meant(const struct book_features *x, uint32_t at)
{
	const struct revenue_query *q = &x->r->asked;

	return !q->in || (at < q->in_n && q->in[at]);
}

/* The first days of who is compared were over at the opening, so that nobody who left by
 * then, and nothing that was done later, is in it. */
static enum features_side side_of(struct book_features *x, uint32_t at)
{
	struct features *f = &x->f;
	const int32_t start = x->f.start[at];
	const bool seen = start != DAY_NONE && f->since != DAY_NONE && start >= f->since;

	if (!is_meant(x, at))
		return FEATURES_OUT;
	if (!(x->r->marks[at] & REVENUE_COHORT))
		return seen && start > f->from && start <= f->to - f->days + 1
			       ? FEATURES_NEW
			       : FEATURES_OUT;
	f->cohort++;
	if (start == DAY_NONE) {
		f->undated++;
	} else if (!seen) {
		f->unseen++;
	} else if (start > f->from - f->days + 1) {
		f->young++;
	} else {
		return x->r->marks[at] & REVENUE_LOST ? FEATURES_LEFT : FEATURES_KEPT;
	}
	return FEATURES_OUT;
}

static void settle(struct book_features *x)
{
	x->f.since = DAY_NONE;
	for (int k = 0; k < x->f.n; k++) {
		const int32_t since = x->f.feature[k].since;

		if (since != DAY_NONE && (x->f.since == DAY_NONE || since < x->f.since))
			x->f.since = since;
	}
	for (uint32_t i = 0; i < x->f.accounts; i++)
		x->f.side[i] = (uint8_t)side_of(x, i);
	features_count(&x->f);
	forget_making(x);
	x->r = NULL;
	x->done = true;
}

enum status book_features_step(struct book_features *f, struct err *e)
{
	struct store *s = f->book->store;
	enum status st;

	if (f->done)
		return ST_OK;
	if (f->part_at * PART_ACCOUNTS >= f->r->n || f->f.n == 0) {
		settle(f);
		return ST_OK;
	}
	st = s->ops->hold(s, e);
	if (st != ST_OK)
		return st;
	st = read_part(f, e);
	f->part_at++;
	s->ops->release(s);
	return st;
}

enum status book_features_all(struct book_features *f, struct err *e)
{
	enum status st = ST_OK;

	while (st == ST_OK && !f->done) {
		st = book_wait(f->book, e);
		if (st == ST_OK)
			st = book_features_step(f, e);
	}
	return st;
}
