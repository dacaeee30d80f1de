/* The Trends screen's parts: what is being looked at, its pictures as data, and how it
 * is explained. For trends*.c alone. */
#ifndef TUI_TRENDS_H
#define TUI_TRENDS_H

#include "core/book_trend.h"
#include "tui/chart.h"
#include "tui/input.h"

struct app;
struct page;

enum trends_picture {
	TRENDS_BANDS,
	TRENDS_TIERS,
	TRENDS_AVERAGE,
	TRENDS_MONTHS,
	TRENDS_YEARS,
	TRENDS_TICKETS,
	TRENDS_MARKED,
	TRENDS_PICTURES
};

/* What a set of trends was made for: made again when it is another one. */
struct trends_made {
	uint64_t generation;
	int weeks, whose;
	int32_t csm;
	char filter[INPUT_MAX];
	uint32_t marked, line[TREND_LINES];
	int lines;
};

struct trends {
	struct book_trend *job; /* owned; NULL: there is none */
	const struct trend *t;  /* of the job */
	struct trends_made made;
	char name[TREND_LINES][64]; /* of the marked accounts */
	enum trends_picture at;
	int range;   /* which of the ranges */
	bool alone;  /* one picture takes all of the screen */
	int32_t day; /* being read; DAY_NONE: the newest */
};

/* Makes the job when what is asked for has changed. */
void trends_make(struct app *a, struct trends *s);
/* Some steps of it, all of them when nobody waits; false: there is more to do. */
bool trends_work(struct app *a, struct trends *s);
int trends_weeks(const struct trends *s); /* 0: all there is */
bool trends_range(struct trends *s, int by);

const char *trends_title(enum trends_picture p);
const char *trends_short(enum trends_picture p); /* at most 11 columns */

/* A picture as data. */
struct trends_figure {
	struct chart chart;
	struct chart_series series[TREND_LINES];
	struct chart_level level[2];
	struct chart_version version[16];
	char level_name[2][48];
	double *y;                       /* owned; per series all points */
	int32_t *day;                    /* owned */
	const struct trend_month *month; /* of the first point of a monthly one */
	const char *missing;             /* why there is nothing to see; NULL: there is */
};
void trends_figure(struct app *a, const struct trends *s, enum trends_picture p,
	struct trends_figure *out);
void trends_figure_clear(struct trends_figure *f);

/* "mine, filter tier:1": whose accounts, and which of them. */
void trends_whom(struct app *a, char *out, size_t size);
/* How the numbers under the cursor come about. */
void trends_explain(struct app *a, const struct trends *s, struct page *p);

#endif
