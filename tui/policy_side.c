/* What the policy on the screen would make of the base: as a table beside the values, and
 * in sentences on a sheet of its own. */
#include "tui/policy.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/capacity_text.h"
#include "tui/sheet.h"
#include "tui/words.h"

enum {
	WIDTH = 76,
	NUMBER = 7,
	AFTER = 7,
	AFTER_WIDE = 12,
	WIDE = 44,
	NARROW = 32,
	MARK = 2
};

/* Columns behind the numbers; where they would cost the names of the lines, the
 * scroll mark alone. */
static int after_of(const struct page *p)
{
	return p->c.columns < NARROW ? MARK : p->c.columns < WIDE ? AFTER : AFTER_WIDE;
}

static void doubt(void *arg, const char *sentence)
{
	struct page *p = arg;
	const int row = p->c.rows;

	page_text(p, 2, ROLE_WATCH, text_of(sentence));
	canvas_put(&p->c, row, 0, 1, ROLE_WATCH, TEXT("!"));
}

/* What does not go together, and what is doubtful. */
static void say_doubts(const struct policy_screen *s, struct page *page)
{
	const struct policy_warning warning = { doubt, page };
	struct err e = { .status = ST_OK };

	if (policy_check(policy_shown(s), &e) != ST_OK)
		doubt(page, e.text);
	policy_doubts(policy_shown(s), &warning);
}

/* ---- the table -------------------------------------------------------------------- */

static void put_texts(struct page *p, const char *label, const char *was, const char *is,
	const char *after, enum role role)
{
	const int row = page_line(p), at = p->c.columns - after_of(p);
	const bool changed = strcmp(was, is) != 0;

	if (changed)
		canvas_glyph(&p->c, row, 0, ROLE_MARK, GLYPH_MARK);
	canvas_put(&p->c, row, 2, at - 2 * NUMBER - 2, changed ? ROLE_TEXT : ROLE_QUIET,
		text_of(label));
	canvas_put_right(
		&p->c, row, at - 2 * NUMBER, NUMBER - 1, ROLE_QUIET, text_of(was));
	canvas_put_right(&p->c, row, at - NUMBER, NUMBER, changed ? ROLE_STRONG : role,
		text_of(is));
	if (after_of(p) > MARK)
		canvas_put(
			&p->c, row, at + 1, after_of(p) - 1, ROLE_QUIET, text_of(after));
}

static void put(
	struct page *p, const char *label, uint32_t was, uint32_t is, const char *after)
{
	char one[16], other[16];

	snprintf(one, sizeof(one), "%u", was);
	snprintf(other, sizeof(other), "%u", is);
	put_texts(p, label, one, other, after, ROLE_TEXT);
}

static void put_header(struct page *p)
{
	const int row = page_line(p), at = p->c.columns - after_of(p);

	canvas_put_right(
		&p->c, row, at - 2 * NUMBER, NUMBER - 1, ROLE_QUIET, TEXT("before"));
	canvas_put_right(&p->c, row, at - NUMBER, NUMBER, ROLE_QUIET, TEXT("after"));
}

static void put_tiers(struct page *p, const struct policy_effect *x)
{
	for (int t = 0; t < TIER_COUNT; t++) {
		char label[40], after[16] = "";

		snprintf(label, sizeof(label), "tier %d", t + 1);
		if (t < TIER_COUNT - 1)
			snprintf(after, sizeof(after), "of %u", x->is.limit[t]);
		put(p, label, x->was.in_tier[t + 1], x->is.in_tier[t + 1], after);
	}
}

/* Whatever room there is: the accounts that reach a threshold. */
static void put_scores(struct page *p, const struct policy_effect *x)
{
	for (int t = 0; t < TIER_COUNT - 1; t++) {
		char label[40];

		snprintf(label, sizeof(label), "reach tier %d", t + 1);
		put(p, label, x->was.by_score[t], x->is.by_score[t], "");
	}
	if (!x->reviewed)
		return;
	put(p, "wait for room", x->was.waiting, x->is.waiting, "");
	put(p, "on the way down", x->was.falling, x->is.falling, "");
}

static void put_health(struct page *p, const struct policy_effect *x)
{
	char shift[16];

	put(p, "healthy", x->was.band[BAND_HEALTHY], x->is.band[BAND_HEALTHY], "");
	put(p, "watch", x->was.band[BAND_WATCH], x->is.band[BAND_WATCH], "");
	put(p, "at risk", x->was.band[BAND_AT_RISK], x->is.band[BAND_AT_RISK], "");
	put(p, "unknown", x->was.band[BAND_UNKNOWN], x->is.band[BAND_UNKNOWN], "");
	if (!x->better && !x->worse)
		return;
	/* A change too small to show has no sign. */
	snprintf(shift, sizeof(shift), fabs(x->shift) < 0.05 ? "0.0" : "%+.1f", x->shift);
	put_texts(p, "mean health", "", shift, "", ROLE_TEXT);
}

static void put_alerts(struct page *p, const struct policy_effect *x)
{
	uint32_t was = 0, is = 0;

	if (!x->alerted)
		return;
	for (int k = 0; k < ALERT_KINDS; k++) {
		was += x->was.alert[k];
		is += x->is.alert[k];
	}
	put(p, "alerts", was, is, "");
	put(p, "critical ones", x->was.severity[SEV_CRITICAL],
		x->is.severity[SEV_CRITICAL], "");
	for (int k = 0; k < ALERT_KINDS; k++)
		if (x->opens[k] || x->resolves[k])
			put(p, alert_kinds[k].name, x->was.alert[k], x->is.alert[k], "");
}

static void put_heads(struct page *p, const struct policy_effect *x)
{
	char there[NUMBER_TEXT_MAX];

	capacity_figure(x->heads_present, there);
	put_texts(p, "CSMs there", there, there, "", ROLE_TEXT);
	put(p, "CSMs needed", x->was.heads_needed, x->is.heads_needed, "");
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const struct capacity_heads *h = &x->is.heads[t];
		char label[40];

		snprintf(label, sizeof(label), "for tier %d", t + 1);
		put(p, label, x->was.heads[t].target, h->target,
			!h->pooled && !h->feasible ? "bands!" : "");
	}
}

static void put_money(
	struct page *p, const struct policy_effect *x, const struct policy *policy)
{
	char was[MONEY_TEXT_MAX], is[MONEY_TEXT_MAX];

	put_texts(p, "money at risk", words_money(policy, x->was.at_risk, was),
		words_money(policy, x->is.at_risk, is), "", ROLE_TEXT);
	for (int q = QUAD_ATTENTION; q < QUAD_COUNT; q++)
		put(p, quadrant_name[q], x->was.quadrant[q], x->is.quadrant[q], "");
}

static void put_moves(struct page *p, const struct policy_effect *x)
{
	const int row = p->c.rows;

	if (!x->alerted)
		doubt(p, "alerts stand at a later day and stay as they are");
	if (!x->reviewed) {
		doubt(p, "no review of this day is possible");
		return;
	}
	if (!x->moves) {
		page_print(p, 2, ROLE_QUIET, "nobody else would change tier");
		return;
	}
	page_print(p, 2, ROLE_STRONG, "%u would move: %u up, %u down (%s)", x->moves,
		x->up, x->down, keys_word(SCOPE_POLICY, ACT_POLICY_MOVES));
	canvas_glyph(&p->c, row, 0, ROLE_MARK, GLYPH_MARK);
}

void policy_fill_side(struct policy_screen *s, const struct policy_effect *x)
{
	struct page *p = &s->page;

	page_reset(p, s->side.columns);
	say_doubts(s, p);
	put_moves(p, x);
	put_header(p);
	put_tiers(p, x);
	put_health(p, x);
	put_alerts(p, x);
	put_heads(p, x);
	put_scores(p, x);
	put_money(p, x, policy_shown(s));
	s->fresh = true;
}

/* ---- in sentences ----------------------------------------------------------------- */

static void say(void *arg, enum policy_line about, bool changed, const char *text)
{
	struct page *p = arg;
	const int row = p->c.rows;
	const enum role role = about == POLICY_SAYS_MOVES  ? ROLE_STRONG
			       : about == POLICY_SAYS_NOTE ? ROLE_WATCH
			       : changed                   ? ROLE_TEXT
							   : ROLE_QUIET;

	page_text(p, 2, role, text_of(text));
	if (changed)
		canvas_glyph(&p->c, row, 0, ROLE_MARK, GLYPH_MARK);
}

static void fill(struct app *a, void *state, struct page *p)
{
	/* The screen below is open as long as this one is. */
	const struct policy_screen *s = a->state[SCREEN_POLICY];
	const struct policy_effect *x =
		s && s->trial ? policy_trial_effect(s->trial) : NULL;

	(void)state;
	if (!x)
		return;
	say_doubts(s, p);
	policy_effect_say(x, policy_shown(s)->currency, say, p);
	page_line(p);
	page_print(p, 2, ROLE_QUIET,
		"Of the %u active accounts, as a recalculation and a review today would "
		"find "
		"them: by the policy in force -> by the one that was edited.",
		x->active);
}

static void open_effect(struct app *a, void *state)
{
	sheet_open(a, state, "What the changes would do", WIDTH, fill);
}

const struct screen_ops policy_effect_screen = SHEET_OPS(open_effect);
