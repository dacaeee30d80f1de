/*
 * The Tiers screen: one list of all that a manager looks at before a review, in sections:
 * the tiers, the proposal of the day, who waits, requests, audits, the moves that were.
 */
#ifndef TUI_TIERS_H
#define TUI_TIERS_H

#include "core/tier_view.h"
#include "tui/app.h"
#include "tui/page.h"

enum tiers_kind {
	TIERS_HEADING, /* text is its title; index TIERS_REVIEW: of the review */
	TIERS_NOTE,    /* something to say below a heading; text */
	TIERS_TIER,    /* index: the tier */
	TIERS_MOVE,    /* index, pair: of view.move; pair of a swap: who goes down */
	TIERS_WAIT,
	TIERS_OVER, /* index: of review.violations */
	TIERS_REQUEST,
	TIERS_FINDING,
	TIERS_PAST
};

struct tiers_line {
	enum tiers_kind kind;
	uint32_t index, pair; /* pair UINT32_MAX: none */
	uint32_t account;     /* 0: it is about none, or about several */
	const char *text;     /* owned by the screen's arena */
	bool more;            /* it goes on with the line above, which the cursor is on */
};
#define TIERS_NO_PAIR UINT32_MAX
enum { TIERS_REVIEW = 1 };

struct tiers_screen {
	struct tier_view *v; /* held; NULL: it can't be had, and problem says why */
	char problem[ERR_TEXT_MAX];
	uint8_t *chosen;         /* owned; by move of the review: marked */
	uint32_t marked;         /* so many moves are */
	struct tiers_line *line; /* owned */
	int lines, at, top;
	int columns; /* the lines are as wide as that */
	struct arena texts;
	struct rect list, said;
	struct page page; /* what is said of the line under the cursor */
};

enum { TIERS_WIDE = 110 }; /* columns of a list that has room for everything */
enum { TIERS_FINDING_AT = 33 };

const struct tiers_line *tiers_here(const struct tiers_screen *s);

/* ---- tiers_lines.c ---- */
/* Takes up the view of the book as it is now; marks stay where the same is proposed. */
void tiers_make(struct app *a, struct tiers_screen *s);
/* The lines anew, for a list of so many columns; the cursor stays. */
void tiers_list(struct app *a, struct tiers_screen *s, int columns);
/* All that is to be said of a line, for the pane below the list. */
void tiers_say(struct app *a, const struct tiers_screen *s, const struct tiers_line *x,
	struct page *p);

/* ---- tiers_act.c ---- */
/* Whether the action was one of this screen's. */
bool tiers_act(struct app *a, struct tiers_screen *s, enum action action);
/* The account of the line, or the accounts it is about, on the Book screen; from a
 * heading to the lines below it. */
void tiers_open_line(struct app *a, struct tiers_screen *s);
bool tiers_opens(const struct tiers_screen *s); /* whether that leads anywhere */

/* ---- tiers_paint.c ---- */
void tiers_layout(struct app *a, struct tiers_screen *s, struct rect body);
void tiers_paint(
	struct app *a, struct tiers_screen *s, struct canvas *c, struct rect body);

/* ---- tiers_explain.c ---- */
void tiers_explain(struct app *a, const struct tiers_screen *s, struct page *p);

#endif
