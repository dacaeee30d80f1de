/* Capacity: whose book is how full, how many CSMs it takes, and what if. */
#include "tui/capacity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tui/mem.h"
#include "tui/nothing.h"
#include "tui/rows.h"
#include "tui/sheet.h"
#include "tui/words.h"

int capacity_rows(const struct capacity_screen *s)
{
	return s->found ? (int)s->found->rows + 1 : 0;
}

const struct capacity_row *capacity_at(const struct capacity_screen *s, int line)
{
	if (!s->found)
		return NULL;
	return line == (int)s->found->rows ? &s->found->pool
					   : &s->found->row[s->line[line]];
}

const struct capacity_row *capacity_here(const struct capacity_screen *s)
{
	return capacity_at(s, s->at);
}

/* ---- the order of the lines ---- */

/* Below 0: x comes before y, which stands behind it by name. */
static double order_of(enum capacity_order order, const struct capacity_row *x,
	const struct capacity_row *y)
{
	const double more = capacity_fills(&x->load) - capacity_fills(&y->load);

	return order == CAPACITY_FULLEST    ? -more
	       : order == CAPACITY_EMPTIEST ? more
	       : order == CAPACITY_BY_RISK  ? (double)y->at_risk - (double)x->at_risk
					    : 0;
}

/* By insertion: CSMs are few, and mostly in order already. */
static void sort_lines(struct capacity_screen *s)
{
	s->line = mem_resize(s->line, s->found->rows + 1, sizeof(*s->line));
	for (uint32_t k = 0; k < s->found->rows; k++) {
		uint32_t at = k;

		for (; at && order_of(s->order, &s->found->row[k],
				     &s->found->row[s->line[at - 1]]) < 0;
			at--)
			s->line[at] = s->line[at - 1];
		s->line[at] = k;
	}
}

/* The cursor stays with its book. */
static void sort_by(struct app *a, struct capacity_screen *s, enum capacity_order order)
{
	static const char *const said[CAPACITY_ORDERS] = { "by name", "the fullest first",
		"the emptiest first", "the most money at risk first" };
	const struct capacity_row *here = capacity_here(s);

	if (!s->found)
		return;
	s->order = order;
	sort_lines(s);
	for (int k = 0; k < capacity_rows(s); k++)
		if (capacity_at(s, k) == here)
			s->at = k;
	app_say(a, "%s", said[order]);
	a->dirty |= APP_LAYOUT;
}

void capacity_make(struct app *a, struct capacity_screen *s)
{
	struct err e = { .status = ST_OK };

	capacity_free(&s->found);
	s->problem[0] = '\0';
	if (book_capacity(a->book, &s->what, &s->found, &e) != ST_OK ||
		capacity_past(a->book, s->past, &s->past_n, &e) != ST_OK) {
		capacity_free(&s->found);
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	}
	if (s->found)
		sort_lines(s);
	if (s->at >= capacity_rows(s))
		s->at = capacity_rows(s) ? capacity_rows(s) - 1 : 0;
	a->dirty |= APP_LAYOUT;
}

/* ---- going on to the accounts --------------------------------------------------------
 */

static void list_book(struct app *a, const struct capacity_screen *s)
{
	const struct capacity_row *r = capacity_here(s);
	const struct app_from from = app_from_here(a);

	if (!r)
		return;
	if (r->proposed) {
		app_say(a, "%.*s is only asked about and has no accounts", (int)r->name.n,
			r->name.s);
		return;
	}
	input_set(&a->view.filter, TEXT("")); /* all that the row counts */
	view_owner(&a->view, (int32_t)r->csm, r->name);
	app_show_list(a, &from, r->csm ? r->name : TEXT("the pool"));
}

/* ---- the screen ----------------------------------------------------------------------
 */

static void open_capacity(struct app *a, void *state)
{
	page_init(&((struct capacity_screen *)state)->page, a->canvas.ascii);
}

static void close_capacity(struct app *a, void *state)
{
	struct capacity_screen *s = state;

	(void)a;
	page_clear(&s->page);
	capacity_free(&s->found);
	free(s->what.changed);
	free(s->word);
	free(s->line);
}

/* The rows of all accounts, and the page of what they mean, take room that other screens
 * may need; the cursor and what is asked about stay. */
static void leave(struct app *a, void *state)
{
	struct capacity_screen *s = state;

	(void)a;
	capacity_free(&s->found);
	page_clear(&s->page);
}

static void data_changed(struct app *a, void *state)
{
	capacity_make(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	capacity_layout(a, state, body);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	if (!nothing_paint(a, c, body, SCOPE_CAPACITY))
		capacity_paint(a, state, c, body);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct capacity_screen *s = state;

	if (capacity_what_act(a, s, action))
		return true;
	switch (action) {
	case ACT_CAPACITY_LIST:
		list_book(a, s);
		return true;
	case ACT_REBALANCE:
		capacity_what_leavers(a, s);
		app_push(a, SCREEN_REBALANCE);
		return true;
	case ACT_SORT:
		sort_by(a, s, (s->order + 1) % CAPACITY_ORDERS);
		return true;
	case ACT_EXPLAIN:
		app_push(a, SCREEN_CAPACITY_EXPLAIN);
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		/* What does not fit: the rest of what it means, else of the rows. */
		if (s->page.c.rows > s->says.rows)
			return page_act(&s->page, action, s->says.rows);
		return rows_step(action, s->table.rows, capacity_rows(s), &s->at);
	default:
		return rows_step(action, s->table.rows, capacity_rows(s), &s->at);
	}
}

/* Its numbers are of books, not of an account: it explains them itself. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	(void)a;
	(void)out;
	return capacity_here(state) != NULL;
}

/* On the row under the cursor: lists that book; on another one: goes there. */
static void click(struct app *a, void *state, int row, int column)
{
	struct capacity_screen *s = state;
	const int at = s->top + row - s->table.row;
	const enum capacity_order by =
		row == s->table.row - 1 ? capacity_heading(s, column) : CAPACITY_ORDERS;

	if (by != CAPACITY_ORDERS) /* again reverses, where that says something */
		sort_by(a, s,
			by == CAPACITY_FULLEST && s->order == CAPACITY_FULLEST
				? CAPACITY_EMPTIEST
				: by);
	if (!canvas_hit(s->table, row, column) || at >= capacity_rows(s))
		return;
	if (at == s->at)
		list_book(a, s);
	else
		s->at = at;
}

const struct screen_ops capacity_screen = {
	.size = sizeof(struct capacity_screen),
	.roomy = true,
	.whole = true,
	.open = open_capacity,
	.close = close_capacity,
	.leave = leave,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
};

/* ---- how a row comes about ------------------------------------------------------------
 */

enum { WIDTH = 76 };

/* "10/20 + 26/80 = 82.5 %" and what it is of. */
static void explain_band(struct page *p, const struct capacity *c,
	const struct capacity_row *r, bool by_arr, bool upper)
{
	const struct policy *policy = &c->policy;
	char line[200] = "", one[MONEY_TEXT_MAX], of[MONEY_TEXT_MAX];
	size_t n = 0;
	const double sum = upper ? (by_arr ? r->load.arr_max : r->load.count_max)
				 : (by_arr ? r->load.arr_min : r->load.count_min);

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const struct capacity_band *b = &c->band[t];
		const double limit = by_arr ? (upper ? b->arr_max : b->arr_min)
					    : (upper ? b->max : b->min);

		if (b->pooled || !(limit > 0) || n >= sizeof(line))
			continue;
		if (by_arr)
			n += (size_t)snprintf(line + n, sizeof(line) - n, "%s%s / %s",
				n ? " + " : "", words_money(policy, r->book.arr[t], one),
				words_money(policy, (int64_t)limit, of));
		else
			n += (size_t)snprintf(line + n, sizeof(line) - n, "%s%u / %.0f",
				n ? " + " : "", r->book.accounts[t], limit);
	}
	if (n && isfinite(sum))
		page_print(p, 2, ROLE_TEXT, "%-8s %s = %.1f %%",
			by_arr ? "ARR" : "accounts", line, 100 * sum);
}

/* The load, the hours and what they are of. */
static void explain_load(
	const struct capacity *c, const struct capacity_row *r, struct page *p)
{
	const double *n = c->policy.number;

	page_print(p, 0, ROLE_TEXT,
		"load: of the most that a book may hold, tier 1 and tier 2 each as a "
		"share:");
	explain_band(p, c, r, false, true);
	explain_band(p, c, r, true, true);
	page_print(p, 0, ROLE_TEXT,
		"Above %.0f %%, what this CSM takes of a whole book, it is over. Of the "
		"least:",
		capacity_percent(r->share));
	explain_band(p, c, r, false, false);
	explain_band(p, c, r, true, false);
	page_print(p, 0, ROLE_TEXT, "Below %.0f %% it is under: it is %s.",
		capacity_percent(r->share), capacity_state_text(r));
	page_print(p, 0, ROLE_TEXT,
		"h/week: %u x %g talks of %g minutes + %u x %g of %g, in a quarter of 13 "
		"weeks = %.1f a week, of %.1f.",
		r->book.accounts[0], n[POLICY_CAP_TOUCHES_1], n[POLICY_CAP_MINUTES_1],
		n[POLICY_CAP_T2_POOLED] > 0 ? 0 : r->book.accounts[1],
		n[POLICY_CAP_TOUCHES_2], n[POLICY_CAP_MINUTES_2], r->hours,
		n[POLICY_CAP_HOURS] * r->share);
}

/* The columns that are sums over its accounts. */
static void explain_sums(
	const struct capacity *c, const struct capacity_row *r, struct page *p)
{
	char money[MONEY_TEXT_MAX];

	page_print(p, 0, ROLE_TEXT,
		"T1, T2, T3, ARR: its active accounts by tier, and what they pay a "
		"year.");
	page_print(p, 0, ROLE_TEXT,
		"at risk: %s over all of these accounts, each by its health, renewal and "
		"start; Today sums up only those that wait there.",
		words_money(&c->policy, r->at_risk, money));
	page_print(p, 0, ROLE_TEXT,
		"ren: %u account%s, %s ARR, renewing within %.0f days; frozen, they "
		"are "
		"not handed over.",
		r->renewals, TEXT_S(r->renewals),
		words_money(&c->policy, r->renewals_arr, money),
		c->policy.number[POLICY_REBALANCE_FREEZE]);
}

static void explain_row(
	const struct capacity *c, const struct capacity_row *r, struct page *p)
{
	page_print(p, 0, ROLE_STRONG, "%.*s", (int)r->name.n, r->name.s);
	if (r == &c->pool)
		page_print(p, 0, ROLE_TEXT,
			"Accounts that nobody owns. Tiers with a named owner must not be "
			"here.");
	else
		explain_load(c, r, p);
	explain_sums(c, r, p);
}

static void heads_line(const struct capacity *c, int tier, struct page *p)
{
	const struct capacity_heads *h = &c->heads[tier - 1];
	const struct capacity_band *b = &c->band[tier - 1];
	char arr[MONEY_TEXT_MAX], most[MONEY_TEXT_MAX], least[MONEY_TEXT_MAX];

	if (h->pooled)
		return;
	words_money(&c->policy, h->arr, arr);
	page_print(p, 2, ROLE_TEXT,
		"tier %d: at least %u (%u / %.0f, %s / %s), at most %u (%u / %.0f, %s / "
		"%s), "
		"target %u (%u / %.0f)",
		tier, h->min, h->accounts, b->max, arr,
		words_money(&c->policy, (int64_t)b->arr_max, most), h->max, h->accounts,
		b->min, arr, words_money(&c->policy, (int64_t)b->arr_min, least),
		h->target, h->accounts, b->target);
}

static void fill(struct app *a, void *state, struct page *p)
{
	/* The screen below is open as long as this one is. */
	const struct capacity_screen *s = a->state[SCREEN_CAPACITY];
	char day[DAY_TEXT_MAX];

	(void)state;
	if (!s || !s->found)
		return;
	explain_row(s->found, capacity_here(s), p);
	page_line(p);
	page_print(p, 0, ROLE_STRONG, "CSMs that it takes");
	for (int tier = 1; tier <= CAPACITY_NAMED; tier++)
		heads_line(s->found, tier, p);
	page_print(p, 0, ROLE_TEXT,
		"The needed ones are the sum of the targets, %u; there are %g, the sum "
		"of the "
		"shares.",
		s->found->heads_needed, s->found->heads_present);
	page_line(p);
	page_print(p, 0, ROLE_QUIET,
		"active accounts as of %s; bands: [capacity] of the policy, version %d",
		day_format(s->found->as_of, day), (int)book_policy_version(a->book));
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops capacity_explain_screen = SHEET_OPS(open_explain);
