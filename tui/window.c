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

enum status window_need(struct window *r, struct book *b, const uint32_t *ids,
	uint32_t total, uint32_t first, uint32_t n, struct err *e)
{
	uint32_t margin = r->bare ? 0 : n;
	enum status st;

	if (first > total)
		first = total;
	if (n > total - first)
		n = total - first;
	if (n == 0 || (r->n && first >= r->first && first + n <= r->first + r->n))
		return ST_OK;
	r->n = 0;
	n += first < margin ? first : margin;
	first -= first < margin ? first : margin;
	n = margin > total - first - n ? total - first : n + margin;
	r->row = mem_resize(r->row, n, sizeof(*r->row));
	r->spark = mem_resize(r->spark, n, WINDOW_SPARK);
	arena_clear(&r->arena);
	st = book_rows(b, ids + first, n, &r->arena, r->row, e);
	if (st == ST_OK && !r->bare)
		st = book_spark(b, ids + first, n, WINDOW_SPARK, 7, r->spark, e);
	if (st != ST_OK)
		return st;
	r->first = first;
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
