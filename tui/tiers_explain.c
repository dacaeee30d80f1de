/* How the numbers of the Tiers screen come about. */
#include "tui/tiers.h"

#include <stdio.h>

#include "core/trend.h"
#include "tui/words.h"

static void explain_cap(
	struct app *a, const struct tier_view *v, uint32_t t, struct page *p)
{
	const struct book_summary *s = &v->sum;
	const struct policy *policy = book_policy(a->book);
	char arr[MONEY_TEXT_MAX], all[MONEY_TEXT_MAX];

	page_print(p, 0, ROLE_STRONG, "Tier %u", t);
	page_print(p, 0, ROLE_TEXT,
		"Accounts: %u of %u that are active = %.1f %%. ARR: %s of %s = %.1f %%.",
		s->in_tier[t], s->active, trend_share(s->in_tier[t], s->active),
		words_money(policy, s->arr_in_tier[t], arr),
		words_money(policy, s->arr, all),
		s->arr > 0 ? 100.0 * (double)s->arr_in_tier[t] / (double)s->arr : 0);
	if (t == TIER_COUNT) {
		page_print(p, 0, ROLE_TEXT,
			"It has no cap: whoever is in no other is here.");
		return;
	}
	page_print(p, 0, ROLE_TEXT,
		"Cap: %g %% of %u = %.2f, rounded down, at least 1: %u places. It holds "
		"in "
		"the file itself, whoever writes there.",
		policy->cap_bp[t - 1] / 100.0, s->active,
		policy->cap_bp[t - 1] / 1e4 * s->active, s->limit[t - 1]);
	page_print(p, 0, ROLE_TEXT,
		"An account comes in at a review with a tier score of %g, %g above the "
		"threshold of %g, and is to leave below %g at %d reviews in a row.",
		policy->threshold[t - 1] + policy->hysteresis, policy->hysteresis,
		policy->threshold[t - 1], policy->threshold[t - 1] - policy->hysteresis,
		policy->down_streak);
}

/* The days of the past as rows: shares against the caps then, and ratios. */
static void explain_past(const struct tier_view *v, uint32_t t, struct page *p)
{
	char day[DAY_TEXT_MAX], cap[24] = "";

	page_line(p);
	page_print(
		p, 0, ROLE_STRONG, "Share of the accounts, by the snapshots of the days");
	for (uint32_t k = 0; k < v->shares; k++) {
		const struct tier_view_share *s = &v->share[v->shares - 1 - k];

		if (k % 4) /* every four weeks will do */
			continue;
		if (t < TIER_COUNT && s->capped)
			snprintf(cap, sizeof(cap), ", cap %g %%", s->bp[t - 1] / 100.0);
		page_print(p, 2, ROLE_TEXT, "%s  %u of %u = %.1f %%%s",
			day_format(s->day, day), s->in_tier[t], s->active,
			trend_share(s->in_tier[t], s->active), cap);
	}
	if (t > CAPACITY_NAMED)
		return;
	page_line(p);
	page_print(p, 0, ROLE_STRONG, "Accounts per CSM who was there, in whole books");
	for (uint32_t k = 0; k < v->ratios; k++) {
		char ratio[CAPACITY_RATIO_MAX];
		const struct capacity_past *r = &v->ratio[v->ratios - 1 - k];

		page_print(p, 2, ROLE_TEXT, "%s  %u / %g = %s", day_format(r->day, day),
			r->accounts[t - 1], r->csms,
			capacity_ratio_text(r, (int)t, ratio));
	}
}

/* The tier score of an account as the sum it is, and where it stands. */
static void explain_score(struct app *a, uint32_t account, struct page *p)
{
	const struct policy *policy = book_policy(a->book);
	struct err e = { .status = ST_OK };
	struct list_row row;
	struct arena arena;

	arena_init(&arena);
	if (book_rows(a->book, &account, 1, &arena, &row, &e) == ST_OK)
		page_print(p, 0, ROLE_TEXT,
			"Tier score %.1f = %g x value rank %.1f + %g x effort %.1f; %s "
			"opens the account, where each is explained.",
			row.score, policy->score_value_weight, row.value_pct,
			policy->score_effort_weight, row.effort,
			keys_word(SCOPE_TIERS, ACT_TIERS_OPEN));
	arena_clear(&arena);
}

static void explain_move(struct app *a, const struct tier_view *v,
	const struct tier_view_move *m, struct page *p)
{
	const struct tier_move *x = &v->review.moves[m->move];
	const struct policy *policy = book_policy(a->book);
	char day[DAY_TEXT_MAX];

	page_text(p, 0, ROLE_STRONG, m->who.name);
	if (x->from)
		page_print(p, 0, ROLE_TEXT, "Tier %u > %u, by %s: %.*s.", x->from, x->to,
			move_cause_name[x->cause], (int)m->reason.n, m->reason.s);
	else
		page_print(p, 0, ROLE_TEXT, "Placed in tier %u: %.*s.", x->to,
			(int)m->reason.n, m->reason.s);
	explain_score(a, x->account, p);
	if (x->from && m->before.since != DAY_NONE)
		page_print(p, 0, ROLE_TEXT,
			"In tier %u since %s, %d days (%d are asked for). Before this "
			"review "
			"it was above a higher tier at %u in a row, below its own at %u.",
			x->from, day_format(m->before.since, day),
			v->as_of - m->before.since, policy->min_days, m->before.up,
			m->before.down);
	page_line(p);
}

static void explain_request(
	struct app *a, const struct tier_view_request *x, struct page *p)
{
	page_text(p, 0, ROLE_STRONG, x->who.name);
	page_text(p, 0, ROLE_TEXT, x->says);
	if (x->answer.verdict != REQUEST_GONE)
		explain_score(a, x->request.account, p);
	page_print(p, 0, ROLE_TEXT,
		"A request changes no rule: granting one is a move by hand, for which "
		"somebody has to go down where the tier is full.");
}

void tiers_explain(struct app *a, const struct tiers_screen *s, struct page *p)
{
	const struct tiers_line *x = tiers_here(s);
	const struct tier_view *v = s->v;
	char day[DAY_TEXT_MAX];

	switch (x->kind) {
	case TIERS_TIER:
		explain_cap(a, v, x->index, p);
		explain_past(v, x->index, p);
		break;
	case TIERS_MOVE:
		explain_move(a, v, &v->move[x->index], p);
		if (x->pair != TIERS_NO_PAIR)
			explain_move(a, v, &v->move[x->pair], p);
		break;
	case TIERS_REQUEST:
		explain_request(a, &v->request[x->index], p);
		break;
	case TIERS_WAIT:
		tiers_say(a, s, x, p);
		explain_score(a, v->wait[x->index].who.account, p);
		break;
	case TIERS_HEADING:
	case TIERS_NOTE:
	case TIERS_OVER:
	case TIERS_FINDING:
	case TIERS_PAST:
		tiers_say(a, s, x, p);
		break;
	}
	page_line(p);
	page_print(p, 0, ROLE_QUIET, "as of %s; policy version %d",
		day_format(v->as_of, day), (int)book_policy_version(a->book));
}
