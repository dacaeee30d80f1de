#include "tui/account_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/convert.h"
#include "tui/conflict.h"
#include "tui/form.h"
#include "tui/form_line.h"
#include "tui/hand.h"
#include "tui/mem.h"
#include "tui/words.h"

static const struct field *field_of(const struct account_edit *e)
{
	return &record_of(e->kind)->fields[e->field];
}

/* "next_step" as people read it. */
static void name_field(const struct account_edit *e, char *out, size_t size)
{
	snprintf(out, size, "%s", field_of(e)->name);
	for (char *s = out; *s; s++)
		if (*s == '_')
			*s = ' ';
}

/* ---- what stands in the line ---------------------------------------------------- */

/* A cell as a person would type it. */
static void put_typed(struct input *in, const struct field *f, const struct cell *cell)
{
	char text[NUMBER_TEXT_MAX], money[MONEY_TEXT_MAX];

	if (cell->type == CELL_TEXT) {
		input_set(in, cell->t);
	} else if (cell->type == CELL_INT && f->type == FT_MONEY) {
		money_format(cell->i, money);
		if (strlen(money) > 3 && strcmp(money + strlen(money) - 3, ".00") == 0)
			money[strlen(money) - 3] = '\0';
		input_set(in, text_of(money));
	} else if (cell->type == CELL_NUMBER) {
		input_set(in, text_of(convert_as_typed(cell->n, text)));
	} else {
		words_cell(f, cell, text, sizeof(text));
		input_set(in, text_of(text));
	}
}

void account_edit_close(struct account_edit *e)
{
	used_clear(&e->used);
	*e = (struct account_edit){ .open = false };
}

/* ---- what was typed and is not saved: as of a form with this one line ------------- */

static bool changed(const struct account_edit *e)
{
	return !text_eq(input_text(&e->input), input_text(&e->was));
}

/* Owned. */
static struct form *as_form(const struct account_edit *e)
{
	static const struct form_line line = { "", FORM_TEXT, NULL, NULL, false };
	static const struct form_spec spec = { "On the spot", "", &line, 1, NULL, NULL };
	struct form *f = mem_new(1, sizeof(*f));

	f->spec = &spec;
	f->account = e->account;
	f->kind = e->kind; /* of which it has one row: the account says which */
	f->field = e->field;
	f->about_whom = e->about_whom;
	f->value[0] = e->input;
	f->was[0] = e->was;
	return f;
}

static void begin_draft(struct account_edit *e, struct app *a)
{
	struct form *f = as_form(e);
	const struct form *draft = form_draft_begin(a, f);

	e->about_whom = f->about_whom;
	if (draft && form_draft_has(draft, 0, &e->input)) {
		e->was = draft->was[0];
		e->input = draft->value[0];
		e->input.at = e->input.n;
		e->input.picked = e->again = true;
	}
	free(f);
}

static void settle_draft(const struct account_edit *e, struct app *a,
	void (*settle)(struct app *a, const struct form *f))
{
	struct form *f = as_form(e);

	settle(a, f);
	free(f);
}

void account_edit_end(const struct account_edit *e, struct app *a)
{
	if (e->open)
		settle_draft(e, a, form_draft_end);
}

static void cancel(struct account_edit *e, struct app *a)
{
	const bool kept = changed(e) && !e->lost;
	char name[80];

	name_field(e, name, sizeof(name));
	settle_draft(e, a, kept ? form_draft_keep : form_draft_drop);
	account_edit_close(e);
	if (kept)
		app_say(a,
			"%s: nothing was changed; what you typed is kept for next time",
			name);
}

/* Only fields of accounts are columns of lists. */
static void load_used(struct account_edit *e, struct app *a)
{
	const enum list_field field = list_field_by_name(text_of(field_of(e)->name));

	if (e->kind == REC_ACCOUNT && field_of(e)->type == FT_TEXT &&
		field != LIST_FIELDS)
		used_load(&e->used, a, field);
}

void account_edit_open(struct account_edit *e, struct app *a, uint32_t account,
	const struct account_item *item)
{
	if (a->summary.read_only) {
		app_say(a, "the book is open for reading only");
		return;
	}
	if (item->cell.type == CELL_TEXT && item->cell.t.n > INPUT_MAX) {
		app_say(a, "this text is too long to be changed here");
		return;
	}
	account_edit_close(e);
	e->open = true;
	e->account = account;
	e->kind = item->kind;
	e->row = item->row;
	e->field = item->field;
	load_used(e, a);
	put_typed(&e->input, field_of(e), &item->cell);
	e->was = e->input;
	begin_draft(e, a);
}

void account_edit_lose(struct account_edit *e)
{
	if (!changed(e)) {
		account_edit_close(e);
		return;
	}
	e->lost = true;
	snprintf(e->problem, sizeof(e->problem),
		"this line is gone, somebody else changed the account: %s makes a note "
		"of what you typed, %s drops it",
		keys_text(SCOPE_INPUT, ACT_ACCEPT), keys_text(SCOPE_INPUT, ACT_CANCEL));
}

void account_edit_tell(const struct account_edit *e, struct app *a)
{
	const struct text typed = input_text(&e->input);

	if (e->open && changed(e))
		app_say(a, "the account is gone; what you typed: %.*s",
			convert_shown(typed, ERR_TEXT_MAX / 2), typed.s);
}

bool account_edit_is(const struct account_edit *e, const struct account_item *item)
{
	return e->open && item->type == ITEM_FIELD && item->kind == e->kind &&
	       item->field == e->field;
}

/* ---- keeping it ----------------------------------------------------------------- */

/* What the book has now, also of a row that somebody added meanwhile; NULL: nothing. */
static const struct cell *look_again(struct account_edit *e, struct app *a)
{
	const struct account_view *v;

	app_look_again(a);
	v = app_account(a, e->account);
	if (v && e->kind == REC_ACCOUNT)
		return &v->cells[e->field];
	if (!v || !v->rows[e->kind].n)
		return NULL;
	e->row = v->rows[e->kind].id[0];
	return &v->rows[e->kind].cells[e->field];
}

/* Somebody else was faster: whose stays? */
static void ask_which(struct account_edit *e, struct app *a,
	void (*decided)(struct app *a, const struct conflict *c))
{
	static const struct cell none;
	const struct cell *now = look_again(e, a);
	struct conflict *c = mem_new(1, sizeof(*c));
	struct conflict_field *f = conflict_add(c, "", e->field);

	c->decided = decided;
	name_field(e, f->label, sizeof(f->label));
	f->seen = e->was;
	f->mine = e->input;
	put_typed(&f->theirs, field_of(e), now ? now : &none);
	hand_name(a, e->account, c->subtitle, sizeof(c->subtitle));
	conflict_open(a, c);
	free(c);
}

/* What was seen, as change.h wants it: texts with the blanks around them. */
static enum status parse_seen(
	const struct account_edit *e, struct app *a, struct cell *out, struct err *err)
{
	const struct text was = input_text(&e->was);

	if (field_of(e)->type != FT_TEXT)
		return change_parse(a->book, e->kind, e->field, was, out, err);
	*out = was.n ? CELL_OF_TEXT(was) : (struct cell){ .type = CELL_MISSING };
	return ST_OK;
}

/* Days may be said as spans from today, as in forms. */
static enum status parse(
	const struct account_edit *e, struct app *a, struct cell *out, struct err *err)
{
	struct text typed = text_trim(input_text(&e->input));
	int32_t day;

	if (field_of(e)->type == FT_DAY &&
		form_day_parse(typed, book_as_of(a->book), &day)) {
		*out = CELL_OF_INT(day);
		return ST_OK;
	}
	if (field_of(e)->type == FT_DAY && typed.n)
		return err_set(
			err, ST_INVALID, FORM_NO_DAY, convert_shown(typed, 60), typed.s);
	return change_parse(a->book, e->kind, e->field, typed, out, err);
}

static enum status save(struct account_edit *e, struct app *a, struct err *err)
{
	struct cell cells[RECORD_FIELDS_MAX] = { 0 }, seen[RECORD_FIELDS_MAX] = { 0 };
	struct change change = { .kind = e->kind,
		.row = e->row,
		.fields = 1u << e->field,
		.cells = cells,
		.seen = seen };
	char title[80] = "edit ";
	enum status st = parse(e, a, &cells[e->field], err);

	if (st == ST_OK)
		st = parse_seen(e, a, &seen[e->field], err);
	if (e->row == 0) {
		const int owner = record_account_field(record_of(e->kind));

		cells[owner] = CELL_OF_INT(e->account);
		change.fields |= 1u << owner;
		change.seen = NULL;
	}
	name_field(e, title + strlen(title), sizeof(title) - strlen(title));
	return st == ST_OK ? book_change(a->book, &change, 1, title, NULL, err) : st;
}

static void accept(struct account_edit *e, struct app *a,
	void (*decided)(struct app *a, const struct conflict *c))
{
	struct err err = { .text = "" };
	char name[80];
	enum status st;

	if (e->lost) {
		const struct input typed = e->input;

		settle_draft(e, a, form_draft_drop);
		account_edit_close(e);
		hand_note_of(a, input_text(&typed));
		return;
	}
	st = save(e, a, &err);

	/* Somebody else made the row meanwhile. */
	if (st == ST_INVALID && e->row == 0 && look_again(e, a))
		st = save(e, a, &err);
	if (st == ST_STALE) {
		ask_which(e, a, decided);
	} else if (st != ST_OK) {
		form_unnamed(&err, field_of(e));
		snprintf(e->problem, sizeof(e->problem), "%s", err.text);
	} else {
		name_field(e, name, sizeof(name));
		settle_draft(e, a, form_draft_drop);
		account_edit_close(e);
		hand_done(a, NULL, "saved: %s", name);
	}
}

void account_edit_act(struct account_edit *e, struct app *a, enum action action,
	void (*decided)(struct app *a, const struct conflict *c))
{
	if (action == ACT_ACCEPT)
		accept(e, a, decided);
	else if (action == ACT_CANCEL)
		cancel(e, a);
	else if (action != ACT_MOVE_RIGHT || !used_complete(&e->used, &e->input))
		input_act(&e->input, action);
}

void account_edit_decided(struct account_edit *e, struct app *a, const struct conflict *c)
{
	if (c->field[0].take_mine) {
		e->was = c->field[0].theirs;
		accept(e, a, c->decided);
		return;
	}
	settle_draft(e, a, form_draft_drop);
	account_edit_close(e);
	app_say(a, "theirs stays: nothing was changed");
}

/* ---- painting ------------------------------------------------------------------- */

/* What a field takes, in a few words. */
static const char *takes(const struct field *f)
{
	switch (f->type) {
	case FT_DAY:
		return "a day: 2026-03-31, today, 14d";
	case FT_MONEY:
		return "an amount: 50k, 1.5m, 48000";
	case FT_BOOL:
		return "yes or no";
	case FT_CSM:
		return "a name, me or pool";
	case FT_NUMBER:
	case FT_COUNT:
		return "a number";
	case FT_CURRENCY:
		return "three letters: EUR";
	case FT_TEXT:
	case FT_CHOICE:
	case FT_ACCOUNT:
	case FT_SIGNAL:
		break;
	}
	return NULL;
}

static void paint_help(
	const struct account_edit *e, struct canvas *c, int line, struct rect body)
{
	const struct field *f = field_of(e);
	char words[120], beside[200];
	struct page p;
	int rows, row;

	used_below(&e->used, words, sizeof(words));
	used_beside(&e->used, &e->input, SCOPE_INPUT, beside, sizeof(beside));
	page_init(&p, c->ascii);
	page_reset(&p, body.columns);
	if (beside[0] && !e->problem[0])
		page_print(&p, 2, ROLE_TEXT, "%s", beside);
	if (e->again && !e->problem[0])
		page_print(&p, 2, ROLE_INFO, "%s", FORM_AGAIN);
	if (e->problem[0])
		page_print(&p, 2, ROLE_ERROR, "%s", e->problem);
	else
		page_print(&p, 2, ROLE_QUIET,
			"%s%s%s %s %s saves, %s leaves it as it was", f->help,
			takes(f)   ? ": "
			: words[0] ? "."
				   : "",
			takes(f) ? takes(f) : words, canvas_glyph_text(c, GLYPH_DOT),
			keys_text(SCOPE_INPUT, ACT_ACCEPT),
			keys_text(SCOPE_INPUT, ACT_CANCEL));
	rows = p.c.rows;
	/* The lines around the one that is edited stay in sight. */
	row = body.row + body.rows - rows;
	if (line >= row)
		row = body.row;
	if (rows < body.rows)
		canvas_copy(c, (struct rect){ row, body.column, rows, body.columns },
			&p.c, 0);
	page_clear(&p);
}

void account_edit_paint(const struct account_edit *e, struct canvas *c, struct rect line,
	struct rect body)
{
	paint_help(e, c, line.row, body);
	canvas_blank(c, line, ROLE_INPUT);
	canvas_focus(c, line);
	input_paint(&e->input, c, line, ROLE_INPUT, true);
}

bool account_edit_work(struct app *a, const struct account_item *item, enum action action)
{
	const int64_t alert = item && item->kind == REC_ALERT ? item->row : 0;

	switch (action) {
	case ACT_SNOOZE:
		hand_snooze(a, alert);
		break;
	case ACT_DONE:
		hand_close(a, alert);
		break;
	case ACT_USEFUL:
	case ACT_USELESS:
		hand_vote(a, alert, action == ACT_USEFUL);
		break;
	case ACT_SCRIPT:
		hand_script(a, item && item->kind == REC_TASK ? item->row : 0);
		break;
	default:
		return false;
	}
	return true;
}
