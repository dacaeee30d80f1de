/* The Revenue screen: what its files share. */
#ifndef TUI_REVENUE_H
#define TUI_REVENUE_H

#include "core/book_features.h"
#include "core/book_revenue.h"
#include "core/revenue_text.h"
#include "tui/app.h"
#include "tui/page.h"

enum revenue_figure {
#define FIGURE(id, label, section, marks) FIGURE_##id,
#include "tui/revenue.def"
	FIGURES
};
enum revenue_section { SECTION_OUTCOME, SECTION_CONTENT, SECTION_ACTIVITY };

struct revenue_figure_row {
	const char *label;
	enum revenue_section section;
	unsigned marks;
};
const struct revenue_figure_row *revenue_figure_of(enum revenue_figure f);

/* A line under which the cursor can stand. */
enum revenue_line_kind {
	LINE_GROUP,
	LINE_FIGURE,
	LINE_CLASH,
	LINE_UNCLEAR, /* an exit survey that somebody has to read */
	LINE_FEATURE,
	LINE_SESSION /* the best features in the first session */
};
struct revenue_screen_line {
	enum revenue_line_kind kind;
	enum revenue_figure figure;
	int cause;  /* of FIGURE_CAUSE: enum churn_class */
	int32_t at; /* LINE_GROUP: its number, -1: all; of the clash,
			of the answer, of the feature */
	int row;    /* in the page */
};

enum revenue_span { SPAN_RUNNING, SPAN_MONTH, SPAN_QUARTER, SPAN_YEAR, SPANS };

/* What the figures were made for: made again when it is another one. */
struct revenue_made {
	uint64_t generation;
	enum revenue_span span;
	int back, whose;
	enum revenue_by by;
	int32_t csm;
	char filter[INPUT_MAX];
};

struct revenue_screen {
	enum revenue_span span;
	int back; /* so many periods before the last one that there is */
	enum revenue_by by;
	struct book_revenue *job;        /* owned; NULL: it can't be had */
	const struct revenue *r;         /* of it */
	struct book_features *featuring; /* owned; once all of r is there */
	const struct features *f;        /* of it; NULL: not done */
	struct revenue_made made;
	char problem[ERR_TEXT_MAX];
	int32_t group;                    /* whose figures are shown; -1: all */
	struct revenue_screen_line *line; /* owned */
	int lines, room, at;
	struct page page;
	struct rect body;
};

/* Of the group whose figures are shown. */
const struct revenue_group *revenue_group_here(const struct revenue_screen *s);
const struct revenue_screen_line *revenue_line_here(const struct revenue_screen *s);
/* The days of the period that is chosen. */
struct revenue_query revenue_screen_query(
	const struct app *a, const struct revenue_screen *s);

/* ---- painting (revenue_paint.c) ---- */
void revenue_fill(struct app *a, struct revenue_screen *s);
void revenue_paint(
	struct app *a, struct revenue_screen *s, struct canvas *c, struct rect body);
struct revenue_screen_line *revenue_add_line(
	struct revenue_screen *s, enum revenue_line_kind kind);
/* ---- features of the first days (revenue_features.c) ---- */
void revenue_features_fill(struct revenue_screen *s);
void revenue_features_explain(const struct revenue_screen *s, struct page *p);
/* Of a line of theirs: where an account is among those behind it, those without the
 * feature first (-1: nowhere), the heading of a list of n, and what is said of one. */
int revenue_features_place(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t i);
void revenue_features_title(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t n, char *out, size_t size);
const char *revenue_features_what(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t i, char out[FEATURES_LACK_MAX]);
/* ---- figures as text (revenue_cells.c) ---- */
char *revenue_rate(double v, char out[32]);
char *revenue_money_text(const struct app *a, int64_t cents, char *out, size_t size);
enum role revenue_role(enum revenue_verdict v);
/* What stands in the columns of a figure: of snapshots, of movements, and beside them. */
struct revenue_cells {
	char value[REVENUE_TEXT_MAX], moved[32], note[REVENUE_TEXT_MAX];
	enum role role;
};
void revenue_cells(const struct app *a, const struct revenue_screen *s,
	const struct revenue_screen_line *line, struct revenue_cells *out);
/* Of the group whose figures are shown: "tier 1", "all". Returns out. */
const char *revenue_label(const struct revenue_screen_line *line);

/* ---- the accounts behind a figure (revenue_list.c) ---- */
/* Opens them; false: there are none. */
bool revenue_list_open(struct app *a, const struct revenue_screen *s);

#endif
