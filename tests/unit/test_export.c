/* Exports: what they look like, and that an import of them is the identity. */
#include "core/export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/import.h"
#include "tests/support/buffer.h"
#include "tests/support/fake_store.h"
#include "tests/support/hostile.h"
#include "tests/support/rows_text.h"
#include "tests/support/store_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct buffer export(
	struct store *s, enum record_kind kind, const struct export_options *o)
{
	struct buffer b = { 0 };
	struct err failure = { 0 };
	if (export_kind(s, kind, o, buffer_sink, &b, &failure) != ST_OK)
		fail_msg("%s", failure.text);
	return b;
}

static void import(struct store *s, enum record_kind kind, const struct buffer *b,
	struct import_result *r)
{
	struct err failure = { 0 };
	struct import_request q = { .kind = kind,
		.bytes = b->s,
		.size = b->n,
		.name = "export",
		.as_of = 20000,
		.cap_bp = { 1000, 3000, 10000 } };
	if (import_run(s, &q, r, &failure) != ST_OK)
		fail_msg("%s: %s", record_of(kind)->name, failure.text);
}

static void exports(struct store *s, enum record_kind kind,
	const struct export_options *o, const char *wanted)
{
	struct buffer b = export(s, kind, o);
	assert_string_equal(b.s, wanted);
	buffer_clear(&b);
}

static void looks_canonical(void **state)
{
	struct store *s = fake_store_new();
	(void)state;
	(void)rows_put(s, REC_ACCOUNT,
		"account_id=B\naccount_id=A|name==1+1, \"x\"|arr=120050|growth=0.1|"
		"contract_start=2024-01-31|reference=1|marquee=0|csm=Ann\n");
	(void)rows_put(s, REC_SIGNAL,
		"account_id=B|date=2024-01-01|signal=nps|value=7.25\n"
		"account_id=A|date=2024-01-01|signal=logins|value=3\n");
	struct export_options all = { 0 }, raw = { .raw = true };
	uint32_t ids[] = { account_of(s, "B") };
	struct export_options some = { .ids = ids, .count = 1 };
	exports(s, REC_SIGNAL, &all,
		"account_id,date,signal,\"value\"\nB,2024-01-01,nps,7.25\n"
		"A,2024-01-01,logins,3\n");
	exports(s, REC_SIGNAL, &some,
		"account_id,date,signal,\"value\"\nB,2024-01-01,nps,7.25\n");
	struct buffer guarded = export(s, REC_ACCOUNT, &all);
	assert_non_null(strstr(guarded.s, ",tier,tags,\"language\"\n"));
	assert_non_null(strstr(guarded.s,
		"\nA,\"'=1+1, "
		"\"\"x\"\"\",,,,,Ann,1200.50,,2024-01-31,,,,,,0.1,true,false,"));
	struct buffer plain = export(s, REC_ACCOUNT, &raw);
	assert_non_null(strstr(plain.s, ",tier,tags,language\n"));
	assert_non_null(strstr(plain.s, "\nA,\"=1+1, \"\"x\"\"\","));
	buffer_clear(&guarded);
	buffer_clear(&plain);
	s->ops->close(s);
}

static void tiers_travel_along(void **state)
{
	struct store *s = fake_store_new();
	struct export_options all = { 0 };
	struct tiers t = { 0 };
	struct import_result r;
	(void)state;
	(void)rows_put(s, REC_ACCOUNT, "account_id=B\naccount_id=A\naccount_id=C\n");
	MUST(s->ops->tiers_load(s, &t, &e));
	t.tier[0] = 1;
	t.tier[1] = 3;
	t.since[0] = t.since[1] = 20000;
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_save(s, &t, 20000, 3, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
	struct buffer b = export(s, REC_ACCOUNT, &all);
	const char *row_a = strstr(b.s, "\nA,"), *row_b = strstr(b.s, "\nB,");
	assert_true(row_a < row_b); /* by key, not by id */
	assert_non_null(strstr(b.s, ",,,3,,\nB,"));
	assert_non_null(strstr(b.s, ",,,1,,\nC,"));
	uint32_t ids[] = { account_of(s, "B"), account_of(s, "C") };
	struct export_options some = { .ids = ids, .count = 2 };
	struct buffer part = export(s, REC_ACCOUNT, &some);
	assert_non_null(strstr(part.s, ",,,1,,\nC,"));
	assert_null(strstr(part.s, "\nA,"));
	struct store *copy = fake_store_new();
	import(copy, REC_ACCOUNT, &b, &r);
	import_result_clear(&r);
	t = (struct tiers){ 0 };
	MUST(copy->ops->tiers_load(copy, &t, &e));
	assert_int_equal(t.tier[0], 3); /* A */
	assert_int_equal(t.tier[1], 1);
	assert_int_equal(t.tier[2], TIER_NONE);
	tiers_clear(&t);
	buffer_clear(&b);
	buffer_clear(&part);
	copy->ops->close(copy);
	s->ops->close(s);
}

static void a_full_disk_is_told(void **state)
{
	struct store *s = fake_store_new();
	struct export_options all = { 0 };
	struct err failure = { 0 };
	(void)state;
	assert_int_equal(
		export_kind(s, REC_CSM, &all, buffer_full, NULL, &failure), ST_IO);
	assert_string_equal(failure.text, "disk full");
	s->ops->close(s);
}

/* ---- round trips ------------------------------------------------------------------- */

static const char *const nasty[] = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r", "\n",
	"'", "'=1", "''=1", "'a", "''",
	"\xEF\xBC\x9D"
	"1",
	"\xEF\xBC\x8B"
	"1",
	"\xEF\xBC\x8D"
	"1",
	"\xEF\xBC\xA0"
	"x",
	"'\xEF\xBC\x9D"
	"1",
	"=cmd|' /C calc'!A0", " lead", "trail ", " ", "\t", "  =1", ",", ";", "\"",
	"\"\"", "a\"b", "a,b", "a\nb", "a\r\nb", "a\r", "\r\n",
	"\xEF\xBB\xBF"
	"bom",
	"%n%s%x", "'; DROP TABLE account; --", "../../etc/passwd", "NULL", "null", "NaN",
	"-0", "1e308", "0x10", "true", "#", "# no comment", ";ini", "[section]", "\\",
	"\\N", "\x01\x02\x1B[31m", "\x7F", "\xC2\x85", "\xE2\x80\xA8",
	"\xE2\x80\xAE"
	"rtl",
	"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
	"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9", "\xF4\x8F\xBF\xBF",
	"\xC4\xB0\xC4\xB1", "e\xCC\x81", "\xC3\xA9", "\xEF\xBF\xBD", "account_id", "tags",
	"2024-01-01", "1,234.56" };

static void add_row(
	struct store *s, enum record_kind kind, const char *text, size_t n, uint64_t line)
{
	const struct record *r = record_of(kind);
	struct cell cells[RECORD_FIELDS_MAX];
	struct text t = { text, n };
	uint32_t id;
	bool added;
	for (int f = 0; f < r->count; f++) {
		enum field_type type = r->fields[f].type;
		cells[f] = (struct cell){ .type = CELL_MISSING };
		if (type == FT_TEXT)
			cells[f] = CELL_OF_TEXT(t);
		else if (type == FT_MONEY || type == FT_BOOL)
			cells[f] = CELL_OF_INT(1);
		else if (type == FT_DAY)
			cells[f] = CELL_OF_INT(19000 + (int64_t)line % 1000);
		else if (type == FT_NUMBER)
			cells[f] = CELL_OF_NUMBER(1);
		else if (type == FT_CHOICE)
			cells[f] = CELL_OF_TEXT(((struct text){ r->fields[f].choices,
				strcspn(r->fields[f].choices, "|") }));
		if (type == FT_ACCOUNT)
			MUST(s->ops->find(s, REC_ACCOUNT, t, &id, &e));
		else if (type == FT_CSM || type == FT_SIGNAL)
			MUST(s->ops->find_or_add(s, type == FT_CSM ? REC_CSM : REC_SIGNAL,
				t, &id, &added, &e));
		if (type == FT_ACCOUNT || type == FT_CSM || type == FT_SIGNAL)
			cells[f] = CELL_OF_INT(id);
	}
	MUST(s->ops->put(s, cells, line, NULL, &e));
}

/* A book in which every text of every kind is one of the texts, each once. */
static void fill(struct store *s, const struct text *texts, size_t n)
{
	MUST(s->ops->begin(s, &e));
	for (int kind = 0; kind < REC_IMPORTABLE; kind++) {
		struct put_batch b = { .kind = (enum record_kind)kind,
			.mapped = ALL_FIELDS };
		struct put_counts counts;
		if (kind == REC_ACCOUNT)
			b.mapped &= ~(1u << F_TIER);
		MUST(s->ops->batch_begin(s, &b, &e));
		for (size_t i = 0; i < n; i++)
			add_row(s, b.kind, texts[i].s, texts[i].n, i);
		MUST(s->ops->batch_end(s, &counts, &e));
		assert_int_equal(counts.inserted + counts.updated, n);
	}
	MUST(s->ops->commit(s, &e));
}

static void round_trip(const struct text *texts, size_t n, bool raw)
{
	struct store *s = fake_store_new(), *copy = fake_store_new();
	struct export_options o = { .raw = raw };
	struct import_result r;
	fill(s, texts, n);
	uint64_t digest = fake_digest(s);
	for (int kind = 0; kind < REC_IMPORTABLE; kind++) {
		struct buffer b = export(s, (enum record_kind)kind, &o);
		import(copy, (enum record_kind)kind, &b, &r);
		assert_int_equal(r.read, n);
		import_result_clear(&r);
		char *before = store_text_rows(s, (enum record_kind)kind, 0);
		char *after = store_text_rows(copy, (enum record_kind)kind, 0);
		/* accounts come by key; the others by account, whose ids differ */
		if (kind == REC_ACCOUNT || kind == REC_CSM)
			assert_string_equal(after, before);
		assert_int_equal(strlen(after), strlen(before));
		import(s, (enum record_kind)kind, &b, &r);
		assert_int_equal(r.unchanged, n);
		import_result_clear(&r);
		free(before);
		free(after);
		buffer_clear(&b);
	}
	assert_int_equal(fake_digest(s), digest);
	copy->ops->close(copy);
	s->ops->close(s);
}

static void nasty_texts_come_back(void **state)
{
	struct text texts[LENGTH(nasty)];
	(void)state;
	for (size_t i = 0; i < LENGTH(nasty); i++)
		texts[i] = text_of(nasty[i]);
	round_trip(texts, LENGTH(nasty), false);
}

/* Whose letters differ from another one's in nothing but case or how they are composed.
 */
static bool is_alike(struct text t)
{
	return text_eq(t, TEXT("null")) || text_eq(t, TEXT("\xC3\xA9"));
}

/* Programs that asked for no guards get none; spaces around keys are lost that way, and
 * CSMs that are alike are one. */
static void raw_texts_come_back(void **state)
{
	struct text texts[LENGTH(nasty)];
	size_t n = 0;
	(void)state;
	for (size_t i = 0; i < LENGTH(nasty); i++) {
		struct text t = text_of(nasty[i]);
		if (text_trim(t).n == t.n && !is_alike(t))
			texts[n++] = t;
	}
	round_trip(texts, n, true);
}

static void long_texts_come_back(void **state)
{
	static char big[1000000];
	struct text texts[] = { { big, sizeof(big) }, { big, 70000 }, { big, 65536 } };
	(void)state;
	memset(big, 'a', sizeof(big));
	big[0] = '=';
	round_trip(texts, LENGTH(texts), false);
}

static void naughty_strings_come_back(void **state)
{
	static struct text texts[1024];
	struct buffer b = { 0 };
	const size_t n = hostile_listed(&b, texts, LENGTH(texts));

	(void)state;
	if (n == 0) {
		print_message("skipped: no list of naughty strings\n");
		skip();
	}
	assert_true(n > 500);
	round_trip(texts, n, false);
	buffer_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_canonical),
		cmocka_unit_test(tiers_travel_along),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(nasty_texts_come_back),
		cmocka_unit_test(raw_texts_come_back),
		cmocka_unit_test(long_texts_come_back),
		cmocka_unit_test(naughty_strings_come_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
