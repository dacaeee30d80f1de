/* What a manager does on the Tiers screen: open, mark, approve, answer. */
#include "tui/tiers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/form.h"
#include "tui/hand.h"
#include "tui/mem.h"
#include "tui/views.h"

/* ---- going on to the accounts --------------------------------------------------------
 */

static void show_book(struct app *a, const char *filter, const char *whose)
{
	const struct app_from from = app_from_here(a);

	views_leave(a);
	a->view.whose = WHOSE_ALL;
	input_set(&a->view.filter, text_of(filter));
	app_show_list(a, &from, text_of(whose));
}

static bool needs_quotes(struct text id)
{
	for (size_t i = 0; i < id.n; i++)
		if (strchr(" \t,\"", id.s[i]))
			return true;
	return false;
}

/* Adds an id to the filter; false: there is no room for it, or no way to write it. */
static bool add_id(char *filter, size_t size, struct text id, bool first)
{
	const size_t n = strlen(filter);
	const char *quote = needs_quotes(id) ? "\"" : "";

	if (n + id.n + 8 > size || memchr(id.s, '"', id.n))
		return false;
	snprintf(filter + n, size - n, "%s%s%.*s%s", first ? "id:" : ",", quote,
		(int)id.n, id.s, quote);
	return true;
}

/* Those of a finding as a filter, as many as it has room for. */
static void show_finding(struct app *a, const struct tier_view_finding *f)
{
	char filter[INPUT_MAX] = "";
	struct err e = { .status = ST_OK };
	struct list_row *row = mem_new((size_t)f->count + 1, sizeof(*row));
	struct arena arena;
	uint32_t n = 0, most = f->count < 400 ? f->count : 400;

	arena_init(&arena);
	if (book_rows(a->book, f->account, most, &arena, row, &e) != ST_OK)
		app_fail(a, &e);
	else
		while (n < most && add_id(filter, sizeof(filter), row[n].id, n == 0))
			n++;
	arena_clear(&arena);
	free(row);
	if (n == 0)
		return;
	show_book(a, filter, "this finding");
	app_settle(a);
	if (n < f->count)
		app_say(a, "the first %u of %u accounts: a filter has no room for more",
			n, f->count);
}

static void show_account(struct app *a, uint32_t account)
{
	a->focus = account;
	app_act(a, ACT_OPEN);
}

/* The first line of what a heading is about, or who waits where nobody would move; -1:
 * there is none. */
static int below(const struct tiers_screen *s)
{
	const struct tiers_line *x = tiers_here(s);
	const bool nobody = s->v && s->v->review.moves_n == 0;
	int at = s->at + 1;

	if (!x || (x->kind != TIERS_HEADING && x->kind != TIERS_NOTE))
		return -1;
	if (x->index == TIERS_REVIEW && nobody)
		while (at < s->lines && s->line[at].kind != TIERS_WAIT)
			at++;
	else if (x->kind == TIERS_NOTE)
		return -1;
	return at < s->lines && s->line[at].kind != TIERS_HEADING &&
			       s->line[at].kind != TIERS_NOTE
		       ? at
		       : -1;
}

bool tiers_opens(const struct tiers_screen *s)
{
	const struct tiers_line *x = tiers_here(s);

	return x && ((x->kind != TIERS_HEADING && x->kind != TIERS_NOTE) || below(s) > 0);
}

void tiers_open_line(struct app *a, struct tiers_screen *s)
{
	const struct tiers_line *x = tiers_here(s);
	char filter[32], whose[32];

	if (!x)
		return;
	if (below(s) > 0) {
		s->at = below(s);
		a->dirty |= APP_LAYOUT;
	} else if (x->account) {
		show_account(a, x->account);
	} else if (x->kind == TIERS_FINDING && s->v->finding[x->index].count) {
		show_finding(a, &s->v->finding[x->index]);
	} else if (x->kind == TIERS_TIER || x->kind == TIERS_OVER) {
		const unsigned tier = x->kind == TIERS_TIER
					      ? (unsigned)x->index
					      : s->v->review.violations[x->index].tier;

		snprintf(filter, sizeof(filter), "tier:%u", tier);
		snprintf(whose, sizeof(whose), "tier %u", tier);
		show_book(a, filter, whose);
	} else if (x->kind == TIERS_FINDING) {
		app_say(a, "%s", s->v->finding[x->index].check->remedy);
	}
}

/* ---- marks ----------------------------------------------------------------------------
 */

static void count_marks(struct tiers_screen *s)
{
	s->marked = 0;
	for (uint32_t k = 0; k < s->v->review.moves_n; k++)
		s->marked += s->chosen[k] != 0;
}

static void say_marks(struct app *a, const struct tiers_screen *s)
{
	const struct review *r = &s->v->review;
	uint32_t after[TIER_COUNT];

	if (!s->marked) {
		app_say(a, "no move is marked: approving means all of them");
		return;
	}
	review_members(r, s->chosen, after);
	app_say(a, "%u of %u moves marked: tier 1 %u > %u of %u, tier 2 %u > %u of %u",
		s->marked, r->moves_n, r->cap[0].before, after[0], r->cap[0].limit,
		r->cap[1].before, after[1], r->cap[1].limit);
}

static void mark(struct app *a, struct tiers_screen *s)
{
	const struct tiers_line *x = tiers_here(s);
	const uint32_t before = s->marked;

	if (!x || x->kind != TIERS_MOVE) {
		app_say(a, "moves of the review can be marked");
		return;
	}
	review_mark(&s->v->review, s->chosen, s->v->move[x->index].move,
		!s->chosen[s->v->move[x->index].move]);
	count_marks(s);
	say_marks(a, s);
	if (s->at + 1 < s->lines && s->line[s->at + 1].kind == TIERS_MOVE &&
		s->marked > before)
		s->at++;
}

static void mark_all(struct app *a, struct tiers_screen *s)
{
	const uint32_t n = s->v->review.moves_n;

	memset(s->chosen, s->marked < n, n);
	count_marks(s);
	say_marks(a, s);
}

/* ---- approving ------------------------------------------------------------------------
 */

static enum status approve(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct tiers_screen *s = a->state[SCREEN_TIERS];
	char reason[INPUT_MAX + 1];
	struct review done;
	uint32_t made;
	enum status st;

	*line = -1;
	if (!s || !s->v)
		return ST_OK;
	hand_words(f, 0, reason);
	const struct review_choice choice = { &s->v->review, s->marked ? s->chosen : NULL,
		reason };

	book_progress(a->book, work_start(a, "Reviewing"));
	st = book_review_take(a->book, &choice, &done, e);
	book_progress(a->book, NULL);
	work_stop(a);
	made = done.moves_n;
	review_clear(&done);
	if (st == ST_STALE)
		a->dirty |= APP_DATA; /* what is proposed now is shown behind the form */
	if (st != ST_OK)
		return st;
	s->marked = 0;
	hand_done(a, NULL, "reviewed: %u account%s moved", made, TEXT_S(made));
	return ST_OK;
}

static uint32_t count_pairs(const struct tiers_screen *s)
{
	const struct review *r = &s->v->review;
	uint32_t n = 0;

	for (uint32_t k = 0; k < r->moves_n; k++)
		n += r->moves[k].cause == CAUSE_SWAP && (!s->marked || s->chosen[k]);
	return n / 2;
}

static bool ask_approve(struct app *a, const struct form *f, char *question, size_t size)
{
	const struct tiers_screen *s = a->state[SCREEN_TIERS];
	char pairs[40] = "", of[40];
	uint32_t n;

	(void)f;
	if (!s || !s->v)
		return false;
	n = s->marked ? s->marked : s->v->review.moves_n;
	if (count_pairs(s))
		snprintf(pairs, sizeof(pairs), " (%u in swaps)", 2 * count_pairs(s));
	if (n == 0)
		snprintf(question, size,
			"Nobody moves. Count it as a review all the same? Who waits to "
			"move has one review in a row more.");
	else if (n < s->v->review.moves_n)
		snprintf(question, size,
			"Make %u of %u moves%s? The others stay proposed; for them this "
			"counts as one review in a row.",
			n, s->v->review.moves_n, pairs);
	else
		snprintf(question, size,
			"Make %u move%s%s%s? Who waits to move has one review in a row "
			"more.",
			n, TEXT_S(n), review_accounts_text(&s->v->review, of), pairs);
	return true;
}

static const struct form_spec approve_form = { "Approve the review", "approve",
	(const struct form_line[]){
		{ "Why", FORM_TEXT, NULL, "For the history; may stay empty.", false } },
	1, approve, ask_approve };

/* What can't be made is said before anybody is asked. */
static void ask(struct app *a, struct tiers_screen *s)
{
	const struct review *r = &s->v->review;
	struct form f = { .spec = &approve_form };
	struct err e = { .status = ST_OK };

	if (s->v->problem.n) {
		app_say(a, "%.*s", (int)s->v->problem.n, s->v->problem.s);
		return;
	}
	if (s->marked && review_fits(r, s->chosen, &e) != ST_OK) {
		app_say(a, "%s", e.text);
		return;
	}
	if (r->moves_n == 0) /* which is a review as well */
		snprintf(f.subtitle, sizeof(f.subtitle),
			"no move is proposed: it only counts as a review");
	else
		snprintf(f.subtitle, sizeof(f.subtitle), "%u %s",
			s->marked ? s->marked : r->moves_n,
			s->marked ? "marked moves" : "moves, all that are proposed");
	form_open(a, &f);
}

/* ---- answers
 * --------------------------------------------------------------------------- */

enum { ANSWER_SAYS, ANSWER_WHAT, ANSWER_DOWN, ANSWER_WHY, ANSWER_LINES };

static const struct form_line answer_lines[ANSWER_LINES] = {
	{ "Rules", FORM_NOTE, NULL, NULL, false },
	{ "Answer", FORM_CHOICE, "grant|decline", NULL, true },
	{ "Goes down", FORM_TEXT, NULL,
		"Where the tier is full: the id or name of who goes down for it.",
		false },
	{ "Why", FORM_TEXT, NULL, "Who asked will read it.", true },
};

static enum status answer(struct app *a, const struct form *f, int *line, struct err *e)
{
	const bool grants = text_eq(form_value(f, ANSWER_WHAT), TEXT("grant"));
	char why[INPUT_MAX + 1];
	uint32_t demote = 0;
	enum status st = ST_OK;

	hand_words(f, ANSWER_WHY, why);
	*line = ANSWER_DOWN;
	if (grants && form_value(f, ANSWER_DOWN).n)
		st = book_find(a->book, form_value(f, ANSWER_DOWN), &demote, e);
	if (st == ST_OK)
		st = grants ? book_grant_request(a->book, f->row, demote, why, e)
			    : book_decline_request(a->book, f->row, why, e);
	if (st == ST_OK)
		hand_done(a, NULL, "request %lld is %s", (long long)f->row,
			grants ? "granted" : "declined");
	return st;
}

static const struct form_spec answer_form = { "Answer a request", "save", answer_lines,
	ANSWER_LINES, answer, NULL };

/* Who is there by now, or higher, stays where it is. */
static void warn_answer(struct app *a, const struct form *f, char *out, size_t size)
{
	const struct account_view *v = app_account(a, f->account);
	const uint8_t wanted = (uint8_t)f->field;

	if (v && (v->row.tier == TIER_NONE || v->row.tier > wanted) &&
		text_eq(form_value(f, ANSWER_WHAT), TEXT("grant")))
		hand_tier_leaves(a, f->account, wanted, out, size);
}

static void ask_answer(struct app *a, const struct tiers_screen *s)
{
	const struct tiers_line *x = tiers_here(s);
	const struct tier_view_request *q;
	struct form f = { .spec = &answer_form, .warn = warn_answer };

	if (!x || x->kind != TIERS_REQUEST) {
		app_say(a, "there is no request under the cursor");
		return;
	}
	q = &s->v->request[x->index];
	if (q->request.state != REQUEST_OPEN) {
		app_say(a, "it was answered: %s", request_state_word[q->request.state]);
		return;
	}
	f.account = q->request.account;
	f.row = q->request.id;
	f.field = q->request.wanted;
	snprintf(f.subtitle, sizeof(f.subtitle), "%.*s wants %.*s in tier %u",
		(int)q->request.requester.n, q->request.requester.s, (int)q->who.name.n,
		q->who.name.s, q->request.wanted);
	input_set(&f.value[ANSWER_SAYS], q->says);
	input_set(&f.value[ANSWER_WHAT],
		q->answer.verdict == REQUEST_MET ? TEXT("grant") : TEXT("decline"));
	if (q->answer.full && q->goes.account && q->answer.verdict != REQUEST_MET)
		input_set(&f.value[ANSWER_DOWN], q->goes.id);
	f.start = ANSWER_WHAT;
	form_open(a, &f);
}

bool tiers_act(struct app *a, struct tiers_screen *s, enum action action)
{
	switch (action) {
	case ACT_TIERS_OPEN:
	case ACT_TIERS_MARK:
	case ACT_TIERS_MARK_ALL:
	case ACT_TIERS_APPROVE:
	case ACT_TIERS_ANSWER:
		break;
	default:
		return false;
	}
	if (!s->v)
		app_say(a, "%s", s->problem);
	else if (action == ACT_TIERS_OPEN)
		tiers_open_line(a, s);
	else if (action == ACT_TIERS_MARK)
		mark(a, s);
	else if (action == ACT_TIERS_MARK_ALL)
		mark_all(a, s);
	else if (action == ACT_TIERS_APPROVE)
		ask(a, s);
	else
		ask_answer(a, s);
	return true;
}
