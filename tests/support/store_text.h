/*
 * Everything the port tells about a book, as lines of text: stores that behave the
 * same give the same text, and where two books differ, the differing line says how.
 */
#ifndef TESTS_SUPPORT_STORE_TEXT_H
#define TESTS_SUPPORT_STORE_TEXT_H

#include "core/store.h"

/* days: the as-of days for which the parts are told. Returns owned; a failure of the
 * store is a line of the text. */
char *store_text(struct store *s, const int32_t *days, size_t n);
/* Only the rows of one kind, a line each:
 * "ticket_id=T1|account_id=A1|opened_on=2026-01-31", missing fields left out. */
char *store_text_rows(struct store *s, enum record_kind kind, uint32_t account);

#endif
