/* A backtest as JSON. */
#ifndef CLI_BACKTEST_OUT_H
#define CLI_BACKTEST_OUT_H

#include "core/book_backtest.h"

/* On stdout; with the names of accounts from the book. */
enum status backtest_json(struct book *b, const struct backtest *t, struct err *e);

#endif
