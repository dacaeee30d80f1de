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
