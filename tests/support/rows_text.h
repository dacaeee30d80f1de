/*
 * Rows for tests, written as they read: a line is a row, "field=value|field=value" with
 * days as YYYY-MM-DD, amounts in cents and references by their keys, as store_text_rows
 * tells them. A field without a value is given and missing. All of it fails the test
 * when the store does.
 */
#ifndef TESTS_SUPPORT_ROWS_TEXT_H
#define TESTS_SUPPORT_ROWS_TEXT_H

#include "core/store.h"

#define ALL_FIELDS UINT32_MAX

/* Runs a call that takes &e; any other status than ST_OK fails the test. */
#define MUST(call)                                                          \
	do {                                                                \
		struct err e = { .status = ST_OK };                         \
		enum status must = (call);                                  \
		if (must != ST_OK)                                          \
			fail_msg("%s: status %d: %s", #call, must, e.text); \
	} while (0)

/* Reads one line; cells borrow from it, and its fields are set in *mapped. References
 * are looked up (a CSM and a signal kind is added when it is not there). Returns the
 * rest behind the line, NULL at the end. */
const char *row_parse(struct store *s, enum record_kind kind, const char *line,
	struct cell cells[RECORD_FIELDS_MAX], uint32_t *mapped);
/* The fields of one line as a mask. */
uint32_t row_fields(enum record_kind kind, const char *line);

/* Puts rows in a batch of its own, inside the transaction that is open. */
struct put_counts rows_take(struct store *s, enum record_kind kind, enum put_mode mode,
	uint32_t mapped, const char *lines);
/* The same with all fields, overwriting, in a transaction of its own. */
struct put_counts rows_put(struct store *s, enum record_kind kind, const char *lines);
/* Accounts "1".."n" with an arr of 1..n cents, in a transaction of its own. */
void rows_add_accounts(struct store *s, uint32_t n);
/* What the store has of a kind (account 0: of all) is exactly these lines. */
void rows_are(
	struct store *s, enum record_kind kind, uint32_t account, const char *lines);
void counts_are(
	struct put_counts c, uint64_t inserted, uint64_t updated, uint64_t unchanged);

/* Day of a text, which has to be one. */
int32_t day_of(const char *iso);
/* Id of the account with this account_id, which has to be there. */
uint32_t account_of(struct store *s, const char *account_id);

#endif
