/* The success plan of an account: goal, next step, last decision, milestones, and what
 * is missing for handing it over. */
#include "tui/account_page.h"

#include <stdio.h>

#include "core/handover.h"
#include "core/handover_sheet.h"
#include "tui/words.h"

static void put_fields(struct account_page *p, const struct account_view *v)
{
	static const struct {
		int field;
		const char *label;
	} fields[] = { { F_PLAN_GOAL, "goal" }, { F_PLAN_NEXT_STEP, "next step" },
		{ F_PLAN_NEXT_DUE, "due" }, { F_PLAN_DECISION, "decision" } };
	const struct account_rows *plan = &v->rows[REC_PLAN];

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		account_field(p, fields[i].label, REC_PLAN, plan->n ? plan->id[0] : 0,
			fields[i].field,
			plan->n ? plan->cells[fields[i].field] : (struct cell){ 0 });
}

/* Beside a due day: how far away it is, and that it is over. */
static void put_due(struct account_page *p, struct app *a, const struct account_view *v)
{
	const struct account_rows *plan = &v->rows[REC_PLAN];
	int32_t due = plan->n ? cell_day(&plan->cells[F_PLAN_NEXT_DUE]) : DAY_NONE;
	const struct account_item *item = &p->item[p->n - 2];
	char age[WORDS_MAX];

	if (due == DAY_NONE)
		return;
	words_age(due, book_as_of(a->book), age);
	canvas_print(&p->page.c, item->at.row, item->value + 12, 24,
		due < book_as_of(a->book) ? ROLE_BAD : ROLE_QUIET, "%s%s",
		due < book_as_of(a->book) ? "overdue, " : "", age);
}

static void put_milestone(
	struct account_page *p, struct app *a, const struct cell *cells, int64_t id)
{
	struct page *page = &p->page;
	int32_t due = cell_day(&cells[F_MILESTONE_DUE]),
		done = cell_day(&cells[F_MILESTONE_DONE_ON]);
	bool late = done == DAY_NONE && due != DAY_NONE && due < book_as_of(a->book);
	char day[DAY_TEXT_MAX];
	int row = page->c.rows;
	struct account_item *item;
	const struct cell *title = &cells[F_MILESTONE_TITLE];

	page_text(page, 24, done == DAY_NONE ? ROLE_TEXT : ROLE_QUIET,
		title->type == CELL_TEXT ? title->t : TEXT("--"));
	canvas_put(&page->c, row, 1, 4, done == DAY_NONE ? ROLE_TEXT : ROLE_GOOD,
		done == DAY_NONE ? TEXT("[ ]") : TEXT("[x]"));
	if (done != DAY_NONE)
		canvas_print(&page->c, row, 5, 18, ROLE_QUIET, "done %s",
			day_format(done, day));
	else if (due != DAY_NONE)
		canvas_print(&page->c, row, 5, 18, late ? ROLE_BAD : ROLE_QUIET, "%s %s",
			late ? "late" : "due ", day_format(due, day));
	item = account_item(p, ITEM_ROW, row);
	item->kind = REC_MILESTONE;
	item->row = id;
}

/* Those still to be reached by their due day, then what was reached, newest first. */
static bool comes_before(const struct cell *x, const struct cell *y)
{
	int32_t a = cell_day(&x[F_MILESTONE_DONE_ON]),
		b = cell_day(&y[F_MILESTONE_DONE_ON]);
	int32_t c = cell_day(&x[F_MILESTONE_DUE]), d = cell_day(&y[F_MILESTONE_DUE]);

	if ((a == DAY_NONE) != (b == DAY_NONE))
		return a == DAY_NONE;
	if (a != DAY_NONE)
		return a > b;
	return c != DAY_NONE && (d == DAY_NONE || c < d);
}

static void put_milestones(
	struct account_page *p, struct app *a, const struct account_view *v)
{
	const struct account_rows *rows = &v->rows[REC_MILESTONE];
	uint32_t *order = arena_alloc(&p->arena, (rows->n + 1) * sizeof(*order));
	uint32_t shown = account_shown(p, rows->n);

	if (!order)
		return;
	for (uint32_t i = 0; i < rows->n; i++) {
		const struct cell *cells = rows->cells + i * MILESTONE_FIELDS;
		uint32_t k = i;

		for (; k > 0 && comes_before(cells,
					rows->cells + order[k - 1] * MILESTONE_FIELDS);
			k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	if (rows->n == 0)
		account_none(p, "no milestones yet", ACT_MILESTONE_ADD, REC_MILESTONE);
	for (uint32_t i = 0; i < shown; i++)
		put_milestone(p, a, rows->cells + order[i] * MILESTONE_FIELDS,
			rows->id[order[i]]);
	account_more(p, rows->n);
}

void account_plan(struct account_page *p, struct app *a, const struct account_view *v)
{
	unsigned missing = handover_missing(v, book_as_of(a->book));
	char right[48], line[256], text[HANDOVER_TEXT_MAX];

	snprintf(right, sizeof(right), "hand-over %d of %d", handover_complete(missing),
		HANDOVER_COUNT);
	page_heading(&p->page, "PLAN", right);
	put_fields(p, v);
	put_due(p, a, v);
	put_milestones(p, a, v);
	snprintf(line, sizeof(line), "missing for a hand-over: %s",
		handover_missing_text(missing, text));
	if (missing)
		page_text(&p->page, 1, ROLE_WATCH, text_of(line));
}
