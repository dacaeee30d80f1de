/*
 * Texts: a column of texts, folded for searching and sorting. They lie one after the
 * other in one block of memory, so that a search is a pass over it and no call per text.
 *
 * A text is known by its number, 0..n-1. Of a long one the first TEXTS_CUT bytes of its
 * folded form count. An empty text is a missing one.
 */
#ifndef CORE_TEXTS_H
#define CORE_TEXTS_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/err.h"
#include "core/text.h"

#define TEXTS_CUT 1024u
#define TEXTS_NONE UINT32_MAX

struct texts {
	uint32_t n;
	bool own;        /* text i is that of account i + 1; else they share them */
	char *bytes;     /* owned; every text ends in NUL */
	uint32_t *start; /* owned; n + 1 of them */
	uint32_t *rank;  /* owned; by number, from texts_rank; equal ones are alike */
	struct texts_ranking *ranking; /* owned; while ranks are made */
	struct text *spelled;          /* owned; shared ones as they were first spelled */
	struct arena spelling;
	uint32_t room, bytes_room, spelled_room;
	uint32_t *table; /* owned; numbers + 1 by hash, from texts_share */
	uint32_t table_room;
};

/* { 0 } is an empty one. */
void texts_clear(struct texts *t);
/* Appends a text under the next number; {NULL, 0}: a missing one. */
enum status texts_add(struct texts *t, struct text raw, struct err *e) MUST_USE;
/* The number of a text, which is appended unless it is there: texts that are folded
 * alike have one number. TEXTS_NONE for a missing one. */
enum status texts_share(
	struct texts *t, struct text raw, uint32_t *number, struct err *e) MUST_USE;
/* Gives back the memory that adding more would need. */
void texts_settle(struct texts *t);

static inline struct text texts_at(const struct texts *t, uint32_t number)
{
	return (struct text){ t->bytes + t->start[number],
		t->start[number + 1] - t->start[number] - 1 };
}

enum texts_how { TEXTS_ANYWHERE, TEXTS_WORD_START, TEXTS_WHOLE };
/* Sets hit[i] to 1 where text first + i holds the needle, which is folded; leaves the
 * others. */
void texts_search(const struct texts *t, uint32_t first, uint32_t n, struct text needle,
	enum texts_how how, uint8_t *hit);

/* Makes t->rank, the place of each text in byte order, unless it is there: all at once,
 * or a few milliseconds of it. No text may be added between. */
enum status texts_rank(struct texts *t, struct err *e) MUST_USE;
enum status texts_rank_step(struct texts *t, struct err *e) MUST_USE;
static inline bool texts_ranked(const struct texts *t)
{
	return t->n == 0 || (t->rank && !t->ranking);
}

#endif
