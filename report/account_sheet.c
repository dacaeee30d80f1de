/* The sheet of an account. */
#include "report/sheets.h"

#include <math.h>
#include <stdio.h>

#include "core/convert.h"
#include "core/health_text.h"
#include "core/money.h"
#include "report/plot.h"

enum {
	TICKETS_MOST = 12,
	TALKS_MOST = 8,
	SURVEYS_MOST = 6,
	GOAL_MOST = 900,
	NAME_MOST = 400,
	DAYS_YEAR = 365,
	DAYS_QUARTER = 90
};

struct sheet {
	struct book *b;
	struct doc *d;
	const struct account_view *v;
	const char *currency;
	int32_t as_of;
};

static uint32_t count_of(const struct sheet *s, enum record_kind kind)
{
	return s->v->rows[kind].n;
}

/* ---- health ---- */

static void put_trend(struct sheet *s)
{
	const struct account_view *v = s->v;
	int32_t *day = arena_alloc(&s->d->arena, ((size_t)v->trend_n + 1) * sizeof(*day));
	double *y = arena_alloc(&s->d->arena, ((size_t)v->trend_n + 1) * sizeof(*y));
	struct plot_event event[8];
	struct plot_time p = { .day = day,
		.series = { { { "health", INK_ACCENT, true, false }, y } },
		.count = 1,
		.zero = true,
		.most = 100,
		.unit = PLOT_POINTS,
		.title = "health, 1 to 100",
		.event = event,
		.height = 170 };

	s->d->failed |= !day || !y;
	for (uint32_t k = 0; day && y && k < v->trend_n; k++) {
		const struct snapshot_row *r = &v->trend[k];
		const bool known = scores_health_known(r->health);

		if (!known && !p.n)
			continue; /* before it was known at all */
		if (k && r->at.policy_version != v->trend[k - 1].at.policy_version &&
			p.events < 8)
			event[p.events++] = (struct plot_event){ r->at.day, "new rules" };
		day[p.n] = r->at.day;
		y[p.n++] = known ? (double)r->health : (double)NAN;
	}
	if (s->d->failed)
		return;
	if (p.n < 2)
		doc_say(s->d, TONE_ASK,
			"There is no health to compare with yet: too little is on "
			"record.");
	else
		doc_chart(s->d, plot_time(&s->d->arena, &p), "Health over time",
			"How well the product is used and the relationship stands, from "
			"the "
			"signals below.",
			NULL);
}

static void put_components(struct sheet *s)
{
	static const struct doc_column columns[] = { { "What we look at", false, false },
		{ "How it is", false, false }, { "Score, 0 to 100", true, false },
		{ "Weight", true, false }, { "Points", true, false },
		{ "in 28 days", true, false } };
	struct doc_table *t = doc_table(s->d, "What health is made of", columns, 6);

	for (int c = 0; c < COMP_COUNT; c++) {
		const struct component_explained *x = &s->v->health.component[c];
		char input[HEALTH_TEXT_MAX], number[NUMBER_TEXT_MAX];
		char a[DOC_FIGURE_MAX];
		const bool there = x->state == COMP_PRESENT;

		doc_cellf(s->d, t, TONE_PLAIN, "%s", component_name[c]);
		doc_cellf(s->d, t, there ? TONE_PLAIN : TONE_QUIET, "%s",
			health_input((enum component)c, x, input));
		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			doc_whole(there, there ? (int)(x->score + 0.5) : 0, a));
		doc_cellf(s->d, t, TONE_PLAIN, "%s", number_format(x->weight, 1, number));
		doc_cellf(s->d, t, TONE_STRONG, "%s", doc_whole(there, x->points, a));
		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			doc_change(s->v->has_before, s->v->points_change[c], a));
	}
	doc_show(s->d, t);
}

/* ---- what it is worth to the customer ---- */

/* Of what is paid for, how much is used. */
static void put_use(struct sheet *s)
{
	static const struct doc_column columns[] = { { "Line", false, false },
		{ "Now", true, false }, { "What it means", false, false } };
	const struct component_explained *seats =
		&s->v->health.component[COMP_UTILISATION];
	const struct component_explained *features =
		&s->v->health.component[COMP_ADOPTION];
	const struct component_explained *days = &s->v->health.component[COMP_USAGE];
	const struct cell *bought = &s->v->cells[F_SEATS_PURCHASED];
	struct doc_table *t = doc_table(s->d, "Return on what is paid", columns, 3);
	char a[DOC_FIGURE_MAX];
	int64_t used = MONEY_NONE;

	if (seats->state == COMP_PRESENT && s->v->row.arr != MONEY_NONE)
		(void)money_scale(s->v->row.arr,
			(seats->input < 100 ? seats->input : 100) / 100, &used);
	doc_cellf(s->d, t, TONE_PLAIN, "Subscription");
	doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_money(s->v->row.arr, s->currency, a));
	doc_cellf(s->d, t, TONE_QUIET, "a year, under the contracts that run");
	doc_cellf(s->d, t, TONE_PLAIN, "Seats in use");
	doc_cellf(s->d, t, TONE_PLAIN, "%s",
		seats->state == COMP_PRESENT ? doc_percent(seats->input, a) : "--");
	if (bought->type == CELL_NUMBER)
		doc_cellf(s->d, t, TONE_QUIET, "of %s seats bought",
			doc_count(llround(bought->n), a));
	else
		doc_cellf(s->d, t, TONE_QUIET, "of the seats bought");
	doc_cellf(s->d, t, TONE_PLAIN, "Subscription in use");
	doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_money(used, s->currency, a));
	doc_cellf(s->d, t, TONE_QUIET,
		"the part of the subscription that goes with the seats in use");
	doc_cellf(s->d, t, TONE_PLAIN, "Features in use");
	doc_cellf(s->d, t, TONE_PLAIN, "%s",
		features->state == COMP_PRESENT ? doc_percent(features->input, a) : "--");
	doc_cellf(s->d, t, TONE_QUIET, "of those that are available to you");
	doc_cellf(s->d, t, TONE_PLAIN, "Active days");
	doc_cellf(s->d, t, TONE_PLAIN, "%s",
		doc_whole(days->state == COMP_PRESENT,
			days->state == COMP_PRESENT ? (int)(days->input + 0.5) : 0, a));
	doc_cellf(s->d, t, TONE_QUIET, "of the last 28 days");
	doc_show(s->d, t);
}

/* ---- goals ---- */

static void put_plan(struct sheet *s)
{
	static const struct doc_column columns[] = { { "Milestone", false, true },
		{ "Due", true, false }, { "Done", true, false } };
	static const struct cell none[PLAN_FIELDS];
	const struct cell *plan =
		count_of(s, REC_PLAN) ? account_view_row(s->v, REC_PLAN, 0) : none;
	const struct text goal = cell_as_text(&plan[F_PLAN_GOAL]);
	struct doc_table *t = doc_table(s->d, "Milestones", columns, 3);
	char a[DOC_FIGURE_MAX];

	doc_section(s->d, "goals", "Goals");
	if (goal.n)
		doc_say(s->d, TONE_STRONG, "%.*s%s", convert_shown(goal, GOAL_MOST),
			goal.s, goal.n > GOAL_MOST ? "..." : "");
	else
		doc_say(s->d, TONE_ASK,
			"No goal is agreed on yet: what would make this year a success?");
	for (uint32_t i = 0; i < count_of(s, REC_MILESTONE); i++) {
		const struct cell *c = account_view_row(s->v, REC_MILESTONE, i);
		const int32_t due = cell_day(&c[F_MILESTONE_DUE]),
			      done = cell_day(&c[F_MILESTONE_DONE_ON]);

		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_MILESTONE_TITLE]));
		doc_cellf(s->d, t,
			done == DAY_NONE && due != DAY_NONE && due < s->as_of
				? TONE_ALARM
				: TONE_PLAIN,
			"%s", doc_day(due, a));
		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			done == DAY_NONE ? "" : doc_day(done, a));
	}
	if (doc_rows(t))
		doc_show(s->d, t);
}

/* ---- tickets and voices ---- */

static void put_ticket(struct sheet *s, struct doc_table *t, const struct cell *c)
{
	char a[DOC_FIGURE_MAX];
	const int32_t closed = cell_day(&c[F_TICKET_CLOSED]);

	doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_TICKET_ID]));
	doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_day(cell_day(&c[F_TICKET_OPENED]), a));
	doc_cellf(s->d, t, closed == DAY_NONE ? TONE_STRONG : TONE_PLAIN, "%s",
		closed == DAY_NONE ? "open" : doc_day(closed, a));
	doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_TICKET_SEVERITY]));
	doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_TICKET_CAUSE]));
}

static void put_tickets(struct sheet *s)
{
	static const struct doc_column columns[] = { { "Ticket", false, true },
		{ "Opened", true, false }, { "Closed", true, false },
		{ "Severity", false, true }, { "Cause", false, true } };
	uint32_t opened = 0, open = 0, year = 0;
	struct doc_table *t;
	char note[96];

	for (uint32_t i = 0; i < count_of(s, REC_TICKET); i++) {
		const struct cell *c = account_view_row(s->v, REC_TICKET, i);
		const int32_t age = s->as_of - cell_day(&c[F_TICKET_OPENED]);

		open += cell_day(&c[F_TICKET_CLOSED]) == DAY_NONE;
		opened += age < DAYS_QUARTER;
		year += age < DAYS_YEAR;
	}
	doc_section(s->d, "tickets", "Support");
	doc_tile(s->d, open ? TONE_ASK : TONE_PLAIN, "Open tickets", "", "%u", open);
	doc_tile(s->d, TONE_PLAIN, "Opened in 90 days", "", "%u", opened);
	snprintf(note, sizeof(note), "%u on record", count_of(s, REC_TICKET));
	doc_tile(s->d, TONE_PLAIN, "Opened in 12 months", note, "%u", year);
	if (!count_of(s, REC_TICKET))
		return;
	t = doc_table(s->d, "The newest tickets", columns, 5);
	for (uint32_t i = 0; i < count_of(s, REC_TICKET) && i < TICKETS_MOST; i++)
		put_ticket(s, t, account_view_row(s->v, REC_TICKET, i));
	doc_show(s->d, t);
}

/* The scores alone: what somebody wrote there is theirs. */
static void put_voices(struct sheet *s)
{
	static const struct doc_column columns[] = { { "Day", false, false },
		{ "Survey", false, false }, { "Score", true, false } };
	struct doc_table *t = doc_table(s->d, "The newest surveys", columns, 3);
	char a[DOC_FIGURE_MAX], number[NUMBER_TEXT_MAX];

	for (uint32_t i = 0; i < count_of(s, REC_SURVEY) && i < SURVEYS_MOST; i++) {
		const struct cell *c = account_view_row(s->v, REC_SURVEY, i);
		const struct cell *score = &c[F_SURVEY_SCORE];

		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			doc_day(cell_day(&c[F_SURVEY_DATE]), a));
		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_SURVEY_KIND]));
		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			score->type == CELL_NUMBER ? number_format(score->n, 1, number)
						   : "--");
	}
	if (doc_rows(t))
		doc_show(s->d, t);
}

/* ---- people and next steps ---- */

static void put_people(struct sheet *s)
{
	static const struct doc_column columns[] = { { "Who", false, true },
		{ "Role", false, true } };
	struct doc_table *t = doc_table(s->d, "People", columns, 2);

	for (uint32_t i = 0; i < count_of(s, REC_CONTACT); i++) {
		const struct cell *c = account_view_row(s->v, REC_CONTACT, i);

		if (!record_contact_there(c, s->as_of))
			continue;
		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_CONTACT_NAME]));
		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_CONTACT_ROLE]));
	}
	if (s->v->row.csm.n) {
		doc_cell(s->d, t, TONE_PLAIN, s->v->row.csm);
		doc_cellf(s->d, t, TONE_PLAIN, "your customer success manager");
	}
	if (doc_rows(t))
		doc_show(s->d, t);
}

static void put_next(struct sheet *s)
{
	static const struct doc_column columns[] = { { "What", false, true },
		{ "By when", true, false } };
	struct doc_table *t = doc_table(s->d, "", columns, 2);
	char a[DOC_FIGURE_MAX];

	doc_section(s->d, "next", "Next steps");
	if (count_of(s, REC_PLAN)) {
		const struct cell *plan = account_view_row(s->v, REC_PLAN, 0);

		if (cell_as_text(&plan[F_PLAN_NEXT_STEP]).n) {
			doc_cell(s->d, t, TONE_STRONG,
				cell_as_text(&plan[F_PLAN_NEXT_STEP]));
			doc_cellf(s->d, t, TONE_PLAIN, "%s",
				doc_day(cell_day(&plan[F_PLAN_NEXT_DUE]), a));
		}
	}
	for (uint32_t i = count_of(s, REC_MILESTONE); i-- > 0;) {
		const struct cell *c = account_view_row(s->v, REC_MILESTONE, i);

		if (cell_day(&c[F_MILESTONE_DONE_ON]) != DAY_NONE)
			continue;
		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_MILESTONE_TITLE]));
		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			doc_day(cell_day(&c[F_MILESTONE_DUE]), a));
	}
	if (s->v->row.renewal != DAY_NONE && s->v->row.renewal >= s->as_of) {
		doc_cellf(s->d, t, TONE_PLAIN, "Renewal of the subscription");
		doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_day(s->v->row.renewal, a));
	}
	if (doc_rows(t))
		doc_show(s->d, t);
	else
		doc_say(s->d, TONE_ASK, "No next step is agreed on yet.");
	doc_say(s->d, TONE_QUIET,
		"Agreed on in this review:  "
		"______________________________________________");
	put_people(s);
}

/* When and what about; what the CSM noted of it is for colleagues. */
static void put_talks(struct sheet *s)
{
	static const struct doc_column columns[] = { { "Day", false, false },
		{ "How", false, true }, { "What about", false, true } };
	struct doc_table *t = doc_table(s->d, "The newest talks", columns, 3);
	char a[DOC_FIGURE_MAX];

	for (uint32_t i = 0, n = 0; i < count_of(s, REC_TOUCH) && n < TALKS_MOST; i++) {
		const struct cell *c = account_view_row(s->v, REC_TOUCH, i);

		if (!(c[F_TOUCH_TWO_WAY].type == CELL_INT && c[F_TOUCH_TWO_WAY].i))
			continue;
		doc_cellf(s->d, t, TONE_PLAIN, "%s",
			doc_day(cell_day(&c[F_TOUCH_DATE]), a));
		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_TOUCH_KIND]));
		doc_cell(s->d, t, TONE_PLAIN, cell_shown(&c[F_TOUCH_PURPOSE]));
		n++;
	}
	if (doc_rows(t))
		doc_show(s->d, t);
}

/* ---- the sheet ---- */

static void put_head(struct sheet *s)
{
	const struct account_view *v = s->v;
	const bool known = scores_health_known(v->row.health);
	char a[DOC_FIGURE_MAX], note[96];

	doc_section(s->d, "account", "How we stand");
	snprintf(note, sizeof(note), "of 100; %s in 28 days",
		doc_change(v->row.change != CHANGE_NONE, v->row.change, a));
	doc_tile(s->d, TONE_PLAIN, "Health", note, "%s",
		doc_whole(known, v->row.health, a));
	doc_tile(s->d, TONE_PLAIN, "Subscription", "a year", "%s",
		doc_money(v->row.arr, s->currency, a));
	snprintf(note, sizeof(note), "in %d days",
		v->row.renewal == DAY_NONE ? 0 : (int)(v->row.renewal - s->as_of));
	doc_tile(s->d, TONE_PLAIN, "Renewal",
		v->row.renewal == DAY_NONE || v->row.renewal < s->as_of ? "" : note, "%s",
		doc_day(v->row.renewal, a));
	doc_tile(s->d, TONE_PLAIN, "Customer since", "", "%s",
		doc_day(cell_day(&v->cells[F_CONTRACT_START]), a));
}

enum status account_sheet(struct book *b, uint32_t account, struct doc *d, struct err *e)
{
	struct account_view *v = NULL;
	enum status st = book_account(b, account, &v, e);
	struct sheet s = { b, d, v, book_policy(b)->currency, book_as_of(b) };
	struct text name;

	d->kind = TEXT("Business review");
	if (st != ST_OK)
		return st;
	name = v->row.name.n ? v->row.name : v->row.id;
	d->made = doc_text(d, "from %.*s; %.*s", (int)d->name.n, d->name.s,
		(int)d->made.n, d->made.s);
	d->name = doc_text(d, "%.*s%s", convert_shown(name, NAME_MOST), name.s,
		name.n > NAME_MOST ? "..." : "");
	put_head(&s);
	put_trend(&s);
	put_components(&s);
	doc_section(d, "use", "What you get for it");
	put_use(&s);
	st = account_return(b, account, v, d, e);
	put_plan(&s);
	put_tickets(&s);
	put_voices(&s);
	put_talks(&s);
	put_next(&s);
	account_view_free(&v);
	return st;
}
