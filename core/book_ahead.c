#include "core/book_ahead.h"

#include <stdio.h>

/* Of the calendar on the wall, whatever day the book is read as of. */
static int32_t real_today(const struct book *b)
{
	return (int32_t)((b->clock.now(&b->clock) + b->clock.east) / DAY_SECONDS);
}

/* Nobody went beyond today yet, and this would. */
static bool is_first(const struct book *b, const struct book_info *info)
{
	const int32_t today = real_today(b);

	return b->clock.today > today && info->alert_day != DAY_NONE &&
	       info->alert_day <= today;
}

bool ahead_left(const struct book *b, const struct book_info *info)
{
	return is_first(b, info) && !b->go_ahead;
}

enum status ahead_begin(struct ahead *a, struct book *b, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct book_info info;
	int64_t last;
	enum status st = ops->info(b->store, &info, e);

	*a = (struct ahead){ .backup = { NULL, 0 } };
	arena_init(&a->arena);
	if (st != ST_OK || !is_first(b, &info) || !b->go_ahead)
		return st;
	st = ops->history_last(b->store, &last, e);
	if (st == ST_OK)
		st = ops->keep(b->store, last + 1, &a->arena, &a->backup, e);
	if (st == ST_IO)
		(void)err_prefix(e, "no copy of the book could be made before figures of "
				    "a day that is still to come; make room");
	return st;
}

void ahead_clear(struct ahead *a)
{
	arena_clear(&a->arena);
}

static enum status take_way_back(void *arg, const struct operation *o, struct err *e)
{
	int64_t *id = arg;

	(void)e;
	if (o->kind != OPERATION_RECALC || !o->backup.n || o->reversed_by ||
		o->step == STEP_UNDO)
		return ST_OK;
	*id = o->id;
	return ST_CANCELLED;
}

enum status ahead_tell(
	const struct ahead *a, struct book *b, struct recalc_result *out, struct err *e)
{
	const struct operation_query all = { 0 };
	const struct store_ops *ops = b->store->ops;
	struct book_info info;
	enum status st = ops->info(b->store, &info, e);

	out->ahead_day = DAY_NONE;
	out->ahead_by = 0;
	out->alerts_left = DAY_NONE;
	if (st == ST_OK && ahead_left(b, &info))
		out->alerts_left = info.alert_day;
	if (st != ST_OK || info.alert_day == DAY_NONE ||
		info.alert_day <= real_today(b) ||
		(!a->backup.n && info.alert_day <= b->clock.today))
		return st;
	out->ahead_day = info.alert_day;
	st = ops->operations(b->store, &all, take_way_back, &out->ahead_by, e);
	return st == ST_CANCELLED ? ST_OK : st;
}

bool recalc_ahead_text(const struct recalc_result *r, char out[RECALC_AHEAD_MAX])
{
	char day[DAY_TEXT_MAX], left[DAY_TEXT_MAX], back[64] = "";

	out[0] = '\0';
	if (r->alerts_left != DAY_NONE) {
		snprintf(out, RECALC_AHEAD_MAX,
			"%s is still to come: alerts and plays stay those of %s; "
			"`tierdesk recalc --ahead` with that day takes them along",
			day_format(r->as_of, day), day_format(r->alerts_left, left));
		return true;
	}
	if (r->ahead_day == DAY_NONE)
		return false;
	if (r->ahead_by)
		snprintf(back, sizeof(back), "; `tierdesk undo %lld` takes that back",
			(long long)r->ahead_by);
	snprintf(out, RECALC_AHEAD_MAX,
		"alerts stand at %s, which is later than today%s: they are looked for "
		"again from then on%s",
		day_format(r->ahead_day, day),
		r->as_of < r->ahead_day ? ", and were left as they are" : "", back);
	return true;
}
