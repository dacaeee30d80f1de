/* Lists of accounts: texts, filter, order, rows. */
#include "core/book_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

static const int text_field[TXT_COUNT] = { F_ACCOUNT_ID, F_NAME, F_SEGMENT, F_REGION,
	F_INDUSTRY, F_PARENT_ID, F_TAGS };

static struct text cell_text(const struct cell *c)
{
	return c->type == CELL_TEXT ? c->t : (struct text){ NULL, 0 };
}

static enum status take_texts(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book *b = arg;
	size_t size = 0;
	char *at;

	for (int k = 0; k < TXT_COUNT; k++)
		size += cell_text(&cells[text_field[k]]).n + 1;
	at = arena_alloc(&b->texts.arena, size);
	if (!at)
		return err_set(
			e, ST_NOMEM, "not enough memory for the names of the accounts");
	if (id <= b->texts.n)
		b->texts.of[id - 1] = at;
	for (int k = 0; k < TXT_COUNT; k++) {
		const struct text t = cell_text(&cells[text_field[k]]);

		if (t.n)
			memcpy(at, t.s, t.n);
		at += t.n + 1;
	}
	return ST_OK;
}

enum status book_need_texts(struct book *b, struct err *e)
{
	enum status st = book_need_columns(b, e);

	if (st != ST_OK || b->texts.loaded)
		return st;
	b->texts.n = b->columns.n;
	b->texts.of = calloc((size_t)b->texts.n + 1, sizeof(*b->texts.of));
	if (!b->texts.of)
		return err_set(
			e, ST_NOMEM, "not enough memory for the names of the accounts");
	st = b->store->ops->accounts_all(b->store, take_texts, b, e);
	b->texts.loaded = st == ST_OK;
	return st;
}

/* An empty text is a missing one: the book never stores empty texts. */
struct text book_text(const struct book *b, enum book_text which, uint32_t id)
{
	const char *at = id >= 1 && id <= b->texts.n ? b->texts.of[id - 1] : NULL;
	size_t n;

	if (!at)
		return (struct text){ NULL, 0 };
	for (int k = 0; k < (int)which; k++)
		at += strlen(at) + 1;
	n = strlen(at);
	return (struct text){ n ? at : NULL, n };
}

static struct text csm_name(const struct book *b, int32_t csm)
{
	return csm >= 1 && (uint32_t)csm <= b->csms ? b->csm_name[csm - 1]
						    : (struct text){ NULL, 0 };
}

/* ---- where filters and sorts read ---- */

static enum quadrant quadrant_of(const struct book *b, uint32_t i)
{
	const struct scores *s = &b->columns.scores;

	return s->health[i] == HEALTH_NONE
		       ? QUAD_NONE
		       : axes_quadrant(s->value_pct[i], s->effort[i],
				 b->policy.line_value, b->policy.line_effort);
}

/* As of the day, whatever the record says of other days. */
static struct text status_of(const struct book *b, uint32_t i)
{
	const struct book_columns *c = &b->columns;

	return c->active[i]    ? TEXT("active")
	       : c->churned[i] ? TEXT("churned")
			       : TEXT("not started");
}

/* Its band in words; missing: never computed. */
static struct text band_of(const struct book *b, uint32_t i)
{
	static const char *const words[] = { [BAND_UNKNOWN] = "unknown",
		[BAND_AT_RISK] = "at risk",
		[BAND_WATCH] = "watch",
		[BAND_HEALTHY] = "healthy" };
	const uint8_t health = b->columns.scores.health[i];

	return health == HEALTH_NONE ? (struct text){ NULL, 0 }
				     : text_of(words[health_band(&b->policy, health)]);
}

static double day_number(int32_t day)
{
	return day == DAY_NONE ? NAN : (double)day;
}

static double money_number(int64_t cents)
{
	return cents == MONEY_NONE ? NAN : (double)cents;
}

static double source_number(const void *ctx, enum list_field field, uint32_t id)
{
	const struct book *b = ctx;
	const struct book_columns *c = &b->columns;
	const struct scores *s = &c->scores;
	const uint32_t i = id - 1;
	const bool scored = s->health[i] != HEALTH_NONE;

	switch (field) {
	case LIST_TIER:
		return c->tier[i] == TIER_NONE ? NAN : c->tier[i];
	case LIST_ARR:
		return money_number(c->arr[i]);
	case LIST_RENEWAL:
		return day_number(c->renewal[i]);
	case LIST_SINCE:
		return day_number(c->tiers.since[i]);
	case LIST_CHANGE:
		return c->change[i] == CHANGE_NONE ? NAN : c->change[i];
	case LIST_HEALTH:
		return scored && s->health[i] != HEALTH_UNKNOWN ? s->health[i] : NAN;
	case LIST_COVERAGE:
		return scored ? s->coverage[i] : NAN;
	case LIST_VALUE:
		return scored && c->arr[i] != MONEY_NONE ? (double)s->value[i] : NAN;
	case LIST_VALUE_PCT:
		return scored ? s->value_pct[i] : NAN;
	case LIST_EFFORT:
		return scored ? s->effort[i] : NAN;
	case LIST_SCORE:
		return scored ? s->score[i] : NAN;
	default:
		return NAN;
	}
}

static struct text source_text(const void *ctx, enum list_field field, uint32_t id)
{
	const struct book *b = ctx;

	switch (field) {
	case LIST_ID:
		return book_text(b, TXT_ID, id);
	case LIST_NAME:
		return book_text(b, TXT_NAME, id);
	case LIST_CSM:
		return csm_name(b, b->columns.csm[id - 1]);
	case LIST_SEGMENT:
		return book_text(b, TXT_SEGMENT, id);
	case LIST_REGION:
		return book_text(b, TXT_REGION, id);
	case LIST_INDUSTRY:
		return book_text(b, TXT_INDUSTRY, id);
	case LIST_PARENT:
		return book_text(b, TXT_PARENT, id);
	case LIST_TAGS:
		return book_text(b, TXT_TAGS, id);
	case LIST_STATUS:
		return status_of(b, id - 1);
	case LIST_HEALTH:
		return band_of(b, id - 1);
	case LIST_QUADRANT:
		return quadrant_of(b, id - 1) == QUAD_NONE
			       ? (struct text){ NULL, 0 }
			       : text_of(quadrant_name[quadrant_of(b, id - 1)]);
	default:
		return (struct text){ NULL, 0 };
	}
}

struct list_source book_source(const struct book *b)
{
	return (struct list_source){ b, source_number, source_text };
}

/* ---- lists ---- */

static bool sort_needs_text(const struct list_sort *sort)
{
	for (int k = 0; k < sort->n; k++)
		if (list_field_def(sort->key[k].field)->type == LT_TEXT &&
			sort->key[k].field != LIST_CSM)
			return true;
	return false;
}

/* The order that every list starts from: tier, then tier score; ties by higher value,
 * then smaller account_id. */
static enum status base_order(
	struct book *b, uint32_t *ids, uint32_t *n, bool all, struct err *e)
{
	const struct book_columns *c = &b->columns;
	uint32_t scored;
	enum status st = review_order(&c->scores, b->store, ids, &scored, e);

	*n = 0;
	for (uint32_t k = 0; st == ST_OK && k < scored; k++)
		if (all || c->active[ids[k] - 1])
			ids[(*n)++] = ids[k];
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if (c->present[i] && c->scores.health[i] == HEALTH_NONE &&
			(all || c->active[i]))
			ids[(*n)++] = i + 1;
	return st;
}

static enum status select_rows(struct book *b, const struct list_query *q, struct list *l,
	struct filter_error *where, struct err *e)
{
	static const struct list_sort by_tier = { 1, { { LIST_TIER, false } } };
	const struct list_source from = book_source(b);
	const struct filter *f;
	struct arena a;
	enum status st;
	uint32_t n, kept = 0;

	arena_init(&a);
	st = filter_parse(q->where, b->clock.today, text_of(b->me), &a, &f, where, e);
	if (st == ST_OK && (filter_needs_text(f) || sort_needs_text(&q->sort)))
		st = book_need_texts(b, e);
	if (st == ST_OK)
		st = base_order(b, l->id, &n, q->all, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		const int64_t arr = b->columns.arr[l->id[k] - 1];

		if (!filter_match(f, &from, l->id[k]))
			continue;
		if (arr != MONEY_NONE && !money_add(l->arr, arr, &l->arr))
			st = err_set(
				e, ST_INVALID, "the ARR of the list adds up to too much");
		l->id[kept++] = l->id[k];
	}
	l->n = kept;
	if (st == ST_OK)
		st = list_sort_ids(
			q->sort.n ? &q->sort : &by_tier, &from, l->id, kept, e);
	arena_clear(&a);
	return st;
}

enum status book_list(struct book *b, const struct list_query *q, struct list **out,
	struct filter_error *where, struct err *e)
{
	enum status st = book_need_columns(b, e);
	struct list *l;

	*out = NULL;
	if (where)
		*where = (struct filter_error){ 0, 0 };
	if (st != ST_OK)
		return st;
	l = calloc(1, sizeof(*l));
	if (!l || !(l->id = calloc((size_t)b->columns.n + 1, sizeof(*l->id)))) {
		list_free(&l);
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	}
	l->figures_day = b->columns.day.day;
	st = select_rows(b, q, l, where, e);
	if (st == ST_OK)
		*out = l;
	else
		list_free(&l);
	return st;
}

void list_free(struct list **l)
{
	if (*l)
		free((*l)->id);
	free(*l);
	*l = NULL;
}

/* ---- rows ---- */

struct fetching {
	struct book *b;
	const uint32_t *ids;
	uint32_t n, at;
	struct list_row *out;
	struct arena *a;
};

static struct text keep(struct fetching *f, const struct cell *c)
{
	const struct text t = cell_text(c);

	return t.s ? (struct text){ arena_copy(f->a, t.s, t.n), t.n } : t;
}

static void fill_figures(const struct book *b, uint32_t id, struct list_row *r)
{
	const struct book_columns *c = &b->columns;
	const struct scores *s = &c->scores;
	const uint32_t i = id - 1;
	const bool scored = s->health[i] != HEALTH_NONE;

	r->account = id;
	r->tier = c->tier[i];
	r->health = s->health[i];
	r->change = c->change[i];
	r->quadrant = quadrant_of(b, i);
	r->arr = c->arr[i];
	r->value = scored && r->arr != MONEY_NONE ? s->value[i] : MONEY_NONE;
	r->coverage = scored ? s->coverage[i] : NAN;
	r->value_pct = scored ? s->value_pct[i] : NAN;
	r->effort = scored ? s->effort[i] : NAN;
	r->score = scored ? s->score[i] : NAN;
	r->renewal = c->renewal[i];
	r->since = c->tiers.since[i];
	r->active = c->active[i];
	r->assumed = scored && s->assumed[i];
	r->locked = c->tiers.locked_until[i] != DAY_NONE &&
		    c->tiers.locked_until[i] >= b->clock.today;
}

static enum status take_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct fetching *f = arg;
	struct list_row *r;

	(void)e;
	while (f->at < f->n && f->ids[f->at] != id)
		f->at++;
	if (f->at == f->n)
		return ST_OK;
	r = &f->out[f->at++];
	r->id = keep(f, &cells[F_ACCOUNT_ID]);
	r->name = keep(f, &cells[F_NAME]);
	r->csm = keep(f, &cells[F_CSM]);
	r->segment = keep(f, &cells[F_SEGMENT]);
	r->region = keep(f, &cells[F_REGION]);
	r->industry = keep(f, &cells[F_INDUSTRY]);
	r->parent = keep(f, &cells[F_PARENT_ID]);
	r->tags = keep(f, &cells[F_TAGS]);
	r->status = status_of(f->b, (uint32_t)id - 1);
	return ST_OK;
}

enum status book_rows(struct book *b, const uint32_t *ids, uint32_t n, struct arena *a,
	struct list_row *out, struct err *e)
{
	struct fetching f = { b, ids, n, 0, out, a };
	enum status st = book_need_columns(b, e);

	memset(out, 0, n * sizeof(*out));
	for (uint32_t k = 0; st == ST_OK && k < n; k++)
		if (ids[k] >= 1 && ids[k] <= b->columns.n)
			fill_figures(b, ids[k], &out[k]);
	return st == ST_OK ? b->store->ops->accounts(b->store, ids, n, take_row, &f, e)
			   : st;
}

static const char *symbol_of(const struct book *b)
{
	static const struct {
		char code[4];
		const char *symbol;
	} known[] = { { "USD", "$" }, { "EUR", "€" }, { "GBP", "£" } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].code, b->policy.currency) == 0)
			return known[i].symbol;
	return b->policy.currency;
}

static int put_number(char *out, size_t size, double v, int decimals)
{
	char text[NUMBER_TEXT_MAX];

	return snprintf(
		out, size, "%s", isnan(v) ? "--" : number_format(v, decimals, text));
}

static int put_money(const struct book *b, char *out, size_t size, int64_t cents)
{
	char text[MONEY_TEXT_MAX];

	return snprintf(out, size, "%s",
		cents == MONEY_NONE ? "--" : money_short(cents, symbol_of(b), text));
}

static int put_day(char *out, size_t size, int32_t day)
{
	char text[DAY_TEXT_MAX];

	return snprintf(out, size, "%s", day == DAY_NONE ? "--" : day_format(day, text));
}

static int put_text(char *out, size_t size, struct text t)
{
	return snprintf(out, size, "%.*s", (int)t.n, t.s ? t.s : "");
}

int list_row_text(const struct book *b, const struct list_row *r, enum list_field f,
	char *out, size_t size)
{
	const bool known = r->health != HEALTH_NONE && r->health != HEALTH_UNKNOWN;

	switch (f) {
	case LIST_ID:
		return put_text(out, size, r->id);
	case LIST_NAME:
		return put_text(out, size, r->name.s ? r->name : r->id);
	case LIST_CSM:
		return put_text(out, size, r->csm.s ? r->csm : TEXT("(pool)"));
	case LIST_TIER:
		return r->tier ? snprintf(
					 out, size, "%d%s", r->tier, r->locked ? "*" : "")
			       : snprintf(out, size, "-");
	case LIST_ARR:
		return put_money(b, out, size, r->arr);
	case LIST_HEALTH:
		return put_number(out, size, known ? r->health : NAN, 0);
	case LIST_CHANGE:
		return r->change == CHANGE_NONE ? snprintf(out, size, "--")
						: snprintf(out, size, "%+d", r->change);
	case LIST_COVERAGE:
		return put_number(out, size, r->coverage, 2);
	case LIST_VALUE:
		return put_money(b, out, size, r->value);
	case LIST_VALUE_PCT:
		return put_number(out, size, r->value_pct, 1);
	case LIST_EFFORT:
		return put_number(out, size, r->effort, 1);
	case LIST_SCORE:
		return put_number(out, size, r->score, 1);
	case LIST_RENEWAL:
		return put_day(out, size, r->renewal);
	case LIST_SEGMENT:
		return put_text(out, size, r->segment);
	case LIST_REGION:
		return put_text(out, size, r->region);
	case LIST_STATUS:
		return put_text(out, size, r->status);
	case LIST_INDUSTRY:
		return put_text(out, size, r->industry);
	case LIST_PARENT:
		return put_text(out, size, r->parent);
	case LIST_TAGS:
		return put_text(out, size, r->tags);
	case LIST_SINCE:
		return put_day(out, size, r->since);
	case LIST_QUADRANT:
		return snprintf(out, size, "%s", quadrant_name[r->quadrant]);
	case LIST_FIELDS:
		break;
	}
	return 0;
}
