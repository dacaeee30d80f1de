/* The lines of the Tiers screen, and what is said of each. */
#include "tui/tiers.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/trend.h"
#include "tui/mem.h"
#include "tui/words.h"

enum { FINDING_LINES = 4, FINDING_ROOM = 56 /* columns */ };

/* ---- the list ---- */

static const char *print(struct tiers_screen *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static const char *print(struct tiers_screen *s, const char *format, ...)
{
	char text[400];
	const char *kept;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	kept = arena_copy(&s->texts, text, strlen(text));
	return kept ? kept : "";
}

static struct tiers_line *add(
	struct tiers_screen *s, enum tiers_kind kind, uint32_t index)
{
	struct tiers_line *x = &s->line[s->lines++];

	*x = (struct tiers_line){ .kind = kind, .index = index, .pair = TIERS_NO_PAIR };
	return x;
}

static void list_tiers(struct app *a, struct tiers_screen *s)
{
	const struct book_summary *sum = &s->v->sum;
	const struct policy *p = book_policy(a->book);

	add(s, TIERS_HEADING, 0)->text = print(s, "TIERS of %u accounts", sum->active);
	for (uint32_t t = 1; t <= TIER_COUNT; t++)
		add(s, TIERS_TIER, t);
	add(s, TIERS_NOTE, 0)->text =
		print(s, "caps: %g %% of %u = %u, %g %% of %u = %u, rounded down",
			p->cap_bp[0] / 100.0, sum->active, sum->limit[0],
			p->cap_bp[1] / 100.0, sum->active, sum->limit[1]);
	if (sum->in_tier[TIER_NONE])
		add(s, TIERS_NOTE, 0)->text = print(s,
			"%u in no tier yet: a review places them; until then they are "
			"served as tier 3",
			sum->in_tier[TIER_NONE]);
}

static uint32_t partner_of(const struct tier_view *v, uint32_t k)
{
	const uint32_t pair = review_partner(&v->review, k);

	return pair < v->moves ? pair : TIERS_NO_PAIR; /* not all have names */
}

static void list_moves(struct tiers_screen *s)
{
	const struct tier_view *v = s->v;

	for (int g = 0; g < TIER_GROUP_COUNT; g++)
		for (uint32_t k = 0; k < v->moves; k++) {
			const struct tier_move *m = &v->review.moves[k];
			struct tiers_line *x;

			if ((int)tier_view_group(m) != g)
				continue;
			x = add(s, TIERS_MOVE, k);
			x->account = m->account;
			if (g == TIER_GROUP_SWAP)
				x->pair = partner_of(v, k);
		}
	if (v->moves < v->review.moves_n)
		add(s, TIERS_NOTE, 0)->text =
			print(s, "and %u more moves; `tierdesk review` names them",
				v->review.moves_n - v->moves);
}

static void list_review(struct tiers_screen *s)
{
	const struct tier_view *v = s->v;
	const struct review *r = &v->review;
	char age[WORDS_MAX], day[DAY_TEXT_MAX], of[40];

	if (v->problem.n) {
		add(s, TIERS_HEADING, 0)->text = print(s, "REVIEW");
		add(s, TIERS_NOTE, 0)->text =
			print(s, "%.*s", (int)v->problem.n, v->problem.s);
		return;
	}
	add(s, TIERS_HEADING, TIERS_REVIEW)->text =
		print(s, "REVIEW of %s: %u move%s%s, %u wait; the last one %s",
			day_format(v->as_of, day), r->moves_n, TEXT_S(r->moves_n),
			review_accounts_text(r, of), r->waitlist_n,
			v->sum.review_day == DAY_NONE
				? "never"
				: words_age(v->sum.review_day, v->as_of, age));
	for (uint32_t k = 0; k < r->violations_n; k++)
		add(s, TIERS_OVER, k);
	if (r->moves_n == 0)
		add(s, TIERS_NOTE, TIERS_REVIEW)->text = print(s, "Nobody would move.");
	list_moves(s);
}

static void list_waits(struct tiers_screen *s)
{
	const struct tier_view *v = s->v;

	if (v->waits == 0)
		return;
	add(s, TIERS_HEADING, 0)->text =
		print(s, "WAITING for a place: %u", v->review.waitlist_n);
	for (uint32_t k = 0; k < v->waits; k++)
		add(s, TIERS_WAIT, k)->account = v->wait[k].who.account;
	if (v->waits < v->review.waitlist_n)
		add(s, TIERS_NOTE, 0)->text = print(s,
			"and %u more; `tierdesk review --format json` names them",
			v->review.waitlist_n - v->waits);
}

static void list_requests(struct tiers_screen *s)
{
	const struct tier_view *v = s->v;

	add(s, TIERS_HEADING, 0)->text = print(s, "REQUESTS: %u open, %u answered",
		v->requests_open, v->requests - v->requests_open);
	for (uint32_t k = 0; k < v->requests; k++)
		add(s, TIERS_REQUEST, k)->account = v->request[k].who.account;
	if (v->requests == 0)
		add(s, TIERS_NOTE, 0)->text = print(s,
			"Nobody asks for a tier; %s writes "
			"it down.",
			keys_word(SCOPE_TIERS, ACT_TIER_REQUEST));
}

/* As many words as have room; the last line that there is takes them all. */
static const char *next_words(struct tiers_screen *s, struct text *rest, int room)
{
	const struct text all = *rest;
	size_t n = 0;

	for (struct text word; (word = text_word(rest)).n;) {
		const size_t end = (size_t)(word.s + word.n - all.s);

		if (n && text_columns((struct text){ all.s, end }) > room) {
			*rest = (struct text){ word.s, (size_t)(all.s + all.n - word.s) };
			break;
		}
		n = end;
	}
	return print(s, "%.*s", (int)n, all.s);
}

/* With what it says, in as many lines as that takes where there is room for a sentence;
 * else it is cut, and stands below. */
static void list_finding(struct tiers_screen *s, uint32_t k)
{
	const struct tier_view_finding *f = &s->v->finding[k];
	const int room = s->columns - TIERS_FINDING_AT - 3;
	const bool folds = room >= FINDING_ROOM;
	struct text rest = text_trim(f->text);

	for (int n = 0; n < FINDING_LINES && (n == 0 || rest.n); n++) {
		struct tiers_line *x = add(s, TIERS_FINDING, k);

		x->account = f->count == 1 ? f->account[0] : 0;
		x->more = n > 0;
		x->text = !folds || n == FINDING_LINES - 1
				  ? print(s, "%.*s", (int)rest.n, rest.s)
				  : next_words(s, &rest, room);
		if (!folds)
			return;
	}
}

static void list_findings(struct tiers_screen *s)
{
	const struct tier_view *v = s->v;
	int checks;

	audit_checks(&checks);
	add(s, TIERS_HEADING, 0)->text = print(s, "AUDITS: %u finding%s of %d checks",
		v->findings, TEXT_S(v->findings), checks);
	for (uint32_t k = 0; k < v->findings; k++)
		list_finding(s, k);
	if (v->findings == 0)
		add(s, TIERS_NOTE, 0)->text = print(s, "All is in order.");
}

static void list_past(struct tiers_screen *s)
{
	const struct tier_view *v = s->v;

	add(s, TIERS_HEADING, 0)->text =
		print(s, "MOVES that were made, the newest first");
	for (uint32_t k = 0; k < v->past; k++)
		add(s, TIERS_PAST, k)->account = v->moved[k].who.account;
	if (v->past == 0)
		add(s, TIERS_NOTE, 0)->text =
			print(s, "None yet, but for first placements.");
}

static void list_all(struct app *a, struct tiers_screen *s)
{
	const struct tier_view *v = s->v;
	const size_t most = (size_t)v->moves + v->waits + v->requests +
			    (size_t)v->findings * FINDING_LINES + v->past +
			    v->review.violations_n + TIER_COUNT + 20;

	s->line = mem_resize(s->line, most, sizeof(*s->line));
	s->lines = 0;
	arena_clear(&s->texts);
	list_tiers(a, s);
	list_review(s);
	list_requests(s);
	list_findings(s);
	list_waits(s);
	list_past(s);
}

/* ---- the view ---- */

/* Marks are of moves: where others are proposed, they mean nothing any more. */
static void keep_marks(struct app *a, struct tiers_screen *s, const struct tier_view *was)
{
	const uint32_t n = s->v->review.moves_n;

	if (was && review_same(&was->review, &s->v->review))
		return;
	if (s->marked)
		app_say(a,
			"the review would do something else by now: the marks are off");
	s->chosen = mem_resize(s->chosen, (size_t)n + 1, 1);
	memset(s->chosen, 0, (size_t)n + 1);
	s->marked = 0;
}

/* The cursor stays with what it was on, or near where that was. */
static void find_again(struct tiers_screen *s, const struct tiers_line *was)
{
	for (int k = 0; was && was->account && k < s->lines; k++)
		if (s->line[k].kind == was->kind && s->line[k].account == was->account) {
			s->at = k;
			return;
		}
	if (s->at >= s->lines)
		s->at = s->lines ? s->lines - 1 : 0;
}

void tiers_list(struct app *a, struct tiers_screen *s, int columns)
{
	int before = 0, at = 0;

	for (int k = 0; k < s->at; k++)
		before += !s->line[k].more;
	s->columns = columns;
	list_all(a, s);
	while (at < s->lines - 1 && (s->line[at].more || before > 0))
		before -= !s->line[at++].more;
	s->at = at;
}

void tiers_make(struct app *a, struct tiers_screen *s)
{
	struct tier_view *was = s->v;
	const struct tier_view *v = NULL;
	const bool first = s->line == NULL;
	struct tiers_line here = { .account = 0 };
	struct err e = { .status = ST_OK };
	enum status st;

	book_progress(a->book, work_start(a, "Looking at the tiers"));
	st = book_tier_view(a->book, &v, &e);
	book_progress(a->book, NULL);
	work_stop(a);
	a->dirty |= APP_LAYOUT;
	if (st == ST_CANCELLED && pace_waits(&a->pace)) {
		a->dirty |= APP_DATA; /* it is tried again */
		return;
	}
	if (tiers_here(s))
		here = *tiers_here(s);
	s->problem[0] = '\0';
	if (st != ST_OK) {
		snprintf(s->problem, sizeof(s->problem), "%s",
			st == ST_CANCELLED ? "stopped: go to another screen and back to "
					     "look again"
					   : e.text);
		tier_view_drop(&s->v);
		s->lines = 0;
		s->marked = 0;
		return;
	}
	s->v = tier_view_hold(v);
	keep_marks(a, s, was);
	tier_view_drop(&was);
	list_all(a, s);
	find_again(s, &here);
	if (first) /* the first heading is no line to begin with */
		s->at = s->lines > 1 ? 1 : 0;
}

/* ---- what is said of a line ---- */

static void say_tier(struct app *a, const struct tier_view *v, uint32_t t, struct page *p)
{
	const struct tier_view_share *s = v->share;
	const struct capacity_past *r = v->ratio;
	const struct book_summary *sum = &v->sum;
	char arr[MONEY_TEXT_MAX], day[DAY_TEXT_MAX], line[300];
	char was[CAPACITY_RATIO_MAX], is[CAPACITY_RATIO_MAX];
	size_t n = 0;

	n += (size_t)snprintf(line, sizeof(line), "Tier %u: %u accounts, %s", t,
		sum->in_tier[t],
		words_money(book_policy(a->book), sum->arr_in_tier[t], arr));
	if (v->shares > 1)
		n += (size_t)snprintf(line + n, sizeof(line) - n,
			"; %.1f %% of the base on %s, %.1f %% now",
			trend_share(s[0].in_tier[t], s[0].active),
			day_format(s[0].day, day),
			trend_share(v->share[v->shares - 1].in_tier[t],
				v->share[v->shares - 1].active));
	if (t <= CAPACITY_NAMED && v->ratios > 1)
		snprintf(line + n, sizeof(line) - n,
			"; %s accounts per CSM on %s, %s now",
			capacity_ratio_text(r, (int)t, was), day_format(r->day, day),
			capacity_ratio_text(&v->ratio[v->ratios - 1], (int)t, is));
	page_text(p, 0, ROLE_INFO, text_of(line));
}

static void say_move(const struct tier_view_move *m, struct page *p)
{
	page_print(p, 0, ROLE_INFO, "%.*s: %.*s", (int)m->who.name.n, m->who.name.s,
		(int)m->reason.n, m->reason.s);
}

static void say_request(const struct tier_view_request *x, struct page *p)
{
	const struct tier_request *q = &x->request;
	char day[DAY_TEXT_MAX];

	page_print(p, 0, ROLE_INFO,
		"%.*s wants %.*s in tier %u: \"%.*s\" (%s, request %lld)",
		(int)q->requester.n, q->requester.s, (int)x->who.name.n, x->who.name.s,
		q->wanted, (int)q->reason.n, q->reason.s, day_format(q->asked, day),
		(long long)q->id);
	page_text(p, 0, ROLE_TEXT, x->says);
}

static void say_past(const struct tier_view_past *x, struct page *p)
{
	page_print(p, 0, ROLE_INFO, "%.*s: %.*s%s%.*s", (int)x->who.name.n, x->who.name.s,
		(int)x->reason.n, x->reason.s, x->actor.n ? ", by " : "", (int)x->actor.n,
		x->actor.n ? x->actor.s : "");
}

void tiers_say(struct app *a, const struct tiers_screen *s, const struct tiers_line *x,
	struct page *p)
{
	const struct tier_view *v = s->v;

	switch (x->kind) {
	case TIERS_HEADING:
	case TIERS_NOTE:
		page_text(p, 0, ROLE_INFO, text_of(x->text));
		break;
	case TIERS_TIER:
		say_tier(a, v, x->index, p);
		break;
	case TIERS_MOVE:
		say_move(&v->move[x->index], p);
		if (x->pair != TIERS_NO_PAIR)
			say_move(&v->move[x->pair], p);
		break;
	case TIERS_WAIT:
		page_print(p, 0, ROLE_INFO, "%.*s: %.*s",
			(int)v->wait[x->index].who.name.n, v->wait[x->index].who.name.s,
			(int)v->wait[x->index].reason.n, v->wait[x->index].reason.s);
		break;
	case TIERS_OVER:
		page_print(p, 0, ROLE_INFO,
			"Locks hold %u more in tier %u than its cap allows: nobody is "
			"promoted into it until some are lifted.",
			v->review.violations[x->index].over,
			v->review.violations[x->index].tier);
		break;
	case TIERS_REQUEST:
		say_request(&v->request[x->index], p);
		break;
	case TIERS_FINDING:
		page_text(p, 0, ROLE_INFO, v->finding[x->index].text);
		page_text(p, 0, ROLE_TEXT, text_of(v->finding[x->index].check->remedy));
		break;
	case TIERS_PAST:
		say_past(&v->moved[x->index], p);
		break;
	}
}
