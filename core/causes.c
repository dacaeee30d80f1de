#include "core/causes.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/sort.h"

struct gathering {
	struct causes *out;
	struct sort_item *ticket; /* owned; by cause and account; index: 1 of the last
				     days, 0 before */
	uint32_t n, room;
	uint32_t rows_room;
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the causes of tickets");
}

/* The row of a cause; NULL: no memory. Rows stand in the order of their names' numbers
 * until they are ranked. */
static struct cause_row *row_of(struct gathering *g, struct text cause, uint32_t *number)
{
	struct causes *c = g->out;

	if (!word_set_add(&c->names, cause, number))
		return NULL;
	if (c->names.n > g->rows_room) {
		const uint32_t room = g->rows_room ? 2 * g->rows_room : 64;
		struct cause_row *grown = realloc(c->row, room * sizeof(*grown));

		if (!grown)
			return NULL;
		c->row = grown;
		g->rows_room = room;
	}
	if (*number == c->n)
		c->row[c->n++] = (struct cause_row){ .name = c->names.word[*number].text,
			.last = DAY_NONE };
	return &c->row[*number];
}

/* ---- fixes ------------------------------------------------------------------------ */

static bool keep_texts(struct arena *a, struct fix *f)
{
	return arena_keep(a, &f->account) && arena_keep(a, &f->cause) &&
	       arena_keep(a, &f->text) && arena_keep(a, &f->link) &&
	       arena_keep(a, &f->actor);
}

static enum status take_fix(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct causes *c = arg;
	struct fix f;

	if (!fix_from_row(id, cells, c->as_of, &f))
		return ST_OK;
	if (c->fixes == c->fixes_room) {
		const uint32_t room = c->fixes_room ? 2 * c->fixes_room : 16;
		struct fix *grown = realloc(c->fix, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		c->fix = grown;
		c->fixes_room = room;
	}
	if (!keep_texts(&c->texts, &f))
		return no_memory(e);
	c->fix[c->fixes++] = f;
	return ST_OK;
}

static int by_number(const void *x, const void *y)
{
	const int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;

	return (a > b) - (a < b);
}

/* Of an even number of days the mean of the two in the middle, whole days. */
static int32_t median(int32_t *days, uint32_t n)
{
	qsort(days, n, sizeof(*days), by_number);
	return (days[(n - 1) / 2] + days[n / 2]) / 2;
}

static enum status count_fixes(struct causes *c, struct err *e)
{
	int32_t *age = malloc((c->fixes + 1) * sizeof(*age));
	uint32_t n = 0;

	if (!age)
		return no_memory(e);
	for (uint32_t i = 0; i < c->fixes; i++) {
		const struct fix *f = &c->fix[i];

		for (int k = 0; k <= (int)f->state; k++)
			c->reached[k]++;
		if (f->state != FIX_VERIFIED)
			age[n++] = c->as_of - f->day[FIX_NOTICED];
	}
	c->open_age = n ? median(age, n) : -1;
	free(age);
	return ST_OK;
}

/* All that are known on the day, and for each cause the one that counts. */
static enum status read_fixes(struct gathering *g, struct book *b, struct err *e)
{
	struct causes *c = g->out;
	enum status st = b->store->ops->rows(b->store, REC_FIX, 0, take_fix, c, e);

	for (uint32_t i = 0; st == ST_OK && i < c->fixes; i++) {
		uint32_t number;
		struct cause_row *r = row_of(g, c->fix[i].cause, &number);

		if (!r)
			return no_memory(e);
		if (!r->fix || !fix_counts(r->fix, &c->fix[i]))
			r->fix = &c->fix[i];
	}
	return st == ST_OK ? count_fixes(c, e) : st;
}

/* ---- tickets ---------------------------------------------------------------------- */

static void note_newest(struct cause_row *r, int32_t opened)
{
	r->last = opened > r->last ? opened : r->last;
	r->since += r->fix && fix_failed(r->fix, opened);
}

/* Before both spans it only tells whether a fix holds. */
static void take_older(struct gathering *g, int32_t opened, struct text cause)
{
	for (uint32_t i = 0; i < g->out->n; i++)
		if (text_eq(g->out->row[i].name, cause) && g->out->row[i].fix)
			note_newest(&g->out->row[i], opened);
}

static enum status take_ticket(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e)
{
	struct gathering *g = arg;
	struct causes *c = g->out;
	const bool recent = opened > c->as_of - c->days;
	struct cause_row *r;
	uint32_t number;

	cause = text_trim(cause);
	if (opened <= c->as_of - 2 * c->days) {
		take_older(g, opened, cause);
		return ST_OK;
	}
	*(recent ? &c->tickets : &c->before) += 1;
	if (cause.n == 0) {
		c->nameless += recent;
		return ST_OK;
	}
	if (g->n == g->room) {
		const uint32_t room = g->room ? 2 * g->room : 256;
		struct sort_item *grown =
			room > g->room ? realloc(g->ticket, room * sizeof(*grown)) : NULL;

		if (!grown)
			return no_memory(e);
		g->ticket = grown;
		g->room = room;
	}
	r = row_of(g, cause, &number);
	if (!r)
		return no_memory(e);
	note_newest(r, opened);
	g->ticket[g->n++] =
		(struct sort_item){ (uint64_t)number << 32 | account, recent };
	return ST_OK;
}

struct beginning { /* of one cause */
	int tier;
	uint32_t tickets;
};

/* Of a cause all tickets of one account; active ones are those to begin with. */
static void count(const struct book *b, struct cause_row *r, struct beginning *begin,
	uint32_t account, uint32_t all, uint32_t recent)
{
	const struct book_columns *k = &b->columns;
	const bool here = account >= 1 && account <= k->n && k->active[account - 1];
	const int tier = here ? tiers_served(k->tier[account - 1]) : TIER_COUNT + 1;

	r->tickets += recent;
	r->before += all - recent;
	if (!recent)
		return;
	r->accounts++;
	r->tier1 += tier == 1;
	r->repeated += all > recent ? recent : recent - 1;
	if (r->begin &&
		(tier > begin->tier || (tier == begin->tier && recent <= begin->tickets)))
		return;
	r->begin = account;
	*begin = (struct beginning){ tier, recent };
}

static enum status count_all(struct gathering *g, struct book *b, struct err *e)
{
	struct beginning begin = { 0, 0 };
	uint32_t end;

	if (sort_items(g->ticket, g->n, e) != ST_OK)
		return ST_NOMEM;
	for (uint32_t i = 0; i < g->n; i = end) {
		struct cause_row *r = &g->out->row[g->ticket[i].key >> 32];
		uint32_t recent = 0;

		for (end = i; end < g->n && g->ticket[end].key == g->ticket[i].key; end++)
			recent += g->ticket[end].index;
		count(b, r, &begin, (uint32_t)g->ticket[i].key, end - i, recent);
	}
	return ST_OK;
}

/* ---- what comes of it ------------------------------------------------------------- */

static int by_rank(const void *x, const void *y)
{
	const struct cause_row *a = x, *b = y;

	if (a->tickets != b->tickets)
		return a->tickets > b->tickets ? -1 : 1;
	if (a->before != b->before)
		return a->before > b->before ? -1 : 1;
	return text_cmp(a->name, b->name);
}

/* What comes again most, at most accounts, at most of tier 1; else as they are ranked. */
static bool is_worse(const struct cause_row *a, const struct cause_row *b)
{
	if (a->repeated != b->repeated)
		return a->repeated > b->repeated;
	if (a->accounts != b->accounts)
		return a->accounts > b->accounts;
	return a->tier1 > b->tier1;
}

static enum status find_begin(struct causes *c, struct book *b, struct err *e)
{
	const uint32_t id = c->suggested->begin;
	struct store *s = b->store;
	enum status st = s->ops->key(s, REC_ACCOUNT, id, &c->texts, &c->begin, e);

	if (st == ST_OK && !c->begin.s)
		c->begin = TEXT("");
	return st;
}

static enum status judge(struct causes *c, struct book *b, struct err *e)
{
	qsort(c->row, c->n, sizeof(*c->row), by_rank);
	for (uint32_t i = 0; i < c->n; i++) {
		struct cause_row *r = &c->row[i];

		r->verdict = r->fix ? fix_judge(r->fix, r->last, c->as_of) : FIX_NONE;
		c->verdicts[r->verdict]++;
		c->repeated += r->repeated;
		c->gone += r->tickets == 0 && r->before > 0;
		if (!r->fix && r->tickets && (!c->suggested || is_worse(r, c->suggested)))
			c->suggested = r;
	}
	return c->suggested ? find_begin(c, b, e) : ST_OK;
}

enum status causes_of(struct book *b, int32_t days, struct causes *out, struct err *e)
{
	struct gathering g = { .out = out };
	struct book_summary sum;
	enum status st;

	*out = (struct causes){ .as_of = b->clock.today, .days = days };
	arena_init(&out->texts);
	word_set_init(&out->names);
	st = book_need_columns(b, e);
	if (st == ST_OK)
		st = book_summary(b, &sum, e);
	if (st == ST_OK) {
		out->active = sum.active;
		st = read_fixes(&g, b, e);
	}
	if (st == ST_OK)
		st = b->store->ops->tickets_opened(b->store,
			out->as_of - (2 * days > FIX_QUIET ? 2 * days : FIX_QUIET) + 1,
			out->as_of, take_ticket, &g, e);
	if (st == ST_OK)
		st = count_all(&g, b, e);
	if (st == ST_OK && out->n)
		st = judge(out, b, e);
	free(g.ticket);
	return st;
}

void causes_clear(struct causes *c)
{
	free(c->row);
	free(c->fix);
	word_set_clear(&c->names);
	arena_clear(&c->texts);
	*c = (struct causes){ .n = 0 };
}

/* ---- the fix of an account ------------------------------------------------------- */

struct search {
	struct text cause;
	int32_t as_of;
	struct fix fix; /* without its texts; id 0: none */
};

static enum status look_at_fix(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct search *s = arg;
	struct fix f;

	(void)e;
	if (fix_from_row(id, cells, s->as_of, &f) && text_eq(f.cause, s->cause) &&
		(!s->fix.id || fix_counts(&f, &s->fix)))
		s->fix = f;
	return ST_OK;
}

enum status causes_find_fix(
	struct book *b, uint32_t account, struct text cause, int64_t *row, struct err *e)
{
	struct search s = { .cause = text_trim(cause), .as_of = b->clock.today };
	const enum status st =
		b->store->ops->rows(b->store, REC_FIX, account, look_at_fix, &s, e);

	*row = s.fix.id;
	return st;
}
