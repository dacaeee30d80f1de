/*
 * Ranks of texts. As many characters as go into 64 bits are sorted as numbers, all texts
 * at once; where they are alike the next ones decide. Only the bytes that occur get a
 * code, so that mostly ten to twelve characters go into a number.
 */
#include <stdlib.h>
#include <string.h>

#include "core/sort.h"
#include "core/texts.h"

#define FEW 24u /* texts alike so far that are better compared byte by byte */

struct alphabet {
	uint8_t code[256];   /* from 1 in the order of the bytes; 0: the text is over */
	unsigned bits, most; /* of a code; codes in a number */
};

static void learn(struct alphabet *a, const struct texts *t)
{
	uint8_t seen[256] = { 0 };
	unsigned codes = 1;

	for (uint32_t i = 0; i < t->start[t->n]; i++)
		seen[(unsigned char)t->bytes[i]] = 1;
	for (int c = 0; c < 256; c++)
		a->code[c] = (uint8_t)(seen[c] ? codes++ : 0);
	for (a->bits = 1; codes > 1u << a->bits;)
		a->bits++;
	a->most = 64 / a->bits;
}

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

enum status texts_rank(struct texts *t, struct err *e)
{
	struct sort_item *items;
	struct alphabet a;
	enum status st;
	uint32_t rank = 0;

	if (t->rank || t->n == 0)
		return ST_OK;
	items = malloc(t->n * sizeof(*items));
	t->rank = malloc(t->n * sizeof(*t->rank));
	if (!items || !t->rank) {
		st = err_set(e, ST_NOMEM, "not enough memory to sort by text");
	} else {
		learn(&a, t);
		for (uint32_t i = 0; i < t->n; i++)
			items[i].index = i;
		st = sort_texts(&a, t, items, t->n, 0, e);
		for (uint32_t k = 0; st == ST_OK && k < t->n; k++) {
			rank += k > 0 &&
				compare(t, items[k - 1].index, items[k].index, 0) != 0;
			t->rank[items[k].index] = rank;
		}
	}
	free(items);
	if (st != ST_OK) {
		free(t->rank);
		t->rank = NULL;
	}
	return st;
}
