/* Intake: recode, split, convert; and the decisions that need more than one cell. */
#include "core/intake_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The cell of field number i as it is to be read: after [values]. */
static struct text cell_text(
	const struct intake *in, const struct csv_reader *r, int i, bool *quoted)
{
	struct text t = r->field[in->column[i]];
	*quoted = r->quoted[in->column[i]];
	if (in->map.values != NULL)
		(void)mapping_replace(&in->map, in->fed[i], text_trim(t), &t);
	return t;
}

/* Looks through the open columns from this row on: what each says about itself. */
static enum status weigh_columns(
	struct intake *in, struct convert_evidence *found, struct err *e)
{
	struct csv_reader scan;
	bool more = true, quoted;
	enum status st = csv_init(&scan, in->text.text + in->csv.row_at,
		in->text.size - in->csv.row_at, in->csv.delimiter, e);
	while (st == ST_OK && more) {
		st = csv_next(&scan, &more, NULL);
		if (st == ST_INVALID) /* a bad row is told when it is its turn */
			st = ST_OK;
		if (st != ST_OK || !more || scan.columns != in->header_count)
			continue;
		for (int i = 0; i < in->fed_count; i++) {
			const struct convert *c = &in->how[in->fed[i]];
			if (c->open)
				convert_weigh(
					c, cell_text(in, &scan, i, &quoted), &found[i]);
		}
	}
	csv_clear(&scan);
	return st;
}

/* "column 4 (\"ARR\", arr): why" behind what is there. */
static void add_open(
	const struct intake *in, int i, const char *why, char out[ERR_TEXT_MAX])
{
	const struct text header = in->headers[in->column[i]].text;
	const size_t n = strlen(out);

	snprintf(out + n, ERR_TEXT_MAX - n, "%scolumn %u (\"%.*s\", %s): %s",
		n ? "; " : "", in->column[i] + 1u, convert_shown(header, 60), header.s,
		in->how[in->fed[i]].field->name, why);
}

/* Closes column i, and on the way those others that can be closed; when it can't be, all
 * that can't are told, so that one look settles them. */
static enum status settle(struct intake *in, int i, struct err *e)
{
	struct convert_evidence found[RECORD_FIELDS_MAX] = { 0 };
	char why[ERR_TEXT_MAX / 2], open[ERR_TEXT_MAX] = "";
	enum status st = weigh_columns(in, found, e);

	for (int k = 0; st == ST_OK && k < in->fed_count; k++) {
		struct convert *c = &in->how[in->fed[k]];

		if (c->open && !convert_settle(c, &found[k], why, sizeof(why)))
			add_open(in, k, why, open);
	}
	return st == ST_OK && in->how[in->fed[i]].open
		       ? err_set(e, ST_INVALID, "%s", open)
		       : st;
}

/* True when some row from here on has a tier in the tier column. */
static bool column_has_tiers(struct intake *in, int i)
{
	struct csv_reader scan;
	struct cell cell;
	const char *why;
	bool more = true, quoted, found = false;
	enum status st = csv_init(&scan, in->text.text + in->csv.row_at,
		in->text.size - in->csv.row_at, in->csv.delimiter, NULL);
	while ((st == ST_OK || st == ST_INVALID) && more && !found) {
		st = csv_next(&scan, &more, NULL);
		if (st != ST_OK || !more || scan.columns != in->header_count)
			continue;
		struct text t = cell_text(in, &scan, i, &quoted);
		found = convert_cell(&in->how[in->fed[i]], t, quoted, &cell, &why) ==
				CONVERT_OK &&
			cell.type != CELL_MISSING;
	}
	csv_clear(&scan);
	return found;
}

/* A guessed column headed "tier" without a single 1, 2 or 3 is about something else. */
static bool drop_tiers(struct intake *in, int i)
{
	int f = in->fed[i];
	if (in->map.has_columns || in->tier_seen || column_has_tiers(in, i)) {
		in->tier_seen = true;
		return false;
	}
	in->tier_dropped = true;
	in->headers[in->column[i]].field = -1;
	in->given &= ~(1u << f);
	in->cells[f].type = CELL_MISSING;
	in->fed_count--;
	memmove(in->fed + i, in->fed + i + 1, (size_t)(in->fed_count - i));
	memmove(in->column + i, in->column + i + 1,
		(size_t)(in->fed_count - i) * sizeof(in->column[0]));
	return true;
}

static void blame(struct intake_fault *fault, uint32_t column, const char *field)
{
	fault->column = column;
	fault->field = field;
}

/* One cell. *row becomes INTAKE_BAD when it can't be read; *again when the list of
 * columns changed under our feet. */
static enum status convert_one(struct intake *in, int i, enum intake_row *row,
	struct intake_fault *fault, struct err *e)
{
	int f = in->fed[i];
	struct convert *c = &in->how[f];
	const char *why = NULL;
	bool quoted;
	struct text t = cell_text(in, &in->csv, i, &quoted);
	enum converted got = convert_cell(c, t, quoted, &in->cells[f], &why);
	if (got == CONVERT_OPEN) {
		enum status st = settle(in, i, e);
		if (st != ST_OK)
			return st;
		got = convert_cell(c, t, quoted, &in->cells[f], &why);
	}
	if (got != CONVERT_OK) {
		blame(fault, in->column[i] + 1u, c->field->name);
		convert_complain(c, text_trim(t), got, why, &fault->what);
		*row = INTAKE_BAD;
		return ST_OK;
	}
	if (in->cells[f].type != CELL_MISSING)
		return ST_OK;
	in->cells[f] = in->constant[f];
	if (in->cells[f].type == CELL_MISSING && (c->field->flags & FIELD_REQUIRED)) {
		blame(fault, in->column[i] + 1u, c->field->name);
		complaint_say(&fault->what, NULL, NULL, "the value is missing");
		*row = INTAKE_BAD;
	}
	return ST_OK;
}

enum { FIELD_SHOWN = 40 };

/* A row is blamed for its first bad cell; the others are named behind it, so that one
 * look mends them all. */
static void add_fault(struct intake_fault *fault, const struct intake_fault *here)
{
	char *const message = fault->what.message;
	const size_t room = ERR_TEXT_MAX - strlen(message);

	if (room > 2 * FIELD_SHOWN)
		text_add(message, ERR_TEXT_MAX, "; %s: %.*s", here->field,
			(int)(room - FIELD_SHOWN), here->what.message);
}

/* The currency of the row; NULL: it has none. */
static const struct cell *row_currency(const struct intake *in)
{
	for (int f = 0; f < in->record->count; f++) {
		if (in->record->fields[f].type == FT_CURRENCY &&
			in->cells[f].type == CELL_TEXT)
			return &in->cells[f];
	}
	return NULL;
}

/* An amount with the sign of its header's currency is not in the other one that the row
 * names. */
static bool signs_agree(const struct intake *in, struct intake_fault *fault)
{
	const struct cell *of_row = row_currency(in);
	for (int i = 0; of_row != NULL && i < in->fed_count; i++) {
		const struct convert *c = &in->how[in->fed[i]];
		const char *said = in->headers[in->column[i]].currency;
		if (c->sign == NULL || c->drop_signs || !c->signed_cell ||
			in->cells[in->fed[i]].type == CELL_MISSING ||
			text_eq(of_row->t, text_of(said)))
			continue;
		blame(fault, in->column[i] + 1u, c->field->name);
		complaint_say(&fault->what, NULL, NULL,
			"the amount has the sign %s and the row the currency %.3s",
			c->sign, of_row->t.s);
		return false;
	}
	return true;
}

static const struct field flag_field = { .name = "churn_flag", .type = FT_BOOL };

static enum status convert_row(struct intake *in, enum intake_row *row,
	struct intake_fault *fault, struct err *e)
{
	struct intake_fault here;
	*row = INTAKE_GOOD;
	for (int i = 0; i < in->fed_count; i++) {
		const bool apart = in->record->fields[in->fed[i]].flags & FIELD_APART;
		enum intake_row cell = INTAKE_GOOD;
		enum status st = convert_one(in, i, &cell, &here, e);
		if (st != ST_OK)
			return st;
		if (cell == INTAKE_GOOD) {
			in->tier_seen |=
				apart && in->cells[in->fed[i]].type != CELL_MISSING;
		} else if (apart && drop_tiers(in, i)) {
			i--;
		} else {
			if (*row == INTAKE_GOOD)
				*fault = here;
			else
				add_fault(fault, &here);
			*row = INTAKE_BAD;
		}
	}
	if (*row == INTAKE_GOOD && !signs_agree(in, fault))
		*row = INTAKE_BAD;
	if (in->flag_column >= 0 && *row == INTAKE_GOOD) {
		struct convert flag = { .field = &flag_field };
		struct cell cell;
		const char *why;
		in->flagged += convert_cell(&flag, in->csv.field[in->flag_column], false,
				       &cell, &why) == CONVERT_OK &&
			       cell.type == CELL_INT && cell.i == 1;
	}
	return ST_OK;
}

static uint32_t filled(const struct csv_reader *r)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < r->columns; i++)
		n += text_trim(r->field[i]).n > 0;
	return n;
}

/* Reports end in a blank line and lines of one cell (name, copyright, date). For a row
 * after a blank one: true when that is all that follows from it on. */
static bool is_footer(struct intake *in)
{
	struct csv_reader scan;
	bool more = true;
	if (in->header_count < 2 || in->csv.row_at < in->no_footer_before ||
		filled(&in->csv) > 1)
		return false;
	enum status st = csv_init(&scan, in->text.text + in->csv.row_at,
		in->text.size - in->csv.row_at, in->csv.delimiter, NULL);
	uint64_t rows = 0;
	while (st == ST_OK && more) {
		st = csv_next(&scan, &more, NULL);
		if (st == ST_OK && more && filled(&scan) > 1)
			st = ST_INVALID;
		rows += st == ST_OK && more && !intake_is_blank(&scan);
	}
	in->no_footer_before = in->csv.row_at + scan.row_at;
	csv_clear(&scan);
	in->footer = st == ST_OK ? rows : 0;
	return st == ST_OK;
}

static bool has_currency_column(const struct intake *in)
{
	for (int i = 0; i < in->fed_count; i++)
		if (in->record->fields[in->fed[i]].type == FT_CURRENCY)
			return true;
	return false;
}

enum status intake_one_currency(const struct intake *in, struct err *e)
{
	for (int i = 0; i < in->fed_count && !has_currency_column(in); i++) {
		const struct convert *c = &in->how[in->fed[i]];
		char list[MONEY_SIGNS * 32] = "";
		size_t n = 0;
		int kinds = 0;
		for (int k = 0; k < MONEY_SIGNS; k++) {
			if (c->with_sign[k] == 0)
				continue;
			n += (size_t)snprintf(list + n, sizeof(list) - n,
				"%s%" PRIu64 " with %s", kinds++ > 0 ? ", " : "",
				c->with_sign[k], money_sign((size_t)k));
		}
		if (kinds > 1)
			return err_set(e, ST_INVALID,
				"column %u (\"%.*s\", %s) has amounts in different "
				"currencies (%s), which would count as one: add a column "
				"currency (USD, EUR), or import each in a file of its "
				"own; "
				"nothing was changed",
				in->column[i] + 1u,
				convert_shown(in->headers[in->column[i]].text, 60),
				in->headers[in->column[i]].text.s, c->field->name, list);
	}
	return ST_OK;
}

bool intake_was_rejected(const struct intake *in)
{
	return in->message_column >= 0 && in->csv.columns == in->header_count &&
	       text_trim(in->csv.field[in->message_column]).n > 0;
}

static void tell_rejected(const struct intake *in, struct intake_fault *fault)
{
	const struct text why = text_trim(in->csv.field[in->message_column]);
	blame(fault, (uint32_t)in->message_column + 1u, NULL);
	complaint_say(&fault->what, NULL, NULL,
		"was rejected before; mend it and empty its message cell");
	text_add(fault->what.message, ERR_TEXT_MAX, ": %.*s", convert_shown(why, 200),
		why.s);
}

enum status intake_next(struct intake *in, enum intake_row *row,
	struct intake_fault *fault, struct err *e)
{
	bool more = true;
	for (in->after_blank = false;; in->after_blank = true) {
		enum status st = csv_next(&in->csv, &more, &in->bad);
		if (st == ST_INVALID) {
			blame(fault, in->csv.fault.column, NULL);
			complaint_say(&fault->what, NULL, NULL, "%s", in->csv.fault.what);
			*row = INTAKE_BAD;
			return ST_OK;
		}
		if (st != ST_OK)
			return err_set(e, st, "%s", in->bad.text);
		if (!more || (in->after_blank && is_footer(in))) {
			*row = INTAKE_END;
			return ST_OK;
		}
		if (in->marked || in->map.keep_blank_lines || in->csv.field[0].n > 0 ||
			!intake_is_blank(&in->csv))
			break;
	}
	if (intake_was_rejected(in)) {
		tell_rejected(in, fault);
		*row = INTAKE_BAD;
		return ST_OK;
	}
	if (in->csv.columns == in->header_count)
		return convert_row(in, row, fault, e);
	uint32_t n = in->csv.columns, want = in->header_count;
	blame(fault, (n < want ? n : want) + 1, NULL);
	complaint_say(&fault->what, NULL, NULL, "the row has %u cell%s and the header %u",
		n, TEXT_S(n), want);
	*row = INTAKE_BAD;
	return ST_OK;
}
