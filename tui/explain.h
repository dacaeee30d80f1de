/*
 * Explain: how a number comes about, as lines of a page: the formula, the formula with
 * its numbers, and where each of these comes from.
 */
#ifndef TUI_EXPLAIN_H
#define TUI_EXPLAIN_H

#include "core/book_basis.h"
#include "tui/app.h"
#include "tui/page.h"

/* What an explanation is made from. */
struct explain {
	struct app *a;
	struct page *p;
	const struct account_view *v;
	struct book_basis now;    /* of the day of the figures */
	struct book_basis before; /* 28 to 56 days before; day DAY_NONE: not known */
	int part;                 /* component or part asked for + 1; 0: all */
	int part_row;             /* row of the page where it begins */
};

/* "0 to 0, 5 to 50, 15 to 100". Returns out. */
enum { CURVE_TEXT_MAX = 512 };
struct curve;
char *explain_curve(const struct curve *c, char out[CURVE_TEXT_MAX]);

void explain_health(struct explain *x);
void explain_change(struct explain *x);
void explain_coverage(struct explain *x);
void explain_arr(struct explain *x);
void explain_value(struct explain *x);
void explain_value_pct(struct explain *x);
void explain_effort(struct explain *x);
void explain_score(struct explain *x);
void explain_quadrant(struct explain *x);
void explain_tier(struct explain *x);
void explain_renewal(struct explain *x);
void explain_status(struct explain *x);
void explain_risk(struct explain *x);
/* The live alerts, the worst first; of x->part the kind + 1. */
void explain_alert(struct explain *x);

/* A formula or a remark. */
void explain_say(struct explain *x, enum role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
