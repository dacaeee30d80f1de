#include "tui/form_cell.h"

#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "core/convert.h"
#include "tui/app.h"
#include "tui/form_line.h"

void form_cell_put(struct input *out, const struct field *f, const struct cell *c)
{
	char text[NUMBER_TEXT_MAX] = "", day[DAY_TEXT_MAX], money[MONEY_TEXT_MAX];

	if (c->type == CELL_TEXT) {
		input_set(out, c->t);
		return;
	}
	if (c->type == CELL_NUMBER)
		convert_as_typed(c->n, text);
	else if (c->type == CELL_INT && f->type == FT_DAY)
		snprintf(text, sizeof(text), "%s", day_format((int32_t)c->i, day));
	else if (c->type == CELL_INT && f->type == FT_MONEY)
		snprintf(text, sizeof(text), "%.*s",
			(int)strlen(money_format(c->i, money)) - (c->i % 100 ? 0 : 3),
			money);
	else if (c->type == CELL_INT && f->type == FT_BOOL)
		snprintf(text, sizeof(text), "%s", c->i ? "yes" : "no");
	input_set(out, text_of(text));
}

static enum status typed_cell(struct app *a, const struct form *f, int line,
	enum record_kind kind, int field, struct cell *out, struct err *e)
{
	int32_t day;
	enum status st;

	if (record_of(kind)->fields[field].type != FT_DAY)
		return change_parse(a->book, kind, field, form_value(f, line), out, e);
	st = form_day(a, f, line, &day, e);
	*out = day == DAY_NONE ? (struct cell){ .type = CELL_MISSING } : CELL_OF_INT(day);
	return st;
}

/* Texts are seen as they are, with the blanks around them. */
static enum status seen_cell(struct app *a, const struct form *f, int line,
	enum record_kind kind, int field, struct cell *out, struct err *e)
{
	const struct text was = input_text(&f->was[line]);

	*out = (struct cell){ .type = CELL_MISSING };
	if (!was.n)
		return ST_OK;
	if (record_of(kind)->fields[field].type != FT_TEXT)
		return change_parse(a->book, kind, field, was, out, e);
	*out = CELL_OF_TEXT(was);
	return ST_OK;
}

enum status form_cell_read(struct app *a, const struct form *f, enum record_kind kind,
	const int *fields, int n, bool filled, struct form_cells *out, int *line,
	struct err *e)
{
	memset(out, 0, sizeof(*out));
	for (int i = 0; i < n; i++) {
		const int field = fields[i];
		enum status st;

		if (filled ? !form_value(f, i).n : !form_changed(f, i))
			continue;
		*line = i;
		st = typed_cell(a, f, i, kind, field, &out->to[field], e);
		if (st == ST_OK)
			st = seen_cell(a, f, i, kind, field, &out->seen[field], e);
		if (st != ST_OK) {
			form_unnamed(e, &record_of(kind)->fields[field]);
			return st;
		}
		out->fields |= 1u << field;
	}
	*line = -1;
	return ST_OK;
}
