#include "core/causes.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"

struct ticket {
	struct text cause;
	uint32_t account;
	int32_t day;
};

struct gathering {
	struct causes *out;
	struct ticket *ticket; /* owned */
	size_t n, room;
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the causes of tickets");
}

static bool is_recent(const struct causes *c, int32_t day)
{
	return day > c->as_of - c->days;
}

static enum status take_ticket(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e)
{
	struct gathering *g = arg;
	struct causes *c = g->out;

	*(is_recent(c, opened) ? &c->tickets : &c->before) += 1;
	cause = text_trim(cause);
	if (cause.n == 0) {
		c->nameless += is_recent(c, opened);
		return ST_OK;
	}
	if (g->n == g->room) {
		const size_t room = g->room ? 2 * g->room : 256;
		struct ticket *grown = realloc(g->ticket, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		g->ticket = grown;
		g->room = room;
	}
	if (!arena_keep(&c->names, &cause))
		return no_memory(e);
	g->ticket[g->n++] = (struct ticket){ cause, account, opened };
	return ST_OK;
}

/* By cause, account and day: what repeats stands side by side. */
static int by_cause(const void *x, const void *y)
{
	const struct ticket *a = x, *b = y;
	const int d = text_cmp(a->cause, b->cause);

	if (d)
		return d;
	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return a->day < b->day ? -1 : a->day > b->day;
}

static int by_rank(const void *x, const void *y)
{
	const struct cause_row *a = x, *b = y;

	if (a->tickets != b->tickets)
		return a->tickets > b->tickets ? -1 : 1;
	if (a->before != b->before)
		return a->before > b->before ? -1 : 1;
	return text_cmp(a->name, b->name);
}

/* Tickets of one cause, in their order. */
static void count(struct causes *c, struct cause_row *r, const struct ticket *t, size_t n)
{
	uint32_t last = 0;

	*r = (struct cause_row){ .name = t->cause };
	for (size_t i = 0; i < n; i++) {
		if (!is_recent(c, t[i].day)) {
			r->before++;
			continue;
		}
		r->tickets++;
		r->accounts += t[i].account != last;
		r->repeated += i > 0 && t[i - 1].account == t[i].account;
		last = t[i].account;
	}
	c->repeated += r->repeated;
	c->gone += r->tickets == 0;
}

static enum status rank(struct gathering *g, struct err *e)
{
	struct causes *c = g->out;
	size_t end;

	if (g->n == 0)
		return ST_OK;
	qsort(g->ticket, g->n, sizeof(*g->ticket), by_cause);
	for (size_t i = 0; i < g->n; i++)
		c->n += i == 0 || !text_eq(g->ticket[i].cause, g->ticket[i - 1].cause);
	c->row = calloc(c->n, sizeof(*c->row));
	if (!c->row)
		return no_memory(e);
	c->n = 0;
	for (size_t i = 0; i < g->n; i = end) {
		for (end = i + 1; end < g->n; end++)
			if (!text_eq(g->ticket[end].cause, g->ticket[i].cause))
				break;
		count(c, &c->row[c->n++], &g->ticket[i], end - i);
	}
	qsort(c->row, c->n, sizeof(*c->row), by_rank);
	return ST_OK;
}

enum status causes_of(struct book *b, int32_t days, struct causes *out, struct err *e)
{
	struct gathering g = { .out = out };
	enum status st;

	*out = (struct causes){ .as_of = b->clock.today, .days = days };
	arena_init(&out->names);
	st = b->store->ops->tickets_opened(
		b->store, out->as_of - 2 * days + 1, out->as_of, take_ticket, &g, e);
	if (st == ST_OK)
		st = rank(&g, e);
	free(g.ticket);
	return st;
}

void causes_clear(struct causes *c)
{
	free(c->row);
	arena_clear(&c->names);
	*c = (struct causes){ .n = 0 };
}
