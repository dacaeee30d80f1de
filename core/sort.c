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

/* Digits that are the same in all keys need no pass. */
static bool count_digit(
	const struct sort_item *items, uint32_t n, int shift, uint32_t *count)
{
	memset(count, 0, BUCKETS * sizeof(*count));
	for (uint32_t i = 0; i < n; i++)
		count[(items[i].key >> shift) & (BUCKETS - 1)]++;
	return count[(items[0].key >> shift) & (BUCKETS - 1)] != n;
}

static void scatter(const struct sort_item *from, struct sort_item *to, uint32_t n,
	int shift, uint32_t *count)
{
	uint32_t at = 0;

	for (uint32_t b = 0; b < BUCKETS; b++) {
		const uint32_t here = count[b];

		count[b] = at;
		at += here;
	}
	for (uint32_t i = 0; i < n; i++)
		to[count[(from[i].key >> shift) & (BUCKETS - 1)]++] = from[i];
}

enum status sort_items(struct sort_item *items, uint32_t n, struct err *e)
{
	uint32_t count[BUCKETS];
	struct sort_item *other, *from = items, *to;

	if (n <= SMALL) {
		insertion_sort(items, n);
		return ST_OK;
	}
	other = to = malloc(n * sizeof(*other));
	if (!other)
		return err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	for (int pass = 0; pass < PASSES; pass++) {
		struct sort_item *swap = from;

		if (!count_digit(from, n, pass * DIGIT_BITS, count))
			continue;
		scatter(from, to, n, pass * DIGIT_BITS, count);
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof(*items));
	free(other);
	return ST_OK;
}
