/* Export: the cells of the store, each written by its field's type. */
#include "core/export.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/day.h"
#include "core/money.h"
#include "core/tiers.h"

struct exporting {
	struct store *s;
	const struct record *record;
	struct csv_writer w;
	struct tiers tiers;
	bool with_tiers; /* some account has one */
};

static void write_number(struct csv_writer *w, const struct cell *c)
{
	char text[NUMBER_TEXT_MAX];
	csv_plain(w, number_exact(c->n, text));
}

static void write_int(struct csv_writer *w, enum field_type type, int64_t value)
{
	char text[MONEY_TEXT_MAX];
	if (type == FT_MONEY)
		csv_plain(w, money_format(value, text));
	else if (type == FT_DAY)
		csv_plain(w, day_format((int32_t)value, text));
	else if (type == FT_BOOL)
		csv_plain(w, value != 0 ? "true" : "false");
	else {
		snprintf(text, sizeof(text), "%" PRId64, value);
		csv_plain(w, text);
	}
}

static void write_cell(struct csv_writer *w, const struct field *f, const struct cell *c)
{
	switch (c->type) {
	case CELL_MISSING:
		csv_plain(w, "");
		break;
	case CELL_INT:
		write_int(w, f->type, c->i);
		break;
	case CELL_NUMBER:
		write_number(w, c);
		break;
	case CELL_TEXT:
		csv_text(w, c->t);
		break;
	}
}

static enum status write_row(struct exporting *x, const struct cell *cells, uint8_t tier)
{
	for (int f = 0; f < x->record->count; f++) {
		const struct field *field = &x->record->fields[f];
		struct cell apart = { .type = CELL_MISSING };
		if (tier != TIER_NONE)
			apart = CELL_OF_INT(tier);
		bool is_apart = (field->flags & FIELD_APART) != 0;
		write_cell(&x->w, field, is_apart ? &apart : &cells[f]);
	}
	csv_end_row(&x->w);
	return x->w.out.failure.status; /* told by csv_finish */
}

static enum status on_row(void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	(void)id;
	(void)e;
	return write_row(arg, cells, TIER_NONE);
}

static enum status on_account(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct exporting *x = arg;
	bool has = x->with_tiers && id - 1 < x->tiers.n;
	(void)e;
	return write_row(x, cells, has ? x->tiers.tier[id - 1] : TIER_NONE);
}

static enum status export_accounts(
	struct exporting *x, const struct export_options *o, struct err *e)
{
	enum status st = x->s->ops->tiers_load(x->s, &x->tiers, e);
	for (uint32_t i = 0; st == ST_OK && i < x->tiers.n; i++)
		x->with_tiers |= x->tiers.tier[i] != TIER_NONE;
	if (st == ST_OK && o->ids != NULL)
		st = x->s->ops->rows_of(
			x->s, REC_ACCOUNT, o->ids, o->count, on_account, x, e);
	else if (st == ST_OK)
		st = x->s->ops->rows(x->s, REC_ACCOUNT, 0, on_account, x, e);
	tiers_clear(&x->tiers);
	return st;
}

static enum status export_rows(struct exporting *x, enum record_kind kind,
	const struct export_options *o, struct err *e)
{
	if (kind == REC_ACCOUNT)
		return export_accounts(x, o, e);
	if (o->ids == NULL || kind == REC_CSM)
		return x->s->ops->rows(x->s, kind, 0, on_row, x, e);
	enum status st = ST_OK;
	for (uint32_t i = 0; st == ST_OK && i < o->count; i++)
		st = x->s->ops->rows(x->s, kind, o->ids[i], on_row, x, e);
	return st;
}

/* The quotes around the last name are the marker of export.h. */
static void write_header(struct exporting *x, bool raw)
{
	char marked[64];
	for (int f = 0; f < x->record->count; f++) {
		const char *name = x->record->fields[f].name;
		bool mark = !raw && f + 1 == x->record->count;
		snprintf(marked, sizeof(marked), mark ? "\"%s\"" : "%s", name);
		csv_plain(&x->w, marked);
	}
	csv_end_row(&x->w);
}

enum status export_kind(struct store *s, enum record_kind kind,
	const struct export_options *options, out_sink sink, void *arg, struct err *e)
{
	struct exporting x = { .s = s, .record = record_of(kind) };
	csv_writer_init(&x.w, sink, arg, options->raw);
	write_header(&x, options->raw);
	enum status st = export_rows(&x, kind, options, e);
	enum status written = csv_finish(
		&x.w, st == ST_OK || x.w.out.failure.status != ST_OK ? e : NULL);
	return written != ST_OK ? written : st;
}
