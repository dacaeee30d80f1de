#include "tui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

void marks_clear(struct marks *m)
{
	free(m->on);
	*m = (struct marks){ .changes = m->changes + 1 };
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
	m->changes++;
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

uint32_t marks_hidden(const struct marks *m, const struct list *l)
{
	uint32_t hidden = m->n;

	for (uint32_t i = 0; l && hidden > 0 && i < l->n; i++)
		hidden -= marks_has(m, l->id[i]);
	return hidden;
}

static void drop_gone(struct marks *m, const struct book_figures *f)
{
	for (uint32_t id = 1; id <= m->size; id++)
		if (marks_has(m, id) && !book_figures_has(f, id))
			marks_set(m, id, false);
}

void marks_drop_gone(struct marks *m, struct marks *before, struct book *b)
{
	struct book_figures f;

	if (m->n + before->n == 0 || book_figures(b, &f, NULL) != ST_OK)
		return;
	drop_gone(m, &f);
	drop_gone(before, &f);
}

void marks_use(struct marks *m, struct marks *before)
{
	marks_clear(before);
	*before = *m;
	*m = (struct marks){ .changes = m->changes + 1 };
}

void marks_again(struct marks *m, const struct marks *before)
{
	for (uint32_t id = 1; id <= before->size; id++)
		if (marks_has(before, id))
			marks_set(m, id, true);
}

int64_t marks_arr(const struct marks *m, struct book *b)
{
	struct book_figures f;
	int64_t sum = 0;

	if (book_figures(b, &f, NULL) != ST_OK)
		return MONEY_NONE;
	for (uint32_t i = 0; i < m->size && i < f.n; i++)
		if (m->on[i] && !money_add(sum, amounts_or_none(f.arr, i), &sum))
			return MONEY_NONE;
	return sum;
}
