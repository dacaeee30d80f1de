/* Numbers that a person typed by themselves, with a point or a comma for the decimals:
 * there is no column that would tell which it is. */
#include "core/convert_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Three decimals behind a whole number may be a thousand: a fourth tells them apart. */
char *convert_as_typed(double value, char out[NUMBER_TEXT_MAX])
{
	const char *mark = strchr(number_exact(value, out), '.');
	const char *whole = out + (*out == '-');
	const size_t n = strlen(out);

	if (mark != NULL && strlen(mark) == 4 && *whole != '0')
		memcpy(out + n, "0", sizeof("0"));
	return out;
}

static bool in_range(const struct field *f, double value)
{
	return f == NULL || (f->min == 0 && f->max == 0) ||
	       (value >= f->min && value <= f->max);
}

/* The mark that decides; 0: it may be either, and the complaint says what it can be. One
 * that makes it a number the field can't have is none. */
static char mark_of(const struct field *f, struct text t, struct complaint *bad)
{
	char first[NUMBER_TEXT_MAX], second[NUMBER_TEXT_MAX];
	const int by = convert_readings(t);
	double dot = 0, comma = 0;

	if (by != 3)
		return by == 2 ? ',' : '.';
	(void)number_parse(t, '.', &dot, NULL);
	(void)number_parse(t, ',', &comma, NULL);
	if (!in_range(f, comma))
		return '.';
	if (!in_range(f, dot))
		return ',';
	complaint_say(bad, NULL, NULL, "\"%.*s\" can be %s or %s: write one of these",
		convert_shown(t, CONVERT_SHOWN_MAX), t.s, convert_as_typed(dot, first),
		convert_as_typed(comma, second));
	return 0;
}

enum converted convert_typed(
	const struct field *f, struct text t, struct cell *out, struct complaint *bad)
{
	struct convert c = { .field = f, .dates = DAY_ISO, .decimal = '.' };
	const char *why = NULL;
	enum converted got;

	t = text_trim(t);
	if (f->type == FT_MONEY || f->type == FT_NUMBER)
		c.decimal = mark_of(f, t, bad);
	if (c.decimal == 0)
		return CONVERT_BAD;
	got = convert_cell(&c, t, false, out, &why);
	if (got != CONVERT_OK)
		convert_complain(&c, t, got, why, bad);
	return got;
}

/* The number that n bytes of a typed text are, in the dot form; false: they are none, or
 * several. A number as the program writes it stays: it ends in no zero. */
static bool put_number(struct text t, char out[NUMBER_TEXT_MAX], struct complaint *bad)
{
	const bool comma = memchr(t.s, ',', t.n) != NULL;
	double value;
	char mark = '.';

	if (comma || t.s[t.n - 1] == '0')
		mark = mark_of(NULL, t, bad);
	snprintf(
		out, NUMBER_TEXT_MAX, "%.*s", convert_shown(t, NUMBER_TEXT_MAX - 1), t.s);
	if (mark == ',' && number_parse(t, ',', &value, NULL))
		number_exact(value, out);
	return mark != 0;
}

enum status convert_typed_text(struct text typed, char *out, size_t size, struct err *e)
{
	size_t n = 0;

	while (typed.n > 0) {
		char number[NUMBER_TEXT_MAX];
		struct complaint bad;
		size_t run = 0;

		while (run < typed.n &&
			(isdigit((unsigned char)typed.s[run]) || typed.s[run] == '.' ||
				typed.s[run] == ','))
			run++;
		if (run > 0 && run < sizeof(number)) {
			if (!put_number((struct text){ typed.s, run }, number, &bad))
				return err_set(e, ST_INVALID, "%s", bad.message);
		} else {
			number[0] = *typed.s;
			number[1] = '\0';
			run = 1;
		}
		if (n + strlen(number) >= size)
			return err_set(e, ST_INVALID, "this is too long for a value");
		memcpy(out + n, number, strlen(number));
		n += strlen(number);
		typed = (struct text){ typed.s + run, typed.n - run };
	}
	out[n] = '\0';
	return ST_OK;
}
