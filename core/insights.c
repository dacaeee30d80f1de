#include "core/insights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/churn.h"
#include "core/survival.h"

const struct insight_row insight_rows[INSIGHTS] = {
#define INSIGHT(id, name, whom, text) { name, whom, text },
#include "core/insight.def"
};

void insights_clear(struct insights *x)
{
	free(x->row);
	arena_clear(&x->arena);
	*x = (struct insights){ .row = NULL };
}

/* ---- words ---- */

/* What stands behind "competitor:", up to what is said of it. */
static struct text named(struct text words)
{
	const char *colon = words.n ? memchr(words.s, ':', words.n) : NULL;
	struct text out = { words.s, words.n };

	if (!colon)
		return words;
	out.n -= (size_t)(colon + 1 - out.s);
	out.s = colon + 1;
	for (size_t i = 0; i < out.n; i++)
		if (out.s[i] == ',' || out.s[i] == ';' || out.s[i] == '\n')
			out.n = i;
	return text_trim(out);
}

/* Up to the end of the sentence or of its first part: of "monday.com. Cheaper" the one.
 */
static struct text first_part(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		const char s = t.s[i];

		if (s == ',' || s == ';' || s == '\n' ||
			(s == '.' && (i + 1 == t.n || t.s[i + 1] == ' ')))
			t.n = i;
	}
	return text_trim(t);
}

/* "a cheaper tool", "another vendor", "the competition": somebody, but not who. */
static bool is_vague(struct text t)
{
	static const char *const anybody[] = { "a", "an", "another", "other", "some",
		"somebody", "someone", "something", "competitor", "competitors",
		"competition", "their", "our", "your", NULL };
	const struct text word = text_word(&t);

	t = text_trim(t);
	if (text_ieq(word, TEXT("the"))) /* The Access Group has capitals */
		return !t.n || !(*t.s >= 'A' && *t.s <= 'Z');
	return !word.n || text_among(word, anybody);
}

/* Whom they left for, as it was said. */
static struct text rival(struct text words)
{
	const struct text names = churn_behind(words, TEXT("competitor:")),
			  to = names.s ? names
				       : churn_behind(words, TEXT("switched to ")),
			  who = first_part(to);

	if (churn_behind(words, TEXT("in-house")).s ||
		churn_behind(words, TEXT("inhouse")).s)
		return TEXT("in-house");
	return is_vague(who) ? (struct text){ 0 } : who;
}

struct text insight_subject(const struct insight *x)
{
	return x->subject.s ? x->subject : TEXT("not named");
}

bool insight_of_words(
	struct text words, bool talk, enum insight_kind *kind, struct text *subject)
{
	const enum churn_class named_class = churn_class_named(words);

	words = text_trim(words);
	*subject = named_class == CHURN_CLASSES ? words : named(words);
	if (talk && named_class == CHURN_CLASSES &&
		churn_class_of(words) != CHURN_COMPETITOR)
		return false;
	switch (churn_class_of(words)) {
	case CHURN_COMPETITOR:
		*kind = INSIGHT_COMPETITOR;
		*subject = rival(words);
		return true;
	case CHURN_POSITIONING:
		*kind = INSIGHT_EXPECTATION;
		return true;
	case CHURN_SALES_FIT:
		*kind = INSIGHT_FIT;
		return true;
	case CHURN_PRICE:
		*kind = INSIGHT_PRICE;
		return true;
	case CHURN_PRODUCT:
		*kind = INSIGHT_PRODUCT;
		return true;
	default:
		return false;
	}
}

/* ---- first value ---- */

enum { WITHIN_DAYS = 7 };

static const char *value_verdict(const struct insight *x, uint32_t began, uint32_t others)
{
	if (began < INSIGHT_LEAST || others < INSIGHT_LEAST)
		return "too few";
	if (x->median == x->others)
		return "as others";
	return x->median >= 0 && (x->others < 0 || x->median < x->others) ? "sooner"
									  : "later";
}

/* What stays of all when some of them are taken out. */
static void take_out(const struct survival *all, struct survival *some)
{
	for (int k = 0; k < SURVIVAL_DAYS; k++) {
		some->came_on[k] = all->came_on[k] - some->came_on[k];
		some->seen_to[k] = all->seen_to[k] - some->seen_to[k];
	}
	some->n = all->n - some->n;
	some->came = all->came - some->came;
}

/* some: of one segment; of all others when it returns. */
static void judge_segment(
	struct insight *x, const struct survival *all, struct survival *some)
{
	const uint32_t began = some->n;

	x->median = survival_median(some);
	x->within = survival_within(some, WITHIN_DAYS);
	take_out(all, some);
	x->others = survival_median(some);
	x->verdict = value_verdict(x, began, some->n);
}

static int by_row(const void *a, const void *b)
{
	const struct revenue_wait *x = a, *y = b;

	return (x->group > y->group) - (x->group < y->group);
}

enum status insights_judge_waits(
	struct insight *row, struct revenue_wait *wait, uint32_t n, struct err *e)
{
	struct survival *of = calloc(2, sizeof(*of)), *some;

	if (!of)
		return err_set(e, ST_NOMEM, "not enough memory for the insights");
	some = of + 1;
	if (n)
		qsort(wait, n, sizeof(*wait), by_row);
	for (uint32_t k = 0; k < n; k++)
		survival_add(of, wait[k].days, wait[k].came);
	for (uint32_t k = 0; k < n; k++) {
		survival_add(some, wait[k].days, wait[k].came);
		if (k + 1 < n && wait[k + 1].group == wait[k].group)
			continue;
		judge_segment(&row[wait[k].group], of, some);
		*some = (struct survival){ 0 };
	}
	free(of);
	return ST_OK;
}

/* ---- in words ---- */

/* "median 2 d, others 20 d, 100 % within 7 d". */
static void value_text(const struct insight *x, char out[INSIGHT_TEXT_MAX])
{
	char others[64] = "";
	size_t n;

	if (x->others >= 0)
		snprintf(others, sizeof(others), ", others %d d", (int)x->others);
	if (x->median >= 0)
		n = (size_t)snprintf(
			out, INSIGHT_TEXT_MAX, "median %d d%s", (int)x->median, others);
	else
		n = (size_t)snprintf(
			out, INSIGHT_TEXT_MAX, "not half of them yet%s", others);
	if (!isnan(x->within))
		snprintf(out + n, INSIGHT_TEXT_MAX - n, ", %.0f %% within 7 d",
			100 * x->within);
}

char *insight_text(const struct insight *x, char out[INSIGHT_TEXT_MAX])
{
	static const char *const where[INSIGHT_WORDS] = { "as reason", "in exit surveys",
		"at renewal" };
	size_t n = 0;

	out[0] = '\0';
	if (x->kind == INSIGHT_VALUE) {
		value_text(x, out);
	} else if (x->of) {
		n = (size_t)snprintf(out, INSIGHT_TEXT_MAX, "%u of %u left%s, %.0f %%",
			x->accounts, x->of, x->kind == INSIGHT_SOURCE ? " early" : "",
			100.0 * x->accounts / x->of);
		if (!isnan(x->lost.difference))
			snprintf(out + n, INSIGHT_TEXT_MAX - n,
				", %+.0f points (%+.0f to %+.0f)",
				100 * x->lost.difference, 100 * x->lost.range.low,
				100 * x->lost.range.high);
	} else {
		for (int k = 0; k < INSIGHT_WORDS && n < INSIGHT_TEXT_MAX; k++)
			if (x->words[k])
				n += (size_t)snprintf(out + n, INSIGHT_TEXT_MAX - n,
					"%s%u %s", n ? ", " : "", x->words[k], where[k]);
	}
	return out;
}

/* ---- whose ---- */

enum { NAME_COLUMNS = 28, NAME_BYTES = 72 };

enum status book_insight_names(struct book *b, const struct insight *x,
	char out[INSIGHT_NAMES_MAX], struct err *e)
{
	const uint32_t n = x->accounts < INSIGHT_TOP ? x->accounts : INSIGHT_TOP;
	struct list_row row[INSIGHT_TOP];
	char one[NAME_BYTES];
	struct arena a;
	size_t used = 0;
	enum status st;

	out[0] = '\0';
	arena_init(&a);
	st = book_rows(b, x->top, n, &a, row, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		text_sanitise(row[i].name.n ? row[i].name : row[i].id, one, sizeof(one),
			NAME_COLUMNS, false);
		used += (size_t)snprintf(
			out + used, INSIGHT_NAMES_MAX - used, "%s%s", i ? ", " : "", one);
	}
	if (st == ST_OK && x->accounts > n)
		snprintf(out + used, INSIGHT_NAMES_MAX - used, " and %u more",
			x->accounts - n);
	arena_clear(&a);
	return st;
}
