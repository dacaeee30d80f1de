/* What the files of the board book share; nobody else includes it. */
#ifndef REPORT_BOARD_INTERNAL_H
#define REPORT_BOARD_INTERNAL_H

#include "core/book_capacity.h"
#include "core/book_trend.h"
#include "core/queue.h"
#include "core/revenue_text.h"
#include "report/board.h"
#include "report/plot.h"

enum { BOARD_WEEKS = 78, BOARD_EVENTS = 12, BOARD_ROWS = 12 };

struct board {
	struct book *b;
	struct doc *d;
	const struct policy *policy;
	const char *currency;
	struct book_summary sum;
	struct capacity *capacity;   /* owned */
	struct queue *queue;         /* owned; of everybody */
	struct book_trend *trending; /* owned */
	const struct trend *trend;
	struct book_revenue *earning;  /* owned */
	const struct revenue *revenue; /* of the year until the as-of day, by tier */
	/* Of the points of the trend. */
	int32_t *day;
	struct plot_event event[BOARD_EVENTS]; /* where another policy came in force */
	int events;
};

enum status board_questions(struct board *x, struct err *e);
void board_tiers(struct board *x);
enum status board_quadrant(struct board *x, struct err *e);
enum status board_moves(struct board *x, struct err *e);
void board_retention(struct board *x);
enum status board_features(struct board *x, struct err *e);
enum status board_insights(struct board *x, struct err *e);
void board_health(struct board *x);
enum status board_backtest(struct board *x, struct err *e);
enum status board_capacity(struct board *x, struct err *e);
enum status board_work(struct board *x, struct err *e);
enum status board_audits(struct board *x, struct err *e);
void board_rules(struct board *x);

/* Percent of a part; NaN of nothing. */
double board_share(int64_t part, int64_t whole);
/* One figure of every point of the trend, in the document's memory. */
double *board_series(
	struct board *x, double (*figure)(const struct trend *t, uint32_t point));

/* Whether a figure is known at two points or more: a line needs them. */
bool board_has_trend(
	struct board *x, double (*figure)(const struct trend *t, uint32_t point));

/* The first rows of a section of a queue, as a table. */
struct board_queue {
	const struct queue *queue;
	enum queue_section section;
	uint32_t most;
	const char *caption;
	bool whose; /* with the CSM of each */
};
enum status board_queue(struct doc *d, struct book *b, const struct board_queue *which,
	struct err *e) MUST_USE;

#endif
