#include "tui/moved.h"

#include <string.h>

/* Fewer are drawn as quickly as they are moved. */
enum { ROWS_WORTH = 4 };

static struct tile *row_of(const struct canvas *c, int row)
{
	return &c->tile[(size_t)row * (size_t)c->columns];
}

static bool same(const struct canvas *a, int row, const struct canvas *b, int other)
{
	return memcmp(row_of(a, row), row_of(b, other),
		       (size_t)a->columns * sizeof(*a->tile)) == 0;
}

/* The rows that would be right after moving up by so many, and how many fewer are to be
 * drawn then: the best run of them, in which rows that stayed where they were are lost.
 */
static int gain(
	const struct canvas *from, const struct canvas *to, int up, struct moved *m)
{
	int first = 0, won = 0, lost = 0, most = 0;

	for (int row = 0; row < to->rows; row++) {
		const int source = row + up;

		if (same(to, row, from, row)) {
			lost++;
		} else if (source >= 0 && source < to->rows &&
			   same(to, row, from, source)) {
			if (won <= lost) {
				first = row;
				won = lost = 0;
			}
			won += 1 - lost;
			lost = 0;
			if (won > most) {
				most = won;
				*m = (struct moved){ up > 0 ? first : first + up,
					up > 0 ? row + up : row, up };
			}
		}
	}
	return most;
}

static int count_unlike(const struct canvas *a, const struct canvas *b)
{
	int n = 0;

	for (int row = 0; row < a->rows; row++)
		n += !same(a, row, b, row);
	return n;
}

struct moved moved_find(const struct canvas *from, const struct canvas *to)
{
	struct moved best = { .up = 0 }, m = best;
	int most = ROWS_WORTH - 1;

	if (from->rows != to->rows || from->columns != to->columns ||
		count_unlike(from, to) < ROWS_WORTH)
		return best;
	for (int n = 1; n <= MOVED_MAX; n++) {
		for (int up = -n; up <= n; up += 2 * n) {
			const int won = gain(from, to, up, &m);

			if (won > most) {
				most = won;
				best = m;
			}
		}
	}
	return best;
}

void moved_apply(struct canvas *c, struct moved m)
{
	const int by = m.up < 0 ? -m.up : m.up;
	const size_t row = (size_t)c->columns * sizeof(*c->tile);
	const int stay = m.bottom - m.top + 1 - by;

	if (m.up == 0)
		return;
	memmove(row_of(c, m.up > 0 ? m.top : m.top + by),
		row_of(c, m.up > 0 ? m.top + by : m.top), (size_t)stay * row);
	memset(row_of(c, m.up > 0 ? m.top + stay : m.top), 0, (size_t)by * row);
}
