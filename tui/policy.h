/* The Policy screen: what its files share. */
#ifndef TUI_POLICY_H
#define TUI_POLICY_H

#include "core/policy_item.h"
#include "core/policy_trial.h"
#include "tui/app.h"
#include "tui/page.h"

/* A line of the list: a value, or the heading of a section. */
struct policy_row {
	int item; /* of policy_item; -1: a heading */
	char section[32];
};

struct policy_screen {
	struct policy base;   /* in force when the editing began, or was taken up again */
	struct policy edited; /* what it is to become */
	int32_t version;      /* of base; 0: nothing was loaded yet */
	uint64_t about_whom;  /* as of forms: what is kept of it from run to run */
	struct policy_trial *trial; /* owned; NULL: let go, or problem says why */
	uint64_t generation;        /* of the book that it is of */
	char problem[ERR_TEXT_MAX];
	struct policy_row *row; /* owned */
	int rows;
	bool tiers;  /* rules of tiers are listed, also where they follow the general */
	int at, top; /* the row under the cursor; first shown */
	/* While a value is typed: what it would make of the policy. */
	bool typing;
	struct input input;
	struct policy typed;
	char wrong[ERR_TEXT_MAX]; /* why it can't be taken; "" */
	/* places: of one without room rows or columns are 0 */
	struct rect head, list, help, curve, side;
	struct page page; /* what it would make of the base */
	bool fresh;       /* the page is of what is tried */
};

/* The item under the cursor. */
void policy_here(const struct policy_screen *s, struct policy_item *out);
/* The policy that is looked at: what is typed, else what was edited. */
const struct policy *policy_shown(const struct policy_screen *s);
bool policy_changed(const struct policy_screen *s, const struct policy_item *x);
int policy_changes(const struct policy_screen *s); /* values that differ from base */

/* ---- the list (policy_rows.c) ---- */
void policy_rows(struct policy_screen *s); /* made anew; the cursor stays on its value */
/* Steps over headings; false: no movement. */
bool policy_rows_act(struct policy_screen *s, enum action action);
void policy_rows_go(struct policy_screen *s, int row); /* that, or the next value */
/* To a value, by its number; nowhere when it is not listed. */
void policy_rows_find(struct policy_screen *s, int item);
bool policy_rows_has(const struct policy_screen *s, const struct policy_item *x);

/* ---- trying (policy_try.c) ---- */
void policy_take_up(struct app *a, struct policy_screen *s); /* what the book has now */
void policy_let_go(struct policy_screen *s);
/* What is looked at is tried from now on. */
void policy_try(struct app *a, struct policy_screen *s);
/* Some steps, unless somebody waits; the page when there are none left. */
void policy_work(struct app *a, struct policy_screen *s);

/* ---- what it would change (policy_side.c) ---- */
void policy_fill_side(struct policy_screen *s, const struct policy_effect *x);

/* ---- painting (policy_paint.c) ---- */
void policy_layout(struct app *a, struct policy_screen *s, struct rect body);
void policy_paint(struct app *a, struct policy_screen *s, struct canvas *c);
/* policy_curve.c: a curve with its axes; `was` quietly behind it where it differs. */
void policy_paint_curve(
	struct canvas *c, struct rect r, const struct curve *was, const struct curve *is);

/* ---- what was edited, from one run to the next (policy_draft.c) ---- */
void policy_draft_keep(struct app *a, const struct policy_screen *s);
/* Into s, where a run left any: what it had as base, and edited. */
void policy_draft_take(struct app *a, struct policy_screen *s);

/* ---- keeping (policy_keep.c) ---- */
void policy_save(struct app *a, struct policy_screen *s);
/* Asks for a reason and makes what an older version said the newest one. */
void policy_return(struct app *a, int32_t version);

#endif
