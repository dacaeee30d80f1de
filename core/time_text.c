/* Where the time goes, in sentences. */
#include "core/book_time.h"

#include <math.h>

#include "core/book_internal.h"
#include "core/convert.h"

enum { LEAK = 20, SYSTEM = 30 }; /* percent from which on it is told as a warning */

static const char *money(const struct book *b, int64_t cents, char out[MONEY_TEXT_MAX])
{
	return money_said(cents, b->policy.currency, out);
}

static const char *percent(double share, char out[NUMBER_TEXT_MAX])
{
	number_format(100 * share, share < 0.1 ? 1 : 0, out);
	return out;
}

static double leak(const struct book_time *t)
{
	const double all = time_total(t->minutes[0]);

	return all > 0 ? t->minutes[0][TOUCH_SUPPORT] / all : (double)NAN;
}

/* Of everybody who looks after accounts by name. */
static double system_share(const struct book_time *t)
{
	double all[TOUCH_CLASSES] = { 0 };

	for (uint32_t k = 0; k < t->rows; k++)
		for (int c = 0; c < TOUCH_CLASSES; c++)
			all[c] += t->row[k].minutes[c];
	return time_systemisable(all);
}

static void say_tiers(const struct book *b, const struct book_time *t, char *out)
{
	char cost[MONEY_TEXT_MAX], share[NUMBER_TEXT_MAX];

	for (int k = 0; k < TIER_COUNT; k++) {
		const double minutes = time_total(t->minutes[k]);

		if (minutes <= 0)
			continue;
		text_say(out, "%stier %d %s a year",
			*out ? ", " : "the talks held cost in ", k + 1,
			money(b, time_cost(t, minutes), cost));
		if (t->arr[k] > 0)
			text_say(out, " (%s %% of its ARR)",
				percent((double)time_cost(t, minutes) / (double)t->arr[k],
					share));
	}
}

static void say_largest(const struct book_time *t, char *out)
{
	char time[NUMBER_TEXT_MAX], arr[NUMBER_TEXT_MAX];
	double minutes = 0, all = 0;

	for (int k = 0; k < TIER_COUNT; k++) {
		minutes += time_total(t->minutes[k]);
		all += (double)t->arr[k];
	}
	if (t->largest && minutes > 0)
		text_say(out,
			"%s %% of the time went to the %u largest account%s by ARR, "
			"%s %% of the revenue",
			percent(t->largest_minutes / minutes, time), t->largest,
			TEXT_S(t->largest), percent((double)t->largest_arr / all, arr));
}

/* One figure of customers an hour: whole ones from ten on. */
static const char *rate(double customers, double minutes, char out[NUMBER_TEXT_MAX])
{
	const double an_hour = clinics_per_hour(customers, minutes);

	return number_format(an_hour, an_hour < 10 ? 1 : 0, out);
}

static void say_clinics(const struct book_time *t, char *out)
{
	const struct clinics *x = &t->clinics;
	char number[NUMBER_TEXT_MAX];

	if (x->timed == 0 || x->minutes <= 0)
		return;
	text_say(out, "%u clinic%s served %u customer%s in %s h", x->timed,
		TEXT_S(x->timed), x->served, TEXT_S(x->served),
		number_format(x->minutes / 60, 1, number));
	text_say(out, ", %s for an hour of a CSM", rate(x->served, x->minutes, number));
	if (t->talk_minutes > 0)
		text_say(out, "; one to one it was %s",
			rate(t->talks, t->talk_minutes, number));
}

static void say_asked(const struct book_time *t, char *out)
{
	const struct clinics *x = &t->clinics;

	for (uint32_t k = 0; k < x->questions && k < 2; k++)
		text_say(out, "%s\"%.*s\" (%u)",
			k ? ", " : "asked in more than one clinic: ",
			convert_shown(x->question[k].text, 50), x->question[k].text.s,
			x->question[k].clinics);
	if (*out)
		text_say(out, "%s: an article or the product could answer it",
			x->questions > 2 ? " ..." : "");
}

static void say_linear(struct book *b, const struct book_time *t, char *out)
{
	const double ratio = b->policy.number[POLICY_CAP_FLAT_RATIO];
	uint32_t active = 0, people = 0;

	for (uint32_t i = 0; i < b->columns.n; i++)
		active += b->columns.active[i];
	for (uint32_t k = 0; k < t->rows; k++)
		people += t->row[k].csm != 0 && t->row[k].touches > 0;
	if (active == 0)
		return;
	text_say(out,
		"without tiers, one CSM for each %.0f accounts, %u account%s would take "
		"%.0f; %u were at work in these days",
		ratio, active, TEXT_S(active), ceil(active / ratio), people);
}

/* The first few by their ids. */
static void name_some(struct book *b, const struct time_account *x, uint32_t n, char *out)
{
	struct arena a;

	arena_init(&a);
	for (uint32_t k = 0; k < n && k < 3; k++) {
		struct text key = { NULL, 0 };

		if (b->store->ops->key(b->store, REC_ACCOUNT, x[k].account, &a, &key,
			    NULL) == ST_OK &&
			key.n)
			text_say(out, "%s%.*s", k ? ", " : " (", (int)key.n, key.s);
	}
	text_say(out, "%s)", n > 3 ? " ..." : "");
	arena_clear(&a);
}

static void say_costly(struct book *b, const struct book_time *t, char *out)
{
	const uint32_t n = t->costly_n;

	if (n == 0)
		return;
	text_say(out, "the talks with %u account%s cost more than %g %% of %s ARR", n,
		TEXT_S(n), b->policy.number[POLICY_CAP_COST_SHARE],
		n == 1 ? "its" : "their");
	name_some(b, t->costly, n, out);
	text_say(out, ": a digital motion, or a price that bears it");
}

static void say_neglected(struct book *b, const struct book_time *t, char *out)
{
	const uint32_t n = t->neglected_n;

	if (n == 0)
		return;
	text_say(out,
		"%u of the largest accounts by ARR had less than half of the talks of "
		"%s tier",
		n, n == 1 ? "its" : "their");
	name_some(b, t->neglected, n, out);
}

char *time_text(struct book *b, const struct book_time *t, enum time_line line,
	char out[TEXT_SAID_MAX])
{
	char number[NUMBER_TEXT_MAX];

	out[0] = '\0';
	switch (line) {
	case TIME_TIERS:
		say_tiers(b, t, out);
		break;
	case TIME_LARGEST:
		say_largest(t, out);
		break;
	case TIME_LEAKS:
		if (!isnan(leak(t)))
			text_say(out,
				"%s %% of tier 1's time goes into tickets and how-to%s",
				percent(leak(t), number),
				time_warns(t, line) ? ": that is the help desk's work"
						    : "");
		break;
	case TIME_SYSTEM:
		if (!isnan(system_share(t)))
			text_say(out,
				"%s %% of all time is teaching and support: what a "
				"clinic, a course or an article could do for many",
				percent(system_share(t), number));
		break;
	case TIME_CLINICS:
		say_clinics(t, out);
		break;
	case TIME_ASKED:
		say_asked(t, out);
		break;
	case TIME_LINEAR:
		say_linear(b, t, out);
		break;
	case TIME_COSTLY:
		say_costly(b, t, out);
		break;
	case TIME_NEGLECTED:
		say_neglected(b, t, out);
		break;
	case TIME_ESTIMATED:
		if (t->estimated)
			text_say(out,
				"%u of %u touch%s say no minutes and count as %g: "
				"figures are as good as that",
				t->estimated, t->touches, t->touches == 1 ? "" : "es",
				b->policy.number[POLICY_CAP_MINUTES_UNSAID]);
		break;
	case TIME_LINES:
		break;
	}
	return out;
}

bool time_warns(const struct book_time *t, enum time_line line)
{
	switch (line) {
	case TIME_LEAKS:
		return 100 * leak(t) >= LEAK;
	case TIME_SYSTEM:
		return 100 * system_share(t) >= SYSTEM;
	case TIME_COSTLY:
		return t->costly_n > 0;
	case TIME_NEGLECTED:
		return t->neglected_n > 0;
	default:
		return false;
	}
}
