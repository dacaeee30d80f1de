/*
 * The Rebalance screen: a proposal as a workspace. What a person says about an account
 * (struct word) is a pin of the next proposal, which is made at once.
 */
#ifndef TUI_REBALANCE_H
#define TUI_REBALANCE_H

#include "core/proposal_keep.h"
#include "tui/app.h"
#include "tui/page.h"

/* A line: an account that moves, or one that stays because somebody said so. */
struct rebalance_line {
	uint32_t account;
	const struct proposal_move *move; /* NULL: it stays */
	/* against the proposal before */
	enum rebalance_since { SINCE_SAME, SINCE_NEW, SINCE_OTHER } since;
	struct text id, name;
};

/* What became of moves that nobody said anything about since the proposal before, when
 * that was of the same book. */
struct rebalance_news {
	uint32_t fresh, other; /* new ones; those that go to another than before */
	char gone[200];        /* accounts that don't move any more: "Elm and 3 more" */
};

enum { REBALANCE_SINCE = 8 };

/* The proposal that was applied last, and the what-if that it was of: undo brings back
 * both. */
struct rebalance_applied {
	struct proposal *p; /* owned; NULL: none */
	int64_t operation;
	int at;                       /* the line under the cursor */
	struct capacity_what_if what; /* what.changed is owned */
	struct policy policy;         /* if it has one */
};

struct rebalance_screen {
	struct proposal *p; /* owned; NULL: it could not be made, and problem says why */
	char problem[ERR_TEXT_MAX];
	uint64_t tried; /* the generation of the book that it was last tried for, + 1 */
	struct proposal_pin *word; /* owned: what was said, in that order */
	uint32_t words;
	uint32_t moves_max, csm_moves_max; /* of a kept one; 0: as the policy says */
	char name[PROPOSAL_NAME_MAX + 1];  /* under which it is kept; "": under none */
	char since[REBALANCE_SINCE][CAPACITY_TEXT_MAX]; /* what became of it */
	uint32_t since_n;
	struct rebalance_news news;
	struct rebalance_line *line; /* owned */
	int lines, at, top;
	struct rebalance_applied applied;
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

/* What is asked for, with the what-if of Capacity. */
struct proposal_options rebalance_options(
	const struct app *a, const struct rebalance_screen *s);
/* Another proposal in the place of this one; takes it. */
void rebalance_take(struct app *a, struct rebalance_screen *s, struct proposal *p);

/* ---- rebalance_news.c ---- */
/* Begins the news: which moves of this proposal another one does without. */
void rebalance_news_gone(struct rebalance_screen *s, const struct proposal *now);
/* Marks the lines of this one, against the one before; NULL: there was none. */
void rebalance_news_mark(struct rebalance_screen *s, const struct proposal *before);
/* What was done, and what else that changed. */
void rebalance_news_say(
	struct app *a, const struct rebalance_screen *s, const char *done);

/* ---- rebalance_applied.c ---- */
/* What there is to apply. */
bool rebalance_applies(const struct rebalance_screen *s);
/* Asks for what has to be said of it, then applies it. */
void rebalance_apply(struct app *a, const struct rebalance_screen *s);
/* It was taken back: the proposal stands there again; false: it was not. */
bool rebalance_taken_back(struct app *a, struct rebalance_screen *s);
void rebalance_applied_clear(struct rebalance_applied *x);

/* ---- rebalance_kept.c ---- */
bool rebalance_kept_act(struct app *a, struct rebalance_screen *s, enum action action);

/* ---- rebalance_act.c ---- */
bool rebalance_act(struct app *a, struct rebalance_screen *s, enum action action);

/* ---- rebalance_paint.c ---- */
/* low: where there is little room. */
void rebalance_fill_head(
	struct app *a, struct rebalance_screen *s, int columns, bool low);
void rebalance_layout(struct app *a, struct rebalance_screen *s, struct rect body);
/* What stands in the way, the first so many, and how many more. */
void rebalance_obstacles(
	struct app *a, const struct proposal *p, struct page *page, uint32_t most);
/* Both sides of every book, as lines of a page. */
void rebalance_books(const struct proposal *p, struct page *page);
void rebalance_paint(
	struct app *a, struct rebalance_screen *s, struct canvas *c, struct rect body);

#endif
