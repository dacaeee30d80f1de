/*
 * Check: what must be true of the console whenever it has painted, whoever fed it with
 * whatever. For tests that have no picture to compare with.
 */
#ifndef TUI_CHECK_H
#define TUI_CHECK_H

#include "core/err.h"
#include "tui/app.h"

/* ST_INVALID, and in e what is broken, where. After app_update only. */
enum status check_app(struct app *a, struct err *e) MUST_USE;

#endif
