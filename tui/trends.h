/* The Trends screen's parts: what is being looked at, its pictures as data, and how it
 * is explained. For trends*.c alone. */
#ifndef TUI_TRENDS_H
#define TUI_TRENDS_H

#include "core/book_trend.h"
#include "tui/chart.h"
#include "tui/input.h"

struct app;

enum trends_picture {
	TRENDS_BANDS,
	TRENDS_TIERS,
	TRENDS_ARR,
	TRENDS_AVERAGE,
	TRENDS_MONTHS,
	TRENDS_YEARS,
	TRENDS_TICKETS,
	TRENDS_ALERTS,
	TRENDS_TURNOVER,
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

/* A picture as data. */
struct trends_figure {
	bool made;
	struct chart chart;
	struct chart_series series[TREND_LINES];
	struct chart_level level[2];
	struct chart_version version[16];
	char level_name[2][48];
	double *y;                       /* owned; per series and level all points */
	int32_t *day;                    /* owned */
	const struct trend_month *month; /* of the first point of a monthly one */
	const char *missing;             /* why there is nothing to see; NULL: there is */
};

struct trends {
	struct book_trend *job; /* owned; NULL: there is none */
	const struct trend *t;  /* of the job */
	struct trends_made made;
	bool failed;                /* what is asked for can't be had */
	uint64_t marks;             /* the marks that were looked at for it */
	char name[TREND_LINES][64]; /* of the marked accounts */
	enum trends_picture at;
	int range;   /* which of the ranges */
	bool alone;  /* one picture takes all of the screen */
	int32_t day; /* being read; DAY_NONE: the newest */
	struct trends_figure figure[TRENDS_PICTURES]; /* made when first asked for */
};

/* Makes the job when what is asked for has changed. */
void trends_make(struct app *a, struct trends *s);
/* Steps of it until a key waits, all of them when nobody does; false: there is more to
 * do. */
bool trends_work(struct app *a, struct trends *s);
int trends_weeks(const struct trends *s); /* 0: all there is */
bool trends_range(struct trends *s, int by);

const char *trends_title(enum trends_picture p);
const char *trends_short(enum trends_picture p); /* at most 11 columns */

/* The picture as it is by now, with the cursor on the day that is read; borrowed until
 * there is more to see. */
const struct trends_figure *trends_figure(
	struct app *a, struct trends *s, enum trends_picture p);
/* Forgets all of them: something is different now. */
void trends_figures_forget(struct trends *s);

/* "mine, filter tier:1": whose accounts, and which of them. */
void trends_whom(struct app *a, char *out, size_t size);

#endif
