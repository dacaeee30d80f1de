#include "cli/demo_book.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/demo_life.h"
#include "core/demo_work.h"

#define DAYS_MAX 1024u

/* The history happens at midnight of its days, so that a demo is the same every time. */
static int64_t midnight(const struct clock *c)
{
	return (int64_t)c->today * DAY_SECONDS;
}

/* NULL: nobody wants to know; a signal ends it all the same. */
static bool go_on(
	const struct progress *p, const char *what, uint64_t done, uint64_t total)
{
	return !call_cancelled && (!p || p->tell(p->arg, what, done, total));
}

static bool tell_filling(void *arg, uint64_t done, uint64_t total)
{
	return go_on(arg, "making accounts", done, total);
}

/* Where alerts are looked for, a recalculation follows, with the tiers after it. */
static enum status review(struct book *b, struct err *e)
{
	struct review r;
	enum status st;

	book_look_for_alerts(b, false);
	st = book_review(b, true, &r, e);
	review_clear(&r);
	return st;
}

/* Large books look for alerts on the last day alone. */
static enum status live_day(struct book *b, const struct demo_request *r,
	const struct demo_day *day, struct err *e)
{
	const struct clock clock = { .today = day->day, .now = midnight };
	const bool large = r->accounts > DEMO_LARGE, last = day->day == r->today;
	struct recalc_result done;
	enum status st = ST_OK;

	book_set_day(b, &clock);
	if (!large &&
		last) /* what was due by yesterday is done, what is due today is not */
		st = demo_work(b, r, day->day - 1, e);
	if (st == ST_OK && day->review)
		st = review(b, e);
	book_look_for_alerts(b, !large || last);
	if (st == ST_OK && !(day->review && large && !last))
		st = book_recalc(b, &done, e);
	return st == ST_OK && !large && !last ? demo_work(b, r, day->day, e) : st;
}

static enum status live(struct call *c, struct book *b, const struct demo_request *r,
	const struct progress *p, struct err *e)
{
	struct demo_day *days = malloc(DAYS_MAX * sizeof(*days));
	uint32_t n;
	enum status st = ST_OK;

	if (!days)
		return err_set(e, ST_NOMEM, "not enough memory");
	n = demo_days(r, days, DAYS_MAX);
	for (uint32_t k = 0; st == ST_OK && k < n; k++)
		st = go_on(p, "living through the days", k, n)
			     ? live_day(b, r, &days[k], e)
			     : err_set(e, ST_CANCELLED, "interrupted");
	free(days);
	if (st == ST_OK)
		book_set_day(b, &c->clock);
	return st;
}

/* What it brings along is nobody's work: `undo` is for what comes after it. */
static enum status open_demo(struct call *c, struct book **out, struct err *e)
{
	const struct clock clock = c->clock;
	char *actor = c->actor, nobody[] = "demo";
	enum status st;

	c->clock.now = midnight;
	c->actor = nobody;
	st = call_book(c, true, out, e);
	c->clock = clock;
	c->actor = actor;
	return st;
}

enum status demo_book(struct call *c, struct demo_request *r,
	const struct progress *progress, struct book **out, struct err *e)
{
	struct book *b = NULL;
	enum status st = open_demo(c, &b, e);

	if (st != ST_OK)
		return st;
	r->progress = tell_filling;
	r->arg = (void *)(uintptr_t)progress;
	st = demo_fill(book_store(b), r, e);
	if (st == ST_OK)
		st = live(c, b, r, progress, e);
	book_free(&b);
	if (st == ST_OK)
		return call_book(c, false, out, e);
	unlink(c->db); /* half a demo is of no use */
	return st;
}
