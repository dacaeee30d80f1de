/* The lines of the Quadrant screen: what they divide, and moving them. */
#include "tui/quadrant.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/form.h"
#include "tui/words.h"

/* What the filter language takes for each. */
static const char *const word[QUAD_COUNT] = { "none", "attention", "managed", "fix",
	"tech" };

/* Where the value line lies on an axis of money: the least that is at or above it. */
static double height_of_line(
	struct app *a, const struct quadrant_state *s, const struct book_figures *f)
{
	const struct list *l = a->view.list;
	double least = INFINITY;

	if (!s->axes.money)
		return s->line_value;
	for (uint32_t i = 0; i < l->n; i++) {
		const uint32_t k = l->id[i] - 1;
		const double v = (double)f->scores->value[k];

		if (f->scores->value_pct[k] >= s->line_value && v > 0 && v < least)
			least = v;
	}
	return isinf(least) ? s->whole.value_to : log10(least);
}

enum quadrant quadrant_of(
	const struct quadrant_state *s, const struct book_figures *f, uint32_t account)
{
	return axes_quadrant(f->scores->value_pct[account - 1],
		f->scores->effort[account - 1], s->line_value, s->line_effort);
}

void quadrant_sum(struct app *a, struct quadrant_state *s, const struct book_figures *f)
{
	const struct policy *policy = book_policy(a->book);
	const struct list *l = a->view.list;

	memset(s->quarter, 0, sizeof(s->quarter));
	for (uint32_t i = 0; i < l->n; i++) {
		const uint32_t k = l->id[i] - 1;
		const double pct = f->scores->value_pct[k], effort = f->scores->effort[k];
		struct quarter *q;

		if (isnan(pct) || isnan(effort))
			continue;
		s->quarter[axes_quadrant(
				   pct, effort, policy->line_value, policy->line_effort)]
			.by_policy++;
		q = &s->quarter[axes_quadrant(
			pct, effort, s->line_value, s->line_effort)];
		q->n++;
		q->in[f->tier[k] & 3]++;
		if (f->arr[k] != MONEY_NONE && !money_add(q->arr, f->arr[k], &q->arr))
			q->arr = MONEY_MAX;
	}
	s->line_height = height_of_line(a, s, f);
}

static bool sum_anew(struct app *a, struct quadrant_state *s)
{
	struct book_figures f;
	struct err e = { .status = ST_OK };

	if (!a->view.list || book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	quadrant_sum(a, s, &f);
	return true;
}

static void say_lines(struct app *a, const struct quadrant_state *s)
{
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX];

	app_say(a, "high value from rank %s, high effort from %s; %s puts the lines back",
		words_number(s->line_value, 0, value),
		words_number(s->line_effort, 0, effort),
		keys_word(SCOPE_QUADRANT, ACT_QUADRANT_RESET));
}

static void place_lines(
	struct app *a, struct quadrant_state *s, double value, double effort)
{
	const struct policy *policy = book_policy(a->book);

	s->line_value = value < 0 ? 0 : value > 100 ? 100 : value;
	s->line_effort = effort < 0 ? 0 : effort > 100 ? 100 : effort;
	s->moved = s->line_value != policy->line_value ||
		   s->line_effort != policy->line_effort;
	if (sum_anew(a, s))
		say_lines(a, s);
}

void quadrant_move_line(
	struct app *a, struct quadrant_state *s, enum quadrant_drag line, int steps)
{
	place_lines(a, s, s->line_value + (line == DRAG_VALUE ? steps : 0),
		s->line_effort + (line == DRAG_EFFORT ? steps : 0));
}

/* The percentile rank of an amount: the least one of those that are worth as much. */
static double rank_at(struct app *a, double height)
{
	const struct list *l = a->view.list;
	struct book_figures f;
	struct err e;
	double rank = 100;

	if (!l || book_figures(a->book, &f, &e) != ST_OK)
		return rank;
	for (uint32_t i = 0; i < l->n; i++) {
		const uint32_t k = l->id[i] - 1;
		const double v = (double)f.scores->value[k];

		if (v > 0 && log10(v) >= height && f.scores->value_pct[k] < rank)
			rank = f.scores->value_pct[k];
	}
	return floor(rank);
}

void quadrant_drag_to(struct app *a, struct quadrant_state *s, int row, int column)
{
	const struct rect r = s->picture;
	const struct scatter_axes *x = &s->axes;
	double part, value = s->line_value, effort = s->line_effort;

	if (s->drag == DRAG_EFFORT && r.columns > 0) {
		part = (double)(column - r.column) / r.columns;
		effort = round(x->effort_from + part * (x->effort_to - x->effort_from));
	} else if (s->drag == DRAG_VALUE && r.rows > 0) {
		part = (double)(row - r.row) / r.rows;
		value = x->value_to - part * (x->value_to - x->value_from);
		value = x->money ? rank_at(a, value) : round(value);
	}
	place_lines(a, s, value, effort);
}

enum quadrant_drag quadrant_line_at(const struct quadrant_state *s, int row, int column)
{
	const struct rect r = s->picture;
	const int line = r.row + scatter_row(&s->scatter, s->line_height);
	const int middle = r.column + scatter_column(&s->scatter, s->line_effort);

	if (row >= r.row && row < r.row + r.rows && column >= r.column &&
		column < r.column + r.columns &&
		!scatter_free(&s->scatter, row - r.row, column - r.column, 1))
		return DRAG_NONE;
	if (row == line && line >= r.row && column < r.column + r.columns)
		return DRAG_VALUE;
	if (column == middle && middle >= r.column && row >= r.row &&
		row <= r.row + r.rows + 1)
		return DRAG_EFFORT;
	return DRAG_NONE;
}

void quadrant_reset_lines(struct app *a, struct quadrant_state *s)
{
	const struct policy *policy = book_policy(a->book);

	place_lines(a, s, policy->line_value, policy->line_effort);
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
		number_format(s->line_value, 2, value),
		number_format(s->line_effort, 2, effort));
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
		words_number(s->line_value, 0, value),
		words_number(s->line_effort, 0, effort));
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
		number_format(s->line_value, 2, number));
	if (!narrow(a, text))
		return false;
	snprintf(text, sizeof(text), "effort:%s%s",
		q == QUAD_ATTENTION || q == QUAD_FIX ? ">=" : "<",
		number_format(s->line_effort, 2, number));
	return narrow(a, text);
}
