/* plays --used: how plays are used, by version, or of one play by CSM, and what that
 * means. */
#include "cli/verbs.h"

#include <math.h>
#include <stdio.h>

#include "cli/own_plays.h"
#include "cli/rows.h"
#include "core/book_play_use.h"
#include "core/convert.h"

#define FIGURES                                                                         \
	{ "TJC", "by_alert", "+by alert" }, { "TJC", "by_hand", "+by hand" },           \
		{ "TJC", "by_mail", "+as mail" }, { "JC", "messages_sent", NULL },      \
		{ "TJC", "running", "+run" }, { "TJC", "overdue", "+overdue" },         \
		{ "TJC", "done", "+done" }, { "TJC", "in_time", "+in time" },           \
		{ "JC", "in_time_pct", NULL }, { "TJC", "dropped", "+dropped" },        \
		{ "TJC", "median_days", "+-half within" },                              \
		{ "JC", "looked_at_again", NULL }, { "JC", "left", NULL },              \
		{ "TJC", "alert_gone", "+alert gone" }, { "TJC", "alerts", "+of" },     \
		{ "TJC", "behaviour_came", "+-did it" },                                \
		{ "TJC", "behaviour_asked", "+-of" }, { "JC", "behaviour_open", NULL }, \
		{ "JC", "health_known", NULL }, { "TJC", "health_up", "+-health up" },  \
		{ "TJC", "health_down", "+-down" },                                     \
	{                                                                               \
		NULL, NULL, NULL                                                        \
	}

static const struct rows_column by_play[] = {
	{ "TJC", "play", "play" },
	{ "JC", "title", NULL },
	{ "TJC", "version", "+version" },
	FIGURES,
};

static const struct rows_column by_csm[] = {
	{ "JC", "play", NULL },
	{ "TJC", "csm", "csm" },
	FIGURES,
};

static void put_use(struct rows *r, const struct play_use *x, int32_t median)
{
	rows_int(r, x->by_alert);
	rows_int(r, x->by_hand);
	rows_int(r, x->by_mail);
	rows_int(r, x->sent);
	rows_int(r, x->running);
	rows_int(r, x->overdue);
	rows_int(r, x->done);
	rows_int(r, x->in_time);
	rows_number(r, 100 * play_use_in_time(x), 0);
	rows_int(r, x->dropped);
	rows_number(r, median < 0 ? (double)NAN : median, 0);
	rows_int(r, x->judged);
	rows_int(r, x->left);
	rows_int(r, x->gone);
	rows_int(r, x->alerts);
	rows_int(r, x->came);
	rows_int(r, x->asked);
	rows_int(r, x->waits);
	rows_int(r, x->healths);
	rows_int(r, x->up);
	rows_int(r, x->down);
}

static enum status put_version(struct rows *r, const struct play_use_row *row,
	int32_t version, const struct play_use *x, int32_t median, struct err *e)
{
	rows_row(r);
	rows_text(r, row->play);
	rows_text(r, row->title);
	rows_count(r, version);
	put_use(r, x, median);
	return rows_end_row(r, e);
}

/* A line for each version, and one where it was not used at all. */
static enum status put_plays(struct rows *r, const struct play_uses *u, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < u->n; i++) {
		const struct play_use_row *row = &u->row[i];

		if (row->versions == 0)
			st = put_version(r, row, 0, &row->use, -1, e);
		for (uint32_t k = 0; st == ST_OK && k < row->versions; k++)
			st = put_version(r, row, row->version[k].version,
				&row->version[k].use, row->version[k].median, e);
	}
	return st;
}

static enum status put_csms(struct rows *r, const struct play_use_row *row, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < row->csms; k++) {
		const struct text name = row->csm[k].name;

		rows_row(r);
		rows_text(r, row->play);
		rows_text(
			r, name.s || r->format != FORMAT_TEXT ? name : TEXT("(nobody)"));
		put_use(r, &row->csm[k].use, row->csm[k].median);
		st = rows_end_row(r, e);
	}
	return st;
}

/* ---- sentences ------------------------------------------------------------------ */

/* Of one play all there is to say; of all of them what is to be looked at. */
static void print_lines(
	const struct play_uses *u, const struct play_use_row *row, bool all)
{
	char line[TEXT_SAID_MAX];

	for (int k = 0; k < PLAY_USE_LINES; k++) {
		const bool warns = play_use_warns(row, (enum play_use_line)k);

		if ((!all && !warns) ||
			!*play_use_text(u, row, (enum play_use_line)k, line))
			continue;
		fputs(warns ? "! " : "  ", stdout);
		if (!all)
			call_put(row->play, PLAY_NAME_MAX);
		call_line(all ? "" : ": ", text_of(line));
	}
}

static enum status print(struct call *c, const struct play_uses *u,
	const struct play_use_row *one, struct err *e)
{
	struct rows *r = NULL;
	enum status st = rows_begin(&r, c, one ? by_csm : by_play, e);

	if (st != ST_OK)
		return st;
	st = one ? put_csms(r, one, e) : put_plays(r, u, e);
	st = rows_end(&r, st, e);
	if (st != ST_OK || c->format != FORMAT_TEXT)
		return st;
	printf("\n");
	for (uint32_t i = 0; i < u->n; i++)
		if (!one || one == &u->row[i])
			print_lines(u, &u->row[i], one != NULL);
	return ST_OK;
}

/* A play that is in the book only has been used as well. */
static enum status find(const struct call *c, struct book *b, const struct play_uses *u,
	const struct play_use_row **out, struct err *e)
{
	const struct plays *library;
	const struct play *p;
	enum status st = ST_OK;

	*out = play_uses_find(u, text_of(c->arg[0]));
	if (!*out)
		st = book_plays(b, &library, e);
	return *out || st != ST_OK ? st : own_plays_find(library, c->arg[0], &p, e);
}

enum status plays_used(struct call *c, struct err *e)
{
	const struct play_use_row *one = NULL;
	struct play_uses u = { .n = 0 };
	struct book *b = NULL;
	int32_t weeks;
	enum status st = call_weeks(c, 7 * PLAY_USE_WEEKS, &weeks, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK) {
		st = play_uses_of(b, weeks, &u, e);
		if (st == ST_OK && c->args > 0)
			st = find(c, b, &u, &one, e);
		if (st == ST_OK)
			st = print(c, &u, one, e);
		play_uses_clear(&u);
	}
	book_free(&b);
	return st;
}
