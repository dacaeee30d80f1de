/* How health comes about: every component with its input, where that was read, what the
 * curve makes of it, and what it was 28 days before. */
#include "tui/explain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/health_text.h"
#include "tui/facts.h"
#include "tui/words.h"

enum { IN = 2, TICKET_DAYS = 90, TICKETS_NAMED = 6, LINE_SIZE = CURVE_TEXT_MAX + 96 };

static void put(struct explain *x, enum role role, const char *line)
{
	page_text(x->p, IN, role, text_of(line));
}

/* ---- where the inputs were read ------------------------------------------------- */

static void from_signal(struct explain *x, const struct book_basis *b,
	enum known_signal signal, const char *before, const char *after)
{
	char line[LINE_SIZE], number[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX], age[WORDS_MAX];

	if (b->signal_day[signal] == DAY_NONE) {
		snprintf(line, sizeof(line), "no signal %s up to this day",
			known_signal_name[signal]);
		put(x, ROLE_UNKNOWN, line);
		return;
	}
	snprintf(line, sizeof(line), "%ssignal %s %s of %s, %s%s", before,
		known_signal_name[signal], number_format(b->signal[signal], 2, number),
		day_format(b->signal_day[signal], day),
		words_age(b->signal_day[signal], book_as_of(x->a->book), age), after);
	put(x, ROLE_TEXT, line);
}

static void from_ratio(struct explain *x, const struct book_basis *b,
	enum known_signal signal, double whole, const char *field)
{
	char after[96], number[NUMBER_TEXT_MAX];

	if (isnan(whole))
		snprintf(after, sizeof(after), "; %s is not known", field);
	else
		snprintf(after, sizeof(after), ", of %s %s",
			number_format(whole, 2, number), field);
	from_signal(x, b, signal, "", after);
}

/* The tickets of the 90 days by number and day, as many as anybody reads. */
static void from_tickets(struct explain *x, const struct book_basis *b)
{
	const struct account_rows *rows = &x->v->rows[REC_TICKET];
	char line[LINE_SIZE], number[NUMBER_TEXT_MAX];
	int n = 0, used;

	if (isnan(b->tickets)) {
		put(x, ROLE_UNKNOWN,
			"the book holds no tickets and no signal tickets_90d");
		return;
	}
	used = snprintf(line, sizeof(line), "tickets opened in %d days: %s", TICKET_DAYS,
		number_format(b->tickets, 1, number));
	for (uint32_t i = 0; i < rows->n; i++) {
		const struct cell *c = account_view_row(x->v, REC_TICKET, i);
		int32_t opened = cell_day(&c[F_TICKET_OPENED]);
		char day[DAY_TEXT_MAX];

		if (opened > b->day || opened <= b->day - TICKET_DAYS)
			continue;
		if (n++ >= TICKETS_NAMED || used >= (int)sizeof(line))
			continue;
		used += snprintf(line + used, sizeof(line) - (size_t)used, "%s%.*s of %s",
			n == 1 ? " (" : ", ", (int)cell_shown(&c[F_TICKET_ID]).n,
			cell_shown(&c[F_TICKET_ID]).s, day_format(opened, day));
	}
	if (n && used < (int)sizeof(line))
		snprintf(line + used, sizeof(line) - (size_t)used,
			n > TICKETS_NAMED ? " and %d more)" : ")", n - TICKETS_NAMED);
	put(x, ROLE_TEXT, line);
	if (!b->health.component[COMP_SUPPORT].per_account)
		from_signal(x, b, SIG_SEATS_ACTIVE, "per 10 active seats: ", "");
	else if (b->signal_day[SIG_SEATS_ACTIVE] == DAY_NONE)
		put(x, ROLE_TEXT,
			"counted per account, since active seats are not known");
	else
		from_signal(x, b, SIG_SEATS_ACTIVE,
			"counted per account, since active seats are not known now: ",
			"");
}

static bool has_rated_ticket(const struct explain *x)
{
	bool rated = false;

	for (uint32_t i = 0; i < x->v->rows[REC_TICKET].n; i++)
		rated |= account_view_row(x->v, REC_TICKET, i)[F_TICKET_CSAT].type !=
			 CELL_MISSING;
	return rated;
}

/* The survey answer of that day, or the signal that stands in for it. */
static void from_survey(struct explain *x, const struct book_basis *b)
{
	bool nps = b->signal_day[SIG_NPS] != DAY_NONE;
	enum known_signal signal = nps ? SIG_NPS : SIG_CSAT;
	const struct account_rows *rows = &x->v->rows[REC_SURVEY];
	char line[LINE_SIZE], number[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];

	for (uint32_t i = 0; i < rows->n; i++) {
		const struct cell *c = account_view_row(x->v, REC_SURVEY, i);
		struct text said = cell_shown(&c[F_SURVEY_COMMENT]);

		if (cell_day(&c[F_SURVEY_DATE]) != b->signal_day[signal] ||
			!text_eq(cell_shown(&c[F_SURVEY_KIND]),
				nps ? TEXT("nps") : TEXT("csat")))
			continue;
		snprintf(line, sizeof(line), "survey of %s: %s %s%s%.*s",
			day_format(b->signal_day[signal], day), nps ? "nps" : "csat",
			number_format(b->signal[signal], 1, number), said.n ? ", " : "",
			(int)(said.n > 200 ? 200 : said.n), said.s);
		put(x, ROLE_TEXT, line);
		return;
	}
	from_signal(x, b, signal, "", "");
	if (b->signal_day[signal] == DAY_NONE && has_rated_ticket(x))
		put(x, ROLE_UNKNOWN,
			"the csat of its tickets is said of them, and no answer to a "
			"survey");
}

static void from_touch(struct explain *x, const struct book_basis *b)
{
	const struct account_rows *rows = &x->v->rows[REC_TOUCH];
	char line[LINE_SIZE], day[DAY_TEXT_MAX];

	for (uint32_t i = 0; i < rows->n; i++) {
		const struct cell *c = account_view_row(x->v, REC_TOUCH, i);
		struct text kind = cell_shown(&c[F_TOUCH_KIND]),
			    who = cell_shown(&c[F_TOUCH_ACTOR]);

		if (cell_day(&c[F_TOUCH_DATE]) != b->last_touch ||
			b->last_touch == DAY_NONE ||
			c[F_TOUCH_TWO_WAY].type != CELL_INT || !c[F_TOUCH_TWO_WAY].i)
			continue;
		snprintf(line, sizeof(line), "the last two-way touch: %.*s of %s%s%.*s",
			kind.n ? (int)kind.n : 5, kind.n ? kind.s : "touch",
			day_format(b->last_touch, day), who.n ? " by " : "", (int)who.n,
			who.s);
		put(x, ROLE_TEXT, line);
		return;
	}
	put(x, ROLE_UNKNOWN, "no two-way touch on record up to this day");
}

static void from_contacts(struct explain *x, const struct book_basis *b)
{
	const struct account_rows *rows = &x->v->rows[REC_CONTACT];
	bool any = false;

	for (uint32_t i = 0; i < rows->n; i++) {
		const struct cell *c = account_view_row(x->v, REC_CONTACT, i);
		struct text role = cell_shown(&c[F_CONTACT_ROLE]),
			    name = cell_shown(&c[F_CONTACT_NAME]);
		int32_t left = cell_day(&c[F_CONTACT_LEFT_ON]);
		char line[LINE_SIZE], day[DAY_TEXT_MAX];
		bool gone = left != DAY_NONE && left <= b->day;

		if ((!text_eq(role, TEXT("champion")) &&
			    !text_eq(role, TEXT("sponsor"))) ||
			(cell_day(&c[F_CONTACT_SINCE]) != DAY_NONE &&
				cell_day(&c[F_CONTACT_SINCE]) > b->day))
			continue;
		if (!name.n)
			name = cell_shown(&c[F_CONTACT_EMAIL]);
		snprintf(line, sizeof(line), "%.*s: %.*s%s%s", (int)role.n, role.s,
			(int)name.n, name.s, gone ? ", left " : ", in place",
			gone ? day_format(left, day) : "");
		put(x, gone ? ROLE_BAD : ROLE_TEXT, line);
		any = true;
	}
	if (!any)
		put(x, ROLE_UNKNOWN, "no champion and no sponsor on record");
}

static void from_renewal(struct explain *x, const struct book_basis *b)
{
	char line[LINE_SIZE], day[DAY_TEXT_MAX];

	if (b->renewal == DAY_NONE) {
		put(x, ROLE_UNKNOWN, "no renewal date is entered");
		return;
	}
	snprintf(line, sizeof(line), "renewal date of the account: %s",
		day_format(b->renewal, day));
	put(x, ROLE_TEXT, line);
}

static void put_source(
	struct explain *x, const struct book_basis *b, enum component component)
{
	switch (component) {
	case COMP_USAGE:
		from_signal(x, b, SIG_ACTIVE_DAYS, "", "");
		break;
	case COMP_ADOPTION:
		from_ratio(x, b, SIG_FEATURES_USED, b->features_available,
			"features available");
		break;
	case COMP_SUPPORT:
		from_tickets(x, b);
		break;
	case COMP_SENTIMENT:
		from_survey(x, b);
		break;
	case COMP_UTILISATION:
		from_ratio(x, b, SIG_SEATS_ACTIVE, b->seats_purchased, "seats purchased");
		break;
	case COMP_ENGAGEMENT:
		from_touch(x, b);
		break;
	case COMP_STAKEHOLDER:
		from_contacts(x, b);
		break;
	case COMP_RENEWAL:
		from_renewal(x, b);
		break;
	case COMP_COUNT:
		break;
	}
}

/* ---- one component -------------------------------------------------------------- */

static const struct health_rules *rules_of(const struct explain *x)
{
	return &book_policy(x->a->book)->health[x->v->row.tier];
}

static void put_curve(struct explain *x, enum component component)
{
	const struct component_explained *c = &x->now.health.component[component];
	const struct curve *curve = &rules_of(x)->curve[component];
	char line[LINE_SIZE], points[CURVE_TEXT_MAX], score[NUMBER_TEXT_MAX],
		weight[NUMBER_TEXT_MAX];

	snprintf(line, sizeof(line), "curve %s: makes %s; weight %s of 100",
		explain_curve(curve, points), words_number(c->score, 1, score),
		number_format(c->weight, 2, weight));
	put(x, ROLE_QUIET, line);
}

static void put_before(struct explain *x, enum component component)
{
	const struct component_explained *c = &x->before.health.component[component];
	char line[LINE_SIZE], day[DAY_TEXT_MAX], input[WORDS_MAX];
	int points = x->v->before.points[component], change;

	if (x->before.day == DAY_NONE)
		return;
	if (points == (int)POINTS_MISSING)
		points = 0;
	change = x->v->points_change[component];
	snprintf(line, sizeof(line), "on %s: %s, %d %s; since then %s%d",
		day_format(x->before.day, day), health_input(component, c, input), points,
		points == 1 ? "point" : "points", change > 0 ? "+" : "", change);
	put(x, change < 0 ? ROLE_BAD : change > 0 ? ROLE_GOOD : ROLE_QUIET, line);
}

static void put_component(struct explain *x, enum component component)
{
	const struct component_explained *c = &x->now.health.component[component];
	char right[64], input[WORDS_MAX], limit[48] = "";

	page_line(x->p);
	if (x->part == (int)component + 1)
		x->part_row = x->p->c.rows;
	snprintf(right, sizeof(right), c->points == 1 ? "%d point" : "%d points",
		c->points);
	page_heading(x->p, component_name[component],
		c->state == COMP_PRESENT ? right : "left out");
	if (c->state == COMP_TOO_OLD)
		snprintf(limit, sizeof(limit), " (the limit is %d days)",
			rules_of(x)->max_age[component]);
	page_print(x->p, IN, c->state == COMP_PRESENT ? ROLE_STRONG : ROLE_UNKNOWN,
		"%s%s", health_input(component, c, input), limit);
	put_source(x, &x->now, component);
	if (c->state == COMP_PRESENT)
		put_curve(x, component);
	put_before(x, component);
}

/* ---- the whole ------------------------------------------------------------------ */

/* "43 = (25 x 35.0 + 20 x 33.3) / 45, rounded". */
static void put_formula(struct explain *x)
{
	const struct health_explained *h = &x->now.health;
	char line[1024], number[NUMBER_TEXT_MAX], weight[NUMBER_TEXT_MAX];
	double weights = 0;
	int used = snprintf(line, sizeof(line), "%d = (", h->unheld);
	bool first = true;

	for (int i = 0; i < COMP_COUNT && used < (int)sizeof(line); i++) {
		const struct component_explained *c = &h->component[i];

		if (c->state != COMP_PRESENT)
			continue;
		weights += c->weight;
		used += snprintf(line + used, sizeof(line) - (size_t)used, "%s%s x %s",
			first ? "" : " + ", number_format(c->weight, 2, weight),
			words_number(c->score, 1, number));
		first = false;
	}
	if (used < (int)sizeof(line))
		snprintf(line + used, sizeof(line) - (size_t)used, ") / %s, rounded",
			number_format(weights, 2, weight));
	explain_say(x, ROLE_TEXT,
		"The mean of the components' scores by their weights, over those that "
		"have an input that is not too old.");
	if (h->health)
		explain_say(x, ROLE_STRONG, "%s", line);
	else
		explain_say(x, ROLE_UNKNOWN,
			"unknown: %d %% of the weights have an input, %d %% are needed",
			(int)(h->coverage * 100 + 0.5),
			(int)(book_policy(x->a->book)->min_coverage * 100 + 0.5));
	if (h->held_by_pulse)
		explain_say(x, ROLE_BAD, "held at %d by a red pulse", h->health);
	facts_health_now(x->p, x->v);
}

void explain_health(struct explain *x)
{
	put_formula(x);
	for (int i = 0; i < COMP_COUNT; i++)
		put_component(x, (enum component)i);
}

static void put_changes(struct explain *x)
{
	for (int i = 0; i < COMP_COUNT; i++) {
		const struct component_explained *now = &x->now.health.component[i],
						 *was = &x->before.health.component[i];
		int row = page_line(x->p), change = x->v->points_change[i];
		char text[32], is[WORDS_MAX], before[WORDS_MAX];

		canvas_put(&x->p->c, row, 0, 12, ROLE_TEXT, text_of(component_name[i]));
		snprintf(text, sizeof(text), "%s%d", change > 0 ? "+" : "", change);
		canvas_put_right(&x->p->c, row, 12, 4,
			change > 0   ? ROLE_GOOD
			: change < 0 ? ROLE_BAD
				     : ROLE_QUIET,
			text_of(text));
		canvas_print(&x->p->c, row, 18, x->p->c.columns - 18, ROLE_TEXT,
			"%s, was %s", health_input_short((enum component)i, now, is),
			x->before.day == DAY_NONE
				? "?"
				: health_input_short((enum component)i, was, before));
	}
	if (x->v->pulse_change)
		explain_say(x, ROLE_TEXT, "pulse       %+d", x->v->pulse_change);
}

void explain_change(struct explain *x)
{
	char day[DAY_TEXT_MAX];

	explain_say(x, ROLE_TEXT,
		"Health with all that is entered by now minus health 28 to 56 days "
		"before. What the components add to it adds up to it.");
	if (!x->v->has_before) {
		explain_say(x, ROLE_UNKNOWN,
			"not known: there is no health 28 to 56 days before to compare "
			"with");
		return;
	}
	explain_say(x, ROLE_STRONG, "%+d = %d - %d, which it was on %s",
		x->v->health.health - x->v->before.health, x->v->health.health,
		x->v->before.health, day_format(x->v->before.at.day, day));
	facts_health_now(x->p, x->v);
	page_line(x->p);
	put_changes(x);
	if (x->v->before.at.policy_version != book_policy_version(x->a->book))
		explain_say(x, ROLE_WATCH,
			"policy version %d was in force then: part of the change may be "
			"the rules'",
			x->v->before.at.policy_version);
}

void explain_coverage(struct explain *x)
{
	char line[LINE_SIZE], number[NUMBER_TEXT_MAX];
	int used;

	explain_say(x, ROLE_TEXT,
		"The share of the weights whose component has an input that is not too "
		"old; below %d %% health is unknown.",
		(int)(book_policy(x->a->book)->min_coverage * 100 + 0.5));
	used = snprintf(line, sizeof(line),
		"%s =", words_number(x->now.health.coverage, 2, number));
	for (int i = 0, first = 1; i < COMP_COUNT && used < (int)sizeof(line); i++) {
		const struct component_explained *c = &x->now.health.component[i];

		if (c->state != COMP_PRESENT)
			continue;
		used += snprintf(line + used, sizeof(line) - (size_t)used, "%s %s %s",
			first ? "" : " +", component_name[i],
			number_format(c->weight, 2, number));
		first = 0;
	}
	if (used < (int)sizeof(line))
		snprintf(line + used, sizeof(line) - (size_t)used, ", of 100");
	explain_say(x, ROLE_STRONG, "%s", line);
	for (int i = 0; i < COMP_COUNT; i++) {
		const struct component_explained *c = &x->now.health.component[i];
		char input[WORDS_MAX];

		if (c->state != COMP_PRESENT)
			explain_say(x, ROLE_UNKNOWN, "%s: %s", component_name[i],
				health_input((enum component)i, c, input));
	}
}
