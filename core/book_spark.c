/* Sparklines: the healths of some accounts over the weeks. */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/sort.h"

/* Accounts that are read together, in ascending order, and where each has its points. */
struct spark {
	int32_t last;
	int points, step;
	uint32_t n;
	const struct sort_item *item; /* key: id; index: which of them */
	uint8_t *out;
};

/* They come from the newest back: the last one of a place counts. */
static enum status take_spark(void *arg, int32_t day, uint32_t first, uint32_t n,
	const uint8_t *health, struct err *e)
{
	struct spark *s = arg;
	const int place = s->points - 1 - (s->last - day) / s->step;

	(void)e;
	for (uint32_t k = 0; place >= 0 && k < s->n; k++) {
		const uint64_t at = s->item[k].key - 1 - first;
		uint8_t *to = s->out + (size_t)s->item[k].index * (size_t)s->points;

		if (s->item[k].key > first && at < n && to[place] == HEALTH_NONE)
			to[place] = health[at];
	}
	return ST_OK;
}

/* True: all of them were in the picture. */
static bool spark_from_picture(
	const struct picture *p, const uint32_t *ids, uint32_t n, uint8_t *out)
{
	const uint8_t *spark;

	for (uint32_t k = 0; k < n; k++) {
		if (!book_picture_row(p, ids[k], &spark))
			return false;
		memcpy(out + (size_t)k * PICTURE_WEEKS, spark, PICTURE_WEEKS);
	}
	return true;
}

/* What several of them are in is read once. */
static enum status read_sparks(
	struct book *b, const uint32_t *ids, uint32_t n, struct spark *s, struct err *e)
{
	struct sort_item *item = malloc((size_t)n * sizeof(*item));
	enum status st =
		item ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for sparklines");

	for (uint32_t k = 0; item && k < n; k++)
		item[k] = (struct sort_item){ ids[k], k };
	if (item)
		st = sort_items(item, n, e);
	for (uint32_t from = 0, to; st == ST_OK && from < n; from = to) {
		const uint32_t first = (uint32_t)item[from].key - 1;

		for (to = from + 1; to < n && (item[to].key - 1) / SNAPSHOT_ACCOUNTS ==
						      first / SNAPSHOT_ACCOUNTS;)
			to++;
		s->item = item + from;
		s->n = to - from;
		st = b->store->ops->snapshot_healths(b->store,
			s->last - s->points * s->step + 1, s->last, first,
			(uint32_t)item[to - 1].key - first, take_spark, s, e);
	}
	free(item);
	return st;
}

enum status book_spark(struct book *b, const uint32_t *ids, uint32_t n, int points,
	int step, uint8_t *out, struct err *e)
{
	const struct picture *p = book_picture(b);
	enum status st;
	int32_t last;

	if (p && points == PICTURE_WEEKS && step == 7 &&
		spark_from_picture(p, ids, n, out))
		return ST_OK;
	st = book_need_columns(b, e);
	last = b->columns.day.day;
	memset(out, HEALTH_NONE, (size_t)n * (size_t)points);
	if (st == ST_OK && last != DAY_NONE && n > 0)
		st = read_sparks(b, ids, n,
			&(struct spark){ .last = last,
				.points = points,
				.step = step,
				.out = out },
			e);
	return st;
}
