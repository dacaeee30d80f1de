#include "core/demo_plans.h"

/* Permille of the accounts of a size that have an owner and a plan; somebody always owes
 * one. */
static const int kept[SIZE_COUNT] = { [SIZE_ENTERPRISE] = 900, [SIZE_MIDDLE] = 600 };

enum { OVERDUE_DAYS = 7, AHEAD_DAYS = 45 };

static const struct {
	const char *goal, *next, *decision;
} plans[] = {
	{ "every regional team plans in it by the end of the year",
		"train the two regions that are missing",
		"their operations lead owns the roll-out" },
	{ "month-end closed three days sooner", "look at the first month-end together",
		"the old spreadsheets are read-only from now on" },
	{ "half as many status meetings", "dashboard for their management",
		"one board for each project, no copies" },
	{ "reports their auditors accept without extra work",
		"walk their auditor through the export",
		"finance and compliance share one workspace" },
	{ "new people productive in their first week",
		"onboarding course with their own examples",
		"their HR takes over the course" },
	{ "one view of all orders for the service desk",
		"connect the second order system",
		"the pilot with one site was a success, the others follow" },
	{ "planning without the night shift's phone calls",
		"agree on the alerts that matter", "night shift gets the mobile app" },
};

enum status demo_plans_row(struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_PLANS);
	struct cell cells[PLAN_FIELDS] = { { 0 } };
	uint32_t which;

	if (l->churned || l->csm == NOBODY || !dice_chance(&d, kept[l->size]))
		return ST_OK;
	which = dice_below(&d, sizeof(plans) / sizeof(*plans));
	cells[F_PLAN_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_PLAN_GOAL] = CELL_OF_TEXT(text_of(plans[which].goal));
	cells[F_PLAN_NEXT_STEP] = CELL_OF_TEXT(text_of(plans[which].next));
	cells[F_PLAN_NEXT_DUE] = CELL_OF_INT(
		p->world->r->today + dice_range(&d, -OVERDUE_DAYS, AHEAD_DAYS));
	cells[F_PLAN_DECISION] = CELL_OF_TEXT(text_of(plans[which].decision));
	return demo_rows_put(p, cells, e);
}
