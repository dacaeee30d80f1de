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
/* One line per component of health, as much of it as the width allows. */
void facts_components(struct app *a, struct page *p, const struct account_view *v);
void facts_health(struct app *a, struct page *p, const struct account_view *v);
/* The curve of the component that lost or costs the most points. */
void facts_curve(struct app *a, struct page *p, const struct account_view *v);
void facts_value(struct app *a, struct page *p, const struct account_view *v);
void facts_effort(struct app *a, struct page *p, const struct account_view *v);
void facts_score(struct app *a, struct page *p, const struct account_view *v);
void facts_tier(struct app *a, struct page *p, const struct account_view *v);
void facts_trend(struct app *a, struct page *p, const struct account_view *v);

#endif
