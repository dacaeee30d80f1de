/* Accounts as filters and sorts read them: columns of the book, a block at a time. */
#include "core/book_internal.h"

#include <math.h>
#include <string.h>

enum { STATUS_ACTIVE, STATUS_CHURNED, STATUS_NOT_STARTED };

static const char *const status_name[] = { [STATUS_ACTIVE] = "active",
	[STATUS_CHURNED] = "churned",
	[STATUS_NOT_STARTED] = "not started" };

static const char *const band_name[] = { [BAND_UNKNOWN] = "unknown",
	[BAND_AT_RISK] = "at risk",
	[BAND_WATCH] = "watch",
	[BAND_HEALTHY] = "healthy" };

#define BANDS (sizeof(band_name) / sizeof(*band_name))

static uint32_t status_of(const struct book_columns *c, uint32_t i)
{
	return c->active[i]                ? STATUS_ACTIVE
	       : c->flags[i] & ACC_CHURNED ? STATUS_CHURNED
					   : STATUS_NOT_STARTED;
}

struct text book_status(const struct book *b, uint32_t id)
{
	return text_of(status_name[status_of(&b->columns, id - 1)]);
}

enum quadrant book_quadrant(const struct book *b, uint32_t id)
{
	const struct figures *s = &b->columns.scores;
	const uint32_t i = id - 1;

	return s->health[i] == HEALTH_NONE
		       ? QUAD_NONE
		       : axes_quadrant(figures_value_pct(s, i), figures_effort(s, i),
				 b->policy.line_value, b->policy.line_effort);
}

/* The names that status and quadrant have, and those of the CSMs. */
static enum status add_fixed(struct book *b, struct err *e)
{
	struct book_texts *t = &b->texts;
	enum status st = ST_OK;

	for (int i = 0; st == ST_OK && i <= STATUS_NOT_STARTED; i++)
		st = texts_add(&t->status, text_of(status_name[i]), e);
	for (size_t i = 0; st == ST_OK && i < BANDS; i++)
		st = texts_add(&t->band, text_of(band_name[i]), e);
	for (int i = 0; st == ST_OK && i < QUAD_COUNT; i++)
		st = texts_add(&t->quadrant, text_of(quadrant_name[i]), e);
	for (uint32_t i = 0; st == ST_OK && i < b->csms; i++)
		st = texts_add(&t->csm, b->csm_name[i], e);
	for (uint32_t i = 0; st == ST_OK && i < b->csms; i++)
		st = texts_add(&t->team, b->csm_team[i], e);
	return st;
}

enum status book_name_states(struct book *b, struct err *e)
{
	struct book_texts *t = &b->texts;
	struct texts *const fixed[] = { &t->status, &t->band, &t->quadrant, &t->csm,
		&t->team };
	enum status st;

	if (t->status.n)
		return ST_OK;
	st = add_fixed(b, e);
	for (size_t k = 0; k < sizeof(fixed) / sizeof(*fixed); k++)
		if (st == ST_OK)
			texts_settle(fixed[k]);
		else /* some of them would count as all */
			texts_clear(fixed[k]);
	return st;
}

static int text_field(enum list_field field)
{
	switch (field) {
	case LIST_ID:
		return TXT_ID;
	case LIST_NAME:
		return TXT_NAME;
	case LIST_SEGMENT:
		return TXT_SEGMENT;
	case LIST_REGION:
		return TXT_REGION;
	case LIST_INDUSTRY:
		return TXT_INDUSTRY;
	case LIST_PARENT:
		return TXT_PARENT;
	case LIST_TAGS:
		return TXT_TAGS;
	case LIST_LANGUAGE:
		return TXT_LANGUAGE;
	default:
		return -1;
	}
}

uint32_t book_texts_for(uint32_t list_fields)
{
	const uint32_t days = 1u << LIST_STARTED | 1u << LIST_FIRST_VALUE;
	uint32_t fields = list_fields & days ? BOOK_DAYS : 0;

	for (int f = 0; f < LIST_FIELDS; f++)
		if (list_fields >> f & 1 && text_field((enum list_field)f) >= 0)
			fields |= 1u << text_field((enum list_field)f);
	return fields;
}

struct texts *book_texts_of(struct book *b, enum list_field field)
{
	struct book_texts *t = &b->texts;

	switch (field) {
	case LIST_CSM:
		return &t->csm;
	case LIST_TEAM:
		return &t->team;
	case LIST_STATUS:
		return &t->status;
	case LIST_HEALTH:
		return &t->band;
	case LIST_QUADRANT:
		return &t->quadrant;
	default:
		return &t->of[text_field(field)];
	}
}

/* ---- the columns of a source ---- */

#define COPY(value)                                   \
	do {                                          \
		for (uint32_t k = 0; k < n; k++) {    \
			const uint32_t i = first + k; \
			out[k] = (value);             \
		}                                     \
	} while (0)
/* Of an account without figures all of them are missing. */
#define FIGURE(value) COPY(s->health[i] == HEALTH_NONE ? NAN : (double)(value))

static double day_number(int32_t day)
{
	return day == DAY_NONE ? NAN : (double)day;
}

static double money_number(int64_t cents)
{
	return cents == MONEY_NONE ? NAN : (double)cents;
}

static void read_numbers(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, double *out)
{
	const struct book *b = ctx;
	const struct book_columns *c = &b->columns;
	const struct figures *s = &c->scores;

	switch (field) {
	case LIST_TIER:
		COPY(c->tier[i] == TIER_NONE ? NAN : c->tier[i]);
		break;
	case LIST_ARR:
		COPY(money_number(amounts_at(&c->arr, i)));
		break;
	case LIST_RENEWAL:
		COPY(day_number(shorts_at(&c->renewal, i)));
		break;
	case LIST_SINCE:
		COPY(day_number(shorts_at(&c->since, i)));
		break;
	case LIST_STARTED:
		COPY(day_number(b->texts.started[i]));
		break;
	case LIST_FIRST_VALUE:
		COPY(day_number(b->texts.first_value[i]));
		break;
	case LIST_CHANGE:
		COPY(c->change[i] == CHANGE_NONE ? NAN : c->change[i]);
		break;
	case LIST_HEALTH:
		FIGURE(s->health[i] == HEALTH_UNKNOWN ? NAN : s->health[i]);
		break;
	case LIST_COVERAGE:
		FIGURE(figures_coverage(s, i));
		break;
	case LIST_VALUE:
		FIGURE(amounts_at(&c->arr, i) == MONEY_NONE
				? NAN
				: (double)amounts_at(&s->value, i));
		break;
	case LIST_VALUE_PCT:
		FIGURE(figures_value_pct(s, i));
		break;
	case LIST_EFFORT:
		FIGURE(figures_effort(s, i));
		break;
	case LIST_SCORE:
		FIGURE(figures_score(s, i));
		break;
	default:
		for (uint32_t k = 0; k < n; k++)
			out[k] = NAN;
	}
}

static uint32_t csm_number(const struct book *b, int32_t csm)
{
	return csm >= 1 && (uint32_t)csm <= b->csms && b->csm_name[csm - 1].n
		       ? (uint32_t)csm - 1
		       : TEXTS_NONE;
}

/* Of its owner; several numbers have the same team. */
static uint32_t team_number(const struct book *b, int32_t csm)
{
	return book_team(b, csm).n ? (uint32_t)csm - 1 : TEXTS_NONE;
}

/* Neighbours often have the same owner. */
static void copy_csms(const struct book *b, uint32_t first, uint32_t n, uint32_t *out)
{
	int32_t known = 0;
	uint32_t number = TEXTS_NONE;

	for (uint32_t k = 0; k < n; k++) {
		const int32_t csm = shorts_at(&b->columns.csm, first + k);

		if (csm != known)
			number = csm_number(b, known = csm);
		out[k] = number;
	}
}

static uint32_t quadrant_number(const struct book *b, uint32_t id)
{
	const enum quadrant q = book_quadrant(b, id);

	return q == QUAD_NONE ? TEXTS_NONE : (uint32_t)q;
}

/* Missing: never computed. */
static uint32_t band_number(const struct book *b, uint8_t health)
{
	return health == HEALTH_NONE ? TEXTS_NONE
				     : (uint32_t)health_band(&b->policy, health);
}

static void read_which(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, uint32_t *out)
{
	const struct book *b = ctx;
	const struct book_columns *c = &b->columns;
	const uint32_t *which;

	switch (field) {
	case LIST_CSM:
		copy_csms(b, first, n, out);
		break;
	case LIST_TEAM:
		COPY(team_number(b, shorts_at(&c->csm, i)));
		break;
	case LIST_STATUS:
		COPY(status_of(c, i));
		break;
	case LIST_HEALTH:
		COPY(band_number(b, c->scores.health[i]));
		break;
	case LIST_QUADRANT:
		COPY(quadrant_number(b, i + 1));
		break;
	default:
		which = b->texts.which[text_field(field)];
		memcpy(out, which + first, n * sizeof(*out));
	}
}

static const struct texts *read_texts(void *ctx, enum list_field field)
{
	return book_texts_of(ctx, field);
}

struct list_source book_source(struct book *b)
{
	return (struct list_source){ b, b->columns.n, read_numbers, read_texts,
		read_which };
}
