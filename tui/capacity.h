/* The Capacity screen: what its files share. */
#ifndef TUI_CAPACITY_H
#define TUI_CAPACITY_H

#include "core/capacity_past.h"
#include "core/proposal.h"
#include "tui/app.h"
#include "tui/page.h"

enum capacity_order {
	CAPACITY_BY_NAME,
	CAPACITY_FULLEST,
	CAPACITY_EMPTIEST,
	CAPACITY_BY_RISK, /* the most money first */
	CAPACITY_ORDERS
};

struct capacity_screen {
	struct capacity *found; /* owned; NULL: it can't be had, and problem says why */
	struct capacity_past past[CAPACITY_PAST];
	uint32_t past_n;
	char problem[ERR_TEXT_MAX];
	enum capacity_order order;
	uint32_t *line; /* owned: of each line but that of the pool, its row */
	int at, top;    /* the row under the cursor, the pool being last; first shown */
	struct rect table; /* of the rows */
	struct rect says;  /* of the sentences */
	struct page page;  /* with them */
	/* What is to be otherwise; what.changed is owned. */
	struct capacity_what_if what;
	struct policy policy;
	bool other_bands;
	/* What was said about accounts on Rebalance, kept while that is closed; owned. */
	struct proposal_pin *word;
	uint32_t words;
};

int capacity_rows(const struct capacity_screen *s); /* the pool among them */
/* That of a line, and of the one under the cursor. */
const struct capacity_row *capacity_at(const struct capacity_screen *s, int line);
const struct capacity_row *capacity_here(const struct capacity_screen *s);

/* Makes the figures anew, by the book and the what-if. */
void capacity_make(struct app *a, struct capacity_screen *s);

/* ---- what if (capacity_what_if.c) ---- */
/* "2 CSMs more · Ana 0.5 · tier 2 pooled"; "" when all is as it is. Returns out. */
char *capacity_what_text(
	const struct app *a, const struct capacity_screen *s, char *out, size_t size);
/* Another what-if in the place of this one; copies it. */
void capacity_what_take(
	struct app *a, struct capacity_screen *s, const struct capacity_what_if *what);
/* What if that CSM were away; all who have a last day soon; nobody of them. */
void capacity_what_away(struct app *a, struct capacity_screen *s, uint32_t csm);
void capacity_what_leavers(struct app *a, struct capacity_screen *s);
void capacity_what_stay(struct app *a, struct capacity_screen *s);
/* Whether the action was one of the what-if. */
bool capacity_what_act(struct app *a, struct capacity_screen *s, enum action action);

/* ---- painting (capacity_paint.c) ---- */
enum role capacity_role(const struct capacity_row *r); /* of its state */
/* By what a click on the heading of that column sorts; CAPACITY_ORDERS: by nothing. */
enum capacity_order capacity_heading(const struct capacity_screen *s, int column);
/* Appends the ratios of the past (capacity_chart.c). */
void capacity_charts(const struct capacity_screen *s, struct page *p);
void capacity_layout(struct app *a, struct capacity_screen *s, struct rect body);
void capacity_paint(
	struct app *a, struct capacity_screen *s, struct canvas *c, struct rect body);

#endif
