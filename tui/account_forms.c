/* Contacts, milestones and fixes of an account: forms to add and change one, and what one
 * key does to it. */
#include "tui/account_edit.h"

#include <stdio.h>
#include <string.h>

#include "core/causes.h"
#include "core/change.h"
#include "core/fix.h"
#include "tui/form_cell.h"
#include "tui/form_line.h"
#include "tui/hand.h"

/* The fields of a form, line by line. */
static const int contact_fields[] = { F_CONTACT_NAME, F_CONTACT_EMAIL, F_CONTACT_ROLE,
	F_CONTACT_SINCE, F_CONTACT_LEFT_ON };
enum { CONTACT_ROLE_LINE = 2 };
static const struct form_line contact_lines[] = {
	{ "Name", FORM_TEXT, NULL, "Name of the person.", false },
	{ "E-mail", FORM_TEXT, NULL, "The address; a name or an address is needed.",
		false },
	{ "Role", FORM_CHOICE, "user|champion|sponsor|billing",
		"Champion and sponsor count in the health.", false },
	{ "Since", FORM_DAY, NULL, "In the role from this day; empty: always.", false },
	{ "Left on", FORM_DAY, NULL, "No longer there from this day.", false },
};
static const int milestone_fields[] = { F_MILESTONE_TITLE, F_MILESTONE_DUE,
	F_MILESTONE_DONE_ON };
static const struct form_line milestone_lines[] = {
	{ "Title", FORM_TEXT, NULL, "What is to be reached.", true },
	{ "Due", FORM_DAY, NULL, "The day it is due; empty: no day.", false },
	{ "Done on", FORM_DAY, NULL, "The day it was reached; empty: not yet.", false },
};

static const int fix_fields[] = { F_FIX_CAUSE, F_FIX_TEXT, F_FIX_NOTICED,
	F_FIX_DOCUMENTED, F_FIX_AUTOMATED, F_FIX_VERIFIED, F_FIX_LINK, F_FIX_ACTOR };
enum { FIX_CAUSE_LINE = 0, FIX_NOTICED_LINE = 2, FIX_ACTOR_LINE = 7 };
static const struct form_line fix_lines[] = {
	{ "Root cause", FORM_TEXT, NULL, "As the tickets name it.", true },
	{ "What", FORM_TEXT, NULL, "What is done about it.", true },
	{ "Noticed", FORM_DAY, NULL, "The day somebody noticed it and found a way.",
		true },
	{ "Documented", FORM_DAY, NULL, "Written down for all from this day on.", false },
	{ "Automated", FORM_DAY, NULL,
		"It needs nobody any more; tickets after it should not come.", false },
	{ "Verified", FORM_DAY, NULL, "Somebody saw that the tickets have stopped.",
		false },
	{ "Link", FORM_TEXT, NULL, "The article, play or release that it became.",
		false },
	{ "Who", FORM_TEXT, NULL, "Who sees it through.", false },
};

#define LINES(lines) (int)(sizeof(lines) / sizeof(*(lines)))

static enum status save_row(
	struct app *a, const struct form *f, int *line, struct err *e);

/* The kinds that have a form. */
static const struct kind {
	enum record_kind kind;
	const char *what;
	const int *fields; /* of the lines */
	int account;       /* the field */
	struct form_spec add, change;
} kinds[] = {
	{ REC_CONTACT, "contact", contact_fields, F_CONTACT_ACCOUNT,
		{ "Add a contact", "add", contact_lines, LINES(contact_lines), save_row,
			NULL },
		{ "Change a contact", "save", contact_lines, LINES(contact_lines),
			save_row, NULL } },
	{ REC_MILESTONE, "milestone", milestone_fields, F_MILESTONE_ACCOUNT,
		{ "Add a milestone", "add", milestone_lines, LINES(milestone_lines),
			save_row, NULL },
		{ "Change a milestone", "save", milestone_lines, LINES(milestone_lines),
			save_row, NULL } },
	{ REC_FIX, "fix", fix_fields, F_FIX_ACCOUNT,
		{ "Add a fix", "add", fix_lines, LINES(fix_lines), save_row, NULL },
		{ "Change a fix", "save", fix_lines, LINES(fix_lines), save_row, NULL } },
};

static const struct kind *kind_of(enum record_kind kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}

bool account_edit_has_form(enum record_kind kind)
{
	return kind_of(kind) != NULL;
}

static const struct cell *find_row(
	const struct account_view *v, enum record_kind kind, int64_t row)
{
	for (uint32_t i = 0; i < v->rows[kind].n; i++)
		if (v->rows[kind].id[i] == row)
			return v->rows[kind].cells +
			       (size_t)i * (size_t)record_of(kind)->count;
	return NULL;
}

static void put_row(const struct form *f, const struct cell *cells, struct input *out)
{
	const int *fields = kind_of(f->kind)->fields;

	for (int i = 0; i < f->spec->n; i++)
		form_cell_put(&out[i], &record_of(f->kind)->fields[fields[i]],
			&cells[fields[i]]);
}

static bool row_now(struct app *a, const struct form *f, struct input out[FORM_LINES])
{
	const struct account_view *v = app_account(a, f->account);
	const struct cell *cells = v && f->row ? find_row(v, f->kind, f->row) : NULL;

	if (cells)
		put_row(f, cells, out);
	return cells != NULL;
}

/* The line of the field that the message names, which it need not do there; -1: none. */
static int line_of_failure(const struct form *f, const int *fields, struct err *e)
{
	for (int i = 0; i < f->spec->n; i++) {
		const struct field *field = &record_of(f->kind)->fields[fields[i]];
		const size_t n = strlen(field->name);

		if (strncmp(e->text, field->name, n) == 0 && e->text[n] == ':') {
			form_unnamed(e, field);
			return i;
		}
	}
	return -1;
}

/* The cause of a fix is free, since it may be ahead of the tickets; a slip in it is told.
 */
static void warn_of_cause(struct app *a, const struct form *f)
{
	char else_what[TEXT_SAID_MAX];
	struct causes causes;
	struct err e = { .text = "" };

	if (causes_of(a->book, CAUSES_DAYS, &causes, &e) == ST_OK &&
		!causes_know(&causes, form_value(f, FIX_CAUSE_LINE), else_what))
		app_say(a, "the fix is in the book, but no ticket has its cause: %s",
			else_what);
	causes_clear(&causes);
}

static enum status save_row(struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct kind *kind = kind_of(f->kind);
	const int *fields = kind->fields;
	struct form_cells cells;
	struct change change = { .kind = f->kind, .row = f->row, .cells = cells.to };
	enum status st = form_cell_read(
		a, f, f->kind, fields, f->spec->n, f->row == 0, &cells, line, e);
	char title[80];

	if (st != ST_OK)
		return st;
	change.fields = cells.fields;
	change.seen = f->row ? cells.seen : NULL;
	if (f->row == 0) {
		cells.to[kind->account] = CELL_OF_INT(f->account);
		change.fields |= 1u << kind->account;
	}
	snprintf(title, sizeof(title), "%s a %s", f->row ? "edit" : "add", kind->what);
	if (!change.fields) {
		app_say(a, "nothing was changed");
		return ST_OK;
	}
	st = book_change(a->book, &change, 1, title, NULL, e);
	if (st == ST_INVALID)
		*line = line_of_failure(f, fields, e);
	if (st == ST_OK)
		hand_done(a, NULL, f->row ? "the %s is changed" : "the %s is added",
			kind->what);
	if (st == ST_OK && f->kind == REC_FIX &&
		(f->row == 0 || form_changed(f, FIX_CAUSE_LINE)))
		warn_of_cause(a, f);
	return st;
}

/* A new row: what it most likely is. A fix is of the cause of the ticket, or the fix, it
 * is begun at. */
static void put_first(struct app *a, struct form *f, const struct account_view *v,
	const struct account_item *at)
{
	const bool fix = at && at->kind == REC_FIX;
	const struct cell *row = fix || (at && at->kind == REC_TICKET)
					 ? find_row(v, at->kind, at->row)
					 : NULL;

	if (f->kind == REC_CONTACT)
		input_set(&f->value[CONTACT_ROLE_LINE], TEXT("user"));
	if (f->kind != REC_FIX)
		return;
	if (row)
		input_set(&f->value[FIX_CAUSE_LINE],
			cell_shown(&row[fix ? F_FIX_CAUSE : F_TICKET_CAUSE]));
	input_set(&f->value[FIX_NOTICED_LINE], TEXT("today"));
	input_set(&f->value[FIX_ACTOR_LINE], text_of(book_me(a->book)));
}

void account_edit_row(struct app *a, uint32_t account, enum record_kind kind, int64_t row,
	const struct account_item *at)
{
	const struct account_view *v = app_account(a, account);
	const struct cell *cells = v && row ? find_row(v, kind, row) : NULL;
	struct form f = {
		.account = account, .kind = kind, .row = cells ? row : 0, .now = row_now
	};
	struct text name;

	if (!v)
		return;
	f.spec = cells ? &kind_of(kind)->change : &kind_of(kind)->add;
	name = v->row.name.n ? v->row.name : v->row.id;
	snprintf(f.subtitle, sizeof(f.subtitle), "%.*s", (int)name.n, name.s);
	if (cells)
		put_row(&f, cells, f.value);
	else
		put_first(a, &f, v, at);
	form_open(a, &f);
}

/* ---- one key -------------------------------------------------------------------- */

/* What the key sets, or takes back, and how that is told. */
struct done {
	int field;
	bool back;
	const char *title, *said;
};

/* False: there is nothing left to do. */
static bool find_done(enum record_kind kind, const struct cell *now, struct done *out)
{
	static const struct done fixed[FIX_STATES] = {
		[FIX_DOCUMENTED] = { F_FIX_DOCUMENTED, false, "fix documented",
			"the fix is documented" },
		[FIX_AUTOMATED] = { F_FIX_AUTOMATED, false, "fix automated",
			"the fix is automated" },
		[FIX_VERIFIED] = { F_FIX_VERIFIED, false, "fix verified",
			"the fix is verified" },
	};
	static const struct done ended[2][2] = {
		{ { F_CONTACT_LEFT_ON, false, "contact left", "the contact left" },
			{ F_CONTACT_LEFT_ON, true, "contact is back",
				"the contact is there again" } },
		{ { F_MILESTONE_DONE_ON, false, "milestone reached",
			  "the milestone is reached" },
			{ F_MILESTONE_DONE_ON, true, "milestone not reached",
				"the milestone is open again" } },
	};
	const bool milestone = kind == REC_MILESTONE;

	if (kind == REC_FIX) {
		const enum fix_state next = fix_next(now);

		if (next == FIX_STATES)
			return false;
		*out = fixed[next];
		return true;
	}
	*out = ended[milestone][now[ended[milestone][0].field].type != CELL_MISSING];
	return true;
}

void account_edit_done(struct app *a, uint32_t account, const struct account_item *item)
{
	const struct account_view *v = app_account(a, account);
	const struct cell *now = v ? find_row(v, item->kind, item->row) : NULL;
	struct cell cells[RECORD_FIELDS_MAX] = { 0 }, seen[RECORD_FIELDS_MAX] = { 0 };
	struct change change = {
		.kind = item->kind, .row = item->row, .cells = cells, .seen = seen
	};
	struct err e = { .text = "" };
	struct done done;

	if (!now)
		return;
	if (!find_done(item->kind, now, &done)) {
		app_say_offers(a,
			&(struct app_offer){ SCOPE_ACCOUNT, ACT_ITEM_OPEN, "changes it" },
			1, "it is verified; ");
		return;
	}
	change.fields = 1u << done.field;
	seen[done.field] = now[done.field];
	if (!done.back)
		cells[done.field] = CELL_OF_INT(book_as_of(a->book));
	if (book_change(a->book, &change, 1, done.title, NULL, &e) != ST_OK)
		app_fail(a, &e);
	else
		hand_done(a, NULL, "%s", done.said);
}

void account_edit_remove(struct app *a, uint32_t account, const struct account_item *item)
{
	static const struct {
		enum record_kind kind;
		const char *name;
	} removable[] = { { REC_CONTACT, "contact" }, { REC_MILESTONE, "milestone" },
		{ REC_FIX, "fix" }, { REC_NOTE, "note" }, { REC_TOUCH, "touch" } };
	const struct account_view *v = app_account(a, account);
	const struct cell *now = v ? find_row(v, item->kind, item->row) : NULL;
	struct cell seen[RECORD_FIELDS_MAX] = { 0 };
	struct change change = { .kind = item->kind, .row = item->row };
	struct err e = { .text = "" };

	/* What is on the screen is what goes: a row that somebody changed stays. */
	if (now && record_account_field(record_of(item->kind)) >= 0) {
		memcpy(seen, now, (size_t)record_of(item->kind)->count * sizeof(seen[0]));
		seen[record_account_field(record_of(item->kind))] = CELL_OF_INT(account);
		change.seen = seen;
	}
	for (size_t i = 0; i < sizeof(removable) / sizeof(*removable); i++) {
		char title[40];

		if (removable[i].kind != item->kind)
			continue;
		snprintf(title, sizeof(title), "remove a %s", removable[i].name);
		if (book_change(a->book, &change, 1, title, NULL, &e) != ST_OK)
			app_fail(a, &e);
		else
			hand_done(a, NULL, "the %s is removed", removable[i].name);
		return;
	}
	app_say(a, "this can't be removed here: contacts, milestones, fixes, notes and "
		   "touches can");
}
