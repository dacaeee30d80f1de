/* Where the time goes, to be read: by CSM and purpose, with what it costs and who got
 * little. */
#include "tui/app.h"

#include <stdio.h>

#include "core/book_time.h"
#include "tui/sheet.h"
#include "tui/words.h"

enum { WIDTH = 76, NAME = 15, HOURS = 6, NUMBER = 11, WEEK = 7 };

struct state {
	struct sheet sheet;
	struct book_time *time; /* owned; NULL: it can't be had, and problem says why */
	char problem[ERR_TEXT_MAX];
};

static void put_heads(struct page *p)
{
	const int row = page_line(p);
	const int at = NAME + HOURS;

	canvas_print(&p->c, row, NAME, HOURS, ROLE_QUIET, "%*s", HOURS, "h/week");
	for (int k = 0; k < TOUCH_CLASSES; k++)
		canvas_print(&p->c, row, at + k * NUMBER, NUMBER, ROLE_QUIET, "%*s",
			NUMBER, touch_class_name[k]);
}

static void put_row(struct page *p, const struct book_time *t, struct text name,
	const double minutes[TOUCH_CLASSES])
{
	const double weeks = (double)(t->to - t->from + 1) / WEEK;
	const double all = time_total(minutes);
	const int row = page_line(p);
	const int at = NAME + HOURS;

	canvas_put(&p->c, row, 0, NAME - 1, ROLE_TEXT, name);
	canvas_print(
		&p->c, row, NAME, HOURS, ROLE_TEXT, "%*.1f", HOURS, all / 60 / weeks);
	for (int k = 0; k < TOUCH_CLASSES && all > 0; k++)
		canvas_print(&p->c, row, at + k * NUMBER, NUMBER,
			minutes[k] > 0 ? ROLE_TEXT : ROLE_QUIET, "%*.0f %%", NUMBER - 2,
			100 * minutes[k] / all);
}

static void put_table(struct page *p, const struct book_time *t)
{
	static const char *const tiers[] = { "tier 1", "tier 2", "tier 3" };

	put_heads(p);
	for (uint32_t k = 0; k < t->rows; k++)
		if (t->row[k].touches)
			put_row(p, t, t->row[k].csm ? t->row[k].name : TEXT("(nobody's)"),
				t->row[k].minutes);
	page_line(p);
	for (int k = 0; k < TIER_COUNT; k++)
		put_row(p, t, text_of(tiers[k]), t->minutes[k]);
}

static void fill(struct app *a, void *state, struct page *p)
{
	struct state *s = state;
	char line[TEXT_SAID_MAX], from[DAY_TEXT_MAX], to[DAY_TEXT_MAX];
	int at;

	if (!s->time) {
		page_text(p, 0, ROLE_ERROR, text_of(s->problem));
		return;
	}
	put_table(p, s->time);
	page_line(p);
	for (int k = 0; k < TIME_LINES; k++) {
		const bool warns = time_warns(s->time, (enum time_line)k);

		if (!*time_text(a->book, s->time, (enum time_line)k, line))
			continue;
		at = p->c.rows;
		page_print(p, 2, warns ? ROLE_WATCH : ROLE_TEXT, "%s", line);
		if (warns)
			canvas_put(&p->c, at, 0, 1, ROLE_WATCH, TEXT("!"));
	}
	page_line(p);
	page_print(p, 0, ROLE_QUIET,
		"%u touch%s from %s to %s; a minute costs %.2f %s ([capacity] head_cost "
		"over hours_week), purposes are sorted by their words",
		s->time->touches, s->time->touches == 1 ? "" : "es",
		day_format(s->time->from, from), day_format(s->time->to, to),
		s->time->minute_cents / 100, book_policy(a->book)->currency);
}

static void open_time(struct app *a, void *state)
{
	struct state *s = state;
	struct err e = { .text = "" };

	if (book_time(a->book, TIME_DAYS, &s->time, &e) != ST_OK)
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	sheet_open(a, &s->sheet, "Where the time goes", WIDTH, fill);
}

static void close_time(struct app *a, void *state)
{
	struct state *s = state;

	book_time_free(&s->time);
	sheet_close(a, state);
}

const struct screen_ops time_screen = {
	.size = sizeof(struct state),
	.open = open_time,
	.close = close_time,
	.layout = sheet_layout,
	.paint = sheet_paint,
	.act = sheet_act,
	.click = sheet_click,
};
