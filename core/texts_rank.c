/*
 * Ranks of texts, in steps. First the texts are dealt out by how they begin, in order;
 * then group by group is sorted and gets its ranks, so that a step is short and what it
 * works on stays near (what all begin with, as ids do, is left out of it). In a group as
 * many characters as go into 64 bits are sorted as numbers; where they are alike the next
 * ones decide. Only the bytes that occur get a code, so that mostly ten to twelve
 * characters go into a number.
 */
#include <stdlib.h>
#include <string.h>

#include "core/sort.h"
#include "core/texts.h"

#define FEW 24u /* texts alike so far that are better compared byte by byte */

#define STEP 16384u /* texts that are looked at, or at least sorted, in a step */
#define GROUP_BITS 16u
#define GROUPS (1u << GROUP_BITS)

struct alphabet {
	uint8_t code[256];   /* from 1 in the order of the bytes; 0: the text is over */
	unsigned bits, most; /* of a code; codes in a number */
};

/* What is known between two steps. */
struct texts_ranking {
	enum { LEARN, COUNT, DEAL, SORT } phase;
	uint32_t at; /* texts, or in the end groups, that are done */
	struct alphabet alphabet;
	uint32_t same;              /* bytes that all texts begin with */
	uint32_t ranks;             /* given out so far */
	uint32_t first[GROUPS + 2]; /* place in order where each group begins */
	uint32_t order[];           /* texts by group */
};

/* The codes of a text from an offset on, with the NUL at its end. */
static uint64_t number_of(
	const struct alphabet *a, const struct texts *t, uint32_t text, uint32_t offset)
{
	const uint32_t bytes = t->start[text + 1] - t->start[text];
	const uint32_t left = bytes > offset ? bytes - offset : 0;
	const unsigned char *s =
		(const unsigned char *)t->bytes + t->start[text] + offset;
	const unsigned n = left < a->most ? (unsigned)left : a->most;
	uint64_t number = 0;

	for (unsigned i = 0; i < n; i++)
		number = number << a->bits | a->code[s[i]];
	return n ? number << a->bits * (a->most - n) : 0;
}

static int compare(const struct texts *t, uint32_t a, uint32_t b, uint32_t offset)
{
	const struct text x = texts_at(t, a), y = texts_at(t, b);
	const size_t n = x.n < y.n ? x.n : y.n;
	const int order = n > offset ? memcmp(x.s + offset, y.s + offset, n - offset) : 0;

	return order ? order : (x.n > y.n) - (x.n < y.n);
}

static void insertion_sort(
	const struct texts *t, struct sort_item *items, uint32_t n, uint32_t offset)
{
	for (uint32_t i = 1; i < n; i++) {
		const struct sort_item x = items[i];
		uint32_t k = i;

		for (; k > 0 && compare(t, items[k - 1].index, x.index, offset) > 0; k--)
			items[k] = items[k - 1];
		items[k] = x;
	}
}

static bool goes_on(const struct texts *t, uint32_t text, uint32_t offset)
{
	return texts_at(t, text).n >= offset;
}

/* Sorts texts whose first `offset` bytes are alike. */
static enum status sort_texts(const struct alphabet *a, const struct texts *t,
	struct sort_item *items, uint32_t n, uint32_t offset, struct err *e)
{
	enum status st;

	if (n <= FEW) {
		insertion_sort(t, items, n, offset);
		return ST_OK;
	}
	for (uint32_t i = 0; i < n; i++)
		items[i].key = number_of(a, t, items[i].index, offset);
	st = sort_items(items, n, e);
	for (uint32_t from = 0, to; st == ST_OK && from < n; from = to) {
		bool more = goes_on(t, items[from].index, offset + a->most);

		for (to = from + 1; to < n && items[to].key == items[from].key; to++)
			more |= goes_on(t, items[to].index, offset + a->most);
		if (more && to - from > 1) /* those that are over are alike for good */
			st = sort_texts(
				a, t, items + from, to - from, offset + a->most, e);
	}
	return st;
}

/* ---- steps ---- */

static void learn(
	struct texts_ranking *r, const struct texts *t, uint32_t from, uint32_t to)
{
	for (uint32_t i = t->start[from]; i < t->start[to]; i++)
		r->alphabet.code[(unsigned char)t->bytes[i]] = 1;
	if (from == 0)
		r->same = (uint32_t)texts_at(t, 0).n;
	for (uint32_t i = from; i < to && r->same > 0;)
		if (texts_at(t, i).n < r->same ||
			memcmp(texts_at(t, i).s, t->bytes, r->same) != 0)
			r->same--;
		else
			i++;
}

static void number_codes(struct alphabet *a)
{
	unsigned codes = 1;

	for (int c = 0; c < 256; c++)
		a->code[c] = (uint8_t)(a->code[c] ? codes++ : 0);
	for (a->bits = 1; codes > 1u << a->bits;)
		a->bits++;
	a->most = 64 / a->bits;
}

static uint32_t group_of(
	const struct texts_ranking *r, const struct texts *t, uint32_t text)
{
	const struct alphabet *a = &r->alphabet;
	const unsigned spare = 64 - a->bits * a->most;

	return (uint32_t)(number_of(a, t, text, r->same) << spare >> (64 - GROUP_BITS));
}

static void end_phase(struct texts_ranking *r)
{
	if (r->phase == LEARN)
		number_codes(&r->alphabet);
	/* Dealing moves each beginning to the next one's, hence the place more. */
	for (uint32_t g = 2; r->phase == COUNT && g < GROUPS + 2; g++)
		r->first[g] += r->first[g - 1];
	r->phase++;
	r->at = 0;
}

/* The next texts in the order of their numbers. */
static void deal(struct texts_ranking *r, const struct texts *t)
{
	const uint32_t from = r->at, to = t->n - from < STEP ? t->n : from + STEP;

	if (r->phase == LEARN)
		learn(r, t, from, to);
	for (uint32_t i = from; r->phase == COUNT && i < to; i++)
		r->first[group_of(r, t, i) + 2]++;
	for (uint32_t i = from; r->phase == DEAL && i < to; i++)
		r->order[r->first[group_of(r, t, i) + 1]++] = i;
	r->at = to;
	if (to == t->n)
		end_phase(r);
}

/* The next groups, of which a large one makes a long step. */
static enum status sort_groups(struct texts_ranking *r, struct texts *t, struct err *e)
{
	const uint32_t from = r->first[r->at];
	struct sort_item *items;
	enum status st = ST_OK;
	uint32_t n = 0;

	while (r->at < GROUPS && r->first[r->at + 1] - from <= STEP)
		r->at++;
	r->at += r->at < GROUPS && r->first[r->at] == from; /* one alone may be larger */
	n = r->first[r->at] - from;
	items = malloc(((size_t)n + 1) * sizeof(*items));
	if (!items)
		return err_set(e, ST_NOMEM, "not enough memory to sort by text");
	for (uint32_t k = 0; k < n; k++)
		items[k].index = r->order[from + k];
	st = sort_texts(&r->alphabet, t, items, n, r->same, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		r->ranks += k == 0 || compare(t, items[k - 1].index, items[k].index, 0);
		t->rank[items[k].index] = r->ranks - 1;
	}
	free(items);
	return st;
}

static void drop(struct texts *t)
{
	free(t->ranking);
	t->ranking = NULL;
}

enum status texts_rank_step(struct texts *t, struct err *e)
{
	struct texts_ranking *r = t->ranking;
	enum status st = ST_OK;

	if (texts_ranked(t))
		return ST_OK;
	if (!r) {
		r = t->ranking = calloc(1, sizeof(*r) + t->n * sizeof(*r->order));
		t->rank = malloc(t->n * sizeof(*t->rank));
	}
	if (!r || !t->rank)
		st = err_set(e, ST_NOMEM, "not enough memory to sort by text");
	else if (r->phase < SORT)
		deal(r, t);
	else
		st = sort_groups(r, t, e);
	if (st != ST_OK) {
		free(t->rank);
		t->rank = NULL;
	}
	if (st != ST_OK || (r->phase == SORT && r->at == GROUPS))
		drop(t);
	return st;
}

enum status texts_rank(struct texts *t, struct err *e)
{
	enum status st = ST_OK;

	while (st == ST_OK && !texts_ranked(t))
		st = texts_rank_step(t, e);
	return st;
}
