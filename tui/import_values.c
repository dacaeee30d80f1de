/* What the values of a column become, where its field has choices: a line for each value
 * of the first rows, and the choices for it. */
#include <stdio.h>
#include <string.h>

#include "core/choices.h"
#include "core/convert.h"
#include "tui/choice.h"
#include "tui/import_state.h"

enum { VALUES_MAX = CHOICE_LINES, BLANK = 100, AS_IT_IS = 101 };

/* The distinct values of a column, as they came; not longer than labels. */
struct found {
	struct text value[VALUES_MAX];
	int n;
};

static const struct field *field_of(const struct importing *s, uint32_t column)
{
	const int f = s->shown ? s->preview.columns[column].field : -1;

	return f >= 0 ? &record_of(s->kind)->fields[f] : NULL;
}

static void find(const struct importing *s, uint32_t column, struct found *out)
{
	const struct import_preview *p = &s->preview;

	out->n = 0;
	for (uint32_t k = 0; k < p->row_count && out->n < VALUES_MAX; k++) {
		const struct text cell =
			text_trim(text_of(p->cells[k * p->column_count + column]));
		int i = 0;

		while (i < out->n && !text_ieq(out->value[i], cell))
			i++;
		if (cell.n && i == out->n)
			out->value[out->n++] = cell;
	}
}

static struct text meaning(const struct importing *s, uint32_t column, struct text value)
{
	struct text to = value;

	(void)mapping_replace(&s->base, s->preview.columns[column].field, value, &to);
	return to;
}

unsigned import_strange_values(const struct importing *s, uint32_t column)
{
	const struct field *f = field_of(s, column);
	struct found found;
	struct text choice;
	unsigned n = 0;

	if (!f || f->type != FT_CHOICE)
		return 0;
	find(s, column, &found);
	for (int i = 0; i < found.n; i++) {
		const struct text to = meaning(s, column, found.value[i]);

		n += to.n && !convert_choice(f, to, &choice);
	}
	return n;
}

/* Settles it, or puts back what was. */
static void settle(struct app *a, struct importing *s, struct mapping_value *before)
{
	if (import_settle(a, s))
		import_look(a, s);
	else
		s->base.values = before;
}

/* ---- one value ------------------------------------------------------------------ */

static void meaning_chosen(struct app *a, int64_t value)
{
	const int to = (int)value;
	struct importing *s = importing_of(a);
	const struct field *f = field_of(s, (uint32_t)s->column);
	struct mapping_value *before = s->base.values;
	struct err e = { .status = ST_OK };
	struct found found;
	char word[64] = "";

	if (!f || f->type != FT_CHOICE)
		return;
	find(s, (uint32_t)s->column, &found);
	if (s->value >= found.n)
		return;
	if (to < BLANK)
		snprintf(word, sizeof(word), "%.*s", (int)choices_at(f->choices, to).n,
			choices_at(f->choices, to).s);
	if (mapping_set_value(&s->base, s->preview.columns[s->column].field,
		    found.value[s->value], to == AS_IT_IS ? NULL : word, &e) != ST_OK)
		app_fail(a, &e);
	else
		settle(a, s, before);
	import_choose_value(a, s);
}

static void value_chosen(struct app *a, int64_t value)
{
	struct choice c = { .title = "It becomes", .chosen = meaning_chosen };
	struct importing *s = importing_of(a);
	const struct field *f = field_of(s, (uint32_t)s->column);

	if (!f || value < 0)
		return;
	s->value = (int)value;
	for (int i = 0; choices_at(f->choices, i).n; i++) {
		char label[64];

		snprintf(label, sizeof(label), "%.*s", (int)choices_at(f->choices, i).n,
			choices_at(f->choices, i).s);
		choice_add(&c, label, f->help, i);
	}
	choice_add(&c, "blank", "As if nothing stood there.", BLANK);
	choice_add(&c, "as it is", "The file's own word is taken.", AS_IT_IS);
	choice_open(a, &c);
}

/* ---- all of them ---------------------------------------------------------------- */

/* "becomes churned"; lives as long as the import. */
static const char *note_of(struct importing *s, const struct field *f, struct text value)
{
	struct text to = meaning(s, (uint32_t)s->column, value);
	char text[96];
	const char *own;

	if (to.n == 0)
		return "becomes blank";
	if (!convert_choice(f, to, &to))
		return "not known";
	snprintf(text, sizeof(text), "becomes %.*s", (int)to.n, to.s);
	own = arena_strdup(&s->names, text);
	return own ? own : "";
}

void import_choose_value(struct app *a, struct importing *s)
{
	struct choice c = { .title = "What the values become", .chosen = value_chosen };
	const struct field *f = field_of(s, (uint32_t)s->column);
	struct found found;

	if (!f || f->type != FT_CHOICE)
		return;
	find(s, (uint32_t)s->column, &found);
	if (found.n == 0)
		app_say(a, "the first rows have no value in this column");
	choice_add(&c, "that is right", "Back to the columns.", -1);
	for (int i = 0; i < found.n; i++) {
		char label[64];

		snprintf(label, sizeof(label), "%.*s",
			convert_shown(found.value[i], sizeof(label) - 1),
			found.value[i].s);
		choice_add(&c, label, f->help, i);
		c.line[c.n - 1].note = note_of(s, f, found.value[i]);
		if (c.at == 0 && strcmp(c.line[c.n - 1].note, "not known") == 0)
			c.at = c.n - 1;
	}
	if (found.n)
		choice_open(a, &c);
}

/* ---- yes and no ----------------------------------------------------------------- */

static bool is_yes(struct text t)
{
	return text_ieq(t, TEXT("yes")) || text_ieq(t, TEXT("true")) ||
	       text_ieq(t, TEXT("y")) || text_ieq(t, TEXT("1")) || text_ieq(t, TEXT("x"));
}

static bool is_no(struct text t)
{
	return text_ieq(t, TEXT("no")) || text_ieq(t, TEXT("false")) ||
	       text_ieq(t, TEXT("n")) || text_ieq(t, TEXT("0"));
}

/* "Churned: yes" says the opposite of "Active: yes". */
static bool yes_is_active(const char *header)
{
	const struct text h = text_of(header);

	for (size_t i = 0; i + 4 <= h.n; i++)
		if (text_ieq((struct text){ h.s + i, 4 }, TEXT("acti")) ||
			text_ieq((struct text){ h.s + i, 4 }, TEXT("akti")))
			return !(i >= 2 &&
				 text_ieq((struct text){ h.s + i - 2, 2 }, TEXT("in")));
	return false;
}

static void read_yes_and_no(struct app *a, struct importing *s)
{
	const int field = s->preview.columns[s->column].field;
	const bool active = yes_is_active(s->preview.columns[s->column].header);
	struct mapping_value *before = s->base.values;
	struct err e = { .status = ST_OK };
	enum status st = ST_OK;
	struct found found;

	find(s, (uint32_t)s->column, &found);
	for (int i = 0; i < found.n && st == ST_OK; i++) {
		const struct text value = found.value[i];
		struct text to;

		if (!is_yes(value) && !is_no(value)) {
			s->base.values = before;
			return;
		}
		if (!mapping_replace(&s->base, field, value, &to))
			st = mapping_set_value(&s->base, field, value,
				is_yes(value) == active ? "active" : "churned", &e);
	}
	if (st != ST_OK) {
		s->base.values = before;
		app_fail(a, &e);
	} else if (s->base.values != before) {
		settle(a, s, before);
	}
}

void import_greet_values(struct app *a, struct importing *s)
{
	const uint32_t column = (uint32_t)s->column;

	if (import_strange_values(s, column) == 0)
		return;
	if (s->kind == REC_ACCOUNT && s->preview.columns[column].field == F_STATUS)
		read_yes_and_no(a, s);
	if (s->shown)
		import_choose_value(a, s);
}
