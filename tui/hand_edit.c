/* Editing: the fields of accounts that people change most. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "tui/app.h"
#include "tui/form_cell.h"
#include "tui/mem.h"

enum { EDIT_LINES = 13, EDIT_WHY = EDIT_LINES - 1, EDIT_MANY = EDIT_LINES - 1 };

/* Those of several accounts have no line for the name. */
static const struct form_line edit_lines[EDIT_LINES] = {
	{ "Name", FORM_TEXT, NULL, "Name of the customer.", false },
	{ "Owner", FORM_PERSON, NULL, "Letters of a name, me, or pool for nobody.",
		false },
	{ "Segment", FORM_WORD, "segment", "Market segment.", false },
	{ "Region", FORM_WORD, "region", "Region or country.", false },
	{ "Language", FORM_WORD, "language", "Language they want to be served in.",
		false },
	{ "Industry", FORM_WORD, "industry", "Line of business.", false },
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
	{ "Tags", FORM_WORD, "tags", "Words of your own, separated by ;", false },
	{ "Why", FORM_TEXT, NULL, "For the history; may stay empty.", false },
};
static const int edit_fields[EDIT_WHY] = { F_NAME, F_CSM, F_SEGMENT, F_REGION, F_LANGUAGE,
	F_INDUSTRY, F_ARR, F_RENEWAL_DATE, F_AUTO_RENEW, F_GROWTH, F_COMPLEXITY, F_TAGS };

static enum status save(struct app *a, const struct form *f, int *line, struct err *e);
static bool ask(struct app *a, const struct form *f, char *question, size_t size);

static const struct form_spec edit_one = { "Edit", "save", edit_lines, EDIT_LINES, save,
	ask };
static const struct form_spec edit_many = { "Edit: only what you fill in is changed",
	"save", edit_lines + 1, EDIT_MANY, save, ask };

/* Of the lines that it has. */
static const int *fields_of(const struct form *f)
{
	return f->spec == &edit_one ? edit_fields : edit_fields + 1;
}

static int why_line(const struct form *f)
{
	return f->spec->n - 1;
}

/* ---- saving --------------------------------------------------------------------- */

static bool now(struct app *a, const struct form *f, struct input out[FORM_LINES])
{
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;

	for (int i = 0; v && i < why_line(f); i++)
		form_cell_put(&out[i], &record_of(REC_ACCOUNT)->fields[fields_of(f)[i]],
			&v->cells[fields_of(f)[i]]);
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
		if (one->fields == 1u << fields_of(f)[i])
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
	struct form_cells cells;
	struct change one = { .kind = REC_ACCOUNT, .cells = cells.to };
	struct hand h;
	int changed = 0;
	enum status st = form_cell_read(a, f, REC_ACCOUNT, fields_of(f), why_line(f),
		!f->account, &cells, line, e);

	if (st != ST_OK)
		return st;
	if (!cells.fields) {
		app_say(a, "nothing was changed");
		return ST_OK;
	}
	for (uint32_t left = cells.fields; left; left &= left - 1)
		changed++;
	one.fields = cells.fields;
	one.seen = f->account ? cells.seen : NULL;
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
