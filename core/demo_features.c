#include "core/demo_features.h"

enum {
	FIRST_DAYS = 7,
	LATER_DAYS = 60,
	AT_ONCE = 700, /* permille of the uses of the first days: in the first session */
	LATER = 500,   /* of those who did not: some day later, when it tells nothing */
	LARGE_YEARS = 730 /* days: in a large book only of who came since */
};

/* Permille of those that stay, and of those that leave because it was never theirs. */
static const struct {
	const char *name;
	int stay, leave;
} features[DEMO_FEATURES] = {
	{ "feature:invite colleagues", 760, 260 },
	{ "feature:connect a calendar", 640, 200 },
	{ "feature:shared board", 700, 340 },
	{ "feature:export", 520, 480 },
	{ "feature:mobile app", 380, 420 },
	{ "feature:api", 210, 190 },
};

enum status demo_features_begin(struct demo_pass *p, struct err *e)
{
	struct store *s = p->store;
	enum status st = ST_OK;
	bool added;

	for (int k = 0; st == ST_OK && k < DEMO_FEATURES; k++)
		st = s->ops->find_or_add(s, REC_SIGNAL, text_of(features[k].name),
			&p->feature[k], &added, e);
	return st;
}

static enum status put(struct demo_pass *p, const struct demo_life *l, int k, int32_t day,
	int times, struct err *e)
{
	struct cell cells[SIGNAL_FIELDS];

	if (day > l->end)
		return ST_OK;
	cells[F_SIGNAL_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_SIGNAL_KIND] = CELL_OF_INT(p->feature[k]);
	cells[F_SIGNAL_DATE] = CELL_OF_INT(day);
	cells[F_SIGNAL_VALUE] = CELL_OF_NUMBER(times);
	return demo_rows_put(p, cells, e);
}

enum status demo_features_rows(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_FEATURES);
	const int32_t session = l->start + dice_range(&d, 0, 2);
	const bool leaves = l->churned && !l->priced_out;
	enum status st = ST_OK;

	if (l->blind || (l->world->large && l->start < p->world->begin - LARGE_YEARS))
		return ST_OK;
	for (int k = 0; st == ST_OK && k < DEMO_FEATURES; k++) {
		const bool used =
			dice_chance(&d, leaves ? features[k].leave : features[k].stay);
		const bool at_once = dice_chance(&d, AT_ONCE),
			   later = dice_chance(&d, LATER);
		const int32_t soon = dice_range(&d, session - l->start, FIRST_DAYS - 1),
			      late = dice_range(&d, FIRST_DAYS, LATER_DAYS);
		const int times = dice_range(&d, 1, 9);

		if (used)
			st = put(p, l, k, at_once ? session : l->start + soon, times, e);
		else if (later)
			st = put(p, l, k, l->start + late, times, e);
	}
	return st;
}
