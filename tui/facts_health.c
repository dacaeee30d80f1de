/* How health comes about, as lines of a page. */
#include "tui/facts.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/health_text.h"
#include "tui/draw.h"
#include "tui/words.h"

static enum health_band band_of(struct app *a, int health)
{
	return health == HEALTH_NONE ? BAND_UNKNOWN
				     : health_band(book_policy(a->book), health);
}

/* "▲ 3" against the right end of the width; 0 is quiet. */
static void put_change(struct canvas *c, int row, int column, int width, int change)
{
	char number[16];
	enum role role = change > 0 ? ROLE_GOOD : ROLE_BAD;

	snprintf(number, sizeof(number), "%d", abs(change));
	canvas_put_right(
		c, row, column, width, change ? role : ROLE_QUIET, text_of(number));
	if (change)
		canvas_glyph(c, row, column + width - 4, role,
			change > 0 ? GLYPH_UP : GLYPH_DOWN);
}

int facts_health_line(struct app *a, struct canvas *c, int row, int column, int width,
	const struct account_view *v)
{
	int health = v->row.health;
	enum health_band band = band_of(a, health);
	enum role role = words_band_role(band);
	int at = column;

	canvas_glyph(c, row, at, role, words_band_glyph(band));
	at += 2;
	if (scores_health_known(v->row.health))
		at += canvas_print(
			c, row, at, width, role, "%d %s", health, words_band(band));
	else
		at += canvas_print(c, row, at, width, role, "-- %s", words_band(band));
	if (v->row.change != CHANGE_NONE) {
		put_change(c, row, at + 1, 5, v->row.change);
		at += 6;
		at += canvas_put(
			c, row, at, width - (at - column), ROLE_QUIET, TEXT(" in 28 d"));
	}
	return at - column;
}

enum {
	NAME_WIDTH = 12,
	BAR_WIDTH = 15,
	POINTS_WIDTH = 7,
	CHANGE_WIDTH = 5,
	AGE_WIDTH = 10
};

/* Points each component can have at most: its share of 100 among those that are known,
 * and its weight when too little is known for a health. Rounding may give a component a
 * point more than its share of 100: then one with room to spare gives it up. */
static void most_points(const struct health_explained *h, int most[COMP_COUNT])
{
	double share[COMP_COUNT];

	for (int i = 0; i < COMP_COUNT; i++) {
		const struct component_explained *x = &h->component[i];

		share[i] = x->state == COMP_PRESENT || h->unheld == 0 ? x->weight : 0;
	}
	health_split(share, COMP_COUNT, 100, most);
	for (int i = 0; i < COMP_COUNT; i++) {
		while (most[i] < h->component[i].points) {
			int from = 0;

			for (int k = 1; k < COMP_COUNT; k++)
				if (most[k] - h->component[k].points >
					most[from] - h->component[from].points)
					from = k;
			most[from]--;
			most[i]++;
		}
	}
}

/* Where the columns of a component stand. */
struct columns {
	bool wide;
	int bar, points, change, input, input_width;
};

static struct columns columns_of(int width)
{
	struct columns at = { .wide = width >= 70, .bar = 1 + NAME_WIDTH };

	at.points = at.bar + (at.wide ? BAR_WIDTH + 1 : 0);
	at.change = at.points + (at.wide ? POINTS_WIDTH : POINTS_WIDTH - 1);
	at.input = at.change + CHANGE_WIDTH + (at.wide ? 2 : 1);
	at.input_width = width - at.input - (at.wide ? AGE_WIDTH + 1 : 0);
	return at;
}

static void put_points(
	struct canvas *c, int row, struct columns at, enum role role, const char *points)
{
	canvas_put_right(c, row, at.points, at.change - at.points, role, text_of(points));
}

/* Which of the two is there, and which is not; NULL: both, or none. */
static const char *one_of_two(struct app *a, const struct account_view *v)
{
	const struct account_rows *rows = &v->rows[REC_CONTACT];
	bool champion = false, sponsor = false;

	for (uint32_t i = 0; i < rows->n; i++) {
		const struct cell *c = rows->cells + (size_t)i * CONTACT_FIELDS;
		const struct cell *role = &c[F_CONTACT_ROLE];

		if (role->type != CELL_TEXT ||
			!record_contact_there(c, book_as_of(a->book)))
			continue;
		champion |= text_eq(role->t, TEXT("champion"));
		sponsor |= text_eq(role->t, TEXT("sponsor"));
	}
	if (champion == sponsor)
		return NULL;
	return champion ? "champion, no sponsor" : "sponsor, no champion";
}

static void put_component(struct app *a, struct page *p, const struct account_view *v,
	enum component comp, int most)
{
	const struct component_explained *x = &v->health.component[comp];
	struct canvas *c = &p->c;
	int row = page_line(p);
	struct columns at = columns_of(c->columns);
	bool present = x->state == COMP_PRESENT;
	char points[32], text[WORDS_MAX], age[WORDS_MAX];
	const char *from;
	enum role role =
		present ? words_band_role(band_of(a, x->score < 1 ? 1 : (int)x->score))
			: ROLE_UNKNOWN;

	canvas_put(c, row, 1, NAME_WIDTH - 1, ROLE_TEXT, text_of(component_name[comp]));
	if (at.wide && present)
		draw_bar(c, row, at.bar, BAR_WIDTH, role, x->score, 100);
	if (!present)
		snprintf(points, sizeof(points), "--");
	else if (v->health.unheld == 0)
		snprintf(points, sizeof(points), "--/%d", most);
	else
		snprintf(points, sizeof(points), "%d/%d", x->points, most);
	put_points(c, row, at, present ? ROLE_STRONG : ROLE_UNKNOWN, points);
	if (v->has_before)
		put_change(c, row, at.change, CHANGE_WIDTH, v->points_change[comp]);
	words_age(x->day, book_as_of(a->book), age);
	from = at.wide ? health_input(comp, x, text) : health_input_short(comp, x, text);
	if (comp == COMP_STAKEHOLDER && present && at.wide && one_of_two(a, v))
		from = one_of_two(a, v);
	canvas_put(c, row, at.input, at.input_width, present ? ROLE_TEXT : ROLE_UNKNOWN,
		text_of(from));
	if (at.wide)
		canvas_put_right(c, row, c->columns - AGE_WIDTH - 1, AGE_WIDTH,
			ROLE_QUIET, text_of(age));
}

int facts_components(struct app *a, struct page *p, const struct account_view *v)
{
	int most[COMP_COUNT], first = p->c.rows;

	most_points(&v->health, most);
	for (int i = 0; i < COMP_COUNT; i++)
		put_component(a, p, v, (enum component)i, most[i]);
	return first;
}

void facts_largest(struct app *a, struct page *p, const struct account_view *v, int n)
{
	int most[COMP_COUNT];
	unsigned put = 0;

	most_points(&v->health, most);
	for (; v->has_before && n > 0; n--) {
		int best = -1;

		for (int i = 0; i < COMP_COUNT; i++)
			if (!(put >> i & 1) && v->points_change[i] &&
				(best < 0 || abs(v->points_change[i]) >
						     abs(v->points_change[best])))
				best = i;
		if (best < 0)
			return;
		put |= 1u << best;
		put_component(a, p, v, (enum component)best, most[best]);
	}
}

static void put_header(struct page *p, const struct account_view *v)
{
	struct columns at = columns_of(p->c.columns);
	int row = page_line(p);

	canvas_put(&p->c, row, 1, NAME_WIDTH - 1, ROLE_QUIET, TEXT("component"));
	if (at.wide)
		canvas_put(&p->c, row, at.bar, BAR_WIDTH, ROLE_QUIET, TEXT("score"));
	put_points(&p->c, row, at, ROLE_QUIET, "points");
	if (v->has_before)
		canvas_put_right(
			&p->c, row, at.change, CHANGE_WIDTH, ROLE_QUIET, TEXT("28 d"));
	canvas_put(&p->c, row, at.input, at.input_width, ROLE_QUIET, TEXT("from"));
}

/* What the pulse does to the sum of the points. */
static void put_pulse(struct app *a, struct page *p, const struct account_view *v)
{
	static const char *const colour[] = { "", "red", "yellow", "green" };
	const struct health_explained *h = &v->health;
	struct columns at = columns_of(p->c.columns);
	char age[WORDS_MAX], points[16];
	int row;

	if (h->pulse == 0 && v->pulse_change == 0)
		return;
	row = page_line(p);
	words_age(h->pulse_day, book_as_of(a->book), age);
	canvas_put(&p->c, row, 1, NAME_WIDTH - 1, ROLE_TEXT, TEXT("pulse"));
	snprintf(points, sizeof(points), "%d", h->health - h->unheld);
	put_points(&p->c, row, at, ROLE_STRONG, points);
	if (v->has_before)
		put_change(&p->c, row, at.change, CHANGE_WIDTH, v->pulse_change);
	canvas_print(&p->c, row, at.input, p->c.columns - at.input,
		h->held_by_pulse ? ROLE_BAD : ROLE_QUIET,
		h->held_by_pulse ? "%s, holds health at %d"
		: h->pulse       ? "%s, changes nothing"
				 : "%snone now",
		colour[h->pulse], h->health);
	if (at.wide)
		canvas_put_right(&p->c, row, p->c.columns - AGE_WIDTH - 1, AGE_WIDTH,
			ROLE_QUIET, text_of(age));
}

/* The points and their changes add up to this line. */
static void put_sum(struct app *a, struct page *p, const struct account_view *v)
{
	struct columns at = columns_of(p->c.columns);
	char points[32] = "--";
	int row = page_line(p), change = v->pulse_change;

	(void)a;
	if (v->health.health)
		snprintf(points, sizeof(points), "%d/100", v->health.health);
	canvas_put(&p->c, row, 1, NAME_WIDTH - 1, ROLE_TEXT, TEXT("health"));
	put_points(&p->c, row, at, ROLE_STRONG, points);
	for (int i = 0; i < COMP_COUNT; i++)
		change += v->points_change[i];
	if (v->has_before)
		put_change(&p->c, row, at.change, CHANGE_WIDTH, change);
}

void facts_health_now(struct page *p, const struct account_view *v)
{
	if (scores_health_known(v->row.health) && v->health.health &&
		v->health.health != v->row.health)
		page_print(p, 1, ROLE_WATCH,
			"%d as of the last recalculation, %d with what was entered "
			"since: "
			"%s recalculates",
			v->row.health, v->health.health,
			keys_word(SCOPE_SCREEN, ACT_RECALCULATE));
}

/* What else is to be known about the number. */
static void put_remarks(struct app *a, struct page *p, const struct account_view *v)
{
	int32_t figures = a->summary.figures_day;

	if (v->row.health == HEALTH_NONE && v->health.health)
		page_print(p, 1, ROLE_WATCH,
			figures == DAY_NONE ? "never recalculated: %s does it, and the "
					      "health will be %d"
					    : "no figures of it: %s recalculates; "
					      "active, it would be %d",
			keys_word(SCOPE_SCREEN, ACT_RECALCULATE), v->health.health);
	if (v->health.health == 0)
		page_print(p, 1, ROLE_UNKNOWN,
			"unknown: less than %d %% of the weights have an input",
			(int)(book_policy(a->book)->min_coverage * 100 + 0.5));
	if (v->has_before && v->trend_n &&
		v->before.at.policy_version != v->trend[v->trend_n - 1].at.policy_version)
		page_print(p, 1, ROLE_WATCH,
			"the policy changed in these 28 d: part of the change may be the "
			"rules'");
	if (figures != DAY_NONE && figures != book_as_of(a->book)) {
		char age[WORDS_MAX];

		page_print(p, 1, ROLE_QUIET,
			"days to renewal and since a talk as they were when "
			"recalculated, %s",
			words_age(figures, book_as_of(a->book), age));
	}
}

int facts_health(struct app *a, struct page *p, const struct account_view *v)
{
	char right[64];
	int first;

	snprintf(right, sizeof(right), "%d %% of the weights known",
		(int)(v->health.coverage * 100 + 0.5));
	if (v->health.held_by_pulse) /* which the points alone do not show */
		snprintf(right, sizeof(right),
			"%d held at %d by the pulse, %.0f %% known", v->health.unheld,
			v->health.health, v->health.coverage * 100);
	page_heading(p, "HEALTH", right);
	facts_health_line(a, &p->c, page_line(p), 1, p->c.columns - 2, v);
	facts_health_now(p, v);
	put_header(p, v);
	first = facts_components(a, p, v);
	put_pulse(a, p, v);
	put_sum(a, p, v);
	put_remarks(a, p, v);
	return first;
}
