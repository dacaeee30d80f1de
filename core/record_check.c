#include "core/record_check.h"

#include "core/money.h"
#include "core/part.h"

#define NO_LIMIT 1e15

/* ---- the rules --------------------------------------------------------------------- */

/* Two days of which the second is not before the first. */
static const struct {
	enum record_kind kind;
	int first, then;
} orders[] = {
	{ REC_ACCOUNT, F_CONTRACT_START, F_CHURNED_ON },
	{ REC_CSM, F_CSM_ACTIVE_FROM, F_CSM_ACTIVE_UNTIL },
	{ REC_CONTACT, F_CONTACT_SINCE, F_CONTACT_LEFT_ON },
	{ REC_TICKET, F_TICKET_OPENED, F_TICKET_CLOSED },
	{ REC_CONTRACT, F_CONTRACT_FROM, F_CONTRACT_UNTIL },
	{ REC_FIX, F_FIX_NOTICED, F_FIX_DOCUMENTED },
	{ REC_FIX, F_FIX_NOTICED, F_FIX_AUTOMATED },
	{ REC_FIX, F_FIX_NOTICED, F_FIX_VERIFIED },
	{ REC_FIX, F_FIX_DOCUMENTED, F_FIX_AUTOMATED },
	{ REC_FIX, F_FIX_DOCUMENTED, F_FIX_VERIFIED },
	{ REC_FIX, F_FIX_AUTOMATED, F_FIX_VERIFIED },
	{ REC_LOCK, F_LOCK_SINCE, F_LOCK_UNTIL },
};

/* A number on the scale that its kind has. */
static const struct scale {
	const char *kind;
	double min, max;
} survey_scales[] = { { "nps", 0, 10 }, { "csat", 1, 5 }, { "ces", 1, 7 } },
  signal_scales[SIG_KNOWN] = {
	  [SIG_ACTIVE_DAYS] = { "active_days", 0, NO_LIMIT },
	  [SIG_LOGINS] = { "logins", 0, NO_LIMIT },
	  [SIG_FEATURES_USED] = { "features_used", 0, NO_LIMIT },
	  [SIG_SEATS_ACTIVE] = { "seats_active", 0, NO_LIMIT },
	  [SIG_TICKETS_90D] = { "tickets_90d", 0, NO_LIMIT },
	  [SIG_NPS] = { "nps", 0, 10 },
	  [SIG_CSAT] = { "csat", 1, 5 },
	  [SIG_PULSE] = { "pulse", 1, 3 },
  };

/* Which way the ARR goes at a movement; none of no account. */
static const struct {
	const char *kind;
	int sign;
	const char *otherwise;
} directions[] = {
	{ "new", 1, "churn" },
	{ "expansion", 1, "contraction" },
	{ "contraction", -1, "expansion" },
	{ "churn", -1, "new or reactivation" },
	{ "reactivation", 1, "churn" },
};

/* ---- holding a row to them --------------------------------------------------------- */

struct row {
	enum record_kind kind;
	const struct cell *cells;
	uint32_t fields;
	struct record_flaw *out;
};

/* To be filled with what is wrong there. */
static struct complaint *flaw(const struct row *r, int field)
{
	r->out->field = field;
	return &r->out->what;
}

static bool concerns(const struct row *r, int one, int other)
{
	return (r->fields >> one & 1) || (r->fields >> other & 1);
}

static bool check_order(const struct row *r, int first, int then)
{
	const int32_t from = cell_day(&r->cells[first]), to = cell_day(&r->cells[then]);
	char a[DAY_TEXT_MAX], b[DAY_TEXT_MAX];

	if (!concerns(r, first, then) || from == DAY_NONE || to == DAY_NONE || to >= from)
		return true;
	day_format(from, a);
	day_format(to, b);
	if (r->fields >> then & 1)
		complaint_say(flaw(r, then), b, a,
			"{} is before %s, which is {}: correct one of the two",
			record_of(r->kind)->fields[first].name);
	else
		complaint_say(flaw(r, first), a, b,
			"{} is after %s, which is {}: correct one of the two",
			record_of(r->kind)->fields[then].name);
	return false;
}

static bool check_scale(const struct row *r, int kind, int field, const struct scale *s)
{
	char text[NUMBER_TEXT_MAX], low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
	const struct cell *c = &r->cells[field];

	if (!concerns(r, kind, field) || c->type != CELL_NUMBER ||
		(c->n >= s->min && c->n <= s->max))
		return true;
	number_format(c->n, 6, text);
	if (s->max >= NO_LIMIT)
		complaint_say(flaw(r, field), text, NULL,
			"{} is not a value of %s: it can't be negative", s->kind);
	else
		complaint_say(flaw(r, field), text, NULL,
			"{} is not a value of %s: allowed is %s to %s", s->kind,
			number_format(s->min, 0, low), number_format(s->max, 0, high));
	return false;
}

static bool check_survey(const struct row *r)
{
	const struct text kind = cell_as_text(&r->cells[F_SURVEY_KIND]);

	for (size_t i = 0; i < sizeof(survey_scales) / sizeof(survey_scales[0]); i++)
		if (text_eq(kind, text_of(survey_scales[i].kind)))
			return check_scale(
				r, F_SURVEY_KIND, F_SURVEY_SCORE, &survey_scales[i]);
	return true;
}

static bool check_signal(const struct row *r)
{
	const uint32_t kind = cell_id(&r->cells[F_SIGNAL_KIND]);

	return kind < 1 || kind > SIG_KNOWN ||
	       check_scale(r, F_SIGNAL_KIND, F_SIGNAL_VALUE, &signal_scales[kind - 1]);
}

static bool check_movement(const struct row *r)
{
	const struct text kind = cell_as_text(&r->cells[F_MOVEMENT_KIND]);
	const struct cell *delta = &r->cells[F_MOVEMENT_DELTA];
	char is[MONEY_TEXT_MAX], other[MONEY_TEXT_MAX];

	if (!concerns(r, F_MOVEMENT_KIND, F_MOVEMENT_DELTA) || delta->type != CELL_INT)
		return true;
	for (size_t i = 0; i < sizeof(directions) / sizeof(directions[0]); i++) {
		if (!text_eq(kind, text_of(directions[i].kind)) ||
			delta->i * directions[i].sign >= 0)
			continue;
		complaint_say(flaw(r, F_MOVEMENT_DELTA), money_format(delta->i, is),
			money_format(-delta->i, other),
			"{} is no %s: write {}, or call it %s", directions[i].kind,
			directions[i].otherwise);
		return false;
	}
	return true;
}

/* Filters, verbs and forms say it for nobody. */
static bool check_csm(const struct row *r)
{
	if (!(r->fields >> F_CSM_NAME & 1) ||
		!text_ieq(cell_as_text(&r->cells[F_CSM_NAME]), TEXT("pool")))
		return true;
	complaint_say(flaw(r, F_CSM_NAME), NULL, NULL,
		"pool is the word for nobody: it is no name");
	return false;
}

static bool check_contact(const struct row *r)
{
	if (r->cells[F_CONTACT_NAME].type != CELL_MISSING ||
		r->cells[F_CONTACT_EMAIL].type != CELL_MISSING)
		return true;
	complaint_say(flaw(r, F_CONTACT_NAME), NULL, NULL,
		"a contact needs a name or an address");
	return false;
}

bool record_check(enum record_kind kind, const struct cell *cells, uint32_t fields,
	struct record_flaw *out)
{
	const struct row r = { kind, cells, fields, out };

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (orders[i].kind == kind &&
			!check_order(&r, orders[i].first, orders[i].then))
			return false;
	switch (kind) {
	case REC_SURVEY:
		return check_survey(&r);
	case REC_SIGNAL:
		return check_signal(&r);
	case REC_MOVEMENT:
		return check_movement(&r);
	case REC_CONTACT:
		return check_contact(&r);
	case REC_CSM:
		return check_csm(&r);
	default:
		return true;
	}
}
