/* The groups of the revenue: which there are, and whose an account is. Somebody counts
 * where it was on the opening day: who moved meanwhile is no gain of the one and no loss
 * of the other. Who was not there yet counts where it is at the close. */
#include "core/book_revenue_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status make_groups(struct book_revenue *x, uint32_t n, struct err *e)
{
	x->r.group = calloc((size_t)n + 1, sizeof(*x->r.group));
	if (!x->r.group)
		return book_revenue_no_memory(e);
	x->r.groups = n;
	for (uint32_t k = 0; k < n; k++) {
		x->r.group[k].from = x->r.asked.from;
		x->r.group[k].to = x->r.asked.to;
	}
	return ST_OK;
}

static enum status name_group(
	struct book_revenue *x, uint32_t k, struct text key, struct err *e)
{
	x->r.group[k].key = key;
	return arena_keep(&x->names, &x->r.group[k].key) ? ST_OK
							 : book_revenue_no_memory(e);
}

/* ---- parts of the period -------------------------------------------------------- */

/* "2026-03", "2026-Q1", "2026"; of others their two days. */
static void period_key(
	enum revenue_by by, int32_t from, int32_t to, char *out, size_t size)
{
	const struct civil c = day_civil(from + 1);
	const int months = revenue_by_months(by);
	const bool whole = day_month_start(from + 1) == from + 1 &&
			   day_add_months(from + 1, months) == to + 1 &&
			   (c.month - 1) % months == 0;
	char one[DAY_TEXT_MAX], other[DAY_TEXT_MAX];

	if (!whole)
		snprintf(
			out, size, "%s/%s", day_format(from, one), day_format(to, other));
	else if (by == REVENUE_BY_MONTH)
		snprintf(out, size, "%04d-%02d", c.year, c.month);
	else if (by == REVENUE_BY_QUARTER)
		snprintf(out, size, "%04d-Q%d", c.year, (c.month - 1) / 3 + 1);
	else
		snprintf(out, size, "%04d", c.year);
}

static enum status make_periods(struct book_revenue *x, struct err *e)
{
	enum status st = make_groups(x, (uint32_t)x->cuts - 1, e);

	for (uint32_t k = 0; st == ST_OK && k < x->r.groups; k++) {
		struct revenue_group *g = &x->r.group[k];
		char key[2 * DAY_TEXT_MAX + 16];

		g->from = x->cut[k];
		g->to = x->cut[k + 1];
		period_key(x->r.asked.by, g->from, g->to, key, sizeof(key));
		st = name_group(x, k, text_of(key), e);
	}
	return st;
}

/* ---- owners --------------------------------------------------------------------- */

struct owning {
	struct book_revenue *x;
	uint8_t *seen; /* owned; a change since the opening was heard: the first counts */
};

static enum status take_owner(void *arg, const struct row_change *c, struct err *e)
{
	struct owning *o = arg;
	const uint32_t i = c->account - 1;

	(void)e;
	if (i >= o->x->r.n || !c->before || o->seen[i])
		return ST_OK;
	o->seen[i] = 1;
	o->x->owner[i] =
		c->before[F_CSM].type == CELL_INT ? (int32_t)c->before[F_CSM].i : 0;
	o->x->r.owners_known = true;
	return ST_OK;
}

/* Today's, less what the history tells since; the day begins in the time of the book. */
static enum status find_owners(struct book_revenue *x, struct err *e)
{
	const struct book *b = x->book;
	const int64_t since =
		((int64_t)x->r.asked.from + 1) * DAY_SECONDS - b->clock.east;
	struct owning o = { x, calloc((size_t)x->r.n + 1, 1) };
	enum status st;

	x->owner = malloc(((size_t)x->r.n + 1) * sizeof(*x->owner));
	if (!o.seen || !x->owner) {
		free(o.seen);
		return book_revenue_no_memory(e);
	}
	shorts_get(&b->columns.csm, 0, x->r.n, x->owner);
	st = b->store->ops->field_changes(
		b->store, REC_ACCOUNT, F_CSM, since, take_owner, &o, e);
	free(o.seen);
	return st;
}

static enum status make_owners(struct book_revenue *x, struct err *e)
{
	const struct book *b = x->book;
	enum status st = find_owners(x, e);

	if (st == ST_OK)
		st = make_groups(x, b->csms + 1, e);
	if (st == ST_OK)
		st = name_group(x, 0, TEXT("pool"), e);
	for (uint32_t k = 0; st == ST_OK && k < b->csms; k++)
		st = name_group(x, k + 1, b->csm_name[k], e);
	return st;
}

/* ---- texts ---------------------------------------------------------------------- */

static int text_of_by(enum revenue_by by)
{
	return by == REVENUE_BY_SEGMENT ? TXT_SEGMENT : TXT_REGION;
}

static enum status make_texts(struct book_revenue *x, struct err *e)
{
	const int field = text_of_by(x->r.asked.by);
	const struct texts *t = &x->book->texts.of[field];
	enum status st = book_need_texts(x->book, 1u << field, e);

	if (st == ST_OK)
		st = make_groups(x, t->n + 1, e);
	if (st == ST_OK)
		st = name_group(x, 0, TEXT("none"), e);
	for (uint32_t k = 0; st == ST_OK && k < t->n; k++)
		st = name_group(x, k + 1, t->spelled ? t->spelled[k] : texts_at(t, k), e);
	for (uint32_t i = 0; st == ST_OK && i < x->r.n; i++) {
		const uint32_t which = x->book->texts.which[field][i];

		x->r.group_of[i] = which == TEXTS_NONE ? 0 : which + 1;
	}
	return st;
}

static enum status make_tiers(struct book_revenue *x, struct err *e)
{
	static const char *const keys[TIER_COUNT + 1] = { "none", "1", "2", "3" };
	enum status st = make_groups(x, TIER_COUNT + 1, e);

	for (uint32_t k = 0; st == ST_OK && k <= TIER_COUNT; k++)
		st = name_group(x, k, text_of(keys[k]), e);
	return st;
}

enum status book_revenue_groups(struct book_revenue *x, struct err *e)
{
	x->r.all.key = TEXT("all");
	x->r.all.from = x->r.asked.from;
	x->r.all.to = x->r.asked.to;
	switch (x->r.asked.by) {
	case REVENUE_BY_TIER:
		return make_tiers(x, e);
	case REVENUE_BY_CSM:
		return make_owners(x, e);
	case REVENUE_BY_SEGMENT:
	case REVENUE_BY_REGION:
		return make_texts(x, e);
	case REVENUE_BY_MONTH:
	case REVENUE_BY_QUARTER:
	case REVENUE_BY_YEAR:
		return make_periods(x, e);
	default:
		return ST_OK;
	}
}

void book_revenue_place(struct book_revenue *x)
{
	const uint32_t first = x->part.first_id - 1;
	const enum revenue_by by = x->r.asked.by;

	for (uint32_t i = 0; i < x->part.n; i++) {
		const bool there = x->arr[i] > 0;
		uint32_t *group = &x->r.group_of[first + i];

		if (by == REVENUE_BY_TIER) {
			const uint8_t tier = (there ? x->was : x->is)[PART_ACCOUNTS + i];

			*group = tier <= TIER_COUNT ? tier : 0;
		} else if (by == REVENUE_BY_CSM) {
			const int32_t csm =
				there ? x->owner[first + i]
				      : shorts_at(&x->book->columns.csm, first + i);

			*group = csm > 0 && (uint32_t)csm < x->r.groups ? (uint32_t)csm
									: 0;
		}
	}
}
