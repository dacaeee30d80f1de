#include "tui/seen.h"

#include <string.h>

static void drop(struct seen_account *x)
{
	account_view_free(&x->view);
	x->id = 0;
}

void seen_clear(struct seen *s)
{
	for (int i = 0; i < SEEN_MAX; i++)
		drop(&s->of[i]);
}

void seen_keep(struct seen *s, const struct book *b)
{
	if (!b || s->generation != book_generation(b))
		seen_clear(s);
}

uint32_t seen_last(const struct seen *s)
{
	return s->of[0].id;
}

static int place_of(const struct seen *s, uint32_t id)
{
	int i = 0;

	while (i < SEEN_MAX && (!id || s->of[i].id != id))
		i++;
	return i;
}

bool seen_has(const struct seen *s, uint32_t id)
{
	return place_of(s, id) < SEEN_MAX;
}

/* From one place to one before it; those between make room. */
static void move_up(struct seen *s, int from, int to)
{
	const struct seen_account x = s->of[from];

	memmove(&s->of[to + 1], &s->of[to], (size_t)(from - to) * sizeof(*s->of));
	s->of[to] = x;
}

/* In the place of what is there. Reading may be what finds that the book is another by
 * now. */
static enum status read_in(
	struct seen *s, struct book *b, uint32_t id, bool brief, int place, struct err *e)
{
	struct seen_account x = { .id = id };
	const enum status st = brief ? book_account_brief(b, id, &x.view, e)
				     : book_account(b, id, &x.view, e);

	if (st != ST_OK)
		return st;
	seen_keep(s, b);
	drop(&s->of[place]);
	s->of[place] = x;
	s->generation = book_generation(b);
	return ST_OK;
}

const struct account_view *seen_get(
	struct seen *s, struct book *b, uint32_t id, bool brief, struct err *e)
{
	int at = place_of(s, id);
	const bool there = at < SEEN_MAX && (brief || !s->of[at].view->brief);

	if (at == SEEN_MAX)
		at--; /* it was of no use for longest */
	if (!there && read_in(s, b, id, brief, at, e) != ST_OK)
		return NULL;
	move_up(s, at, 0);
	return s->of[0].view;
}

bool seen_ahead(struct seen *s, struct book *b, uint32_t id)
{
	const int last = SEEN_MAX - 1;
	const bool brief = seen_last(s) && s->of[0].view->brief;

	if (!id || seen_has(s, id) || read_in(s, b, id, brief, last, NULL) != ST_OK)
		return false;
	move_up(s, last, seen_last(s) ? 1 : 0);
	return true;
}
