/* The causes of tickets, counted whatever there are of them and however they come. */
#include "core/book_trend_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 256, NAMELESS = 0 };

struct cause {
	struct text name; /* in the arena */
	uint64_t hash;
	uint32_t total;
	int place; /* among the most frequent, -1: none */
};

struct ticket {
	uint32_t cause;
	int32_t month;
};

struct trend_causes {
	struct arena names;
	struct cause *cause; /* owned, as are all below; the first one is that of tickets
				without any */
	uint32_t n, room;
	uint32_t *slot; /* by hash, open: a cause, 0: free */
	uint32_t slots;
	struct ticket *ticket;
	size_t tickets, tickets_room;
};

static uint64_t hash_of(struct text t)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (size_t i = 0; i < t.n; i++)
		h = (h ^ (unsigned char)t.s[i]) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

/* Where it stands, or would stand. */
static uint32_t slot_of(const struct trend_causes *c, struct text name, uint64_t hash)
{
	uint32_t at = (uint32_t)hash & (c->slots - 1);

	while (c->slot[at] && (c->cause[c->slot[at]].hash != hash ||
				      !text_eq(c->cause[c->slot[at]].name, name)))
		at = (at + 1) & (c->slots - 1);
	return at;
}

static bool grow_slots(struct trend_causes *c)
{
	const uint32_t slots = c->slots ? c->slots * 2 : SLOTS_FIRST;
	uint32_t *slot = calloc(slots, sizeof(*slot));

	if (!slot)
		return false;
	free(c->slot);
	c->slot = slot;
	c->slots = slots;
	for (uint32_t i = 1; i < c->n; i++)
		c->slot[slot_of(c, c->cause[i].name, c->cause[i].hash)] = i;
	return true;
}

static bool add_cause(struct trend_causes *c, struct text name, uint64_t hash)
{
	if (c->n == c->room) {
		const uint32_t room = c->room ? c->room * 2 : SLOTS_FIRST / 2;
		struct cause *grown = realloc(c->cause, room * sizeof(*grown));

		if (!grown)
			return false;
		c->cause = grown;
		c->room = room;
	}
	if (!arena_keep(&c->names, &name))
		return false;
	c->cause[c->n++] = (struct cause){ .name = name, .hash = hash, .place = -1 };
	return true;
}

/* False: no memory. */
static bool find_cause(struct trend_causes *c, struct text name, uint32_t *out)
{
	const uint64_t hash = hash_of(name);
	uint32_t at;

	*out = NAMELESS;
	if (name.n == 0)
		return true;
	if (c->n >= c->slots / 2 && !grow_slots(c))
		return false;
	at = slot_of(c, name, hash);
	if (!c->slot[at]) {
		if (!add_cause(c, name, hash))
			return false;
		c->slot[at] = c->n - 1;
	}
	*out = c->slot[at];
	return true;
}

struct trend_causes *book_trend_causes_new(void)
{
	struct trend_causes *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	arena_init(&c->names);
	if (!add_cause(c, (struct text){ NULL, 0 }, 0))
		book_trend_causes_free(&c);
	return c;
}

void book_trend_causes_free(struct trend_causes **c)
{
	if (!*c)
		return;
	arena_clear(&(*c)->names);
	free((*c)->cause);
	free((*c)->slot);
	free((*c)->ticket);
	free(*c);
	*c = NULL;
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
	if (!find_cause(c, name, &cause))
		return false;
	c->cause[cause].total++;
	c->ticket[c->tickets++] = (struct ticket){ cause, month };
	return true;
}

/* Of equals the one first in byte order. */
static bool is_before(const struct cause *a, const struct cause *b)
{
	return a->total != b->total ? a->total > b->total
				    : text_cmp(a->name, b->name) < 0;
}

int book_trend_causes_most(struct trend_causes *c, int n, struct text *name)
{
	for (int k = 0; k < n; k++) {
		struct cause *best = NULL;

		for (uint32_t i = NAMELESS + 1; i < c->n; i++)
			if (c->cause[i].place < 0 &&
				(!best || is_before(&c->cause[i], best)))
				best = &c->cause[i];
		if (!best)
			return k;
		best->place = k;
		name[k] = best->name;
	}
	return n;
}

void book_trend_causes_each(const struct trend_causes *c,
	void (*fn)(void *arg, int month, int place), void *arg)
{
	for (size_t i = 0; i < c->tickets; i++)
		fn(arg, c->ticket[i].month, c->cause[c->ticket[i].cause].place);
}
