/* The Account screen: what its two files share. */
#ifndef TUI_ACCOUNT_SCREEN_H
#define TUI_ACCOUNT_SCREEN_H

#include "tui/account_cursor.h"
#include "tui/account_edit.h"
#include "tui/account_strip.h"

enum { ACCOUNT_TRAIL = 16 };

struct account_screen {
	struct page title;
	struct account_page page;
	struct account_edit edit;
	struct account_cursor cursor;
	struct account_strip strip;
	uint32_t account;
	/* accounts that were left for a pair or a parent */
	uint32_t trail[ACCOUNT_TRAIL];
	int trail_n;
	bool placed; /* the cursor is on the health when the screen opens */
};

/* The page, made anew with the cursor on what it was on. */
void account_screen_build(struct app *a, struct account_screen *s);
/* The page speaks of the account that was asked for last; another screen may have asked
 * for another one. */
void account_screen_freshen(struct app *a, struct account_screen *s);

/* ---- account_act.c ---- */
bool account_act(struct app *a, void *state, enum action action);
/* Follows, expands, explains or edits what is under the cursor. */
void account_act_open(struct app *a, struct account_screen *s);

#endif
