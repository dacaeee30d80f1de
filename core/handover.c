#include "core/handover.h"

#include "core/capacity.h"

const char *const handover_name[HANDOVER_COUNT] = {
	"goal",
	"next step",
	"its due day",
	"last decision",
	"champion",
	"sponsor",
	"renewal date",
	"a talk or note of the last 90 days",
};

static bool has_text(const struct cell *c)
{
	return c->type == CELL_TEXT && c->t.n > 0;
}

static bool in_place(const struct account_view *v, struct text role, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_CONTACT].n; i++) {
		const struct cell *c = account_view_row(v, REC_CONTACT, i);

		if (has_text(&c[F_CONTACT_ROLE]) && text_eq(c[F_CONTACT_ROLE].t, role) &&
			record_contact_there(c, as_of))
			return true;
	}
	return false;
}

/* A row of the kind that is dated in the last days. */
static bool is_recent(
	const struct account_view *v, enum record_kind kind, int date, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[kind].n; i++) {
		const struct cell *c = account_view_row(v, kind, i) + date;

		if (c->type == CELL_INT && c->i > as_of - HANDOVER_TALK_DAYS)
			return true;
	}
	return false;
}

unsigned handover_missing(const struct account_view *v, int32_t as_of)
{
	static const struct cell none[PLAN_FIELDS];
	const struct cell *plan =
		v->rows[REC_PLAN].n ? account_view_row(v, REC_PLAN, 0) : none;
	const bool there[HANDOVER_COUNT] = {
		[HANDOVER_GOAL] = has_text(&plan[F_PLAN_GOAL]),
		[HANDOVER_STEP] = has_text(&plan[F_PLAN_NEXT_STEP]),
		[HANDOVER_DUE] = plan[F_PLAN_NEXT_DUE].type == CELL_INT,
		[HANDOVER_DECISION] = has_text(&plan[F_PLAN_DECISION]),
		[HANDOVER_CHAMPION] = in_place(v, TEXT("champion"), as_of),
		[HANDOVER_SPONSOR] = in_place(v, TEXT("sponsor"), as_of),
		[HANDOVER_RENEWAL] = v->row.renewal != DAY_NONE,
		[HANDOVER_TALK] = is_recent(v, REC_TOUCH, F_TOUCH_DATE, as_of) ||
				  is_recent(v, REC_NOTE, F_NOTE_DATE, as_of),
	};
	unsigned missing = 0;

	for (int i = 0; i < HANDOVER_COUNT; i++)
		missing |= there[i] ? 0 : 1u << i;
	return missing;
}

unsigned handover_missing_to_owner(
	const struct policy *p, const struct account_view *v, int32_t as_of)
{
	struct capacity_band band[TIER_COUNT];

	capacity_bands(p, band);
	return capacity_owned(band, v->row.tier) ? handover_missing(v, as_of) : 0;
}

int handover_complete(unsigned missing)
{
	int n = HANDOVER_COUNT;

	for (; missing; missing &= missing - 1)
		n--;
	return n;
}
