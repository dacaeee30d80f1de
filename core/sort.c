#include "core/sort.h"

#include <stdbool.h>
#include <stdlib.h>

#define DIGIT_BITS 11
#define BUCKETS (1u << DIGIT_BITS)
#define PASSES 6 /* 6 * 11 bits cover 64 */
#define SMALL 48

static void insertion_sort(struct sort_item *items, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		const struct sort_item x = items[i];
		uint32_t k = i;

		for (; k > 0 && items[k - 1].key > x.key; k--)
			items[k] = items[k - 1];
		items[k] = x;
	}
}

/* How often each digit occurs in each place, found in one look at the keys; gives how
 * many places they have. */
static int count_digits(
	const struct sort_item *items, uint32_t n, uint32_t count[PASSES][BUCKETS])
{
	uint64_t all = 0;
	int passes = 0;

	for (uint32_t i = 0; i < n; i++)
		all |= items[i].key;
	for (; passes < PASSES && all; all >>= DIGIT_BITS)
		passes++;
	memset(count, 0, (size_t)passes * sizeof(count[0]));
	for (uint32_t i = 0; i < n; i++) {
		uint64_t key = items[i].key;

		for (int pass = 0; pass < passes; pass++, key >>= DIGIT_BITS)
			count[pass][key & (BUCKETS - 1)]++;
	}
	return passes;
}

/* Counts become the places where the items of each digit begin. */
static void place_digits(uint32_t *count)
{
	uint32_t at = 0;

	for (uint32_t b = 0; b < BUCKETS; b++) {
		const uint32_t here = count[b];

		count[b] = at;
		at += here;
	}
}

static void scatter(const struct sort_item *from, struct sort_item *to, uint32_t n,
	int shift, uint32_t *count)
{
	place_digits(count);
	for (uint32_t i = 0; i < n; i++)
		to[count[(from[i].key >> shift) & (BUCKETS - 1)]++] = from[i];
}

enum status sort_items(struct sort_item *items, uint32_t n, struct err *e)
{
	uint32_t count[PASSES][BUCKETS];
	struct sort_item *other, *from = items, *to;
	int passes;

	if (n <= SMALL) {
		insertion_sort(items, n);
		return ST_OK;
	}
	other = to = malloc(n * sizeof(*other));
	if (!other)
		return err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	passes = count_digits(items, n, count);
	for (int pass = 0; pass < passes; pass++) {
		const int shift = pass * DIGIT_BITS;
		struct sort_item *swap = from;

		/* A digit that is the same in all keys needs no pass. */
		if (count[pass][(items[0].key >> shift) & (BUCKETS - 1)] == n)
			continue;
		scatter(from, to, n, shift, count[pass]);
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof(*items));
	free(other);
	return ST_OK;
}

/* How often each digit from a bit on occurs in each place, found in one look. */
static void count_tops(
	const uint64_t *items, uint32_t n, int from_bit, uint32_t count[PASSES][BUCKETS])
{
	const int passes = (64 - from_bit + DIGIT_BITS - 1) / DIGIT_BITS;

	memset(count, 0, (size_t)passes * sizeof(count[0]));
	for (uint32_t i = 0; i < n; i++) {
		uint64_t key = items[i] >> from_bit;

		for (int pass = 0; pass < passes; pass++, key >>= DIGIT_BITS)
			count[pass][key & (BUCKETS - 1)]++;
	}
}

enum status sort_tops(uint64_t *items, uint32_t n, int from_bit, struct err *e)
{
	uint64_t *other = malloc(((size_t)n + 1) * sizeof(*other));
	uint64_t *from = items, *to = other;
	uint32_t count[PASSES][BUCKETS];

	if (!other)
		return err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	count_tops(items, n, from_bit, count);
	for (int pass = 0, shift = from_bit; n > 0 && shift < 64;
		pass++, shift += DIGIT_BITS) {
		uint32_t *place = count[pass];
		uint64_t *swap = from;

		if (place[from[0] >> shift & (BUCKETS - 1)] == n)
			continue;
		place_digits(place);
		for (uint32_t i = 0; i < n; i++)
			to[place[from[i] >> shift & (BUCKETS - 1)]++] = from[i];
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof(*items));
	free(other);
	return ST_OK;
}
