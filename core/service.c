#include "core/service.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/clinic.h"
#include "core/task.h"

enum { YEAR = 365 };

/* ---- how it is judged ---- */

int32_t service_cadence(const struct policy *p, int tier)
{
	const int32_t cadence[TIER_COUNT] = { (int32_t)p->number[POLICY_ALERT_NO_TOUCH_1],
		(int32_t)p->number[POLICY_ALERT_NO_TOUCH_2], 0 };

	return cadence[tiers_served(tier) - 1];
}

int service_reviews(const struct policy *p, int tier)
{
	return (int)p->number[POLICY_SERVICE_REVIEWS_1 + tiers_served(tier) - 1];
}

int32_t service_review_days(int reviews)
{
	return reviews ? YEAR / reviews : 0;
}

bool service_late(int32_t cadence, int32_t last, int32_t as_of)
{
	return cadence && (last == DAY_NONE || as_of - last > cadence);
}

int service_share(uint32_t human, uint32_t digital)
{
	const uint64_t all = (uint64_t)human + digital;

	return all ? (int)((100 * (uint64_t)human + all / 2) / all) : -1;
}

bool service_off(const struct policy *p, int share, int target)
{
	return share >= 0 &&
	       abs(share - target) > (int)p->number[POLICY_SERVICE_TOLERANCE];
}

bool service_message(const struct cell *message)
{
	return text_eq(cell_as_text(&message[F_MESSAGE_KIND]), TEXT("customer"));
}

bool service_oversold(const struct policy *p, uint32_t commercial, uint32_t value)
{
	return commercial >= p->number[POLICY_SERVICE_SELLING] && commercial > value;
}

/* ---- the rows of one account ---- */

static bool in_window(const struct service *s, int32_t day, int32_t as_of)
{
	return day != DAY_NONE && day <= as_of && day > as_of - s->days;
}

static void count_touches(struct service *s, const struct account_view *v, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_TOUCH].n; i++) {
		const struct cell *c = account_view_row(v, REC_TOUCH, i);
		const int32_t day = cell_day(&c[F_TOUCH_DATE]);
		const struct cell *answered = &c[F_TOUCH_TWO_WAY];

		const bool counts = in_window(s, day, as_of);
		const bool many = clinic_is(&c[F_TOUCH_KIND]);

		s->human += counts && !many;
		s->digital += counts && many;
		s->commercial += counts && !many &&
				 touch_class_of(&c[F_TOUCH_PURPOSE]) == TOUCH_COMMERCIAL;
		if (answered->type == CELL_INT && answered->i && day <= as_of &&
			day > s->last)
			s->last = day;
	}
}

static void count_messages(struct service *s, const struct account_view *v, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_MESSAGE].n; i++) {
		const struct cell *c = account_view_row(v, REC_MESSAGE, i);

		s->digital += service_message(c) &&
			      in_window(s, cell_day(&c[F_MESSAGE_SENT]), as_of);
	}
}

/* ---- business reviews ---- */

static bool names_review(const struct cell *c)
{
	static const char *const words[] = { "business review", "qbr" };

	for (size_t i = 0; c->type == CELL_TEXT && i < sizeof(words) / sizeof(*words);
		i++)
		if (text_icontains(c->t, text_of(words[i])))
			return true;
	return false;
}

bool service_is_review(const struct cell *touch)
{
	return names_review(&touch[F_TOUCH_KIND]) ||
	       names_review(&touch[F_TOUCH_PURPOSE]);
}

bool service_review_counts(const struct cell *touch, bool next)
{
	return next && touch[F_TOUCH_OUTCOME].type == CELL_TEXT;
}

bool service_plan_goes_on(const struct cell *plan)
{
	return plan[F_PLAN_NEXT_STEP].type == CELL_TEXT;
}

bool service_review_play(struct text play)
{
	return text_eq(play, TEXT("strategic-business-review"));
}

static void take_review(struct service *s, int32_t day, bool counts, int32_t as_of)
{
	if (day == DAY_NONE || day > as_of)
		return;
	if (!counts)
		s->rituals += as_of - day <= s->review_days;
	else if (day > s->review)
		s->review = day;
}

static void find_reviews(struct service *s, const struct account_view *v, int32_t as_of)
{
	const bool next = v->rows[REC_PLAN].n > 0 &&
			  service_plan_goes_on(account_view_row(v, REC_PLAN, 0));

	for (uint32_t i = 0; i < v->rows[REC_TOUCH].n; i++) {
		const struct cell *c = account_view_row(v, REC_TOUCH, i);

		if (service_is_review(c))
			take_review(s, cell_day(&c[F_TOUCH_DATE]),
				service_review_counts(c, next), as_of);
	}
	/* its steps want what came of them, and what comes next */
	for (uint32_t i = 0; i < v->rows[REC_TASK].n; i++) {
		struct task t;

		if (task_from_row(1, account_view_row(v, REC_TASK, i), &t) &&
			t.state == TASK_DONE && service_review_play(t.play))
			take_review(s, t.ended, true, as_of);
	}
	s->review_late = service_late(s->review_days, s->review, as_of);
}

void service_of(const struct policy *p, const struct account_view *v, int tier,
	int32_t as_of, struct service *out)
{
	const int row = tiers_served(tier) - 1;

	*out = (struct service){ .cadence = service_cadence(p, tier),
		.last = DAY_NONE,
		.days = (int32_t)p->number[POLICY_SERVICE_DAYS],
		.target = (int)p->number[POLICY_SERVICE_HUMAN_1 + row],
		.reviews = service_reviews(p, tier),
		.review = DAY_NONE };
	out->review_days = service_review_days(out->reviews);
	count_touches(out, v, as_of);
	count_messages(out, v, as_of);
	if (out->reviews)
		find_reviews(out, v, as_of);
	out->late = service_late(out->cadence, out->last, as_of);
	out->share = service_share(out->human, out->digital);
	out->off = service_off(p, out->share, out->target);
	out->oversold =
		service_oversold(p, out->commercial, out->human - out->commercial);
}

/* ---- in words ---- */

static const char *said_age(int32_t day, int32_t as_of, char out[40])
{
	if (day == DAY_NONE)
		snprintf(out, 40, "is not on record");
	else if (day == as_of)
		snprintf(out, 40, "today");
	else
		snprintf(out, 40, "%d d ago", (int)(as_of - day));
	return out;
}

static void say_mix(const struct service *s, char out[SERVICE_TEXT_MAX])
{
	if (s->share < 0)
		snprintf(out, SERVICE_TEXT_MAX,
			"by people: %d %% wanted; no touch and no message in %d d",
			s->target, s->days);
	else
		snprintf(out, SERVICE_TEXT_MAX,
			"by people: %d %% of %u touch%s and message%s in %d d; %d %% "
			"wanted%s",
			s->share, s->human + s->digital,
			s->human + s->digital == 1 ? "" : "es",
			TEXT_S(s->human + s->digital), s->days, s->target,
			s->off ? ": off" : "");
}

static void say_reviews(
	const struct service *s, int32_t as_of, char out[SERVICE_TEXT_MAX])
{
	char age[40], rituals[80] = "";

	if (s->rituals)
		snprintf(rituals, sizeof(rituals),
			"; %u without an outcome or a next step: not counted",
			s->rituals);
	snprintf(out, SERVICE_TEXT_MAX,
		"business reviews: %d a year, one every %d d; the last %s: %s%s",
		s->reviews, s->review_days, said_age(s->review, as_of, age),
		s->review_late ? "overdue" : "kept", rituals);
}

char *service_text(const struct service *s, int tier, int32_t as_of,
	enum service_line line, char out[SERVICE_TEXT_MAX])
{
	static const char *const level[TIER_COUNT + 1] = { "",
		("high touch, led by people: success plan, business reviews, a named "
		 "sponsor"),
		"low touch: plays on exceptions, office hours instead of reviews",
		"messages by what the product shows, people only when flagged" };
	char age[40];

	out[0] = '\0';
	if (line == SERVICE_LEVEL)
		snprintf(out, SERVICE_TEXT_MAX, "tier %d: %s", tiers_served(tier),
			level[tiers_served(tier)]);
	else if (line == SERVICE_TALKS && s->cadence == 0)
		snprintf(out, SERVICE_TEXT_MAX,
			"talks: none by the calendar; the last %s",
			said_age(s->last, as_of, age));
	else if (line == SERVICE_TALKS)
		snprintf(out, SERVICE_TEXT_MAX,
			"talks: one that is answered every %d d; the last %s: %s",
			s->cadence, said_age(s->last, as_of, age),
			s->late ? "overdue" : "kept");
	else if (line == SERVICE_REVIEWS && s->reviews)
		say_reviews(s, as_of, out);
	else if (line == SERVICE_MIX)
		say_mix(s, out);
	else if (line == SERVICE_SELLING && s->oversold)
		snprintf(out, SERVICE_TEXT_MAX,
			"selling: %u touches that sell in %d d, %u of value: value comes "
			"first",
			s->commercial, s->days, s->human - s->commercial);
	return out;
}

bool service_missed(const struct service *s, enum service_line line)
{
	return line == SERVICE_TALKS     ? s->late
	       : line == SERVICE_REVIEWS ? s->review_late
	       : line == SERVICE_MIX     ? s->off
	       : line == SERVICE_SELLING ? s->oversold
					 : false;
}
