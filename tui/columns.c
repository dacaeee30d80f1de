#include "tui/columns.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "tui/window.h"

enum { LIST_SPARK = GRID_SPARK, LIST_NEXT = GRID_NEXT, WIDTH_MOST = 60, TEXT_LEAST = 4 };

static const struct column_def table[] = {
#define COLUMN(field, min, ideal, rank, wider) { LIST_##field, min, ideal, rank, wider },
#include "tui/columns.def"
};

_Static_assert(sizeof(table) / sizeof(*table) == COLUMNS, "every field has its row");

const struct column_def *column_def(int field)
{
	const struct column_def *d = table;

	while (d->field != field)
		d++;
	return d;
}

static const struct {
	const char *name, *title, *help;
} no_fields[COLUMNS - LIST_FIELDS] = {
	{ "spark", "Weeks", "health of the last weeks as a picture" },
	{ "next", "Next step", "what happens next, by the success plan" },
};

const char *column_title(int field)
{
	return field >= LIST_FIELDS ? no_fields[field - LIST_FIELDS].title
	       : field == LIST_TIER ? "Tier"
				    : list_field_def((enum list_field)field)->title;
}

const char *column_help(int field)
{
	return field >= LIST_FIELDS ? no_fields[field - LIST_FIELDS].help
				    : list_field_def((enum list_field)field)->help;
}

void columns_init(struct list_columns *c)
{
	for (int i = 0; i < COLUMNS; i++)
		c->of[i] = (struct list_column){ table[i].field,
			table[i].rank ? COLUMN_USUAL : COLUMN_HIDDEN, 0, 0 };
}

/* ---- as text ---- */

static const char *name_of(int field)
{
	return field >= LIST_FIELDS ? no_fields[field - LIST_FIELDS].name
				    : list_field_def((enum list_field)field)->name;
}

/* COLUMNS: none has the name. */
static int field_named(struct text name)
{
	const int field = (int)list_field_by_name(name);

	for (int i = LIST_FIELDS; i < COLUMNS; i++)
		if (text_ieq(name, text_of(name_of(i))))
			return i;
	return field == LIST_FIELDS ? COLUMNS : field;
}

bool columns_same(const struct list_columns *a, const struct list_columns *b)
{
	for (int i = 0; i < COLUMNS; i++)
		if (a->of[i].field != b->of[i].field ||
			a->of[i].shown != b->of[i].shown ||
			a->of[i].width != b->of[i].width)
			return false;
	return true;
}

char *columns_text(const struct list_columns *c, char out[COLUMNS_TEXT_MAX])
{
	struct list_columns shipped;
	int n = 0;

	columns_init(&shipped);
	out[0] = '\0';
	if (columns_same(c, &shipped))
		return out;
	for (int i = 0; i < COLUMNS; i++) {
		const struct list_column *x = &c->of[i];
		char width[16] = "";

		if (x->shown == COLUMN_HIDDEN)
			continue;
		if (x->width)
			snprintf(width, sizeof(width), ":%d", x->width);
		n += snprintf(out + n, (size_t)(COLUMNS_TEXT_MAX - n), "%s%s%s%s",
			n ? "," : "", x->shown == COLUMN_WANTED ? "+" : "",
			name_of(x->field), width);
	}
	return out;
}

static int least(int field)
{
	const bool text =
		field == GRID_NEXT ||
		(field != GRID_SPARK &&
			list_field_def((enum list_field)field)->type == LT_TEXT);

	return text ? TEXT_LEAST : column_def(field)->min;
}

static int clip_width(int field, double width)
{
	const int most = field == GRID_SPARK ? WINDOW_SPARK : WIDTH_MOST;

	return width < least(field) ? least(field) : width > most ? most : (int)width;
}

/* Place of a field in c, from `from` on; COLUMNS: not there. */
static int place_of(const struct list_columns *c, int field, int from)
{
	while (from < COLUMNS && c->of[from].field != field)
		from++;
	return from;
}

/* Puts what the word says at place `at`; false: it says nothing. */
static bool take_word(struct list_columns *c, int at, struct text word)
{
	const bool wanted = word.n > 0 && word.s[0] == '+';
	const struct text t = { word.s + wanted, word.n - wanted };
	const char *colon = t.n ? memchr(t.s, ':', t.n) : NULL;
	const struct text name = { t.s, colon ? (size_t)(colon - t.s) : t.n };
	struct list_column x = { .shown = COLUMN_USUAL };
	int from;
	double width;

	x.field = field_named(name);
	from = place_of(c, x.field, at);
	if (from == COLUMNS)
		return false;
	if (wanted || column_def(x.field)->rank == 0)
		x.shown = COLUMN_WANTED;
	if (colon && number_parse((struct text){ colon + 1, t.n - name.n - 1 }, '.',
			     &width, NULL))
		x.width = clip_width(x.field, width);
	memmove(c->of + at + 1, c->of + at, (size_t)(from - at) * sizeof(*c->of));
	c->of[at] = x;
	return true;
}

void columns_parse(struct list_columns *c, struct text t)
{
	int at = 0;

	columns_init(c);
	if (text_trim(t).n == 0)
		return;
	while (t.n > 0) {
		const char *comma = memchr(t.s, ',', t.n);
		const size_t n = comma ? (size_t)(comma - t.s) : t.n;

		at += take_word(c, at, text_trim((struct text){ t.s, n }));
		t.s += n + (comma != NULL);
		t.n -= n + (comma != NULL);
	}
	for (int i = at; at > 0 && i < COLUMNS; i++)
		c->of[i].shown =
			c->of[i].field == LIST_NAME ? COLUMN_USUAL : COLUMN_HIDDEN;
}

/* ---- by hand ---- */

/* What is shown in principle but has no room becomes a wish first. */
void columns_toggle(struct list_columns *c, int i)
{
	struct list_column *x = &c->of[i];

	if (x->shown == COLUMN_HIDDEN || (x->shown == COLUMN_USUAL && !x->now))
		x->shown = COLUMN_WANTED;
	else if (x->field != LIST_NAME)
		x->shown = COLUMN_HIDDEN;
}

void columns_set_width(struct list_columns *c, int field, int width)
{
	c->of[place_of(c, field, 0)].width = clip_width(field, width);
}

void columns_widen(struct list_columns *c, int i, int step)
{
	const struct list_column *x = &c->of[i];
	const int now = x->now     ? x->now
			: x->width ? x->width
				   : column_def(x->field)->ideal;

	columns_set_width(c, x->field, now + step);
}

int columns_move(struct list_columns *c, int i, int step)
{
	const int to = i + step;
	struct list_column x = c->of[i];

	if (to < 0 || to >= COLUMNS)
		return i;
	c->of[i] = c->of[to];
	c->of[to] = x;
	return to;
}
