/* Which currency a file says its amounts are in. */
#include "core/intake_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"

enum { LOOKED_AT = 200, HEADER_SHOWN = 40 };

/* The currency field of the record, -1: it has none. */
static int currency_field(const struct intake *in)
{
	for (int f = 0; f < in->record->count; f++)
		if (in->record->fields[f].type == FT_CURRENCY)
			return f;
	return -1;
}

/* Keeps the one that all say; false: here is another one. */
static bool agrees(char code[4], const char *with)
{
	if (code[0] == '\0')
		memcpy(code, with, 4);
	return memcmp(code, with, 3) == 0;
}

/* What the cell of an amount says by its sign, or of a currency column by its letters: ""
 * when it says none. */
static void said_by_cell(struct convert *c, struct text t, char code[4])
{
	struct cell cell;
	const char *why;
	code[0] = '\0';
	if (c->field->type == FT_MONEY) {
		const int sign = convert_sign(t);
		if (sign >= 0)
			(void)money_currency(text_of(money_sign((size_t)sign)), code);
	} else if (convert_cell(c, t, false, &cell, &why) == CONVERT_OK &&
		   cell.type == CELL_TEXT) {
		memcpy(code, c->code, sizeof(c->code));
		code[3] = '\0';
	}
}

/* The currency that all cells of a column say that say one, among the first rows. */
static bool said_by_cells(
	const struct intake *in, uint32_t column, const struct field *f, char code[4])
{
	struct convert c = { .field = f };
	struct csv_reader scan;
	bool more = true, one = true;
	char here[4];
	enum status st = csv_init(&scan, in->text.text + in->csv.at,
		in->text.size - in->csv.at, in->csv.delimiter, NULL);
	code[0] = '\0';
	for (int row = 0; one && more && row < LOOKED_AT; row++) {
		if (st == ST_OK || st == ST_INVALID)
			st = csv_next(&scan, &more, NULL);
		if (st != ST_OK || !more || column >= scan.columns)
			continue;
		said_by_cell(&c, text_trim(scan.field[column]), here);
		one = here[0] == '\0' || agrees(code, here);
	}
	csv_clear(&scan);
	return one && code[0] != '\0';
}

/* What the signs in the cells say is said as if the header did. */
static void look_for_signs(struct intake *in)
{
	for (int i = 0; i < in->fed_count; i++) {
		struct header *h = &in->headers[in->column[i]];
		const struct field *f = &in->record->fields[in->fed[i]];
		char code[4];
		if (f->type != FT_MONEY || h->currency[0] != '\0' ||
			!said_by_cells(in, in->column[i], f, code))
			continue;
		memcpy(h->currency, code, sizeof(code));
		h->by_sign = true;
	}
}

enum status intake_take_currency(struct intake *in, struct err *e)
{
	const int f = currency_field(in);
	enum status st = ST_OK;
	if (f < 0)
		return ST_OK;
	if (!(in->given >> f & 1))
		look_for_signs(in);
	for (uint32_t i = 0; st == ST_OK && i < in->header_count; i++) {
		const struct header *h = &in->headers[i];
		if (h->field < 0 || h->currency[0] == '\0')
			continue;
		in->how[h->field].sign = money_symbol(h->currency);
		if (in->map.constant[f] != NULL)
			continue;
		if (!(in->given >> f & 1))
			in->map.constant[f] = h->currency;
		in->given |= 1u << f;
		st = intake_constant(in, f, h->currency, e);
	}
	return st;
}

/* The one currency of the file; said: a clause that tells what says it. False: none or
 * several. */
static bool one_currency(
	const struct intake *in, char code[4], char said[IMPORT_SAID_MAX])
{
	const int f = currency_field(in);
	const uint32_t column = f < 0 ? 0 : intake_column(in, f);
	code[0] = '\0';
	if (f < 0)
		return false;
	if (column > 0) {
		const struct text t = in->headers[column - 1].text;
		if (!said_by_cells(in, column - 1, &in->record->fields[f], code))
			return false;
		snprintf(said, IMPORT_SAID_MAX, "as the column \"%.*s\" says",
			convert_shown(t, HEADER_SHOWN), t.s);
	}
	for (uint32_t i = 0; i < in->header_count; i++) {
		const struct header *h = &in->headers[i];
		if (h->field < 0 || h->currency[0] == '\0')
			continue;
		if (code[0] == '\0')
			snprintf(said, IMPORT_SAID_MAX,
				h->by_sign ? "as the signs in column \"%.*s\" say"
					   : "as the header \"%.*s\" says",
				convert_shown(h->text, HEADER_SHOWN), h->text.s);
		if (!agrees(code, h->currency))
			return false;
	}
	if (code[0] == '\0' && in->constant[f].type == CELL_TEXT) {
		memcpy(code, in->constant[f].t.s, 3);
		code[3] = '\0';
		snprintf(said, IMPORT_SAID_MAX, "as the mapping says");
	}
	return code[0] != '\0';
}

bool import_currency(const struct import_request *q, char code[4],
	char said[IMPORT_SAID_MAX], bool *amounts)
{
	struct intake in;
	const bool good = intake_open(&in, q, NULL) == ST_OK;
	bool found;
	*amounts = false;
	code[0] = '\0';
	for (int i = 0; good && i < in.fed_count; i++)
		*amounts |= in.record->fields[in.fed[i]].type == FT_MONEY;
	found = good && one_currency(&in, code, said);
	intake_close(&in);
	return found;
}
