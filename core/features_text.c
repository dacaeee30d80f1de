/* The features of the first days, in sentences. */
#include "core/features.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/day.h"

enum { NAME = 40 };

struct saying {
	const struct features *f;
	features_line_fn fn;
	void *arg;
};

__attribute__((format(printf, 3, 4))) static void say(
	const struct saying *s, enum features_line kind, const char *format, ...)
{
	char text[FEATURES_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	s->fn(s->arg, kind, text);
}

char *features_lift_text(const struct feature *x, char out[FEATURES_LIFT_MAX])
{
	if (isnan(x->phi))
		snprintf(out, FEATURES_LIFT_MAX, "too few %s",
			x->with < FEATURES_LEAST      ? "with it"
			: x->without < FEATURES_LEAST ? "without it"
						      : "to compare");
	else
		snprintf(out, FEATURES_LIFT_MAX, "%+.1f (%+.1f to %+.1f)",
			100 * x->lift.difference, 100 * x->lift.range.low,
			100 * x->lift.range.high);
	return out;
}

/* The best whose bits are there: "invites, api and reports". */
static void names_of(const struct features *f, uint64_t bits, char *out, size_t size)
{
	int told = 0, all = 0;
	size_t used = 0;

	out[0] = '\0';
	for (int k = 0; k < f->tops; k++)
		all += (int)(bits >> f->feature[k].bit & 1);
	for (int k = 0; k < f->tops && used < size; k++) {
		const struct text name = f->feature[k].name;

		if (!(bits >> f->feature[k].bit & 1))
			continue;
		used += (size_t)snprintf(out + used, size - used, "%s%.*s",
			told == 0         ? ""
			: told + 1 == all ? " and "
					  : ", ",
			convert_shown(name, NAME), name.s);
		told++;
	}
}

char *features_lack_text(
	const struct features *f, uint32_t at, char out[FEATURES_LACK_MAX])
{
	const uint64_t lacks = features_best(f) & ~f->used[at];

	if (f->tops > 1 && lacks == features_best(f))
		snprintf(out, FEATURES_LACK_MAX, "all %d", f->tops);
	else
		names_of(f, lacks, out, FEATURES_LACK_MAX);
	return out;
}

/* ---- what is found ---- */

static void say_best(const struct saying *s)
{
	const struct features *f = s->f;
	char names[3 * NAME + 16];
	int sure = 0;

	names_of(f, features_best(f), names, sizeof(names));
	for (int k = 0; k < f->tops; k++)
		sure += f->feature[k].lift.range.low > 0 && !f->feature[k].lift.small;
	if (!f->tops) {
		say(s, FEATURES_SAYS,
			"None of the %d features that can be compared goes with staying.",
			f->compared);
		return;
	}
	say(s, FEATURES_SAYS,
		"Used in the first %d days, %s go%s most with staying. That they go "
		"together does not make them its cause: who means to stay may use more.",
		f->days, names, f->tops == 1 ? "es" : "");
	if (sure < f->tops)
		say(s, FEATURES_WARNS,
			"Of %d of these %d the interval holds 0, or too few left to "
			"trust "
			"it: they may be chance.",
			f->tops - sure, f->tops);
}

static void say_sessions(const struct saying *s)
{
	const struct features *f = s->f;

	if (!f->tops)
		return;
	if (!f->began) {
		say(s, FEATURES_SAYS,
			"No account that began in the period has its first %d days "
			"behind it.",
			f->days);
		return;
	}
	say(s, FEATURES_SAYS,
		"Of the %u account%s that began in the period, %u (%.1f %%) used %s in "
		"the "
		"first session, %u (%.1f %%) in the first %d days.",
		f->began, TEXT_S(f->began), f->at_once, 100.0 * f->at_once / f->began,
		f->tops == 1   ? "it"
		: f->tops == 2 ? "both"
			       : "all three",
		f->in_time, 100.0 * f->in_time / f->began, f->days);
}

static void say_refusal(const struct saying *s)
{
	const struct features *f = s->f;

	if (f->state == FEATURES_NONE)
		say(s, FEATURES_SAYS,
			"Not known: the book has no signal named feature:NAME. Import "
			"them with `tierdesk import signals`: a row for each account, "
			"day "
			"and feature, its value how often it was used.");
	else if (f->kept < FEATURES_LEAST || f->left < FEATURES_LEAST)
		say(s, FEATURES_WARNS,
			"Not compared: it takes %d accounts that left and %d that "
			"stayed; "
			"of the %u that can be compared %u left and %u stayed.",
			FEATURES_LEAST, FEATURES_LEAST, f->kept + f->left, f->left,
			f->kept);
	else
		say(s, FEATURES_WARNS,
			"Not compared: no feature was used by %d accounts and left out "
			"by "
			"%d, among which %d left.",
			FEATURES_LEAST, FEATURES_LEAST, FEATURES_LEAST);
}

/* ---- the rules ---- */

static void say_rules(const struct saying *s)
{
	const struct features *f = s->f;
	char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX], since[DAY_TEXT_MAX];

	if (f->since == DAY_NONE)
		return;
	say(s, FEATURES_RULE,
		"Cohort: the %u account%s with ARR at the opening, %s. Not compared: %u "
		"that began before %s, the first day of which a feature is on record, %u "
		"whose first %d days were not over, %u without a start.",
		f->cohort, TEXT_S(f->cohort), day_format(f->from, from), f->unseen,
		day_format(f->since, since), f->young, f->days, f->undated);
	say(s, FEATURES_RULE,
		"Used: a value above 0 on one of the first %d days, from the start of "
		"the onboarding, else of the contract; nothing later counts. Kept: ARR "
		"at "
		"the close, %s.",
		f->days, day_format(f->to, to));
	say(s, FEATURES_RULE,
		"Lift: share kept with the feature less share kept without, 95 %% "
		"between "
		"(Newcombe). Ranked by the correlation of both (phi); at least %d "
		"accounts with it, and without.",
		FEATURES_LEAST);
	say(s, FEATURES_RULE,
		"Of a feature that is on record since a later day only who began on that "
		"day or later counts, with it and without.");
	if (f->compared > 1)
		say(s, FEATURES_RULE,
			"The best of %d features look better than they are: of so many "
			"without any effect %.1f would lie outside of an interval of 95 "
			"%%.",
			f->compared, 0.05 * f->compared);
	say(s, FEATURES_RULE,
		"First session: the first of these days on which any feature was used.");
	if (f->more)
		say(s, FEATURES_RULE,
			"Only the first %d features by name are read; there are %u more.",
			FEATURES_MAX, f->more);
}

void features_say(const struct features *f, features_line_fn fn, void *arg)
{
	const struct saying s = { f, fn, arg };

	if (f->state == FEATURES_KNOWN) {
		say_best(&s);
		say_sessions(&s);
	} else {
		say_refusal(&s);
	}
	say_rules(&s);
}
