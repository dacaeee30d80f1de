/* The lines of the Quadrant screen: what they divide, and moving them. */
#include "tui/quadrant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/form.h"
#include "tui/words.h"

/* What the filter language takes for each. */
static const char *const word[QUAD_COUNT] = { "none", "attention", "managed", "fix",
	"tech" };

enum quadrant quadrant_of(
	const struct quadrant_state *s, const struct book_figures *f, uint32_t account)
{
	return axes_quadrant(figures_value_pct(f->scores, account - 1),
		figures_effort(f->scores, account - 1), s->line.value, s->line.effort);
}

static struct quadrants_lines lines_of_policy(struct app *a)
{
	const struct policy *policy = book_policy(a->book);

	return (struct quadrants_lines){ policy->line_value, policy->line_effort };
}

static uint32_t chosen(const struct scatter *x, const struct book_figures *f)
{
	return x->in_n < f->n ? x->in_n : f->n;
}

/* Where the value line lies: on an axis of money at the least that is above it. */
static double height_of_line(const struct quadrant_state *s, const struct book_figures *f)
{
	const struct scatter *x = &s->scatter;
	int64_t least;

	if (!s->axes.money)
		return s->line.value;
	least = quadrants_least(f, x->in, chosen(x, f), s->line.value);
	return least ? log10((double)least) : s->whole.value_to;
}

void quadrant_sum(
	struct app *a, struct quadrant_state *s, const struct book_figures *f, bool anew)
{
	const struct scatter *x = &s->scatter;
	const struct quadrants_lines policy = lines_of_policy(a);

	quadrants_count(f, x->in, chosen(x, f), &s->line, &s->now);
	if (anew && s->moved)
		quadrants_count(f, x->in, chosen(x, f), &policy, &s->by_policy);
	else if (anew)
		s->by_policy = s->now;
	s->line_height = height_of_line(s, f);
	s->due = false;
}

void quadrant_sum_due(struct app *a, struct quadrant_state *s)
{
	struct book_figures f;
	struct err e = { .status = ST_OK };

	if (!s->due)
		return;
	if (book_figures(a->book, &f, &e) == ST_OK)
		quadrant_sum(a, s, &f, false);
	else
		app_fail(a, &e);
	s->due = false;
}

static void say_lines(struct app *a, const struct quadrant_state *s)
{
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX];

	app_say_offers(a,
		&(struct app_offer){
			SCOPE_QUADRANT, ACT_QUADRANT_RESET, "puts the lines back" },
		1, "high value from rank %s, high effort from %s; ",
		words_number(s->line.value, 0, value),
		words_number(s->line.effort, 0, effort));
}

static void place_lines(
	struct app *a, struct quadrant_state *s, double value, double effort)
{
	const struct quadrants_lines policy = lines_of_policy(a);

	s->line.value = value < 0 ? 0 : value > 100 ? 100 : value;
	s->line.effort = effort < 0 ? 0 : effort > 100 ? 100 : effort;
	s->moved = s->line.value != policy.value || s->line.effort != policy.effort;
	s->due = true;
	say_lines(a, s);
}

void quadrant_move_line(
	struct app *a, struct quadrant_state *s, enum quadrant_drag line, int steps)
{
	place_lines(a, s, s->line.value + (line == DRAG_VALUE ? steps : 0),
		s->line.effort + (line == DRAG_EFFORT ? steps : 0));
}

/* The least amount that lies so high; the digits of a logarithm may be a cent off. */
static int64_t amount_at(double height)
{
	int64_t cents = (int64_t)pow(10, height);

	while (cents > 1 && log10((double)cents - 1) >= height)
		cents--;
	while (log10((double)cents) < height)
		cents++;
	return cents;
}

/* The percentile rank of a height on an axis of money. */
static double rank_at(struct app *a, const struct quadrant_state *s, double height)
{
	struct book_figures f;
	struct err e;

	if (book_figures(a->book, &f, &e) != ST_OK)
		return 100;
	return floor(quadrants_rank_at(
		&f, s->scatter.in, chosen(&s->scatter, &f), amount_at(height)));
}

void quadrant_drag_to(struct app *a, struct quadrant_state *s, int row, int column)
{
	const struct rect r = s->picture;
	const struct scatter_axes *x = &s->axes;
	double part, value = s->line.value, effort = s->line.effort;

	if (s->drag == DRAG_EFFORT && r.columns > 0) {
		part = (double)(column - r.column) / r.columns;
		effort = round(x->effort_from + part * (x->effort_to - x->effort_from));
	} else if (s->drag == DRAG_VALUE && r.rows > 0) {
		part = (double)(row - r.row) / r.rows;
		value = x->value_to - part * (x->value_to - x->value_from);
		value = x->money ? rank_at(a, s, value) : round(value);
	}
	place_lines(a, s, value, effort);
}

/* At most so many cells beside it. */
static enum quadrant_drag line_near(
	const struct quadrant_state *s, int row, int column, int beside)
{
	const struct rect r = s->picture;
	const int line = r.row + scatter_row(&s->scatter, s->line_height);
	const int middle = r.column + scatter_column(&s->scatter, s->line.effort);

	if (abs(row - line) <= beside && line >= r.row && column < r.column + r.columns)
		return DRAG_VALUE;
	if (abs(column - middle) <= beside && middle >= r.column && row >= r.row &&
		row <= r.row + r.rows + 1)
		return DRAG_EFFORT;
	return DRAG_NONE;
}

enum quadrant_drag quadrant_line_at(const struct quadrant_state *s, int row, int column)
{
	const enum quadrant_drag exact = line_near(s, row, column, 0);

	if (canvas_hit(s->picture, row, column) &&
		!scatter_free(
			&s->scatter, row - s->picture.row, column - s->picture.column, 1))
		return DRAG_NONE;
	return exact != DRAG_NONE ? exact : line_near(s, row, column, 1);
}

void quadrant_reset_lines(struct app *a, struct quadrant_state *s)
{
	const struct quadrants_lines policy = lines_of_policy(a);

	place_lines(a, s, policy.value, policy.effort);
	app_say(a, "the lines are where the policy has them");
}

/* ---- into the policy ------------------------------------------------------------ */

static enum status keep(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct quadrant_state *s = a->state[SCREEN_QUADRANT];
	char text[128], reason[INPUT_MAX + 1], value[NUMBER_TEXT_MAX],
		effort[NUMBER_TEXT_MAX];
	const struct text why = form_value(f, 0);
	int32_t version;
	enum status st;

	*line = 0;
	snprintf(text, sizeof(text), "[quadrants]\nvalue = %s\neffort = %s\n",
		number_format(s->line.value, 2, value),
		number_format(s->line.effort, 2, effort));
	snprintf(reason, sizeof(reason), "%.*s", (int)why.n, why.s);
	st = book_policy_apply(
		a->book, text, "lines of the quadrants", reason, &version, e);
	if (st != ST_OK)
		return st;
	s->moved = false;
	a->dirty |= APP_DATA;
	app_say(a, "policy version %d: high value from rank %s, high effort from %s",
		(int)version, value, effort);
	return ST_OK;
}

void quadrant_keep_lines(struct app *a, struct quadrant_state *s)
{
	static const struct form_line lines[] = {
		{ "Reason", FORM_TEXT, NULL,
			"Why the lines move: it stands in the policy's history.", true },
	};
	static const struct form_spec spec = { .title = "Lines into the policy",
		.verb = "save",
		.lines = lines,
		.n = 1,
		.done = keep };
	struct form f = { .spec = &spec };
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX];

	if (!s->moved) {
		app_say(a, "the lines are where the policy has them already");
		return;
	}
	snprintf(f.subtitle, sizeof(f.subtitle),
		"high value from rank %s, high effort from %s",
		words_number(s->line.value, 0, value),
		words_number(s->line.effort, 0, effort));
	form_open(a, &f);
}

/* ---- into the filter ------------------------------------------------------------ */

static bool narrow(struct app *a, const char *text)
{
	if (view_narrow(&a->view, text_of(text)))
		return true;
	app_say(a, "the filter is too long to add %s to it", text);
	return false;
}

bool quadrant_narrow(struct app *a, struct quadrant_state *s)
{
	char text[64], number[NUMBER_TEXT_MAX];
	struct book_figures f;
	struct err e = { .status = ST_OK };
	enum quadrant q;

	if (book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	q = quadrant_of(s, &f, a->focus);
	if (!s->moved || q == QUAD_NONE) {
		snprintf(text, sizeof(text), "quadrant:%s", word[q]);
		return narrow(a, text);
	}
	/* Moved lines are no quadrants of the policy, but ranges. */
	snprintf(text, sizeof(text), "value_pct:%s%s",
		q == QUAD_ATTENTION || q == QUAD_MANAGED ? ">=" : "<",
		number_format(s->line.value, 2, number));
	if (!narrow(a, text))
		return false;
	snprintf(text, sizeof(text), "effort:%s%s",
		q == QUAD_ATTENTION || q == QUAD_FIX ? ">=" : "<",
		number_format(s->line.effort, 2, number));
	return narrow(a, text);
}
