/* How money, value, effort, score, quadrant, tier and the like come about. */
#include "tui/explain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/facts.h"
#include "tui/words.h"

static const struct policy *policy_of(const struct explain *x)
{
	return book_policy(x->a->book);
}

/* ---- money ---------------------------------------------------------------------- */

/* "contract C-12: 248k from 2025-06-04, open", for those that run on the day; how many
 * began by then. */
static int put_contracts(struct explain *x)
{
	int begun = 0;

	for (uint32_t i = 0; i < x->v->rows[REC_CONTRACT].n; i++) {
		const struct cell *c = account_view_row(x->v, REC_CONTRACT, i);
		int32_t from = cell_day(&c[F_CONTRACT_FROM]),
			until = cell_day(&c[F_CONTRACT_UNTIL]);
		const struct cell *currency = &c[F_CONTRACT_CURRENCY];
		char money[MONEY_TEXT_MAX], first[DAY_TEXT_MAX], last[DAY_TEXT_MAX];

		if (from > x->now.day)
			continue;
		begun++;
		if (!record_contract_runs(c, x->now.day))
			continue;
		page_print(x->p, 2, ROLE_TEXT, "contract %.*s: %s%s%.*s, from %s, %s%s",
			c[F_CONTRACT_ID].type == CELL_TEXT ? (int)c[F_CONTRACT_ID].t.n
							   : 0,
			c[F_CONTRACT_ID].type == CELL_TEXT ? c[F_CONTRACT_ID].t.s : "",
			money_format(c[F_CONTRACT_ARR].type == CELL_INT
					     ? c[F_CONTRACT_ARR].i
					     : 0,
				money),
			currency->type == CELL_TEXT ? " " : "",
			currency->type == CELL_TEXT ? (int)currency->t.n : 0,
			currency->type == CELL_TEXT ? currency->t.s : "",
			day_format(from, first), until == DAY_NONE ? "open" : "until ",
			until == DAY_NONE ? "" : day_format(until, last));
	}
	return begun;
}

void explain_arr(struct explain *x)
{
	char money[MONEY_TEXT_MAX];
	const struct cell *entered = &x->v->cells[F_ARR];

	explain_say(x, ROLE_TEXT,
		"The sum of the contracts that run on the day, when the account has "
		"any; else the ARR entered for the account. Other currencies are "
		"converted by the policy.");
	if (put_contracts(x)) {
		explain_say(x, ROLE_STRONG, "together %s %s",
			money_format(x->v->value.arr, money), policy_of(x)->currency);
		return;
	}
	explain_say(x, ROLE_STRONG, "entered: %s",
		entered->type == CELL_INT ? money_format(entered->i, money) : "nothing");
}

/* Where the growth was taken from. */
static void put_growth(struct explain *x)
{
	char number[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX], money[MONEY_TEXT_MAX];
	bool any = false;

	if (x->v->cells[F_GROWTH].type == CELL_NUMBER) {
		explain_say(x, ROLE_TEXT,
			"growth %s per year, as entered; held to %g .. %g",
			number_format(x->v->cells[F_GROWTH].n, 4, number),
			policy_of(x)->growth_min, policy_of(x)->growth_max);
		return;
	}
	for (uint32_t i = 0; i < x->v->rows[REC_MOVEMENT].n; i++) {
		const struct cell *c = account_view_row(x->v, REC_MOVEMENT, i);
		int32_t on = cell_day(&c[F_MOVEMENT_DATE]);
		struct text kind = c[F_MOVEMENT_KIND].type == CELL_TEXT
					   ? c[F_MOVEMENT_KIND].t
					   : TEXT("");

		if (on > x->now.day || on <= x->now.day - 365 ||
			(!text_eq(kind, TEXT("expansion")) &&
				!text_eq(kind, TEXT("contraction"))) ||
			c[F_MOVEMENT_DELTA].type != CELL_INT)
			continue;
		if (!any)
			explain_say(x, ROLE_TEXT,
				"growth %s per year, from the movements of 365 days over "
				"the ARR before; held to %g .. %g",
				number_format(x->now.growth, 4, number),
				policy_of(x)->growth_min, policy_of(x)->growth_max);
		any = true;
		page_print(x->p, 2, ROLE_TEXT, "%.*s of %s: %s", (int)kind.n, kind.s,
			day_format(on, day), money_format(c[F_MOVEMENT_DELTA].i, money));
	}
	if (!any)
		explain_say(x, ROLE_TEXT,
			"growth 0: none entered, and no movement in 365 days");
}

static void put_flags(struct explain *x)
{
	static const struct {
		int field;
		const char *name;
	} flag[VAL_COUNT] = { [VAL_REFERENCE] = { F_REFERENCE, "reference" },
		[VAL_MARQUEE] = { F_MARQUEE, "marquee" },
		[VAL_ADVOCATE] = { F_ADVOCATE, "advocate" },
		[VAL_PARENT] = { F_PARENT_EXPANSION, "parent expansion" } };
	char line[256], number[NUMBER_TEXT_MAX];
	int used = snprintf(line, sizeof(line), "multiplier %s = 1",
		words_number(x->v->value.multiplier, 2, number));

	for (int i = 0; i < VAL_COUNT && used < (int)sizeof(line); i++) {
		const struct cell *c = &x->v->cells[flag[i].field];

		if (c->type == CELL_INT && c->i)
			used += snprintf(line + used, sizeof(line) - (size_t)used,
				" + %s %s", flag[i].name,
				number_format(policy_of(x)->flag_weight[i], 2, number));
	}
	if (used < (int)sizeof(line))
		snprintf(line + used, sizeof(line) - (size_t)used, ", at most %s",
			number_format(policy_of(x)->flag_max, 2, number));
	explain_say(x, ROLE_TEXT, "%s", line);
}

void explain_value(struct explain *x)
{
	char value[MONEY_TEXT_MAX], arr[MONEY_TEXT_MAX], growth[NUMBER_TEXT_MAX],
		times[NUMBER_TEXT_MAX];

	explain_say(x, ROLE_TEXT,
		"What is lost if the account leaves: ARR x (1 + growth)^3 x multiplier.");
	explain_say(x, ROLE_STRONG, "%s = %s x (1 + %s)^3 x %s",
		money_format(x->v->value.value, value),
		x->v->value.arr == MONEY_NONE ? "no ARR"
					      : money_format(x->v->value.arr, arr),
		number_format(x->v->value.growth, 4, growth),
		words_number(x->v->value.multiplier, 2, times));
	page_line(x->p);
	explain_arr(x);
	page_line(x->p);
	put_growth(x);
	put_flags(x);
}

void explain_value_pct(struct explain *x)
{
	struct book_figures f;
	struct err e = { .text = "" };
	uint32_t less = 0, equal = 0, all = 0, id = x->v->row.account;
	int64_t its;
	char pct[NUMBER_TEXT_MAX];

	explain_say(x, ROLE_TEXT,
		"The percentile rank of the value among the active accounts: 100 x "
		"(less + half of the equal) / all.");
	if (book_figures(x->a->book, &f, &e) != ST_OK) {
		app_fail(x->a, &e);
		return;
	}
	its = id <= f.n ? amounts_at(&f.scores->value, id - 1) : 0;
	for (uint32_t i = 0; i < f.n && id <= f.n; i++) {
		if (f.scores->health[i] == HEALTH_NONE)
			continue;
		all++;
		less += amounts_at(&f.scores->value, i) < its;
		equal += amounts_at(&f.scores->value, i) == its;
	}
	if (all && !isnan(x->v->row.value_pct))
		explain_say(x, ROLE_STRONG,
			"%s = 100 x (%u less + %u equal, itself too, / 2) / %u",
			words_number(x->v->row.value_pct, 1, pct), less, equal, all);
	page_line(x->p);
	explain_value(x);
}

/* ---- effort --------------------------------------------------------------------- */

char *explain_curve(const struct curve *c, char out[CURVE_TEXT_MAX])
{
	size_t used = 0;

	out[0] = '\0';
	for (int i = 0; i < c->n && used < CURVE_TEXT_MAX; i++) {
		char at[NUMBER_TEXT_MAX], y[NUMBER_TEXT_MAX];

		used += (size_t)snprintf(out + used, CURVE_TEXT_MAX - used, "%s%s to %s",
			i ? ", " : "", number_format(c->x[i], 2, at),
			number_format(c->y[i], 2, y));
	}
	return out;
}

/* What a part of the effort was read from. */
static void effort_source(
	struct explain *x, enum effort_part part, char *out, size_t size)
{
	const struct book_basis *b = &x->now;
	const struct policy *p = policy_of(x);
	char number[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX], points[CURVE_TEXT_MAX];

	switch (part) {
	case EFF_COMPLEXITY:
		snprintf(out, size, "complexity as entered");
		break;
	case EFF_MATURITY:
		snprintf(out, size, "100 - maturity %s as entered",
			number_format(b->maturity, 2, number));
		break;
	case EFF_STAKEHOLDERS:
		snprintf(out, size, "%s people to keep aligned; curve %s",
			number_format(b->stakeholders, 2, number),
			explain_curve(&p->stakeholders_curve, points));
		break;
	case EFF_ONBOARDING:
		if (b->first_value != DAY_NONE)
			snprintf(out, size, "first value was reached on %s",
				day_format(b->first_value, day));
		else
			snprintf(out, size, "onboarding since %s, no first value yet",
				day_format(b->onboarding, day));
		break;
	case EFF_RENEWAL:
		snprintf(out, size,
			"(100 - health %d) x nearness of the renewal on %s: 1 up to %d "
			"d, 0 from %d d",
			b->health.health, day_format(b->renewal, day), p->renewal_near,
			p->renewal_far);
		break;
	case EFF_TICKETS:
		snprintf(out, size, "%s opened in 90 days; curve %s",
			number_format(b->tickets, 1, number),
			explain_curve(&p->tickets_curve, points));
		break;
	case EFF_COUNT:
		break;
	}
}

void explain_effort(struct explain *x)
{
	const struct effort_explained *e = &x->v->effort;
	char line[CURVE_TEXT_MAX + 96], number[NUMBER_TEXT_MAX], weight[NUMBER_TEXT_MAX];
	double weights = 0;
	int used;

	explain_say(x, ROLE_TEXT,
		"The time of a CSM the account needs: the mean of what is known, by its "
		"weights.");
	if (e->assumed) {
		explain_say(x, ROLE_UNKNOWN, "nothing is known: %s is assumed",
			words_number(e->effort, 1, number));
		return;
	}
	used = snprintf(line, sizeof(line), "%s = (", words_number(e->effort, 1, number));
	for (int i = 0, first = 1; i < EFF_COUNT && used < (int)sizeof(line); i++) {
		if (isnan(e->part[i]))
			continue;
		weights += e->weight[i];
		used += snprintf(line + used, sizeof(line) - (size_t)used, "%s%s x %s",
			first ? "" : " + ", number_format(e->weight[i], 2, weight),
			words_number(e->part[i], 1, number));
		first = 0;
	}
	if (used < (int)sizeof(line))
		snprintf(line + used, sizeof(line) - (size_t)used, ") / %s",
			number_format(weights, 2, weight));
	explain_say(x, ROLE_STRONG, "%s", line);
	page_line(x->p);
	for (int i = 0; i < EFF_COUNT; i++) {
		if (x->part == i + 1)
			x->part_row = x->p->c.rows;
		line[0] = '\0';
		if (!isnan(e->part[i]))
			effort_source(x, (enum effort_part)i, line, sizeof(line));
		page_print(x->p, 0, isnan(e->part[i]) ? ROLE_UNKNOWN : ROLE_TEXT,
			"%s %s: %s", effort_part_name[i],
			words_number(e->part[i], 1, number),
			isnan(e->part[i]) ? "not known, left out" : line);
	}
	x->part_row = -1; /* all of it is short */
}

/* ---- score and tier ------------------------------------------------------------- */

void explain_score(struct explain *x)
{
	facts_score(x->a, x->p, x->v);
	page_line(x->p);
	explain_value_pct(x);
	page_line(x->p);
	explain_effort(x);
}

void explain_quadrant(struct explain *x)
{
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX];

	explain_say(x, ROLE_TEXT,
		"Value rank against effort, by two lines: value from %g, effort from %g.",
		policy_of(x)->line_value, policy_of(x)->line_effort);
	explain_say(x, ROLE_STRONG, "value rank %s is %s, effort %s is %s: %s",
		words_number(x->v->row.value_pct, 1, value),
		x->v->row.value_pct >= policy_of(x)->line_value ? "high" : "low",
		words_number(x->v->row.effort, 1, effort),
		x->v->row.effort >= policy_of(x)->line_effort ? "high" : "low",
		x->v->row.quadrant == QUAD_NONE ? "not known"
						: quadrant_name[x->v->row.quadrant]);
	page_line(x->p);
	explain_value_pct(x);
	page_line(x->p);
	explain_effort(x);
}

void explain_tier(struct explain *x)
{
	const struct account_view *v = x->v;
	char day[DAY_TEXT_MAX];

	explain_say(x, ROLE_TEXT,
		"Tiers move only at a review or by a person; a cap limits each tier. The "
		"tier score decides.");
	page_line(x->p);
	facts_tier(x->a, x->p, v);
	if (v->moves_n) {
		page_line(x->p);
		page_heading(x->p, "THE LAST MOVE",
			day_format(v->moves[v->moves_n - 1].day, day));
		page_print(x->p, 1, ROLE_TEXT, "%s", v->move_reason[v->moves_n - 1]);
	}
	page_line(x->p);
	facts_score(x->a, x->p, v);
}

void explain_renewal(struct explain *x)
{
	char day[DAY_TEXT_MAX], age[WORDS_MAX];
	int32_t renewal = x->v->row.renewal;

	explain_say(
		x, ROLE_TEXT, "The renewal date entered or imported for the account.");
	if (renewal == DAY_NONE)
		explain_say(x, ROLE_UNKNOWN, "none is entered");
	else
		explain_say(x, ROLE_STRONG, "%s, %s", day_format(renewal, day),
			words_age(renewal, book_as_of(x->a->book), age));
	if (put_contracts(x) == 0)
		explain_say(x, ROLE_QUIET, "no contract is on record");
}

void explain_status(struct explain *x)
{
	char start[DAY_TEXT_MAX], end[DAY_TEXT_MAX];
	int32_t from = cell_day(&x->v->cells[F_CONTRACT_START]),
		until = cell_day(&x->v->cells[F_CHURNED_ON]);

	explain_say(x, ROLE_TEXT,
		"Active on a day: a customer by then, and not churned on it or before.");
	explain_say(x, ROLE_TEXT, "first day as a customer: %s",
		from == DAY_NONE ? "not entered, always" : day_format(from, start));
	explain_say(x, ROLE_TEXT, "churned on: %s",
		until == DAY_NONE ? "never" : day_format(until, end));
}
