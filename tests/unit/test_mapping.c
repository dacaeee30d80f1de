/* Mapping files: what is understood, what is refused, and where. */
#include "core/mapping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/asset.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void reads_everything(void **state)
{
	static const char text[] = "kind = contracts\n"
				   "[columns]\n"
				   "contract_id = subscription_id\n"
				   "arr = Amount | MRR\n"
				   "[options]\n"
				   "dates = dmy\ndecimal = ,\ndelimiter = semicolon\n"
				   "encoding = cp1252\nskip_blank_lines = no\n"
				   "interval = monthly\non_conflict = fill\n"
				   "[constants]\ncurrency = USD\n"
				   "[values]\nstatus.Past due = late\nstatus.- =\n";
	struct mapping m;
	struct text to;
	(void)state;
	mapping_init(&m, REC_CONTRACT);
	assert_int_equal(mapping_parse(&m, text, "f", NULL), ST_OK);
	assert_true(m.has_columns);
	assert_string_equal(m.header[F_CONTRACT_ID], "subscription_id");
	assert_string_equal(m.header[F_CONTRACT_ARR], "Amount | MRR");
	assert_null(m.header[F_CONTRACT_UNTIL]);
	assert_int_equal(m.dates, DATES_DMY);
	assert_int_equal(m.decimal, ',');
	assert_int_equal(m.delimiter, ';');
	assert_int_equal(m.encoding, ENC_CP1252);
	assert_true(m.keep_blank_lines);
	assert_true(m.monthly);
	assert_int_equal(m.on_conflict, PUT_FILL);
	assert_string_equal(m.constant[F_CONTRACT_CURRENCY], "USD");
	assert_true(mapping_replace(&m, F_CONTRACT_STATUS, TEXT("PAST DUE"), &to));
	assert_true(text_eq(to, TEXT("late")));
	assert_true(mapping_replace(&m, F_CONTRACT_STATUS, TEXT("-"), &to));
	assert_int_equal(to.n, 0);
	assert_false(mapping_replace(&m, F_CONTRACT_ID, TEXT("-"), &to));
	mapping_clear(&m);
}

static const struct {
	const char *text;
	enum status status;
	const char *error;
} refused[] = {
	{ "kind = accounts\n", ST_USAGE,
		"f:1: this mapping is for accounts, not for con" },
	{ "kind = cats\n", ST_INVALID, "f:1: kind: \"cats\" is not a kind of file" },
	{ "kind = locks\n", ST_INVALID, "f:1: kind: \"locks\" is not a kind of file" },
	{ "dates = iso\n", ST_INVALID, "f:1: \"dates\" stands before the first section" },
	{ "[colums]\narr = x\n", ST_INVALID, "f:2: section [colums] is not known" },
	{ "[columns]\narrr = x\n", ST_INVALID, "f:2: contracts have no field \"arrr\"" },
	{ "[columns]\narr = x\narr = y\n", ST_INVALID, "f:3: arr is set twice" },
	{ "[columns]\narr =\n", ST_INVALID, "f:2: arr has no value" },
	{ "[options]\n\ndate = iso\n", ST_INVALID, "f:3: \"date\" is not an option" },
	{ "[options]\ndates = ymd\n", ST_INVALID,
		"f:2: dates: \"ymd\" is not one of auto, iso, dmy, mdy" },
	{ "[options]\ndelimiter = ;\n", ST_INVALID,
		"f:2: delimiter: \"\" is not one of" },
	{ "[constants]\nstatus = a\nstatus = b\n", ST_INVALID,
		"f:3: status is set twice" },
	{ "[values]\nstatus = a\n", ST_INVALID, "f:2: \"status\": write field.From" },
	{ "[values]\nstate.a = b\n", ST_INVALID,
		"f:2: contracts have no field \"state\"" },
	{ "[values]\nstatus.a = b\nstatus.A = c\n", ST_INVALID, "f:3: status.A is set" },
	{ "[columns]\nwhat\n", ST_INVALID, "f:2: neither [section] nor name = value" },
};

static void refuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(refused); i++) {
		struct mapping m;
		struct err e = { 0 };
		mapping_init(&m, REC_CONTRACT);
		assert_int_equal(
			mapping_parse(&m, refused[i].text, "f", &e), refused[i].status);
		if (strncmp(e.text, refused[i].error, strlen(refused[i].error)) != 0)
			fail_msg("\"%s\" does not begin with \"%s\"", e.text,
				refused[i].error);
		mapping_clear(&m);
	}
}

static void shipped_mappings_are_sound(void **state)
{
	int found = 0;
	(void)state;
	for (size_t i = 0; asset_at(i) != NULL; i++) {
		const struct asset *a = asset_at(i);
		struct mapping m;
		struct err e = { 0 };
		const char *kind = strstr(a->text, "\nkind = ");
		if (strncmp(a->name, "mappings/", 9) != 0)
			continue;
		assert_non_null(kind);
		struct text name = { kind + 8, strcspn(kind + 8, " \n") };
		mapping_init(&m, record_by_name(name));
		if (mapping_parse(&m, a->text, a->name, &e) != ST_OK)
			fail_msg("%s", e.text);
		assert_true(m.has_columns);
		for (int f = 0; f < record_of(m.kind)->count; f++) {
			if (record_of(m.kind)->fields[f].flags & FIELD_REQUIRED)
				assert_true(m.header[f] != NULL || m.constant[f] != NULL);
		}
		mapping_clear(&m);
		found++;
	}
	assert_true(found >= 8);
}

/* What is written is read as the same again, and written as the same text. */
static void writes_what_it_reads(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *text;
	} cases[] = {
		{ REC_ACCOUNT, "kind = accounts\n" },
		{ REC_ACCOUNT, "kind = accounts\n\n[columns]\naccount_id = Id | No.\n"
			       "arr = a=b\n\n[options]\ndates = mdy\n" },
		{ REC_CONTRACT, "kind = contracts\n\n[columns]\ncontract_id = \"x\"\n"
				"\n[options]\ndates = dmy\ndecimal = ,\ndelimiter = tab\n"
				"encoding = latin-1\nskip_blank_lines = no\n"
				"interval = monthly\non_conflict = keep\n"
				"\n[constants]\ncurrency = EUR\n"
				"\n[values]\nstatus.Past due = late\nstatus.b = \n" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct mapping m;
		struct arena a;
		const char *text = NULL;
		struct err e = { 0 };
		arena_init(&a);
		mapping_init(&m, cases[i].kind);
		assert_int_equal(mapping_parse(&m, cases[i].text, "f", &e), ST_OK);
		if (mapping_write(&m, &a, &text, &e) != ST_OK)
			fail_msg("%s", e.text);
		assert_string_equal(text, cases[i].text);
		mapping_clear(&m);
		arena_clear(&a);
	}
}

static void writes_shipped_mappings(void **state)
{
	const struct asset *x;
	int seen = 0;
	(void)state;
	for (size_t i = 0; (x = asset_at(i)) != NULL; i++) {
		for (int k = 0; k < (int)REC_IMPORTABLE; k++) {
			struct mapping m, again;
			struct arena a;
			const char *text;
			if (strncmp(x->name, "mappings/", 9) != 0)
				continue;
			mapping_init(&m, (enum record_kind)k);
			mapping_init(&again, (enum record_kind)k);
			arena_init(&a);
			if (mapping_parse(&m, x->text, x->name, NULL) == ST_OK) {
				assert_int_equal(
					mapping_write(&m, &a, &text, NULL), ST_OK);
				assert_int_equal(
					mapping_parse(&again, text, "f", NULL), ST_OK);
				assert_int_equal(again.dates, m.dates);
				assert_int_equal(again.monthly, m.monthly);
				seen++;
			}
			arena_clear(&a);
			mapping_clear(&m);
			mapping_clear(&again);
		}
	}
	assert_true(seen > 5);
}

/* Texts that an INI file can't hold are refused, never written as something else. */
static void refuses_to_write(void **state)
{
	static char long_header[300];
	const char *const headers[] = { " blank before", "a ; comment", long_header,
		"two\nlines", "" };
	(void)state;
	memset(long_header, 'x', sizeof(long_header) - 1);
	for (size_t i = 0; i < LENGTH(headers); i++) {
		struct mapping m;
		struct arena a;
		const char *text;
		struct err e = { 0 };
		arena_init(&a);
		mapping_init(&m, REC_ACCOUNT);
		m.header[F_ARR] = headers[i];
		m.has_columns = true;
		assert_int_equal(mapping_write(&m, &a, &text, &e), ST_INVALID);
		assert_non_null(strstr(e.text, "can't be written into a mapping"));
		mapping_clear(&m);
		arena_clear(&a);
	}
}

static void knows_its_words(void **state)
{
	struct mapping m;
	(void)state;
	mapping_init(&m, REC_ACCOUNT);
	assert_string_equal(mapping_word(&m, "dates"), "auto");
	assert_string_equal(mapping_word(&m, "interval"), "yearly");
	assert_int_equal(mapping_option(&m, "delimiter", ";", NULL), ST_OK);
	assert_string_equal(mapping_word(&m, "delimiter"), "semicolon");
	assert_null(mapping_word(&m, "colour"));
	mapping_clear(&m);
}

static void sets_values(void **state)
{
	struct mapping m;
	struct text to;
	(void)state;
	mapping_init(&m, REC_ACCOUNT);
	assert_int_equal(
		mapping_set_value(&m, F_STATUS, TEXT("Yes"), "churned", NULL), ST_OK);
	const struct mapping_value *before = m.values;
	assert_int_equal(
		mapping_set_value(&m, F_STATUS, TEXT("No"), "active", NULL), ST_OK);
	assert_int_equal(mapping_set_value(&m, F_STATUS, TEXT("yes"), "", NULL), ST_OK);
	assert_true(mapping_replace(&m, F_STATUS, TEXT("YES"), &to));
	assert_int_equal(to.n, 0);
	assert_true(mapping_replace(&m, F_STATUS, TEXT("no"), &to));
	assert_true(text_eq(to, TEXT("active")));
	assert_int_equal(mapping_set_value(&m, F_STATUS, TEXT("No"), NULL, NULL), ST_OK);
	assert_false(mapping_replace(&m, F_STATUS, TEXT("no"), &to));
	assert_true(text_eq(before->to, TEXT("churned")));
	assert_null(before->next);
	mapping_clear(&m);
}

static void tells_its_kind(void **state)
{
	static const struct {
		const char *text;
		enum record_kind kind;
	} rows[] = {
		{ "", REC_SURVEY },
		{ "kind = contracts\n", REC_CONTRACT },
		{ "# which\n  kind =  tickets\n[columns]\naccount_id = Id\n",
			REC_TICKET },
		{ "[options]\nkind = contracts\n", REC_SURVEY }, /* another one */
		{ "kind = cats\n", REC_SURVEY },
		{ "kind = locks\n", REC_SURVEY }, /* no file has them */
		{ "kind\n", REC_SURVEY },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (mapping_kind(rows[i].text, REC_SURVEY) != rows[i].kind)
			fail_msg("%s", rows[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_everything),
		cmocka_unit_test(refuses),
		cmocka_unit_test(shipped_mappings_are_sound),
		cmocka_unit_test(writes_what_it_reads),
		cmocka_unit_test(writes_shipped_mappings),
		cmocka_unit_test(refuses_to_write),
		cmocka_unit_test(knows_its_words),
		cmocka_unit_test(sets_values),
		cmocka_unit_test(tells_its_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
