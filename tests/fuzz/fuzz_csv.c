/* CSV: any bytes are read to their end, and parse(write(rows)) is rows. */
#include "core/csv.h"

#include <string.h>

#include "tests/support/buffer.h"
#include "tests/support/fuzz.h"

/* Reads it all: every row advances, every byte belongs to one row. */
static void read_any(struct text in, char delimiter)
{
	struct csv_reader r;
	bool more = true;
	REQUIRE(csv_init(&r, in.s, in.n, delimiter, NULL) == ST_OK);
	while (more) {
		struct err e;
		size_t at = r.at;
		uint64_t line = r.next_line;
		enum status status = csv_next(&r, &more, &e);
		REQUIRE(status == ST_OK || (status == ST_INVALID && more));
		if (!more)
			break;
		REQUIRE(r.row_at == at && r.at > at && r.at <= in.n);
		REQUIRE(r.line == line && r.next_line >= line);
		REQUIRE((r.columns == 0) == (status == ST_INVALID));
		for (uint32_t i = 0; i < r.columns; i++)
			REQUIRE(memchr(r.field[i].s, 0, r.field[i].n) == NULL);
	}
	REQUIRE(r.at == in.n);
	csv_clear(&r);
}

/* The input taken as rows: 0xFF ends a row, 0xFE a field. The next field of it. */
static struct text take_field(struct text *in, bool *last)
{
	struct text field = { in->s, 0 };
	while (field.n < in->n && (unsigned char)in->s[field.n] < 0xFE)
		field.n++;
	size_t used = field.n + (field.n < in->n);
	*last = field.n == in->n || (unsigned char)in->s[field.n] == 0xFF;
	in->s += used;
	in->n -= used;
	return field;
}

static void round_trip(struct text in, bool raw)
{
	static struct csv_writer w;
	struct buffer b = { NULL, 0, 0 };
	struct csv_reader r;
	bool last, more;
	buffer_add(&b, "", 0);
	csv_writer_init(&w, buffer_sink, &b, raw);
	for (struct text rest = in; rest.n > 0;) {
		csv_text(&w, take_field(&rest, &last));
		if (last || rest.n == 0)
			csv_end_row(&w);
	}
	REQUIRE(csv_finish(&w, NULL) == ST_OK);
	REQUIRE(csv_init(&r, b.s, b.n, ',', NULL) == ST_OK);
	for (struct text rest = in; rest.n > 0;) {
		uint32_t i = 0;
		REQUIRE(csv_next(&r, &more, NULL) == ST_OK && more);
		do {
			struct text field = take_field(&rest, &last);
			REQUIRE(i < r.columns);
			struct text got = raw ? r.field[i] : csv_unguard(r.field[i]);
			REQUIRE(text_eq(got, field));
			i++;
		} while (!last && rest.n > 0);
		REQUIRE(i == r.columns);
	}
	REQUIRE(csv_next(&r, &more, NULL) == ST_OK && !more);
	csv_clear(&r);
	buffer_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text in = { (const char *)data, size };
	read_any(in, ',');
	read_any(in, csv_guess_delimiter(in.s, in.n));
	/* Limits have their own tests: NUL, 1000 columns and 1 MB can't make the trip. */
	if (size > 900 || memchr(data, 0, size) != NULL)
		return 0;
	round_trip(in, false);
	round_trip(in, true);
	return 0;
}
