#include "tui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

void marks_clear(struct marks *m)
{
	free(m->on);
	*m = (struct marks){ 0 };
}

bool marks_has(const struct marks *m, uint32_t id)
{
	return id > 0 && id <= m->size && m->on[id - 1];
}

void marks_set(struct marks *m, uint32_t id, bool on)
{
	if (id > m->size) {
		m->on = mem_resize(m->on, id, 1);
		memset(m->on + m->size, 0, id - m->size);
		m->size = id;
	}
	m->n += on && !m->on[id - 1];
	m->n -= !on && m->on[id - 1];
	m->on[id - 1] = on;
}

void marks_toggle_all(struct marks *m, const struct list *l)
{
	bool all = true;

	for (uint32_t i = 0; i < l->n; i++)
		all &= marks_has(m, l->id[i]);
	if (all)
		marks_clear(m);
	for (uint32_t i = 0; !all && i < l->n; i++)
		marks_set(m, l->id[i], true);
}

enum { SUM_MAX = 10000, SUM_STEP = 256 };

int64_t marks_arr(const struct marks *m, struct book *b)
{
	struct list_row rows[SUM_STEP];
	uint32_t ids[SUM_STEP], n = 0;
	int64_t sum = 0;
	struct arena arena;

	if (m->n > SUM_MAX)
		return MONEY_NONE;
	arena_init(&arena);
	for (uint32_t i = 0; i <= m->size; i++) {
		if (i < m->size && m->on[i])
			ids[n++] = i + 1;
		if (n < SUM_STEP && i < m->size)
			continue;
		if (book_rows(b, ids, n, &arena, rows, NULL) != ST_OK) {
			sum = MONEY_NONE;
			break;
		}
		for (; n > 0; n--)
			if (rows[n - 1].arr != MONEY_NONE &&
				!money_add(sum, rows[n - 1].arr, &sum))
				break;
		arena_clear(&arena);
	}
	arena_clear(&arena);
	return sum;
}
