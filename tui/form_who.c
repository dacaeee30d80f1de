/* Whom a line of a form means: beside it the name that its letters come to, and in a form
 * of few lines, below them, the people to choose from with how full they are. */
#include "tui/form_state.h"

#include <stdio.h>
#include <string.h>

#include "tui/capacity.h"
#include "tui/form_line.h"
#include "tui/page.h"
#include "tui/rows.h"

enum {
	FEW = 3,   /* lines of a form that has room for the list */
	MOST = 30, /* people shown */
	FOUND = 64 /* that letters mean, at most */
};

int form_who_line(const struct form_state *s)
{
	for (int i = 0; i < s->form.spec->n; i++)
		if (s->form.spec->lines[i].type == FORM_PERSON)
			return i;
	return -1;
}

void form_who_load(struct app *a, struct form_state *s)
{
	struct err e = { .status = ST_OK };

	if (form_who_line(s) >= 0 && people_load(&s->people, a->book, &e) != ST_OK)
		app_fail(a, &e);
}

int form_who_rows(const struct form_state *s)
{
	const int n = (int)s->people.n;

	return s->form.spec->n > FEW ? 0 : n < MOST ? n : MOST;
}

/* ---- who is listed -------------------------------------------------------------- */

/* Those whom the letters mean, the best first; with no letters, or somebody's whole name,
 * all there are. */
struct listed {
	const struct people *all; /* NULL: those of found */
	const struct person *found[FOUND];
	int n, top; /* how many there are; the first one shown */
	int chosen; /* whom the line means; -1: nobody yet */
};

/* By name, and the pool last. */
static const struct person *nth(const struct listed *l, int i)
{
	const struct people *p = l->all;

	return p ? &p->person[i + 1 < (int)p->n ? i + 1 : 0] : l->found[i];
}

/* Whose whole name stands in the line, as it does when it was chosen: -1: nobody's. */
static int named(const struct listed *l, struct text typed)
{
	for (int i = 0; i < l->n; i++)
		if (text_ieq(form_person_word(nth(l, i)), typed))
			return i;
	return -1;
}

/* Of the lines that are shown the chosen one is in the middle, where it can be. */
static void list(const struct app *a, const struct form_state *s, struct listed *out)
{
	const struct text typed = form_value(&s->form, form_who_line(s));
	const struct text letters = s->letters.n && s->at == form_who_line(s)
					    ? input_text(&s->letters)
					    : typed;
	const int rows = s->who.rows;

	*out = (struct listed){ .all = &s->people, .n = (int)s->people.n };
	out->chosen = named(out, typed);
	if (letters.n && (out->chosen < 0 || !text_eq(letters, typed))) {
		out->all = NULL;
		out->n = form_people(
			&s->people, book_me(a->book), letters, out->found, FOUND);
		out->chosen = named(out, typed);
		if (out->chosen < 0 && out->n > 0)
			out->chosen = 0;
	}
	out->top = out->chosen - rows / 2;
	if (out->top > out->n - rows)
		out->top = out->n - rows;
	if (out->top < 0)
		out->top = 0;
}

const struct person *form_who_at(const struct app *a, const struct form_state *s, int row)
{
	struct listed l;

	if (s->who.rows == 0)
		return NULL;
	list(a, s, &l);
	row += l.top - s->who.row;
	return row >= l.top && row < l.n ? nth(&l, row) : NULL;
}

bool form_who_act(const struct app *a, struct form_state *s, enum action action)
{
	const int line = form_who_line(s);
	struct input *in = &s->form.value[line < 0 ? 0 : line];
	struct listed l;
	int to;

	if (s->at != line || s->who.rows == 0)
		return false;
	list(a, s, &l);
	to = l.chosen;
	if (l.n == 0 || !rows_step(action, s->who.rows - 1, l.n, &to) || to == l.chosen ||
		(to == 0 && l.chosen < 0 && action != ACT_MOVE_DOWN))
		return false;
	if (!l.all && s->letters.n == 0)
		input_set(&s->letters, input_text(in));
	input_set(in, form_person_word(nth(&l, to)));
	in->picked = true; /* other letters take its place */
	return true;
}

/* ---- painting ------------------------------------------------------------------- */

static void paint_load(struct canvas *c, struct rect r, const struct capacity_row *x)
{
	const int beside = (int)sizeof("not yet");
	char load[16], tiers[64];

	if (x->coming || x->leaves || x->load.state == CAPACITY_AWAY)
		snprintf(load, sizeof(load), "%s",
			x->coming ? "not yet" : capacity_state_text(x));
	else
		snprintf(load, sizeof(load), "%.0f %%",
			capacity_percent(capacity_fills(&x->load)));
	snprintf(tiers, sizeof(tiers), "%u of tier 1, %u of tier 2,", x->book.accounts[0],
		x->book.accounts[1]);
	if (text_columns(text_of(load)) <= r.columns)
		canvas_put_right(
			c, r.row, r.column, r.columns, capacity_role(x), text_of(load));
	if (text_columns(text_of(tiers)) + beside <= r.columns)
		canvas_put_right(c, r.row, r.column, r.columns - beside, ROLE_QUIET,
			text_of(tiers));
}

/* All of the name, and beside it what there is room for. */
static void paint_person(
	struct canvas *c, struct rect r, const struct person *x, bool chosen)
{
	char number[32];
	int used;

	if (chosen)
		canvas_glyph(c, r.row, r.column, ROLE_KEY, GLYPH_HERE);
	used = 2 +
	       canvas_put(c, r.row, r.column + 2, r.columns - 2,
		       chosen ? ROLE_STRONG : ROLE_TEXT, x->name) +
	       1;
	r.column += used;
	r.columns -= used;
	if (x->csm) {
		paint_load(c, r, &x->row);
		return;
	}
	snprintf(
		number, sizeof(number), "%u account%s", x->accounts, TEXT_S(x->accounts));
	if (text_columns(text_of(number)) <= r.columns)
		canvas_put_right(
			c, r.row, r.column, r.columns, ROLE_QUIET, text_of(number));
}

void form_who_paint(const struct app *a, const struct form_state *s, struct canvas *c)
{
	struct rect r = { s->who.row, s->who.column, 1, s->who.columns };
	struct listed l;

	if (s->who.rows == 0)
		return;
	list(a, s, &l);
	for (int i = l.top; i < l.n && i < l.top + s->who.rows; i++, r.row++)
		paint_person(c, r, nth(&l, i), i == l.chosen);
	page_signs(c,
		(struct rect){
			s->who.row, s->who.column, s->who.rows, s->who.columns + 1 },
		l.top, l.n);
}

/* Behind what is said already, where all of it fits; false: it does not. */
static bool add(const char *before, struct text more, int room, char *out, size_t size)
{
	const size_t used = strlen(out);

	if (used + strlen(before) + more.n >= size ||
		text_columns(text_of(out)) + (int)strlen(before) + text_columns(more) >
			room)
		return false;
	snprintf(out + used, size - used, "%s%.*s", before, (int)more.n, more.s);
	return true;
}

bool form_who_beside(const struct app *a, const struct form_state *s, int line, int room,
	char *out, size_t size)
{
	const struct text t = form_value(&s->form, line);
	const struct person *x[FORM_PEOPLE];
	const int n = form_people(&s->people, book_me(a->book), t, x, FORM_PEOPLE);
	int i = 1;

	if (n == 0)
		snprintf(out, size, "nobody of that name");
	if (n == 0 || text_eq(form_person_word(x[0]), t))
		return n > 0;
	snprintf(out, size, "= %.*s", (int)form_person_word(x[0]).n,
		form_person_word(x[0]).s);
	if (s->who.rows > 0) /* all are listed below */
		return true;
	while (i < n &&
		add(i == 1 ? ", not " : ", ", form_person_word(x[i]), room, out, size))
		i++;
	if (i == 1 && n > 1) /* a part of a name would say nothing */
		(void)add(", or others", TEXT(""), room, out, size);
	return true;
}
