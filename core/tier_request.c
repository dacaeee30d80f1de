#include "core/tier_request.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change_work.h"

const char *const request_state_word[REQUEST_STATES] = { "open", "granted", "declined" };

bool tier_request_from_row(int64_t id, const struct cell *c, struct tier_request *out)
{
	const struct text state = cell_as_text(&c[F_REQUEST_STATE]);
	const int32_t wanted = cell_count(&c[F_REQUEST_WANTED]);
	int s = 0;

	while (s < REQUEST_STATES && !text_eq(state, text_of(request_state_word[s])))
		s++;
	*out = (struct tier_request){ .id = id,
		.account = cell_id(&c[F_REQUEST_ACCOUNT]),
		.wanted = (uint8_t)wanted,
		.state = (enum request_state)s,
		.asked = cell_day(&c[F_REQUEST_ASKED]),
		.answered = cell_day(&c[F_REQUEST_ANSWERED]),
		.requester = cell_shown(&c[F_REQUEST_BY]),
		.reason = cell_shown(&c[F_REQUEST_REASON]),
		.actor = cell_shown(&c[F_REQUEST_ACTOR]),
		.answer = cell_shown(&c[F_REQUEST_ANSWER]),
		.answerer = cell_shown(&c[F_REQUEST_ANSWERER]) };
	return s < REQUEST_STATES &&
	       (out->account || c[F_REQUEST_ACCOUNT].type == CELL_TEXT) && wanted >= 1 &&
	       wanted <= TIER_COUNT && out->asked != DAY_NONE;
}

int tier_request_line(const struct tier_request *q, char *out, size_t size)
{
	char day[DAY_TEXT_MAX], answer[300] = "; open";

	if (q->state != REQUEST_OPEN)
		snprintf(answer, sizeof(answer), "; %s by %.*s: %.*s",
			request_state_word[q->state], (int)q->answerer.n, q->answerer.s,
			(int)q->answer.n, q->answer.s);
	return snprintf(out, size, "%s %.*s wants tier %u: %.*s%s",
		day_format(q->asked, day), (int)q->requester.n, q->requester.s, q->wanted,
		(int)q->reason.n, q->reason.s, answer);
}

static bool is_met(uint8_t tier, uint8_t wanted)
{
	return tier != TIER_NONE && tier <= wanted;
}

/* ---- what the rules say ---- */

/* As it is before the review: by hand it is now that somebody goes. last has room for
 * everybody; it gets those of the least tier score, of whom the order of the review has
 * one last. */
static enum status find_room(const struct review *r, const struct tiers *t,
	const struct scores *s, struct store *store, const struct tier_request *q,
	uint32_t *last, struct request_answer *out, struct err *e)
{
	uint32_t members = 0, n = 0;
	enum status st = ST_OK;

	for (uint32_t i = 0; i < t->n; i++) {
		if (t->tier[i] != q->wanted || s->health[i] == HEALTH_NONE)
			continue;
		members++;
		if (tiers_locked(t, i + 1, r->as_of) || i + 1 == q->account ||
			(n && s->score[i] > out->goes_score))
			continue;
		n = n && s->score[i] == out->goes_score ? n : 0;
		last[n++] = i + 1;
		out->goes_score = s->score[i];
	}
	out->full = q->wanted < TIER_COUNT && members >= r->cap[q->wanted - 1].limit;
	if (n > 1)
		st = review_order(s, store, last, n, e);
	out->goes = n ? last[n - 1] : 0;
	return st;
}

static bool is_promoted(const struct review *r, const struct tier_request *q)
{
	uint8_t to = TIER_COUNT + 1;

	for (uint32_t k = 0; k < r->moves_n; k++)
		if (r->moves[k].account == q->account)
			to = r->moves[k].to;
	return to <= q->wanted;
}

static bool is_waiting(const struct review *r, const struct tier_request *q)
{
	for (uint32_t k = 0; k < r->waitlist_n; k++)
		if (r->waitlist[k].account == q->account)
			return r->waitlist[k].tier <= q->wanted;
	return false;
}

static void give_verdict(const struct policy *p, const struct review *r,
	const struct tiers *before, const struct scores *s, const struct tier_request *q,
	struct request_answer *out)
{
	const uint32_t at = q->account - 1;

	out->score = s->score[at];
	out->limit =
		q->wanted < TIER_COUNT ? p->threshold[q->wanted - 1] + p->hysteresis : 0;
	if (is_met(before->tier[at], q->wanted))
		out->verdict = REQUEST_MET;
	else if (is_promoted(r, q))
		out->verdict = REQUEST_PROMOTES;
	else if (tiers_locked(before, q->account, r->as_of))
		out->verdict = REQUEST_LOCKED;
	else if (is_waiting(r, q))
		out->verdict = REQUEST_WAITS;
	else if (out->score >= out->limit)
		out->verdict = REQUEST_EARLY;
	else
		out->verdict = REQUEST_LOW;
}

enum status tier_request_judge(const struct policy *p, const struct review *r,
	const struct tiers *before, const struct scores *s, struct store *store,
	const struct tier_request *q, struct request_answer *out, struct err *e)
{
	uint32_t *last;
	enum status st;

	*out = (struct request_answer){ .verdict = REQUEST_GONE };
	if (q->account < 1 || q->account > s->n ||
		s->health[q->account - 1] == HEALTH_NONE)
		return ST_OK;
	last = malloc(((size_t)before->n + 1) * sizeof(*last));
	st = last ? find_room(r, before, s, store, q, last, out, e)
		  : err_set(e, ST_NOMEM, "not enough memory to say who would go down");
	free(last);
	if (st == ST_OK)
		give_verdict(p, r, before, s, q, out);
	return st;
}

int tier_request_text(const struct policy *p, const struct tier_request *q,
	const struct request_answer *a, struct text goes, char *out, size_t size)
{
	char by_hand[200];
	const int tier = q->wanted;

	if (!a->full)
		snprintf(by_hand, sizeof(by_hand), "By hand: tier %d has room", tier);
	else if (a->goes)
		snprintf(by_hand, sizeof(by_hand),
			"By hand: tier %d is full, and %.*s (%.1f), its weakest, would "
			"have "
			"to go down",
			tier, (int)goes.n, goes.s ? goes.s : "", a->goes_score);
	else
		snprintf(by_hand, sizeof(by_hand),
			"By hand: tier %d is full, and locks hold all who are in it",
			tier);
	switch (a->verdict) {
	case REQUEST_GONE:
		return snprintf(out, size, "It is not active, and has no tier");
	case REQUEST_MET:
		return snprintf(out, size, "It is in that tier, or a higher one, by now");
	case REQUEST_PROMOTES:
		return snprintf(out, size,
			"The review would move it there: its tier score is %.1f",
			a->score);
	case REQUEST_LOCKED:
		return snprintf(out, size, "A lock holds it where it is. %s", by_hand);
	case REQUEST_WAITS:
		return snprintf(out, size,
			"It waits: its tier score of %.1f is enough, but nobody who "
			"could go "
			"down is %g points behind it. %s",
			a->score, p->swap_margin, by_hand);
	case REQUEST_EARLY:
		return snprintf(out, size,
			"Its tier score of %.1f is enough, but it has to be %d days "
			"where "
			"it is first. %s",
			a->score, p->min_days, by_hand);
	case REQUEST_LOW:
		break;
	}
	return snprintf(out, size,
		"The review would not: its tier score is %.1f, and tier %d asks for %g "
		"(%g "
		"and %g above it). %s",
		a->score, tier, a->limit, tier < TIER_COUNT ? p->threshold[tier - 1] : 0,
		p->hysteresis, by_hand);
}

/* ---- by hand ---- */

static struct text given(const char *text)
{
	return text_trim(text_of(text ? text : ""));
}

static enum status check_wanted(
	struct book *b, uint32_t account, uint8_t wanted, struct err *e)
{
	const enum status st = book_need_columns(b, e);

	if (st != ST_OK)
		return st;
	if (account < 1 || account > b->columns.n || !b->columns.active[account - 1])
		return err_set(e, ST_FORBIDDEN,
			"the account is not active on the day: it has no tier");
	if (is_met(b->columns.tier[account - 1], wanted))
		return err_set(e, ST_FORBIDDEN,
			"the account is in tier %d already: a request is for a higher "
			"one",
			b->columns.tier[account - 1]);
	return ST_OK;
}

enum status book_request_tier(struct book *b, uint32_t account, uint8_t wanted,
	const char *requester, const char *reason, int64_t *id, struct err *e)
{
	struct cell cells[REQUEST_FIELDS] = { { .type = CELL_MISSING } };
	struct change c = { .kind = REC_REQUEST, .cells = cells };
	char title[64];
	struct work w;
	enum status st;

	if (wanted < 1 || wanted > TIER_COUNT)
		return err_set(e, ST_USAGE, "a tier is 1, 2 or 3");
	if (given(requester).n == 0)
		return err_set(e, ST_USAGE, "who asks for it? --by NAME");
	if (given(reason).n == 0)
		return err_set(e, ST_USAGE,
			"a request wants a reason, the manager will ask: --reason TEXT");
	st = check_wanted(b, account, wanted, e);
	if (st != ST_OK)
		return st;
	cells[F_REQUEST_ACCOUNT] = CELL_OF_INT(account);
	cells[F_REQUEST_ASKED] = CELL_OF_INT(b->clock.today);
	cells[F_REQUEST_WANTED] = CELL_OF_INT(wanted);
	cells[F_REQUEST_BY] = CELL_OF_TEXT(given(requester));
	cells[F_REQUEST_REASON] = CELL_OF_TEXT(given(reason));
	cells[F_REQUEST_ACTOR] = CELL_OF_TEXT(text_of(b->me));
	cells[F_REQUEST_STATE] = CELL_OF_TEXT(text_of(request_state_word[REQUEST_OPEN]));
	for (int k = 0; k < REQUEST_FIELDS; k++)
		c.fields |= (cells[k].type != CELL_MISSING ? 1u : 0u) << k;
	snprintf(title, sizeof(title), "ask for tier %d", wanted);
	st = work_begin(&w, b, title, reason, e);
	if (st != ST_OK)
		return st;
	st = work_change(&w, &c, e);
	*id = w.added;
	return work_end(&w, st, e);
}

/* Reads an open one inside the operation. */
static enum status read_open(
	struct work *w, int64_t id, struct tier_request *out, struct err *e)
{
	struct cell cells[REQUEST_FIELDS];
	enum status st = work_read(w, REC_REQUEST, id, cells, e);

	if (st == ST_NOTFOUND)
		return err_set(e, st, "there is no request %lld", (long long)id);
	if (st == ST_OK && !tier_request_from_row(id, cells, out))
		return err_set(e, ST_INVALID,
			"request %lld can't be read: another "
			"program wrote it",
			(long long)id);
	if (st == ST_OK && out->state != REQUEST_OPEN)
		return err_set(e, ST_USAGE, "request %lld was %s already", (long long)id,
			request_state_word[out->state]);
	return st;
}

static enum status answer(struct work *w, int64_t id, enum request_state state,
	const char *reason, struct err *e)
{
	struct cell cells[REQUEST_FIELDS] = { { .type = CELL_MISSING } };
	const struct change c = { .kind = REC_REQUEST,
		.row = id,
		.fields = 1u << F_REQUEST_STATE | 1u << F_REQUEST_ANSWERED |
			  1u << F_REQUEST_ANSWER | 1u << F_REQUEST_ANSWERER,
		.cells = cells };

	cells[F_REQUEST_STATE] = CELL_OF_TEXT(text_of(request_state_word[state]));
	cells[F_REQUEST_ANSWERED] = CELL_OF_INT(w->b->clock.today);
	cells[F_REQUEST_ANSWER] = CELL_OF_TEXT(given(reason));
	cells[F_REQUEST_ANSWERER] = CELL_OF_TEXT(text_of(w->b->me));
	return work_change(w, &c, e);
}

static enum status need_reason(const char *reason, struct err *e)
{
	return given(reason).n ? ST_OK
			       : err_set(e, ST_USAGE,
					 "an answer wants a reason, who asked will read "
					 "it: --reason TEXT");
}

/* Whoever is there by now, or higher, stays where it is. */
static enum status grant(
	struct work *w, int64_t id, uint32_t demote, const char *reason, struct err *e)
{
	struct book *b = w->b;
	struct tier_request q;
	enum status st = read_open(w, id, &q, e);

	if (st == ST_OK)
		st = book_need_columns(b, e);
	if (st == ST_OK && (q.account > b->columns.n ||
				   !is_met(b->columns.tier[q.account - 1], q.wanted)))
		st = work_set_tier(w, q.account, q.wanted, demote, e);
	return st == ST_OK ? answer(w, id, REQUEST_GRANTED, reason, e) : st;
}

enum status book_grant_request(
	struct book *b, int64_t id, uint32_t demote, const char *reason, struct err *e)
{
	struct work w;
	enum status st = need_reason(reason, e);

	if (st == ST_OK)
		st = work_begin(&w, b, "grant a request for a tier", reason, e);
	return st == ST_OK ? work_end(&w, grant(&w, id, demote, reason, e), e) : st;
}

enum status book_decline_request(
	struct book *b, int64_t id, const char *reason, struct err *e)
{
	struct tier_request q;
	struct work w;
	enum status st = need_reason(reason, e);

	if (st == ST_OK)
		st = work_begin(&w, b, "decline a request for a tier", reason, e);
	if (st != ST_OK)
		return st;
	st = read_open(&w, id, &q, e);
	if (st == ST_OK)
		st = answer(&w, id, REQUEST_DECLINED, reason, e);
	return work_end(&w, st, e);
}
