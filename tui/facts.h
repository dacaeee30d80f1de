/*
 * Facts: how a figure of an account comes about, as lines of a page. The account
 * screen, the preview and the explanation of a number show the same ones.
 */
#ifndef TUI_FACTS_H
#define TUI_FACTS_H

#include "tui/app.h"
#include "tui/page.h"

/* The health as glyph, number, word and change, from the given column; returns the
 * columns used. */
int facts_health_line(struct app *a, struct canvas *c, int row, int column, int width,
	const struct account_view *v);
/* Where the parts below are newer than that number: both numbers, and the key. */
void facts_health_now(struct page *p, const struct account_view *v);
/* One line per component of health, as much of it as the width allows; returns the row
 * of the first. */
int facts_components(struct app *a, struct page *p, const struct account_view *v);
/* The same lines of the components that changed most in 28 days, at most n. */
void facts_largest(struct app *a, struct page *p, const struct account_view *v, int n);
/* Each with a heading. Health and effort return the row of their first part, the others
 * follow it. */
int facts_health(struct app *a, struct page *p, const struct account_view *v);
void facts_value(struct app *a, struct page *p, const struct account_view *v);
int facts_effort(struct app *a, struct page *p, const struct account_view *v);
void facts_score(struct app *a, struct page *p, const struct account_view *v);
/* The tier and what is between the account and the next one. */
void facts_tier(struct app *a, struct page *p, const struct account_view *v);
/* The health of 78 weeks with the snapshot that is being read (-1: none); returns the
 * rows of the picture, 0: there is none. */
int facts_trend(struct app *a, struct page *p, const struct account_view *v, int reading);

#endif
