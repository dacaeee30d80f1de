#include "core/capacity_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/convert.h"

enum { NAME = 80 };

struct saying {
	const struct capacity *c;
	const double *n; /* numbers of its policy */
	capacity_line_fn fn;
	void *arg;
};

/* Amounts are short here: exact ones stand in the table beside. */
static char *amount(const struct capacity *c, double cents, char out[MONEY_TEXT_MAX])
{
	return money_said((int64_t)cents, c->policy.currency, out);
}

static void say(const struct saying *s, enum capacity_line kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void say(const struct saying *s, enum capacity_line kind, const char *format, ...)
{
	char line[CAPACITY_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	s->fn(s->arg, kind, line);
}

/* ---- heads ---- */

static char *limit(const struct capacity *c, bool by_arr, double accounts, double arr,
	char out[MONEY_TEXT_MAX + 16])
{
	char money[MONEY_TEXT_MAX];

	if (by_arr)
		snprintf(out, MONEY_TEXT_MAX + 16, "%s ARR", amount(c, arr, money));
	else
		snprintf(out, MONEY_TEXT_MAX + 16, "%.0f accounts", accounts);
	return out;
}

char *capacity_conflict(const struct capacity *c, int tier, char out[CAPACITY_TEXT_MAX])
{
	const struct capacity_heads *h = &c->heads[tier - 1];
	const struct capacity_band *b = &c->band[tier - 1];
	char most[MONEY_TEXT_MAX + 16], least[MONEY_TEXT_MAX + 16];

	out[0] = '\0';
	if (h->feasible)
		return out;
	snprintf(out, CAPACITY_TEXT_MAX,
		"at most %s per CSM asks for %u or more, at least %s for %u or fewer",
		limit(c, h->min_by_arr, b->max, b->arr_max, most), h->min,
		limit(c, h->max_by_arr, b->min, b->arr_min, least), h->max);
	return out;
}

static char *range(const struct capacity_heads *h, char out[48])
{
	if (h->max == CAPACITY_ANY)
		snprintf(out, 48, "%u or more CSMs", h->min);
	else if (h->min == h->max)
		snprintf(out, 48, "%u CSM%s", h->min, TEXT_S(h->min));
	else
		snprintf(out, 48, "%u to %u CSMs", h->min, h->max);
	return out;
}

char *capacity_figure(double v, char out[NUMBER_TEXT_MAX])
{
	/* %g writes what rounds to four digits as 1e+03. */
	snprintf(out, NUMBER_TEXT_MAX, v < 999.5 ? "%.3g" : "%.0f", v);
	return out;
}

/* One CSM is enough, and a lower limit asks for more than there is: the limits don't
 * contradict each other, the tier is small. */
static bool is_less_than_a_book(const struct capacity_heads *h)
{
	return !h->pooled && h->accounts && h->min == 1 && h->max == 0;
}

static void say_heads(const struct saying *s, int tier)
{
	const struct capacity_heads *h = &s->c->heads[tier - 1];
	char heads[48], arr[MONEY_TEXT_MAX], each[MONEY_TEXT_MAX],
		number[NUMBER_TEXT_MAX], conflict[CAPACITY_TEXT_MAX];

	amount(s->c, (double)h->arr, arr);
	if (h->pooled)
		say(s, CAPACITY_SAYS,
			"tier %d: %u account%s, %s: pooled, no CSMs of its own", tier,
			h->accounts, TEXT_S(h->accounts), arr);
	else if (!h->accounts)
		say(s, CAPACITY_SAYS, "tier %d: no accounts", tier);
	else if (is_less_than_a_book(h))
		say(s, CAPACITY_SAYS,
			"tier %d: %u account%s, %s: fewer than one full book", tier,
			h->accounts, TEXT_S(h->accounts), arr);
	else if (!h->feasible)
		say(s, CAPACITY_WARNS,
			"tier %d: %u account%s, %s: the limits of a book contradict each "
			"other: %s",
			tier, h->accounts, TEXT_S(h->accounts), arr,
			capacity_conflict(s->c, tier, conflict));
	else
		say(s, CAPACITY_SAYS,
			"tier %d: %u account%s, %s: %s, target %u with %s and %s each",
			tier, h->accounts, TEXT_S(h->accounts), arr, range(h, heads),
			h->target,
			capacity_figure((double)h->accounts / h->target, number),
			amount(s->c, (double)h->arr / h->target, each));
}

/* What the bands ask of a book is checked by its money: a full book of average accounts
 * that nobody can look after is wrong, not ambitious. */
static void say_ratio(const struct saying *s, int tier)
{
	const struct capacity_heads *h = &s->c->heads[tier - 1];
	const struct capacity_band *b = &s->c->band[tier - 1];
	char mean[MONEY_TEXT_MAX], book[MONEY_TEXT_MAX], most[MONEY_TEXT_MAX];
	double each;

	if (h->pooled || !h->accounts)
		return;
	each = (double)h->arr / h->accounts;
	/* What the tier has in all fits: there is no such book. */
	if (b->arr_max > 0 && (double)h->arr > b->arr_max &&
		each * b->target > b->arr_max)
		say(s, CAPACITY_WARNS,
			"tier %d: %.0f accounts per CSM at %s each are %s in one book: "
			"wrong, at most %s can be looked after",
			tier, b->target, amount(s->c, each, mean),
			amount(s->c, each * b->target, book),
			amount(s->c, b->arr_max, most));
	if (h->feasible && h->target > h->max)
		say(s, CAPACITY_WARNS,
			"tier %d: %.0f accounts per CSM are %s in one book, and %s "
			"should be: %u CSM%s the most",
			tier, b->target, amount(s->c, each * b->target, book),
			amount(s->c, b->arr_min, most), h->max,
			h->max == 1 ? " is" : "s are");
	if (each < s->n[POLICY_CAP_ARR_NORM] * 100)
		say(s, CAPACITY_WARNS,
			"tier %d: an account has %s on average: the bands are made for "
			"%s or more",
			tier, amount(s->c, each, mean),
			amount(s->c, s->n[POLICY_CAP_ARR_NORM] * 100, most));
}

/* ---- what is missing ---- */

static const double ROUNDING = 1e-9; /* shares add up to whole heads but for it */

static bool is_one(double heads)
{
	return heads > 1 - ROUNDING && heads < 1 + ROUNDING;
}

/* Heads against money: pooling tier 2 costs retention, naming it costs CSMs. */
static void say_choice(const struct saying *s, double missing)
{
	const struct capacity_heads *two = &s->c->heads[1];
	const double without = s->c->heads_needed - two->target;
	const double more = without - s->c->heads_present;
	const double cost = missing * s->n[POLICY_CAP_HEAD_COST] * 100;
	const double loss = (double)two->arr * s->n[POLICY_CAP_POOLED_LOSS] / 100;
	char money[MONEY_TEXT_MAX], arr[MONEY_TEXT_MAX], lost[MONEY_TEXT_MAX];

	if (two->pooled || !two->accounts)
		return;
	if (without <= s->c->heads_present + ROUNDING)
		say(s, CAPACITY_ASKS,
			"tier 2 with named owners needs %g more CSM%s (%s a year); "
			"pooled, by tech touch, the %g there are enough, and about %s a "
			"year (%g %% of %s) may be lost",
			missing, is_one(missing) ? "" : "s", amount(s->c, cost, money),
			s->c->heads_present, amount(s->c, loss, lost),
			s->n[POLICY_CAP_POOLED_LOSS],
			amount(s->c, (double)two->arr, arr));
	else
		say(s, CAPACITY_ASKS,
			"with tier 2 in the pool %g CSM%s more %s needed all the same: "
			"tier 1 alone takes %.0f",
			more, is_one(more) ? "" : "s", is_one(more) ? "is" : "are",
			without);
}

static uint32_t fewest(const struct capacity *c)
{
	uint32_t n = 0;

	for (int t = 0; t < TIER_COUNT; t++)
		n += c->heads[t].min;
	return n;
}

static void say_gap(const struct saying *s)
{
	const double missing = s->c->heads_needed - s->c->heads_present;

	if (missing > ROUNDING) {
		const uint32_t least = fewest(s->c);
		char full[80] = "";

		if (least < s->c->heads_needed)
			snprintf(full, sizeof(full),
				"; with books as full as the limits allow, %u would do",
				least);
		say(s, CAPACITY_WARNS,
			"books of the target size need %u CSM%s, %g %s there: %g %s "
			"missing%s",
			s->c->heads_needed, TEXT_S(s->c->heads_needed),
			s->c->heads_present, is_one(s->c->heads_present) ? "is" : "are",
			missing, is_one(missing) ? "is" : "are", full);
		say_choice(s, missing);
	} else {
		say(s, CAPACITY_SAYS, "%u CSM%s needed, %g there", s->c->heads_needed,
			s->c->heads_needed == 1 ? " is" : "s are", s->c->heads_present);
	}
}

/* ---- cost to serve ---- */

static void say_cost(const struct saying *s)
{
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		struct capacity_book one = { .accounts = { 0 } };
		const struct capacity_heads *h = &s->c->heads[t];
		char cost[MONEY_TEXT_MAX], number[NUMBER_TEXT_MAX];
		double hours, cents;

		one.accounts[t] = h->accounts;
		hours = capacity_hours(&s->c->policy, &one);
		if (h->pooled || !h->accounts || h->arr <= 0)
			continue;
		cents = hours / s->n[POLICY_CAP_HOURS] * s->n[POLICY_CAP_HEAD_COST] * 100;
		say(s, CAPACITY_SAYS,
			"tier %d: the talks planned, %s hours a week, cost %s a year, "
			"%.1f %% of its ARR",
			t + 1, capacity_figure(hours, number), amount(s->c, cents, cost),
			100 * cents / (double)h->arr);
	}
}

/* ---- who and what stands out ---- */

static void say_unowned(const struct saying *s)
{
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		char arr[MONEY_TEXT_MAX];

		if (s->c->unowned[t])
			say(s, CAPACITY_WARNS,
				"tier %d: %u account%s without an owner, %s", t + 1,
				s->c->unowned[t], TEXT_S(s->c->unowned[t]),
				amount(s->c, (double)s->c->unowned_arr[t], arr));
	}
}

static void say_row(const struct saying *s, const struct capacity_row *r)
{
	const int n = convert_shown(r->name, NAME);
	char day[DAY_TEXT_MAX];
	const uint32_t all = capacity_accounts(r);

	if (r->leaves && all)
		say(s, CAPACITY_WARNS,
			"%.*s leaves, the last day is %s: %u account%s to hand over", n,
			r->name.s, day_format(r->until, day), all, TEXT_S(all));
	else if (r->leaves)
		say(s, CAPACITY_SAYS,
			"%.*s leaves, the last day is %s, and has no accounts", n,
			r->name.s, day_format(r->until, day));
	else if (r->share > 0 && all == 0)
		say(s, CAPACITY_WARNS, "%.*s is there and has no accounts", n, r->name.s);
	if (!(r->share > 0) && all > 0 && r->until != DAY_NONE && r->until < s->c->as_of)
		say(s, CAPACITY_WARNS, "%.*s left on %s and has %u account%s", n,
			r->name.s, day_format(r->until, day), all, TEXT_S(all));
	else if (!(r->share > 0) && all > 0)
		say(s, CAPACITY_WARNS, "%.*s is not there and has %u account%s", n,
			r->name.s, all, TEXT_S(all));
	if (r->crowded)
		say(s, CAPACITY_WARNS,
			"%.*s has %u accounts: so many can only be answered, not looked "
			"after",
			n, r->name.s, all);
}

static const double SLACK = 0.5; /* of an hour: nobody plans a week closer than that */

static bool takes_too_long(const struct saying *s, const struct capacity_row *r)
{
	return r->share > 0 && r->hours > s->n[POLICY_CAP_HOURS] * r->share + SLACK;
}

/* Each of a few; of many how many, and the worst. */
static void say_hours(const struct saying *s)
{
	enum { FEW = 3 };
	const struct capacity_row *worst = NULL;
	char number[NUMBER_TEXT_MAX], there[NUMBER_TEXT_MAX];
	uint32_t n = 0;

	for (uint32_t k = 0; k < s->c->rows; k++) {
		const struct capacity_row *r = &s->c->row[k];

		if (!takes_too_long(s, r))
			continue;
		n++;
		if (!worst || r->hours / r->share > worst->hours / worst->share)
			worst = r;
	}
	for (uint32_t k = 0; n <= FEW && k < s->c->rows; k++) {
		const struct capacity_row *r = &s->c->row[k];

		if (takes_too_long(s, r))
			say(s, CAPACITY_WARNS,
				"%.*s: the talks of this book take %s hours a week, %s "
				"are there",
				convert_shown(r->name, NAME), r->name.s,
				capacity_figure(r->hours, number),
				capacity_figure(
					s->n[POLICY_CAP_HOURS] * r->share, there));
	}
	if (n > FEW)
		say(s, CAPACITY_WARNS,
			"the talks of %u books take more hours than are there; most: "
			"%.*s, %s of %s a week",
			n, convert_shown(worst->name, NAME), worst->name.s,
			capacity_figure(worst->hours, number),
			capacity_figure(s->n[POLICY_CAP_HOURS] * worst->share, there));
}

static void say_mixed(const struct saying *s)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < s->c->rows; k++)
		n += s->c->row[k].mixed;
	if (n)
		say(s, CAPACITY_WARNS,
			"%u book%s much of tier 1 and of tier 2: two jobs for one person",
			n, n == 1 ? " holds" : "s hold");
}

void capacity_say(const struct capacity *c, capacity_line_fn fn, void *arg)
{
	const struct saying s = { c, c->policy.number, fn, arg };

	for (int tier = 1; tier <= TIER_COUNT; tier++)
		say_heads(&s, tier);
	if (c->unplaced)
		say(&s, CAPACITY_WARNS,
			"%u account%s in no tier yet and count%s as tier 3 here, until a "
			"review places %s",
			c->unplaced, c->unplaced == 1 ? " is" : "s are",
			c->unplaced == 1 ? "s" : "", c->unplaced == 1 ? "it" : "them");
	say_gap(&s);
	for (int tier = 1; tier <= CAPACITY_NAMED; tier++)
		say_ratio(&s, tier);
	say_cost(&s);
	say_unowned(&s);
	for (uint32_t k = 0; k < c->rows; k++)
		say_row(&s, &c->row[k]);
	say_hours(&s);
	say_mixed(&s);
}

const char *capacity_state_text(const struct capacity_row *r)
{
	const bool handed_over =
		r->load.state == CAPACITY_AWAY && r->noted > 0 && r->until != DAY_NONE;

	return r->leaves || handed_over ? "leaves" : capacity_state_name[r->load.state];
}

const char *capacity_marks(const struct capacity_row *r)
{
	return r->proposed              ? "what if"
	       : r->crowded && r->mixed ? "crowded, mixed"
	       : r->crowded             ? "crowded"
	       : r->mixed               ? "mixed"
					: "";
}
