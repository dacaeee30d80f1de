/* The pool by hand: accounts of nobody that somebody looks after for a while. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/act.h"
#include "core/book_live.h"
#include "tui/app.h"
#include "tui/me.h"
#include "tui/mem.h"
#include "tui/words.h"

/* ---- claiming ------------------------------------------------------------------- */

/* 0 and a message: nobody has the name of the person at the keyboard. */
static uint32_t my_number(struct app *a)
{
	struct err e = { .text = "" };
	char text[ME_TEXT_MAX];
	uint32_t me;

	if (book_my_csm(a->book, &me, &e) != ST_OK)
		app_fail(a, &e);
	else if (!me)
		app_say(a, "%s", me_unknown(a, text));
	return me;
}

static bool is_claimed(struct app *a, uint32_t account, uint32_t csm)
{
	struct book_live x;
	struct err e = { .text = "" };

	if (book_live(a->book, account, &x, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	for (uint32_t i = 0; i < x.tasks; i++)
		if (x.task[i].csm == csm)
			return true;
	return false;
}

/* What all of the targets are mine already is given back. */
void hand_claim(struct app *a)
{
	const uint32_t me = my_number(a);
	struct err e = { .text = "" };
	struct hand h;
	uint32_t mine = 0;
	enum status st;

	if (!me)
		return;
	hand_targets(a, &h);
	for (uint32_t i = 0; i < h.n; i++)
		mine += is_claimed(a, h.id[i], me);
	st = book_claim(a->book, h.id, h.n, mine == h.n ? 0 : me, NULL, &e);
	if (st != ST_OK)
		app_fail(a, &e);
	else if (mine == h.n)
		hand_done(a, &h, "gave %s back to the pool", h.who);
	else
		hand_done(a, &h, "claimed %s", h.who);
	hand_clear(&h);
}

/* ---- dealing -------------------------------------------------------------------- */

enum { DEAL_MANY, DEAL_LINES };
enum { DEAL_MOST = 1000000 };
enum { DEALT_TO_MAX = 160 }; /* a name and a number */

static const struct form_line deal_lines[DEAL_LINES] = {
	{ "How many", FORM_NUMBER, NULL,
		"The first of the pool's queue; empty: all that are flagged.", false },
};

/* Who got how many, as many of them as the line has room for. */
static void say_dealt(struct app *a, const struct dealt *d)
{
	const char *s = TEXT_S(d->accounts);
	struct text *to = mem_new(d->n, sizeof(*to));
	char *each = mem_new(d->n, DEALT_TO_MAX), said[512];
	uint32_t named = d->n;
	int used;

	for (uint32_t i = 0; i < d->n; i++) {
		snprintf(each + i * DEALT_TO_MAX, DEALT_TO_MAX, "%.*s %u",
			(int)d->to[i].csm.n, d->to[i].csm.s, d->to[i].accounts);
		to[i] = text_of(each + i * DEALT_TO_MAX);
	}
	do {
		words_some(to, d->n, named, said, sizeof(said));
		used = snprintf(NULL, 0, "dealt %u account%s of the pool: ", d->accounts,
			       s) +
		       text_columns(text_of(said));
	} while (used > hand_room(a, NULL) && --named > 0);
	hand_done(a, NULL, "dealt %u account%s of the pool%s%s", d->accounts, s,
		named ? ": " : "", named ? said : "");
	free(each);
	free(to);
}

static enum status deal(struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct text t = form_value(f, DEAL_MANY);
	struct dealt dealt;
	uint32_t n = 0;
	enum status st;

	*line = DEAL_MANY;
	if (t.n && (!form_whole(f, DEAL_MANY, DEAL_MOST, &n) || n == 0))
		return err_set(e, ST_INVALID,
			"\"%.*s\" is no number of accounts: 1 to %d, or empty for all",
			(int)t.n, t.s, DEAL_MOST);
	*line = -1;
	st = book_deal(a->book, n, false, &dealt, e);
	if (st == ST_OK && dealt.accounts == 0)
		st = err_set(e, ST_NOTFOUND,
			"nothing in the pool is flagged that is not claimed already");
	if (st == ST_OK)
		say_dealt(a, &dealt);
	dealt_clear(&dealt);
	return st;
}

static const struct form_spec deal_form = { "Deal the pool", "deal", deal_lines,
	DEAL_LINES, deal, NULL };

void hand_deal(struct app *a)
{
	struct form *f = mem_new(1, sizeof(*f));

	f->spec = &deal_form;
	snprintf(f->subtitle, sizeof(f->subtitle),
		"round robin, to those who are there and have the fewest claims");
	hand_open(a, f);
}
