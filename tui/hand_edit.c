/* Editing: the fields of accounts that people change most. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "tui/app.h"
#include "tui/form_line.h"
#include "tui/mem.h"

enum { EDIT_LINES = 12, EDIT_WHY = EDIT_LINES - 1, EDIT_MANY = EDIT_LINES - 1 };

/* Those of several accounts have no line for the name. */
static const struct form_line edit_lines[EDIT_LINES] = {
	{ "Name", FORM_TEXT, NULL, "Name of the customer.", false },
	{ "Owner", FORM_PERSON, NULL, "Letters of a name, me, or pool for nobody.",
		false },
	{ "Segment", FORM_TEXT, NULL, "Market segment.", false },
	{ "Region", FORM_TEXT, NULL, "Region or country.", false },
	{ "Industry", FORM_TEXT, NULL, "Line of business.", false },
	{ "ARR", FORM_MONEY, NULL,
		"Annual recurring revenue in the currency of the account: 50k, 1.5m, "
		"48200.",
		false },
	{ "Renewal", FORM_DAY, NULL, "Day of the next renewal: 2026-12-31, 90d, 6m.",
		false },
	{ "Renews alone", FORM_CHOICE, "yes|no", "Whether it renews by itself.", false },
	{ "Growth", FORM_NUMBER, NULL, "Expected yearly growth of ARR: 0.4 for 40 %.",
		false },
	{ "Complexity", FORM_NUMBER, NULL, "How complex the deployment is, 0 to 100.",
		false },
	{ "Tags", FORM_TEXT, NULL, "Words of your own, separated by ;", false },
	{ "Why", FORM_TEXT, NULL, "For the history; may stay empty.", false },
};
static const int edit_fields[EDIT_WHY] = { F_NAME, F_CSM, F_SEGMENT, F_REGION, F_INDUSTRY,
	F_ARR, F_RENEWAL_DATE, F_AUTO_RENEW, F_GROWTH, F_COMPLEXITY, F_TAGS };

static enum status save(struct app *a, const struct form *f, int *line, struct err *e);
static bool ask(struct app *a, const struct form *f, char *question, size_t size);

static const struct form_spec edit_one = { "Edit", "save", edit_lines, EDIT_LINES, save,
	ask };
static const struct form_spec edit_many = { "Edit: only what you fill in is changed",
	"save", edit_lines + 1, EDIT_MANY, save, ask };

static int field_of(const struct form *f, int line)
{
	return edit_fields[f->spec == &edit_one ? line : line + 1];
}

static int why_line(const struct form *f)
{
	return f->spec->n - 1;
}

/* What the book has, so that change_parse would read it as the same. */
static void put_value(struct input *in, const struct cell *c, enum field_type type)
{
	char text[NUMBER_TEXT_MAX] = "", day[DAY_TEXT_MAX], money[MONEY_TEXT_MAX];

	if (c->type == CELL_TEXT) {
		input_set(in, c->t);
		return;
	}
	if (c->type == CELL_NUMBER)
		number_exact(c->n, text);
	else if (c->type == CELL_INT && type == FT_DAY)
		snprintf(text, sizeof(text), "%s", day_format((int32_t)c->i, day));
	else if (c->type == CELL_INT && type == FT_MONEY)
		snprintf(text, sizeof(text), "%.*s",
			(int)strlen(money_format(c->i, money)) - (c->i % 100 ? 0 : 3),
			money);
	else if (c->type == CELL_INT && type == FT_BOOL)
		snprintf(text, sizeof(text), "%s", c->i ? "yes" : "no");
	input_set(in, text_of(text));
}

static enum field_type type_of(const struct form *f, int line)
{
	return record_of(REC_ACCOUNT)->fields[field_of(f, line)].type;
}

/* ---- saving --------------------------------------------------------------------- */

/* Texts are seen as they are, with the blanks around them. */
static enum status seen_cell(
	struct app *a, const struct form *f, int line, struct cell *out, struct err *e)
{
	struct text was = input_text(&f->was[line]);

	if (type_of(f, line) != FT_TEXT)
		return change_parse(a->book, REC_ACCOUNT, field_of(f, line), was, out, e);
	*out = was.n ? CELL_OF_TEXT(was) : (struct cell){ .type = CELL_MISSING };
	return ST_OK;
}

static enum status new_cell(
	struct app *a, const struct form *f, int line, struct cell *out, struct err *e)
{
	int32_t day;
	enum status st;

	if (type_of(f, line) != FT_DAY)
		return change_parse(a->book, REC_ACCOUNT, field_of(f, line),
			form_value(f, line), out, e);
	st = form_day(a, f, line, &day, e);
	*out = day == DAY_NONE ? (struct cell){ .type = CELL_MISSING } : CELL_OF_INT(day);
	return st;
}

static bool now(struct app *a, const struct form *f, struct input out[FORM_LINES])
{
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;

	for (int i = 0; v && i < why_line(f); i++)
		put_value(&out[i], &v->cells[field_of(f, i)], type_of(f, i));
	return v != NULL;
}

static enum status save_changes(struct app *a, const struct form *f, const struct hand *h,
	struct change *one, struct err *e)
{
	struct change *changes = mem_new(h->n, sizeof(*changes));
	struct text why = form_value(f, why_line(f));
	char reason[INPUT_MAX + 1], title[64] = "edit several fields";
	enum status st;

	for (int i = 0; i < why_line(f); i++)
		if (one->fields == 1u << field_of(f, i))
			snprintf(
				title, sizeof(title), "edit %s", f->spec->lines[i].label);
	snprintf(reason, sizeof(reason), "%.*s", (int)why.n, why.s);
	for (uint32_t i = 0; i < h->n; i++) {
		changes[i] = *one;
		changes[i].row = h->id[i];
	}
	st = book_change(a->book, changes, h->n, title, why.n ? reason : NULL, e);
	free(changes);
	return st;
}

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct cell cells[ACCOUNT_FIELDS] = { 0 }, seen[ACCOUNT_FIELDS] = { 0 };
	struct change one = { .kind = REC_ACCOUNT, .cells = cells };
	struct hand h;
	int changed = 0;
	enum status st = ST_OK;

	for (int i = 0; i < why_line(f); i++) {
		if (!form_changed(f, i))
			continue;
		*line = i;
		st = new_cell(a, f, i, &cells[field_of(f, i)], e);
		if (st == ST_OK)
			st = seen_cell(a, f, i, &seen[field_of(f, i)], e);
		if (st != ST_OK) {
			form_unnamed(e, &record_of(REC_ACCOUNT)->fields[field_of(f, i)]);
			return st;
		}
		one.fields |= 1u << field_of(f, i);
		changed++;
	}
	*line = -1;
	if (changed == 0) {
		app_say(a, "nothing was changed");
		return ST_OK;
	}
	one.seen = f->account ? seen : NULL;
	hand_of_form(a, f, &h);
	st = save_changes(a, f, &h, &one, e);
	if (st == ST_OK)
		hand_done(a, &h,
			changed == 1 ? "changed %d field of %s"
				     : "changed %d fields of %s",
			changed, h.who);
	hand_clear(&h);
	return st;
}

static bool ask(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "change", "", question, size);
}

void hand_edit(struct app *a)
{
	struct form *f = hand_form(a, &edit_one);

	if (!f->account)
		f->spec = &edit_many;
	f->now = now;
	(void)now(a, f, f->value);
	hand_open(a, f);
}
