/*
 * A book of accounts of which some left, for the backtest: A01..A40 for years; the first
 * twelve left, one every twenty days; each is measured every ten days. Those on the way
 * out are used less and less. A failure fails the test.
 */
#ifndef TESTS_SUPPORT_LEAVERS_H
#define TESTS_SUPPORT_LEAVERS_H

#include "core/book_backtest.h"

enum { LEAVERS_ACCOUNTS = 40, LEAVERS_GONE = 12 };
#define LEAVERS_DAY "2026-03-31"

struct store *leavers_store(void);
/* The day on which account i left, from 0. */
int32_t leavers_gone_on(int i);
/* A row; of one that is there only these fields. */
void leavers_put(struct store *s, enum record_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Good until the next one. */
const char *leavers_iso(int32_t day);
/* Over 90 days; backtest_clear it. */
struct backtest leavers_backtest(struct book *b);

#endif
