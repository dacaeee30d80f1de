#include "core/play_when.h"

#include <math.h>
#include <stdio.h>

#include "core/day.h"
#include "core/money.h"
#include "core/part.h"

#define NAME_BYTES 64
#define FORM "such as invited_users = 0 after 3 to 60 days"

static const char *const compare_word[PLAY_COMPARES] = { "=", "!=", "<", "<=", ">",
	">=" };

static bool compares(enum play_compare how, double x, double y)
{
	switch (how) {
	case PLAY_EQUAL:
		return x == y;
	case PLAY_UNEQUAL:
		return x != y;
	case PLAY_LESS:
		return x < y;
	case PLAY_AT_MOST:
		return x <= y;
	case PLAY_MORE:
		return x > y;
	case PLAY_AT_LEAST:
		return x >= y;
	case PLAY_COMPARES:
		break;
	}
	return false;
}

/* ---- reading ---- */

static bool is_compare(struct text t, enum play_compare *out)
{
	for (int k = 0; k < PLAY_COMPARES; k++)
		if (text_eq(t, text_of(compare_word[k]))) {
			*out = (enum play_compare)k;
			return true;
		}
	return false;
}

static enum status take_name(
	struct text name, struct arena *a, const char **out, struct err *e)
{
	char *copy;

	if (name.n == 0 || name.n > NAME_BYTES)
		return err_set(
			e, ST_INVALID, "when: begins with the name of a signal, " FORM);
	if (text_eq(name, text_of(known_signal_name[SIG_LOGINS])))
		return err_set(e, ST_INVALID,
			"when: of logins only days with any are kept: ask for "
			"active_days, or let the alert silent start the play");
	copy = arena_copy(a, name.s, name.n);
	*out = copy;
	return copy ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for a play");
}

/* The name goes as far as what it is compared by: it may have blanks, as in
 * "feature:invite colleagues". */
static enum status read_signal(
	struct text *rest, struct arena *a, struct play_when *w, struct err *e)
{
	struct text name = { NULL, 0 }, word = text_word(rest);
	bool found = false;

	for (; word.n > 0 && !(found = is_compare(word, &w->compare));
		word = text_word(rest)) {
		if (!name.s)
			name.s = word.s;
		name.n = (size_t)(word.s - name.s) + word.n;
	}
	if (name.n > 0 && !found)
		return err_set(e, ST_INVALID,
			"when: behind the signal stands =, !=, <, <=, > or >=, with "
			"blanks round it, " FORM);
	return take_name(name, a, &w->signal, e);
}

static enum status read_days(struct text t, int *out, struct err *e)
{
	double days;
	const char *why;

	if (!number_parse(t, '.', &days, &why) || days != floor(days) || days < 0 ||
		days > PLAY_WHEN_DAYS)
		return err_set(e, ST_INVALID,
			"when: %.*s is no number of days from 0 to %d, " FORM, (int)t.n,
			t.s ? t.s : "", PLAY_WHEN_DAYS);
	*out = (int)days;
	return ST_OK;
}

static bool next_is(struct text *rest, const char *word)
{
	struct text after = *rest;

	if (!text_eq(text_word(&after), text_of(word)))
		return false;
	*rest = after;
	return true;
}

static enum status read_span(struct text *rest, struct play_when *w, struct err *e)
{
	enum status st;

	if (!next_is(rest, "after"))
		return err_set(e, ST_INVALID, "when: says from which day on, " FORM);
	st = read_days(text_word(rest), &w->from, e);
	w->to = PLAY_WHEN_DAYS;
	if (st == ST_OK && next_is(rest, "to"))
		st = read_days(text_word(rest), &w->to, e);
	if (st == ST_OK && w->to < w->from)
		st = err_set(e, ST_INVALID, "when: day %d comes before day %d", w->to,
			w->from);
	if (st == ST_OK && (!next_is(rest, "days") || text_word(rest).n > 0))
		st = err_set(e, ST_INVALID, "when: ends with days, " FORM);
	return st;
}

enum status play_when_read(
	struct text t, struct arena *a, struct play_when *out, struct err *e)
{
	struct text rest = t, number;
	const char *why;
	enum status st;

	*out = (struct play_when){ .signal = NULL };
	st = read_signal(&rest, a, out, e);
	if (st != ST_OK)
		return st;
	number = text_word(&rest);
	if (!number_parse(number, '.', &out->value, &why))
		return err_set(e, ST_INVALID, "when: %.*s is no number, " FORM,
			(int)number.n, number.s ? number.s : "");
	return read_span(&rest, out, e);
}

/* ---- what it says of an account ---- */

enum play_answer play_when_answer(const struct play_when *w, int32_t as_of, int32_t begun,
	int32_t measured, double value, int32_t counts_for)
{
	if (begun == DAY_NONE || measured == DAY_NONE || measured < begun ||
		measured > as_of || as_of - measured > counts_for || isnan(value))
		return PLAY_NOT_KNOWN;
	if (!compares(w->compare, value, w->value))
		return PLAY_GONE;
	return as_of - begun >= w->from && as_of - begun <= w->to ? PLAY_HOLDS
								  : PLAY_NOT_NOW;
}

char *play_when_text(const struct play_when *w, char out[PLAY_WHEN_TEXT_MAX])
{
	char number[NUMBER_TEXT_MAX], to[24] = "";

	if (w->to < PLAY_WHEN_DAYS)
		snprintf(to, sizeof(to), " to %d", w->to);
	snprintf(out, PLAY_WHEN_TEXT_MAX, "%s %s %s after %d%s days", w->signal,
		compare_word[w->compare], number_exact(w->value, number), w->from, to);
	return out;
}
