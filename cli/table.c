#include "cli/table.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

void table_init(struct table *t, int columns, const char *const *titles, int room,
	out_sink sink, void *arg)
{
	memset(t, 0, sizeof(*t));
	out_init(&t->out, sink, arg);
	arena_init(&t->arena);
	t->columns = columns;
	t->room = room;
	for (int i = 0; i < columns; i++) {
		const char *title = titles[i];

		for (; *title && strchr("+_-", *title); title++) {
			t->right[i] |= *title == '+';
			t->sentence[i] |= *title == '_';
			t->spare[i] |= *title == '-';
		}
		t->title[i] = title;
		t->width[i] = text_columns(text_of(title));
	}
}

/* ---- a narrow terminal ---- */

/* Names may be cut; amounts, and what can be spared, are there whole or not at all. */
static bool may_be_cut(const struct table *t, int i)
{
	return !t->right[i] && !t->spare[i];
}

/* Of the line, were no cell that may be cut wider than most. */
static int line_width(const struct table *t, int most)
{
	int sum = -2;

	for (int i = 0; i < t->columns; i++) {
		const bool cut = may_be_cut(t, i) && t->width[i] > most;

		if (t->place[i] == TABLE_IN_LINE)
			sum += 2 + (cut ? most : t->width[i]);
	}
	return sum;
}

/* From the right, until the line fits. */
static void take_out(struct table *t, const bool *which, int most, enum table_place place)
{
	for (int i = t->columns - 1; i > 0 && line_width(t, most) > t->room; i--)
		if (t->place[i] == TABLE_IN_LINE && (!which || which[i]))
			t->place[i] = place;
}

static void fit(struct table *t)
{
	int most = TABLE_LINE_MAX;

	if (t->room == 0)
		return;
	take_out(t, t->sentence, TABLE_LINE_MAX, TABLE_BELOW);
	take_out(t, t->spare, TABLE_CUT_FAIR, TABLE_LEFT_OUT);
	take_out(t, NULL, TABLE_CUT_LEAST, TABLE_BELOW);
	while (most > TABLE_CUT_LEAST && line_width(t, most) > t->room)
		most--;
	for (int i = 0; i < t->columns; i++)
		if (may_be_cut(t, i) && t->width[i] > most)
			t->width[i] = most;
}

static int last_in_line(const struct table *t)
{
	int last = t->columns - 1;

	while (last > 0 && t->place[last] != TABLE_IN_LINE)
		last--;
	return last;
}

/* Of the last cell, which nothing has to be aligned with. */
static int rest_of_line(const struct table *t, int last)
{
	const int rest = t->room - line_width(t, TABLE_LINE_MAX) + t->width[last];

	return t->room == 0 ? TABLE_LINE_MAX : rest > 0 ? rest : 1;
}

static bool nothing(const char *cell)
{
	return !*cell || strcmp(cell, "--") == 0;
}

/* "title: cell" behind what the line has already, or on a line of its own; returns the
 * columns of the line that are taken. */
static int put_below(struct table *t, int i, const char *cell, int used)
{
	const int label = text_columns(text_of(t->title[i])) + 2;
	char safe[4096];
	int n = text_columns(text_of(cell));

	if (used && used + 2 + label + n <= t->room) {
		out_text(&t->out, TEXT("  "));
		used += 2;
	} else {
		out_text(&t->out, used ? TEXT("\n    ") : TEXT("    "));
		used = TABLE_INDENT;
	}
	used += label;
	n = text_sanitise(text_of(cell), safe, sizeof(safe),
		t->room > used ? t->room - used : 1, false);
	out_text(&t->out, text_of(t->title[i]));
	out_text(&t->out, TEXT(": "));
	out_text(&t->out, text_of(safe));
	return used + n;
}

/* Sentences each on a line of its own, the last one first: it says why; then the rest. */
static void put_all_below(struct table *t, const char *const *cells)
{
	int used = 0;

	for (int i = t->columns - 1; i > 0; i--)
		if (t->place[i] == TABLE_BELOW && t->sentence[i] && !nothing(cells[i])) {
			(void)put_below(t, i, cells[i], 0);
			out_char(&t->out, '\n');
		}
	for (int i = 1; i < t->columns; i++)
		if (t->place[i] == TABLE_BELOW && !t->sentence[i] && !nothing(cells[i]))
			used = put_below(t, i, cells[i], used);
	if (used)
		out_char(&t->out, '\n');
}

const char *table_left_out(const struct table *t, char *out, size_t size)
{
	size_t n = 0;

	*out = '\0';
	for (int i = 0; i < t->columns; i++)
		if (t->place[i] == TABLE_LEFT_OUT && n < size)
			n += (size_t)snprintf(
				out + n, size - n, "%s%s", n ? ", " : "", t->title[i]);
	return out;
}

/* ---- rows ---- */

static void put_cell(struct table *t, int i, const char *cell, int last)
{
	const bool open = i == last && !t->right[i];
	char safe[4096];
	const int most = open          ? rest_of_line(t, last)
			 : t->right[i] ? TABLE_LINE_MAX /* cut it would be another one */
				       : t->width[i];
	const int used = text_sanitise(text_of(cell), safe, sizeof(safe), most, false);

	if (i > 0)
		out_text(&t->out, TEXT("  "));
	for (int k = used; t->right[i] && k < t->width[i]; k++)
		out_char(&t->out, ' ');
	out_text(&t->out, text_of(safe));
	for (int k = used; !t->right[i] && !open && k < t->width[i]; k++)
		out_char(&t->out, ' ');
}

static void put_line(struct table *t, const char *const *cells)
{
	const int last = last_in_line(t);

	for (int i = 0; i < t->columns; i++)
		if (t->place[i] == TABLE_IN_LINE)
			put_cell(t, i, cells[i], last);
	out_char(&t->out, '\n');
}

static void put_row(struct table *t, const char *const *cells)
{
	put_line(t, cells);
	put_all_below(t, cells);
}

static void settle(struct table *t)
{
	t->flowing = true;
	fit(t);
	put_line(t, t->title);
	for (int r = 0; r < t->held_rows; r++)
		put_row(t, t->held + r * t->columns);
}

static enum status hold(struct table *t, const char *const *cells, struct err *e)
{
	if (!t->held)
		t->held = arena_alloc(&t->arena,
			sizeof(char *) * TABLE_LOOK_AHEAD * (size_t)t->columns);
	for (int i = 0; t->held && i < t->columns; i++) {
		const bool last = i == t->columns - 1 && !t->right[i];
		const int w = text_columns(text_of(cells[i]));
		const int most = last ? TABLE_LINE_MAX : TABLE_CELL_MAX;
		const char *copy = arena_strdup(&t->arena, cells[i]);

		if (!copy)
			return err_set(e, ST_NOMEM, "not enough memory for the table");
		if (w > t->width[i])
			t->width[i] = w < most ? w : most;
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
