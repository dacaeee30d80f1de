#include "core/in_place.h"

#include <stdio.h>

#include "core/service.h"
#include "core/stakeholders.h"
#include "core/task.h"

const struct in_place_row in_place_rows[IN_PLACE_COUNT] = {
	[IN_PLACE_PLAN] = { "success plan", "success_plan" },
	[IN_PLACE_REVIEWS] = { "business reviews", "business_reviews" },
	[IN_PLACE_SPONSOR] = { "executive sponsor", "executive_sponsor" },
	[IN_PLACE_RISK] = { "risk review", "risk_review" },
	[IN_PLACE_CHART] = { "org chart", "org_chart" },
};

static bool has_text(const struct cell *c)
{
	return text_trim(cell_as_text(c)).n > 0;
}

static bool has_plan(const struct account_view *v)
{
	const struct cell *c =
		v->rows[REC_PLAN].n ? account_view_row(v, REC_PLAN, 0) : NULL;

	return c && has_text(&c[F_PLAN_GOAL]) && has_text(&c[F_PLAN_NEXT_STEP]) &&
	       cell_day(&c[F_PLAN_NEXT_DUE]) != DAY_NONE;
}

/* The play of a review runs. */
static bool is_prepared(const struct account_view *v)
{
	for (uint32_t i = 0; i < v->rows[REC_TASK].n; i++) {
		struct task t;

		if (task_from_row(1, account_view_row(v, REC_TASK, i), &t) &&
			t.state == TASK_OPEN && service_review_play(t.play))
			return true;
	}
	return false;
}

static bool has_reviews(
	const struct policy *p, const struct account_view *v, int32_t as_of)
{
	struct service s;

	service_of(p, v, 1, as_of, &s);
	return !s.review_late || is_prepared(v);
}

static bool has_sponsor(const struct account_view *v, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_CONTACT].n; i++) {
		const struct cell *c = account_view_row(v, REC_CONTACT, i);

		if (record_contact_there(c, as_of) && has_text(&c[F_CONTACT_NAME]) &&
			text_ieq(cell_as_text(&c[F_CONTACT_ROLE]), TEXT("sponsor")))
			return true;
	}
	return false;
}

static bool names_risk(const struct cell *c)
{
	return text_icontains(cell_as_text(c), TEXT("risk"));
}

static bool has_risk_review(const struct account_view *v, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_TOUCH].n; i++) {
		const struct cell *c = account_view_row(v, REC_TOUCH, i);
		const int32_t day = cell_day(&c[F_TOUCH_DATE]);

		if (day != DAY_NONE && day <= as_of &&
			as_of - day <= IN_PLACE_RISK_DAYS &&
			has_text(&c[F_TOUCH_OUTCOME]) &&
			(names_risk(&c[F_TOUCH_KIND]) || names_risk(&c[F_TOUCH_PURPOSE])))
			return true;
	}
	return false;
}

static bool has_chart(const struct account_view *v, int32_t as_of)
{
	const unsigned both = STAKEHOLDERS_CHAMPION | STAKEHOLDERS_SPONSOR;
	struct stakeholders s;

	stakeholders_of(v, as_of, &s);
	return s.people >= IN_PLACE_PEOPLE && (s.roles & both) == both;
}

unsigned in_place_missing(
	const struct policy *p, const struct account_view *v, int32_t as_of)
{
	const bool there[IN_PLACE_COUNT] = {
		[IN_PLACE_PLAN] = has_plan(v),
		[IN_PLACE_REVIEWS] = has_reviews(p, v, as_of),
		[IN_PLACE_SPONSOR] = has_sponsor(v, as_of),
		[IN_PLACE_RISK] = has_risk_review(v, as_of),
		[IN_PLACE_CHART] = has_chart(v, as_of),
	};
	unsigned missing = 0;

	for (int i = 0; i < IN_PLACE_COUNT; i++)
		missing |= there[i] ? 0 : 1u << i;
	return missing;
}

char *in_place_text(unsigned missing, char out[IN_PLACE_TEXT_MAX])
{
	int there = 0, n;

	for (int i = 0; i < IN_PLACE_COUNT; i++)
		there += !(missing >> i & 1);
	n = snprintf(out, IN_PLACE_TEXT_MAX, "in place: %d of %d", there, IN_PLACE_COUNT);
	for (int i = 0, said = 0; i < IN_PLACE_COUNT; i++)
		if (missing >> i & 1)
			n += snprintf(out + n, (size_t)(IN_PLACE_TEXT_MAX - n), "%s%s",
				said++ ? ", " : "; missing: ", in_place_rows[i].name);
	return out;
}
