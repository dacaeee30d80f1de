#include "core/change_cell.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/choices.h"
#include "core/convert.h"
#include "core/money.h"

static enum status check_range(const struct field *f, double value, struct err *e)
{
	char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];

	if (!isfinite(value))
		return err_set(e, ST_INVALID, "%s: a number is wanted", f->name);
	if ((f->min < 0 || f->min > 0 || f->max > 0) &&
		(value < f->min || value > f->max))
		return err_set(e, ST_INVALID, "%s: from %s to %s is allowed", f->name,
			number_format(f->min, 4, low), number_format(f->max, 4, high));
	return ST_OK;
}

static enum status check_choice(const struct field *f, struct text t, struct err *e)
{
	const char *rest = f->choices;
	struct text word;

	while ((word = choices_next(&rest)).n > 0)
		if (text_eq(t, word))
			return ST_OK;
	return err_set(e, ST_INVALID, "%s: \"%.*s\" is none of %s", f->name,
		convert_shown(t, 60), t.s, f->choices);
}

static enum status check_currency(
	const struct field *f, const struct policy *p, struct text t, struct err *e)
{
	char code[4] = "";

	if (t.n == 3)
		memcpy(code, t.s, 3);
	if (t.n != 3 || policy_rate(p, code) <= 0)
		return err_set(e, ST_INVALID,
			"%s: the policy has no rate for \"%.*s\"; see [fx] there",
			f->name, convert_shown(t, 20), t.s);
	return ST_OK;
}

static enum status check_text(
	const struct field *f, const struct policy *p, struct cell *c, struct err *e)
{
	c->t = text_trim(c->t);
	if (text_invalid_at(c->t) < c->t.n)
		return err_set(e, ST_INVALID, "%s: the text is not valid UTF-8", f->name);
	if (c->t.n > CHANGE_TEXT_MAX)
		return err_set(e, ST_INVALID, "%s: the text is longer than %d bytes",
			f->name, CHANGE_TEXT_MAX);
	if (c->t.n == 0)
		c->type = CELL_MISSING;
	else if (f->type == FT_CHOICE)
		return check_choice(f, c->t, e);
	else if (f->type == FT_CURRENCY)
		return check_currency(f, p, c->t, e);
	return ST_OK;
}

static enum status check_int(const struct field *f, int64_t value, struct err *e)
{
	switch (f->type) {
	case FT_MONEY:
		if (value < 0 && !(f->flags & FIELD_SIGNED))
			return err_set(e, ST_INVALID,
				"%s: a negative amount is not allowed here", f->name);
		if (value > MONEY_MAX || value < -MONEY_MAX)
			return err_set(
				e, ST_INVALID, "%s: the amount is too large", f->name);
		return ST_OK;
	case FT_DAY:
		if (value < DAY_MIN || value > DAY_MAX)
			return err_set(e, ST_INVALID,
				"%s: a day from 1900-01-01 to 2199-12-31 is wanted",
				f->name);
		return ST_OK;
	case FT_BOOL:
		if (value != 0 && value != 1)
			return err_set(e, ST_INVALID, "%s: yes or no", f->name);
		return ST_OK;
	case FT_COUNT:
		return check_range(f, (double)value, e);
	default:
		return ST_OK;
	}
}

enum status change_check(
	const struct field *f, const struct policy *p, struct cell *c, struct err *e)
{
	enum status st = ST_OK;

	if (f->flags & FIELD_APART)
		return err_set(e, ST_INVALID, "%s: is not changed by hand", f->name);
	if (c->type != CELL_MISSING && c->type != record_cell(f->type))
		return err_set(e, ST_INVALID, "%s: a value of another type", f->name);
	if (c->type == CELL_TEXT)
		st = check_text(f, p, c, e);
	else if (c->type == CELL_INT)
		st = check_int(f, c->i, e);
	else if (c->type == CELL_NUMBER) {
		st = check_range(f, c->n, e);
		c->n += 0.0; /* -0 is 0 */
	}
	if (st == ST_OK && c->type == CELL_MISSING && (f->flags & FIELD_REQUIRED))
		return err_set(e, ST_INVALID, "%s: can't be empty", f->name);
	return st;
}

/* A text of several lines or columns, in one line. */
static void join_lines(char *s)
{
	size_t n = 0;

	for (const char *from = s; *from; from++) {
		const bool blank = *from == '\t' || *from == '\n' || *from == '\r';

		if (!blank)
			s[n++] = *from;
		else if (n && s[n - 1] != ' ')
			s[n++] = ' ';
	}
	s[n] = '\0';
}

char *change_text(const struct field *f, const struct cell *c, char *out, size_t size)
{
	char text[NUMBER_TEXT_MAX];

	if (c->type == CELL_MISSING)
		snprintf(out, size, "nothing");
	else if (c->type == CELL_TEXT && c->t.n < size)
		snprintf(out, size, "%.*s", (int)c->t.n, c->t.s);
	else if (c->type == CELL_TEXT)
		snprintf(out, size, "%.*s...", convert_shown(c->t, size - 4), c->t.s);
	else if (c->type == CELL_NUMBER)
		snprintf(out, size, "%s", number_exact(c->n, text));
	else if (f->type == FT_MONEY)
		snprintf(out, size, "%s", money_format(c->i, text));
	else if (f->type == FT_DAY)
		snprintf(out, size, "%s", day_format((int32_t)c->i, text));
	else if (f->type == FT_BOOL)
		snprintf(out, size, "%s", c->i ? "yes" : "no");
	else
		snprintf(out, size, "%" PRId64, c->i);
	if (c->type == CELL_TEXT)
		join_lines(out);
	return out;
}
