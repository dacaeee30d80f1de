/* The texts of the accounts, and days that few lists ask for, from the store. */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

#define NAMES ((1u << TXT_ID) | (1u << TXT_NAME)) /* each account has its own */

void book_rest(struct book *b)
{
	book_forget_texts(b);
}

void book_forget_texts(struct book *b)
{
	struct book_texts *t = &b->texts;

	for (int k = 0; k < TXT_COUNT; k++) {
		texts_clear(&t->of[k]);
		free(t->which[k]);
	}
	texts_clear(&t->csm);
	texts_clear(&t->team);
	texts_clear(&t->status);
	texts_clear(&t->band);
	texts_clear(&t->quadrant);
	free(t->started);
	memset(t, 0, sizeof(*t));
}

static enum status take_field(struct book *b, int field, uint32_t first,
	const struct text *text, uint32_t n, struct err *e)
{
	struct texts *t = &b->texts.of[field];
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		st = t->own ? texts_add(t, text[i], e)
			    : texts_share(
				      t, text[i], &b->texts.which[field][first + i], e);
	return st;
}

/* Of the fields that have come as far as this part. */
static enum status take_part(struct book *b, uint32_t fields, uint32_t part,
	struct part_texts *p, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	const uint32_t first = part * PART_ACCOUNTS, left = b->columns.n - first;
	const uint32_t n = left < PART_ACCOUNTS ? left : PART_ACCOUNTS;

	for (int names = 1; names >= 0; names--) {
		const uint32_t wanted = fields & (names ? NAMES : ~NAMES);
		enum status st;

		if (!wanted)
			continue;
		st = ops->texts(b->store, part, names, p, e);
		for (int k = 0; st == ST_OK && k < TXT_COUNT; k++) {
			if (!(wanted >> k & 1))
				continue;
			if (p->n < n)
				memset(&p->of[k][p->n], 0,
					(n - p->n) * sizeof(p->of[k][0]));
			st = take_field(b, k, first, p->of[k], n, e);
			b->texts.parts[k]++;
		}
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static enum status begin_fields(struct book *b, uint32_t fields, struct err *e)
{
	struct book_texts *t = &b->texts;

	for (int k = 0; k < TXT_COUNT; k++) {
		if (!(fields >> k & 1))
			continue;
		t->of[k].own = NAMES >> k & 1;
		if (t->of[k].own || t->which[k])
			continue;
		t->which[k] = malloc(((size_t)b->columns.n + 1) * sizeof(*t->which[k]));
		if (!t->which[k])
			return err_set(e, ST_NOMEM,
				"not enough memory for the texts of the accounts");
	}
	return ST_OK;
}

/* Those of the fields that have come as far as the one that is behind. */
static uint32_t furthest_behind(const struct book *b, uint32_t fields, uint32_t *part)
{
	uint32_t behind = 0;

	*part = UINT32_MAX;
	for (int k = 0; k < TXT_COUNT; k++) {
		const uint32_t at = b->texts.parts[k];

		if (!(fields >> k & 1) || at > *part)
			continue;
		behind = at < *part ? 1u << k : behind | 1u << k;
		*part = at;
	}
	return behind;
}

/* ---- days ---- */

static int32_t known_by(int32_t day, int32_t as_of)
{
	return day > as_of ? DAY_NONE : day;
}

int32_t book_started(int32_t contract, int32_t onboarding, int32_t as_of)
{
	const int32_t day = known_by(contract, as_of);

	return day != DAY_NONE ? day : known_by(onboarding, as_of);
}

static void take_days(struct book *b, uint32_t first, const struct part *p)
{
	const int32_t today = b->clock.today;
	struct book_texts *t = &b->texts;

	for (uint32_t i = 0; i < p->n && first + i < b->columns.n; i++) {
		t->started[first + i] =
			book_started(p->contract_start[i], p->onboarding[i], today);
		t->first_value[first + i] = known_by(p->first_value[i], today);
	}
}

static enum status load_days(struct book *b, struct err *e)
{
	const uint32_t n = b->columns.n;
	struct book_texts *t = &b->texts;
	struct part p;
	enum status st = part_init(&p, e);

	p.brief = true;
	if (!t->started)
		t->started = malloc(2 * ((size_t)n + 1) * sizeof(*t->started));
	if (st == ST_OK && !t->started)
		st = err_set(
			e, ST_NOMEM, "not enough memory for the days of the accounts");
	if (st == ST_OK) {
		t->first_value = t->started + n;
		for (uint32_t i = 0; i < 2 * n; i++)
			t->started[i] = DAY_NONE;
	}
	for (uint32_t k = 0; st == ST_OK && k * PART_ACCOUNTS < n; k++) {
		st = b->store->ops->part(b->store, k, b->clock.today, &p, e);
		if (st == ST_OK)
			take_days(b, k * PART_ACCOUNTS, &p);
		if (st == ST_OK)
			st = book_wait(b, e);
	}
	part_clear(&p);
	return st;
}

/* Goes on with what an earlier call had to leave, in the same state of the book. */
enum status book_load_texts(struct book *b, uint32_t fields, struct err *e)
{
	const uint32_t parts = (b->columns.n + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	struct book_texts *t = &b->texts;
	struct part_texts *p;
	enum status st;
	uint32_t part;

	if (!fields)
		return ST_OK;
	p = malloc(sizeof(*p));
	st = p ? begin_fields(b, fields, e)
	       : err_set(e, ST_NOMEM, "not enough memory for the texts of a part");
	while (st == ST_OK) {
		const uint32_t behind = furthest_behind(b, fields, &part);

		if (part >= parts)
			break;
		st = take_part(b, behind, part, p, e);
		if (st == ST_OK)
			st = book_wait(b, e);
	}
	free(p);
	if (st == ST_OK && fields & BOOK_DAYS)
		st = load_days(b, e);
	if (st != ST_OK && st != ST_CANCELLED)
		book_forget_texts(b);
	for (int k = 0; st == ST_OK && k < TXT_COUNT; k++)
		if (fields >> k & 1)
			texts_settle(&t->of[k]);
	if (st == ST_OK)
		t->loaded |= fields;
	return st;
}
