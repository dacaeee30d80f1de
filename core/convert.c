/* Convert: one function per field type, chosen by table. */
#include "core/convert.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/csv.h"
#include "core/money.h"

#define SHOWN_MAX 60 /* bytes of a cell that a message quotes */

static bool has_mark(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] == '.' || t.s[i] == ',')
			return true;
	}
	return false;
}

/* Which of the two decimal marks read t: bit 0 '.', bit 1 ','. */
static int readings(struct text t)
{
	double value;
	return (int)number_parse(t, '.', &value, NULL) |
	       (int)number_parse(t, ',', &value, NULL) << 1;
}

/* A cell of an open column that only '.' reads settles it; one that ',' reads, too, can't
 * be read before the rest of the column was seen. */
static bool mark_open(struct convert *c, struct text t)
{
	if (!c->open || !has_mark(t))
		return false;
	int by = readings(t);
	if (by == 1)
		c->open = false;
	return (by & 2) != 0;
}

static bool drops(const struct convert *c, const char *sign)
{
	return c->drop_signs || (c->sign != NULL && strcmp(c->sign, sign) == 0);
}

/* An amount without its sign of a currency, where that is left out. */
struct bare {
	struct text t;
	bool minus; /* one stood before the sign */
	int sign;   /* of money_sign; -1: there was none */
};

/* "$ 5", "$-5" and "5 €" */
static struct bare amount_of(const struct convert *c, struct text t)
{
	const bool negative = t.n > 1 && *t.s == '-';
	struct text rest = negative ? (struct text){ t.s + 1, t.n - 1 } : t;

	for (int i = 0; i < MONEY_SIGNS; i++) {
		const char *sign = money_sign((size_t)i);
		const size_t n = strlen(sign);
		if (!drops(c, sign))
			continue;
		if (rest.n > n && memcmp(rest.s, sign, n) == 0) {
			struct text amount =
				text_trim((struct text){ rest.s + n, rest.n - n });

			if (amount.n == 0 || (negative && *amount.s == '-'))
				return (struct bare){ t, false, -1 };
			return (struct bare){ amount, negative, i };
		}
		if (t.n > n && memcmp(t.s + t.n - n, sign, n) == 0)
			return (struct bare){ text_trim((struct text){ t.s, t.n - n }),
				false, i };
	}
	return (struct bare){ t, false, -1 };
}

static enum converted to_money(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	const struct bare amount = amount_of(c, t);
	int64_t cents;
	if (mark_open(c, amount.t))
		return CONVERT_OPEN;
	if (!money_parse(amount.t, c->decimal, &cents, why))
		return CONVERT_BAD;
	cents = amount.minus ? -cents : cents;
	*why = "a negative amount is not allowed here";
	if (cents < 0 && !(c->field->flags & FIELD_SIGNED))
		return CONVERT_BAD;
	if (c->monthly)
		cents *= 12;
	*why = "it is too large";
	if (cents > MONEY_MAX || cents < -MONEY_MAX)
		return CONVERT_BAD;
	if (amount.sign >= 0)
		c->with_sign[amount.sign]++;
	*out = CELL_OF_INT(cents);
	return CONVERT_OK;
}

static bool in_range(const struct field *f, double value)
{
	return (f->min == 0 && f->max == 0) || (value >= f->min && value <= f->max);
}

static enum converted to_number(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	double value;
	if (mark_open(c, t))
		return CONVERT_OPEN;
	if (!number_parse(t, c->decimal, &value, why))
		return CONVERT_BAD;
	if (!in_range(c->field, value))
		return CONVERT_RANGE;
	*out = CELL_OF_NUMBER(value);
	return CONVERT_OK;
}

static enum converted to_count(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	double value;
	if (!number_parse(t, '.', &value, why))
		return CONVERT_BAD;
	*why = "a whole number is wanted";
	if (value != floor(value))
		return CONVERT_BAD;
	if (!in_range(c->field, value))
		return CONVERT_RANGE;
	*out = CELL_OF_INT((int64_t)value);
	return CONVERT_OK;
}

static enum converted to_day(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	int32_t day;
	*why = NULL;
	if (!day_parse(t, c->dates, &day))
		return c->open ? CONVERT_OPEN : CONVERT_BAD;
	*out = CELL_OF_INT(day);
	return CONVERT_OK;
}

static enum converted to_bool(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	static const struct {
		struct text word;
		int value;
	} words[] = { { { "1", 1 }, 1 }, { { "0", 1 }, 0 }, { { "yes", 3 }, 1 },
		{ { "no", 2 }, 0 }, { { "true", 4 }, 1 }, { { "false", 5 }, 0 },
		{ { "y", 1 }, 1 }, { { "n", 1 }, 0 }, { { "t", 1 }, 1 },
		{ { "f", 1 }, 0 }, { { "x", 1 }, 1 }, { { "on", 2 }, 1 },
		{ { "off", 3 }, 0 } };
	(void)c;
	*why = NULL;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (text_ieq(t, words[i].word)) {
			*out = CELL_OF_INT(words[i].value);
			return CONVERT_OK;
		}
	}
	return CONVERT_BAD;
}

/* What other systems call a choice. */
static const struct meaning {
	int record, field;
	const char *cell, *choice;
} meanings[] = {
#define VALUE(record, field, cell, choice) { REC_##record, F_##field, cell, choice },
#include "core/synonym.def"
};

/* *meant gets the bit of the meaning that it is by; NULL: nobody asks. */
static bool find_choice(
	const struct field *f, struct text t, struct text *choice, uint32_t *meant)
{
	for (const char *at = f->choices; *at != '\0';) {
		*choice = (struct text){ at, strcspn(at, "|") };
		if (text_ieq(*choice, t))
			return true;
		at += choice->n + (at[choice->n] == '|');
	}
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		const struct meaning *m = &meanings[i];
		*choice = text_of(m->choice);
		if (f != &record_of((enum record_kind)m->record)->fields[m->field] ||
			!text_ieq(text_of(m->cell), t))
			continue;
		if (meant != NULL)
			*meant |= 1u << i;
		return true;
	}
	return false;
}

_Static_assert(sizeof(meanings) / sizeof(meanings[0]) <= 32, "a bit for each");

bool convert_choice(const struct field *f, struct text t, struct text *choice)
{
	return find_choice(f, t, choice, NULL);
}

const char *convert_meaning(const struct convert *c, int i, const char **choice)
{
	const int n = (int)(sizeof(meanings) / sizeof(meanings[0]));
	if (i >= n)
		return NULL;
	*choice = meanings[i].choice;
	return c->meant >> i & 1 ? meanings[i].cell : "";
}

static enum converted to_choice(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	struct text choice;
	*why = NULL;
	if (!find_choice(c->field, t, &choice, &c->meant))
		return CONVERT_BAD;
	*out = CELL_OF_TEXT(choice);
	return CONVERT_OK;
}

/* Three letters; small ones are understood, so the code is kept in a table of its own. */
static enum converted to_currency(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	*why = NULL;
	if (t.n != 3)
		return CONVERT_BAD;
	for (int i = 0; i < 3; i++) {
		char letter = t.s[i];
		if (letter >= 'a' && letter <= 'z')
			letter = (char)(letter - 'a' + 'A');
		if (letter < 'A' || letter > 'Z')
			return CONVERT_BAD;
		c->code[i] = letter;
	}
	*out = CELL_OF_TEXT(((struct text){ c->code, 3 }));
	return CONVERT_OK;
}

static enum converted to_text(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	(void)c;
	(void)why;
	*out = CELL_OF_TEXT(t);
	return CONVERT_OK;
}

static const struct type {
	enum converted (*convert)(
		struct convert *c, struct text t, struct cell *out, const char **why);
	const char *wanted; /* "... is not <wanted>" */
	bool text;          /* kept to the byte in verbatim columns */
} types[] = {
	[FT_TEXT] = { to_text, "a text", true },
	[FT_MONEY] = { to_money, "an amount", false },
	[FT_DAY] = { to_day, "a day", false },
	[FT_NUMBER] = { to_number, "a number", false },
	[FT_COUNT] = { to_count, "a number", false },
	[FT_BOOL] = { to_bool, "yes or no", false },
	[FT_CHOICE] = { to_choice, NULL, false },
	[FT_CURRENCY] = { to_currency, "a currency code such as USD", false },
	[FT_ACCOUNT] = { to_text, "an account", true },
	[FT_CSM] = { to_text, "a name", true },
	[FT_SIGNAL] = { to_text, "a signal", true },
};

static bool is_key(const struct field *f)
{
	return (f->flags & FIELD_KEY) != 0 || f->type != FT_TEXT;
}

/* What spreadsheets, databases and people write for nothing. */
static bool is_nothing(struct convert *c, struct text t)
{
	static const char *const marks[] = { "-", "--", "\u2013", "\u2014", "n/a", "#n/a",
		"na", "n.a.", "none", "null", "nil" };
	const enum field_type type = c->field->type;
	if (!c->marks || (*t.s >= '0' && *t.s <= '9') ||
		(type != FT_MONEY && type != FT_DAY && type != FT_NUMBER &&
			type != FT_COUNT))
		return false;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (!text_ieq(t, text_of(marks[i])))
			continue;
		if (c->nothings++ == 0)
			c->nothing = marks[i];
		return true;
	}
	return false;
}

enum converted convert_cell(
	struct convert *c, struct text t, bool quoted, struct cell *out, const char **why)
{
	const struct type *type = &types[c->field->type];
	if (type->text && c->verbatim)
		t = csv_unguard(t);
	else if (!type->text || !quoted || is_key(c->field))
		t = text_trim(t);
	out->type = CELL_MISSING;
	return t.n == 0 || is_nothing(c, t) ? CONVERT_OK : type->convert(c, t, out, why);
}

/* ---- messages -------------------------------------------------------------------- */

int convert_shown(struct text t, size_t most)
{
	if (t.n <= most)
		return (int)t.n;
	size_t n = most;
	while (n > 0 && ((unsigned char)t.s[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}

static void range_text(const struct field *f, char *out, size_t size)
{
	char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
	snprintf(out, size, "allowed is %s to %s", number_format(f->min, 4, low),
		number_format(f->max, 4, high));
}

/* "active, churned" */
static void choices_text(const char *choices, char *out, size_t size)
{
	size_t n = 0;
	for (; *choices != '\0' && n + 3 < size; choices++) {
		out[n++] = *choices == '|' ? ',' : *choices;
		if (*choices == '|')
			out[n++] = ' ';
	}
	out[n] = '\0';
}

/* What helps, where the complaint alone doesn't say it. */
static void remedy(const struct convert *c, struct text t, char *out, size_t size)
{
	static const char *const written[] = { [DAY_ISO] = "; write YYYY-MM-DD",
		[DAY_DMY] = " written day/month/year, as the others are",
		[DAY_MDY] = " written month/day/year, as the others are" };
	struct convert off = *c;
	off.drop_signs = true;
	*out = '\0';
	if (c->field->type == FT_DAY)
		snprintf(out, size, "%s", written[c->found ? c->dates : DAY_ISO]);
	else if (c->field->flags & FIELD_SHARE && memchr(t.s, '%', t.n) != NULL)
		snprintf(out, size, "; write 0.4 for 40 %%");
	else if (c->field->type == FT_MONEY && c->words != NULL && !c->drop_signs &&
		 amount_of(&off, t).sign >= 0)
		snprintf(out, size, "; %s", c->words->signs);
}

void convert_complain(const struct convert *c, struct text t, enum converted bad,
	const char *why, struct complaint *out)
{
	const struct field *f = c->field;
	const int n = convert_shown(t, SHOWN_MAX);
	char range[2 * NUMBER_TEXT_MAX + 32], choices[128], helps[128];
	char shown[SHOWN_MAX + sizeof("...")];

	snprintf(shown, sizeof(shown), "%.*s%s", n, t.s, (size_t)n < t.n ? "..." : "");
	remedy(c, t, helps, sizeof(helps));
	if (bad == CONVERT_RANGE) {
		range_text(f, range, sizeof(range));
		complaint_say(
			out, shown, NULL, "\"{}\" is out of range: %s%s", range, helps);
		return;
	}
	if (why && strstr(why, types[f->type].wanted))
		why = NULL; /* it says no more */
	if (f->type == FT_CHOICE) {
		choices_text(f->choices, choices, sizeof(choices));
		complaint_say(out, shown, NULL, "\"{}\" is none of %s", choices);
	} else {
		complaint_say(out, shown, NULL, "\"{}\" is not %s%s%s%s",
			types[f->type].wanted, why != NULL ? ": " : "",
			why != NULL ? why : "", helps);
	}
}

/* ---- open columns ---------------------------------------------------------------- */

static void weigh_day(struct text t, struct convert_evidence *v)
{
	int32_t day, dmy, mdy;
	if (day_parse(t, DAY_ISO, &day))
		return;
	bool first = day_parse(t, DAY_DMY, &dmy), second = day_parse(t, DAY_MDY, &mdy);
	v->first += first && !second;
	v->second += second && !first;
	if (first && second && dmy != mdy && v->doubtful.n == 0)
		v->doubtful = t;
}

static void weigh_number(struct text t, struct convert_evidence *v)
{
	int by = has_mark(t) ? readings(t) : 0;
	v->first += by == 1;
	v->second += by == 2;
	if (by == 3 && v->doubtful.n == 0)
		v->doubtful = t;
}

void convert_weigh(const struct convert *c, struct text t, struct convert_evidence *v)
{
	t = text_trim(t);
	if (c->field->type == FT_DAY)
		weigh_day(t, v);
	else
		weigh_number(amount_of(c, t).t, v);
}

static void explain_days(
	const struct convert *c, const struct convert_evidence *v, char *why, size_t size)
{
	int32_t dmy = DAY_NONE, mdy = DAY_NONE;
	char first[DAY_TEXT_MAX], second[DAY_TEXT_MAX];
	if (v->first > 0) {
		snprintf(why, size,
			"some days are written day/month and some month/day; write all "
			"as YYYY-MM-DD");
		return;
	}
	(void)day_parse(v->doubtful, DAY_DMY, &dmy);
	(void)day_parse(v->doubtful, DAY_MDY, &mdy);
	snprintf(why, size, "\"%.*s\" can be %s or %s: %s",
		convert_shown(v->doubtful, SHOWN_MAX), v->doubtful.s,
		day_format(dmy, first), day_format(mdy, second), c->words->dates);
}

static void explain_numbers(
	const struct convert *c, const struct convert_evidence *v, char *why, size_t size)
{
	double dot = 0, comma = 0;
	char first[NUMBER_TEXT_MAX], second[NUMBER_TEXT_MAX];
	if (v->first > 0) {
		snprintf(why, size,
			"some numbers are written with a decimal point and some with a "
			"decimal comma; write all the same way");
		return;
	}
	(void)number_parse(v->doubtful, '.', &dot, NULL);
	(void)number_parse(v->doubtful, ',', &comma, NULL);
	snprintf(why, size, "\"%.*s\" can be %s or %s: %s",
		convert_shown(v->doubtful, SHOWN_MAX), v->doubtful.s,
		number_format(dot, 6, first), number_format(comma, 6, second),
		c->words->decimal);
}

bool convert_settle(
	struct convert *c, const struct convert_evidence *v, char *why, size_t size)
{
	bool days = c->field->type == FT_DAY;
	bool both = v->first > 0 && v->second > 0;
	bool none = v->first == 0 && v->second == 0;
	/* 12.345 as a plain number is what programs write; amounts have no third decimal.
	 */
	bool plain = c->field->type == FT_NUMBER && v->doubtful.n > 0 &&
		     memchr(v->doubtful.s, ',', v->doubtful.n) == NULL;
	if (both || (none && v->doubtful.n > 0 && !plain)) {
		(days ? explain_days : explain_numbers)(c, v, why, size);
		return false;
	}
	c->open = false;
	c->found = !none;
	c->dates = v->second > 0 ? DAY_MDY : DAY_DMY;
	c->decimal = v->second > 0 ? ',' : '.';
	return true;
}
