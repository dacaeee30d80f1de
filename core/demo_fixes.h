/* What the made-up company did about the root causes of its tickets. */
#ifndef CORE_DEMO_FIXES_H
#define CORE_DEMO_FIXES_H

#include "core/demo_rows.h"

/* The fix of an account, where one was noticed. */
enum status demo_fixes_row(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
/* Whether tickets of a cause have stopped by a day. */
bool demo_fixes_stopped(const struct demo_world *w, struct text cause, int32_t day);

#endif
