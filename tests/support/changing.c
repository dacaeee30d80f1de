#include "tests/support/changing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_import.h"
#include "core/import.h"
#include "core/import_result.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

struct book *changing_book(const char *me)
{
	struct store *s = fake_store_new();

	walking_fill(s);
	return rules_book(s, CHANGING_DAY, me);
}

enum status changing(struct book *b, enum record_kind kind, int64_t row, const char *line,
	struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct change c = { .kind = kind, .row = row, .cells = cells };

	(void)row_parse(book_store(b), kind, line, cells, &c.fields);
	return book_change(b, &c, 1, "edit", NULL, e);
}

void changing_row_is(struct book *b, const char *account_id, const char *line)
{
	struct store *s = book_store(b);

	rows_are(s, REC_ACCOUNT, account_of(s, account_id), line);
}

void changing_refused(struct book *b, int64_t operation, enum status st, const char *why)
{
	const uint64_t before = walking_digest(book_store(b));
	struct err refused = { .text = "" };

	assert_int_equal(book_undo(b, operation, &refused), st);
	if (!strstr(refused.text, why))
		fail_msg("%s", refused.text);
	assert_true(walking_digest(book_store(b)) == before);
}

int64_t changing_last(struct book *b)
{
	int64_t id = 0;

	MUST(book_store(b)->ops->history_last(book_store(b), &id, &e));
	return id;
}

enum status changing_import(struct book *b, enum record_kind kind, const char *csv,
	bool no_backup, struct err *e)
{
	struct import_request q = { .kind = kind,
		.bytes = csv,
		.size = strlen(csv),
		.name = "in/customers.csv",
		.no_backup = no_backup,
		.as_of = book_as_of(b) };
	struct import_result r;
	enum status st;

	memcpy(q.cap_bp, book_policy(b)->cap_bp, sizeof(q.cap_bp));
	st = book_import(b, &q, &r, e);
	import_result_clear(&r);
	return st;
}
