/* Opening a file: its encoding, its delimiter, its headers, and what is no table. */
#include "core/intake_internal.h"

#include <stdio.h>
#include <string.h>

#define LIST_SHOWN 12 /* headers that a message lists */

static enum status read_mapping(
	struct intake *in, const struct import_request *q, struct err *e)
{
	const struct {
		const char *name, *value;
	} set[] = { { "encoding", q->encoding }, { "delimiter", q->delimiter },
		{ "dates", q->dates }, { "decimal", q->decimal }, { "signs", q->signs } };
	enum status st = ST_OK;
	if (q->mapping_text != NULL)
		st = mapping_parse(&in->map, q->mapping_text,
			q->mapping_name != NULL ? q->mapping_name : "mapping", e);
	for (size_t i = 0; st == ST_OK && i < sizeof(set) / sizeof(set[0]); i++) {
		if (set[i].value == NULL)
			continue;
		st = mapping_option(&in->map, set[i].name, set[i].value, e);
		if (st != ST_OK)
			st = err_set(e, ST_USAGE, "--%s", e != NULL ? e->text : "");
	}
	return st;
}

bool intake_is_blank(const struct csv_reader *r)
{
	for (uint32_t i = 0; i < r->columns; i++) {
		if (r->field[i].n > 0 && text_trim(r->field[i]).n > 0)
			return false;
	}
	return true;
}

const char *const intake_rejected_column[INTAKE_REJECTED_COLUMNS] = { "line", "column",
	"message", "row" };

/* Its header ends with those columns, spelled so, and is not these alone. */
static int message_column(const struct intake *in)
{
	const uint32_t n = INTAKE_REJECTED_COLUMNS, own = in->header_count - n;
	if (in->header_count <= n)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		if (!text_eq(in->headers[own + i].text,
			    text_of(intake_rejected_column[i])))
			return -1;
	}
	return (int)in->header_count - 2;
}

/* Only the last cell of the header stands in quotes: export.h. */
static bool has_marker(const struct csv_reader *r)
{
	for (uint32_t i = 0; i + 1 < r->columns; i++) {
		if (r->quoted[i])
			return false;
	}
	return r->quoted[r->columns - 1];
}

/* The header row, and whether it is the one of a guarded export. */
static enum status read_headers(struct intake *in, struct err *e)
{
	bool more = true;
	do {
		enum status st = csv_next(&in->csv, &more, e);
		if (st != ST_OK)
			return st;
		if (!more)
			return err_set(e, ST_INVALID,
				"the file is empty; it needs a header row");
	} while (intake_is_blank(&in->csv));
	in->header_count = in->csv.columns;
	in->headers = arena_alloc(&in->arena, in->header_count * sizeof(struct header));
	if (in->headers == NULL)
		return err_set(e, ST_NOMEM, "out of memory for the headers");
	for (uint32_t i = 0; i < in->header_count; i++) {
		struct text t = text_trim(in->csv.field[i]);
		in->headers[i].text.s = arena_copy(&in->arena, t.s, t.n);
		in->headers[i].text.n = t.n;
		if (in->headers[i].text.s == NULL)
			return err_set(e, ST_NOMEM, "out of memory for the headers");
	}
	in->message_column = message_column(in);
	in->marked = has_marker(&in->csv) &&
		     headers_canonical(in->map.kind, in->headers, in->header_count);
	return ST_OK;
}

static void prepare_field(struct intake *in, const struct import_words *words, int f)
{
	struct convert *c = &in->how[f];
	const struct field *field = &in->record->fields[f];
	static const enum day_order orders[] = { [DATES_AUTO] = DAY_ISO,
		[DATES_ISO] = DAY_ISO,
		[DATES_DMY] = DAY_DMY,
		[DATES_MDY] = DAY_MDY };
	*c = (struct convert){ .field = field,
		.words = words,
		.dates = orders[in->map.dates],
		.decimal = in->map.decimal != 0 ? in->map.decimal : '.',
		.guessed = in->map.decimal == 0 && !in->marked,
		.verbatim = in->marked,
		/* a name in a file of our own is one */
		.marks = field->type != FT_CSM ||
			 !headers_canonical(in->map.kind, in->headers, in->header_count),
		.drop_signs = in->map.drop_signs,
		.monthly = in->map.monthly && field->type == FT_MONEY };
	if (field->type == FT_DAY)
		c->open = in->map.dates == DATES_AUTO;
	else
		c->open = in->map.decimal == 0 &&
			  (field->type == FT_MONEY || field->type == FT_NUMBER);
}

/* Constants are written in the canonical way, whatever the file's is. */
enum status intake_constant(struct intake *in, int f, const char *constant, struct err *e)
{
	struct convert plain = { .field = &in->record->fields[f], .decimal = '.' };
	struct text t = text_of(constant);
	const char *why = NULL;
	enum converted got = convert_cell(&plain, t, false, &in->constant[f], &why);
	if (got != CONVERT_OK) {
		struct complaint bad;
		convert_complain(&plain, t, got, why, &bad);
		return err_set(
			e, ST_INVALID, "constant %s: %s", plain.field->name, bad.message);
	}
	if (plain.field->type == FT_CURRENCY) { /* its text lives in plain */
		char *code = arena_copy(&in->arena, plain.code, sizeof(plain.code));
		if (code == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
		in->constant[f].t.s = code;
	}
	in->cells[f] = in->constant[f];
	return ST_OK;
}

static enum status choose_columns(
	struct intake *in, const struct import_request *q, struct err *e)
{
	enum status st =
		in->map.has_columns
			? headers_map(&in->map, in->headers, in->header_count, e)
			: headers_guess(in->map.kind, in->headers, in->header_count, e);
	for (int f = 0; st == ST_OK && f < in->record->count; f++) {
		prepare_field(in, import_words_of(q), f);
		if (in->map.constant[f] == NULL)
			continue;
		st = intake_constant(in, f, in->map.constant[f], e);
		in->given |= 1u << f;
	}
	in->flag_column = -1;
	for (uint32_t i = 0; st == ST_OK && i < in->header_count; i++) {
		struct header *h = &in->headers[i];
		if (h->churn_flag && in->flag_column < 0)
			in->flag_column = (int)i;
		if (h->field < 0)
			continue;
		if (q->ignore_tiers &&
			(in->record->fields[h->field].flags & FIELD_APART)) {
			h->field = -1;
			h->why = "tiers are ignored";
			continue;
		}
		in->how[h->field].monthly |= h->monthly;
		in->given |= 1u << h->field;
		in->fed[in->fed_count] = (uint8_t)h->field;
		in->column[in->fed_count++] = (uint16_t)i;
	}
	return st == ST_OK ? intake_take_currency(in, e) : st;
}

/* What is no text says so in its first bytes. */
static enum status refuse_other_files(const struct import_request *q, struct err *e)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *what;
	} others[] = {
		{ "PK\3\4", 4,
			"this is an Excel workbook (.xlsx) or another archive: open it, "
			"save the sheet as CSV, and import that file" },
		{ "\xD0\xCF\x11\xE0", 4,
			"this is an old Excel workbook (.xls): open it, save the sheet "
			"as "
			"CSV, and import that file" },
		{ "SQLite format 3", 16,
			"this is a database, perhaps a book: a book is opened, not "
			"imported; of another one, export the table as CSV" },
		{ "%PDF-", 5,
			"this is a PDF: export the figures it was made from as CSV" },
		{ "\x7F"
		  "ELF",
			4, "this is a program, not a table" },
		{ "\x1F\x8B", 2,
			"this is a compressed file (.gz): unpack it and import what is "
			"in it" },
	};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (q->size >= others[i].n &&
			memcmp(q->bytes, others[i].bytes, others[i].n) == 0)
			return err_set(e, ST_INVALID, "%s", others[i].what);
	}
	return ST_OK;
}

enum status intake_open(struct intake *in, const struct import_request *q, struct err *e)
{
	memset(in, 0, sizeof(*in));
	in->record = record_of(q->kind);
	arena_init(&in->arena);
	mapping_init(&in->map, q->kind);
	enum status st = read_mapping(in, q, e);
	if (st == ST_OK)
		st = refuse_other_files(q, e);
	if (st == ST_OK)
		st = recode(q->bytes, q->size, in->map.encoding,
			import_words_of(q)->encoding, &in->text, e);
	if (st == ST_OK) {
		if (in->map.delimiter == 0)
			in->map.delimiter =
				csv_guess_delimiter(in->text.text, in->text.size);
		st = csv_init(
			&in->csv, in->text.text, in->text.size, in->map.delimiter, e);
	}
	if (st == ST_OK)
		st = read_headers(in, e);
	return st == ST_OK ? choose_columns(in, q, e) : st;
}

void intake_close(struct intake *in)
{
	csv_clear(&in->csv);
	recode_clear(&in->text);
	mapping_clear(&in->map);
	arena_clear(&in->arena);
}

bool intake_missing(const struct intake *in, char *out, size_t size)
{
	size_t n = 0;
	out[0] = '\0';
	for (int f = 0; f < in->record->count && n < size; f++) {
		const char *header = in->map.header[f];
		if (!(in->record->fields[f].flags & FIELD_REQUIRED) ||
			(in->given >> f & 1))
			continue;
		n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? ", " : "",
			in->record->fields[f].name);
		if (header != NULL && n < size)
			n += (size_t)snprintf(out + n, size - n, " (\"%.*s\")",
				convert_shown(text_of(header), 40), header);
	}
	return n > 0;
}

enum status intake_complete(
	const struct intake *in, const struct import_words *words, struct err *e)
{
	char missing[160], found[ERR_TEXT_MAX / 2] = "";
	size_t n = 0;
	uint32_t listed = 0, named = 0;
	char known[120] = "";
	if (!intake_missing(in, missing, sizeof(missing)))
		return ST_OK;
	for (int f = 0; f < in->record->count && known[0] == '\0'; f++) {
		if ((in->record->fields[f].flags & FIELD_REQUIRED) &&
			!(in->given >> f & 1))
			headers_known(in->map.kind, f, known, sizeof(known));
	}
	for (uint32_t i = 0; i < in->header_count; i++) {
		struct text t = in->headers[i].text;
		named += t.n > 0;
		if (t.n == 0 || listed == LIST_SHOWN || n + 50 > sizeof(found))
			continue;
		n += (size_t)snprintf(found + n, sizeof(found) - n, "%s%.*s",
			listed > 0 ? ", " : "", convert_shown(t, 40), t.s);
		listed++;
	}
	if (in->header_count == 1)
		return err_set(e, ST_INVALID,
			"no column for %s; the file does not look like a table: its "
			"first "
			"line, \"%s\", is one cell",
			missing, found);
	if (in->map.has_columns)
		return err_set(e, ST_INVALID,
			"no column for %s; the headers are: %s%s. Name them in the "
			"mapping",
			missing, found, listed < named ? ", ..." : "");
	return err_set(e, ST_INVALID,
		"no column for %s; the headers are: %s%s. Say which is which with "
		"%s%s%s",
		missing, found, listed < named ? ", ..." : "", words->map,
		known[0] != '\0' ? ", or head it with its name or one of: " : "", known);
}

uint32_t intake_column(const struct intake *in, int field)
{
	for (int i = 0; i < in->fed_count; i++) {
		if (in->fed[i] == field)
			return in->column[i] + 1u;
	}
	return 0;
}

void intake_blame(const struct intake *in, int field, struct intake_fault *fault)
{
	fault->column = intake_column(in, field);
	fault->field = in->record->fields[field].name;
}
