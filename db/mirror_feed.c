/*
 * Mirrors: accounts that come in by the million give theirs on the way, so that nobody
 * has to step through their rows afterwards.
 */
#include "db/mirror.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct mirror_feed {
	struct part p;
	struct part_texts texts;
	struct arena memory; /* of the texts */
	uint32_t next;       /* id that has to come; 0: no part has begun */
	struct pack blob;
};

void mirror_feed_free(struct mirror_feed **feed)
{
	if (*feed == NULL)
		return;
	part_clear(&(*feed)->p);
	pack_clear(&(*feed)->blob);
	arena_clear(&(*feed)->memory);
	free(*feed);
	*feed = NULL;
}

/* ---- cells ---- */

struct fed {
	const struct cell *cells;
	uint32_t mapped;
};

static const struct cell *given(const struct fed *f, enum account_field field)
{
	static const struct cell none = { .type = CELL_MISSING };
	return f->mapped & 1u << field ? &f->cells[field] : &none;
}

static int64_t whole(const struct fed *f, enum account_field field, int64_t none)
{
	const struct cell *c = given(f, field);
	return c->type == CELL_INT ? c->i : none;
}

static int32_t day(const struct fed *f, enum account_field field)
{
	return mirror_day(whole(f, field, DAY_NONE));
}

static double number(const struct fed *f, enum account_field field)
{
	const struct cell *c = given(f, field);
	return c->type == CELL_NUMBER && isfinite(c->n) ? c->n : (double)NAN;
}

static enum status take(
	struct db *d, struct part *p, uint32_t i, const struct fed *f, struct err *e)
{
	static const struct {
		enum account_field field;
		uint8_t flag;
	} flags[] = {
		{ F_REFERENCE, ACC_REFERENCE },
		{ F_MARQUEE, ACC_MARQUEE },
		{ F_ADVOCATE, ACC_ADVOCATE },
		{ F_PARENT_EXPANSION, ACC_PARENT_EXPANSION },
	};
	const struct cell *status = given(f, F_STATUS), *currency = given(f, F_CURRENCY);
	p->flags[i] = ACC_PRESENT;
	for (size_t k = 0; k < sizeof(flags) / sizeof(*flags); k++)
		if (whole(f, flags[k].field, 0) == 1)
			p->flags[i] |= flags[k].flag;
	if (status->type == CELL_TEXT && text_eq(status->t, TEXT("churned")))
		p->flags[i] |= ACC_CHURNED;
	p->csm[i] = mirror_csm(whole(f, F_CSM, 0));
	p->arr[i] = mirror_money(whole(f, F_ARR, MONEY_NONE));
	p->contract_start[i] = day(f, F_CONTRACT_START);
	p->renewal[i] = day(f, F_RENEWAL_DATE);
	p->churned_on[i] = day(f, F_CHURNED_ON);
	p->onboarding[i] = day(f, F_ONBOARDING_STARTED);
	p->first_value[i] = day(f, F_FIRST_VALUE_ON);
	p->growth[i] = number(f, F_GROWTH);
	p->complexity[i] = number(f, F_COMPLEXITY);
	p->maturity[i] = number(f, F_MATURITY);
	p->stakeholders[i] = number(f, F_STAKEHOLDERS);
	p->seats_purchased[i] = number(f, F_SEATS_PURCHASED);
	p->features_available[i] = number(f, F_FEATURES_AVAILABLE);
	return currency->type == CELL_TEXT
		       ? mirror_currency(d, currency->t, &p->currency[i], e)
		       : ST_OK;
}

/* Keeps the texts of an account until its part is complete. */
static enum status take_texts(
	struct mirror_feed *m, uint32_t i, const struct fed *f, struct err *e)
{
	static const enum account_field field[TXT_COUNT] = { F_ACCOUNT_ID, F_NAME,
		F_SEGMENT, F_REGION, F_INDUSTRY, F_PARENT_ID, F_TAGS, F_LANGUAGE };
	size_t size = 0;
	for (int k = 0; k < TXT_COUNT; k++) {
		const struct cell *c = given(f, field[k]);
		size += c->type == CELL_TEXT ? c->t.n : 0;
	}
	char *to = arena_alloc(&m->memory, size + 1);
	if (to == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	for (int k = 0; k < TXT_COUNT; k++) {
		const struct cell *c = given(f, field[k]);
		size_t n = c->type == CELL_TEXT ? c->t.n : 0;
		if (n > 0)
			memcpy(to, c->t.s, n);
		m->texts.of[k][i] =
			n > 0 ? (struct text){ to, n } : (struct text){ NULL, 0 };
		to += n;
	}
	return ST_OK;
}

/* ---- parts ---- */

static enum status store(struct db *d, struct mirror_feed *f, struct err *e)
{
	enum status st = mirror_store(d, REC_ACCOUNT, &f->p, &f->blob, e);
	f->texts.n = f->p.n;
	if (st == ST_OK)
		st = mirror_store_texts(
			d, db_part_of(f->p.first_id), &f->texts, &f->blob, e);
	arena_clear(&f->memory);
	return st;
}

enum status mirror_feed_end(struct db *d, struct mirror_feed **feed, struct err *e)
{
	struct mirror_feed *f = *feed;
	enum status st = ST_OK;
	if (f != NULL && f->next != 0) {
		f->p.n = f->next - f->p.first_id;
		st = store(d, f, e);
	}
	mirror_feed_free(feed);
	return st;
}

enum status mirror_feed_account(struct db *d, struct mirror_feed **feed, uint32_t id,
	uint32_t mapped, const struct cell *cells, bool *fed, struct err *e)
{
	uint32_t at = (id - 1) % PART_ACCOUNTS;
	struct mirror_feed *f = *feed;
	enum status st = ST_OK;
	*fed = false;
	if (at == 0 && f == NULL) {
		f = *feed = calloc(1, sizeof(*f));
		st = f == NULL ? err_set(e, ST_NOMEM, "out of memory")
			       : part_init(&f->p, e);
	}
	if (st != ST_OK || f == NULL)
		return st; /* a part that had accounts before */
	assert(at == 0 || f->next == id);
	if (at == 0)
		part_reset(&f->p, id, PART_ACCOUNTS);
	*fed = true;
	f->next = id + 1;
	st = take(d, &f->p, at, &(struct fed){ cells, mapped }, e);
	if (st == ST_OK)
		st = take_texts(f, at, &(struct fed){ cells, mapped }, e);
	if (st == ST_OK && at == PART_ACCOUNTS - 1) {
		st = store(d, f, e);
		f->next = 0;
	}
	return st;
}
