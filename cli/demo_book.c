#include "cli/demo_book.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/demo_life.h"
#include "core/demo_work.h"
#include "db/temporary.h"

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
	const bool named = c->named_actor;
	char *actor = c->actor, nobody[] = "demo";
	enum status st;

	c->clock.now = midnight;
	c->actor = nobody;
	c->named_actor = true;
	st = call_book(c, true, out, e);
	c->clock = clock;
	c->actor = actor;
	c->named_actor = named;
	return st;
}

static enum status failure(const char *path, struct err *e)
{
	return err_set(e, ST_IO, "%s: %s", path, strerror(errno));
}

/* What a process that was killed left in its journal belongs to the book that is there: a
 * demo in its place would have it written into it. */
enum status demo_book_replaceable(const char *path, struct err *e)
{
	char journal[PATH_MAX];
	struct stat about;

	if (snprintf(journal, sizeof(journal), "%s-journal", path) >= PATH_MAX)
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	if (lstat(journal, &about) != 0 || about.st_size == 0)
		return ST_OK;
	return err_set(e, ST_UNOPENED,
		"%s is in use, or a change to it was cut short: open it once, then say "
		"it again",
		path);
}

/* The whole demo takes the name of the book. What is there gets its other name first, so
 * that at no moment neither is to be found. */
static enum status take_place(
	const char *made, const char *path, const char *before, struct err *e)
{
	struct stat about;

	if (before) {
		const enum status st = demo_book_replaceable(path, e);

		if (st != ST_OK)
			return st;
		if (link(path, before) != 0 && temporary_take_name(path, before) != 0)
			return failure(path, e);
		return rename(made, path) == 0 ? ST_OK : failure(path, e);
	}
	/* An empty file is what a book that was never begun leaves. */
	if (lstat(path, &about) == 0 && S_ISREG(about.st_mode) && !about.st_size)
		unlink(path);
	return temporary_take_name(made, path) == 0 ? ST_OK : failure(path, e);
}

/* At the call's path, which is that of the unfinished book. */
static enum status make(struct call *c, struct demo_request *r,
	const struct progress *progress, struct err *e)
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
	return st;
}

enum status demo_book(struct call *c, struct demo_request *r, const char *before,
	const struct progress *progress, struct book **out, struct err *e)
{
	char made[PATH_MAX], journal[PATH_MAX + 16], *path = c->db;
	enum status st;

	if (snprintf(made, sizeof(made), "%s.making-%ld", path, (long)getpid()) >=
		PATH_MAX)
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	c->db = made;
	st = make(c, r, progress, e);
	c->db = path;
	if (st == ST_OK)
		st = take_place(made, path, before, e);
	/* The journal is cut to nothing when all went well, and stays. */
	snprintf(journal, sizeof(journal), "%s-journal", made);
	unlink(journal);
	if (st == ST_OK)
		return call_book(c, false, out, e);
	unlink(made); /* half a demo is of no use */
	return st;
}
