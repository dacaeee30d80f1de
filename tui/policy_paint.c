/* The Policy screen as it is painted: values on the left, what they mean below, what they
 * would make of the base on the right. */
#include "tui/policy.h"

#include <stdio.h>
#include <string.h>

#include "core/policy_section.h"
#include "tui/draw.h"
#include "tui/rows.h"

enum { KEY_AT = 2, KEY_WIDTH = 22, VALUE_AT = 25, HELP_ROWS = 3, CURVE_LEAST = 7 };
enum { SIDE_MOST = 64 }; /* numbers stay near to what they are of */

/* ---- layout ----------------------------------------------------------------------- */

/* Where the side begins. */
static int side_at(struct rect body)
{
	const int half = body.columns / 2;

	return half > 66 ? 66 : half;
}

void policy_layout(struct app *a, struct policy_screen *s, struct rect body)
{
	const int side = body.column + side_at(body);
	struct policy_item x;

	(void)a;
	policy_here(s, &x);
	s->head = (struct rect){ body.row, body.column + 1, 1, body.columns - 2 };
	s->help = (struct rect){ body.row + body.rows - HELP_ROWS, body.column + 1,
		HELP_ROWS, body.columns - 2 };
	s->list = (struct rect){ body.row + 1, body.column, s->help.row - body.row - 2,
		side - body.column };
	s->side = (struct rect){ s->list.row, side + 2, s->list.rows,
		body.column + body.columns - side - 3 };
	s->curve = (struct rect){ 0, 0, 0, 0 };
	if (x.entry.type == PT_CURVE) {
		s->curve = s->side;
		s->curve.rows =
			s->side.rows / 2 < CURVE_LEAST ? CURVE_LEAST : s->side.rows / 2;
		s->side.row += s->curve.rows + 1;
		s->side.rows -= s->curve.rows + 1;
	}
	if (s->side.columns > SIDE_MOST)
		s->side.columns = SIDE_MOST;
	if (s->page.c.columns != s->side.columns)
		s->fresh = false;
	rows_show(s->at, s->list.rows, &s->top);
	if (s->top == 1)
		s->top = 0; /* the heading goes with its first value */
}

/* ---- the list --------------------------------------------------------------------- */

/* "total 101, 1 too many" of sections whose values must total something. */
static bool total_of(const struct policy *p, const char *section, char out[64])
{
	const int tier =
		strncmp(section, "health.tier", 11) == 0 && !strchr(section + 7, '.')
			? section[11] - '0'
			: 0;
	const bool health = strcmp(section, "health") == 0 || tier;
	double sum = 0;

	if (!health && strcmp(section, "effort") != 0)
		return true;
	for (int k = 0; k < (health ? (int)COMP_COUNT : (int)EFF_COUNT); k++)
		sum += health ? p->health[tier].weight[k] : p->effort_weight[k];
	if (sum > 100 + 1e-9)
		snprintf(out, 64, "total %g, %g too many", sum, sum - 100);
	else if (sum < 100 - 1e-9)
		snprintf(out, 64, "total %g, %g too few", sum, 100 - sum);
	else
		snprintf(out, 64, "total 100");
	return sum < 100 + 1e-9 && sum > 100 - 1e-9;
}

static void paint_heading(
	const struct policy_screen *s, struct canvas *c, int row, const char *section)
{
	const struct rect r = s->list;
	char total[64] = "";
	const bool good = total_of(policy_shown(s), section, total);

	canvas_put(c, row, r.column + 1, r.columns - 2, ROLE_HEADER,
		text_of(policy_section_of(section).title));
	canvas_put_right(c, row, r.column + r.columns - 24, 23,
		good ? ROLE_QUIET : ROLE_BAD, text_of(total));
}

/* What may be longer than its place in the list is typed, and where it is longer shown,
 * in the last line of the help. */
static bool is_long(const struct policy_item *x)
{
	return x->entry.type == PT_CURVE || x->entry.type == PT_SEVERITY ||
	       x->entry.type == PT_PLAY || x->entry.type == PT_RATES;
}

static void paint_input(const struct policy_screen *s, struct canvas *c, struct rect r)
{
	canvas_blank(c, r, ROLE_TEXT);
	input_paint(&s->input, c, r, s->wrong[0] ? ROLE_ERROR : ROLE_KEY, true);
}

static void paint_value(const struct policy_screen *s, struct canvas *c, int row, int k)
{
	const struct rect r = s->list;
	char is[POLICY_TEXT_VALUE_MAX], was[POLICY_TEXT_VALUE_MAX];
	struct policy_item x;
	bool same;
	int used, left;

	policy_item(s->row[k].item, &x);
	policy_item_text(&s->edited, &x, is);
	policy_item_text(&s->base, &x, was);
	same = strcmp(is, was) == 0;
	if (!same)
		canvas_glyph(c, row, r.column + 1, ROLE_MARK, GLYPH_MARK);
	canvas_put(c, row, r.column + KEY_AT + 1, KEY_WIDTH - 1, ROLE_TEXT,
		text_of(x.entry.key));
	if (k == s->at && s->typing && !is_long(&x)) {
		paint_input(s, c,
			(struct rect){
				row, r.column + VALUE_AT, 1, r.columns - VALUE_AT - 1 });
		return;
	}
	used = canvas_put(c, row, r.column + VALUE_AT, r.columns - VALUE_AT - 1,
		same ? ROLE_TEXT : ROLE_STRONG, text_of(is));
	left = r.columns - VALUE_AT - used - 2;
	if (!same && left > 6)
		canvas_print(c, row, r.column + VALUE_AT + used + 1, left, ROLE_QUIET,
			"was %s", was);
	else if (left > 6 && strcmp(is, "never") != 0)
		canvas_put(c, row, r.column + VALUE_AT + used + 1, left, ROLE_QUIET,
			text_of(policy_item_unit(&s->edited, &x)));
}

static void paint_list(struct policy_screen *s, struct canvas *c)
{
	const struct rect r = s->list;

	rows_show(s->at, r.rows, &s->top);
	for (int i = 0; i < r.rows && s->top + i < s->rows; i++) {
		const int k = s->top + i, row = r.row + i;

		if (s->row[k].item < 0) {
			paint_heading(s, c, row, s->row[k].section);
			continue;
		}
		paint_value(s, c, row, k);
		if (k != s->at)
			continue;
		canvas_focus(c, (struct rect){ row, r.column, 1, r.columns - 1 });
		canvas_glyph(c, row, r.column, ROLE_KEY, GLYPH_HERE);
		if (!s->typing)
			canvas_cursor(c, row, r.column + KEY_AT);
	}
}

/* ---- the rest --------------------------------------------------------------------- */

static void paint_head(struct app *a, const struct policy_screen *s, struct canvas *c)
{
	const int changes = policy_changes(s);
	const struct rect r = s->head;
	uint32_t read, total;
	char state[80] = "";

	canvas_print(c, r.row, r.column, r.columns, ROLE_STRONG, "Policy version %d",
		(int)s->version);
	if (changes)
		canvas_print(c, r.row, r.column + 20, r.columns - 20, ROLE_MARK,
			"%d value%s changed, not saved: %s saves", changes,
			TEXT_S(changes), keys_word(SCOPE_POLICY, ACT_POLICY_SAVE));
	else
		canvas_put(c, r.row, r.column + 20, r.columns - 20, ROLE_QUIET,
			TEXT("as it is in force"));
	if (s->trial && !s->fresh && policy_trial_reading(s->trial, &read, &total))
		snprintf(state, sizeof(state), "reading %u of %u", read, total);
	else if (s->trial && !s->fresh)
		snprintf(state, sizeof(state), "computing");
	canvas_put_right(
		c, r.row, r.column + r.columns - 26, 26, ROLE_INFO, text_of(state));
	(void)a;
}

/* A value that has no room in the list, as it is or is typed. */
static void paint_whole(const struct policy_screen *s, struct canvas *c, struct rect line,
	const char *key, const char *value)
{
	canvas_print(c, line.row, line.column, KEY_WIDTH, ROLE_STRONG, "%s =", key);
	line.column += KEY_WIDTH;
	line.columns -= KEY_WIDTH;
	if (s->typing)
		paint_input(s, c, line);
	else
		canvas_put(c, line.row, line.column, line.columns, ROLE_TEXT,
			text_of(value));
}

static void paint_help(const struct policy_screen *s, struct canvas *c)
{
	char meaning[POLICY_ITEM_TEXT_MAX], range[POLICY_ITEM_TEXT_MAX];
	char usual[POLICY_TEXT_VALUE_MAX];
	struct rect r = s->help, line = { r.row - 1, r.column - 1, 1, r.columns + 2 };
	struct policy shipped;
	struct policy_item x;
	const char *unit;

	policy_here(s, &x);
	policy_default(&shipped);
	unit = policy_item_unit(&s->edited, &x);
	for (int i = 0; i < line.columns; i++)
		canvas_glyph(c, line.row, line.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	policy_item_text(&s->edited, &x, usual);
	if (is_long(&x) && (s->typing || text_columns(text_of(usual)) >
						 s->list.columns - VALUE_AT - 1))
		paint_whole(s, c,
			(struct rect){ r.row + --r.rows, r.column, 1, r.columns },
			x.entry.key, usual);
	if (s->wrong[0]) {
		page_put(c, &r, ROLE_ERROR, "%s", s->wrong);
		return;
	}
	page_put(c, &r, ROLE_TEXT, "%s", policy_item_meaning(&x, meaning));
	page_put(c, &r, ROLE_QUIET, "%s%s%s. Shipped: %s", policy_item_range(&x, range),
		*unit ? ", " : "", unit, policy_item_text(&shipped, &x, usual));
}

static void paint_side(struct policy_screen *s, struct canvas *c)
{
	struct rect r = s->side;
	uint32_t read, total;

	draw_vertical(c, s->list.row, s->side.column - 2, s->list.rows);
	if (s->problem[0]) {
		page_put(c, &r, ROLE_BAD, "%s", s->problem);
		return;
	}
	if (!s->page.c.rows && s->trial) {
		if (policy_trial_reading(s->trial, &read, &total))
			page_put(c, &r, ROLE_QUIET,
				"The base is being read: what a change makes of it comes "
				"here.");
		return;
	}
	page_paint(&s->page, c, r);
	if (!s->fresh)
		canvas_role(c, r, ROLE_QUIET);
}

void policy_paint(struct app *a, struct policy_screen *s, struct canvas *c)
{
	struct policy_item x;

	paint_head(a, s, c);
	paint_list(s, c);
	paint_help(s, c);
	policy_here(s, &x);
	if (s->curve.rows)
		policy_paint_curve(c, s->curve, policy_item_curve(&s->base, &x),
			policy_item_curve(policy_shown(s), &x));
	paint_side(s, c);
}
