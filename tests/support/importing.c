/* Imports in tests: a refused or dry one is checked to have changed nothing. */
#include "tests/support/importing.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

struct store *importing_book(const char *accounts)
{
	struct store *s = fake_store_new();
	if (*accounts != '\0')
		(void)rows_put(s, REC_ACCOUNT, accounts);
	return s;
}

struct import_request importing_request(enum record_kind kind, const char *csv)
{
	return (struct import_request){ .kind = kind,
		.bytes = csv,
		.size = strlen(csv),
		.name = "f.csv",
		.as_of = 20000,
		.cap_bp = { 1000, 3000, 10000 } };
}

enum status importing_run(struct store *s, const struct import_request *q,
	struct import_result *r, struct err *e)
{
	uint64_t before = fake_digest(s);
	*e = (struct err){ .status = ST_OK };
	enum status st = import_run(s, q, r, e);
	if (st != ST_OK || q->dry_run)
		assert_int_equal(fake_digest(s), before);
	if (st != ST_OK)
		assert_true(e->text[0] != '\0');
	else
		assert_int_equal(
			r->read, r->inserted + r->updated + r->unchanged + r->rejected);
	return st;
}

void importing_takes(
	struct store *s, enum record_kind kind, const char *csv, const char *counts)
{
	struct import_request q = importing_request(kind, csv);
	struct import_result r;
	struct err e;
	char got[128];
	if (importing_run(s, &q, &r, &e) != ST_OK)
		fail_msg("%s: %s", csv, e.text);
	snprintf(got, sizeof(got), "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, r.read,
		r.inserted, r.updated, r.unchanged);
	assert_string_equal(got, counts);
	import_result_clear(&r);
}

bool importing_has_note(const struct import_result *r, const char *part)
{
	for (uint32_t i = 0; i < r->note_count; i++) {
		if (strstr(r->notes[i], part) != NULL)
			return true;
	}
	return false;
}
