/* The other row is looked for in the file: the store keeps no lines. */
#include "core/import_repeat.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/convert.h"

enum { VALUE_SHOWN = 40, KEYS_MAX = 8 };
static const size_t LOOKED_MOST = (size_t)1 << 26; /* bytes, some tenths of a second */

/* The columns that make the key. */
struct key {
	uint16_t column[KEYS_MAX];
	int n;
};

static struct key key_of(const struct intake *in)
{
	struct key k = { .n = 0 };

	for (int i = 0; i < in->fed_count && k.n < KEYS_MAX; i++)
		if (in->record->fields[in->fed[i]].flags & FIELD_KEY)
			k.column[k.n++] = in->column[i];
	return k;
}

static struct text cell_of(const struct csv_reader *r, const struct key *k, int i)
{
	return text_trim(r->field[k->column[i]]);
}

static bool is_same(
	const struct key *k, const struct csv_reader *a, const struct csv_reader *b)
{
	for (int i = 0; i < k->n; i++)
		if (!text_eq(cell_of(a, k, i), cell_of(b, k, i)))
			return false;
	return true;
}

/* The next row before the line that has all of its cells. */
static bool next_whole(struct csv_reader *r, const struct intake *in, uint64_t before)
{
	bool more = true;

	while (more) {
		const enum status st = csv_next(r, &more, NULL);

		if ((st != ST_OK && st != ST_INVALID) || !more || r->line >= before)
			return false;
		if (st == ST_OK && r->columns == in->header_count)
			return true;
	}
	return false;
}

static enum status begin(struct csv_reader *r, const struct intake *in)
{
	return csv_init(r, in->text.text, in->text.size, in->csv.delimiter, NULL);
}

static void add(struct intake_fault *f, const char *between, struct text t)
{
	text_add(f->what.message, ERR_TEXT_MAX, "%s%.*s", between,
		convert_shown(t, VALUE_SHOWN), t.s);
}

/* The reader stands on the row. */
static void name_first(const struct intake *in, const struct key *k,
	const struct csv_reader *row, size_t *looked, struct intake_fault *fault)
{
	struct csv_reader scan;
	char line[32];
	bool found = false;

	if (begin(&scan, in) == ST_OK)
		while (!found && next_whole(&scan, in, row->line))
			found = is_same(k, &scan, row);
	if (found) {
		for (int i = 0; i < k->n; i++)
			add(fault, i ? " " : ": ", cell_of(row, k, i));
		snprintf(line, sizeof(line), "%" PRIu64 ")", scan.line);
		add(fault, " (line ", text_of(line));
	}
	*looked += scan.at;
	csv_clear(&scan);
}

/* Looks for the row on the line, and for the one that it repeats. */
static void name_other(const struct intake *in, uint64_t line, size_t *looked,
	struct intake_fault *fault)
{
	const struct key k = key_of(in);
	struct csv_reader row;

	if (begin(&row, in) == ST_OK)
		while (next_whole(&row, in, line + 1))
			if (row.line == line) {
				name_first(in, &k, &row, looked, fault);
				break;
			}
	*looked += row.at;
	csv_clear(&row);
}

void import_repeat_tell(const struct intake *in, uint64_t line, size_t *looked,
	struct intake_fault *fault)
{
	char key[ERR_TEXT_MAX / 2] = "";

	for (int f = 0; f < in->record->count; f++)
		if (in->record->fields[f].flags & FIELD_KEY)
			text_add(key, sizeof(key), " %s", in->record->fields[f].name);
	complaint_say(&fault->what, NULL, NULL,
		"an earlier row of the file has the same%s; the first good row counts",
		key);
	if (*looked < LOOKED_MOST)
		name_other(in, line, looked, fault);
}
