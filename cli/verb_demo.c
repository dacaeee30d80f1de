/* demo: a book with a history, made day by day by the same rules as any other. */
#include "cli/verbs.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/console.h"
#include "cli/demo_book.h"
#include "core/demo.h"

static bool show_progress(void *arg, const char *what, uint64_t done, uint64_t total)
{
	(void)arg;
	fprintf(stderr, "\r%s: %3.0f %%   ", what,
		total ? 100.0 * (double)done / (double)total : 0);
	return true;
}

static enum status read_request(struct call *c, struct demo_request *r, struct err *e)
{
	uint64_t accounts = 0, csms = 0, months = 0;
	enum status st = call_number(c, OPT_ACCOUNTS, 600, 10000000, &accounts, e);

	if (st == ST_OK)
		st = call_number(c, OPT_CSMS, 6, 1000, &csms, e);
	if (st == ST_OK)
		st = call_number(c, OPT_MONTHS, 18, 60, &months, e);
	if (st == ST_OK)
		st = call_number(c, OPT_SEED, 1, UINT32_MAX, &r->seed, e);
	if (st == ST_OK && (accounts < 1 || csms < 1 || months < 1))
		st = err_set(
			e, ST_USAGE, "a demo needs at least one account, CSM and month");
	r->accounts = (uint32_t)accounts;
	r->csms = (uint32_t)csms;
	r->months = (int)months;
	r->today = c->clock.today;
	return st;
}

enum { TRIES = 1000 }; /* of a free name */

/* Where the book that was there waits until the demo is made, and stays; nothing that was
 * put aside before is written over. */
static enum status name_before(const struct call *c, char out[PATH_MAX], struct err *e)
{
	struct stat about;

	for (int k = 1; k < TRIES; k++) {
		if (snprintf(out, PATH_MAX,
			    k == 1 ? "%s.before-demo" : "%s.before-demo-%d", c->db,
			    k) >= PATH_MAX)
			return err_set(e, ST_USAGE, "%s: the path is too long", c->db);
		if (lstat(out, &about) != 0)
			return ST_OK;
	}
	return err_set(e, ST_IO,
		"%s.before-demo and those after it are taken: move them "
		"away",
		c->db);
}

/* Somebody who looks for a demo gets it without losing sight of a book of their own. */
static enum status refuse_place(const struct call *c, struct err *e)
{
	if (demo_named(c->db))
		return err_set(e, ST_UNOPENED,
			"there is a demo at %s already: `tierdesk --db %s` opens it; "
			"--force makes a new one in its place, and keeps this one beside "
			"it",
			c->db, c->db);
	return err_set(e, ST_UNOPENED,
		"there is a book at %s already, and it stays: `tierdesk --db demo.db "
		"demo` makes a demo in a file of its own (C-o does, in the console); "
		"`tierdesk --db %s` opens the book",
		c->db, c->db);
}

/* A demo never stands in the way of a real book: that is put aside, as `before`. "":
 * there is none. */
static enum status choose_place(struct call *c, char before[PATH_MAX], struct err *e)
{
	struct stat about;
	enum status st;

	before[0] = '\0';
	/* An empty file is what a demo that failed to begin leaves behind. */
	if (lstat(c->db, &about) != 0 || (S_ISREG(about.st_mode) && !about.st_size))
		return ST_OK;
	if (!c->option[OPT_FORCE])
		return refuse_place(c, e);
	if (!S_ISREG(about.st_mode))
		return err_set(e, ST_IO, "%s is not a file: it is left alone", c->db);
	st = demo_book_replaceable(c->db, e);
	return st == ST_OK ? name_before(c, before, e) : st;
}

static enum status print_summary(struct call *c, struct book *b, struct err *e)
{
	const char *currency = book_policy(b)->currency;
	char day[DAY_TEXT_MAX], arr[MONEY_TEXT_MAX];
	struct book_summary s;
	const enum status st = book_summary(b, &s, e);

	if (st != ST_OK)
		return st;
	printf("%s: %u active account%s, %u CSM%s, %s ARR, as of %s\n", c->db, s.active,
		TEXT_S(s.active), s.csms, TEXT_S(s.csms),
		money_said(s.arr, currency, arr), day_format(s.figures_day, day));
	for (int t = 1; t <= TIER_COUNT; t++)
		printf("  tier %d: %5u account%s (at most %u), %s ARR\n", t, s.in_tier[t],
			TEXT_S(s.in_tier[t]), s.limit[t - 1],
			money_said(s.arr_in_tier[t], currency, arr));
	printf("  health: %u healthy, %u watch, %u at risk, %u unknown\n",
		s.in_band[BAND_HEALTHY], s.in_band[BAND_WATCH], s.in_band[BAND_AT_RISK],
		s.in_band[BAND_UNKNOWN]);
	printf("next: tierdesk --db %s, or tierdesk --db %s list --where 'health:<50'\n",
		c->db, c->db);
	return ST_OK;
}

enum status verb_demo(struct call *c, struct err *e)
{
	const bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	const bool shown = !c->option[OPT_QUIET] && isatty(STDERR_FILENO);
	const struct progress progress = { show_progress, NULL };
	struct demo_request r = { 0 };
	struct book *b = NULL;
	char before[PATH_MAX] = "";
	enum status st = read_request(c, &r, e);

	if (st == ST_OK)
		st = choose_place(c, before, e);
	if (st == ST_OK)
		st = demo_book(c, &r, before[0] ? before : NULL, shown ? &progress : NULL,
			&b, e);
	if (shown)
		fprintf(stderr, "\r%40s\r", "");
	if (st == ST_OK && before[0])
		call_note(c, "the book that was there is at %s now", before);
	if (st == ST_OK && terminal && !c->option[OPT_NO_CONSOLE])
		return console_run(c, b, e);
	if (st == ST_OK)
		st = print_summary(c, b, e);
	book_free(&b);
	return st;
}
