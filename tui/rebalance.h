/*
 * The Rebalance screen: a proposal as a workspace. What a person says about an account
 * (struct word) is a pin of the next proposal, which is made at once.
 */
#ifndef TUI_REBALANCE_H
#define TUI_REBALANCE_H

#include "core/proposal.h"
#include "tui/app.h"
#include "tui/page.h"

/* A line: an account that moves, or one that stays because somebody said so. */
struct rebalance_line {
	uint32_t account;
	const struct proposal_move *move; /* NULL: it stays */
	struct text id, name;
};

struct rebalance_screen {
	struct proposal *p; /* owned; NULL: it could not be made, and problem says why */
	char problem[ERR_TEXT_MAX];
	struct proposal_pin *word; /* owned: what was said, in that order */
	uint32_t words;
	struct rebalance_line *line; /* owned */
	int lines, at, top;
	struct arena names;
	struct page head; /* what it adds up to, and what stands in the way */
	int top_rows;     /* of it that are shown */
	struct rect books, list, said;
};

const struct rebalance_line *rebalance_here(const struct rebalance_screen *s);
/* What was said about an account; NULL: nothing. */
struct proposal_pin *rebalance_word(const struct rebalance_screen *s, uint32_t account);
/* Says something about an account, in the place of what was said; propose follows. */
void rebalance_say(struct rebalance_screen *s, uint32_t account, uint32_t csm);
void rebalance_unsay(struct rebalance_screen *s, uint32_t account);
/* Makes the proposal anew, by the book, the what-if of Capacity and what was said. false:
 * that can't be, as problem says; then what was said last is taken back. */
bool rebalance_make(struct app *a, struct rebalance_screen *s);

/* ---- rebalance_act.c ---- */
bool rebalance_act(struct app *a, struct rebalance_screen *s, enum action action);

/* ---- rebalance_paint.c ---- */
void rebalance_layout(struct app *a, struct rebalance_screen *s, struct rect body);
void rebalance_paint(
	struct app *a, struct rebalance_screen *s, struct canvas *c, struct rect body);

#endif
