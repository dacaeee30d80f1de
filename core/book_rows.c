/* Rows of lists: figures from the columns, texts from the store. */
#include "core/book_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fetching {
	struct book *b;
	const uint32_t *ids;
	uint32_t n, at;
	struct list_row *out;
	struct arena *a;
};

/* The borrowed texts of a row become its own. False: no memory. */
static bool keep_texts(struct arena *a, struct list_row *r)
{
	struct text *texts[] = { &r->id, &r->name, &r->csm, &r->team, &r->segment,
		&r->region, &r->industry, &r->parent, &r->tags, &r->status,
		&r->language };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!arena_keep(a, texts[i]))
			return false;
	return true;
}

static void fill_figures(const struct book *b, uint32_t id, struct list_row *r)
{
	const struct book_columns *c = &b->columns;
	const struct figures *s = &c->scores;
	const uint32_t i = id - 1;
	const bool scored = s->health[i] != HEALTH_NONE;

	r->account = id;
	r->team = book_team(b, shorts_at(&c->csm, i));
	r->tier = c->tier[i];
	r->health = s->health[i];
	r->change = c->change[i];
	r->quadrant = book_quadrant(b, id);
	r->arr = amounts_at(&c->arr, i);
	r->value = scored && r->arr != MONEY_NONE ? amounts_at(&s->value, i) : MONEY_NONE;
	r->coverage = scored ? figures_coverage(s, i) : NAN;
	r->value_pct = scored ? figures_value_pct(s, i) : NAN;
	r->effort = scored ? figures_effort(s, i) : NAN;
	r->score = scored ? figures_score(s, i) : NAN;
	r->renewal = shorts_at(&c->renewal, i);
	r->since = shorts_at(&c->since, i);
	r->active = c->active[i];
	r->assumed = scored && (s->marks[i] & FIGURES_ASSUMED);
	r->locked = (c->marks[i] & BOOK_LOCKED) != 0;
	r->started = r->first_value = DAY_NONE;
}

static enum status take_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct fetching *f = arg;
	struct list_row *r;

	while (f->at < f->n && f->ids[f->at] != id)
		f->at++;
	if (f->at == f->n)
		return ST_OK;
	r = &f->out[f->at++];
	r->id = cell_as_text(&cells[F_ACCOUNT_ID]);
	r->name = cell_as_text(&cells[F_NAME]);
	r->csm = cell_as_text(&cells[F_CSM]);
	r->segment = cell_as_text(&cells[F_SEGMENT]);
	r->region = cell_as_text(&cells[F_REGION]);
	r->industry = cell_as_text(&cells[F_INDUSTRY]);
	r->parent = cell_as_text(&cells[F_PARENT_ID]);
	r->tags = cell_as_text(&cells[F_TAGS]);
	r->language = cell_as_text(&cells[F_LANGUAGE]);
	r->status = book_status(f->b, (uint32_t)id);
	r->started = book_started(cell_day(&cells[F_CONTRACT_START]),
		cell_day(&cells[F_ONBOARDING_STARTED]), f->b->clock.today);
	r->first_value = cell_day(&cells[F_FIRST_VALUE_ON]);
	if (r->first_value > f->b->clock.today)
		r->first_value = DAY_NONE;
	return keep_texts(f->a, r) ? ST_OK
				   : err_set(e, ST_NOMEM, "not enough memory for a row");
}

/* True: all of them were in the picture. */
static bool from_picture(const struct picture *p, const uint32_t *ids, uint32_t n,
	struct arena *a, struct list_row *out)
{
	for (uint32_t k = 0; k < n; k++) {
		const struct list_row *r = book_picture_row(p, ids[k], NULL);

		if (!r)
			return false;
		out[k] = *r;
		if (!keep_texts(a, &out[k]))
			return false;
	}
	return true;
}

enum status book_rows(struct book *b, const uint32_t *ids, uint32_t n, struct arena *a,
	struct list_row *out, struct err *e)
{
	struct fetching f = { b, ids, n, 0, out, a };
	const struct picture *p = book_picture(b);
	enum status st;

	if (p && from_picture(p, ids, n, a, out))
		return ST_OK;
	st = book_need_columns(b, e);
	memset(out, 0, n * sizeof(*out));
	for (uint32_t k = 0; st == ST_OK && k < n; k++)
		if (ids[k] >= 1 && ids[k] <= b->columns.n)
			fill_figures(b, ids[k], &out[k]);
	return st == ST_OK ? b->store->ops->rows_of(
				     b->store, REC_ACCOUNT, ids, n, take_row, &f, e)
			   : st;
}

static enum status take_step(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct fetching *f = arg;
	const struct text account = cell_as_text(&cells[F_PLAN_ACCOUNT]);
	struct list_row *r;

	(void)id;
	while (f->at < f->n && !text_eq(f->out[f->at].id, account))
		f->at++;
	if (f->at == f->n)
		return ST_OK;
	r = &f->out[f->at++];
	r->next = cell_as_text(&cells[F_PLAN_NEXT_STEP]);
	return arena_keep(f->a, &r->next)
		       ? ST_OK
		       : err_set(e, ST_NOMEM, "not enough memory for a row");
}

enum status book_next_steps(struct book *b, const uint32_t *ids, uint32_t n,
	struct arena *a, struct list_row *rows, struct err *e)
{
	struct fetching f = { b, ids, n, 0, rows, a };

	for (uint32_t k = 0; k < n; k++)
		rows[k].next = (struct text){ NULL, 0 };
	return b->store->ops->rows_of(b->store, REC_PLAN, ids, n, take_step, &f, e);
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
		cents == MONEY_NONE ? "--" : money_said(cents, b->policy.currency, text));
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
	const bool known = scores_health_known(r->health);

	switch (f) {
	case LIST_ID:
		return put_text(out, size, r->id);
	case LIST_NAME:
		return put_text(out, size, r->name.s ? r->name : r->id);
	case LIST_CSM:
		return put_text(out, size, r->csm.s ? r->csm : TEXT("(pool)"));
	case LIST_TEAM:
		return put_text(out, size, r->team);
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
	case LIST_LANGUAGE:
		return put_text(out, size, r->language);
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
	case LIST_STARTED:
		return put_day(out, size, r->started);
	case LIST_FIRST_VALUE:
		return put_day(out, size, r->first_value);
	case LIST_QUADRANT:
		return snprintf(out, size, "%s", quadrant_name[r->quadrant]);
	case LIST_FIELDS:
		break;
	}
	return 0;
}
