/*
 * Imports in tests, on the store in memory.
 */
#ifndef TESTS_SUPPORT_IMPORTING_H
#define TESTS_SUPPORT_IMPORTING_H

#include "core/import.h"

#define THREE_ACCOUNTS "account_id=A1\naccount_id=A2|csm=Ann\naccount_id=A3|arr=100\n"

/* A fresh book with these account rows (rows_text.h), "" for none; owned. */
struct store *importing_book(const char *accounts);
/* A request for a file "f.csv" as of 2024-10-04, caps 10, 30 and 100 %. */
struct import_request importing_request(enum record_kind kind, const char *csv);
/* Runs it. Fails the test when a refused or dry import left a trace, a refusal has no
 * message, or the rows of one that was taken don't add up. */
enum status importing_run(struct store *s, const struct import_request *q,
	struct import_result *r, struct err *e);
/* One import that has to work: its counts as "read inserted updated unchanged". */
void importing_takes(
	struct store *s, enum record_kind kind, const char *csv, const char *counts);
bool importing_has_note(const struct import_result *r, const char *part);

#endif
