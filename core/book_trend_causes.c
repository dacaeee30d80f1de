/* The causes of tickets, counted whatever there are of them and however they come. */
#include "core/book_trend_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/word_set.h"

#define NAMELESS UINT32_MAX
#define NO_PLACE (-1)

struct cause {
	uint32_t total;
	int place; /* among the most frequent */
};

struct ticket {
	uint32_t cause;
	int32_t month;
};

struct trend_causes {
	struct word_set names;
	struct cause *cause; /* by the number of its name; owned, as is the other */
	uint32_t n, room;
	struct ticket *ticket;
	size_t tickets, tickets_room;
};

struct trend_causes *book_trend_causes_new(void)
{
	struct trend_causes *c = calloc(1, sizeof(*c));

	if (c)
		word_set_init(&c->names);
	return c;
}

void book_trend_causes_free(struct trend_causes **c)
{
	if (!*c)
		return;
	word_set_clear(&(*c)->names);
	free((*c)->cause);
	free((*c)->ticket);
	free(*c);
	*c = NULL;
}

/* Counts one of this name. False: no memory. */
static bool count(struct trend_causes *c, struct text name, uint32_t *out)
{
	*out = NAMELESS;
	if (name.n == 0)
		return true;
	if (!word_set_add(&c->names, name, out))
		return false;
	if (c->names.n > c->room) {
		const uint32_t room = c->room ? c->room * 2 : 128;
		struct cause *grown = realloc(c->cause, room * sizeof(*grown));

		if (!grown)
			return false;
		c->cause = grown;
		c->room = room;
	}
	if (*out == c->n)
		c->cause[c->n++] = (struct cause){ 0, NO_PLACE };
	c->cause[*out].total++;
	return true;
}

bool book_trend_causes_add(struct trend_causes *c, struct text name, int month)
{
	uint32_t cause;

	if (c->tickets == c->tickets_room) {
		const size_t room = c->tickets_room ? c->tickets_room * 2 : 1024;
		struct ticket *grown = realloc(c->ticket, room * sizeof(*grown));

		if (!grown)
			return false;
		c->ticket = grown;
		c->tickets_room = room;
	}
	if (!count(c, name, &cause))
		return false;
	c->ticket[c->tickets++] = (struct ticket){ cause, month };
	return true;
}

/* Of equals the one first in byte order. */
static bool is_before(const struct trend_causes *c, uint32_t x, uint32_t y)
{
	const uint32_t a = c->cause[x].total, b = c->cause[y].total;

	return a != b ? a > b
		      : text_cmp(c->names.word[x].text, c->names.word[y].text) < 0;
}

int book_trend_causes_most(struct trend_causes *c, int n, struct text *name)
{
	for (int k = 0; k < n; k++) {
		uint32_t best = NAMELESS;

		for (uint32_t i = 0; i < c->n; i++)
			if (c->cause[i].place == NO_PLACE &&
				(best == NAMELESS || is_before(c, i, best)))
				best = i;
		if (best == NAMELESS)
			return k;
		c->cause[best].place = k;
		name[k] = c->names.word[best].text;
	}
	return n;
}

void book_trend_causes_each(const struct trend_causes *c,
	void (*fn)(void *arg, int month, int place), void *arg)
{
	for (size_t i = 0; i < c->tickets; i++) {
		const uint32_t cause = c->ticket[i].cause;

		fn(arg, c->ticket[i].month,
			cause == NAMELESS ? NO_PLACE : c->cause[cause].place);
	}
}
