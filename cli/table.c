#include "cli/table.h"

#include <string.h>

#include "core/text.h"

void table_init(
	struct table *t, int columns, const char *const *titles, out_sink sink, void *arg)
{
	memset(t, 0, sizeof(*t));
	out_init(&t->out, sink, arg);
	arena_init(&t->arena);
	t->columns = columns;
	for (int i = 0; i < columns; i++) {
		t->right[i] = titles[i][0] == '+';
		t->title[i] = titles[i] + t->right[i];
		t->width[i] = text_columns(text_of(t->title[i]));
	}
}

static void put_cell(struct table *t, int i, const char *cell)
{
	const bool last = i == t->columns - 1;
	char safe[4096];
	const int used = text_sanitise(text_of(cell), safe, sizeof(safe),
		last && !t->right[i] ? TABLE_LINE_MAX : t->width[i], false);

	if (i > 0)
		out_text(&t->out, TEXT("  "));
	for (int k = used; t->right[i] && k < t->width[i]; k++)
		out_char(&t->out, ' ');
	out_text(&t->out, text_of(safe));
	for (int k = used; !t->right[i] && !last && k < t->width[i]; k++)
		out_char(&t->out, ' ');
}

static void put_row(struct table *t, const char *const *cells)
{
	for (int i = 0; i < t->columns; i++)
		put_cell(t, i, cells[i]);
	out_char(&t->out, '\n');
}

static void settle(struct table *t)
{
	t->flowing = true;
	put_row(t, t->title);
	for (int r = 0; r < t->held_rows; r++)
		put_row(t, t->held + r * t->columns);
}

static enum status hold(struct table *t, const char *const *cells, struct err *e)
{
	if (!t->held)
		t->held = arena_alloc(&t->arena,
			sizeof(char *) * TABLE_LOOK_AHEAD * (size_t)t->columns);
	for (int i = 0; t->held && i < t->columns; i++) {
		const int w = text_columns(text_of(cells[i]));
		const char *copy = arena_strdup(&t->arena, cells[i]);

		if (!copy)
			return err_set(e, ST_NOMEM, "not enough memory for the table");
		if (w > t->width[i])
			t->width[i] = w > TABLE_CELL_MAX ? TABLE_CELL_MAX : w;
		t->held[t->held_rows * t->columns + i] = copy;
	}
	if (!t->held)
		return err_set(e, ST_NOMEM, "not enough memory for the table");
	if (++t->held_rows == TABLE_LOOK_AHEAD)
		settle(t);
	return ST_OK;
}

enum status table_row(struct table *t, const char *const *cells, struct err *e)
{
	if (!t->flowing)
		return hold(t, cells, e);
	put_row(t, cells);
	return ST_OK;
}

enum status table_finish(struct table *t, struct err *e)
{
	if (!t->flowing)
		settle(t);
	arena_clear(&t->arena);
	return out_finish(&t->out, e);
}
