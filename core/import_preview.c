/* Preview: an intake opened, looked at and closed again. */
#include "core/import.h"

#include <string.h>

#include "core/intake.h"

static const char *keep(struct arena *a, struct text t)
{
	const char *copy = arena_copy(a, t.s, t.n);
	return copy != NULL ? copy : "";
}

static enum status show_columns(
	struct import_preview *p, const struct intake *in, struct err *e)
{
	p->columns = arena_alloc(&p->arena, in->header_count * sizeof(*p->columns));
	if (p->columns == NULL)
		return err_set(e, ST_NOMEM, "out of memory for the preview");
	p->column_count = in->header_count;
	for (uint32_t i = 0; i < in->header_count; i++) {
		const struct header *h = &in->headers[i];
		p->columns[i].header = keep(&p->arena, h->text);
		p->columns[i].field = h->field;
		p->columns[i].why = h->why;
		p->columns[i].monthly = h->field >= 0 && in->how[h->field].monthly;
	}
	return ST_OK;
}

/* The cells as they stand; bad rows are shown too, as far as they go. */
static enum status show_rows(struct import_preview *p, struct intake *in, struct err *e)
{
	bool more = true;
	size_t cells = (size_t)IMPORT_PREVIEW_ROWS * p->column_count;
	p->cells = arena_alloc(&p->arena, cells * sizeof(*p->cells));
	if (p->cells == NULL)
		return err_set(e, ST_NOMEM, "out of memory for the preview");
	while (p->row_count < IMPORT_PREVIEW_ROWS) {
		enum status st = csv_next(&in->csv, &more, e);
		if (st != ST_OK && st != ST_INVALID)
			return st;
		if (!more)
			break;
		const char **row = p->cells + (size_t)p->row_count * p->column_count;
		for (uint32_t i = 0; i < p->column_count; i++)
			row[i] = i < in->csv.columns ? keep(&p->arena, in->csv.field[i])
						     : "";
		p->row_count++;
	}
	return ST_OK;
}

enum status import_preview(
	const struct import_request *request, struct import_preview *out, struct err *e)
{
	struct intake in;
	char missing[160];
	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	enum status st = intake_open(&in, request, e);
	if (st == ST_OK) {
		out->encoding = in.text.from;
		out->delimiter = in.csv.delimiter;
		if (intake_missing(&in, missing, sizeof(missing)))
			out->missing = keep(&out->arena, text_of(missing));
		st = show_columns(out, &in, e);
	} else {
		err_prefix(e, "%s", request->name);
	}
	if (st == ST_OK)
		st = show_rows(out, &in, e);
	intake_close(&in);
	return st;
}

void import_preview_clear(struct import_preview *p)
{
	arena_clear(&p->arena);
	memset(p, 0, sizeof(*p));
}

/* A header names its column when no other has the same and it is not blank; '|' stands
 * between names. */
static enum status check_header(const struct import_preview *p, uint32_t i, struct err *e)
{
	struct text header = text_of(p->columns[i].header);
	if (header.n == 0)
		return err_set(e, ST_INVALID,
			"column %u has no header: give it one in the file to take it",
			i + 1);
	if (strchr(header.s, '|') != NULL)
		return err_set(e, ST_INVALID,
			"the header \"%.*s\" holds a |, which a mapping can't name: "
			"rename it in the file",
			convert_shown(header, 60), header.s);
	for (uint32_t k = 0; k < p->column_count; k++) {
		if (k != i && text_ieq(text_of(p->columns[k].header), header))
			return err_set(e, ST_INVALID,
				"the header \"%.*s\" stands twice, in columns %u and %u: "
				"rename one of them in the file",
				convert_shown(header, 60), header.s, (i < k ? i : k) + 1,
				(i < k ? k : i) + 1);
	}
	return ST_OK;
}

bool import_monthly(const struct import_preview *p, const struct mapping *base)
{
	const struct record *record = record_of(base->kind);
	bool monthly = base->monthly;
	for (uint32_t i = 0; i < p->column_count; i++) {
		const struct import_column *c = &p->columns[i];
		monthly |= c->monthly && c->field >= 0 &&
			   record->fields[c->field].type == FT_MONEY;
	}
	return monthly;
}

enum status import_mapping(const struct import_preview *p, const struct mapping *base,
	struct arena *a, const char **text, struct err *e)
{
	struct mapping m = *base;
	enum status st = ST_OK;
	m.monthly = import_monthly(p, base);
	m.has_columns = false;
	memset(m.header, 0, sizeof(m.header));
	for (uint32_t i = 0; st == ST_OK && i < p->column_count; i++) {
		const struct import_column *c = &p->columns[i];
		if (c->field < 0)
			continue;
		st = check_header(p, i, e);
		m.header[c->field] = c->header;
		m.has_columns = true;
	}
	if (st == ST_OK && !m.has_columns)
		st = err_set(e, ST_INVALID, "no column of the file is taken");
	return st == ST_OK ? mapping_write(&m, a, text, e) : st;
}

void import_under(
	struct import_request *r, const struct policy *p, char codes[FX_MAX + 1][4])
{
	memcpy(r->cap_bp, p->cap_bp, sizeof(r->cap_bp));
	memcpy(codes[0], p->currency, 4);
	for (int k = 0; k < p->fx_count; k++)
		memcpy(codes[k + 1], p->fx_code[k], 4);
	r->policy = p;
	r->currencies = (const char(*)[4])codes;
	r->currency_count = (uint32_t)p->fx_count + 1;
}
