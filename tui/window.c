#include "tui/window.h"

#include <stdlib.h>

#include "tui/mem.h"

void window_init(struct window *r)
{
	*r = (struct window){ 0 };
	arena_init(&r->arena);
}

void window_clear(struct window *r)
{
	arena_clear(&r->arena);
	free(r->row);
	free(r->spark);
	*r = (struct window){ 0 };
}

void window_drop(struct window *r)
{
	r->n = 0;
}

/* The same with some rows more on either side, as far as there are any. */
struct span {
	uint32_t from, to;
};

static struct span widen(struct span s, uint32_t by, uint32_t total)
{
	return (struct span){ s.from > by ? s.from - by : 0,
		by < total - s.to ? s.to + by : total };
}

static bool covers(const struct window *r, struct span s)
{
	return r->n && s.from >= r->first && s.to <= r->first + r->n;
}

/* A step beyond what is there will be followed by others: with a screenful more in that
 * direction it is not read anew at each of them. A page waits for no more than a page. */
static struct span look_ahead(const struct window *r, struct span s, uint32_t total)
{
	const uint32_t n = s.to - s.from, end = r->first + r->n;

	if (r->n && s.from > r->first && s.from + n / 2 < end)
		s.to = widen(s, n, total).to;
	else if (r->n && s.from < r->first && s.to > r->first + n / 2)
		s.from = widen(s, n, total).from;
	return s;
}

enum status window_need(struct window *r, struct book *b, const uint32_t *ids,
	uint32_t total, uint32_t first, uint32_t n, bool *later, struct err *e)
{
	struct span wanted = { first < total ? first : total, total };
	enum status st;

	if (n < total - wanted.from)
		wanted.to = wanted.from + n;
	n = wanted.to - wanted.from;
	if (n == 0 || covers(r, widen(wanted, r->bare ? 0 : n / 2, total))) {
		*later = false;
		return ST_OK;
	}
	if (*later && covers(r, wanted))
		return ST_OK;
	if (r->bare)
		*later = false;
	else if (!*later)
		wanted = widen(wanted, n, total);
	else
		wanted = look_ahead(r, wanted, total);
	n = wanted.to - wanted.from;
	r->n = 0;
	r->row = mem_resize(r->row, n, sizeof(*r->row));
	r->spark = mem_resize(r->spark, n, WINDOW_SPARK);
	arena_clear(&r->arena);
	st = book_rows(b, ids + wanted.from, n, &r->arena, r->row, e);
	if (st == ST_OK && r->next)
		st = book_next_steps(b, ids + wanted.from, n, &r->arena, r->row, e);
	if (st == ST_OK && !r->bare)
		st = book_spark(b, ids + wanted.from, n, WINDOW_SPARK, 7, r->spark, e);
	if (st != ST_OK)
		return st;
	r->first = wanted.from;
	r->n = n;
	return ST_OK;
}

const struct list_row *window_at(const struct window *r, uint32_t index)
{
	if (index < r->first || index - r->first >= r->n)
		return NULL;
	return &r->row[index - r->first];
}

const uint8_t *window_spark(const struct window *r, uint32_t index)
{
	return r->spark + (size_t)(index - r->first) * WINDOW_SPARK;
}
