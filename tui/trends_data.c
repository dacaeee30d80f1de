/* What the Trends screen looks at, and making it while keys are awaited. */
#include "tui/trends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"

enum { BITE = 64 }; /* see app_go_on */

static const int ranges[] = { 13, 26, 52, 104, 0 };
enum { RANGES = sizeof(ranges) / sizeof(*ranges) };

int trends_weeks(const struct trends *s)
{
	return ranges[s->range];
}

bool trends_range(struct trends *s, int by)
{
	if (s->range + by < 0 || s->range + by >= RANGES)
		return false;
	s->range += by;
	return true;
}

void trends_whom(struct app *a, char *out, size_t size)
{
	const char *whose[WHOSE_COUNT] = { "", "mine", a->view.owner, "the pool's",
		a->view.owner };

	if (view_everybody(&a->view))
		snprintf(out, size, "all accounts");
	else if (a->view.filter.n == 0)
		snprintf(out, size, "%s", whose[a->view.whose]);
	else
		snprintf(out, size, "%s%sfilter %.*s",
			a->view.whose == WHOSE_ALL ? "" : whose[a->view.whose],
			a->view.whose == WHOSE_ALL ? "" : ", ", (int)a->view.filter.n,
			a->view.filter.s);
}

static void wanted(struct app *a, const struct trends *s, struct trends_made *out)
{
	memset(out, 0, sizeof(*out));
	out->generation = book_generation(a->book);
	out->weeks = trends_weeks(s);
	out->whose = (int)a->view.whose;
	out->csm = a->view.csm;
	memcpy(out->filter, a->view.filter.s, a->view.filter.n);
	out->marked = a->marks.n;
	/* Looking through a million marks is not for every paint. */
	if (s->marks == a->marks.changes) {
		out->lines = s->made.lines;
		memcpy(out->line, s->made.line, sizeof(out->line));
		return;
	}
	for (uint32_t id = 1; id <= a->marks.size && out->lines < TREND_LINES; id++)
		if (marks_has(&a->marks, id))
			out->line[out->lines++] = id;
}

static void name_lines(struct app *a, struct trends *s)
{
	struct list_row rows[TREND_LINES];
	struct arena arena;
	struct err e;

	arena_init(&arena);
	memset(s->name, 0, sizeof(s->name));
	if (book_rows(a->book, s->made.line, (uint32_t)s->made.lines, &arena, rows, &e) ==
		ST_OK)
		for (int i = 0; i < s->made.lines; i++) {
			struct text name = rows[i].name.n ? rows[i].name : rows[i].id;

			snprintf(s->name[i], sizeof(s->name[i]), "%.*s", (int)name.n,
				name.s);
		}
	arena_clear(&arena);
}

void trends_make(struct app *a, struct trends *s)
{
	struct trends_made now;
	struct trend_query q = { 0 };
	struct err e = { .status = ST_OK };
	uint8_t *in = NULL;
	enum status st;

	wanted(a, s, &now);
	s->marks = a->marks.changes;
	if (a->view.bad ||
		((s->job || s->failed) && memcmp(&now, &s->made, sizeof(now)) == 0))
		return;
	trends_figures_forget(s);
	book_trend_free(&s->job);
	s->t = NULL;
	st = view_members(&a->view, a->book, &in, &q.in_n, &e);
	q.in = in;
	q.weeks = now.weeks;
	q.lines = now.lines;
	memcpy(q.line, now.line, sizeof(q.line));
	if (st == ST_OK)
		st = book_trend_new(a->book, &q, &s->job, &e);
	free(in);
	/* What was read on the way may have been the first look at the book. */
	now.generation = book_generation(a->book);
	s->made = now;
	s->failed = st != ST_OK;
	if (s->failed) {
		app_fail(a, &e);
		return;
	}
	s->t = book_trend_known(s->job);
	name_lines(a, s);
}

bool trends_work(struct app *a, struct trends *s)
{
	struct err e = { .status = ST_OK };

	for (int i = 0; s->job && !s->t->done && app_go_on(a, i, BITE); i++) {
		trends_figures_forget(s);
		if (book_trend_step(s->job, &e) == ST_OK)
			continue;
		app_fail(a, &e); /* and it is not tried again, for ever */
		book_trend_free(&s->job);
		s->t = NULL;
		s->failed = true;
	}
	return !s->job || s->t->done;
}
