/* What a form looks like: labels, values, what stands beside and below them. */
#include "tui/form_state.h"

#include <stdio.h>

#include "core/choices.h"
#include "tui/draw.h"
#include "tui/form_line.h"
#include "tui/popup.h"
#include "tui/rows.h"

enum {
	WIDTH = FORM_COLUMNS + 4,
	FOOT = 2,
	HERE = 2,
	GAP = 2,
	SHORT = 16,
	NEEDED = 8,
	WHO_LEAST = 8
};

/* Where the values begin. */
static int value_column(const struct form_state *s)
{
	return s->lines.column + HERE + s->label_columns + GAP;
}

/* The lines have what the subtitle and two rows of help leave over; blank rows between
 * them only where there is room. */
void form_layout(struct form_state *s, struct rect body)
{
	const struct form_spec *spec = s->form.spec;
	int head = s->form.subtitle[0] ? 1 : 0, spare, who = form_who_rows(s);
	struct rect in;

	s->label_columns = 0;
	for (int i = 0; i < spec->n; i++) {
		int n = text_columns(text_of(spec->lines[i].label));

		if (n > s->label_columns)
			s->label_columns = n;
	}
	s->box = popup_place(
		body, 2 * head + spec->n + 1 + FOOT + (who ? who + 1 : 0), WIDTH);
	in = popup_inside(s->box);
	spare = in.rows - head - spec->n - FOOT;
	if (who > WHO_LEAST && who > spare - 3) /* lines stand apart before all do */
		who = spare - 3 > WHO_LEAST ? spare - 3 : WHO_LEAST;
	who = who < spare ? who : spare > 0 ? spare : 0;
	spare -= who;
	if (head && spare >= 2)
		head = 2;
	s->lines = (struct rect){ in.row + head, in.column,
		in.rows - head - FOOT - who - (spare > 0 ? 1 : 0), in.columns };
	if (s->lines.rows > spec->n)
		s->lines.rows = spec->n;
	s->who = (struct rect){ s->lines.row + s->lines.rows + (spare > 0 ? 1 : 0),
		in.column + HERE, who, in.columns - HERE };
}

/* ---- choices -------------------------------------------------------------------- */

static int choices_columns(const char *choices)
{
	struct text t;
	int n = 0;

	for (int i = 0; (t = choices_at(choices, i)).s; i++)
		n += text_columns(t) + 2;
	return n;
}

static int value_columns(const struct form_state *s)
{
	return s->lines.column + s->lines.columns - value_column(s);
}

int form_choice_at(const struct form_state *s, int line, int column)
{
	const struct form_line *l = &s->form.spec->lines[line];
	int at = value_column(s);
	struct text t;

	if (l->type != FORM_CHOICE || choices_columns(l->choices) > value_columns(s))
		return -1;
	for (int i = 0; (t = choices_at(l->choices, i)).s; i++) {
		int n = text_columns(t) + 2;

		if (column >= at && column < at + n)
			return i;
		at += n;
	}
	return -1;
}

/* All of them with the chosen one standing out, or, without room, only that one. */
static void paint_choices(
	struct form_state *s, struct canvas *c, int row, int line, bool here)
{
	const struct form_line *l = &s->form.spec->lines[line];
	int chosen = choices_find(l->choices, form_value(&s->form, line));
	int at = value_column(s), cursor = at;
	bool all = choices_columns(l->choices) <= value_columns(s);
	struct text t;

	for (int i = 0; (t = choices_at(l->choices, i)).s; i++) {
		if (!all && i != chosen)
			continue;
		if (i == chosen)
			cursor = at;
		canvas_print(c, row, at, value_columns(s),
			i != chosen ? ROLE_QUIET
			: here      ? ROLE_TAB_HERE
				    : ROLE_STRONG,
			i == chosen ? "[%.*s]" : " %.*s ", (int)t.n, t.s);
		at += text_columns(t) + 2;
	}
	if (chosen < 0 && !all)
		canvas_print(c, row, at, value_columns(s), ROLE_QUIET, "%s and %s choose",
			keys_text(SCOPE_FORM, ACT_MOVE_LEFT),
			keys_text(SCOPE_FORM, ACT_MOVE_RIGHT));
	if (here)
		canvas_cursor(c, row, cursor);
}

/* ---- text ----------------------------------------------------------------------- */

/* What a value comes to, in words; false: it is none. */
static bool beside(
	struct app *a, const struct form_state *s, int line, char *out, size_t size)
{
	const struct form_line *l = &s->form.spec->lines[line];
	struct text t = form_value(&s->form, line);
	char one[DAY_TEXT_MAX], two[DAY_TEXT_MAX];
	int32_t day, other;

	out[0] = '\0';
	if (t.n == 0)
		return true;
	if (l->type == FORM_PERSON)
		return form_who_beside(a, s, line,
			value_columns(s) - value_columns(s) / 2 - 1, out, size);
	if (l->type == FORM_WORD && line == s->at)
		used_beside(&s->used, &s->form.value[line], SCOPE_FORM, out, size);
	if (l->type == FORM_DAY) {
		if (!form_day_parse(t, book_as_of(a->book), &day)) {
			if (form_day_either(t, &day, &other))
				snprintf(out, size, "%s or %s?", day_format(day, one),
					day_format(other, two));
			else
				snprintf(out, size, "that is no day yet");
			return false;
		}
		form_day_words(day, book_as_of(a->book), out, size);
	}
	return true;
}

/* Of a line with words beside it: half of it, less where they are a long name. */
static int beside_columns(int width, int words)
{
	const int rest = width - words - 1;

	return rest >= width / 2 ? width / 2 : rest > SHORT / 2 ? rest : SHORT / 2;
}

static void paint_value(
	struct app *a, struct form_state *s, struct canvas *c, int row, int line)
{
	const struct form_line *l = &s->form.spec->lines[line];
	const struct input *in = &s->form.value[line];
	int at = value_column(s), width = value_columns(s), used;
	bool here = line == s->at;
	char words[200];
	bool good = beside(a, s, line, words, sizeof(words));

	if (l->type == FORM_CHOICE) {
		paint_choices(s, c, row, line, here);
		return;
	}
	if (l->type == FORM_NOTE) {
		canvas_put(c, row, at, width, ROLE_QUIET, input_text(in));
		return;
	}
	if (l->type != FORM_TEXT && l->type != FORM_PERSON && l->type != FORM_WORD)
		width = SHORT;
	if ((l->type == FORM_PERSON || l->type == FORM_WORD) && words[0])
		width = beside_columns(width, text_columns(text_of(words)));
	used = input_paint(in, c, (struct rect){ row, at, 1, width }, ROLE_INPUT, here);
	if (here)
		canvas_focus(c, (struct rect){ row, at, 1, width });
	else if (used == 0 && l->required)
		canvas_put(c, row, at, NEEDED, ROLE_QUIET, TEXT("needed"));
	at += width + 1;
	canvas_put(c, row, at, s->lines.column + s->lines.columns - at,
		good ? ROLE_QUIET : ROLE_ERROR, text_of(words));
}

/* ---- all of it ------------------------------------------------------------------ */

static void paint_line(
	struct app *a, struct form_state *s, struct canvas *c, int row, int line)
{
	const struct form_line *l = &s->form.spec->lines[line];
	enum role role = line == s->blame ? ROLE_ERROR
			 : line == s->at  ? ROLE_STRONG
					  : ROLE_TEXT;

	if (line == s->blame)
		canvas_put(c, row, s->lines.column, 1, ROLE_ERROR, TEXT("!"));
	else if (line == s->at)
		canvas_glyph(c, row, s->lines.column, ROLE_KEY, GLYPH_HERE);
	canvas_put(c, row, s->lines.column + HERE, s->label_columns, role,
		text_of(l->label));
	paint_value(a, s, c, row, line);
}

/* Below the lines: what is wrong or should be known, else what the line is for. */
static void paint_foot(
	struct app *a, struct form_state *s, struct canvas *c, struct rect in)
{
	const struct form_line *l = &s->form.spec->lines[s->at];
	struct rect foot = { in.row + in.rows - FOOT, in.column, FOOT, in.columns };
	char warning[200] = "", words[120] = "";
	struct page page;

	if (l->type == FORM_WORD)
		used_below(&s->used, words, sizeof(words));

	page_init(&page, c->ascii);
	page_reset(&page, foot.columns);
	if (s->form.warn)
		s->form.warn(a, &s->form, warning, sizeof(warning));
	if (s->problem[0])
		page_text(&page, 0, ROLE_ERROR, text_of(s->problem));
	else if (warning[0])
		page_text(&page, 0, ROLE_WATCH, text_of(warning));
	else if (s->again)
		page_text(&page, 0, ROLE_INFO, TEXT(FORM_AGAIN));
	if (s->form.value[s->at].cut)
		page_text(&page, 0, ROLE_WATCH,
			TEXT("This text is too long to be changed here: it stays."));
	else if (l->help && !s->problem[0])
		page_print(&page, 0, ROLE_QUIET, "%s%s", l->help, words);
	if (s->at == form_who_line(s) && s->who.rows > 0 && !s->problem[0])
		page_print(&page, 0, ROLE_QUIET, "%s and %s go through the list.",
			keys_text(SCOPE_FORM, ACT_MOVE_UP),
			keys_text(SCOPE_FORM, ACT_MOVE_DOWN));
	if (l->type == FORM_CHOICE && !s->problem[0])
		page_print(&page, 0, ROLE_QUIET, "%s and %s choose, or the first letter.",
			keys_text(SCOPE_FORM, ACT_MOVE_LEFT),
			keys_text(SCOPE_FORM, ACT_MOVE_RIGHT));
	canvas_copy(c, foot, &page.c, 0);
	page_clear(&page);
}

static void paint_verb(struct form_state *s, struct canvas *c)
{
	const char *key = keys_text(SCOPE_FORM, ACT_FORM_DONE);
	int row = s->box.row + s->box.rows - 1;
	int end = s->box.column + s->box.columns - 2, at;

	s->verb_at = end - text_columns(text_of(s->form.spec->verb)) - 3 -
		     (key ? text_columns(text_of(key)) : 0);
	at = s->verb_at;
	at += canvas_print(c, row, at, end - at, ROLE_KEY, " %s ", key ? key : "");
	canvas_print(c, row, at, end - at, ROLE_STRONG, "%s ", s->form.spec->verb);
}

void form_paint(struct app *a, struct form_state *s, struct canvas *c)
{
	struct rect in = popup_inside(s->box), focus;
	int n = s->form.spec->n;

	rows_show(s->at, s->lines.rows, &s->top);
	if (s->top > n - s->lines.rows)
		s->top = n - s->lines.rows;
	draw_box(c, s->box, s->form.spec->title);
	canvas_put(
		c, in.row, in.column, in.columns, ROLE_QUIET, text_of(s->form.subtitle));
	focus = s->lines;
	for (int i = 0; i < s->lines.rows; i++)
		paint_line(a, s, c, focus.row + i, s->top + i);
	page_signs(c,
		(struct rect){ focus.row, focus.column, focus.rows,
			in.column + in.columns + 1 - focus.column },
		s->top, n);
	form_who_paint(a, s, c);
	paint_foot(a, s, c, in);
	paint_verb(s, c);
}
