#include "tui/account_cursor.h"

struct account_item *account_cursor_item(struct account_cursor *c)
{
	return c->at < c->page->n ? &c->page->item[c->at] : NULL;
}

/* ---- the window ----------------------------------------------------------------- */

/* Scrolls so that the item can be seen, with the heading above the first of a section. */
void account_cursor_show(struct account_cursor *c)
{
	const struct account_item *item = account_cursor_item(c);
	struct page *page = &c->page->page;
	int top, bottom;

	if (!item)
		return;
	top = item->at.row;
	bottom = top + item->at.rows;
	if (top - c->page->first[item->section] < c->body.rows / 2)
		top = c->page->first[item->section];
	if (bottom > page->top + c->body.rows)
		page->top = bottom - c->body.rows;
	if (item->at.row < page->top)
		page->top = top;
	if (page->top > item->at.row)
		page->top = item->at.row;
}

int account_cursor_first(const struct account_cursor *c, enum account_section section)
{
	for (int i = 0; i < c->page->n; i++)
		if (c->page->item[i].section == section)
			return i;
	return 0;
}

void account_cursor_section(struct account_cursor *c, enum account_section section)
{
	c->at = account_cursor_first(c, section);
	c->page->page.top = c->page->first[section];
	account_cursor_show(c);
}

static bool go_to_row(struct account_cursor *c, enum record_kind kind, int64_t row)
{
	for (int i = 0; i < c->page->n; i++)
		if (c->page->item[i].type == ITEM_ROW && c->page->item[i].kind == kind &&
			c->page->item[i].row == row) {
			c->at = i;
			return true;
		}
	return false;
}

/* Of a ticket that is not among the newest, all are shown. */
static bool go_to_asked(
	struct account_cursor *c, struct app *a, const struct account_view *v)
{
	const int64_t row = a->opens_at.row;

	a->opens_at.row = 0;
	if (!row || go_to_row(c, a->opens_at.kind, row))
		return row != 0;
	c->page->all[SECTION_TICKETS] = true;
	account_page_build(c->page, a, v, c->body.columns - 1);
	return go_to_row(c, a->opens_at.kind, row);
}

void account_cursor_begin(
	struct account_cursor *c, struct app *a, const struct account_view *v)
{
	if (go_to_asked(c, a, v)) {
		c->page->page.top = c->page->first[account_cursor_item(c)->section];
		account_cursor_show(c);
	} else if (a->stack[0] == SCREEN_TODAY) { /* what is open counts there */
		account_cursor_section(c, SECTION_WORK);
	} else {
		c->at = account_cursor_first(c, SECTION_HEALTH);
	}
}

/* The next row with items in that direction; there, what stands nearest. */
static int next_item(const struct account_cursor *c, int step)
{
	const struct account_item *item = &c->page->item[c->at];
	int i = c->at, best;

	while (i >= 0 && i < c->page->n && c->page->item[i].at.row == item->at.row)
		i += step;
	if (i < 0 || i >= c->page->n)
		return c->at;
	best = i;
	for (int row = c->page->item[i].at.row;
		i >= 0 && i < c->page->n && c->page->item[i].at.row == row; i += step)
		if (c->page->item[i].at.column == item->at.column)
			best = i;
	return best;
}

static void move(struct account_cursor *c, int step)
{
	const struct account_item *item = account_cursor_item(c);
	struct page *page = &c->page->page;

	if (!item)
		return;
	/* What is longer than the window is read before it is left. */
	if (step > 0 && item->at.row + item->at.rows > page->top + c->body.rows)
		page->top++;
	else if (step < 0 && item->at.row < page->top)
		page->top--;
	else if (next_item(c, step) == c->at)
		page_act(page, step > 0 ? ACT_MOVE_LAST : ACT_MOVE_FIRST, c->body.rows);
	else
		c->at = next_item(c, step);
	item = account_cursor_item(c);
	if (item->at.rows < c->body.rows || item->at.row >= page->top + c->body.rows ||
		item->at.row + item->at.rows <= page->top)
		account_cursor_show(c);
}

/* A screenful; the cursor goes to what is first seen then. */
static void turn(struct account_cursor *c, enum action action)
{
	struct page *page = &c->page->page;
	int before = page->top;

	page_act(page, action, c->body.rows);
	if (page->top == before) {
		c->at = action == ACT_PAGE_UP || c->page->n == 0 ? 0 : c->page->n - 1;
		return;
	}
	for (c->at = 0; c->at + 1 < c->page->n; c->at++)
		if (c->page->item[c->at].at.row >= page->top)
			break;
}

/* The nearest line beyond `row` at which a section, or a heading within one, begins; -1:
 * there is none. */
static int stop_beyond(const struct account_cursor *c, int row, int step)
{
	const struct account_page *p = c->page;
	int best = -1;

	for (int i = 0; i < ACCOUNT_SECTIONS + p->page.headings; i++) {
		const int at = i < ACCOUNT_SECTIONS
				       ? p->first[i]
				       : p->page.heading[i - ACCOUNT_SECTIONS];

		if ((at - row) * step > 0 && (best < 0 || (at - best) * step < 0))
			best = at;
	}
	return best;
}

/* The first item below a heading; -1: the next one comes before any. */
static int first_below(const struct account_cursor *c, int heading)
{
	const int next = stop_beyond(c, heading, 1);

	for (int i = 0; i < c->page->n; i++)
		if (c->page->item[i].at.row >= heading)
			return next < 0 || c->page->item[i].at.row < next ? i : -1;
	return -1;
}

/* To the next heading, or to the beginning of what stands below this one and then to the
 * one before. */
static void to_next_section(struct account_cursor *c, int step)
{
	const struct account_item *item = account_cursor_item(c);
	int to = item ? stop_beyond(c, item->at.row + 1, -1) : -1;

	if (to < 0)
		return;
	if (step > 0 || first_below(c, to) == c->at)
		do {
			to = stop_beyond(c, to, step);
		} while (to >= 0 && first_below(c, to) < 0);
	if (to < 0)
		return;
	c->at = first_below(c, to);
	c->page->page.top = to;
	account_cursor_show(c);
}

bool account_cursor_act(struct account_cursor *c, enum action action)
{
	switch (action) {
	case ACT_MOVE_UP:
	case ACT_MOVE_DOWN:
		move(c, action == ACT_MOVE_UP ? -1 : 1);
		break;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		turn(c, action);
		break;
	case ACT_MOVE_FIRST:
	case ACT_MOVE_LAST:
		page_act(&c->page->page, action, c->body.rows);
		c->at = action == ACT_MOVE_FIRST || c->page->n == 0 ? 0 : c->page->n - 1;
		break;
	case ACT_SECTION_NEXT:
	case ACT_SECTION_PREVIOUS:
		to_next_section(c, action == ACT_SECTION_NEXT ? 1 : -1);
		break;
	default:
		return false;
	}
	return true;
}

/* ---- when the page is built anew ------------------------------------------------ */

static bool is_same(const struct account_item *x, const struct account_item *y)
{
	return x->section == y->section && x->type == y->type && x->kind == y->kind &&
	       x->row == y->row && x->field == y->field && x->explain == y->explain &&
	       x->part == y->part;
}

/* Puts the cursor back on what it was on, else as far into the section as it was. */
void account_cursor_restore(
	struct account_cursor *c, const struct account_item *was, int into)
{
	int first = account_cursor_first(c, was->section);

	for (int i = first; i < c->page->n && c->page->item[i].section == was->section;
		i++)
		if (is_same(&c->page->item[i], was) && was->type != ITEM_MORE) {
			c->at = i;
			return;
		}
	for (c->at = first; into > 0 && c->at + 1 < c->page->n &&
			    c->page->item[c->at + 1].section == was->section;
		into--)
		c->at++;
}
